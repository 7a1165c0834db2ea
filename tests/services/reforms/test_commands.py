"""`yijianshi catalogue reform|demand|uses|labour|unfounded|what-if`, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from yijianshi.project.command import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def said(*words: str) -> tuple[int, str, str]:
        code = main(["catalogue", *words])
        written = capsys.readouterr()
        return code, written.out, written.err

    return said


@pytest.mark.clause("T2.2")
def test_a_plan_is_told_in_words_in_figures_and_on_paper(run: Any, tmp_path: Path) -> None:
    code, out, _ = run("reform", "open-restaurant")
    assert code == 0
    assert "江苏省“开办餐饮店一件事”实施方案（草案）" in out
    code, out, _ = run("reform", "open-restaurant", "--division", "320106", "--json")
    assert json.loads(out)["division"] == "320106"
    paper = tmp_path / "plan.pdf"
    assert run("reform", "newborn", "--pdf", str(paper))[0] == 0
    assert paper.read_bytes().startswith(b"%PDF")


@pytest.mark.clause("C4.2", "X1", "C1.2")
@pytest.mark.parametrize("kind", ["demand", "uses", "labour", "unfounded"])
def test_a_list_is_told_over_all_or_one_and_written_as_a_sheet(kind: str, run: Any, tmp_path: Path) -> None:
    everything = json.loads(run(kind, "--json")[1])
    one = json.loads(run(kind, "open-restaurant", "--json")[1])
    assert 0 < len(one["rows"]) < len(everything["rows"])
    sheet, paper = tmp_path / "list.xlsx", tmp_path / "list.pdf"
    code, out, err = run(kind, "--xlsx", str(sheet), f"--pdf={paper}")
    assert (code, out) == (0, "")
    assert "已写入" in err
    rows = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3 + len(everything["rows"])
    assert paper.read_bytes().startswith(b"%PDF")
    assert run(kind)[1].startswith(everything["title"])


def test_what_if_tells_before_and_after_and_what_would_gain_most(run: Any) -> None:
    code, out, _ = run("what-if", "open-restaurant", "--commit", "fire-safety-check", "--json")
    tried = json.loads(out)
    assert code == 0
    assert tried["figures"]["working"] == {"before": 10, "after": 7}
    assert tried["suggestions"][0]["changes"] == [["commit", "fire-safety-check"]]
    code, out, _ = run("what-if", "open-restaurant", "--promise", "fire-safety-check=2")
    assert "办理时间：10 → 7 个工作日" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("reform", "open-zoo"), "open-zoo"),
        (("reform", "newborn", "--division", "999999"), "999999"),
        (("demand", "--catalogue", "/nowhere"), "elements.yaml"),
        (("reform", "newborn", "--situation", "/nowhere.yaml"), "/nowhere.yaml"),
        (("what-if", "open-restaurant", "--untie", "fire-safety-check"), "事项:前置事项"),
        (("what-if", "open-restaurant", "--share", "gold"), "gold"),
        (("what-if", "open-restaurant", "--promise", "fire-safety-check"), "数字"),
        (("what-if", "open-restaurant", "--promise", "zoo=3"), "zoo"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_would_do(
    words: tuple[str, ...], message: str, run: Any
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert message in err


def test_a_situation_of_somebodys_own_is_planned(run: Any, tmp_path: Path) -> None:
    situation = tmp_path / "small.yaml"
    situation.write_text(
        "items: [licence-check, food-business-permit]\n"
        "answers: {venue-area: 120, has-signage: false, sells-tobacco: false, discharges-to-sewer: false, 'element:by-agent': false}\n"
    )
    values = json.loads(run("reform", "open-restaurant", "--situation", str(situation), "--json")[1])
    assert values["items"] == ["licence-check", "food-business-permit"]


def test_where_a_file_cannot_be_written_the_command_says_so(run: Any) -> None:
    code, _, err = run("labour", "--xlsx", "/nowhere/list.xlsx")
    assert code == 1
    assert "没有写成" in err
