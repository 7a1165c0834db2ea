"""Change the situation of a draft (改情形、选事项): the plan follows at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.catalogue import Question
from yijianshi.domain.codes import ElementCode, ItemCode, LicenceCode
from yijianshi.domain.drafts import Trouble, object_to, withdraw_objection
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Problem, UnknownItem, make_plan
from yijianshi.domain.rights import Actor

from .drafting import changing_draft
from .start import refresh, subject_for, suggest_items


class AnswersRefused(ValueError):
    """Some answers to the situation cannot be understood."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("；".join(trouble.message for trouble in self.troubles))


def read_situation(edition: Edition, given: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the answers to the situation questions as typed in, understood.

    :raises AnswersRefused: naming each question that cannot be understood.
    """
    answers: dict[str, Any] = {}
    troubles = []
    for question in edition.bundle.questions:
        if question.key not in given or given[question.key] in ("", None, []):
            continue
        value, said = _read(question, given[question.key])
        if said:
            troubles.append(Trouble(question.key, f"{question.text.rstrip('?？')}：{said}"))
        else:
            answers[question.key] = value
    if troubles:
        raise AnswersRefused(troubles)
    return answers


def answer_questions(*, draft: UUID, actor: Actor, answers: Mapping[str, Any], at: datetime) -> None:
    """
    Take new answers to the situation, and suggest the items anew.

    :raises AnswersRefused: if an answer cannot be understood; nothing is saved.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        content = opened.content
        content.answers |= read_situation(opened.edition, answers)
        for question in opened.edition.bundle.questions:
            kept = content.values.get(question.element or "")
            if question.key in answers and kept is not None and kept.source == "situation":
                del content.values[question.element or ""]
        subject = subject_for(opened.row, actor=actor)
        suggest_items(content, opened.edition, subject, at=at)


def choose_items(
    *,
    draft: UUID,
    actor: Actor,
    items: Iterable[ItemCode],
    commitments: Iterable[ItemCode] = (),
    claimed: Iterable[LicenceCode] = (),
    at: datetime,
) -> tuple[Problem, ...]:
    """
    Take the choice of items, and return why it is not allowed, if so; it is kept either way.

    :raises UnknownItem: if an item is not in the one-thing.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        content = opened.content
        wanted = set(items)
        known = [item.code for item in opened.edition.bundle.items]
        if strangers := wanted - set(known):
            raise UnknownItem(f"“{opened.edition.bundle.name}”里没有事项 {'、'.join(sorted(strangers))}")
        content.items = [code for code in known if code in wanted]
        content.commitments = [code for code in commitments if code in wanted]
        content.claimed = [code for code in claimed if code in opened.edition.licences and code not in content.held]
        refresh(content, opened.edition, subject_for(opened.row, actor=actor), at=at)
        return make_plan(opened.edition, content.situation(), strict=False).problems


def object_to_register(*, draft: UUID, actor: Actor, element: ElementCode, value: Any, at: datetime) -> None:
    """Note that the applicant says a register's value is wrong, with what he says is right; it blocks nothing."""
    with changing_draft(draft, actor=actor, at=at) as opened:
        known = opened.content.known()[element]
        changed = object_to(known, value, at=at) if value not in (None, "") else withdraw_objection(known)
        opened.content.keep({element: changed})


def _read(question: Question, given: Any) -> tuple[Any, str]:
    if question.type == "bool":
        values = {"true": True, "false": False, "是": True, "否": False}
        value = given if isinstance(given, bool) else values.get(str(given).strip().lower())
        return value, "" if value is not None else "请选“是”或“否”"
    if question.type == "number":
        try:
            number = float(given)
        except (TypeError, ValueError):
            return None, f"请填数字，如 120。您填的是“{given}”"
        if not 0 <= number < 10**9:
            return None, "请填 0 以上的数字"
        return (int(number) if number.is_integer() else number), ""
    if question.type == "multi":
        chosen = list(given) if isinstance(given, list | tuple) else [given]
        strangers = [str(v) for v in chosen if v not in question.options]
        return chosen, f"“{'、'.join(strangers)}”不在选项里" if strangers else ""
    return given, "" if given in question.options else f"“{given}”不在选项里；请从列出的选项中选一项"
