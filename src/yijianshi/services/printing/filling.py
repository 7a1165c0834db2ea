"""What was filed, as forms show it: sections of values with where each comes from, materials, and how it was signed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from yijianshi.domain.codes import DivisionCode, ElementCode, MaterialCode, ResourceCode
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.drafts import CHOICE, OWN_WORD, Value
from yijianshi.domain.editions import Edition, lineage
from yijianshi.domain.mandates import KIND_WORDS, MandateKind
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.together import WAYS
from yijianshi.store.mandates.models import MandateRow
from yijianshi.store.materials.models import BlobRow

from .. import letters
from ..contents import KeptConfirmation
from ..people.actors import name_of
from .opening import Opened
from .words import day_words, masked_name, moment_words, size_words

_SIGNED = {
    "typed-name": "登录后键入姓名确认",
    "window": "综合窗口当面确认",
    "correction": "登录后提交补正",
    "client": "经接入系统提交",
}


class Entry(NamedTuple):
    """One field of a form: what it is called there, and its value if there is one."""

    element: DataElement
    value: Value | None
    label: str = ""
    later: bool = False  # it arises from this very handling


def sections(entries: Iterable[tuple[str, Entry]], edition: Edition) -> tuple[letters.Section, ...]:
    """Return the entries under their headings, tables after the lines of their section."""
    lines: dict[str, list[letters.Line]] = {}
    tables: dict[str, list[letters.Table]] = {}
    for heading, entry in entries:
        lines.setdefault(heading, [])
        if entry.element.kind is Kind.TABLE:
            tables.setdefault(heading, []).append(_table(entry, edition))
        else:
            lines[heading].append(_line(entry, edition))
    return tuple(
        letters.Section(heading=heading, lines=tuple(found), tables=tuple(tables.get(heading, ())))
        for heading, found in lines.items()
    )


def value_words(value: Any, element: DataElement, edition: Edition) -> str:
    """Return an answer as one reads it on paper: 是, 480 平方米, 2026 年 12 月 1 日, 江苏省南京市鼓楼区."""
    if value in (None, "", [], ()):
        return ""
    if element.kind is Kind.BOOL:
        return "是" if value is True else "否"
    if element.kind is Kind.DECLARATION:
        return "已阅读并确认" if value is True else "没有确认"
    if element.kind is Kind.REGION:
        return _region(str(value), edition)
    if element.kind is Kind.MULTI_ENUM and isinstance(value, list | tuple):
        return "；".join(str(one) for one in value)
    if element.kind is Kind.DATE_RANGE:
        ends = value.values() if isinstance(value, Mapping) else value
        return "至 ".join(f"{_date(str(end))} " for end in ends).strip()
    if element.kind in (Kind.DATE, Kind.MONTH, Kind.DATETIME):
        return _date(str(value))
    unit = element.unit or ("元" if element.kind is Kind.MONEY else "")
    shown = f"{value:,}" if element.kind is Kind.MONEY and isinstance(value, int | float) else str(value)
    return f"{shown} {_UNITS.get(unit, unit)}".strip()


def source_words(source: str, edition: Edition) -> str:
    """Return who said a value, in as few words as stand beside it."""
    if source in (*OWN_WORD, "situation", CHOICE):
        return "填报"
    if source == "system":
        return "系统计算"
    if resource := edition.resources.get(ResourceCode(source)):
        return f"共享 · {resource.name}"
    names = [item.plain_name for item in edition.bundle.items if item.code == source]
    return f"办理产出 · {names[0]}" if names else "共享"


def filed_materials(
    opened: Opened, *, only: Iterable[MaterialCode] | None = None
) -> tuple[letters.FiledMaterial, ...]:
    """Return the documents as filed, or those of `only`; what this very handling produces was not handed in."""
    wanted = None if only is None else set(only)
    kept = [
        line
        for line in opened.content.manifest
        if line.way != MaterialWay.PRODUCED and (wanted is None or line.material in wanted)
    ]
    sizes = dict(BlobRow.objects.filter(pk__in={line.sha256 for line in kept}).values_list("sha256", "size"))
    seen: dict[str, int] = {}
    filed = []
    for line in kept:
        material = opened.edition.materials[MaterialCode(line.material)]
        seen[line.material] = nth = seen.get(line.material, 0) + 1
        source = {MaterialWay.GENERATED: "系统生成", MaterialWay.UPLOAD: "上传"}.get(
            MaterialWay(line.way), ""
        )
        if line.source == "window":
            source = "窗口收取"
        elif ResourceCode(material.code) in opened.edition.resources:  # another body's record, sent by itself
            source = "共享"
        filed.append(
            letters.FiledMaterial(
                name=material.name if nth == 1 else f"{material.name}（{nth}）",
                source=source or ("电子证照" if material.licence else "共享"),
                digest=line.sha256,
                size=size_words(sizes[line.sha256]) if line.sha256 in sizes else "",
            )
        )
    return tuple(filed)


def acted_by_mandate(opened: Opened) -> tuple[str, str] | None:
    """Return who made this revision for the applicant by mandate, with how he came to do so, or None."""
    row = MandateRow.objects.filter(
        uses__submission=opened.loaded.id, uses__account=opened.made_by, uses__at=opened.made_at
    ).first()
    return (name_of(opened.made_by), KIND_WORDS[MandateKind(row.kind)]) if row else None


def evidence_of(opened: Opened) -> letters.SigningEvidence:
    """Return how the applicant put his name to the revision."""
    signature = opened.content.signature
    way = signature.get("way", "")
    at = datetime.fromisoformat(signature["at"]) if signature.get("at") else opened.made_at
    signer = opened.party.name if way in ("window", "client") else name_of(opened.made_by)
    if acted_by_mandate(opened):
        signer = f"{signer} 代 {opened.party.name}"
    return letters.SigningEvidence(
        signer=signer,
        method=_SIGNED.get(way, way or "登录后确认"),
        at=moment_words(at),
        digest=opened.digest,
        digest_kind="SHA-256",
    )


def promise_of(opened: Opened) -> str:
    """Return what the applicant declared with the form; the consent to look things up only where it was given."""
    who = "本企业" if opened.party.is_enterprise else "本人"
    consent = opened.values.get(ElementCode("data-sharing-consent"))
    looked_up = (
        "，同意有关单位为办理本件事向共享平台核验上述信息" if consent and consent.value is True else ""
    )
    return (
        f"{who}对填报内容和所交材料的真实性负责{looked_up}。\n"
        f"{who}知晓隐瞒有关情况或者提供虚假材料应当承担的法律责任。"
    )


def confirmed_by(opened: Opened) -> str:
    """Return who confirmed the application beside the applicant, one line each; nothing where nobody had to."""
    return "".join(f"\n{_confirmed(one)}" for one in opened.content.confirmations)


def _confirmed(one: KeptConfirmation) -> str:
    way = WAYS.get(one.way, one.way) + (f"，{one.clerk}当面核对" if one.clerk else "")
    return f"{one.role_name}{one.name}于 {moment_words(datetime.fromisoformat(one.at))} 确认首次申报的内容（{way}）。"


def applicant_words(opened: Opened) -> str:
    """Return the applicant as a receipt names him: a person's name masked, an enterprise's in full."""
    return opened.party.name if opened.party.is_enterprise else masked_name(opened.party.name)


def _line(entry: Entry, edition: Edition) -> letters.Line:
    label = entry.label or entry.element.name
    if entry.value is None:
        return letters.Line(label=label, value="", source="办理中取得" if entry.later else "")
    words = value_words(entry.value.value, entry.element, edition)
    source = source_words(entry.value.source, edition)
    if entry.value.objected:
        registered = value_words(entry.value.registered, entry.element, edition)
        return letters.Line(
            label=label,
            value=f"{words}（登记为“{registered}”，申请人认为有误）",
            source=f"填报 · 与{source}不一致",
        )
    return letters.Line(label=label, value=words, source=source)


def _table(entry: Entry, edition: Edition) -> letters.Table:
    element = entry.element
    rows = entry.value.value if entry.value and isinstance(entry.value.value, list | tuple) else ()
    return letters.Table(
        caption=entry.label or element.name,
        columns=tuple(column.name for column in element.columns),
        rows=tuple(
            tuple(
                value_words(row.get(c.key), DataElement(code=element.code, name=c.name, kind=c.kind), edition)
                for c in element.columns
            )
            for row in rows
            if isinstance(row, Mapping)
        ),
        source=source_words(entry.value.source, edition) if entry.value else "",
    )


def _region(code: str, edition: Edition) -> str:
    if code not in edition.divisions:
        return code
    above = lineage(DivisionCode(code), edition.divisions)
    return "".join(edition.divisions[place].name for place in reversed(above))


def _date(text: str) -> str:
    """A date that cannot be read is shown as it was given."""
    try:
        if len(text) == 7:
            return day_words(date.fromisoformat(f"{text}-01")).rpartition(" 1 日")[0]
        if len(text) == 10:
            return day_words(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{day_words(at.date())} {at:%H:%M}"


_UNITS = {"m": "米", "m²": "平方米", "m³": "立方米"}
