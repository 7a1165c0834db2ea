"""The second proof: codes of a telephone, security keys and codes on paper; each is taken once, and from its owner only."""

import json
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.services.guards.authenticator import Authenticator, raw, text
from yijianshi.domain.guards import FREE_TRIES
from yijianshi.services.guards.door import Caller, TooManyTries
from yijianshi.services.guards.factors import FactorRefused, factors_of, has_factor
from yijianshi.services.guards.keys import Site, add_key, ask_key, ask_new_key, drop_key, use_key
from yijianshi.services.guards.prove import NotProved, Proof, prove_second
from yijianshi.services.guards.recovery import make_codes, use_recovery
from yijianshi.services.guards.totp import begin_telephone, confirm_telephone, use_code
from yijianshi.store.accounts.models import Account
from yijianshi.store.guards.models import KeyRow, RecoveryRow, TotpRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.1")]
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SITE = Site("yjs.example.gov.cn", "https://yjs.example.gov.cn")
HERE = Caller("10.0.0.*")


@pytest.fixture
def account(db: None) -> Account:
    return Account.objects.create(login="lanhui", created_at=AT)


def telephone_of(account: Account) -> pyotp.TOTP:
    """Return the telephone that somebody has enrolled."""
    made = pyotp.TOTP(begin_telephone(account=account.id, login=account.login, at=AT).secret)
    confirm_telephone(account=account.id, code=made.at(AT), at=AT)
    return made


def key_of(account: Account, name: str = "抽屉里的", **how: bool) -> Authenticator:
    """Return the security key that somebody has enrolled."""
    key = Authenticator(origin=SITE.origin, **how)
    asked = ask_new_key(account=account.id, login=account.login, site=SITE)
    add_key(
        account=account.id, name=name, answer=key.create(asked.options), kept=asked.kept, site=SITE, at=AT
    )
    return key


def test_a_telephone_counts_only_after_it_has_made_a_right_code(account: Account) -> None:
    made = pyotp.TOTP(begin_telephone(account=account.id, login=account.login, at=AT).secret)
    assert not has_factor(account.id)
    with pytest.raises(FactorRefused, match="不对"):
        confirm_telephone(account=account.id, code="000000" if made.at(AT) != "000000" else "1", at=AT)
    again = begin_telephone(account=account.id, login=account.login, at=AT)
    assert again.secret == made.secret, "a reload shows the same code to scan"
    confirm_telephone(account=account.id, code=made.at(AT), at=AT)
    assert has_factor(account.id)
    with pytest.raises(FactorRefused, match="已经有"):
        begin_telephone(account=account.id, login=account.login, at=AT)


def test_the_secret_lies_sealed(account: Account) -> None:
    secret = begin_telephone(account=account.id, login=account.login, at=AT).secret
    assert secret.encode() not in bytes(TotpRow.objects.get().secret_sealed)


def test_a_code_is_taken_once_and_the_next_one_again(account: Account) -> None:
    made = telephone_of(account)
    assert not use_code(account=account.id, code=made.at(AT), at=AT), "it confirmed the telephone"
    later = AT + timedelta(minutes=1)
    assert use_code(account=account.id, code=made.at(later), at=later)
    assert not use_code(account=account.id, code=made.at(later), at=later)


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_telephone_may_go_wrong_by_one_step(account: Account, seconds: int, taken: bool) -> None:
    made, later = telephone_of(account), AT + timedelta(minutes=10)
    code = made.at(later + timedelta(seconds=seconds))
    assert use_code(account=account.id, code=code, at=later) is taken


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_refused(account: Account, code: str) -> None:
    telephone_of(account)
    assert not use_code(account=account.id, code=code, at=AT)


def test_a_key_is_enrolled_and_opens_and_its_answer_opens_once(account: Account) -> None:
    key = key_of(account)
    asked = ask_key(account=account.id, site=SITE)
    assert asked
    answer = key.get(asked.options)
    assert use_key(account=account.id, answer=answer, kept=asked.kept, site=SITE, at=AT)
    assert not use_key(account=account.id, answer=answer, kept="", site=SITE, at=AT)
    assert not use_key(account=account.id, answer=answer, kept=asked.kept, site=SITE, at=AT), "the counter"
    assert factors_of(account.id).keys[0].used_at == AT


def test_several_keys_are_told_apart_by_the_names_their_owner_gave(account: Account) -> None:
    first, second = key_of(account, "抽屉里的"), key_of(account, "家里的")
    assert [key.name for key in factors_of(account.id).keys] == ["抽屉里的", "家里的"]
    for key in (first, second):
        asked = ask_key(account=account.id, site=SITE)
        assert asked
        assert len(json.loads(asked.options)["allowCredentials"]) == 2
        assert use_key(account=account.id, answer=key.get(asked.options), kept=asked.kept, site=SITE, at=AT)
    assert drop_key(account=account.id, key=factors_of(account.id).keys[0].id)
    assert [key.name for key in factors_of(account.id).keys] == ["家里的"]


def test_a_key_that_was_copied_is_refused(account: Account) -> None:
    key = key_of(account)
    asked = ask_key(account=account.id, site=SITE)
    assert asked
    assert use_key(account=account.id, answer=key.get(asked.options), kept=asked.kept, site=SITE, at=AT)
    key.count = 0  # the copy has not heard of the last use
    asked = ask_key(account=account.id, site=SITE)
    assert asked
    assert not use_key(account=account.id, answer=key.get(asked.options), kept=asked.kept, site=SITE, at=AT)


def test_a_key_without_pin_or_finger_is_refused(account: Account) -> None:
    with pytest.raises(FactorRefused, match="没有加上"):
        key_of(account, verifies=False)
    key = key_of(account)
    key.verifies = False
    asked = ask_key(account=account.id, site=SITE)
    assert asked
    assert not use_key(account=account.id, answer=key.get(asked.options), kept=asked.kept, site=SITE, at=AT)


def test_an_answer_for_another_address_another_challenge_or_another_person_is_refused(
    account: Account,
) -> None:
    key, other = key_of(account), Account.objects.create(login="other", created_at=AT)
    asked = ask_key(account=account.id, site=SITE)
    assert asked
    key.origin = "https://yjs.example.gov.cn.evil.example"
    assert not use_key(account=account.id, answer=key.get(asked.options), kept=asked.kept, site=SITE, at=AT)
    key.origin = SITE.origin
    stale = key.get(asked.options)
    fresh = ask_key(account=account.id, site=SITE)
    assert fresh
    assert not use_key(account=account.id, answer=stale, kept=fresh.kept, site=SITE, at=AT)
    assert not use_key(account=other.id, answer=stale, kept=asked.kept, site=SITE, at=AT)
    assert not use_key(account=account.id, answer="nonsense", kept=asked.kept, site=SITE, at=AT)
    changed = json.loads(key.get(asked.options))
    signature = bytearray(raw(changed["response"]["signature"]))
    signature[-1] ^= 1
    changed["response"]["signature"] = text(bytes(signature))
    assert not use_key(account=account.id, answer=json.dumps(changed), kept=asked.kept, site=SITE, at=AT)


def test_the_same_key_twice_and_a_key_without_a_name_are_refused(account: Account) -> None:
    key = key_of(account)
    asked = ask_new_key(account=account.id, login=account.login, site=SITE)
    answer = key.create(asked.options)
    for name, told in (("又一把", "加过"), (" ", "名字")):
        with pytest.raises(FactorRefused, match=told):
            add_key(account=account.id, name=name, answer=answer, kept=asked.kept, site=SITE, at=AT)
    assert KeyRow.objects.count() == 1


def test_keys_are_offered_only_where_browsers_take_them() -> None:
    assert SITE.takes_keys
    assert Site("localhost", "http://localhost:8000").takes_keys
    assert not Site("127.0.0.1", "http://127.0.0.1:8000").takes_keys
    assert not Site("yjs.example.gov.cn", "http://yjs.example.gov.cn").takes_keys


def test_codes_on_paper_work_once_each_and_new_ones_make_the_old_worthless(account: Account) -> None:
    codes = make_codes(account=account.id)
    assert len(set(codes)) == 10
    assert use_recovery(account=account.id, code=codes[0].lower(), at=AT)
    assert not use_recovery(account=account.id, code=codes[0], at=AT)
    assert factors_of(account.id).codes_left == 9
    make_codes(account=account.id)
    assert not use_recovery(account=account.id, code=codes[1], at=AT)
    kept = b"".join(bytes(row.code_hash) for row in RecoveryRow.objects.all())
    assert codes[1].replace("-", "").encode() not in kept


def test_guessing_codes_makes_wait_and_a_key_is_never_kept_waiting(account: Account) -> None:
    made, key = telephone_of(account), key_of(account)
    later = AT + timedelta(minutes=5)
    wrong = "000000" if made.at(later) != "000000" else "000001"
    for _ in range(FREE_TRIES):
        with pytest.raises(NotProved):
            prove_second(account=account, proof=Proof(code=wrong), caller=HERE, site=SITE, at=later)
    with pytest.raises(TooManyTries):
        prove_second(account=account, proof=Proof(code=made.at(later)), caller=HERE, site=SITE, at=later)
    asked = ask_key(account=account.id, site=SITE)
    assert asked
    proof = Proof(answer=key.get(asked.options), kept=asked.kept)
    prove_second(account=account, proof=proof, caller=HERE, site=SITE, at=later)


def test_who_knows_the_password_and_guesses_from_everywhere_waits_but_the_own_device_does_not(
    account: Account,
) -> None:
    made, later = telephone_of(account), AT + timedelta(minutes=5)
    wrong = "000000" if made.at(later) != "000000" else "000001"
    for n in range(30):
        caller = Caller(f"172.16.{n}.*")
        with pytest.raises(NotProved):
            prove_second(account=account, proof=Proof(code=wrong), caller=caller, site=SITE, at=later)
    right = Proof(code=made.at(later))
    with pytest.raises(TooManyTries):
        prove_second(account=account, proof=right, caller=HERE, site=SITE, at=later)
    prove_second(account=account, proof=right, caller=Caller("10.0.0.*", "own"), site=SITE, at=later)
