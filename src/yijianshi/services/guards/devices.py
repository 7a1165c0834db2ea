"""
Devices on which somebody has come in before (常用设备): a cookie proves it, and no table is asked.

The cookie names a device by chance and carries a seal for each of its people, made of the password's own hash: it says
nothing about who they are, cannot be made up, and is worthless once the password has changed.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from yijianshi.store.accounts.models import Account

_MOST_PEOPLE = 6
_SALT = "yijianshi.device"
LASTS = 180 * 24 * 3600


def known_device(cookie: str, *, account: Account) -> str:
    """Return the device's own name where the cookie proves that the account has come in on it, else nothing."""
    device, *seals = cookie[:400].split(".")
    if not device:
        return ""
    mine = _seal(device, account)
    return device if any(constant_time_compare(seal, mine) for seal in seals) else ""


def remembering(cookie: str, *, account: Account) -> str:
    """Return the cookie by which the device is known as this account's too; the last few people of it are kept."""
    device, *seals = cookie[:400].split(".")
    if len(device) != 22 or not device.isascii():
        device, seals = secrets.token_urlsafe(16), []
    mine = _seal(device, account)
    others = [seal for seal in seals if seal != mine and len(seal) == len(mine)]
    return ".".join((device, *others[-(_MOST_PEOPLE - 1) :], mine))


def _seal(device: str, account: Account) -> str:
    return salted_hmac(_SALT, f"{device} {account.id} {account.password}", algorithm="sha256").hexdigest()[
        :32
    ]
