"""Papers of made-up people and enterprises, drawn by the printer's own fonts; each says that it is a specimen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pylopdf_fonts_zh_cn
import typst

from yijianshi.domain.codes import DivisionCode
from yijianshi.integrations.population.numbers import bank_account, citizen_number, credit_code

_GULOU, _XUANWU = DivisionCode("320106"), DivisionCode("320102")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as drawn: which kind it is, what stands on it by field, and the source of its page."""

    kind: str
    number: int
    truth: dict[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class _Made:
    """Somebody who does not exist, with everything that papers say of him."""

    name: str
    male: bool
    nation: str
    born: date
    address: tuple[str, str]
    division: DivisionCode
    spare: bool = False

    @property
    def id_number(self) -> str:
        return citizen_number(division=self.division, born=self.born, male=self.male, spare=self.spare)

    @property
    def sex(self) -> str:
        return "男" if self.male else "女"


PEOPLE = (
    _Made("林晓燕", False, "汉", date(1988, 8, 18), ("江苏省南京市鼓楼区演示路12", "号3幢502室"), _GULOU),
    _Made("欧阳建国", True, "回", date(1951, 1, 3), ("江苏省南京市玄武区虚构巷7号", ""), _XUANWU),
    _Made("赵一鸣", True, "汉", date(1999, 12, 31), ("江苏省南京市鼓楼区样例街道", "假想新村6幢1单元101室"), _GULOU, spare=True),
    _Made("格桑梅朵", False, "藏", date(1976, 10, 20), ("江苏省苏州市姑苏区虚拟大道", "188号"), DivisionCode("320508")),
)  # fmt: skip
ENTERPRISES = ("南京样例餐饮有限公司", "苏州虚构商贸有限公司", "南京演示客运服务有限公司", "鼓楼区假想便利店")


def _text(
    x: float, y: float, words: str, *, size: float = 9, family: str = "Noto Sans SC", spacing: float = 0
) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'#place(dx: {x}mm, dy: {y}mm, text(size: {size}pt, font: "{family}", tracking: {spacing}pt, "{escaped}"))'


def _page(width: float, height: float, fill: str, *parts: str) -> str:
    head = f'#set page(width: {width}mm, height: {height}mm, margin: 0mm, fill: rgb("{fill}"))\n'
    return head + "\n".join((*parts, _text(width - 34, height - 4.6, "虚构样本 不是真实证件", size=5)))


def _id_card(n: int) -> Drawn:
    who = PEOPLE[n % 4]
    truth = {
        "name": who.name, "sex": who.sex, "nation": who.nation, "birth": who.born.isoformat(),
        "address": "".join(who.address), "number": who.id_number,
    }  # fmt: skip
    born = who.born
    source = _page(
        86, 54, "#eef3f4",
        _text(5, 6, "姓名", size=7), _text(16, 5.4, who.name, size=10),
        _text(5, 14, "性别", size=7), _text(16, 13.6, who.sex), _text(27, 14, "民族", size=7), _text(36, 13.6, who.nation),
        _text(5, 22, "出生", size=7), _text(16, 21.6, f"{born.year}"), _text(26, 22, "年", size=7),
        _text(31, 21.6, f"{born.month}"), _text(36, 22, "月", size=7), _text(41, 21.6, f"{born.day}"), _text(46, 22, "日", size=7),
        _text(5, 30, "住址", size=7), _text(16, 29.6, who.address[0]), _text(16, 34.4, who.address[1]),
        _text(5, 44, "公民身份号码", size=7), _text(30, 43.2, who.id_number, size=11, spacing=1.2),
    )  # fmt: skip
    return Drawn("id-card", n, truth, source)


def _id_card_back(n: int) -> Drawn:
    first = (date(2016, 8, 18), date(2011, 3, 9), date(2021, 12, 1), date(2014, 2, 6))[n % 4]
    last = (date(2036, 8, 18), None, date(2031, 12, 1), date(2024, 2, 6))[n % 4]
    authority = (
        "南京市公安局鼓楼分局",
        "南京市公安局玄武分局",
        "南京市公安局鼓楼分局",
        "苏州市公安局姑苏分局",
    )[n % 4]
    until = f"{last:%Y.%m.%d}" if last else "长期"
    truth = {"authority": authority, "valid_until": last.isoformat() if last else "长期"}
    source = _page(
        86, 54, "#f1eef0",
        _text(27, 8, "中华人民共和国", size=13), _text(25, 18, "居 民 身 份 证", size=18),
        _text(18, 37, "签发机关", size=7), _text(33, 36.6, authority),
        _text(18, 44, "有效期限", size=7), _text(33, 43.6, f"{first:%Y.%m.%d}-{until}"),
    )  # fmt: skip
    return Drawn("id-card-back", n, truth, source)


def _business_licence(n: int) -> Drawn:
    code = credit_code(division=_GULOU, serial=7_919 * (n + 1))
    who, founded = PEOPLE[(n + 1) % 4], date(2018 + n, 3 + n, 5 + n)
    address = "".join(who.address)
    truth = {
        "name": ENTERPRISES[n % 4], "credit_code": code, "representative": who.name,
        "address": address, "founded": founded.isoformat(),
    }  # fmt: skip
    spread = n % 2 == 0
    words = {"name": "名　　称", "type": "类　　型", "scope": "经营范围", "address": "住　　所"} if spread else {
        "name": "名称", "type": "类型", "scope": "经营范围", "address": "住所"}  # fmt: skip
    source = _page(
        210, 148, "#f7f5ee",
        _text(80, 18, "营 业 执 照", size=34, family="Noto Serif SC"),
        _text(14, 22, "统一社会信用代码", size=11), _text(14, 29, code, size=13),
        _text(14, 52, words["name"], size=12), _text(42, 52, truth["name"], size=12),
        _text(14, 64, words["type"], size=12), _text(42, 64, "有限责任公司", size=12),
        _text(14, 76, "法定代表人", size=12), _text(42, 76, who.name, size=12),
        _text(14, 88, words["scope"], size=12), _text(42, 88, "餐饮服务；食品销售；日用品零售。（依法须经批准", size=12),
        _text(42, 94, "的项目，经相关部门批准后方可开展经营活动）", size=12),
        _text(132, 52, "注册资本", size=12), _text(158, 52, "壹佰万元整", size=12),
        _text(132, 64, "成立日期", size=12), _text(158, 64, f"{founded.year}年{founded.month:02d}月{founded.day:02d}日", size=12),
        _text(132, 76, words["address"], size=12), _text(158, 76, address[:10], size=12),
        _text(158, 82, address[10:20], size=12), _text(158, 88 if len(address) > 20 else 200, address[20:], size=12),
        _text(132, 112, "登记机关", size=12), _text(150, 126, f"{founded.year}年{founded.month:02d}月{founded.day:02d}日", size=12),
    )  # fmt: skip
    return Drawn("business-licence", n, truth, source)


def _birth_certificate(n: int) -> Drawn:
    mother, father = PEOPLE[0 if n % 2 else 3], PEOPLE[1 + n % 2]
    child, sex = ("林小满", "周知行", "赵安然", "欧阳果")[n % 4], "男女"[n % 2]
    born = date(2026, 10 - n, 5 + n)
    number = f"T32{n}{4_711_003 + 131 * n:07d}"[:10]
    weight, length = str(3120 + 60 * n), str(49 + n)
    hospital = ("南京市虚构妇幼保健院", "南京市演示第一医院", "苏州市样例妇幼保健院", "南京市假想人民医院")[
        n % 4
    ]
    truth = {
        "name": child, "sex": sex, "birth_time": f"{born.isoformat()}T0{n + 1}:2{n}", "weight": weight,
        "length": length, "institution": hospital, "number": number,
    }  # fmt: skip
    rows = (
        (34, 18, "新生儿姓名", child), (34, 78, "性别", sex),
        (34, 112, "出生时间", f"{born.year}年{born.month:02d}月{born.day:02d}日0{n + 1}时2{n}分"),
        (46, 18, "出生孕周", "39周"), (46, 60, "出生体重", f"{weight}克"), (46, 112, "出生身长", f"{length}厘米"),
        (58, 18, "医疗机构名称", hospital), (58, 112, "出生地", "江苏省南京市鼓楼区"),
        (72, 18, "母亲姓名", mother.name), (72, 78, "民族", f"{mother.nation}族"),
        (84, 18, "有效身份证件号码", mother.id_number),
        (98, 18, "父亲姓名", father.name), (98, 78, "民族", f"{father.nation}族"),
        (110, 18, "有效身份证件号码", father.id_number),
    )  # fmt: skip
    source = _page(
        210, 148, "#f5f1f3", _text(66, 14, "出 生 医 学 证 明", size=26, family="Noto Serif SC"),
        *(p for y, x, label, value in rows for p in (
            _text(x, y, label, size=10), _text(x + 3.9 * len(label) + 3, y - 0.3, value, size=11))),
        _text(120, 126, "出生证编号", size=10), _text(143, 125.5, number, size=12),
    )  # fmt: skip
    return Drawn("birth-medical-certificate", n, truth, source)


def _bank_card(n: int) -> Drawn:
    number = bank_account(31_415_926 * (n + 3))
    bank = ("样例银行", "虚构商业银行", "演示农村商业银行", "假想银行")[n % 4]
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    source = _page(
        86, 54, "#dfe7f3",
        _text(6, 6, bank, size=13), _text(64, 7, "借记卡", size=8), _text(6, 27, grouped, size=14, spacing=0.6),
        _text(30, 38, "VALID THRU", size=5), _text(45, 37.2, "11/31", size=9), _text(66, 43, "UnionPay银联", size=7),
    )  # fmt: skip
    return Drawn("bank-card", n, {"number": number, "bank": bank}, source)


def _property(n: int) -> Drawn:
    who = PEOPLE[n % 4]
    number = f"苏（20{18 + n}）宁鼓不动产权第00{12_345 + 1_111 * n}号"
    source = _page(
        148, 105, "#f6efe9",
        _text(40, 8, number, size=12), _text(12, 22, "权利人", size=10), _text(40, 22, who.name, size=10),
        _text(12, 32, "共有情况", size=10), _text(40, 32, "单独所有", size=10),
        _text(12, 42, "坐落", size=10), _text(40, 42, "".join(who.address), size=10),
        _text(12, 52, "不动产单元号", size=10), _text(40, 52, "320106 001002 GB00001 F00010001", size=10),
        _text(12, 62, "权利类型", size=10), _text(40, 62, "国有建设用地使用权/房屋所有权", size=10),
        _text(12, 72, "用途", size=10), _text(40, 72, "城镇住宅用地/住宅", size=10),
        _text(12, 82, "面积", size=10), _text(40, 82, "宗地面积2100.5㎡/房屋建筑面积89.32㎡", size=10),
    )  # fmt: skip
    return Drawn("property-certificate", n, {"number": number, "holder": who.name}, source)


def _marriage(n: int) -> Drawn:
    one, other = PEOPLE[n % 4], PEOPLE[(n + 1) % 4]
    day = date(2015 + n, 5, 20 - n)
    number = f"J320106-{day.year}-00{1_207 + n}"
    source = _page(
        148, 105, "#f9eeee",
        _text(60, 8, "结婚证", size=20, family="Noto Serif SC"),
        _text(14, 26, "持证人", size=10), _text(44, 26, one.name, size=10),
        _text(14, 35, "登记日期", size=10), _text(44, 35, f"{day.year}年{day.month:02d}月{day.day:02d}日", size=10),
        _text(14, 44, "结婚证字号", size=10), _text(44, 44, number, size=10),
        _text(14, 58, f"姓名 {one.name}", size=10), _text(60, 58, f"性别 {one.sex}", size=10),
        _text(14, 66, "身份证件号", size=10), _text(44, 66, one.id_number, size=10),
        _text(14, 80, f"姓名 {other.name}", size=10), _text(60, 80, f"性别 {other.sex}", size=10),
        _text(14, 88, "身份证件号", size=10), _text(44, 88, other.id_number, size=10),
    )  # fmt: skip
    return Drawn("marriage-certificate", n, {"number": number, "registered": day.isoformat()}, source)


def _driving(n: int) -> Drawn:
    who = PEOPLE[n % 4]
    first, since = date(2008 + n, 6, 8 + n), date(2018 + n, 6, 8 + n)
    until = date(2028 + n, 6, 8 + n)
    truth = {
        "name": who.name, "number": who.id_number, "licence_class": ("C1", "A2", "C2", "B2")[n % 4],
        "first_issued": first.isoformat(), "valid_until": until.isoformat(),
    }  # fmt: skip
    source = _page(
        88, 60, "#f3f3ee",
        _text(17, 4, "中华人民共和国机动车驾驶证", size=11), _text(9, 14, "证号", size=7), _text(22, 13.3, who.id_number, size=10),
        _text(9, 22, "姓名", size=7), _text(18, 21.6, who.name, size=9), _text(42, 22, "性别", size=7), _text(51, 21.6, who.sex, size=9),
        _text(58, 22, "国籍", size=7), _text(66, 21.6, "中国", size=9),
        _text(9, 29, "住址", size=7), _text(18, 28.6, "".join(who.address), size=8),
        _text(28, 37, "出生日期", size=7), _text(46, 36.6, who.born.isoformat(), size=9),
        _text(28, 43, "初次领证日期", size=7), _text(46, 42.6, first.isoformat(), size=9),
        _text(28, 49, "准驾车型", size=7), _text(46, 48.6, truth["licence_class"], size=9),
        _text(4, 55, "有效期限", size=7), _text(16, 54.6, f"{since.isoformat()}至{until.isoformat()}", size=9),
    )  # fmt: skip
    return Drawn("driving-licence", n, truth, source)


KINDS: dict[str, Callable[[int], Drawn]] = {
    "id-card": _id_card,
    "id-card-back": _id_card_back,
    "business-licence": _business_licence,
    "birth-medical-certificate": _birth_certificate,
    "bank-card": _bank_card,
    "property-certificate": _property,
    "marriage-certificate": _marriage,
    "driving-licence": _driving,
}


def draw(kind: str, number: int) -> tuple[Drawn, bytes]:
    """Return the paper and a clean picture of it as PNG, about 1,200 pixels wide, or 900 as from an older telephone."""
    drawn = KINDS[kind](number)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "paper.typ"
        source.write_text(drawn.source, encoding="utf-8")
        small = kind in ("id-card", "id-card-back", "bank-card", "driving-licence")
        png = typst.compile(
            str(source), format="png", ppi=(360 if small else 150) * (1 if number < 2 else 0.75),
            font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)], ignore_system_fonts=True,
        )  # fmt: skip
    assert isinstance(png, bytes)
    return drawn, png
