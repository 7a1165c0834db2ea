"""A statement that was prepared once is there again after a transaction was rolled back on the same connection."""

import pytest
from django.db import transaction

from yijianshi.store.prepared import ask

pytestmark = pytest.mark.django_db(transaction=True)

ONE = "SELECT ($1::int + 1)::text"


def test_after_a_rolled_back_transaction_the_next_reader_on_the_connection_is_answered() -> None:
    assert ask(ONE, "1") == b"2"
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _begin_and_roll_back()
        assert ask(ONE, "2") == b"3"


def _begin_and_roll_back() -> None:
    with transaction.atomic():
        ask(ONE, "1")
        raise ZeroDivisionError
