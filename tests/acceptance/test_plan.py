"""Every figure of the written cases comes out of the shipped catalogue, and what is refused is refused."""

import argparse
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from yijianshi.cli import plan
from yijianshi.services.catalogue import shipped_folder

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())["cases"]
BY_ID = {case["id"]: case for case in CASES}


class Outcome(argparse.Namespace):
    code: int
    out: str
    err: str


@pytest.fixture
def run_plan(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(bundle: str, situation: Any, *options: str) -> Outcome:
        parser = argparse.ArgumentParser()
        plan.register(parser.add_subparsers(required=True))
        text = situation if isinstance(situation, str) else json.dumps(situation, ensure_ascii=False)
        monkeypatch.setattr("sys.stdin", StringIO(text))
        args = parser.parse_args(["plan", bundle, "--situation", "-", *options])
        code = args.run(args)
        written = capsys.readouterr()
        return Outcome(code=code, out=written.out, err=written.err)

    return run


@pytest.mark.clause("S0")
@pytest.mark.parametrize("case", [case for case in CASES if "expected" in case], ids=lambda case: case["id"])
def test_every_figure_of_a_case_comes_out(case: dict[str, Any], run_plan: Any) -> None:
    outcome = run_plan(case["bundle"], case, "--json")
    figures = json.loads(outcome.out)
    assert {key: figures[key] for key in case["expected"]} == case["expected"]
    assert (outcome.code, figures["allowed"], figures["problems"]) == (0, True, [])


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["id"])
def test_a_choice_that_is_not_allowed_says_why_and_keeps_its_figures(
    case: dict[str, Any], run_plan: Any
) -> None:
    outcome = run_plan(case["bundle"], case, "--json")
    figures = json.loads(outcome.out)
    rules = {problem["rule"] for problem in figures["problems"]}
    assert outcome.code == 1
    assert not figures["allowed"]
    assert {refusal["rule"] for refusal in case["refused"]} <= rules
    assert figures["item_count"] == len(case["items"])
    assert all(problem["message"] for problem in figures["problems"])


def test_social_insurance_cannot_be_left_out_of_opening_a_company(run_plan: Any) -> None:
    case = BY_ID["E03"]
    items = [item for item in case["items"] if item != "social-insurance-register"]
    figures = json.loads(run_plan(case["bundle"], {**case, "items": items}, "--json").out)
    problem = next(p for p in figures["problems"] if p["rule"] == "tied-by-law")
    assert problem["items"] == ["enterprise-establishment", "social-insurance-register"]
    assert "社会保险费征缴暂行条例" in problem["message"]


def test_nothing_chosen_is_refused_but_planned(run_plan: Any) -> None:
    outcome = run_plan("open-restaurant", {"items": []}, "--json")
    figures = json.loads(outcome.out)
    assert (outcome.code, figures["problems"][0]["rule"], figures["item_count"]) == (1, "empty", 0)


def test_a_repeated_item_counts_once_and_their_order_does_not_matter(run_plan: Any) -> None:
    case = BY_ID["E02"]
    shuffled = {**case, "items": [*reversed(case["items"]), case["items"][0]]}
    figures = json.loads(run_plan(case["bundle"], shuffled, "--json").out)
    assert {key: figures[key] for key in case["expected"]} == case["expected"]


def test_a_commitment_where_none_is_offered_is_refused(run_plan: Any) -> None:
    case = {**BY_ID["E01"], "commitments": ["food-business-permit"]}
    figures = json.loads(run_plan(case["bundle"], case, "--json").out)
    assert [problem["rule"] for problem in figures["problems"]] == ["commitment"]


def test_items_wished_for_later_are_counted_nowhere(run_plan: Any) -> None:
    case = BY_ID["E01"]
    later = {**case, "deferred_items": ["tobacco-retail"]}
    figures = json.loads(run_plan(case["bundle"], later, "--json").out)
    assert {key: figures[key] for key in case["expected"]} == case["expected"]


UNREADABLE = {
    "an unknown item": ({"items": ["licence-check", "liquor-permit"]}, "liquor-permit"),
    "no items": ({"answers": {}}, "没有写 items"),
    "a missing answer": ({"items": ["food-business-permit"]}, "element:by-agent"),
    "an answer of the wrong type": ({"items": [], "answers": {"venue-area": "很大"}}, "数字"),
    "a word for a truth value": ({"items": [], "answers": {"has-signage": "是"}}, "true 或 false"),
    "a truth value for a number": ({"items": [], "answers": {"venue-area": True}}, "数字"),
    "an unknown question": ({"items": [], "answers": {"has-terrace": True}}, "has-terrace"),
    "an unknown element": ({"items": [], "answers": {"element:terrace": True}}, "element:terrace"),
    "two answers to one question": (
        {"items": [], "answers": {"venue-area": 120, "element:premises-floor-area": 480}},
        "只留一个",
    ),
    "an unknown commitment": ({"items": [], "commitments": ["liquor-permit"]}, "liquor-permit"),
    "an unknown wish": ({"items": [], "deferred_items": ["liquor-permit"]}, "liquor-permit"),
    "an unknown text": ({"items": [], "conditions_met": ["天气好"]}, "天气好"),
    "a group nobody repeats": ({"items": [], "groups": {"employee": {"count": 3}}}, "employee"),
    "items that are no list": ({"items": "licence-check"}, "列表"),
    "answers that are no mapping": ({"items": [], "answers": [1]}, "键: 值"),
    "several cases at once": ({"cases": []}, "一次只读一个"),
    "a list": ([], "最外层"),
    "broken text": ("items: [", "YAML"),
    "nothing": ("", "最外层"),
    "an answer given twice": ("items: []\nanswers:\n  venue-area: 1\n  venue-area: 2\n", "写了两次"),
}


@pytest.mark.parametrize(("situation", "said"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_refused_and_never_taken_for_a_no(
    situation: Any, said: str, run_plan: Any
) -> None:
    outcome = run_plan("open-restaurant", situation, "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_an_option_that_does_not_exist_is_refused(run_plan: Any) -> None:
    answers = {**BY_ID["S01"]["answers"], "birth-place": "月球"}
    outcome = run_plan("newborn", {**BY_ID["S01"], "answers": answers})
    assert outcome.code == 2
    assert "省内助产机构" in outcome.err


@pytest.mark.parametrize(
    ("bundle", "options", "said"),
    [
        ("open-zoo", (), "open-zoo"),
        ("newborn", ("--division", "999999"), "999999"),
        ("newborn", ("--catalogue", "/nowhere"), "elements.yaml"),
    ],
)
def test_an_unknown_bundle_division_or_folder_is_refused(
    bundle: str, options: tuple[str, ...], said: str, run_plan: Any
) -> None:
    outcome = run_plan(bundle, {"items": []}, *options)
    assert outcome.code == 2
    assert said in outcome.err


def test_a_missing_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    plan.register(parser.add_subparsers(required=True))
    args = parser.parse_args(["plan", "newborn", "--situation", "/nowhere/situation.yaml"])
    assert args.run(args) == 2
    assert "没有文件 /nowhere/situation.yaml" in capsys.readouterr().err


def test_a_division_may_shorten_a_promise_and_changes_nothing_else(run_plan: Any, tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    for path in shipped_folder().iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "overrides.yaml").unlink()
    (folder / "overrides.yaml").write_text(
        "overrides:\n  - {division: '320106', bundle: open-restaurant, item: food-business-permit, promised: 2}\n"
    )
    case = BY_ID["E01"]
    options = ("--json", "--catalogue", str(folder), "--division")
    home = json.loads(run_plan(case["bundle"], case, *options, "320106").out)
    other = json.loads(run_plan(case["bundle"], case, *options, "320102").out)
    assert home["promised_days"]["serial"] == {"working": 5, "calendar": 0}
    assert home["promised_days"]["critical_path"]["items"] == ["licence-check", "signage-permit"]
    assert other["promised_days"] == case["expected"]["promised_days"]
    assert home["fields"] == other["fields"]


def test_the_plan_reads_as_plain_chinese(run_plan: Any) -> None:
    outcome = run_plan("open-restaurant", BY_ID["E02"], "--division", "320106")
    assert outcome.code == 0
    for said in (
        "开办餐饮店（鼓楼区",
        "原来 86 项，合并后 51 项",
        "共享调取，免交 2 份",
        "联合勘验：",
        "一起办要 7 个工作日",
    ):
        assert said in outcome.out


def test_the_plan_says_why_a_choice_cannot_be_handled(run_plan: Any) -> None:
    outcome = run_plan("newborn", BY_ID["R3"])
    assert outcome.code == 1
    assert "这样选还办不了" in outcome.out
    assert "请一并选上“上户口”" in outcome.out
