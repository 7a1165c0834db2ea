"""Change the situation of a draft (改情形、选事项): the plan follows at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.codes import ElementCode, ItemCode, LicenceCode
from yijianshi.domain.commitments import refused_commitments
from yijianshi.domain.drafts import CHOICE, Trouble, object_to, withdraw_objection
from yijianshi.domain.plans import Problem, UnknownItem, make_plan
from yijianshi.domain.rights import Actor

from ..people.credit import why_left_out
from .drafting import changing_draft
from .fill import understand
from .situation import AnswersRefused, read_situation
from .start import refresh, subject_for, suggest_items


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
        content.claimed = [
            code for code in claimed if code in opened.edition.licences and code not in content.held
        ]
        refresh(content, opened.edition, subject_for(opened.row, actor=actor), at=at)
        plan = make_plan(opened.edition, content.situation(), strict=False)
        refused = refused_commitments(
            plan.items, content.commitments, left_out=why_left_out(opened.row.party_id)
        )
        content.commitments = [] if refused else content.commitments
        return (*plan.problems, *(Problem("commitment-left-out", (), why) for why in refused))


def object_to_register(*, draft: UUID, actor: Actor, element: ElementCode, value: Any, at: datetime) -> None:
    """
    Note that the applicant says a register's value is wrong, with what he says is right; it blocks nothing.

    :param value: what is right, as typed; nothing withdraws the objection.
    :raises AnswersRefused: if no register supplied the value, or what is said instead is wrong in itself.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        shown = next((f for f in opened.form().fields if f.element == element and f.turn == "known"), None)
        if shown is None or shown.value is None or shown.value.source == CHOICE:
            raise AnswersRefused([Trouble(element, "这一项不是共享来的，请在表里直接填写")])
        defined = opened.edition.elements[element]
        right = understand(value, defined)
        if right in (None, "", []):
            changed = withdraw_objection(shown.value)
        elif said := wrong_with(right, defined):
            raise AnswersRefused([Trouble(element, f"{defined.name}：{said}")])
        else:
            changed = object_to(shown.value, right, at=at)
        opened.content.keep({element: changed})
