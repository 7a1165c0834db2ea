"""The synonyms and lists that the steward keeps are checked: each fault is said with what would do."""

from dataclasses import replace
from datetime import date

import pytest

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import BundleCode, DepartmentCode, ItemCode, ListCode
from yijianshi.domain.definitions import Certainty
from yijianshi.domain.lists import ListEntry, ListLevel, OfficialList
from yijianshi.domain.synonyms import Synonym
from yijianshi.services.catalogue import Severity, check_catalogue, shipped_folder
from yijianshi.services.catalogue.listing import list_remarks
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.catalogue.wording import wording_remarks

NEWBORN = BundleCode("newborn")


def with_synonyms(*synonyms: Synonym) -> Catalogue:
    return replace(shipped_catalogue(), synonyms=synonyms)


def with_list(*entries: ListEntry, source: str = "文件第 1 页") -> Catalogue:
    one = OfficialList(
        code=ListCode("local"), name="本地清单", level=ListLevel.LOCAL, issuer="市政府办公室", version="2026",
        issued=date(2026, 1, 1), source=source, certainty=Certainty.HIGH, entries=entries,
    )  # fmt: skip
    return replace(shipped_catalogue(), lists=(one,))


@pytest.mark.parametrize(
    ("rule", "synonyms"),
    [
        ("unknown-bundle", [Synonym(bundle=BundleCode("new-born"), words=("添丁进口",))]),
        ("unknown-item", [Synonym(item=ItemCode("food-permit"), words=("食品牌照",))]),
        ("synonym-of-what", [Synonym(bundle=NEWBORN, word="孩子", words=("小不点",))]),
        ("synonym-of-what", [Synonym(words=("小不点",))]),
        ("duplicate-synonym", [Synonym(bundle=NEWBORN, words=("添丁进口", "添丁进口"))]),
        ("duplicate-synonym", [Synonym(word="孩子", words=("小囡",)), Synonym(word="员工", words=("小囡",))]),
        ("unused-synonym", [Synonym(word="火箭", words=("飞船",))]),
        ("unused-synonym", [Synonym(bundle=NEWBORN, words=("新生儿出生",))]),
        ("synonym-too-short", [Synonym(bundle=NEWBORN, words=("生",))]),
    ],
)
def test_a_synonym_that_leads_nowhere_or_adds_nothing_is_said(rule: str, synonyms: list[Synonym]) -> None:
    remarks = list(wording_remarks(with_synonyms(*synonyms)))
    assert [remark.rule for remark in remarks] == [rule]
    assert remarks[0].remedy


def test_one_question_may_be_about_several_one_things() -> None:
    said = ("收摊不干",)
    closing = (BundleCode("enterprise-closing"), BundleCode("simple-deregistration"))
    kept = with_synonyms(*(Synonym(bundle=code, words=said) for code in closing))
    assert list(wording_remarks(kept)) == []


@pytest.mark.parametrize(
    ("rule", "entries", "source"),
    [
        ("unknown-bundle", [ListEntry(name="甲", bundle=BundleCode("new-born"))], "文件"),
        ("unknown-department", [ListEntry(name="甲", lead_department=DepartmentCode("police"))], "文件"),
        ("duplicate-entry", [ListEntry(name="甲"), ListEntry(name="甲")], "文件"),
        ("list-without-source", [ListEntry(name="甲")], ""),
        ("unconfirmed", [ListEntry(name="甲", certainty=Certainty.LOW)], "文件"),
    ],
)
def test_a_list_that_names_what_is_not_there_is_said(
    rule: str, entries: list[ListEntry], source: str
) -> None:
    remarks = list(list_remarks(with_list(*entries, source=source)))
    assert [remark.rule for remark in remarks] == [rule]


def test_a_list_may_stand_only_once() -> None:
    catalogue = with_list()
    twice = replace(catalogue, lists=catalogue.lists * 2)
    assert [remark.rule for remark in list_remarks(twice)] == ["duplicate-code"]


def test_a_fault_is_shown_at_its_line() -> None:
    text = "synonyms:\n  - {bundle: newborn, words: [添丁进口]}\n  - {bundle: new-born, words: [生娃娃]}\n"
    findings = check_catalogue(shipped_folder(), overlay={"synonyms.yaml": text})
    shown = [(f.line, f.rule) for f in findings if f.file == "synonyms.yaml"]
    assert shown == [(3, "unknown-bundle")]


@pytest.mark.clause("S1.1")
def test_what_is_shipped_has_no_fault() -> None:
    findings = check_catalogue(shipped_folder())
    assert not [
        str(finding)
        for finding in findings
        if finding.file in ("synonyms.yaml", "lists.yaml")
        and (finding.severity is Severity.ERROR or finding.rule != "unconfirmed")
    ]
    assert {one.document for one in shipped_catalogue().lists} >= {
        "国办发〔2022〕32号",
        "苏政办发〔2022〕87号",
    }
