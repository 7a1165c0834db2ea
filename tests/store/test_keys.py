"""Keys sort by the moment they were made."""

import time
from uuid import UUID

from yijianshi.store.keys import new_id


def test_keys_sort_in_the_order_in_which_they_were_made() -> None:
    made = []
    for _ in range(2000):
        made.append(new_id())
        time.sleep(0.000001)  # a clock tick between two acts
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_a_key_says_when_it_was_made_and_is_of_version_seven() -> None:
    before = time.time_ns() // 1_000_000
    key = new_id()
    after = time.time_ns() // 1_000_000
    assert before <= key.int >> 80 <= after
    assert (key.version, key.variant) == (7, UUID(int=0x8 << 60).variant)
