"""钱进 sees nothing of 王芳's by any door: every address with a key, real, of a neighbour or guessed, by every method."""

from uuid import UUID, uuid4

import pytest

from tests.rights.asking import Asking, without_what_passes
from tests.rights.doors import doors
from tests.rights.entries import Entry, entries
from tests.rights.world import World

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
#: Those that no page takes answer alike everywhere: in every run one of them is asked of each address, by turns.
TAKEN = ("GET", "POST")
NOT_TAKEN = tuple(method for method in METHODS if method not in TAKEN)
#: What belongs to her: her name, that of her enterprise, and their numbers' beginnings.
_NAME_THE_CAST = {"login", "kit", "kit-desk", "kit-question"}  # the demo's door, and its building blocks
HERS = ("王芳", "南京禾味", "91320106DEM000014U")


def with_keys() -> list[Entry]:
    """Return one line for each address that has an argument and is not open to everybody."""
    found: dict[str, Entry] = {}
    opened = {entry.name for entry in entries() if "stranger" in entry.allowed}
    for entry in entries():
        if doors()[entry.name].parameters and entry.name not in opened:
            found.setdefault(entry.name, entry)
    return list(found.values())


@pytest.fixture
def asking(world: World, db: None) -> Asking:
    return Asking(world)


@pytest.mark.clause("S6.1", "C5.1")
@pytest.mark.parametrize(
    ("turn", "entry"), list(enumerate(with_keys())), ids=lambda one: getattr(one, "name", "")
)
def test_a_stranger_sees_nothing(turn: int, entry: Entry, asking: Asking) -> None:
    sees_nothing(entry, (*not_written_down(entry), NOT_TAKEN[turn % len(NOT_TAKEN)]), asking)


@pytest.mark.slow
@pytest.mark.clause("S6.1", "C5.1")
@pytest.mark.parametrize("entry", with_keys(), ids=lambda entry: entry.name)
def test_a_stranger_sees_nothing_by_any_method(entry: Entry, asking: Asking) -> None:
    sees_nothing(entry, METHODS, asking)


def not_written_down(entry: Entry) -> tuple[str, ...]:
    """Return GET and POST where the matrix has no line for them: where it has one, it compares the same two answers."""
    written = {one.method for one in entries() if one.name == entry.name}
    return tuple(method for method in TAKEN if method not in written)


def sees_nothing(entry: Entry, methods: tuple[str, ...], asking: Asking) -> None:
    """Hold that a real key and a guessed one are answered alike, and that neither shows or writes anything."""
    real, none = asking.address_of(entry), asking.address_of(entry, not_there=True)
    for method in methods:
        brief = (
            {} if method == "GET" else {"Accept": "application/json"}
        )  # the words of the page are compared once
        answered, other = (asking.ask("qianjin", method, address, **brief) for address in (real, none))
        assert answered.status in (204, 400, 401, 403, 404, 405, 415, 422) or method == "OPTIONS", (
            method,
            answered.status,
        )
        assert not answered.written, method
        assert answered.status == other.status, (method, answered.status, other.status)
        assert _said(answered.body, real) == _said(other.body, none), method
        for hers in HERS:
            assert hers.encode() not in answered.body, (method, hers)


def _said(body: bytes, address: str) -> bytes:
    """Return what an answer says beside the address itself, to which its page leads back."""
    return without_what_passes(body.replace(address.encode(), b""))


@pytest.mark.clause("S6.1")
def test_a_neighbouring_key_is_no_better_than_a_guess(asking: Asking) -> None:
    """Keys follow one another in time, so that the next one can be thought of; it opens nothing."""
    mine = asking.world.things["submission"]
    for near in (UUID(int=mine.int + 1), UUID(int=mine.int - 1), uuid4()):
        assert asking.ask("qianjin", "GET", f"/my/{near}").status == 404
        assert asking.ask("wangfang/enterprise", "GET", f"/my/{near}").status == 404


@pytest.mark.clause("S6.1")
def test_no_list_of_a_stranger_shows_what_is_hers(asking: Asking) -> None:
    for entry in entries():
        if entry.method == "GET" and not doors()[entry.name].parameters and entry.name not in _NAME_THE_CAST:
            body = asking.enter(entry, "stranger").body
            assert not [hers for hers in HERS if hers.encode() in body], entry.name
