"""`yijianshi catalogue examine` and `sample-list`: from files alone, with exit codes that a script can rely on."""

import json
from pathlib import Path

import pytest
import python_calamine

from yijianshi.project.command import main
from yijianshi.services.catalogue import shipped_folder

EXAMPLE = str(shipped_folder() / "examples" / "planted-faults.xlsx")


def test_the_report_says_in_words_what_to_mend_and_what_would_be_spared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["catalogue", "examine", EXAMPLE]) == 0
    told = capsys.readouterr().out
    for words in ("开办餐饮店（5 项，缺 1 项）", "没有依据的材料 2 处", "“材料”第 13 行", "本地特色"):
        assert words in told


def test_plain_values_carry_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "examine", EXAMPLE, "--division", "320106", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["division"], found["items"], found["materials"]) == ("320106", 27, 17)
    assert {count["rule"] for count in found["counts"]} >= {"material-without-basis", "forbidden-material"}


def test_every_form_of_the_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, page, paper = (tmp_path / f"报告.{ending}" for ending in ("xlsx", "html", "pdf"))
    order = ["catalogue", "examine", EXAMPLE, "--xlsx", str(book), "--html", str(page), "--pdf", str(paper)]
    assert main(order) == 0
    assert python_calamine.CalamineWorkbook.from_path(str(book)).sheet_names[:3] == [
        "一分钟看懂",
        "四减",
        "事项",
    ]
    text = page.read_text(encoding="utf-8")
    assert "<style>" in text, "it looks right without anything beside it"
    assert "事项清单体检报告" in text
    assert paper.read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr().out.count("已写入") == 3


def test_what_begins_with_an_equals_sign_stays_text(tmp_path: Path) -> None:
    trap = tmp_path / "清单.csv"
    trap.write_text("事项名称,实施主体,设定依据\n=HYPERLINK(1),某局,《法》\n", encoding="utf-8")
    book = tmp_path / "报告.xlsx"
    assert main(["catalogue", "examine", str(trap), "--xlsx", str(book)]) == 0
    names = (
        python_calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_name("不在一件事里的").to_python()
    )
    assert names[1][0] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["examine", "没有这个.xlsx"], "没有文件"),
        (["examine", EXAMPLE, "--division", "999999"], "999999"),
        (["examine", __file__], "没有读到一个事项"),
        (["import", "没有这个.xlsx"], "没有文件"),
        (["import", __file__], "没有读到一个事项"),
        (["sample-list", "清单.docx"], ".xlsx"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_a_reason(
    order: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["catalogue", *order]) == 2
    assert said in capsys.readouterr().err


def test_a_report_that_cannot_be_written_ends_with_one(tmp_path: Path) -> None:
    assert main(["catalogue", "examine", EXAMPLE, "--xlsx", str(tmp_path / "nowhere" / "a.xlsx")]) == 1


def test_a_made_up_list_is_written_and_examined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "清单.zip"
    assert main(["catalogue", "sample-list", "--rows", "500", "--seed", "3", str(out)]) == 0
    assert "up_task_general_material" in capsys.readouterr().out
    assert main(["catalogue", "examine", str(out)]) == 0
