"""Several sign (共同申请人): on the last page of a draft, who must confirm, how far it is, and who stands at the window."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from yijianshi.domain.together import AT_WINDOW
from yijianshi.services.outside import outside
from yijianshi.services.reading.drafts import DraftRead
from yijianshi.services.reading.together import SignerSeen
from yijianshi.web import parts as p

_TAGS = {
    "": p.Tag(state="wait", word="还没请他"),
    "asked": p.Tag(state="todo", word="等他确认"),
    "confirmed": p.Tag(state="done", word="已确认"),
    "declined": p.Tag(state="late", word="没有确认"),
    "fallen": p.Tag(state="wait", word="确认已作废"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerRow:
    """One who signs, with the link that brings him to it while he is asked."""

    signer: SignerSeen
    tag: p.Tag
    qr: p.QrCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs this draft, and what that means for its last page."""

    rows: tuple[SignerRow, ...]
    asks: bool  # pressing the button asks others and files nothing yet
    waits: bool  # everybody was asked or has confirmed
    fell: bool
    at_window: bool
    ways: tuple[tuple[str, str], ...] = tuple(AT_WINDOW.items())


def signing_of(read: DraftRead) -> Signing | None:
    """Return how far the confirmations are, or None where the applicant signs alone."""
    others = [one for one in read.signers if not one.is_applicant]
    if not others:
        return None
    return Signing(
        rows=tuple(_row(one) for one in read.signers),
        asks=any(one.state != "confirmed" for one in others),
        waits=all(one.is_settled for one in others),
        fell=any(one.state == "fallen" for one in others),
        at_window=read.at_window,
    )


def stated_present(sent: QueryDict, read: DraftRead) -> dict[str, str]:
    """Return, of those who stand at the window, by role, how the clerk says he checked who they are."""
    if not read.at_window:
        return {}
    return {
        one.role: sent.get(f"way-{one.role}", "")
        for one in read.signers
        if not one.is_applicant and f"present-{one.role}" in sent
    }


def unsaid_way(sent: QueryDict, read: DraftRead) -> p.Problem | None:
    """Return the problem that somebody is said to be present, but not how it was seen who he is."""
    for role, way in stated_present(sent, read).items():
        if way not in AT_WINDOW:
            name = next(one.role_name for one in read.signers if one.role == role)
            return p.Problem(field=f"way-{role}", text=f"{name}：请选怎样核对了他的身份")
    return None


def _row(one: SignerSeen) -> SignerRow:
    if one.is_applicant:
        return SignerRow(signer=one, tag=p.Tag(state="done", word="申请人，提交就是确认"), qr=None)
    qr = None
    if one.state == "asked" and one.asked:
        where = reverse("together", args=[one.asked])
        qr = p.QrCode(
            title=f"给{one.role_name}{one.name}的链接",
            about="请他扫码或打开链接，登录自己的账号确认；别人打不开",
            address=f"{outside().address}{where}",
        )
    return SignerRow(signer=one, tag=_TAGS[one.state], qr=qr)
