"""What a steward wrote becomes the values of the domain, short forms and all; slips are refused with their line."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yijianshi.domain.definitions import Acquisition, Basis, Certainty, Kind
from yijianshi.services.catalogue import (
    CatalogueUnreadable,
    check_catalogue,
    read_catalogue,
    read_workdays,
    shipped_catalogue,
)
from yijianshi.services.catalogue.lines import NotYaml, line_of, parse_yaml, plain


def item_of(bundle: str, code: str) -> Any:
    return next(item for item in shipped_catalogue().bundles[bundle].items if item.code == code)  # type: ignore[index]


def test_the_shipped_one_things_are_read() -> None:
    catalogue = shipped_catalogue()
    sizes = {bundle.title: len(bundle.items) for bundle in catalogue.bundles.values()}
    assert len(sizes) == 34
    assert sizes.items() >= {"开办企业": 8, "新生儿出生": 9, "开办餐饮店": 6, "工程建设项目审批": 20}.items()
    assert len(catalogue.divisions) == 118
    assert catalogue.divisions["320106"].parent == "320100"  # type: ignore[index]


def test_the_short_forms_of_a_field_mean_what_the_steward_means() -> None:
    fields = {field.element: field for field in item_of("newborn", "birth-registration").fields}
    assert (fields["newborn-ethnicity"].prefill, fields["newborn-ethnicity"].required) == ("applicant", True)
    assert (fields["father-name"].prefill, fields["father-name"].required) == ("marriage-register", False)
    (name,) = (
        f for f in item_of("enterprise-opening", "seal-filing").fields if f.element == "enterprise-name"
    )
    assert (name.prefill, name.prior) == ("prior", ("enterprise-establishment",))
    agent = next(field for field in shipped_catalogue().common_fields if field.element == "agent-name")
    assert agent.required_if == {"eq": ["element:by-agent", True]}


def test_the_short_forms_of_a_material_and_a_basis_mean_what_the_steward_means() -> None:
    item = item_of("newborn", "birth-registration")
    needs = {need.material: need for need in item.materials}
    assert needs["birth-certificate"].produced_by == ("birth-certificate",)
    assert needs["marriage-certificate"].required_if == {"eq": ["married", True]}
    assert item.basis[0] == Basis(title="户口登记条例", article="第七条")


def test_one_day_for_the_fire_check_holds_only_on_a_commitment() -> None:
    limit = item_of("open-restaurant", "fire-safety-check").limit
    assert (limit.statutory, limit.promised, limit.without_commitment) == (10, 1, 10)


def test_facts_keep_their_certainty() -> None:
    catalogue = shipped_catalogue()
    certainty = item_of("newborn", "birth-registration").certainty
    assert certainty["limit"] is Certainty.LOW
    assert catalogue.elements["newborn-ethnicity"].values_certainty is Certainty.MEDIUM  # type: ignore[index]
    assert catalogue.bundles["open-restaurant"].params["fire-check-min-area"].certainty is Certainty.LOW  # type: ignore[index]


def test_yes_and_no_are_words_and_only_true_and_false_are_truth_values() -> None:
    questions = {q.key: q for q in shipped_catalogue().bundles["open-restaurant"].questions}  # type: ignore[index]
    assert (questions["has-signage"].yes, questions["has-signage"].no) == ("要做招牌", "不做招牌")
    assert item_of("newborn", "newborn-insurance-payment").fee.charged == "yes"


def test_values_written_once_serve_several_elements() -> None:
    elements = shipped_catalogue().elements
    assert len(elements["newborn-ethnicity"].values) == 56  # type: ignore[index]
    assert elements["mother-ethnicity"].values == elements["newborn-ethnicity"].values  # type: ignore[index]


def test_a_table_has_columns_and_an_upload_has_something_to_look_at() -> None:
    catalogue = shipped_catalogue()
    investors = catalogue.elements["investors"]  # type: ignore[index]
    assert investors.kind is Kind.TABLE
    assert [column.name for column in investors.columns][:2] == ["姓名或名称", "证件类型"]
    for material in catalogue.materials.values():
        if material.sample is not None:
            assert material.acquisition is Acquisition.APPLICANT
            assert material.checks


def test_a_code_with_a_leading_zero_and_a_word_like_yes_stay_text() -> None:
    tree = parse_yaml("a: 01\nb: yes\nc: 2026-01-01\nd: 10\ne: 0.5\nf: ~\ng: true\nh: '10'\n")
    assert plain(tree) == {
        "a": "01", "b": "yes", "c": "2026-01-01", "d": 10, "e": 0.5, "f": None, "g": True, "h": "10",
    }  # fmt: skip
    assert tree.keys_at == {key: at for at, key in enumerate("abcdefgh", start=1)}


def test_what_an_anchor_names_and_what_is_merged_is_read_with_its_line() -> None:
    tree = parse_yaml("one: &one {a: 1, b: 2}\ntwo:\n  <<: *one\n  b: 3\nthree: *one\n")
    assert plain(tree) == {"one": {"a": 1, "b": 2}, "two": {"a": 1, "b": 3}, "three": {"a": 1, "b": 2}}
    assert line_of(tree, ("two", "b")) == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: *nobody", 1),
        ("a: &a [*a]", 1),
        ("a: 1\n---\nb: 2", 2),
        ("a: 1\nb: !!python/object:os.system x", 2),
        ("a:\n - b\n  - c: {", 4),
        ("[" * 200 + "]" * 200, 1),
    ],
)
def test_what_a_catalogue_has_no_use_for_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(NotYaml) as refusal:
        parse_yaml(text)
    assert abs(refusal.value.line - line) <= 1
    assert str(refusal.value)


def test_the_working_days_fit_the_calendar(folder: Path) -> None:
    years = read_workdays(folder)
    assert sorted(years) == [2022, 2023, 2024, 2025, 2026]
    holidays, makeup_days = years[2026]
    assert date(2026, 10, 1) in holidays
    assert all(day.weekday() >= 5 for day in makeup_days)


def test_a_slip_in_the_working_days_is_refused_with_its_line(folder: Path, plant: Any) -> None:
    line = plant("workdays.yaml", "2022-01-02", "2022-13-02")
    with pytest.raises(CatalogueUnreadable) as refusal:
        read_workdays(folder)
    (finding,) = refusal.value.findings
    assert (finding.file, finding.rule) == ("workdays.yaml", "wrong-type")
    assert abs(finding.line - line) <= 1


def test_a_catalogue_that_cannot_be_used_is_refused_with_file_and_line(folder: Path, plant: Any) -> None:
    line = plant("bundles/newborn.yaml", "- vaccination-site", "- vaccination-place")
    with pytest.raises(CatalogueUnreadable) as refusal:
        read_catalogue(folder)
    assert f"bundles/newborn.yaml:{line} 没有编码为“vaccination-place”的数据元" in str(refusal.value)
    assert "改成 vaccination-site" in str(refusal.value)


def test_a_catalogue_that_is_only_unfit_to_publish_can_still_be_planned_with(
    folder: Path, plant: Any
) -> None:
    plant("elements.yaml", "    group: 招牌\n", "")
    assert read_catalogue(folder).bundles
    assert check_catalogue(folder)[0].rule == "element-without-group"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueUnreadable, match=r"目录里没有 elements\.yaml"):
        read_catalogue(tmp_path)


def test_a_file_that_is_not_utf8_is_refused(folder: Path) -> None:
    (folder / "departments.yaml").write_bytes("departments: [部门]".encode("gbk"))
    with pytest.raises(CatalogueUnreadable, match="UTF-8"):
        read_catalogue(folder)


def test_two_files_for_one_one_thing_are_refused(folder: Path) -> None:
    (folder / "bundles" / "newborn-too.yaml").write_text((folder / "bundles" / "newborn.yaml").read_text())
    with pytest.raises(
        CatalogueUnreadable, match=r"bundles/newborn.yaml:\d+ 一件事编码“newborn”在 .* 里已经有了"
    ):
        read_catalogue(folder)
