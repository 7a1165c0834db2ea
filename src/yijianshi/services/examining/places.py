"""Where in a list something stands, and what is wrong there: said so that whoever keeps the list can go to the cell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a list: file, sheet, row as a spreadsheet numbers it, and the heading of the column."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = f"{self.file}“{self.sheet}”" if self.sheet else self.file
        where += f"第 {self.row} 行" if self.row else ""
        return where + (f"“{self.column}”" if self.column else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which rule found it, where, what and why, and what would do."""

    rule: str
    cell: Cell
    subject: str  # the item or the material concerned
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule looks for: its heading, how grave it is, and the law behind it."""

    title: str
    grave: bool
    why: str = ""


RULES: dict[str, RuleText] = {
    # what could not be read
    "file-unreadable": RuleText("读不了的文件", True),
    "sheet-not-understood": RuleText("看不懂的表", True),
    "row-unreadable": RuleText("读不了的行", True),
    "text-damaged": RuleText("有乱码的行", True),
    "too-much": RuleText("超过上限没有读的", True),
    "orphan": RuleText("找不到所属事项的材料、收费、问答", True),
    "column-missing": RuleText("缺少的栏目", False, "国家交换库必填栏目"),
    # what cannot be asked of people
    "material-without-basis": RuleText(
        "没有依据的材料", True, "苏政办发〔2022〕87号 二(五)：清理没有法律法规规章依据的申请材料"
    ),
    "forbidden-material": RuleText("不得索要的材料", True, "法律法规和国务院决定已经取消，或者可以共享取得"),
    "item-without-basis": RuleText("没有设定依据的事项", True, "优化营商环境条例 第三十五条、第三十六条"),
    "fee-without-basis": RuleText("没有依据的收费", True, "行政许可法 第五十八条、第五十九条"),
    "promised-longer-than-statutory": RuleText("承诺比法定还长", True, "承诺时限不得超过法定时限"),
    # numbers and words of the list
    "basic-code": RuleText("基本编码不对", True, "GB/T 39554.1-2020"),
    "implementation-code": RuleText("实施编码不对", True, "GB/T 39554.1-2020，GB 32100-2015"),
    "codes-disagree": RuleText("编码前后不一致", True, "GB/T 39554.1-2020"),
    "duplicate-code": RuleText("实施编码重复", True),
    "code-unknown-value": RuleText("不认识的代码值", True, "GB/T 39046-2020 附录 A"),
    "days-not-understood": RuleText("看不懂的天数", True),
    "day-not-understood": RuleText("看不懂的日期", True),
    "required-empty": RuleText("必填的没有填", False, "国家交换库必填栏目"),
    "units-differ": RuleText("法定和承诺的单位不同", False),
    "instant-with-days": RuleText("即办件却要等几天", False),
    "out-of-force": RuleText("已经失效的事项", False),
    # one item, four levels
    "name-differs": RuleText("同一编码，名称不同", True, "四级四同：国发〔2022〕5号"),
    "basis-differs": RuleText("同一编码，设定依据不同", True, "四级四同：国发〔2022〕5号"),
    "type-differs": RuleText("同一编码，事项类型不同", True, "四级四同：国发〔2022〕5号"),
    "code-differs": RuleText("同一名称，基本编码不同", True, "四级四同：国发〔2022〕5号"),
    # what one thing would spare
    "asked-twice-material": RuleText("一件事里重复要的材料", False, "一套材料"),
    "shared-material": RuleText("共享和电子证照可以免交的材料", False, "国务院令第716号 第七条至第十二条"),
    "produced-material": RuleText("同一件事里自己会办出来的材料", False, "一套材料"),
    "needless-wait": RuleText("可以不等的先后", False, "能并联的并联"),
}
