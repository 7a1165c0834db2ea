"""The second step at the door (第二道验证): a code of the telephone, an answer of a key, or a code on paper; wrong tries make wait."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password

from yijianshi.store.accounts.models import Account

from ..people.telling import tell_account
from .door import PASSWORDS, SECOND_FACTORS, Caller, Door, TooManyTries, Whom
from .keys import Site, use_key
from .recovery import use_recovery
from .totp import use_code


class NotProved(Exception):
    """The second proof is wrong; what is wrong about it is not told."""

    def __init__(
        self, why: str = "没有通过。请填手机上现在的 6 位数（每个数只能用一次），或者一个没用过的备用码"
    ) -> None:
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody gives: a code, or the answer of a key to the challenge that his session kept."""

    code: str = ""
    answer: str = ""
    kept: str = ""


def prove_second(
    *, account: Account, proof: Proof, caller: Caller, site: Site, at: datetime, door: Door = SECOND_FACTORS
) -> None:
    """
    Take the second proof.

    A key is never kept waiting: it cannot be guessed. Whoever is kept waiting is told that somebody knows the password.

    :raises NotProved: if it is wrong or was used before.
    :raises TooManyTries: if codes have been guessed too often.
    """
    whom = Whom(account.login, account.id)
    if proof.answer:
        if use_key(account=account.id, answer=proof.answer, kept=proof.kept, site=site, at=at):
            door.succeeded(whom, caller)
            return
        raise NotProved("这把密钥没有通过。请再试一次，或者用手机上的 6 位数")
    try:
        door.check(whom, caller, at=at)
    except TooManyTries:
        tell_account(
            account.id, "guards.guessed", link="/account/devices", once=f"guessed {account.id} {at:%Y%m%d}"
        )
        raise
    is_right = use_code(account=account.id, code=proof.code, at=at) or use_recovery(
        account=account.id, code=proof.code, at=at
    )
    if not is_right:
        door.failed(whom, caller, at=at)
        raise NotProved
    door.succeeded(whom, caller)


def prove_by_password(
    *, account: Account, password: str, caller: Caller, at: datetime, door: Door = PASSWORDS
) -> None:
    """
    Take the password once more from who is signed in.

    :raises NotProved: if it is wrong.
    :raises TooManyTries: if it has been tried too often.
    """
    whom = Whom(account.login, account.id)
    door.check(whom, caller, at=at)
    if not check_password(password, account.password):
        door.failed(whom, caller, at=at)
        raise NotProved("现在的密码不对。请再核一遍，注意大小写")
    door.succeeded(whom, caller)
