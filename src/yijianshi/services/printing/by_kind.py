"""Every kind of legal paper and how it is printed (文书种类): one table, and one way to ask for any of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from yijianshi.domain.documents import DOCUMENTS
from yijianshi.domain.rights import Act, Actor, require

from .. import letters
from ..handling.loading import load_case
from . import answers, money, turns
from .corrections import correction_pdf, repeated, was_asked
from .delivery import delivery_slip_pdf
from .grants import decision
from .paper import NoSuchLetter, Printed, print_letter
from .written import Written, open_paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which paper of which case somebody asks for; `nth` is the newest where none is named."""

    case: UUID
    kind: str
    nth: int | None
    actor: Actor
    at: datetime

    def open(self) -> Written:
        return open_paper(self.case, self.kind, nth=self.nth, actor=self.actor, at=self.at)


Printer = Callable[[Asked], Printed]


def letter_pdf(*, case: UUID, kind: str, actor: Actor, at: datetime, nth: int | None = None) -> Printed:
    """
    Return a paper about a case, the newest of its kind or the `nth`.

    :raises NoSuchLetter: if nothing of the kind has happened to the case.
    :raises NotPermitted: if the actor may read neither the case nor the whole submission.
    :raises LetterIncomplete: if the words are no longer kept that the law wants in it.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    printer = PRINTERS.get(kind)
    if printer is None:
        known = "、".join(DOCUMENTS[one].name for one in PRINTERS)
        raise NoSuchLetter(f"没有这一种文书；可以看的有{known}")
    return printer(Asked(case=case, kind=kind, nth=nth, actor=actor, at=at))


def _letter(write: Callable[[Written], letters.Letter]) -> Printer:
    def printed(asked: Asked) -> Printed:
        written = asked.open()
        name = f"{written.name} {written.case.now.number}"
        return print_letter(
            write(written), name=name if written.paper.nth == 1 else f"{name} {written.paper.nth}"
        )

    return printed


def _correction(asked: Asked) -> Printed:
    """The first is one letter for all departments, for whoever may read the whole; a second is the department's own."""
    if asked.nth != 1 and was_asked(asked.case, again=True):
        return _letter(repeated)(asked)
    loaded, found = load_case(asked.case)
    require(asked.actor, Act.READ_SUBMISSION, loaded.thing(found))
    if not was_asked(asked.case):
        raise NoSuchLetter("这个事项没有要补正的内容，所以没有补正告知书")
    return correction_pdf(submission=loaded.id, actor=asked.actor, at=asked.at)


def _delivery(asked: Asked) -> Printed:
    loaded, found = load_case(asked.case)
    require(asked.actor, Act.READ_FORM, loaded.thing(found))
    return delivery_slip_pdf(submission=loaded.id, actor=asked.actor, at=asked.at)


#: How each kind is printed; a kind that steps bring about and that is not here fails a test.
PRINTERS: Mapping[str, Printer] = MappingProxyType({
    "acceptance": _letter(answers.acceptance),
    "decline": _letter(answers.decline),
    "correction": _correction,
    "suspension": _letter(answers.suspension),
    "extension": _letter(answers.extension),
    "mending": _letter(turns.mending),
    "rerouting": _letter(turns.rerouting),
    "result": lambda asked: decision(asked.open()),
    "refusal": _letter(answers.refusal),
    "withdrawal": _letter(turns.withdrawal),
    "termination": _letter(turns.termination),
    "revocation": _letter(turns.revocation),
    "reopening": _letter(turns.reopening),
    "payment": _letter(money.payment),
    "refund": _letter(money.refund),
    "delivery": _delivery,
})  # fmt: skip
