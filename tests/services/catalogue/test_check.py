"""One fault of each kind, planted in a copy of the catalogue, is found on its line."""

from pathlib import Path
from typing import Any

import pytest

from yijianshi.services.catalogue import Finding, Severity, check_catalogue

RESTAURANT, NEWBORN, OPENING = (
    f"bundles/{name}.yaml" for name in ("open-restaurant", "newborn", "enterprise-opening")
)

#: rule, file, what stands there, what is put in its place, how many lines below its start the fault is shown.
FAULTS: list[tuple[str, str, str, str, int]] = [
    ("unknown-department", RESTAURANT, "department: urban-management", "department: urban-managment", 0),
    ("unknown-department", RESTAURANT, "lead_department: market-regulation", "lead_department: markets", 0),
    ("unknown-department", "resources.yaml", "department: public-security", "department: police", 0),
    ("unknown-department", "licences.yaml", "issuer: fire-rescue", "issuer: firemen", 0),
    ("unknown-element", RESTAURANT, "- seat-count", "- seats", 0),
    ("unknown-element", RESTAURANT, "element: premises-floor-area", "element: premises-area", 0),
    ("unknown-element", "common-fields.yaml", "- by-agent", "- by-an-agent", 0),
    ("unknown-material", RESTAURANT, "- sign-rendering", "- sign-picture", 0),
    ("unknown-material", "forbidden.yaml", "health-certificate]", "health-certificates]", 0),
    (
        "unknown-resource",
        RESTAURANT,
        "premises-floor-area: property-register",
        "premises-floor-area: estate",
        0,
    ),
    ("unknown-resource", "elements.yaml", "sources: [taxation]", "sources: [taxman]", 0),
    ("unknown-licence", RESTAURANT, "licence: drainage-permit", "licence: sewer-permit", 0),
    ("unknown-licence", "materials.yaml", "licence: marriage-certificate", "licence: wedding", 0),
    ("unknown-item", RESTAURANT, "depends_on: [licence-check]", "depends_on: [licence-chek]", 0),
    ("unknown-item", NEWBORN, "produced_by: [birth-registration]", "produced_by: [registration]", 0),
    ("unknown-item", NEWBORN, "{selected: newborn-medical-insurance}", "{selected: insurance}", 0),
    ("unknown-item", "forbidden.yaml", "item: food-business-permit", "item: food-permit", 0),
    ("unknown-division", "divisions.yaml", "parent: '320100'", "parent: '329900'", 0),
    ("unknown-bundle", "forbidden.yaml", "bundle: open-restaurant", "bundle: open-cafe", 0),
    ("unknown-question", RESTAURANT, "{eq: [has-signage, true]}", "{eq: [has-sign, true]}", 0),
    ("unknown-question", "common-fields.yaml", "element:by-agent", "element:by-nobody", 0),
    ("unknown-parameter", RESTAURANT, "{param: fire-check-min-area}", "{param: fire-area}", 0),
    ("unknown-option", NEWBORN, "[mother-insured, 职工生育保险]", "[mother-insured, 职工保险]", 0),
    ("wrong-comparison", RESTAURANT, "{eq: [sells-tobacco, true]}", "{gt: [sells-tobacco, 3]}", 0),
    ("wrong-comparison", RESTAURANT, "{eq: [sells-tobacco, true]}", "{eq: [sells-tobacco, 是]}", 0),
    ("malformed-condition", RESTAURANT, "{eq: [has-signage, true]}", "{equals: [has-signage, true]}", 0),
    ("malformed-condition", RESTAURANT, "{eq: [has-signage, true]}", "{eq: has-signage}", 0),
    ("malformed-condition", RESTAURANT, "{eq: [has-signage, true]}", "{all: {eq: [has-signage, true]}}", 0),
    ("malformed-condition", RESTAURANT, "{eq: [has-signage, true]}", "{not: [has-signage]}", 0),
    ("malformed-condition", RESTAURANT, "{eq: [has-signage, true]}", "{}", 0),
    ("dependency-cycle", OPENING, "default_selected: true\n    limit", "after: [seal-filing]\n    limit", 0),
    ("duplicate-code", RESTAURANT, "code: tobacco-retail", "code: signage-permit", 0),
    ("duplicate-code", RESTAURANT, "- seat-count", "- food-handling-area", 0),
    ("duplicate-code", RESTAURANT, "key: sells-tobacco", "key: has-signage", 0),
    ("duplicate-code", "elements.yaml", "code: seat-count", "code: food-handling-area", 0),
    ("duplicate-code", "materials.yaml", "code: drainage-plan", "code: sign-rendering", 0),
    (
        "duplicate-key",
        RESTAURANT,
        "default_selected: true",
        "default_selected: true\n    default_selected: false",
        1,
    ),
    ("item-without-basis", RESTAURANT, "    basis:\n      - 消防法 第十五条\n", "    basis: []\n", 0),
    ("promised-longer-than-statutory", RESTAURANT, "promised: 3}", "promised: 21}", 0),
    ("promised-longer-than-statutory", RESTAURANT, "without_commitment: 10}", "without_commitment: 11}", 0),
    ("licence-without-kind", RESTAURANT, ", licence: tobacco-retail-permit}", "}", 0),
    ("licence-without-kind", "materials.yaml", "    licence: marriage-certificate\n", "", -3),
    ("forbidden-material", RESTAURANT, "- food-layout-document", "- lease-contract", 0),
    (
        "produced-by-itself",
        NEWBORN,
        "produced_by: [birth-registration]",
        "produced_by: [newborn-medical-insurance]",
        0,
    ),
    ("prior-without-item", OPENING, "{prior: [name-declaration]}", "{prefill: prior}", 0),
    ("prefill-not-offered", RESTAURANT, "- seat-count", "- seat-count: population", 0),
    ("question-without-options", NEWBORN, "options: [随父, 随母, 集体户口]", "options: [随父]", 0),
    ("element-without-group", "elements.yaml", "    group: 招牌\n", "", -3),
    (
        "upload-without-checks",
        "materials.yaml",
        "    checks:\n      - 标出隔油设施",
        "    aliases:\n      - 标出隔油设施",
        -5,
    ),
    ("missing-file", "materials.yaml", "samples/drainage-plan-blank.typ", "samples/drainage-blank.typ", 0),
    ("division-not-a-place", NEWBORN, "division_from: insurance-region", "division_from: newborn-name", 0),
    ("unknown-key", RESTAURANT, "    short: 户外招牌", "    nickname: 户外招牌", 0),
    ("unknown-key", "workdays.yaml", "- year: 2023", "- jahr: 2023\n    year: 2023", 0),
    ("missing-key", RESTAURANT, "    type_code: '20'\n", "", -7),
    ("wrong-type", RESTAURANT, "promised: 3}", "promised: 三天}", 0),
    ("wrong-type", RESTAURANT, "promised: 3}", "promised: -3}", 0),
    ("wrong-type", RESTAURANT, "promised: 3}", "promised: 3, unit: day}", 0),
    ("wrong-type", RESTAURANT, "type_code: '20'", "type_code: 20", 0),
    ("wrong-type", RESTAURANT, "depends_on: [licence-check]", "depends_on: licence-check", 0),
    ("wrong-type", RESTAURANT, "audience: enterprise", "audience: company", 0),
    ("wrong-type", "elements.yaml", "kind: multi-enum", "kind: choices", 0),
    ("wrong-type", "elements.yaml", "values_certainty: 中", "values_certainty: 大概", 0),
    ("not-yaml", RESTAURANT, "code: open-restaurant", "code: [open-restaurant", 1),
    ("workday-outside-year", "workdays.yaml", "[2022-01-01,", "[2023-01-01,", -1),
    ("workday-twice", "workdays.yaml", "[2022-01-29,", "[2022-01-01,", -1),
]


@pytest.mark.parametrize(
    ("rule", "file", "sound", "faulty", "below"), FAULTS, ids=[f"{n}-{f[0]}" for n, f in enumerate(FAULTS)]
)
def test_a_planted_fault_is_found_on_its_line(
    rule: str, file: str, sound: str, faulty: str, below: int, folder: Path, plant: Any
) -> None:
    line = plant(file, sound, faulty) + below
    found = [finding for finding in check_catalogue(folder) if finding.rule == rule]
    assert (file, line) in [(finding.file, finding.line) for finding in found], found
    assert all(finding.message and finding.remedy for finding in found)


def test_a_question_no_rule_uses_is_found(folder: Path, plant: Any) -> None:
    plant(RESTAURANT, "{eq: [has-signage, true]}", "{eq: [sells-tobacco, true]}")
    (found,) = [f for f in check_catalogue(folder) if f.rule == "question-unused"]
    lines = (folder / RESTAURANT).read_text().splitlines()
    assert lines[found.line - 1] == "  - key: has-signage"


def test_an_enumeration_without_values_and_a_table_without_columns_are_found(
    folder: Path, plant: Any
) -> None:
    plant("elements.yaml", "    values: [自有, 租赁, 无偿使用, 其他]\n", "")
    text = (folder / "elements.yaml").read_text()
    at = text.index("  - code: principal-officers")
    start, end = text.index("    columns:", at), text.index("    sources:", at)
    (folder / "elements.yaml").write_text(text[:start] + text[end:])
    assert {"enum-without-values", "table-without-columns"} <= rules_of(check_catalogue(folder))


def test_a_material_needs_a_basis_of_its_own_or_of_its_item(folder: Path, plant: Any) -> None:
    plant(
        NEWBORN, "    basis:\n      - 母婴保健法 第二十三条\n      - 母婴保健法实施办法\n", "    basis: []\n"
    )
    found = check_catalogue(folder)
    unfounded = {f.message.split("”")[0] for f in found if f.rule == "material-without-basis"}
    assert unfounded == {"“母亲居民身份证", "“父亲居民身份证", "“分娩记录(助产机构内部)"}


def test_a_material_said_to_be_produced_here_needs_a_producer(folder: Path, plant: Any) -> None:
    plant(
        "materials.yaml",
        "name: 场所平面布置图\n    acquisition: applicant",
        "name: 场所平面布置图\n    acquisition: produced",
    )
    found = {f.file for f in check_catalogue(folder) if f.rule == "produced-by-nobody"}
    assert {RESTAURANT, "bundles/open-hotel.yaml"} <= found


def test_days_without_a_commitment_need_the_commitment(folder: Path, plant: Any) -> None:
    plant(RESTAURANT, "promised: 5, extension: 5}", "promised: 5, extension: 5, without_commitment: 10}")
    assert "commitment-not-offered" in rules_of(check_catalogue(folder))


def test_a_local_promise_may_only_be_shorter(folder: Path) -> None:
    local = folder / "overrides.yaml"
    local.write_text(
        "overrides:\n"
        "  - {division: '320106', bundle: open-restaurant, item: signage-permit, promised: 2}\n"
        "  - {division: '320106', bundle: open-restaurant, item: tobacco-retail, promised: 8}\n"
        "  - {division: '320199', bundle: open-zoo, item: tobacco-retail, promised: 8}\n"
    )
    found = {(f.rule, f.line) for f in check_catalogue(folder) if f.file == "overrides.yaml"}
    assert found == {("override-worsens", 3), ("unknown-division", 4), ("unknown-bundle", 4)}


def test_an_assignment_must_lead_somewhere(folder: Path) -> None:
    (folder / "assignments.yaml").write_text(
        "assignments:\n"
        "  - {division: '320600', item: food-business-permit, to: administrative-approval}\n"
        "  - {division: '320600', item: zoo-permit, to: zoo}\n"
    )
    found = {(f.rule, f.line) for f in check_catalogue(folder) if f.file == "assignments.yaml"}
    assert found == {("unknown-item", 3), ("unknown-department", 3)}


def test_a_licence_may_only_stop_its_clock_on_the_grounds_of_the_law(folder: Path, plant: Any) -> None:
    plant(
        RESTAURANT,
        "    special_procedures: [现场勘验]\n",
        "    stop_reasons:\n      - {code: holiday, name: 办事员休假, basis: 没有这部法}\n",
    )
    assert "stop-reason-of-licence" in rules_of(check_catalogue(folder))


def test_several_faults_are_all_told_at_once(folder: Path, plant: Any) -> None:
    plant(RESTAURANT, "    short: 户外招牌", "    nickname: 户外招牌")
    plant(RESTAURANT, "promised: 3}", "promised: 三天}")
    plant(NEWBORN, "- vaccination-site", "- vaccination-place")
    plant("materials.yaml", "acquisition: licence", "acquisition: post")
    assert rules_of(check_catalogue(folder)) >= {"unknown-key", "wrong-type", "unknown-element"}


def test_one_slip_is_not_told_a_hundred_times(folder: Path, plant: Any) -> None:
    plant("elements.yaml", "elements:", "elements: [")
    errors = [f for f in check_catalogue(folder) if f.severity is Severity.ERROR]
    assert [f.rule for f in errors] == ["not-yaml"]


def test_a_thing_left_out_for_its_own_slip_is_not_missed_elsewhere(folder: Path, plant: Any) -> None:
    plant("elements.yaml", "    name: 就餐座位数\n", "")
    errors = [f for f in check_catalogue(folder) if f.severity is Severity.ERROR]
    assert [f.rule for f in errors] == ["missing-key"]


def test_what_a_department_must_confirm_is_only_a_warning_and_never_hidden(folder: Path) -> None:
    found = check_catalogue(folder)
    assert not [f for f in found if f.severity is Severity.ERROR]
    said = " ".join(f.message for f in found if f.rule == "unconfirmed")
    for doubtful in ("参数“fire-check-min-area”", "“上户口”的把握程度：时限低", "有效期按常见规定填写"):
        assert doubtful in said


def test_unused_content_and_lonely_headings_are_pointed_out(folder: Path, plant: Any) -> None:
    plant("bundles/newborn.yaml", "      - newborn-native-place\n", "")
    plant("elements.yaml", "    group: 排水", "    group: 下水")
    found = rules_of(check_catalogue(folder))
    assert {"unused", "lonely-group", "group-count"} <= found


def rules_of(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def test_a_way_out_and_a_waiting_time_must_lead_somewhere(folder: Path, plant: Any) -> None:
    plant("bundles/simple-deregistration.yaml", "redirect: enterprise-closing", "redirect: enterprise-ending")
    plant(
        "bundles/open-pharmacy.yaml",
        "{item: drug-retail-permit, months: 3}",
        "{item: drug-permit, months: 3}",
    )
    found = {f.rule: f.file for f in check_catalogue(folder) if f.severity is Severity.ERROR}
    assert found["unknown-bundle"] == "bundles/simple-deregistration.yaml"
    assert found["unknown-item"] == "bundles/open-pharmacy.yaml"


def test_a_question_that_decides_nothing_must_at_least_advise(folder: Path, plant: Any) -> None:
    plant("bundles/veteran.yaml", "    advice:\n      no: 超过的请先到安置地退役军人事务局说明情况\n", "")
    assert "question-unused" in rules_of(check_catalogue(folder))
