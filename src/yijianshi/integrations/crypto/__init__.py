"""Sealing personal data in software (国密: SM4-GCM, HMAC-SM3); an HSM takes this room's place."""

from .keys import KeyRing, KeyUnusable, demo_key_ring
from .software import SoftwareCrypto, check

__all__ = ["KeyRing", "KeyUnusable", "SoftwareCrypto", "check", "demo_key_ring"]
