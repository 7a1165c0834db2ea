"""Guessing is slow, counted for all processes together, and nobody is locked out by what others try."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from yijianshi.domain.guards import FREE_TRIES, FREE_TRIES_OF_NETWORK, FREE_TRIES_WHEN_MANY
from yijianshi.services.guards.devices import known_device, remembering
from yijianshi.services.guards.door import Caller, Door, TooManyTries, Whom
from yijianshi.services.people.signing_in import WrongLogin, sign_in
from yijianshi.store.accounts.models import Account
from yijianshi.store.guards.models import TryRow
from yijianshi.store.guards.tries import Place, count_try

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.1")]
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
WANG, ZHANG = Whom("wangfang"), Whom("zhangwei")
HERE, THERE = Caller("10.0.0.*"), Caller("10.0.9.*")
RIGHT = "correct horse battery staple"


@pytest.fixture
def owner(db: None) -> Account:
    return Account.objects.create(login="wangfang", password=RIGHT, created_at=AT)


def fail(door: Door, whom: Whom, caller: Caller, *, times: int = FREE_TRIES, at: datetime = AT) -> None:
    for _ in range(times):
        door.failed(whom, caller, at=at)


def test_wrong_passwords_make_wait_longer_each_time_and_only_from_there() -> None:
    door = Door()
    fail(door, WANG, HERE, times=FREE_TRIES - 1)
    door.check(WANG, HERE, at=AT)
    door.failed(WANG, HERE, at=AT)
    with pytest.raises(TooManyTries) as first:
        door.check(WANG, HERE, at=AT)
    door.check(WANG, THERE, at=AT)
    door.check(ZHANG, HERE, at=AT)
    later = AT + timedelta(seconds=first.value.seconds + 1)
    door.check(WANG, HERE, at=later)
    door.failed(WANG, HERE, at=later)
    with pytest.raises(TooManyTries) as second:
        door.check(WANG, HERE, at=later)
    assert second.value.seconds > first.value.seconds


def test_who_has_come_in_starts_afresh_and_an_old_failure_is_forgotten() -> None:
    door = Door()
    fail(door, WANG, HERE, times=FREE_TRIES - 1)
    door.succeeded(WANG, HERE)
    fail(door, WANG, HERE, times=FREE_TRIES - 1)
    door.check(WANG, HERE, at=AT)
    fail(door, WANG, HERE, times=1, at=AT + timedelta(hours=1))
    door.check(WANG, HERE, at=AT + timedelta(hours=1))


def test_trying_many_logins_from_one_network_makes_wait_too() -> None:
    door = Door()
    for n in range(FREE_TRIES_OF_NETWORK):
        door.failed(Whom(f"guess{n}"), HERE, at=AT)
    with pytest.raises(TooManyTries):
        door.check(WANG, HERE, at=AT)
    door.check(WANG, THERE, at=AT)
    door.check(WANG, Caller(HERE.network, "her own device"), at=AT)


def test_what_one_process_has_counted_another_knows() -> None:
    one, another = Door(), Door()
    fail(one, WANG, HERE, times=3)
    fail(another, WANG, HERE, times=2)
    for door in (one, another):
        with pytest.raises(TooManyTries):
            door.check(WANG, HERE, at=AT)


@pytest.mark.django_db(transaction=True)
def test_no_try_is_lost_when_several_count_at_once() -> None:
    def count() -> None:
        for _ in range(25):
            Door().failed(WANG, HERE, at=AT)
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(TryRow.objects.values_list("count", flat=True)) == {100}
    assert TryRow.objects.count() == 3


def test_ten_thousand_tries_from_elsewhere_do_not_stop_the_owner(owner: Account) -> None:
    """A hundred networks try a hundred times each; she comes in from her own device and from a new place."""
    whom, cookie = Whom(owner.login, owner.id), remembering("", account=owner)
    total = Place("password", whom.subject, "", owner.id)
    networks = [f"172.16.{n}.*" for n in range(100)]
    places = [Place("password", whom.subject, network, owner.id, network) for network in networks]
    for _ in range(100):
        count_try((*places, total), at=AT, forget_after=timedelta(minutes=15))
    assert set(TryRow.objects.exclude(pk=total.key).values_list("count", flat=True)) == {100}
    TryRow.objects.filter(pk=total.key).update(count=10_000)
    for address, known in (("172.16.7.7", cookie), ("10.0.0.1", "")):
        came = sign_in(login="wangfang", password=RIGHT, address=address, cookie=known, at=AT)
        assert came == owner
    with pytest.raises(TooManyTries):
        sign_in(login="wangfang", password=RIGHT, address="172.16.7.7", at=AT)


def test_an_account_tried_from_everywhere_leaves_every_new_network_fewer_free_tries() -> None:
    door = Door()
    for n in range(30):
        door.failed(WANG, Caller(f"172.16.{n}.*"), at=AT)
    fail(door, WANG, HERE, times=FREE_TRIES_WHEN_MANY - 1)
    door.check(WANG, HERE, at=AT)
    door.failed(WANG, HERE, at=AT)
    with pytest.raises(TooManyTries):
        door.check(WANG, HERE, at=AT)


def test_a_device_is_known_only_to_who_came_in_on_it_and_until_the_password_changes(owner: Account) -> None:
    other = Account.objects.create(login="qianjin", password=RIGHT, created_at=AT)
    cookie = remembering(remembering("", account=other), account=owner)
    assert known_device(cookie, account=owner)
    assert known_device(cookie, account=owner) == known_device(cookie, account=other)
    device = cookie.partition(".")[0]
    assert not known_device(f"{device}.{'0' * 32}", account=owner)
    assert not known_device("", account=owner)
    assert str(owner.id) not in cookie
    owner.set_password("another long password")
    assert not known_device(cookie, account=owner)


def test_wrong_passwords_on_the_known_device_are_counted_too(owner: Account) -> None:
    cookie = remembering("", account=owner)
    for _ in range(FREE_TRIES):
        with pytest.raises(WrongLogin):
            sign_in(login="wangfang", password="wrong", address="10.0.0.1", cookie=cookie, at=AT)
    with pytest.raises(TooManyTries):
        sign_in(login="wangfang", password=RIGHT, address="10.0.0.1", cookie=cookie, at=AT)
