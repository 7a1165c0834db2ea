"""
From a sign-in with a provider to an account (登录后对应到本平台的人): found by the number, never made a second time.

A person is one party by his citizen number. An enterprise signs in through its agent (经办人), who gets an account for
this enterprise alone and represents it from a day to a day, as the provider says: a firm's sign-in proves the firm, so it
must not open what is the agent's own. Officers were linked beforehand and are never made here.

Basis: 国办函〔2016〕108号; 苏政办发〔2022〕87号, 三(二).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.domain.definitions import Level
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Officer, Party, Representation
from yijianshi.store.identity.models import IdentityRow, UsedRow
from yijianshi.store.keys import new_id

from ..contents import open_text, seal_text
from ..outside import outside
from ..providers import Agent, Identified, IdentityRefused
from .parties import NumberRefused, find_or_add_party

#: How long an answer that let somebody in is remembered; no provider's code lives as long.
REMEMBERED = timedelta(days=1)
_AGENT = "agent"
_TOWARDS = "请先在那里完成实名认证，再来登录；也可以带身份证到窗口办"


@dataclass(frozen=True, slots=True)
class Entered:
    """Who comes in: the account, for whom it stands (an enterprise, or itself), and how surely it is known."""

    account: Account
    party: UUID | None
    level: int


def let_in(identified: Identified, *, at: datetime) -> Entered:
    """
    Return the account of whoever signed in with a provider, made if he is new; all or nothing is written.

    :raises IdentityRefused: if he may not come in, saying why and what would do.
    """
    name = _name_of(identified.provider)
    try:
        with transaction.atomic():
            _use_once(identified, at=at)
            return _enter(identified, name, at=at)
    except _Ended as ended:
        _end(ended)
        raise IdentityRefused(str(ended)) from None
    except NumberRefused:
        raise IdentityRefused(
            f"“{name}”给的证件号码不完整或不对，不能确认您是谁。请联系该平台核对，或带身份证到窗口办"
        ) from None


def _enter(identified: Identified, name: str, *, at: datetime) -> Entered:
    if _provider_is_staff(identified.provider):
        return _enter_officer(identified, name, at=at)
    if identified.level < Level.COMPARED:
        raise IdentityRefused(f"您在“{name}”只是注册过，还没有核对姓名和身份证号，不能用来办事。{_TOWARDS}")
    if identified.kind == "enterprise":
        return _enter_agent(identified, name, at=at)
    if not identified.number:
        raise IdentityRefused(f"“{name}”没有给出您的身份证号，不能确认您是谁。{_TOWARDS}")
    party = find_or_add_party(
        kind="person", number=identified.number, name=identified.name, phone=identified.phone
    )
    account = _account_of(party, identified, at=at)
    return Entered(account, None, identified.level)


def _enter_agent(identified: Identified, name: str, *, at: datetime) -> Entered:
    """Let the agent of an enterprise in, as the enterprise; what he may do elsewhere stays his own."""
    agent, today = identified.agent, legal_day(at)
    if not identified.number:
        raise IdentityRefused(
            f"“{name}”没有给出单位的统一社会信用代码，不能确认是哪个单位。请在那里补全单位的实名认证，再来登录"
        )
    if agent is None or not agent.number:
        raise IdentityRefused(
            f"“{name}”没有说明谁在替单位登录。请在那里登记经办人和他的身份证号，再来登录；也可以由经办人带授权书到窗口办"
        )
    person = find_or_add_party(kind="person", number=agent.number, name=agent.name)
    firm = find_or_add_party(kind="enterprise", number=identified.number, name=identified.name)
    account = _agent_account(person, firm, identified, agent, at=at)
    if agent.until and agent.until < today:
        raise _Ended(account.id, firm, agent.until)
    if agent.since and agent.since > today:
        raise IdentityRefused(
            f"单位给您的授权从 {_words(agent.since)}起才有效，今天还不能替它办。到那天再登录，或请单位改授权"
        )
    _represent(account, firm, agent, today=today)
    return Entered(account, firm, identified.level)


def _enter_officer(identified: Identified, name: str, *, at: datetime) -> Entered:
    today = legal_day(at)
    row = _known(identified.provider, identified.subject)
    if row is None or not row.is_staff:
        raise IdentityRefused(
            f"您在“{name}”的身份还没有关联到这里的岗位。请本单位的系统管理员先关联（yijianshi admin link），再来登录"
        )
    _refuse_closed(row.account)
    posts = Officer.objects.filter(account=row.account, since__lte=today).values_list("until", flat=True)
    if all(until is not None and until < today for until in posts):
        raise IdentityRefused("您在这里现在没有岗位。换了岗位的，请管理员登记新的任职，再来登录")
    _note(row, identified.level, at=at)
    return Entered(row.account, None, identified.level)


def _account_of(party: UUID, identified: Identified, *, at: datetime) -> Account:
    """Return the account of a person, made if he has none, and note by which provider he came."""
    # Of two who come at the same moment the second waits here and finds the account that the first has made.
    Party.objects.select_for_update().get(pk=party)
    row = _known(identified.provider, identified.subject)
    if row is not None and (row.account.party_id != party or row.is_staff):
        raise IdentityRefused(_somebody_else(identified.provider))
    account = row.account if row else _own_account(party) or _new_account(party, identified.name, at=at)
    _refuse_closed(account)
    row = row or _link(identified.provider, identified.subject, account, person=party, at=at)
    _note(row, identified.level, at=at)
    _rename(party, account, identified.name)
    return account


def _agent_account(
    person: UUID, firm: UUID, identified: Identified, agent: Agent, *, at: datetime
) -> Account:
    """Return the account with which an agent stands for this enterprise and for nobody else, himself included."""
    Party.objects.select_for_update().get(pk=person)
    # One enterprise may sign in through several agents under one subject.
    subject = f"{identified.subject}\n{agent.number.strip().upper()}"
    row = _known(identified.provider, subject)
    if row is not None and (row.person != person or row.account.party_id or row.is_staff):
        raise IdentityRefused(_somebody_else(identified.provider))
    account = row.account if row else _account_for(person, firm) or _new_account(None, agent.name, at=at)
    _refuse_closed(account)
    row = row or _link(identified.provider, subject, account, person=person, at=at)
    _note(row, identified.level, at=at)
    return account


def _account_for(person: UUID, firm: UUID) -> Account | None:
    """Return the account that an agent has for an enterprise, whichever provider he came by."""
    return Account.objects.filter(
        party=None, identities__person=person, representations__party=firm, representations__capacity=_AGENT
    ).first()


def _own_account(party: UUID) -> Account | None:
    """
    Return the account that a person has as a citizen.

    An account that ever held a post is not entered this way: who works here comes in by the ways of those who work here.

    :raises IdentityRefused: if his accounts were closed.
    """
    held = Account.objects.filter(party=party, posts=None).order_by("created_at", "id")
    open_one = next((one for one in held if one.is_active), None)
    if open_one is None and held:
        _refuse_closed(held[0])
    return open_one


def _new_account(party: UUID | None, name: str, *, at: datetime) -> Account:
    key = new_id()
    return Account.objects.create(
        id=key,
        login=f"id-{key}",
        name_sealed=seal_text(name, purpose="name"),
        party_id=party,
        created_at=at,
    )


def _refuse_closed(account: Account) -> None:
    if not account.is_active:
        raise IdentityRefused(
            "您在这里的账号已经停用，所以没有登录。要重新启用，请带身份证到窗口，或拨 12345 问原因"
        )


def _rename(party: UUID, account: Account, name: str) -> None:
    """Take over a name that was changed in the register since; the number says that it is the same person."""
    known = Party.objects.get(pk=party)
    if name and open_text(known.name_sealed, purpose="name") != name:
        known.name_sealed = account.name_sealed = seal_text(name, purpose="name")
        known.save(update_fields=["name_sealed"])
        account.save(update_fields=["name_sealed"])


def _represent(account: Account, firm: UUID, agent: Agent, *, today: date) -> None:
    """Keep from when to when the agent stands for the enterprise, as its platform says."""
    held = Representation.objects.select_for_update().filter(account=account, party_id=firm)
    if any(one.capacity != _AGENT and (one.until is None or one.until >= today) for one in held):
        return  # he stands for it anyway, as its legal representative
    row = next((one for one in held if one.capacity == _AGENT), None)
    row = row or Representation(id=new_id(), account=account, party_id=firm, capacity=_AGENT)
    row.since, row.until = agent.since or min(row.since or today, today), agent.until
    row.save()


class _Ended(Exception):
    """The enterprise has let its agent go."""

    def __init__(self, account: UUID, firm: UUID, until: date) -> None:
        super().__init__(
            f"单位给您的授权到 {_words(until)}为止，已经过期，不能再替它办。请单位在它的平台上重新授权，再来登录"
        )
        self.account, self.firm, self.until = account, firm, until


def _end(ended: _Ended) -> None:
    """End what was noted of an agent whom the enterprise has let go; that he is refused today does not undo it."""
    Representation.objects.filter(account_id=ended.account, party_id=ended.firm, capacity=_AGENT).exclude(
        until__lte=ended.until
    ).update(until=ended.until)


def _use_once(identified: Identified, *, at: datetime) -> None:
    UsedRow.objects.filter(at__lt=at - REMEMBERED).delete()
    _, first = UsedRow.objects.get_or_create(mark=bytes.fromhex(identified.response), defaults={"at": at})
    if not first:
        raise IdentityRefused("这次登录的回答已经用过一次了，不能再用。请回到登录页重新登录")


def person_behind(account: UUID) -> UUID | None:
    """Return the party of the person at a login: its own, or of an enterprise's agent who he is."""
    own = Account.objects.filter(pk=account).values_list("party_id", flat=True).first()
    if own:
        return own
    rows = IdentityRow.objects.filter(account=account, is_staff=False).exclude(person=None)
    return rows.values_list("person", flat=True).first()


def _known(provider: str, subject: str) -> IdentityRow | None:
    rows = IdentityRow.objects.select_related("account")
    return rows.filter(provider=provider, subject_hash=subject_hash(provider, subject)).first()


def _link(provider: str, subject: str, account: Account, *, person: UUID, at: datetime) -> IdentityRow:
    return IdentityRow(
        id=new_id(),
        provider=provider,
        subject_hash=subject_hash(provider, subject),
        subject_sealed=seal_text(subject, purpose="subject"),
        account=account,
        person=person,
        linked_at=at,
    )


def _somebody_else(provider: str) -> str:
    return f"“{_name_of(provider)}”这次说的人和您上次登录时不是同一个，没有放行。请带身份证到窗口核对，或拨 12345"


def subject_hash(provider: str, subject: str) -> bytes:
    """Return the keyed hash by which a provider's name for somebody is found again."""
    return outside().crypto.fingerprint(subject, purpose=f"identity-{provider}")


def _note(row: IdentityRow, level: int, *, at: datetime) -> None:
    row.level, row.last_used = level, at
    row.save()


def _provider_is_staff(code: str) -> bool:
    provider = outside().identity.get(code)
    return provider is not None and provider.known.is_staff


def _name_of(code: str) -> str:
    provider = outside().identity.get(code)
    return provider.known.name if provider else code


def _words(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
