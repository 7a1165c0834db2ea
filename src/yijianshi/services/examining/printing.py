"""The report as a letter on paper; a character that no font has is shown as 〓, for a list may hold anything."""

from dataclasses import asdict

from .. import letters
from ..catalogue.figures import whole
from ..ports import Documents, GlyphsMissing
from .gains import Gain, Reduction
from .report import Report
from .summary import headline, most_pressing, notes

_MISSING = "〓"
_ROWS_OF_A_FAULT = 20
WAYS = {
    "upload": "申请人提交",
    "shared": "共享、电子证照",
    "produced": "同案产出",
    "generated": "系统生成",
    "forbidden": "不得索要",
}


def report_pdf(report: Report, *, documents: Documents) -> bytes:
    """Return the report as PDF."""
    letter = letter_of(report)
    values = asdict(letter)
    try:
        return documents.render(letter.template, values)
    except GlyphsMissing as error:
        return documents.render(
            letter.template, _without(values, str.maketrans(dict.fromkeys(error.characters, _MISSING)))
        )


def letter_of(report: Report) -> letters.ExaminationReport:
    """Return what is printed."""
    return letters.ExaminationReport(
        authority="“一件事”事项清单体检",
        on=report.on,
        title="事项清单体检报告",
        about=f"{report.place or '全部地区'}　{report.on.year} 年 {report.on.month} 月 {report.on.day} 日　{'、'.join(report.files)}",
        headline=headline(report),
        totals=tuple(map(_figures, report.totals)),
        pressing=tuple((c.title, f"{c.count:,}", c.why) for c in most_pressing(report)),
        overview=tuple(map(_overview, report.gains)),
        things=tuple(map(_thing, report.things)),
        faults=tuple(
            letters.ExaminedFault(
                title=f"{count.title}　{count.count:,} 处",
                about=count.why,
                rows=tuple(
                    (str(f.cell), f.subject, f.message, f.remedy)
                    for f in report.found_by(count.rule)[:_ROWS_OF_A_FAULT]
                ),
                more=f"另有 {count.count - _ROWS_OF_A_FAULT:,} 处，逐条见表格版。"
                if count.count > _ROWS_OF_A_FAULT
                else "",
            )
            for count in report.counts
        ),
        notes=notes(report),
    )


def _figures(reduction: Reduction) -> tuple[str, str, str, str]:
    if reduction.before is None or reduction.after is None:
        return (f"{reduction.name}（{reduction.unit}）", "—", "—", "清单没有写全")
    return (
        f"{reduction.name}（{reduction.unit}）",
        f"{whole(reduction.before):,}",
        f"{whole(reduction.after):,}",
        f"少 {whole(reduction.saved):,}，{reduction.share:g}%",
    )


def _overview(gain: Gain) -> tuple[str, ...]:
    def change(name: str) -> str:
        found = gain.reduction(name)
        if found is None or found.before is None or found.after is None:
            return "—"
        return f"{whole(found.before)} → {whole(found.after)}"

    return (
        gain.title,
        str(gain.found),
        str(len(gain.lacking)),
        change("办理时间"),
        change("申请材料"),
        "、".join(gain.lacking),
    )


def _thing(gain: Gain) -> letters.ExaminedThing:
    return letters.ExaminedThing(
        title=gain.title,
        about=f"{gain.lead}牵头　清单里有 {gain.found} 项，缺 {len(gain.lacking)} 项",
        reductions=tuple(map(_figures, gain.reductions)),
        items=tuple(
            (
                item.name,
                item.listed + ("" if item.sure else f"（相似度 {item.score:g}，请核对）")
                if item.is_there
                else "清单里没有",
                item.department,
                item.days,
            )
            for item in gain.items
        ),
        materials=tuple(
            (
                m.name + ("（没有写依据）" if m.without_basis else ""),
                "、".join(m.asked_by),
                WAYS[m.way] + (f"：{m.why}" if m.why else ""),
            )
            for m in gain.materials
        ),
        scheme=gain.scheme,
    )


def _without(value: object, table: dict[int, str]) -> dict[str, object]:
    def cleaned(inner: object) -> object:
        if isinstance(inner, str):
            return inner.translate(table)
        if isinstance(inner, dict):
            return {key: cleaned(each) for key, each in inner.items()}
        if isinstance(inner, tuple | list):
            return tuple(cleaned(each) for each in inner)
        return inner

    assert isinstance(value, dict)
    return {key: cleaned(each) for key, each in value.items()}
