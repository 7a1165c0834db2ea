"""
By which words a paper is known, and which labels stand on it (证件样式).

The words are those that the issuers print today; a paper in another layout is not known, and is then typed from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .codes import is_luhn_number
from .reading_lines import Photograph, plain, rows_of


class PaperKind(StrEnum):
    """The papers whose print is understood."""

    ID_CARD = "id-card"  # 居民身份证, the side with the portrait
    ID_CARD_BACK = "id-card-back"  # the side with the emblem
    BUSINESS_LICENCE = "business-licence"
    BIRTH_CERTIFICATE = "birth-medical-certificate"
    BANK_CARD = "bank-card"
    PROPERTY_CERTIFICATE = "property-certificate"
    MARRIAGE_CERTIFICATE = "marriage-certificate"
    DRIVING_LICENCE = "driving-licence"

    @property
    def words(self) -> str:
        return _TITLES[self]


_TITLES = {
    PaperKind.ID_CARD: "身份证（人像面）",
    PaperKind.ID_CARD_BACK: "身份证（国徽面）",
    PaperKind.BUSINESS_LICENCE: "营业执照",
    PaperKind.BIRTH_CERTIFICATE: "出生医学证明",
    PaperKind.BANK_CARD: "银行卡",
    PaperKind.PROPERTY_CERTIFICATE: "不动产权证书",
    PaperKind.MARRIAGE_CERTIFICATE: "结婚证",
    PaperKind.DRIVING_LICENCE: "驾驶证",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on a paper: words that it alone carries, words that it shares, labels and those whose text is long."""

    own: tuple[str, ...]
    shared: tuple[str, ...]
    labels: tuple[str, ...]
    long: frozenset[str] = frozenset()


LAYOUTS: Mapping[PaperKind, Layout] = {
    PaperKind.ID_CARD: Layout(
        own=("公民身份号码",),
        shared=("姓名", "性别", "民族", "出生", "住址"),
        labels=("姓名", "性别", "民族", "出生", "住址", "公民身份号码"),
        long=frozenset({"住址", "姓名"}),
    ),
    PaperKind.ID_CARD_BACK: Layout(
        own=("居民身份证", "签发机关"),
        shared=("中华人民共和国", "有效期限"),
        labels=("签发机关", "有效期限"),
        long=frozenset({"签发机关"}),
    ),
    PaperKind.BUSINESS_LICENCE: Layout(
        own=("营业执照", "统一社会信用代码"),
        shared=("经营范围", "法定代表人", "注册资本", "成立日期", "住所", "登记机关"),
        labels=(
            "统一社会信用代码", "名称", "类型", "法定代表人", "经营者", "负责人", "投资人", "执行事务合伙人",
            "经营范围", "注册资本", "成立日期", "注册日期", "营业期限", "主要经营场所", "经营场所", "营业场所",
            "住所", "登记机关", "组成形式",
        ),
        long=frozenset({"名称", "经营范围", "主要经营场所", "经营场所", "营业场所", "住所"}),
    ),
    PaperKind.BIRTH_CERTIFICATE: Layout(
        own=("出生医学证明", "新生儿姓名"),
        shared=("出生孕周", "出生体重", "出生身长", "母亲姓名", "父亲姓名", "出生证编号", "医疗机构名称"),
        labels=(
            "新生儿姓名", "性别", "出生时间", "出生孕周", "出生体重", "出生身长", "医疗机构名称", "出生地",
            "母亲姓名", "父亲姓名", "年龄", "国籍", "民族", "住址", "有效身份证件类别", "有效身份证件号码",
            "出生证编号", "签发机构", "签发日期",
        ),
        long=frozenset({"医疗机构名称", "出生地", "住址", "签发机构"}),
    ),
    PaperKind.BANK_CARD: Layout(
        own=("借记卡", "储蓄卡", "信用卡", "VALIDTHRU"), shared=("银行", "银联", "UnionPay"), labels=()
    ),
    PaperKind.PROPERTY_CERTIFICATE: Layout(
        own=("不动产权证书", "不动产权第", "不动产单元号"),
        shared=("权利人", "共有情况", "坐落", "权利类型", "权利性质"),
        labels=(
            "权利人", "共有情况", "坐落", "不动产单元号", "权利类型", "权利性质", "用途", "面积", "使用期限",
            "权利其他状况",
        ),
        long=frozenset({"坐落", "权利人"}),
    ),
    PaperKind.MARRIAGE_CERTIFICATE: Layout(
        own=("结婚证", "结婚证字号"),
        shared=("持证人", "登记日期", "身份证件号"),
        labels=(
            "持证人", "登记日期", "结婚证字号", "备注", "姓名", "性别", "国籍", "出生日期", "身份证件号",
        ),
        long=frozenset({"持证人"}),
    ),
    PaperKind.DRIVING_LICENCE: Layout(
        own=("机动车驾驶证", "准驾车型", "初次领证日期"),
        shared=("证号", "姓名", "住址", "有效期限"),
        labels=(
            "证号", "姓名", "性别", "国籍", "住址", "出生日期", "初次领证日期", "准驾车型", "有效期限",
            "有效起始日期", "档案编号",
        ),
        long=frozenset({"住址", "姓名"}),
    ),
}  # fmt: skip

#: Papers that are known by name only, so that a wrong one can be named.
_OTHERS = {
    "居民户口簿": "户口簿",
    "常住人口登记卡": "户口簿",
    "社会保障卡": "社会保障卡",
    "社会保障号码": "社会保障卡",
    "中华人民共和国护照": "护照",
    "离婚证": "离婚证",
    "离婚证字号": "离婚证",
    "食品经营许可证": "食品经营许可证",
    "行驶证": "行驶证",
    "发票代码": "发票",
    "临时身份证": "临时身份证",
}
_ENOUGH = 4
_BANK_NUMBER = (16, 17, 18, 19)


def kind_of(photograph: Photograph) -> PaperKind | None:
    """Return which paper is on a photograph, or None if its words do not say so."""
    text = _text(photograph)
    if other_paper(photograph):
        return None
    worth = {kind: _worth(layout, text) for kind, layout in LAYOUTS.items()}
    if _has_card_number(photograph):
        worth[PaperKind.BANK_CARD] += 3
    best = max(worth, key=lambda kind: worth[kind])
    return best if worth[best] >= _ENOUGH else None


def other_paper(photograph: Photograph) -> str:
    """Return the name of a paper that is known by name only, or nothing."""
    text = _text(photograph)
    return next((name for word, name in _OTHERS.items() if word in text), "")


def _worth(layout: Layout, text: str) -> int:
    return sum(3 for word in layout.own if word in text) + sum(1 for word in layout.shared if word in text)


def _text(photograph: Photograph) -> str:
    return "\n".join(row.text for row in rows_of(photograph.lines))


def _has_card_number(photograph: Photograph) -> bool:
    return any(
        len(digits) in _BANK_NUMBER and is_luhn_number(digits)
        for line in photograph.lines
        if (digits := plain(line.text)).isascii() and digits.isdigit()
    )
