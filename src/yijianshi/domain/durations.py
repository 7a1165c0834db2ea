"""
How long a one-thing usually takes (一般用时): a mean over finished ones that a few odd ones cannot pull away.

Said only where enough are finished, and beside the promise, never instead of it.

Basis: winsorised mean (Tukey 1962): the outermost tenth on each side counts as the value next to it.
"""

from collections.abc import Sequence

#: With fewer finished ones nothing is said: a mean of three would be chance, and might tell of somebody.
FEWEST = 10
_TAIL = 10


def usual_days(days: Sequence[int]) -> int | None:
    """
    Return the usual number of working days, rounded up; None where too few are finished.

    >>> usual_days([3] * 9 + [400])
    3
    """
    if len(days) < FEWEST:
        return None
    ordered = sorted(days)
    cut = len(ordered) // _TAIL
    low, high = ordered[cut], ordered[-1 - cut]
    whole = sum(min(max(one, low), high) for one in ordered)
    return -(-whole // len(ordered))
