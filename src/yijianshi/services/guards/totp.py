"""
A telephone that makes codes (动态口令, TOTP): enrolled by a square code, confirmed by a first code, each code used once.

Source: RFC 6238; a code of the step before or after is taken, since telephones go wrong by seconds.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
from django.db import transaction

from yijianshi.store.guards.models import TotpRow

from ..contents import open_text, seal_text
from .factors import FactorRefused

ISSUER = "一件事"
_STEP = 30
_PURPOSE = "totp"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the telephone is to learn: as an address for its camera, and in letters for who types."""

    address: str
    secret: str


def begin_telephone(*, account: UUID, login: str, at: datetime) -> Enrolment:
    """
    Return the secret of a telephone that is being enrolled; a reload shows the same until a code confirms it.

    :raises FactorRefused: if one is enrolled already.
    """
    row, _ = TotpRow.objects.get_or_create(
        pk=account,
        defaults={"secret_sealed": seal_text(pyotp.random_base32(), purpose=_PURPOSE), "begun_at": at},
    )
    if row.confirmed_at is not None:
        raise FactorRefused("已经有一部手机了。换手机请先去掉旧的，再加新的")
    secret = open_text(row.secret_sealed, purpose=_PURPOSE)
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return Enrolment(address, secret)


def confirm_telephone(*, account: UUID, code: str, at: datetime) -> None:
    """
    Take the telephone as a second factor once it has made a right code.

    :raises FactorRefused: if the code is wrong.
    """
    with transaction.atomic():
        row = TotpRow.objects.select_for_update().filter(pk=account, confirmed_at=None).first()
        if row is None:
            raise FactorRefused("没有正在添加的手机。请从“加一部手机”重新开始")
        step = _step_of(row, code, at)
        if step is None:
            raise FactorRefused("这 6 位数不对。请核对手机的时间是不是准的，再填现在显示的数")
        TotpRow.objects.filter(pk=account).update(confirmed_at=at, last_step=step)


def use_code(*, account: UUID, code: str, at: datetime) -> bool:
    """Return whether the code is right and was never used; of two who send the same one, only the first comes in."""
    row = TotpRow.objects.filter(pk=account).exclude(confirmed_at=None).first()
    step = _step_of(row, code, at) if row else None
    if step is None:
        return False
    return bool(TotpRow.objects.filter(pk=account, last_step__lt=step).update(last_step=step))


def drop_telephone(*, account: UUID) -> bool:
    """Take the telephone away; return whether there was one."""
    return bool(TotpRow.objects.filter(pk=account).delete()[0])


def _step_of(row: TotpRow, code: str, at: datetime) -> int | None:
    """Return the step of time of which this is the code, if it is of none that was used."""
    digits = code.replace(" ", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    made = pyotp.TOTP(open_text(row.secret_sealed, purpose=_PURPOSE))
    now = int(at.timestamp()) // _STEP
    for step in (now, now - 1, now + 1):
        if step > row.last_step and made.verify(digits, for_time=step * _STEP):
            return step
    return None
