"""What is done after each request, round after round (后台)."""

from .outbox import BATCH, drain, keep_up, tidy, work

__all__ = ["BATCH", "drain", "keep_up", "tidy", "work"]
