"""A list of a later year comes as a table: its differences are shown first, and it is written only when somebody says so."""

from pathlib import Path

import pytest
import xlsxwriter

from yijianshi.domain.codes import ListCode
from yijianshi.domain.lists import ListLevel, OfficialList
from yijianshi.project.command import main
from yijianshi.services.catalogue import check_catalogue, read_catalogue, shipped_folder
from yijianshi.services.catalogue.findings import Severity
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.lists.importing import ListNotWritten, import_list, write_list
from yijianshi.services.lists.tables import ListNotRead, read_list

HEAD = OfficialList(
    code=ListCode("nanjing-2026"),
    name="南京市特色“一件事”清单（2026年版）",
    level=ListLevel.LOCAL,
    issuer="南京市人民政府办公厅",
    document="",
    version="2026年版",
    source="测试用",
)
TABLE = "序号,一件事名称,牵头部门,备注\n1,新生儿出生一件事,省卫生健康委员会,\n2,开办民宿,公安,特色\n2,开办民宿,公安,重复\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, encoding="gb18030")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue in which only the lists may change; the rest is where it was."""
    copy = tmp_path / "catalogue"
    copy.mkdir()
    for path in shipped_folder().iterdir():
        if path.name == "lists.yaml":
            (copy / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        else:
            (copy / path.name).symlink_to(path)
    return copy


def test_rows_become_entries_by_name_and_what_is_open_is_said(table: Path) -> None:
    imported = import_list(read_list(table), head=HEAD, catalogue=shipped_catalogue())
    newborn, inn = imported.listed.entries
    assert (newborn.bundle, newborn.lead_department) == ("newborn", "health")
    assert (inn.bundle, inn.note) == (None, "特色")
    assert [change.what for change in imported.changes] == ["added", "added"]
    assert any("第 3 行“开办民宿”目录里没有同名" in remark for remark in imported.remarks)
    assert any("只收一次" in remark for remark in imported.remarks)


def test_a_spreadsheet_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["2026 年清单"])
        sheet.write_row(1, 0, ["编码", "名称"])
        sheet.write_row(2, 0, ["retirement", "退休"])
    (row,) = read_list(path)
    assert (row.row, row.name, row.bundle) == (3, "退休", "retirement")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.csv", "甲,乙\n1,2\n", "没有名称列"),
        ("empty.csv", "名称\n", "下面没有内容"),
        ("broken.xlsx", "not a spreadsheet", "打不开"),
    ],
)
def test_what_is_no_list_is_refused_with_what_would_do(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ListNotRead, match=said):
        read_list(path)


def test_a_list_is_written_beside_the_others_and_never_over_one(table: Path, folder: Path) -> None:
    imported = import_list(read_list(table), head=HEAD, catalogue=read_catalogue(folder))
    before = (folder / "lists.yaml").read_text(encoding="utf-8")
    write_list(imported, folder=folder)
    again = read_catalogue(folder)
    assert again.lists[-1].entries == imported.listed.entries
    assert (folder / "lists.yaml").read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    assert not [f for f in check_catalogue(folder) if f.severity is Severity.ERROR]
    with pytest.raises(ListNotWritten, match="--replace"):
        write_list(import_list(read_list(table)[:1], head=HEAD, catalogue=again), folder=folder)
    write_list(import_list(read_list(table)[:1], head=HEAD, catalogue=again), folder=folder, replace=True)
    assert [e.name for e in read_catalogue(folder).lists[-1].entries] == ["新生儿出生一件事"]
    assert len(read_catalogue(folder).lists) == len(again.lists)


def test_a_later_version_shows_what_was_added_dropped_and_renamed(table: Path, folder: Path) -> None:
    old = import_list(read_list(table), head=HEAD, catalogue=read_catalogue(folder))
    write_list(old, folder=folder)
    table.write_text("名称,编码\n孩子出生,newborn\n办理护照,\n", encoding="utf-8")
    new = import_list(read_list(table), head=HEAD, catalogue=read_catalogue(folder))
    assert new.is_known
    assert {(change.what, change.name) for change in new.changes} == {
        ("changed", "孩子出生"), ("added", "办理护照"), ("dropped", "开办民宿"),
    }  # fmt: skip
    assert "新生儿出生一件事" in next(change.said for change in new.changes if change.what == "changed")


def test_the_command_shows_first_and_writes_when_told(
    table: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["catalogue", "lists", "import", str(table), "--code", "nanjing-2026", "--name", "南京清单"]
    line += ["--catalogue", str(folder)]
    assert main(line) == 0
    shown = capsys.readouterr()
    assert "没有写入" in shown.err
    assert "code: nanjing-2026" in shown.out
    assert main([*line, "--write"]) == 0
    assert main([*line, "--write"]) == 1
    assert main(["catalogue", "lists", "import", "missing.csv", "--code", "x", "--name", "y"]) == 2


def test_the_lists_are_shown_with_what_the_catalogue_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "lists"]) == 0
    shown = capsys.readouterr().out
    assert "国办发〔2022〕32号" in shown
    assert "信用修复" in shown


def test_the_listing_says_on_which_lists_a_one_thing_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "list", "--json"]) == 0
    assert '"code": "jiangsu-2022-premium"' in capsys.readouterr().out
