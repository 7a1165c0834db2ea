"""Sealed data opens only with its own key, for its own purpose, and unchanged."""

import time

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.integrations.crypto import KeyRing, KeyUnusable, SoftwareCrypto, check, demo_key_ring
from yijianshi.integrations.crypto.vectors import sm3, sm4_block
from yijianshi.services.ports import Crypto, SealBroken

FIRST = "00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f"
SECOND = "ff0e1d2c3b4a5968778695a4b3c2d1e0f0e1d2c3b4a5968778695a4b3c2d1e0f"
LOOKUP = "9f3c5a7be1d204866ab8c0de1f23456789abcdef0123456789abcdef01234567"

crypto: Crypto = SoftwareCrypto(demo_key_ring())
DATA_KEY = crypto.new_data_key()


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        (b"", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
    ],
)
def test_sm3_gives_what_the_standard_prints(message: bytes, digest: str) -> None:
    assert sm3(message).hex() == digest


def test_sm4_gives_what_the_standard_prints() -> None:
    key = plain = bytes.fromhex("0123456789abcdeffedcba9876543210")
    assert sm4_block(key, plain).hex() == "681edf34d206965e86b3e94f536e4246"


@pytest.mark.slow
def test_sm4_gives_what_the_standard_prints_after_a_million_rounds() -> None:
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()
    for _ in range(1_000_000):
        block = encryptor.update(block)
    assert block.hex() == "595298c7c6fd271f0402f804c33d3f66"


@given(plain=st.binary(max_size=5000), purpose=st.text(max_size=30), shared=st.booleans())
def test_what_was_sealed_comes_back(plain: bytes, purpose: str, shared: bool) -> None:
    under = DATA_KEY if shared else None
    sealed = crypto.seal(plain, purpose=purpose, under=under)
    assert crypto.unseal(sealed, purpose=purpose, under=under) == plain


def test_every_changed_byte_is_noticed() -> None:
    sealed = crypto.seal("公民身份号码".encode(), purpose="party.number", under=DATA_KEY)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            crypto.unseal(bytes(changed), purpose="party.number", under=DATA_KEY)


def test_every_cut_is_noticed() -> None:
    sealed = crypto.seal(b"x" * 40, purpose="p")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            crypto.unseal(sealed[:length], purpose="p")


def test_a_sealed_value_cannot_be_moved_to_another_purpose() -> None:
    sealed = crypto.seal(b"13900000001", purpose="party.phone")
    with pytest.raises(SealBroken, match="用途"):
        crypto.unseal(sealed, purpose="party.number")


def test_a_sealed_value_cannot_be_moved_to_another_submission() -> None:
    sealed = crypto.seal(b"326.4", purpose="answers", under=DATA_KEY)
    with pytest.raises(SealBroken, match="数据密钥"):
        crypto.unseal(sealed, purpose="answers", under=crypto.new_data_key())
    with pytest.raises(SealBroken):
        crypto.unseal(sealed, purpose="answers")


def test_sealing_the_same_twice_looks_different() -> None:
    assert crypto.seal(b"same", purpose="p") != crypto.seal(b"same", purpose="p")


def test_a_wrapped_key_does_not_show_the_key_and_is_no_sealed_value() -> None:
    with pytest.raises(SealBroken):
        crypto.unseal(DATA_KEY, purpose="data key")
    with pytest.raises(SealBroken):
        crypto.seal(b"x", purpose="p", under=b"no key of ours, only some bytes")


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key() -> None:
    before = SoftwareCrypto(KeyRing.from_hex(FIRST, lookup=LOOKUP))
    data_key = before.new_data_key()
    own = before.seal(b"own", purpose="p")
    value = before.seal(b"value", purpose="p", under=data_key)
    number = before.fingerprint("320106199003079961", purpose="party")

    after = SoftwareCrypto(KeyRing.from_hex(f"{SECOND},{FIRST}", lookup=LOOKUP))
    assert after.unseal(own, purpose="p") == b"own"
    assert after.unseal(value, purpose="p", under=data_key) == b"value"
    assert after.fingerprint("320106199003079961", purpose="party") == number
    with pytest.raises(SealBroken, match="主密钥"):
        before.unseal(after.seal(b"new", purpose="p"), purpose="p")

    retired = SoftwareCrypto(KeyRing.from_hex(SECOND, lookup=LOOKUP))
    with pytest.raises(SealBroken, match="旧主密钥"):
        retired.unseal(value, purpose="p", under=data_key)
    assert retired.unseal(value, purpose="p", under=after.rewrap(data_key)) == b"value"


def test_fingerprints_are_stable_keyed_and_bound_to_their_purpose() -> None:
    here = crypto.fingerprint("320106199003079961", purpose="party")
    assert len(here) == 32
    assert here == crypto.fingerprint("320106199003079961", purpose="party")
    assert here != crypto.fingerprint("320106199003079961", purpose="phone")
    other = SoftwareCrypto(KeyRing.from_hex(FIRST, lookup=LOOKUP))
    assert here != other.fingerprint("320106199003079961", purpose="party")
    assert crypto.fingerprint("bc", purpose="a") != crypto.fingerprint("c", purpose="ab")


def test_keys_of_the_wrong_shape_are_refused_with_a_way_out() -> None:
    with pytest.raises(KeyUnusable, match="没有配置主密钥"):
        KeyRing.from_hex("", lookup=LOOKUP)
    with pytest.raises(KeyUnusable, match="十六进制"):
        KeyRing.from_hex("not a key", lookup=LOOKUP)
    with pytest.raises(KeyUnusable, match="8 字节"):
        KeyRing.from_hex("0011223344556677", lookup=LOOKUP)
    with pytest.raises(KeyUnusable, match="两次"):
        KeyRing.from_hex(f"{FIRST},{FIRST}", lookup=LOOKUP)
    with pytest.raises(KeyUnusable, match="检索密钥与主密钥相同"):
        KeyRing.from_hex(FIRST, lookup=FIRST)


def test_keys_are_not_printed() -> None:
    ring = KeyRing.from_hex(FIRST, lookup=LOOKUP)
    assert FIRST[:16] not in repr(ring) + repr(ring.active)
    assert repr(bytes.fromhex(FIRST)) not in repr(ring) + repr(ring.active)


def test_demo_and_typed_keys_are_found() -> None:
    assert demo_key_ring() == demo_key_ring()
    assert demo_key_ring().is_demo
    assert "演示密钥" in " ".join(check(demo_key_ring()))
    typed = KeyRing.from_hex("11" * 16, lookup=LOOKUP)
    assert "容易被猜中" in " ".join(check(typed))
    assert check(KeyRing.from_hex(f"{FIRST},{SECOND}", lookup=LOOKUP)) == ()


def test_sealing_a_form_is_cheap_enough_for_the_hot_path() -> None:
    form = b"\xe5" * 3000
    best = min(_seconds_for(200, form) for _ in range(5)) / 200
    assert best < 0.0003, f"sealing 3 KB took {best * 1e6:.0f} µs"


def _seconds_for(rounds: int, form: bytes) -> float:
    start = time.perf_counter()
    for _ in range(rounds):
        crypto.seal(form, purpose="answers", under=DATA_KEY)
    return time.perf_counter() - start
