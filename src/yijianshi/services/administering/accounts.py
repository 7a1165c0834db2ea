"""
Accounts of staff and their posts (账号和任职): the system administrator makes them, ends them and hands them over.

He gives nobody a post whose rights reach beyond one unit: that he proposes, and the security administrator decides.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.administering import (
    ADMINISTRATORS,
    APPROVED_BY_ANOTHER,
    AdministrationRefused,
    Deed,
    refuse_dates,
    refuse_oneself,
    refuse_together,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Officer

from ..contents import seal_text
from ..guards.sessions import end_all
from ..people.invite_administrator import Invited, invite, well_formed_login
from ..people.telling import tell_account
from .deeds import note_deed
from .posts import PostWanted, account_within, division_of, finish, hold, open_posts, take_over
from .proposing import propose


def create_account(*, actor: Actor, login: str, name: str, post: PostWanted, at: datetime) -> Invited:
    """
    Make an account with its first post, and return the one-time link by which its owner sets his password.

    A post that another administrator must approve is proposed; until then the account can come in and do nothing.

    :raises AdministrationRefused: if login, name or dates do not do.
    :raises NotPermitted: if the unit lies outside the actor's division.
    """
    require(actor, Act.ADMINISTER, Thing(division=post.division))
    login, name = login.strip(), name.strip()[:60]
    if not well_formed_login(login):
        raise AdministrationRefused("登录名应为 1 至 64 个字符，不含空格。请换一个")
    if not name:
        raise AdministrationRefused("请写上姓名，办件上要写明是谁办的")
    refuse_dates(post.since, post.until, on=legal_day(at))
    with transaction.atomic():
        account = _made(login, name, at=at)
        note_deed(
            Deed.CREATE_ACCOUNT, actor=actor, at=at, division=post.division, about=account.id,
            facts={"login": login},
        )  # fmt: skip
        _give(actor, account, post, at)
        return invite(account, at=at)


def give_post(*, actor: Actor, account: UUID, post: PostWanted, at: datetime) -> bool:
    """
    Give somebody a further post; return whether he holds it now, or it waits for approval.

    :raises AdministrationRefused: if he may not hold it beside his others, or is the actor himself.
    :raises NotPermitted: if the account or the unit lies outside the actor's division.
    """
    require(actor, Act.ADMINISTER, Thing(division=post.division))
    with transaction.atomic():
        found = account_within(actor, account)
        refuse_dates(post.since, post.until, on=legal_day(at))
        return _give(actor, found, post, at)


def end_post(*, actor: Actor, account: UUID, post: UUID, at: datetime) -> bool:
    """
    End a post today; return whether it has ended, or waits for approval.

    :raises AdministrationRefused: if the actor would end his own.
    :raises NotPermitted: if the account holds no such post within the actor's division.
    """
    with transaction.atomic():
        found = account_within(actor, account)
        held = next((one for one in open_posts(found.id, on=legal_day(at)) if one.pk == post), None)
        if held is None:
            raise NotPermitted(Act.ADMINISTER)
        division = division_of(held.unit)
        require(actor, Act.ADMINISTER, Thing(division=division))
        refuse_oneself(by=actor.account, about=str(account))
        role = Role(held.role)
        facts = {"role": held.role, "unit": held.unit}
        if role in APPROVED_BY_ANOTHER:
            propose("end", actor=actor, account=found.id, role=role, unit=held.unit, since=legal_day(at), until=None, at=at)  # fmt: skip
            return False
        finish(held, on=legal_day(at))
        note_deed(Deed.END_POST, actor=actor, at=at, division=division, about=found.id, facts=facts)
    return True


def close_account(*, actor: Actor, account: UUID, at: datetime) -> None:
    """
    Close an account: its posts end, it is signed out everywhere and comes in no more; what it did stays.

    :raises AdministrationRefused: if it is the actor's own, or holds a post that another must end first.
    :raises NotPermitted: if it lies outside the actor's division.
    """
    with transaction.atomic():
        found = account_within(actor, account)
        refuse_oneself(by=actor.account, about=str(account))
        posts = open_posts(found.id, on=legal_day(at))
        if any(Role(post.role) in APPROVED_BY_ANOTHER for post in posts):
            raise AdministrationRefused(
                "他还有要安全管理员同意才能免去的岗位。请先报请免去，同意以后再停用账号"
            )
        for post in posts:
            finish(post, on=legal_day(at))
        found.is_active = False
        found.save(update_fields=["is_active"])
        end_all(found.id)
        note_deed(
            Deed.CLOSE_ACCOUNT, actor=actor, at=at, division=_home(posts, actor), about=found.id,
            facts={"login": found.login},
        )  # fmt: skip


def new_link(*, actor: Actor, account: UUID, at: datetime) -> Invited:
    """
    Return a new one-time link for who has forgotten his password; he is told of it wherever he is signed in.

    :raises AdministrationRefused: for a closed account, and for an administrator: that needs somebody at the server.
    :raises NotPermitted: if the account lies outside the actor's division.
    """
    with transaction.atomic():
        found = account_within(actor, account)
        if not found.is_active:
            raise AdministrationRefused("这个账号已经停用，链接不会起作用。请另建一个账号")
        posts = open_posts(found.id, on=legal_day(at))
        if any(Role(post.role) in ADMINISTRATORS for post in posts):
            raise AdministrationRefused(
                "管理员的链接不能在网页上重发：一个管理员不能顶替另一个。请在服务器上运行 yijianshi admin invite-again 登录名"
            )
        invited = invite(found, at=at)
        note_deed(Deed.NEW_LINK, actor=actor, at=at, division=_home(posts, actor), about=found.id)
    tell_account(found.id, "guards.link", link="/account/devices", once=f"link {found.id} {at.isoformat()}")
    return invited


def hand_over(*, actor: Actor, account: UUID, to_login: str, at: datetime) -> int:
    """
    Let somebody take over all posts of another from today; return how many.

    :raises AdministrationRefused: if nobody has that login, or a post must be proposed one by one.
    :raises NotPermitted: if either account lies outside the actor's division.
    """
    today = legal_day(at)
    with transaction.atomic():
        leaving = account_within(actor, account)
        found = Account.objects.filter(login=to_login.strip(), is_active=True).first()
        if found is None or found.id == leaving.id:
            raise AdministrationRefused("没有这个登录名，或者就是他自己。请核对接手的人的登录名")
        taking = account_within(actor, found.id)
        refuse_oneself(by=actor.account, about=str(taking.id))
        posts = open_posts(leaving.id, on=today)
        if not posts:
            raise AdministrationRefused("他现在没有岗位可以移交")
        if any(Role(post.role) in APPROVED_BY_ANOTHER for post in posts):
            raise AdministrationRefused("他有要安全管理员同意的岗位，不能一次移交。请一个一个报请任职、免去")
        for post in posts:
            take_over(taking.id, post, on=today)
            finish(post, on=today)
        note_deed(
            Deed.HAND_OVER, actor=actor, at=at, division=_home(posts, actor), about=leaving.id,
            facts={"to": taking.login, "posts": str(len(posts))},
        )  # fmt: skip
    return len(posts)


def _give(actor: Actor, account: Account, post: PostWanted, at: datetime) -> bool:
    refuse_oneself(by=actor.account, about=str(account.id))
    if not account.is_active:
        raise AdministrationRefused("这个账号已经停用，不能再任职。请另建一个账号")
    on = legal_day(at)
    refuse_together([post.role, *(Role(held.role) for held in open_posts(account.id, on=on))])
    if post.role in APPROVED_BY_ANOTHER:
        propose("give", actor=actor, account=account.id, role=post.role, unit=post.unit, since=post.since, until=post.until, at=at)  # fmt: skip
        return False
    hold(account.id, post, on=on)
    note_deed(
        Deed.GIVE_POST, actor=actor, at=at, division=post.division, about=account.id,
        facts={"role": post.role.value, "unit": post.unit, "since": str(post.since), "until": str(post.until or "")},
    )  # fmt: skip
    return True


def _made(login: str, name: str, *, at: datetime) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create(
                login=login, name_sealed=seal_text(name, purpose="name"), created_at=at
            )
    except IntegrityError:
        raise AdministrationRefused(f"登录名「{login}」已有人使用。请换一个，例如加上工号") from None


def _home(posts: list[Officer], actor: Actor) -> str:
    """Return the division under which an act about an account is written down."""
    if posts:
        return division_of(posts[0].unit)
    return str(actor.holds(Role.SYSTEM_ADMIN)[0].unit.division)
