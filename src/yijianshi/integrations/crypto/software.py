"""
Sealed bytes: version 1 · key id 4 · nonce 12 · ciphertext · tag 16, with the purpose bound as additional data.

Basis: GB/T 32907-2016 (SM4), GB/T 36624-2018 (GCM), GB/T 39786-2021 (protection of stored personal data).
"""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from yijianshi.services.ports import SealBroken

from .keys import KEY_ID_LENGTH, SM4_KEY_LENGTH, KeyRing, key_id, keyed_hash
from .vectors import known_answers_hold

_VERSION = b"\x01"
_NONCE_LENGTH = 12
_TAG_LENGTH = 16
_HEAD_LENGTH = len(_VERSION) + KEY_ID_LENGTH
_OVERHEAD = _HEAD_LENGTH + _NONCE_LENGTH + _TAG_LENGTH
_DATA_KEY_PURPOSE = "data key"
_CACHED_DATA_KEYS = 1024


class SoftwareCrypto:
    """The Crypto port in software: one data key per submission, wrapped under the deployment's master key."""

    def __init__(self, keys: KeyRing, *, cached_data_keys: int = _CACHED_DATA_KEYS) -> None:
        self._keys = keys
        self._sealing = {master.id: algorithms.SM4(master.sealing) for master in keys.masters}
        self._wrapping = {master.id: algorithms.SM4(master.wrapping) for master in keys.masters}
        # Unwrapping costs as much as sealing a short value, and one submission is opened many times in a row.
        self._data_key = lru_cache(maxsize=cached_data_keys)(self._unwrap)

    def new_data_key(self) -> bytes:
        """Return a fresh data key, wrapped under the newest master key."""
        return self._wrap(os.urandom(SM4_KEY_LENGTH))

    def rewrap(self, wrapped: bytes) -> bytes:
        """
        Return the same data key under the newest master key, so that an old one can be retired.

        :raises SealBroken: if no key of the ring opens it.
        """
        _, cipher = self._data_key(bytes(wrapped))
        return self._wrap(bytes(cipher.key))

    def seal(self, plain: bytes, *, purpose: str, under: bytes | None = None) -> bytes:
        """
        Return `plain` sealed under the wrapped key `under`, or under the deployment's own.

        :raises SealBroken: if `under` is no data key of this deployment.
        """
        if under is None:
            active = self._keys.active.id
            return _lock(plain, purpose, active, self._sealing[active])
        return _lock(plain, purpose, *self._data_key(bytes(under)))

    def unseal(self, sealed: bytes, *, purpose: str, under: bytes | None = None) -> bytes:
        """
        Return what was sealed.

        :raises SealBroken: if the bytes, the key or the purpose are not those of the sealing.
        """
        sealed = bytes(sealed)
        named = _key_named_in(sealed)
        if under is None:
            return _open(sealed, purpose, _found(self._sealing, named))
        own, cipher = self._data_key(bytes(under))
        if named != own:
            raise SealBroken("密文不是用这把数据密钥加密的。请核对它属于哪一件申报。")
        return _open(sealed, purpose, cipher)

    def fingerprint(self, text: str, *, purpose: str) -> bytes:
        """Return a keyed hash (32 bytes) by which a personal number can be looked up without being stored."""
        return keyed_hash(self._keys.lookup, purpose.encode(), text.encode())

    def _wrap(self, data_key: bytes) -> bytes:
        active = self._keys.active.id
        return _lock(data_key, _DATA_KEY_PURPOSE, active, self._wrapping[active])

    def _unwrap(self, wrapped: bytes) -> tuple[bytes, algorithms.SM4]:
        data_key = _open(wrapped, _DATA_KEY_PURPOSE, _found(self._wrapping, _key_named_in(wrapped)))
        return key_id(data_key), algorithms.SM4(data_key)


def _lock(plain: bytes, purpose: str, name: bytes, cipher: algorithms.SM4) -> bytes:
    head = _VERSION + name
    nonce = os.urandom(_NONCE_LENGTH)
    sealing = Cipher(cipher, modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(head + purpose.encode())
    body = sealing.update(plain) + sealing.finalize()
    return head + nonce + body + sealing.tag


def _open(sealed: bytes, purpose: str, cipher: algorithms.SM4) -> bytes:
    nonce = sealed[_HEAD_LENGTH : _HEAD_LENGTH + _NONCE_LENGTH]
    opening = Cipher(cipher, modes.GCM(nonce, sealed[-_TAG_LENGTH:])).decryptor()
    opening.authenticate_additional_data(sealed[:_HEAD_LENGTH] + purpose.encode())
    try:
        return opening.update(sealed[_HEAD_LENGTH + _NONCE_LENGTH : -_TAG_LENGTH]) + opening.finalize()
    except InvalidTag:
        raise SealBroken("密文被改动过，或用途与加密时不同，不能打开。请从备份取回原件。") from None


def _key_named_in(sealed: bytes) -> bytes:
    if len(sealed) < _OVERHEAD or not sealed.startswith(_VERSION):
        raise SealBroken("这不是本平台加密的内容，不能打开。请核对数据来源。")
    return sealed[len(_VERSION) : _HEAD_LENGTH]


def _found(ciphers: dict[bytes, algorithms.SM4], name: bytes) -> algorithms.SM4:
    try:
        return ciphers[name]
    except KeyError:
        raise SealBroken(
            f"加密所用的主密钥（编号 {name.hex()}）不在配置中，不能打开。请把旧主密钥加回配置末尾。"
        ) from None


def check(keys: KeyRing) -> tuple[str, ...]:
    """Return what is wrong with the keys and the algorithms, one sentence each; nothing means all is well."""
    findings = []
    if keys.is_demo:
        findings.append("正在使用演示密钥，人人都能解开数据。请在生产环境配置自己的主密钥和检索密钥。")
    if keys.is_weak:
        findings.append("密钥中不同的字节太少，容易被猜中。请用 openssl rand -hex 32 重新生成。")
    if not known_answers_hold():
        findings.append("SM3 或 SM4 的结果与国家标准的示例不一致，加密不可信。请重新安装 cryptography。")
        return tuple(findings)
    crypto = SoftwareCrypto(keys)
    data_key = crypto.new_data_key()
    sealed = crypto.seal(b"check", purpose="check", under=data_key)
    if crypto.unseal(sealed, purpose="check", under=data_key) != b"check":
        findings.append("加密后不能还原，密钥不可用。请检查主密钥配置。")
    return tuple(findings)
