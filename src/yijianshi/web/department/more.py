"""What stands on the page of a case beside the case itself: who looks too, what two persons propose, what units ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.cases import CLOSED, Action, State
from yijianshi.domain.rights import Actor
from yijianshi.services.reading.case import CaseRead
from yijianshi.services.reading.case_acts import Offered, word_for
from yijianshi.services.reading.consultations import QuestionSeen, questions_of_case
from yijianshi.services.reading.custody import PaperLine, papers_of_case
from yijianshi.services.reading.looking import Looker, others_looking
from yijianshi.services.rekeying.own_system import own_system_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.custody.words import tag_of

#: What is decided by two persons: the word of the proposal.
_PROPOSED = {Action.GRANT: "拟", Action.REFUSE: "拟"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """What one officer proposes, as the second reads it."""

    title: str
    by: str
    at: datetime
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """The parts of the page."""

    case: UUID
    lookers: tuple[Looker, ...]
    questions: tuple[QuestionSeen, ...]
    ask: str
    two_persons: bool
    proposal: ProposalView | None
    sent_back: p.Notice | None
    acts: tuple[p.Act, ...]
    papers: tuple[tuple[PaperLine, p.Tag], ...]
    rekey: str  # where the case is typed into the unit's own system, if it has one that is not joined
    certificate: str  # where the certificate of what was granted is noted


def more_of(read: CaseRead, *, actor: Actor, at: datetime) -> More:
    """Return the parts for an officer who was let see the case; he is noted as looking."""
    ask = f"{reverse('consult-ask', args=[read.submission])}?case={read.id}&from={read.id}"
    return More(
        case=read.id,
        lookers=others_looking(case=read.id, actor=actor, at=at, was_let_in=True),
        questions=questions_of_case(read.submission, case=read.id, unit=read.unit, actor=actor, at=at),
        ask=ask if read.siblings and read.state not in CLOSED else "",
        two_persons=read.two_persons,
        proposal=_proposal(read),
        sent_back=_sent_back(read),
        acts=_acts(read, actor),
        papers=tuple((line, tag_of(line)) for line in papers_of_case(read.submission, case=read.id, at=at)),
        rekey=reverse("rekey-case", args=[read.id]) if own_system_of(read.unit) else "",
        certificate=reverse("desk-certificate", args=[read.id]) if read.state is State.GRANTED else "",
    )


@signed_in
def presence(request: HttpRequest, case: UUID) -> HttpResponse:
    """Return who looks at the case now, for the part of the page that asks every half minute."""
    at = now()
    lookers = others_looking(case=case, actor=actor(request), at=at)
    return render(request, "department/presence.html", {"case": case, "lookers": lookers, "now": at})


def decided_alone(read: CaseRead, offered: tuple[Offered, ...]) -> tuple[Offered, ...]:
    """Return the acts of one person: where two decide, what they decide together is left out unless it is grey."""
    if not read.two_persons:
        return offered
    return tuple(one for one in offered if one.why_not or one.action not in _PROPOSED)


def _acts(read: CaseRead, actor: Actor) -> tuple[p.Act, ...]:
    if not read.two_persons:
        return ()
    back = reverse("desk-send-back", args=[read.id])
    if read.proposal is None:
        address = reverse("desk-propose", args=[read.id])
        return tuple(
            p.Act(
                label=_PROPOSED[one.action] + word_for(one.action, read.item),
                href=f"{address}?decision={one.action}",
                look="primary" if one.action is Action.GRANT else "danger",
            )
            for one in read.acts
            if one.action in _PROPOSED and not one.why_not
        )
    if read.proposal.by == actor.account:
        return (
            p.Act(label="确认", why_not="您拟办的，要另一位同事来确认"),
            p.Act(label="收回拟办", href=back),
        )
    return (
        p.Act(label="确认", href=reverse("desk-confirm", args=[read.id]), look="primary"),
        p.Act(label="退回", href=back),
    )


def _proposal(read: CaseRead) -> ProposalView | None:
    if read.proposal is None:
        return None
    text = next(one for one in reversed(read.texts) if one.action == Action.PROPOSE)
    labels = (("reasons", "理由" if read.proposal.action is Action.REFUSE else "拟办说明"), ("basis", "依据"))
    return ProposalView(
        title=_PROPOSED[read.proposal.action] + word_for(read.proposal.action, read.item),
        by=read.proposal_by,
        at=text.at,
        lines=tuple((label, text.words[key]) for key, label in labels if text.words.get(key)),
    )


def _sent_back(read: CaseRead) -> p.Notice | None:
    """Return why the last proposal came back, as long as nothing new is proposed."""
    if read.proposal or read.state in CLOSED:
        return None
    last = next((t for t in reversed(read.texts) if t.action in (Action.PROPOSE, Action.SEND_BACK)), None)
    if last is None or last.action != Action.SEND_BACK:
        return None
    return p.Notice(kind="todo", title="拟办意见退回了", text=last.words.get("reason", ""))
