"""
A made-up list of any size, the same for the same seed: every place with its items, materials and charges.

Departments say of themselves that they do not exist, and their credit codes are of places that have no such office.
"""

import csv
import io
import random
import zipfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import credit_code_check_character
from yijianshi.domain.definitions import Division

from .matching import core_of

BASIC = (
    "catalog_code", "task_code", "task_name", "task_type", "by_law", "use_level", "dept_name", "dept_code", "server_type",
    "project_type", "anticipate_day", "anticipate_type", "promise_day", "promise_type", "accept_condition", "handle_flow",
    "is_fee", "fee_basis", "limit_scene_num", "transact_addr", "link_way", "plan_effective_date",
)  # fmt: skip
MATERIAL = (
    "task_code",
    "task_name",
    "material_name",
    "material_format",
    "is_need",
    "source_type",
    "page_num",
    "by_law",
)
FEE = ("task_code", "task_name", "fee_name", "fee_stand", "by_law", "is_desc")
TABLES = {"up_task_general_basic": BASIC, "up_task_general_material": MATERIAL, "up_task_general_fee": FEE}

_THINGS = (
    "道路货物运输", "公共场所卫生", "医疗机构执业", "人力资源服务", "劳务派遣", "民办学校办学", "取水", "河道采砂", "林木采伐",
    "动物防疫条件", "种子生产经营", "农药经营", "兽药经营", "渔业捕捞", "水域滩涂养殖", "建设工程施工", "燃气经营", "房地产开发",
    "城市建筑垃圾处置", "占用城市道路", "临时占用绿地", "砍伐城市树木", "公路超限运输", "网络文化经营", "营业性演出", "出版物零售",
    "印刷经营", "文物商店", "高危险性体育项目经营", "危险化学品经营", "烟花爆竹零售", "特种设备使用", "计量器具型式", "检验检测机构资质",
    "药品零售", "第二类医疗器械经营", "食品小作坊", "粮食收购", "典当行", "拍卖企业", "旅馆业特种行业", "保安服务", "典当业特种行业",
    "犬类养殖", "殡仪馆建设", "社会团体", "民办非企业单位", "基金会", "慈善组织公开募捐", "排污", "入河排污口", "危险废物经营",
    "辐射安全", "测绘资质", "建设用地", "建设工程规划", "乡村建设规划", "矿产资源开采", "国有土地使用", "水土保持方案",
)  # fmt: skip
_DEEDS = ("许可", "许可变更", "许可延续", "许可注销", "备案", "登记", "确认", "奖励认定")
_OFFICES = (
    "交通运输局",
    "文化广电和旅游局",
    "应急管理局",
    "生态环境局",
    "水务局",
    "农业农村局",
    "教育局",
    "司法局",
)
_PAPERS = (
    "申请书",
    "营业执照",
    "法定代表人身份证",
    "场所平面图",
    "管理制度",
    "从业人员名册",
    "设备清单",
    "承诺书",
)
_LAWS = ("示例行业管理条例", "示例许可办法", "示例登记规定", "示例服务条例")


_NOT_HERE = 0.3


@dataclass(frozen=True, slots=True)
class _Template:
    number: int
    name: str
    type: str
    basis: str
    office: Callable[[Division], str]
    statutory: float
    promised: float
    visits: int
    materials: tuple[str, ...]
    charged: bool = False


def write_specimen(out: Path, *, rows: int, seed: int, catalogue: Catalogue) -> dict[str, int]:
    """
    Write a made-up list of `rows` rows as .xlsx or as .zip of text tables; return the rows of each table.

    :raises ValueError: if the name of the file ends otherwise.
    """
    if out.suffix not in (".xlsx", ".zip"):
        raise ValueError(f"只会写 .xlsx 和 .zip，不会写“{out.suffix}”；请换一个文件名")
    written = dict.fromkeys(TABLES, 0)
    made = specimen_rows(rows=rows, seed=seed, catalogue=catalogue)
    put = _book(out) if out.suffix == ".xlsx" else _archive(out)
    next(put)
    for table, row in made:
        written[table] += 1
        put.send((table, written[table], row))
    put.close()
    return written


def specimen_rows(*, rows: int, seed: int, catalogue: Catalogue) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield so many rows, each with its table; every item of the catalogue comes first, in every place."""
    chance = random.Random(seed)  # noqa: S311 - a made-up list, the same for the same seed
    left = rows
    places = [place for place in catalogue.divisions.values() if place.level != "province"]
    for template in _templates(catalogue, chance):
        for place in places:
            if chance.random() < _NOT_HERE:
                continue  # not every place has every item
            for table, row in _rows_of(template, place, catalogue, chance):
                if not left:
                    return
                left -= 1
                yield table, row


def _templates(catalogue: Catalogue, chance: random.Random) -> Iterator[_Template]:
    number = 0
    seen: set[str] = set()
    for bundle in catalogue.bundles.values():
        for item in bundle.items:
            if item.name in seen:
                continue
            seen.add(item.name)
            number += 1
            levels = catalogue.departments[item.department].levels
            yield _Template(
                number, item.name, item.type_code or "10", str(item.basis[0]) if item.basis else "",
                lambda place, levels=levels: _door(levels.get(place.level, ""), catalogue, place),  # type: ignore[misc]
                item.limit.statutory or 20, item.limit.promised or 0, item.visits.before,
                tuple(catalogue.materials[need.material].name for need in item.materials),
                item.fee.charged == "yes",
            )  # fmt: skip
    while True:
        number += 1
        thing, deed = _THINGS[number % len(_THINGS)], _DEEDS[number // len(_THINGS) % len(_DEEDS)]
        office = _OFFICES[number % len(_OFFICES)]
        statutory = chance.choice((10, 15, 20, 30))
        yield _Template(
            number, f"{thing}{deed}", "20" if "服务" in deed else "01" if "许可" in deed else "07",
            f"《{_LAWS[number % len(_LAWS)]}》第{chance.randint(3, 40)}条",
            lambda place, office=office: _door(f"{office}", catalogue, place),  # type: ignore[misc]
            statutory, chance.choice((1, 3, 5, 7, statutory)), chance.randint(0, 2),
            tuple(chance.sample(_PAPERS, chance.randint(3, len(_PAPERS)))), chance.random() < 0.05,
        )  # fmt: skip


def _door(name: str, catalogue: Catalogue, place: Division) -> str:
    parent = catalogue.divisions.get(place.parent) if place.parent else None
    city = parent.name if parent and parent.level == "city" else ""
    return f"{city}{place.name}{core_of(name)}（虚构）"


def _rows_of(
    template: _Template, place: Division, catalogue: Catalogue, chance: random.Random
) -> Iterator[tuple[str, tuple[object, ...]]]:
    level = {"city": "3", "county": "4"}[place.level]
    credit = _credit_code(place.code, template.number)
    basic = f"00{template.type}{99000 + template.number // 1000:05d}{template.number % 1000:03d}"
    code = f"{credit}{level}{basic}"
    name, promised, basis = template.name, template.promised, template.basis
    if chance.random() < 0.004:
        code = code[:17] + ("0" if code[17] != "0" else "1") + code[18:]
    if chance.random() < 0.004:
        promised = template.statutory + 5
    if chance.random() < 0.003:
        name = f"{name}（本地）"
    if chance.random() < 0.003:
        basis = "《本地自行制定的办法》第一条"
    yield (
        "up_task_general_basic",
        (
            basic, code, name, template.type, basis, level, template.office(place), credit, "2", "2" if promised else "1",
            template.statutory, "1", promised, "1", "符合规定的条件", "申请；受理；审查；决定；送达", int(template.charged),
            "《示例收费管理办法》第二条" if template.charged and chance.random() < 0.9 else "", template.visits,
            f"{place.name}政务服务中心", "12345", "20260101",
        ),
    )  # fmt: skip
    for paper in template.materials:
        lawful = "" if chance.random() < 0.02 else template.basis or "《示例办法》第三条"
        yield (
            "up_task_general_material",
            (code, name, paper, "3", "1", chance.choice(("10", "20")), 1, lawful),
        )
    if template.charged:
        yield "up_task_general_fee", (code, name, "示例费", "10 元/件", "《示例收费管理办法》第二条", "0")


def _credit_code(division: str, number: int) -> str:
    first = f"11{division}99999{number % 10000:04d}"
    return first + credit_code_check_character(first)


Put = Generator[None, tuple[str, int, tuple[object, ...]], None]


def _book(out: Path) -> Put:
    """Write each row to its sheet as it comes; only the current row is in memory."""
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheets = {table: book.add_worksheet(table) for table in TABLES}
        for table, heads in TABLES.items():
            sheets[table].write_row(0, 0, heads)
        while True:
            table, number, row = yield
            sheets[table].write_row(number, 0, row)


def _archive(out: Path) -> Put:
    """Gather each table as text and pack them at the end."""
    texts = {table: io.StringIO() for table in TABLES}
    writers = {table: csv.writer(text) for table, text in texts.items()}
    for table, heads in TABLES.items():
        writers[table].writerow(heads)
    try:
        while True:
            table, _, row = yield
            writers[table].writerow(row)
    finally:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for table, text in texts.items():
                # the same rows give the same bytes
                member = zipfile.ZipInfo(f"{table}.csv", date_time=(2026, 1, 1, 0, 0, 0))
                archive.writestr(member, text.getvalue(), compress_type=zipfile.ZIP_DEFLATED)
