"""
From the print on a photographed paper to the fields of a form: each one confirmed, to be compared, or declined (读证件).

A value is taken as it is printed and never mended. What a check digit or a second print on the same paper confirms is
`checked`; what nothing confirms must be compared by a person; what contradicts itself is declined.

Basis: GB 11643-1999 (birth and sex in the citizen number), GB 32100-2015, ISO/IEC 7812-1 (check digits),
居民身份证法, art. 5 (cards hold for 5, 10 or 20 years, or for long).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .codes import is_citizen_number, is_credit_code, is_luhn_number
from .paper_marks import LAYOUTS, PaperKind
from .paper_page import Page
from .reading_lines import Photograph, Span

LEAST, SURE = 0.80, 0.90  # confidence below which nothing is taken, and above which a check digit confirms
_DAY = re.compile(r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")
_MOMENT = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})时(\d{1,2})分")
_TERM = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})[-—~至](?:(\d{4})\.(\d{2})\.(\d{2})|长期)")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,15}(?:[·•][\u3400-\u9fff]{1,15})*")
_ADDRESS = re.compile(r"[\u3400-\u9fffA-Z0-9#()\-—、·]{6,80}")
_TITLE = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·&]{4,60}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_YEARS_OF_CARDS = (5, 10, 20)
NATIONS = frozenset([
    "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣",
    "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉",
    "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙",
    "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
])  # fmt: skip

NOT_FOUND = "照片上没有认出来"
UNCLEAR = "这几个字不够清楚"
AT_EDGE = "这里没有拍全"
DAZZLED = "这里有反光，可能缺了字"
TWICE = "照片上有两处不一样的"
ODD = "认出来的不像"


class Standing(StrEnum):
    """How far a value may be trusted before a person has looked at it."""

    CHECKED = "checked"  # its check digit or a second print on the paper agrees
    COMPARE = "compare"  # read, and confirmed by nothing but the person's eyes
    DECLINED = "declined"  # not taken; to be typed


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperField:
    """One field of a paper: what was read and as it was printed, or why not."""

    key: str
    name: str
    standing: Standing
    value: str = ""
    why: str = ""  # of a declined one
    printed: tuple[str, ...] = ()  # the pieces of print that the value is made of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRead:
    """What was read of a paper of one kind."""

    kind: PaperKind
    fields: tuple[PaperField, ...]

    def field(self, key: str) -> PaperField | None:
        return next((field for field in self.fields if field.key == key), None)


def read_paper(photograph: Photograph, kind: PaperKind) -> PaperRead:
    """Return the fields of a paper of a known kind, declined ones with the reason."""
    return PaperRead(kind=kind, fields=_READERS[kind](Page(photograph, LAYOUTS[kind])))


def _declined(key: str, name: str, why: str) -> PaperField:
    return PaperField(key=key, name=name, standing=Standing.DECLINED, why=why)


def _taken(
    key: str, name: str, span: Span | None, value: Callable[[str], str], *, checked: bool = False
) -> PaperField:
    """Return the field for a stretch of print; `value` returns nothing for what does not look like one."""
    if span is None:
        return _declined(key, name, NOT_FOUND)
    if span.at_edge:
        return _declined(key, name, AT_EDGE)
    if span.confidence < LEAST:
        return _declined(key, name, UNCLEAR)
    if not (text := value(span.text)):
        return _declined(key, name, f"{ODD}{name}")
    standing = Standing.CHECKED if checked and span.confidence >= SURE else Standing.COMPARE
    if span.dazzled and standing is not Standing.CHECKED:
        return _declined(key, name, DAZZLED)
    return PaperField(key=key, name=name, standing=standing, value=text, printed=span.pieces)


def _whole(pattern: "re.Pattern[str]") -> Callable[[str], str]:
    return lambda text: text if pattern.fullmatch(text) else ""


def _name(text: str) -> str:
    return text if _NAME.fullmatch(text) else ""


def _address(text: str) -> str:
    return text if _ADDRESS.fullmatch(text) and len(_HAN.findall(text)) >= 4 else ""


def _day(text: str) -> str:
    match = _DAY.fullmatch(text)
    return _iso(match.groups()) if match else ""


def _iso(parts: "tuple[str | None, ...]") -> str:
    try:
        return date(*(int(part or 0) for part in parts)).isoformat()
    except ValueError:
        return ""


def _only(
    key: str, name: str, spans: tuple[Span, ...], is_right: Callable[[str], bool], *, confirms: bool = True
) -> PaperField:
    """Return the one number of its shape whose check digit is right; declined where it is wrong or there are several."""
    right = {span.text.upper(): span for span in spans if is_right(span.text.upper())}
    if len(right) > 1:
        return _declined(key, name, TWICE)
    if not right:
        return _declined(key, name, f"{name}的校验位对不上，可能有一位认错了" if spans else NOT_FOUND)
    ((number, span),) = right.items()
    return _taken(key, name, span, lambda _: number, checked=confirms)


_CITIZEN = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_CREDIT = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")


def _id_card(page: Page) -> tuple[PaperField, ...]:
    number = _only("number", "公民身份号码", page.matching(_CITIZEN), is_citizen_number)
    sex = _taken("sex", "性别", page.after("性别"), _whole(re.compile("[男女]")))
    birth = _taken("birth", "出生日期", page.after("出生"), _day)
    return (
        _taken("name", "姓名", page.after("姓名"), _name),
        *_agreeing(number, birth, sex),
        _taken("nation", "民族", page.after("民族"), lambda text: text if text in NATIONS else ""),
        _taken("address", "住址", page.after("住址", rows_below=2), _address),
    )


def _agreeing(number: PaperField, birth: PaperField, sex: PaperField) -> tuple[PaperField, ...]:
    """Return number, birth and sex after each was held against the others."""
    if not number.value:
        return number, birth, sex
    digits = number.value
    if birth.value and birth.value != f"{digits[6:10]}-{digits[10:12]}-{digits[12:14]}":
        why = "号码里的出生日期和印的不一样"
        return _declined("number", number.name, why), _declined("birth", birth.name, why), sex
    if birth.value:
        number = replace(number, standing=Standing.CHECKED)
        birth = replace(birth, standing=Standing.CHECKED)
    if sex.value and sex.value != "女男"[int(digits[16]) % 2]:
        why = "号码里的性别和印的不一样"
        return _declined("number", number.name, why), birth, _declined("sex", sex.name, why)
    if sex.value:
        sex = replace(sex, standing=Standing.CHECKED)
    return number, birth, sex


def _id_card_back(page: Page) -> tuple[PaperField, ...]:
    authority = re.compile(r"[\u3400-\u9fff]{3,30}局")
    return (
        _taken("authority", "签发机关", page.after("签发机关"), _whole(authority)),
        _valid_until(page.matching(_TERM, in_rows=True)),
    )


def _valid_until(spans: tuple[Span, ...]) -> PaperField:
    key, name = "valid_until", "有效期限"
    if len(spans) != 1:
        return _declined(key, name, TWICE if spans else NOT_FOUND)
    match = _TERM.fullmatch(spans[0].text)
    assert match is not None
    since, until = _iso(match.groups()[:3]), _iso(match.groups()[3:]) if match[4] else "长期"
    if not since or not until or (match[4] and not _is_term(since, until)):
        return _declined(key, name, "起止日期对不上，可能有一位认错了")
    return _taken(key, name, spans[0], lambda _: until, checked=until != "长期")


def _is_term(since: str, until: str) -> bool:
    return since[4:] == until[4:] and int(until[:4]) - int(since[:4]) in _YEARS_OF_CARDS


def _business_licence(page: Page) -> tuple[PaperField, ...]:
    whose = ("法定代表人", "经营者", "负责人", "投资人", "执行事务合伙人")
    where = ("主要经营场所", "经营场所", "营业场所", "住所")
    return (
        _only("credit_code", "统一社会信用代码", page.matching(_CREDIT), is_credit_code),
        _taken("name", "名称", page.after("名称"), _whole(_TITLE)),
        _taken("representative", "法定代表人", page.after(*whose), _name),
        _taken("address", "住所", page.after(*where, rows_below=2), _address),
        _taken("founded", "成立日期", page.after("成立日期", "注册日期"), _day),
    )


def _birth_certificate(page: Page) -> tuple[PaperField, ...]:
    numbers = page.matching(re.compile(r"(?<![0-9A-Za-z])[A-Z]\d{9}(?![0-9A-Za-z])"))
    return (
        _taken("name", "新生儿姓名", page.after("新生儿姓名"), _name),
        _taken("sex", "性别", page.after("性别"), _whole(re.compile("[男女]"))),
        _taken("birth_time", "出生时间", page.after("出生时间"), _moment),
        _taken("weight", "出生体重", page.after("出生体重"), _amount(r"([1-9]\d{2,3})(?:克|g)")),
        _taken("length", "出生身长", page.after("出生身长"), _amount(r"([2-6]\d)(?:厘米|cm)")),
        _taken("institution", "助产机构", page.after("医疗机构名称"), _whole(_TITLE)),
        _taken("number", "出生证编号", numbers[0] if len({n.text for n in numbers}) == 1 else None, str),
    )


def _amount(shape: str) -> Callable[[str], str]:
    pattern = re.compile(shape)
    return lambda text: match[1] if (match := pattern.fullmatch(text)) else ""


def _moment(text: str) -> str:
    match = _MOMENT.fullmatch(text)
    if not match or not (day := _iso(match.groups()[:3])) or int(match[4]) > 23 or int(match[5]) > 59:
        return ""
    return f"{day}T{int(match[4]):02d}:{int(match[5]):02d}"


def _bank_card(page: Page) -> tuple[PaperField, ...]:
    banks = page.matching(re.compile(r"[\u3400-\u9fff]{2,20}银行"))
    named = banks[0] if len({bank.text for bank in banks}) == 1 else None
    return (
        # Its length varies and its check digit lets one in ten pass: a number that lost its end may look right.
        _only("number", "卡号", page.matching(_CARD, in_rows=True), is_luhn_number, confirms=False),
        _taken("bank", "开户银行", named, str),
    )


def _property_certificate(page: Page) -> tuple[PaperField, ...]:
    shape = re.compile(r"[\u3400-\u9fff]\(\d{4}\)[\u3400-\u9fff]{1,12}不动产权第\d{5,9}号")
    numbers = page.matching(shape, in_rows=True)
    one = numbers[0] if len({number.text for number in numbers}) == 1 else None
    wide = _taken("number", "不动产权证号", one, lambda text: text.replace("(", "（").replace(")", "）"))
    return (wide, _taken("holder", "权利人", page.after("权利人"), _name))


def _marriage_certificate(page: Page) -> tuple[PaperField, ...]:
    numbers = page.matching(re.compile(r"(?<![0-9A-Za-z])J\d{6}-\d{4}-\d{6}(?![0-9A-Za-z])"))
    number = _taken("number", "结婚证字号", numbers[0] if len({n.text for n in numbers}) == 1 else None, str)
    registered = _taken("registered", "登记日期", page.after("登记日期"), _day)
    if number.value and registered.value and number.value[8:12] != registered.value[:4]:
        why = "字号里的年份和登记日期不一样"
        return _declined("number", number.name, why), _declined("registered", registered.name, why)
    return number, registered


def _driving_licence(page: Page) -> tuple[PaperField, ...]:
    number = _only("number", "证号", page.matching(_CITIZEN), is_citizen_number)
    birth = _taken("birth", "出生日期", page.after("出生日期"), _day)
    sex = _taken("sex", "性别", page.after("性别"), _whole(re.compile("[男女]")))
    number, birth, sex = _agreeing(number, birth, sex)
    classes = _whole(re.compile(r"(?:A[123]|B[12]|C[123456]|[DEFMNP]){1,4}"))
    term = re.compile(r"(\d{4}-\d{2}-\d{2})至(\d{4}-\d{2}-\d{2})")
    ends = page.matching(term, in_rows=True)
    return (
        _taken("name", "姓名", page.after("姓名"), _name),
        number,
        _taken("licence_class", "准驾车型", page.after("准驾车型"), classes),
        _taken("first_issued", "初次领证日期", page.after("初次领证日期"), _day),
        _driving_term(ends, term),
    )


def _driving_term(ends: tuple[Span, ...], term: "re.Pattern[str]") -> PaperField:
    key, name = "valid_until", "有效期限"
    match = term.fullmatch(ends[0].text) if len(ends) == 1 else None
    if match is None:
        return _declined(key, name, TWICE if ends else NOT_FOUND)
    since, until = _day(match[1]), _day(match[2])
    years = int(match[2][:4]) - int(match[1][:4])
    if not since or not until or since[4:] != until[4:] or years not in (6, 10):
        return _declined(key, name, "起止日期对不上，可能有一位认错了")
    return _taken(key, name, ends[0], lambda _: until, checked=True)


_READERS: Mapping[PaperKind, Callable[[Page], tuple[PaperField, ...]]] = {
    PaperKind.ID_CARD: _id_card,
    PaperKind.ID_CARD_BACK: _id_card_back,
    PaperKind.BUSINESS_LICENCE: _business_licence,
    PaperKind.BIRTH_CERTIFICATE: _birth_certificate,
    PaperKind.BANK_CARD: _bank_card,
    PaperKind.PROPERTY_CERTIFICATE: _property_certificate,
    PaperKind.MARRIAGE_CERTIFICATE: _marriage_certificate,
    PaperKind.DRIVING_LICENCE: _driving_licence,
}
