"""
What is wrong with the items of a list themselves: numbers, limits, bases, charges, and materials nobody may ask for.

Basis: Administrative License Law, arts. 30, 42, 58, 59; GB/T 39554.1-2020; GB/T 39046-2020, annex A; 苏政办发〔2022〕87号, 二(五).
"""

from collections.abc import Iterator
from datetime import date

from yijianshi.domain.catalogue import Bundle, ServiceItem
from yijianshi.domain.codes import is_basic_code, is_credit_code

from .joining import UNTOLD
from .listed import WORKING, ListedItem, ListedMaterial
from .places import Cell, Finding
from .values import LEVELS
from .wanted import Materials

Known = list[tuple[Bundle, ServiceItem]]


def faults_of(item: ListedItem, known: Known, materials: Materials, *, on: date) -> Iterator[Finding]:
    """Yield everything that is wrong with one item of a list; `known` are the items of the catalogue that it is."""
    yield from _codes(item)
    yield from _limits(item)
    yield from _bases(item)
    if item.ends is not None and item.ends < on:
        yield Finding(
            "out-of-force",
            _at(item, "计划取消日期"),
            item.title,
            f"{item.ends:%Y-%m-%d} 起已经取消，还在清单里",
            "从清单里撤下；仍在办的，改正取消日期",
        )
    for material in item.materials:
        yield from _material(item, material, known, materials)


def repeated_codes(items: list[ListedItem]) -> Iterator[Finding]:
    """Yield every implementation code that stands a second time."""
    seen: dict[tuple[str, str], ListedItem] = {}
    for item in items:
        if not item.code:
            continue
        first = seen.setdefault((item.code, item.subname), item)
        if first is not item:
            yield Finding(
                "duplicate-code", _at(item, "实施编码"), item.title,
                f"实施编码 {item.code} 在{first.cell}已经有了（{first.title}）", "一个实施事项一个编码；重复的删去一行",
            )  # fmt: skip


def _codes(item: ListedItem) -> Iterator[Finding]:
    basic, code = item.basic_code, item.code
    if basic and not is_basic_code(basic):
        yield Finding(
            "basic-code",
            _at(item, "基本编码"),
            item.title,
            _why_not_basic(basic),
            "照国家或省的基本目录填 12 位",
        )
    if code:
        yield from _implementation(item, basic, code)
    if basic and is_basic_code(basic) and item.type and basic[2:4] != item.type:
        yield Finding(
            "codes-disagree", _at(item, "基本编码"), item.title,
            f"基本编码第 3、4 位是 {basic[2:4]}，事项类型是 {item.type}", "两处填成一样的",
        )  # fmt: skip
    if item.department_code and not is_credit_code(item.department_code):
        yield Finding(
            "implementation-code", _at(item, "实施主体编码"), item.title,
            f"实施主体编码 {item.department_code[:20]} 不是正确的统一社会信用代码（18 位，末位校验）",
            "照单位的统一社会信用代码证书填",
        )  # fmt: skip


def _why_not_basic(basic: str) -> str:
    if basic.isdigit() and len(basic) < 12:
        return f"基本编码 {basic} 只有 {len(basic)} 位，像是被表格软件当成数字，去掉了前面的 0；应为 12 位"
    if len(basic) != 12:
        return f"基本编码 {basic[:24]} 是 {len(basic)} 位，应为 12 位"
    return f"基本编码 {basic} 里有不该有的字符，只能是数字和大写字母"


def _implementation(item: ListedItem, basic: str, code: str) -> Iterator[Finding]:
    def tell(rule: str, message: str, remedy: str) -> Finding:
        return Finding(rule, _at(item, "实施编码"), item.title, message, remedy)

    if "E+" in code.upper() or (code.isdigit() and len(code) < 18):
        yield tell(
            "implementation-code",
            f"实施编码 {code[:24]} 像是被表格软件当成数字改坏了",
            "把这一栏设成文本，重新填 31 位",
        )
        return
    if len(code) not in (31, 33):
        yield tell(
            "implementation-code",
            f"实施编码 {code[:36]} 是 {len(code)} 位，应为 31 位",
            "统一社会信用代码 18 位 + 行使层级 1 位 + 基本编码 12 位",
        )
        return
    if not is_credit_code(code[:18]):
        yield tell(
            "implementation-code",
            f"实施编码前 18 位 {code[:18]} 不是正确的统一社会信用代码（末位校验不符）",
            "照实施主体的统一社会信用代码填",
        )
    level = code[18]
    if level not in LEVELS or level == "7":
        yield tell("implementation-code", f"实施编码第 19 位是 {level}，应是行使层级 1 至 6", "照行使层级填")
    elif item.level and item.level != "7" and level != item.level:
        yield tell("codes-disagree", f"实施编码第 19 位是 {level}，行使层级是 {item.level}", "两处填成一样的")
    if basic and code[19:31] != basic:
        yield tell(
            "codes-disagree",
            f"实施编码后 12 位 {code[19:31]} 不是这个事项的基本编码 {basic}",
            "两处填成一样的",
        )
    if item.department_code and code[:18] != item.department_code:
        yield tell(
            "codes-disagree",
            f"实施编码前 18 位和实施主体编码 {item.department_code} 不一样",
            "两处填成一样的",
        )


def _limits(item: ListedItem) -> Iterator[Finding]:
    if item.promised is None or item.statutory is None:
        return
    if item.promised_unit != item.statutory_unit:
        if item.promised and item.statutory:
            words = {WORKING: "工作日"}
            yield Finding(
                "units-differ", _at(item, "承诺办结时限"), item.title,
                f"法定按{words.get(item.statutory_unit, '自然日')}、承诺按{words.get(item.promised_unit, '自然日')}，没法直接比较",
                "承诺用和法定一样的单位",
            )  # fmt: skip
    elif item.promised > item.statutory:
        yield Finding(
            "promised-longer-than-statutory", _at(item, "承诺办结时限"), item.title,
            f"承诺 {item.promised:g} 天，比法定的 {item.statutory:g} 天还长", "缩短到法定时限以内",
        )  # fmt: skip


def _bases(item: ListedItem) -> Iterator[Finding]:
    if not item.basis:
        yield Finding(
            "item-without-basis", _at(item, "设定依据"), item.title, "没有写设定依据", "写上法律法规规章的名称和条款；没有依据的不得要求办理",
        )  # fmt: skip
    charged = item.is_fee is True or bool(item.fees)
    if charged and not item.fee_basis and not any(fee.basis for fee in item.fees):
        cell = item.fees[0].cell if item.fees else _at(item, "收费依据")
        yield Finding(
            "fee-without-basis",
            cell,
            item.title,
            "要收费，却没有写收费依据",
            "写上收费依据；没有依据的不得收费",
        )
    elif charged:
        for fee in item.fees:
            if not fee.basis and not item.fee_basis:
                yield Finding(
                    "fee-without-basis",
                    fee.cell,
                    item.title,
                    f"“{fee.name}”没有写收费依据",
                    "写上收费依据；没有依据的不得收费",
                )


def _material(
    item: ListedItem, material: ListedMaterial, known: Known, materials: Materials
) -> Iterator[Finding]:
    if rule := materials.forbidden(material.name, items=known):
        yield Finding(
            "forbidden-material", material.cell, item.title, f"不得索要“{material.name}”：{rule.reason}", "从申请材料里删去",
        )  # fmt: skip
    if not material.basis and material.basis != UNTOLD:
        yield Finding(
            "material-without-basis", material.cell, item.title, f"要“{material.name}”，没有写依据",
            "写上要求提供这份材料的法律法规规章条款；找不到依据的删去",
        )  # fmt: skip


def _at(item: ListedItem, column: str) -> Cell:
    return Cell(item.cell.file, item.cell.sheet, item.cell.row, column)
