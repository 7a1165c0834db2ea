"""How an account wants the pages and the messages (我的设置): kept with the account, so that every device follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID

from yijianshi.domain.messages import USUALLY, Choice, Kind, QuietHours, Way
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.store.portal.models import SettingsRow

from ..contents import open_text, seal_text

_LONGEST_MAIL = 120


class SettingNotKept(ValueError):
    """A setting cannot be kept as it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one account; `elder` is None where nothing was chosen."""

    elder: bool | None = None
    division: str = ""
    telling: Choice = field(default_factory=Choice)
    mail: str = ""
    app: str = ""


def settings_of(account: UUID) -> Settings:
    """Return what an account has chosen; one query."""
    row = SettingsRow.objects.filter(pk=account).first()
    return _read(row) if row else Settings()


def choose_elder(*, actor: Actor, elder: bool) -> None:
    """Keep whether somebody wants large letters."""
    _keep(actor, elder=elder)


def choose_division(*, actor: Actor, division: str) -> None:
    """Keep where somebody is at home."""
    _keep(actor, division=division)


def choose_telling(
    *, actor: Actor, ways: Mapping[Kind, tuple[Way, ...]], quiet: QuietHours, mail: str, by_app: bool
) -> None:
    """
    Keep by which ways somebody hears of each kind of message, and when he is left in peace.

    :raises SettingNotKept: if the address is none.
    """
    mail = mail.strip()
    name, _, host = mail.partition("@")
    if mail and (
        len(mail) > _LONGEST_MAIL or not name or "." not in host or " " in mail or not mail.isprintable()
    ):
        raise SettingNotKept("电子邮箱的写法不对，应像 name@example.com")
    known_as = settings_of(UUID(actor.account)).app  # by what a portal knows him stays what it is
    _keep(
        actor,
        ways={str(kind): [str(way) for way in chosen] for kind, chosen in ways.items()},
        quiet_begins=quiet.begins,
        quiet_ends=quiet.ends,
        mail_sealed=seal_text(mail, purpose="mail"),
        app_sealed=seal_text((known_as or actor.account) if by_app else "", purpose="app"),
    )


def subscribe(account: UUID, *, by: str) -> None:
    """Note by what the app of a portal knows an account, so that it can be told there."""
    SettingsRow.objects.update_or_create(
        account_id=account, defaults={"app_sealed": seal_text(by, purpose="app")}
    )


def _keep(actor: Actor, **values: object) -> None:
    require(actor, Act.CHOOSE_SETTINGS, Thing(owner=actor.account))
    SettingsRow.objects.update_or_create(account_id=UUID(actor.account), defaults=values)


def _read(row: SettingsRow) -> Settings:
    chosen = row.ways or {}
    quiet = QuietHours()
    if row.quiet_begins is not None and row.quiet_ends is not None:
        quiet = QuietHours(_clock(row.quiet_begins), _clock(row.quiet_ends))
    ways = {
        kind: tuple(way for way in Way if way in chosen[kind]) if kind in chosen else usual
        for kind, usual in USUALLY.items()
    }
    return Settings(
        elder=row.elder,
        division=row.division,
        telling=Choice(ways, quiet),
        mail=open_text(row.mail_sealed, purpose="mail"),
        app=open_text(row.app_sealed, purpose="app"),
    )


def _clock(value: time) -> time:
    return value.replace(second=0, microsecond=0)
