"""
Every page by every method for every role, as `tests/rights/*.yaml` says; what is not written down fails by its name.

Somebody else's thing looks exactly like one that does not exist, and who is refused writes nothing.
"""

import pytest

from tests.rights.asking import Answered, Asking, without_what_passes
from tests.rights.doors import doors
from tests.rights.entries import Entry, entries
from tests.rights.world import COLUMNS, World

#: Whose thing no column is: where a line is about nobody's thing, three of these are asked, by turns from line to line.
STAFF = tuple(column for column in COLUMNS if column not in ("visitor", "party", "stranger"))
BY_TURNS = 3
#: For whom somebody else's thing is compared with one that does not exist.
COMPARED = ("stranger", "other_reviewer")
#: That somebody looked is written even where he may look but not act.
_LOOKS = ("reads_readrow",)


@pytest.fixture
def asking(world: World, db: None) -> Asking:
    return Asking(world)


@pytest.mark.clause("S6.1", "C5.1")
def test_every_page_and_method_is_written_down() -> None:
    written = {(entry.name, entry.method) for entry in entries()}
    assert len(written) == len(entries()), "something is written down twice"
    found = {(door.name, method): door.room for door in doors().values() for method in door.methods}
    missing = [
        f"tests/rights/{room}.yaml:\n- {{name: {name}, method: {method}, allowed: [party], refused_with: 404}}"
        for (name, method), room in sorted(found.items())
        if (name, method) not in written
    ]
    gone = [f"{method} {name}" for name, method in sorted(written - set(found))]
    assert not missing, "写明谁能用这些页面（allowed 改成实际的）：\n" + "\n".join(missing)
    assert not gone, f"这些页面已经没有了，请删去：{gone}"


def columns_asked(entry: Entry, turn: int) -> tuple[str, ...]:
    """
    Return the columns that are asked in every run; the others are asked in the long trial.

    About somebody's thing everybody is asked, once for each address. Of a list or a page of a role, and of a second
    method of an address, those who stand outside, the first two who may, and three of the staff, others from line to line.
    """
    if is_somebodys(entry) and is_first(entry):
        return tuple(COLUMNS)
    turns = {STAFF[(turn * BY_TURNS + n) % len(STAFF)] for n in range(BY_TURNS)}
    if entry.is_open:
        return ("visitor", "stranger", STAFF[turn % len(STAFF)])
    allowed = [column for column in COLUMNS if column in entry.allowed][:2]
    return tuple(column for column in COLUMNS if column in {"visitor", "stranger", *allowed, *turns})


def is_somebodys(entry: Entry) -> bool:
    """Return whether an argument of the address is the key of a thing, and not everybody may."""
    return not entry.is_open and bool(set(doors()[entry.name].keys))


def is_first(entry: Entry) -> bool:
    """Return whether it is the first line of its address."""
    return FIRST[entry.name] is entry


FIRST = {entry.name: entry for entry in reversed(entries())}
TURNS = {str(entry): turn for turn, entry in enumerate(entries())}


@pytest.mark.clause("S6.1", "C5.1")
@pytest.mark.parametrize("entry", entries(), ids=str)
def test_who_may_and_who_may_not(entry: Entry, asking: Asking) -> None:
    assert not (
        wrong := faults(entry, columns_asked(entry, TURNS[str(entry)]), asking, brief=not is_first(entry))
    ), "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.clause("S6.1")
@pytest.mark.parametrize("entry", entries(), ids=str)
def test_who_may_and_who_may_not_in_every_column(entry: Entry, asking: Asking) -> None:
    assert not (wrong := faults(entry, tuple(COLUMNS), asking, brief=False)), "\n".join(wrong)


def test_by_turns_everybody_is_asked_about_what_is_not_his() -> None:
    refused = {
        column
        for entry in entries()
        if not is_somebodys(entry)
        for column in columns_asked(entry, TURNS[str(entry)])
        if column not in entry.allowed
    }
    assert refused >= {"visitor", "stranger", *STAFF}


def faults(entry: Entry, columns: tuple[str, ...], asking: Asking, *, brief: bool) -> list[str]:
    """
    Ask for a line in some columns, and return what is otherwise than it says.

    :param brief: compare the words of a refusal without the page around them, which the first line of an address does.
    """
    wrong = []
    for column in columns:
        briefly = column not in entry.allowed and (brief or column != "stranger")
        answered = asking.enter(entry, column, briefly=briefly)
        fault = (
            _fault_of_allowed(answered)
            if column in entry.allowed
            else _fault_of_refused(entry, column, answered)
        )
        if not fault and column in COMPARED and column not in entry.allowed and answered.status == 404:
            other = asking.enter(entry, column, not_there=True, briefly=briefly)
            if (other.status, without_what_passes(other.body)) != (404, without_what_passes(answered.body)):
                fault = f"can be told from what does not exist ({other.status})"
        if fault:
            wrong.append(f"{column}: {fault}")
    return wrong


def _fault_of_allowed(answered: Answered) -> str:
    if answered.to_the_door:
        return "is led to the door"
    return (
        f"is answered {answered.status}"
        if answered.status in (401, 403, 404) or answered.status >= 500
        else ""
    )


def _fault_of_refused(entry: Entry, column: str, answered: Answered) -> str:
    if written := [table for table in answered.written if table not in _LOOKS]:
        return f"writes into {', '.join(written)}"
    if column == "visitor" and (answered.to_the_door or answered.status == 401):
        return ""
    return "" if answered.status == entry.refused_with else f"is answered {answered.status}"
