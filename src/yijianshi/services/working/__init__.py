"""What is done after each request, round after round (后台)."""

from .outbox import drain, keep_up, tidy, work

__all__ = ["drain", "keep_up", "tidy", "work"]
