"""
Every page by every method for every role, as `tests/rights/*.yaml` says; what is not written down fails by its name.

Somebody else's thing looks exactly like one that does not exist, and who is refused writes nothing.
"""

import pytest

from tests.rights.asking import Answered, Asking, without_what_passes
from tests.rights.doors import doors
from tests.rights.entries import Entry, entries
from tests.rights.world import COLUMNS, World

#: Of a page that is open to everybody, these are asked: with nobody signed in, a citizen, an officer, an administrator.
OF_AN_OPEN_PAGE = ("visitor", "stranger", "reviewer", "audit_admin")
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


@pytest.mark.clause("S6.1", "C5.1")
@pytest.mark.parametrize("entry", entries(), ids=str)
def test_who_may_and_who_may_not(entry: Entry, asking: Asking) -> None:
    wrong = []
    for column in OF_AN_OPEN_PAGE if entry.is_open else COLUMNS:
        briefly = column not in entry.allowed and column not in COMPARED
        answered = asking.enter(entry, column, briefly=briefly)
        fault = (
            _fault_of_allowed(answered)
            if column in entry.allowed
            else _fault_of_refused(entry, column, answered)
        )
        if not fault and column in COMPARED and column not in entry.allowed and answered.status == 404:
            other = asking.enter(entry, column, not_there=True)
            if (other.status, without_what_passes(other.body)) != (404, without_what_passes(answered.body)):
                fault = f"can be told from what does not exist ({other.status})"
        if fault:
            wrong.append(f"{column}: {fault}")
    assert not wrong, f"{entry}\n" + "\n".join(wrong)


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
