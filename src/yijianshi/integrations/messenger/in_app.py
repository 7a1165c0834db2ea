"""Messages inside the platform (站内信): kept in the reader's own space, once each."""

from collections.abc import Iterable
from uuid import UUID

from yijianshi.services.ports import Clock, Message, Messenger
from yijianshi.store.keys import new_id
from yijianshi.store.letters.models import MessageRow


class InAppMessenger:
    """The Messenger port over the platform's own table; other ways of telling follow it."""

    def __init__(self, clock: Clock, *, also: tuple[Messenger, ...] = ()) -> None:
        self._clock = clock
        self._also = also

    def send(self, messages: Iterable[Message], *, once: str) -> None:
        """Keep the messages; a second call with the same `once` does nothing."""
        kept = list(messages)
        MessageRow.objects.bulk_create(
            (
                MessageRow(
                    id=new_id(),
                    account_id=UUID(message.account),
                    key=message.key,
                    values=dict(message.values),
                    link=message.link,
                    once=once,
                    sent_at=self._clock.now(),
                )
                for message in kept
            ),
            ignore_conflicts=True,
        )
        for messenger in self._also:
            messenger.send(kept, once=once)
