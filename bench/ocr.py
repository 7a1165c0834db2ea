"""
The trial of the reader of photographed papers, run by `bin/trial --only ocr`.

Some three hundred photographs of drawn papers, spoiled in twelve ways, are read by the real engine; every field must come out
right, to be compared, or declined. A field that is confirmed and wrong fails the trial.
"""

import time
from pathlib import Path
from typing import Any

from tests.photographs.judging import judge
from tests.photographs.recording import COLLECTION, Seen, taken, write
from yijianshi.integrations import ocr

_LEAST = 300


def ocr_trial(*, keep: Path | None = None) -> dict[str, Any]:
    """Return the figures; `keep` is a file into which what the engine saw is written, to try the rules without it."""
    if not ocr.is_installed():
        return {"passed": False, "why": "requirements/ocr.txt is not installed"}
    reader = ocr.reader()
    collection: list[Seen] = []
    seconds: list[float] = []
    for drawn, how, content in taken(COLLECTION):
        began = time.process_time()
        photograph = reader.read(content).photograph
        seconds.append(time.process_time() - began)
        collection.append(Seen(drawn.kind, drawn.number, how, drawn.truth, photograph))
    if keep is not None:
        write(collection, keep)
    return figures_of(collection, seconds)


def figures_of(collection: list[Seen], seconds: list[float]) -> dict[str, Any]:
    """Return the figures of what was seen, with the processor's seconds for each photograph where they were taken."""
    judged = judge(collection)
    figures = judged.figures()
    if seconds:
        ordered = sorted(seconds)
        figures["processor_seconds"] = {
            "median": round(ordered[len(ordered) // 2], 2),
            "longest": round(ordered[-1], 2),
        }
    figures["passed"] = not judged.wrong and not judged.mistaken and judged.photographs >= _LEAST
    return figures
