"""What the check says of several faults at once, of what is left out, and of what is only to be confirmed."""

from pathlib import Path

import pytest

from yijianshi.services.catalogue import Finding, Severity, check_catalogue, shipped_folder
from yijianshi.services.catalogue.sameness import near_pairs

SPECIMEN = Path(__file__).parent / "specimen"
TEAHOUSE = "bundles/teahouse.yaml"


def changed(file: str, sound: str, faulty: str) -> dict[str, str | None]:
    text = (SPECIMEN / file).read_text(encoding="utf-8")
    assert sound in text
    return {file: text.replace(sound, faulty, 1)}


def errors(overlay: dict[str, str | None]) -> list[Finding]:
    return [f for f in check_catalogue(SPECIMEN, overlay=overlay) if f.severity is Severity.ERROR]


def test_several_faults_are_all_told_at_once() -> None:
    overlay = changed(TEAHOUSE, "plain_name: 开茶馆", "nickname: 开茶馆")
    overlay[TEAHOUSE] = (overlay[TEAHOUSE] or "").replace("promised: 3}", "promised: 三天}")
    overlay |= changed("materials.yaml", "acquisition: generated", "acquisition: post")
    overlay |= changed("bundles/stall.yaml", "- seat-count", "- seats")
    assert {f.rule for f in errors(overlay)} >= {"unknown-key", "wrong-type", "unknown-element"}


def test_one_slip_is_not_told_a_hundred_times() -> None:
    assert [f.rule for f in errors(changed("elements.yaml", "elements:", "elements: ["))] == ["not-yaml"]


def test_a_thing_left_out_for_its_own_slip_is_not_missed_elsewhere() -> None:
    assert [f.rule for f in errors(changed("elements.yaml", "    name: 座位数\n", ""))] == ["missing-key"]


def test_what_a_department_must_confirm_is_only_a_warning_and_never_hidden() -> None:
    found = check_catalogue(shipped_folder())
    assert not [f for f in found if f.severity is Severity.ERROR]
    said = " ".join(f.message for f in found if f.rule == "unconfirmed")
    assert "参数“fire-check-min-area”" in said


def test_a_material_needs_a_basis_of_its_own_or_of_its_item() -> None:
    overlay = changed(TEAHOUSE, "basis: [茶馆法 第二条]", "basis: []")
    found = [f.message for f in errors(overlay) if f.rule == "material-without-basis"]
    assert [message.split("”")[0] for message in found] == ["“申请表"]  # the floor plan has its own


def test_a_wait_whose_reason_is_written_is_no_needless_wait() -> None:
    needless = changed(TEAHOUSE, "    after: [registration]", "    depends_on: [opening-report]")
    assert "needless-wait" in {f.rule for f in check_catalogue(SPECIMEN, overlay=needless)}
    because = "    depends_on: [opening-report]\n    depends_because: {opening-report: 茶馆法第九条}"
    assert not check_catalogue(SPECIMEN, overlay=changed(TEAHOUSE, "    after: [registration]", because))


def test_a_prerequisite_that_may_already_be_held_can_be_met_although_it_is_deferred() -> None:
    overlay = changed(TEAHOUSE, "name: 开业报告", "name: 开业报告\n    deferred: true")
    overlay[TEAHOUSE] = (
        (overlay[TEAHOUSE] or "")
        .replace("result: {name: 回执}", "result: {name: 茶艺许可证, licence: tea-permit}")
        .replace(
            "    after: [registration]",
            "    depends_on: [opening-report]\n    depends_because: {opening-report: 茶馆法}",
        )
        .replace("  - {kind: tied-by-law, items: [registration, opening-report], basis: 茶馆法 第九条}\n", "")
    )
    assert not check_catalogue(SPECIMEN, overlay=overlay)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("法定代表人联系电话", "法定代表人手机号码"),
        ("身份证件号码", "证件号码"),
        ("银行帐号", "银行账号"),
        ("合同编号", "合同号码"),
        ("房屋建筑面积(平方米)", "房屋建筑面积"),
        ("居民身份证", "居民身份证（复印件）"),
        ("设立登记申请书", "设立登记申请表"),
        ("就餐坐位数", "就餐座位数"),
        ("拟设企业经营场所", "拟设企业场所经营"),
        ("食品经营场所布局图", "食品经营场所佈局图"),
    ],
)
def test_names_that_a_clerk_reads_as_one_are_found(name: str, other: str) -> None:
    (pair,) = near_pairs((("one", name, ()), ("other", other, ())))
    assert {pair.code, pair.other} == {"one", "other"}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("父亲姓名", "母亲姓名"),
        ("买方证件号码", "卖方证件号码"),
        ("担保人统一社会信用代码", "担保权人统一社会信用代码"),
        ("竣工日期", "拟竣工日期"),
        ("债务履行期限起", "债务履行期限止"),
        ("监护人手机号码", "第二监护人手机号码"),
        ("用水接入点位置", "用电接入点位置"),
        ("变更前内容", "变更后内容"),
        ("母亲居民身份证", "父亲居民身份证"),
        ("经办人姓名", "代办人姓名"),
        ("建筑面积", "总建筑面积"),
        ("户口迁出地址", "户口迁入地址"),
    ],
)
def test_names_of_different_roles_are_left_alone(name: str, other: str) -> None:
    assert near_pairs((("one", name, ()), ("other", other, ()))) == ()


def test_an_old_name_that_two_elements_share_since_they_were_split_is_no_doubling() -> None:
    assert (
        near_pairs((("water", "用水表计读数", ("表计读数",)), ("power", "用电表计读数", ("表计读数",)))) == ()
    )
    assert near_pairs((("water", "用水表计读数", ("表计读数",)), ("any", "表计读数", ()))) != ()
