"""
The master keys of a deployment: one that seals today, older ones that only open, and one for look-ups.

Basis: GB/T 32905-2016 (SM3), GB/T 15852.2-2024 (HMAC).
"""

from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC

KEY_ID_LENGTH = 4
SM4_KEY_LENGTH = 16
_SHORTEST, _LONGEST = 16, 64
#: A key with fewer different bytes than this was typed, not drawn.
_LEAST_DIFFERENT_BYTES = 8
_DEMO_MASTER = b"DEMO KEY, NEVER FOR REAL PEOPLE."
_DEMO_LOOKUP = b"DEMO LOOKUP, NOT FOR REAL PEOPLE"


class KeyUnusable(Exception):
    """A key in the settings has the wrong shape; nothing can be sealed with it."""


def keyed_hash(key: bytes, *parts: bytes) -> bytes:
    """Return HMAC-SM3 over `parts`, each preceded by its length so that no two lists of parts hash alike."""
    mac = HMAC(key, SM3())
    for part in parts:
        mac.update(len(part).to_bytes(4, "big"))
        mac.update(part)
    return mac.finalize()


def key_id(key: bytes) -> bytes:
    """Return the four bytes by which sealed data names its key; they tell nothing about the key."""
    digest = Hash(SM3())
    digest.update(b"yijianshi key id\x00" + key)
    return digest.finalize()[:KEY_ID_LENGTH]


@dataclass(frozen=True)
class MasterKey:
    """One master key; what seals and what wraps are derived from it, so that neither can stand for the other."""

    secret: bytes

    @cached_property
    def id(self) -> bytes:
        return key_id(self.secret)

    @cached_property
    def sealing(self) -> bytes:
        return keyed_hash(self.secret, b"sealing")[:SM4_KEY_LENGTH]

    @cached_property
    def wrapping(self) -> bytes:
        return keyed_hash(self.secret, b"wrapping")[:SM4_KEY_LENGTH]

    def __repr__(self) -> str:
        return f"MasterKey({self.id.hex()})"


@dataclass(frozen=True)
class KeyRing:
    """The master keys, newest first, and the key of look-ups, which stays when the master key changes."""

    masters: tuple[MasterKey, ...]
    lookup: bytes

    @classmethod
    def from_hex(cls, masters: str, *, lookup: str) -> "KeyRing":
        """
        Return the ring written in the settings: hexadecimal keys with commas between them, the newest first.

        :raises KeyUnusable: if a key is not hexadecimal, too short or given twice.
        """
        secrets = [_from_hex(text, "主密钥") for text in masters.split(",") if text.strip()]
        if not secrets:
            raise KeyUnusable("没有配置主密钥，个人信息无法加密保存。请配置 32 位或 64 位十六进制的主密钥。")
        keys = tuple(MasterKey(secret) for secret in secrets)
        if len({key.id for key in keys}) != len(keys):
            raise KeyUnusable("同一把主密钥配置了两次，无法分清新旧。请删去重复的一把。")
        lookup_key = _from_hex(lookup, "检索密钥")
        if lookup_key in secrets:
            raise KeyUnusable("检索密钥与主密钥相同，轮换主密钥后将无法检索。请另外生成一把检索密钥。")
        return cls(keys, lookup_key)

    @property
    def active(self) -> MasterKey:
        return self.masters[0]

    @cached_property
    def by_id(self) -> dict[bytes, MasterKey]:
        return {key.id: key for key in self.masters}

    @property
    def is_demo(self) -> bool:
        """Whether any key is the published one of the demo; production refuses it."""
        return self.lookup == _DEMO_LOOKUP or any(key.secret == _DEMO_MASTER for key in self.masters)

    @property
    def is_weak(self) -> bool:
        """Whether a key looks typed rather than drawn by chance."""
        secrets = (self.lookup, *(key.secret for key in self.masters))
        return any(len(set(secret)) < _LEAST_DIFFERENT_BYTES for secret in secrets)

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(key.id.hex() for key in self.masters)})"


def _from_hex(text: str, name: str) -> bytes:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        raise KeyUnusable(f"{name}不是十六进制，无法使用。请用 openssl rand -hex 32 生成一把。") from None
    if not _SHORTEST <= len(secret) <= _LONGEST:
        raise KeyUnusable(
            f"{name}长 {len(secret)} 字节，应为 {_SHORTEST} 至 {_LONGEST} 字节。请用 openssl rand -hex 32 生成一把。"
        )
    return secret


def demo_key_ring() -> KeyRing:
    """Return the ring of the demo: always the same and known to everybody, so production refuses it."""
    return KeyRing((MasterKey(_DEMO_MASTER),), _DEMO_LOOKUP)
