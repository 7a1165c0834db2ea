"""The Messenger that lays every message aside to be sent out: by text message, mail or app, as its reader chose."""

from collections.abc import Iterable
from uuid import UUID

from yijianshi.services.portal.sending import queue
from yijianshi.services.ports import Clock, Message


class QueuedMessenger:
    """Follows the messenger inside the platform, whose rows it sends out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def send(self, messages: Iterable[Message], *, once: str) -> None:
        """Lay the messages aside; a second call with the same `once` does nothing."""
        queue({UUID(message.account) for message in messages}, once=once, at=self._clock.now())
