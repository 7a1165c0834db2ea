"""
Forget whom an offer named once it is over (删除): the keyed hash stays, number, name and words go.

Basis: Personal Information Protection Law, arts. 19, 47.
"""

from datetime import datetime

from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.looking import note_round, round_done_on
from yijianshi.store.offers.models import OfferRow

ROUND = "offers"
#: What is cleared when an offer is over.
FORGOTTEN = {"number_sealed": b"", "name_sealed": b""}


def forget_lapsed(*, at: datetime) -> int:
    """Let what nobody confirmed by its day lapse, and forget whom it named; return how many."""
    over = OfferRow.objects.filter(state="open", until__lt=legal_day(at))
    return over.update(state="lapsed", settled_at=at, **FORGOTTEN)


def forget_daily(*, at: datetime) -> int:
    """Do so once for every day."""
    today = legal_day(at)
    if _done.get(ROUND) == str(today):
        return 0
    forgotten = 0
    if round_done_on(ROUND, today=today) < today:
        forgotten = forget_lapsed(at=at)
        note_round(ROUND, on=today)
    _done[ROUND] = str(today)
    return forgotten


_done: dict[str, str] = {}
