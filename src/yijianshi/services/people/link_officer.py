"""Link an officer to his name in the office app (关联办公平台身份), so that he can sign in from there."""

from datetime import datetime

from django.db import IntegrityError, transaction

from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.identity.models import IdentityRow
from yijianshi.store.keys import new_id

from ..contents import seal_text
from ..outside import outside
from .identified import subject_hash


class LinkRefused(ValueError):
    """Nobody was linked; the message says why."""


def link_officer(*, login: str, provider: str, subject: str, by: str, at: datetime) -> None:
    """
    Link an officer's account to a subject of the office app; the former link of his there ends.

    :param by: who links, as it is written down.
    :raises LinkRefused: if there is no such officer or provider, or somebody else is linked to the subject.
    """
    known = outside().identity.get(provider)
    if known is None or not known.known.is_staff:
        there = "、".join(code for code, one in outside().identity.items() if one.known.is_staff) or "没有"
        raise LinkRefused(f"没有叫“{provider}”的办公平台。已接入的：{there}")
    account = Account.objects.filter(login=login, is_active=True).first()
    if account is None or not Officer.objects.filter(account=account).exists():
        raise LinkRefused(f"登录名“{login}”没有岗位。请核对登录名，或先登记任职")
    if not subject.strip() or len(subject) > 200:
        raise LinkRefused("办公平台里的用户标识应为 1 至 200 个字符。请向办公平台要这个人的用户标识")
    try:
        with transaction.atomic():
            IdentityRow.objects.filter(provider=provider, account=account, is_staff=True).delete()
            IdentityRow.objects.create(
                id=new_id(),
                provider=provider,
                subject_hash=subject_hash(provider, subject.strip()),
                subject_sealed=seal_text(subject.strip(), purpose="subject"),
                account=account,
                level=2,
                is_staff=True,
                linked_at=at,
                linked_by=by[:64],
            )
    except IntegrityError:
        raise LinkRefused("这个用户标识已经关联了别人。请先核对；要改，先给那一位关联他自己的") from None
