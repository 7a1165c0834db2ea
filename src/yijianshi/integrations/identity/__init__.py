"""Platforms by which people sign in (统一身份认证): OpenID Connect, and tickets as provinces give them out."""

from .claims import ClaimNames, ClaimsUnreadable
from .demo import DemoOffice, DemoTickets
from .fetching import Fetcher, InsecureProvider
from .health import check
from .oidc import OidcProvider
from .ticket import TicketProvider

__all__ = [
    "ClaimNames",
    "ClaimsUnreadable",
    "DemoOffice",
    "DemoTickets",
    "Fetcher",
    "InsecureProvider",
    "OidcProvider",
    "TicketProvider",
    "check",
]
