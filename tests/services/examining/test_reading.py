"""Whatever form a list comes in, its items are read alike; what cannot be read is told with its place and never dropped."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.services.examining.lists import FOOD, ITEMS, as_csv, as_xlsx, credit_code
from tests.services.examining.old_forms import as_ods, as_xls
from yijianshi.services.examining import ListUnreadable, NamedFile, read_list
from yijianshi.services.examining import files as opened
from yijianshi.services.examining import reading as reading_module
from yijianshi.services.examining.files import open_sheets


def only(path: Path):
    read = read_list([path])
    assert len(read.items) == 1, read.findings
    return read.items[0]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ","),
        ("gb18030", ","),
        ("gb18030", "\t"),
        ("utf-16", ","),
        ("utf-8", ";"),
    ],
)
def test_text_tables_are_read_in_every_usual_encoding(tmp_path, encoding, mark):
    item = only(as_csv(tmp_path / "清单.csv", [ITEMS, FOOD], encoding=encoding, mark=mark))
    assert (item.name, item.basic_code, item.statutory, item.promised) == (FOOD[0], FOOD[1], 10, 5)


def test_a_spreadsheet_with_a_title_above_its_headings_counts_rows_as_the_screen_does(tmp_path):
    item = only(as_xlsx(tmp_path / "清单.xlsx", 事项=[["某区实施清单"], [], ITEMS, FOOD]))
    assert (item.cell.sheet, item.cell.row) == ("事项", 4)
    assert (item.type, item.level, item.visits) == ("01", "4", 1)


@pytest.mark.parametrize("write", [as_ods, as_xls])
def test_other_spreadsheets_are_read(tmp_path, write):
    item = only(write(tmp_path / "清单", [ITEMS, FOOD]))
    assert (item.name, item.promised) == (FOOD[0], 5)


def test_the_national_exchange_tables_are_joined_by_their_codes_whatever_order_they_come_in(tmp_path):
    code = f"{credit_code()}4000199002000"
    materials = as_csv(
        tmp_path / "up_task_general_material.csv",
        [
            ["row_guid", "task_code", "material_name", "is_need", "by_law", "cd_time"],
            ["1", code, "申请书", "1", "《食品安全法》", "20260101"],
            ["2", code, "可选的图", "2", "", "20260101"],
        ],
    )
    fees = as_csv(
        tmp_path / "up_task_general_fee.csv",
        [["task_code", "fee_name", "by_law"], [code, "工本费", "《价格法》"]],
    )
    extend = as_csv(
        tmp_path / "up_task_general_extend.csv",
        [["task_code", "result_name", "is_online"], [code, "食品经营许可证", "1"]],
    )
    basic = as_csv(
        tmp_path / "up_task_general_basic.csv",
        [
            ["catalog_code", "task_code", "task_name", "task_type", "by_law", "use_level", "dept_name", "anticipate_day", "anticipate_type", "promise_day", "promise_type", "limit_scene_num"],
            ["000199002000", code, "食品经营许可", "1", "《食品安全法》", "4", "市场监管局", "10", "1", "5", "2", "0"],
        ],
    )  # fmt: skip
    read = read_list([materials, fees, extend, basic])
    (item,) = read.items
    assert [(m.name, m.needed) for m in item.materials] == [("申请书", "yes"), ("可选的图", "no")]
    assert [fee.name for fee in item.fees] == ["工本费"]
    assert (item.result, item.promised_unit, item.type) == ("食品经营许可证", "calendar", "01")
    assert [table.unknown for table in read.tables] == [(), (), (), ()]


def test_a_table_with_one_material_in_each_row_is_one_item(tmp_path):
    heads = [*ITEMS, "材料名称", "材料依据"]
    blank = [""] * len(ITEMS)
    rows = [
        heads,
        [*FOOD, "申请书", "《食品安全法》"],
        [*FOOD, "平面图", ""],
        [*blank, "照片", "《食品安全法》"],
    ]
    item = only(as_xlsx(tmp_path / "清单.xlsx", 清单=rows))
    assert [(m.name, m.basis, m.cell.row) for m in item.materials] == [
        ("申请书", "《食品安全法》", 2),
        ("平面图", "", 3),
        ("照片", "《食品安全法》", 4),
    ]


def test_materials_in_one_cell_are_parted(tmp_path):
    item = only(
        as_csv(tmp_path / "清单.csv", [[*ITEMS, "申请材料"], [*FOOD, "1.申请书；2.营业执照\n3.平面图"]])
    )
    assert [m.name for m in item.materials] == ["申请书", "营业执照", "平面图"]


def test_an_archive_of_tables_is_read_with_names_from_windows(tmp_path):
    table = as_csv(tmp_path / "a.csv", [ITEMS, FOOD], encoding="gb18030")
    path = tmp_path / "清单.zip"
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo("x")
        member.filename = "事项清单.csv".encode("gb18030").decode("cp437")
        archive.writestr(member, table.read_bytes())
    assert only(path).cell.file.endswith(".csv")


def test_an_archive_that_would_swell_beyond_reason_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "LARGEST_UNPACKED", 1000)
    path = tmp_path / "清单.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "事项名称,实施主体\n" + "0" * 100_000)
    with pytest.raises(ListUnreadable, match="太大"):
        read_list([path])


def altered(was: bytes, now: bytes) -> bytes:
    """Return a small archive in which some bytes are others."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "事项名称")
    assert was in packed.getvalue()
    return packed.getvalue().replace(was, now)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("坏.xlsx", b"PK\x03\x04nonsense", "坏了"),
        (
            "新.zip",
            altered(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63"),
            "坏了",
        ),  # a version nobody knows
        ("乱.zip", altered(b"a.csv", b"\xff\xff.cs"), "坏了"),  # a name that is no text
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nonsense", "读不了"),
        ("指南.pdf", b"%PDF-1.7", "PDF"),
        ("照片.jpg", b"\xff\xd8\xff\x00\x01", "不是认识的表格格式"),
        ("说明.csv", "第一行,第二行\n没有,表头\n".encode(), "没有认得出的表头"),
    ],
)
def test_what_is_no_list_says_why_and_what_would_do(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ListUnreadable, match=said) as refusal:
        read_list([path])
    assert all(f.remedy for f in refusal.value.findings)
    assert name in str(refusal.value)


def test_a_file_is_called_by_the_name_people_know(tmp_path):
    path = as_csv(tmp_path / "0", [ITEMS, FOOD])
    assert read_list([NamedFile(path, "清单.csv")]).items[0].cell.file == "清单.csv"


def test_spoilt_characters_are_told_and_the_row_is_kept(tmp_path):
    path = tmp_path / "清单.csv"
    good = as_csv(tmp_path / "a.csv", [ITEMS, FOOD, FOOD]).read_bytes()
    lines = good.split(b"\r\n")
    lines[2] = lines[2][:1] + b"\xff\xfe" + lines[2][1:]
    filler = "\r\n".join(",".join(map(str, FOOD)) for _ in range(9000)).encode()
    path.write_bytes(b"\r\n".join([lines[0], lines[1], filler, lines[2]]))
    read = read_list([path])
    told = [f for f in read.findings if f.rule == "text-damaged"]
    assert [f.cell.row for f in told] == [9003]
    assert len(read.items) == 9002


def test_a_heading_nobody_knows_is_listed_and_its_column_not_used(tmp_path):
    read = read_list([as_csv(tmp_path / "清单.csv", [[*ITEMS, "本地特色"], [*FOOD, "是"]])])
    assert read.tables[0].unknown == ("本地特色",)


@pytest.mark.parametrize(
    "variant",
    [
        "法定时限",
        "* 法定办结时限（工作日）",
        "法定办结时限(天)",
        "3.法定期限",
        "anticipate_day",
        "ANTICIPATE_DAY",
    ],
)
def test_headings_are_known_by_their_usual_variants(tmp_path, variant):
    heads = [variant if head == "法定办结时限" else head for head in ITEMS]
    assert only(as_csv(tmp_path / "清单.csv", [heads, FOOD])).statutory == 10


def test_rows_beyond_the_most_are_counted_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "MOST_ROWS", 2)
    read = read_list([as_csv(tmp_path / "清单.csv", [ITEMS, *[FOOD] * 5])])
    assert len(read.items) == 2
    assert [f.message for f in read.findings if f.rule == "too-much"] == ["超过 2 行，后面 3 行没有读"]


def test_a_material_whose_item_could_be_one_of_several_is_given_to_none(tmp_path):
    other = [*FOOD[:6], "建邺区市场监督管理局", *FOOD[7:]]
    path = as_xlsx(
        tmp_path / "清单.xlsx",
        事项=[ITEMS, FOOD, other],
        材料=[["事项名称", "材料名称"], [FOOD[0], "申请书"]],
    )
    read = read_list([path])
    assert [item.materials for item in read.items] == [[], []]
    assert [f.rule for f in read.findings if f.rule == "orphan"] == ["orphan"]


def test_an_archive_under_a_password_is_told_with_what_would_do(tmp_path: Path) -> None:
    path = tmp_path / "清单.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", "事项名称,设定依据\n食品经营许可,食品安全法\n")
    content = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the mark of a password, in both headers
        content[content.index(sign) + at] |= 1
    path.write_bytes(content)
    told = [str(one) for one in open_sheets(path)]
    assert any("密码" in one for one in told), told
