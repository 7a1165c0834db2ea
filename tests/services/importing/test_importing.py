"""Importing keeps a list's codes, says in words what it has otherwise, drafts what is new, and never overwrites anybody's work."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.services.examining.lists import FOOD, ITEMS, as_csv, credit_code
from yijianshi.project.command import main
from yijianshi.services.catalogue import (
    Severity,
    check_catalogue,
    read_catalogue,
    shipped_catalogue,
    shipped_folder,
)
from yijianshi.services.importing import ChangedByHand, Import, prepare_import, write_import
from yijianshi.services.importing.kept import kept_codes

CODE = f"{credit_code()}4000199002000"
COUNTY = [FOOD[0], FOOD[1], CODE, *FOOD[3:]]
EXAMPLE = shipped_folder() / "examples" / "planted-faults.xlsx"


def brought(tmp_path: Path, *rows: list[object], heads: list[str] = ITEMS) -> Import:
    path = as_csv(tmp_path / "清单.csv", [heads, *rows])
    return prepare_import([path], catalogue=shipped_catalogue())


def said(found: Import) -> list[str]:
    return [f"{d.field}：{d.listed} ≠ {d.ours}" for d in found.differences]


@pytest.mark.clause("C1.2")
def test_differences_are_told_field_by_field_in_words(tmp_path: Path) -> None:
    heads = [*ITEMS, "是否收费", "申请材料"]
    row = [*COUNTY[:7], 20, 15, 1, "是", "营业执照；房屋租赁合同；申请书"]
    found = said(brought(tmp_path, row, heads=heads))
    assert "法定办结时限：20 个工作日 ≠ 10 个工作日" in found
    assert "承诺办结时限：15 个工作日 ≠ 5 个工作日" in found
    assert "到现场次数（改革前）：1 次 ≠ 2 次" in found
    assert "收费：收费 ≠ 不收费" in found
    assert "申请材料：要“房屋租赁合同” ≠ 不要" in found
    assert "申请材料：不要 ≠ 要“食品安全规章制度目录清单”" in found
    assert not any("申请书" in words for words in found), "an application form becomes part of the one form"


def test_what_the_list_leaves_empty_is_no_difference(tmp_path: Path) -> None:
    assert said(brought(tmp_path, [COUNTY[0], COUNTY[1], CODE, "", "", "", COUNTY[6], "", "", ""])) == []


def test_many_places_that_say_the_same_are_one_difference(tmp_path: Path) -> None:
    rows = [
        [FOOD[0], FOOD[1], f"{credit_code(d)}4000199002000", *FOOD[3:8], 9, 2]
        for d in ("320106", "320105", "320104")
    ]
    (promise,) = [d for d in brought(tmp_path, *rows).differences if d.field == "承诺办结时限"]
    assert promise.rows == 3
    assert "共 3 处" in str(promise)
    assert "南京市建邺区" in str(promise)


def test_codes_are_kept_by_item_and_place_and_wrong_ones_are_not(tmp_path: Path) -> None:
    wrong = [FOOD[0], "19900200", CODE[:17] + "0" + CODE[18:], *FOOD[3:]]
    found = brought(tmp_path, COUNTY, wrong)
    (numbers,) = found.codes
    assert (numbers.item, numbers.basic_codes) == ("food-business-permit", ("000199002000",))
    assert numbers.implementations == {"320106": (CODE,)}
    assert found.new_codes == 2


def test_a_doubtful_match_gives_nothing_and_is_told(tmp_path: Path) -> None:
    doubtful = [
        "公众聚集场所投入使用前消防检查",
        "000199003000",
        "",
        *FOOD[3:6],
        "鼓楼区消防救援大队",
        10,
        8,
        2,
    ]
    found = brought(tmp_path, doubtful)
    assert found.codes == ()
    assert [match.name for match in found.doubtful] == ["公众聚集场所投入使用、营业前消防安全检查"]


def test_a_shorter_promise_of_a_place_is_drafted_and_a_longer_one_only_told(tmp_path: Path) -> None:
    shorter = brought(tmp_path, [*COUNTY[:8], 3, 1]).overrides
    assert {(o.division, o.item, o.promised) for o in shorter} == {("320106", "food-business-permit", 3)}
    assert "open-restaurant" in {o.bundle for o in shorter}
    assert brought(tmp_path, [*COUNTY[:8], 9, 1]).overrides == ()


def test_nothing_is_written_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = tmp_path / "out"
    assert main(["catalogue", "import", str(EXAMPLE), "--into", str(into)]) == 0
    assert not into.exists()
    assert "没有写任何文件" in capsys.readouterr().out


def test_each_file_that_is_written_is_named_and_a_second_import_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "out"
    order = ["catalogue", "import", str(EXAMPLE), "--into", str(into), "--write"]
    assert main(order) == 0
    told = capsys.readouterr().out
    for name in ("codes.yaml", "drafts/items.yaml", "drafts/differences.txt"):
        assert f"已写入 {into / name}" in told
        assert (into / name).is_file()
    assert main(order) == 0
    assert "和上次导入的一样" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["codes.yaml", "drafts/items.yaml"])
def test_a_file_changed_by_hand_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "out"
    order = ["catalogue", "import", str(EXAMPLE), "--into", str(into), "--write"]
    main(order)
    mended = (into / name).read_text(encoding="utf-8") + "# 老李改过\n"
    (into / name).write_text(mended, encoding="utf-8")
    (into / "drafts/differences.txt").unlink()
    assert main(order) == 1
    assert name in capsys.readouterr().err
    assert (into / name).read_text(encoding="utf-8") == mended
    assert not (into / "drafts/differences.txt").exists()


def test_a_file_that_no_import_wrote_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "codes.yaml").write_text("codes: []\n", encoding="utf-8")
    with pytest.raises(ChangedByHand) as refusal:
        write_import(brought(tmp_path, COUNTY), tmp_path)
    assert refusal.value.names == ("codes.yaml",)


def test_a_later_list_adds_its_codes_to_those_that_are_there(tmp_path: Path) -> None:
    into = tmp_path / "out"
    for division in ("320106", "320105"):
        row = [FOOD[0], FOOD[1], f"{credit_code(division)}4000199002000", *FOOD[3:]]
        path = as_csv(tmp_path / f"{division}.csv", [ITEMS, row])
        assert main(["catalogue", "import", str(path), "--into", str(into), "--write"]) == 0
    (numbers,) = kept_codes(into)
    assert set(numbers.implementations or {}) == {"320105", "320106"}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    shutil.copytree(shipped_folder(), folder)
    return folder


def test_what_was_imported_is_listed_again_with_its_codes(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = as_csv(tmp_path / "清单.csv", [ITEMS, COUNTY])
    order = [
        "catalogue",
        "import",
        str(path),
        "--catalogue",
        str(catalogue),
        "--into",
        str(catalogue),
        "--write",
    ]
    assert main(order) == 0
    capsys.readouterr()
    assert main(["catalogue", "list", str(catalogue), "--json"]) == 0
    items = [item for bundle in json.loads(capsys.readouterr().out) for item in bundle["items"]]
    food, *elsewhere = [item for item in items if item["code"] == "food-business-permit"]
    assert food["basic_codes"] == ["000199002000"]
    assert food["implementation_codes"] == {"320106": [CODE]}
    assert elsewhere == [food] * len(elsewhere), "an item of several one-things has the same codes in each"
    again = prepare_import([path], catalogue=read_catalogue(catalogue))
    assert again.new_codes == 0
    assert [match.how for match in again.matched] == ["编码相同"]


def test_the_draft_of_what_the_catalogue_lacks_is_understood_by_its_check(
    catalogue: Path, tmp_path: Path
) -> None:
    before = {str(f) for f in check_catalogue(catalogue) if f.severity is Severity.ERROR}
    into = tmp_path / "out"
    main(["catalogue", "import", str(EXAMPLE), "--into", str(into), "--write"])
    draft = yaml.safe_load((into / "drafts/items.yaml").read_text(encoding="utf-8"))
    assert "公共停车场备案" in {item["name"] for item in draft["items"]}
    bundle = {
        "code": "local-matters",
        "name": "本地事项",
        "audience": "enterprise",
        "lead_department": "urban-management",
        "items": draft["items"],
    }
    (catalogue / "bundles" / "local.yaml").write_text(
        yaml.safe_dump(bundle, allow_unicode=True), encoding="utf-8"
    )
    found = [f for f in check_catalogue(catalogue) if f.severity is Severity.ERROR and str(f) not in before]
    not_understood = {"unknown-key", "wrong-type", "missing-key", "duplicate-code", "not-yaml"}
    assert [str(f) for f in found if f.rule in not_understood] == []
