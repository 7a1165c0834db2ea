"""
Security keys (安全密钥, WebAuthn): several per person, named by him; each asks its holder for PIN or finger.

A challenge is used once; a key whose counter does not go on is a copy, and is refused.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yijianshi.store.guards.models import KeyRow

from ..contents import seal_text
from .factors import FactorRefused
from .totp import ISSUER

MOST_KEYS = 8
_REQUIRED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """For which address keys are made: browsers hand a key to no other."""

    host: str
    origin: str

    @property
    def takes_keys(self) -> bool:
        """Whether browsers allow keys here: not at a bare number, and not without TLS but on the own machine."""
        is_number = self.host.replace(".", "").isdigit() or ":" in self.host
        return not is_number and (self.origin.startswith("https:") or self.host == "localhost")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the browser is to ask the key, and what the session keeps until the answer."""

    options: str
    kept: str


def ask_new_key(*, account: UUID, login: str, site: Site) -> Challenge:
    """Return what a new key is asked; keys that are known already do not answer."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_id=account.bytes,
        user_name=login,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_REQUIRED
        ),
        exclude_credentials=_descriptors(account),
    )
    return Challenge(options_to_json(options), options.challenge.hex())


def add_key(*, account: UUID, name: str, answer: str, kept: str, site: Site, at: datetime) -> None:
    """
    Take a key as a second factor.

    :param answer: what the key said, as JSON; `kept`: the challenge that the session held, empty if there is none.
    :raises FactorRefused: if the answer does not belong to the challenge, the address or the person, or has no name.
    """
    name = name.strip()[:40]
    if not name:
        raise FactorRefused("请给这把密钥起个名字，例如“办公桌抽屉里的”，以后好认")
    if KeyRow.objects.filter(account_id=account).count() >= MOST_KEYS:
        raise FactorRefused(f"最多 {MOST_KEYS} 把密钥。请先去掉不用的")
    try:
        found = verify_registration_response(
            credential=_read(answer),
            expected_challenge=_challenge(kept),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as wrong:
        raise FactorRefused(_NOT_TAKEN) from wrong
    try:
        with transaction.atomic():
            KeyRow.objects.create(
                account_id=account,
                name_sealed=seal_text(name, purpose="key-name"),
                credential=found.credential_id,
                public_key=found.credential_public_key,
                sign_count=found.sign_count,
                added_at=at,
            )
    except IntegrityError as known:
        raise FactorRefused("这把密钥已经加过了，请换一把") from known


def ask_key(*, account: UUID, site: Site) -> Challenge | None:
    """Return what the person's keys are asked when he comes in; nothing if he has none."""
    known = _descriptors(account)
    if not known:
        return None
    options = generate_authentication_options(
        rp_id=site.host, allow_credentials=known, user_verification=_REQUIRED
    )
    return Challenge(options_to_json(options), options.challenge.hex())


def use_key(*, account: UUID, answer: str, kept: str, site: Site, at: datetime) -> bool:
    """Return whether one of the person's keys gave the right answer to this challenge, and its counter went on."""
    try:
        said = _read(answer)
        credential = base64url_to_bytes(str(said.get("rawId", "")))
        row = KeyRow.objects.filter(account_id=account, credential=credential).first()
        if row is None:
            return False
        proved = verify_authentication_response(
            credential=said,
            expected_challenge=_challenge(kept),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        return False
    # Of two answers that are checked at once, only one finds the counter as it was read.
    return bool(
        KeyRow.objects.filter(pk=row.pk, sign_count=row.sign_count).update(
            sign_count=proved.new_sign_count, used_at=at
        )
    )


def drop_key(*, account: UUID, key: UUID) -> bool:
    """Take one of the person's keys away; return whether there was such a one."""
    return bool(KeyRow.objects.filter(account_id=account, pk=key).delete()[0])


_NOT_TAKEN = "这把密钥没有加上：可能等得太久，或者换了网址。请刷新这一页，重新插上或靠近密钥再试"


def _descriptors(account: UUID) -> list[PublicKeyCredentialDescriptor]:
    rows = KeyRow.objects.filter(account_id=account).values_list("credential", flat=True)
    return [PublicKeyCredentialDescriptor(id=bytes(credential)) for credential in rows]


def _challenge(kept: str) -> bytes:
    if not kept:
        raise ValueError("there is no open challenge")
    return bytes.fromhex(kept)


def _read(answer: str) -> dict[str, Any]:
    said = json.loads(answer[:20_000])
    if not isinstance(said, dict):
        raise ValueError("not an answer of a key")
    return said
