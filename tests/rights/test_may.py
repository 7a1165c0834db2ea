"""Every list and every page goes through `may`: with rules that allow nothing, nothing but public pages is answered."""

import pytest

from tests.rights.asking import Asking
from tests.rights.entries import Entry, entries
from tests.rights.world import COLUMNS, World
from yijianshi.domain import rights

#: Pages about the reader himself, which show nobody else's things: no right can be asked about.
ABOUT_ONESELF = {
    "guards": "his own second factors",
    "guards-confirm": "whether it is he who sits here",
    "guards-telephone": "his own telephone",
    "guards-key": "his own security key",
    "devices": "where he is signed in",
    "password": "his own password",
    "step-up": "how surely it is known who he is",
    "entrusted": "what a link asks of whoever is named in it; the link itself is the right, once",
    "helping-project": "by the mandate of a project's steward, which `may` reads beside the rules",
    "account": "his own name, for whom he acts and which posts he holds, all from his session",
    "start": "for whom of those that he stands for he begins; the draft itself asks",
}


@pytest.mark.clause("S6.1", "C5.1")
@pytest.mark.parametrize(
    "entry", [one for one in entries() if one.method == "GET" and not one.is_open], ids=str
)
def test_without_a_rule_nothing_is_shown(
    entry: Entry, world: World, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "_RULES", {})
    asking = Asking(world)
    allowed = [column for column in COLUMNS if column in entry.allowed]
    if len(allowed) == len(COLUMNS) - 1:  # everybody who is signed in: a citizen, and one of the staff
        allowed = ["party", "reviewer"]
    shown = [column for column in allowed if asking.enter(entry, column, briefly=True).status == 200]
    assert not shown or entry.name in ABOUT_ONESELF, f"{entry} 没有问 may：{shown}"


def test_what_is_left_out_is_there() -> None:
    assert set(ABOUT_ONESELF) <= {entry.name for entry in entries()}
