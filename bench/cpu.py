"""CPU of whole process trees, read from /proc: steadier than wall clocks on a shared machine."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_of_tree(root: int) -> float:
    """Return the CPU seconds of a process, its descendants, and those of them that have ended."""
    children: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid = int(entry.name)
        children.setdefault(int(fields[1]), []).append(pid)
        times[pid] = sum(int(fields[n]) for n in (11, 12, 13, 14)) / _TICK
    total, queue = 0.0, [root]
    while queue:
        pid = queue.pop()
        total += times.get(pid, 0.0)
        queue += children.get(pid, [])
    return total
