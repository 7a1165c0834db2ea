"""What is done after each request, round after round (后台)."""

from .outbox import drain, work

__all__ = ["drain", "work"]
