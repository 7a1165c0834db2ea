"""How far a place has come with a list: entry by entry, by code or by name, and what it offers beyond."""

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.lists import ListEntry, Standing, changes_between, coverage_of, same_name

NEWBORN, INN, RETIRED = BundleCode("newborn"), BundleCode("open-inn"), BundleCode("retirement")
PUBLISHED = {NEWBORN: ("新生儿出生",), INN: ("开办民宿",), RETIRED: ("企业职工退休",)}


def test_an_entry_is_met_under_its_name_under_another_or_not_at_all() -> None:
    entries = (
        ListEntry(name="新生儿出生", bundle=NEWBORN),
        ListEntry(name="退休", bundle=RETIRED),
        ListEntry(name="信用修复"),
    )
    found = coverage_of(entries, PUBLISHED)
    assert [one.standing for one in found.entries] == [
        Standing.PUBLISHED, Standing.RENAMED, Standing.LACKING,
    ]  # fmt: skip
    assert found.entries[1].name == "企业职工退休"
    assert found.beyond == ((INN, "开办民宿"),)


def test_an_entry_without_a_code_is_met_by_its_name() -> None:
    (one,) = coverage_of((ListEntry(name="“开办民宿”一件事"),), PUBLISHED).entries
    assert (one.standing, one.bundle) == (Standing.PUBLISHED, INN)


def test_an_entry_whose_one_thing_is_not_published_here_is_lacking() -> None:
    (one,) = coverage_of((ListEntry(name="军人退役", bundle=BundleCode("veteran")),), PUBLISHED).entries
    assert one.standing is Standing.LACKING


def test_names_are_the_same_but_for_brackets_and_the_closing_word() -> None:
    assert same_name("企业准营(开办餐饮店)", "企业准营（开办餐饮店）一件事")
    assert not same_name("开办旅馆", "开办民宿")


def test_two_versions_of_a_list_are_compared_in_words() -> None:
    old = (ListEntry(name="退休", bundle=RETIRED), ListEntry(name="信用修复"))
    new = (ListEntry(name="企业职工退休", bundle=RETIRED, lead="人社"), ListEntry(name="企业迁移"))
    said = {change.name: (change.what, change.said) for change in changes_between(old, new)}
    assert said["企业迁移"][0] == "added"
    assert said["信用修复"][0] == "dropped"
    assert said["企业职工退休"][0] == "changed"
    assert "原名“退休”" in said["企业职工退休"][1]
    assert "人社" in said["企业职工退休"][1]
    assert changes_between(old, old) == ()
