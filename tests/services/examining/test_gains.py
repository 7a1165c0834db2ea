"""What one thing would spare is counted from the list's own limits, materials and visits, and the order from the catalogue."""

from datetime import date
from pathlib import Path

import pytest

from tests.services.examining.lists import FOOD, ITEMS, as_csv, as_xlsx, credit_code
from yijianshi.domain.editions import UnknownDivision
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.examining import Report, examine
from yijianshi.services.examining.gains import Gain

TODAY = date(2026, 11, 18)
FIRE = [
    "公众聚集场所投入使用、营业前消防安全检查",
    "000199003000",
    "",
    "行政许可",
    "《消防法》第十五条",
    "县级",
    "鼓楼区消防救援大队",
    10,
    8,
    2,
]
CHECK = [
    "营业执照信息核验",
    "002099001000",
    "",
    "公共服务",
    "《市场主体登记管理条例》",
    "县级",
    "鼓楼区市场监督管理局",
    "",
    2,
    0,
]
MATERIALS = ["事项名称", "材料名称", "要求提供材料的依据"]


def examined(path: Path, **more: str) -> Report:
    return examine([path], catalogue=shipped_catalogue(), on=TODAY, **more)


def restaurant(report: Report) -> Gain:
    return next(gain for gain in report.gains if gain.bundle == "open-restaurant")


def figures(gain: Gain) -> dict[str, tuple[float | None, float | None]]:
    return {r.name: (r.before, r.after) for r in gain.reductions}


@pytest.fixture
def three(tmp_path: Path) -> Gain:
    papers = [
        [FOOD[0], "营业执照", "《食品安全法》"],
        [FOOD[0], "场所平面布置图", "《食品安全法》"],
        [FIRE[0], "营业执照", "《消防法》"],
        [FIRE[0], "场所平面布置图", "《消防法》"],
        [FIRE[0], "消防设施平面图", "《消防法》"],
    ]
    path = as_xlsx(tmp_path / "清单.xlsx", 事项=[ITEMS, FOOD, FIRE, CHECK], 材料=[MATERIALS, *papers])
    return restaurant(examined(path))


@pytest.mark.clause("C1.1")
def test_days_are_the_lists_own_one_after_the_other_against_the_longest_way(three: Gain) -> None:
    assert figures(three)["办理时间"] == (15, 10)  # 5 + 8 + 2 against 2, then 8 beside 5


def test_materials_are_counted_raw_against_what_is_still_to_be_handed_in(three: Gain) -> None:
    assert figures(three)["申请材料"] == (5, 2)
    assert [m.name for m in three.materials_by("upload")] == ["场所平面布置图", "消防设施平面图"]
    assert [(m.name, len(m.asked_by)) for m in three.repeated] == [("营业执照", 2), ("场所平面布置图", 2)]


def test_visits_are_the_lists_own(three: Gain) -> None:
    assert figures(three)["跑动次数"][0] == 3


def test_it_says_which_items_are_lacking_and_what_could_run_side_by_side(three: Gain) -> None:
    assert set(three.lacking) == {"户外招牌", "烟草零售", "排水许可"}
    assert three.stages == (("执照核验",), ("食品经营许可", "消防检查"))


def test_the_draft_scheme_says_nothing_that_is_not_in_list_or_catalogue(three: Gain) -> None:
    text = "".join(line for _, lines in three.scheme for line in lines)
    assert "鼓楼区消防救援大队承办，8 个工作日" in text
    assert "办理时间由 15 个工作日减到 10 个工作日" in text


def test_visits_that_the_list_leaves_out_are_unknown_and_not_nought(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "清单.csv", [ITEMS, FOOD, [*FIRE[:-1], ""]])
    assert figures(restaurant(examined(path)))["跑动次数"] == (None, None)


def test_calendar_days_are_counted_apart(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "清单.csv", [ITEMS, FOOD, [*FIRE[:-2], "8个自然日", 1]])
    found = figures(restaurant(examined(path)))
    assert (found["办理时间"], found["办理时间（自然日）"]) == ((5, 0), (8, 8))


def test_one_item_alone_is_no_one_thing(tmp_path: Path) -> None:
    gain = restaurant(examined(as_csv(tmp_path / "清单.csv", [ITEMS, FOOD])))
    assert not gain.is_one_thing
    assert gain.reductions == ()
    assert gain.scheme == ()


def of_place(row: list[object], division: str, level: str, promised: int) -> list[object]:
    changed = list(row)
    changed[2], changed[5], changed[8] = f"{credit_code(division)}{level}{row[1]}", level, promised
    return changed


def test_a_county_uses_its_citys_rows_for_what_it_does_not_handle_itself(tmp_path: Path) -> None:
    rows = [
        of_place(FOOD, "320106", "4", 5),
        of_place(FIRE, "320100", "3", 9),
        of_place(FOOD, "320100", "3", 7),
    ]
    path = as_csv(tmp_path / "清单.csv", [ITEMS, *rows])
    county = restaurant(examined(path, division="320106"))
    assert {item.name: item.days for item in county.items if item.is_there} == {
        "食品经营许可": "5 个工作日",
        "消防检查": "9 个工作日",
    }
    city = restaurant(examined(path, division="320100"))
    assert {item.days for item in city.items if item.is_there} == {"7 个工作日", "9 个工作日"}
    places = {figure.division for figure in examined(path).everywhere}
    assert places == {"320106", "320100"}


def test_a_division_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownDivision):
        examined(as_csv(tmp_path / "清单.csv", [ITEMS, FOOD]), division="999999")
