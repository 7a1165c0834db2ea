"""The report in a few sentences, for whoever has one minute."""

from ..catalogue.figures import whole
from .report import Report, RuleCount

_PRESSING = 8
#: What is asked of people without right comes before what is only written wrongly.
_FIRST = (
    "forbidden-material",
    "material-without-basis",
    "item-without-basis",
    "fee-without-basis",
    "promised-longer-than-statutory",
)


def headline(report: Report) -> tuple[str, ...]:
    """Return three to five sentences that say it all."""
    lines = [
        f"清单共 {report.items:,} 个事项、{report.materials:,} 份材料"
        + (f"，涉及 {report.places} 个地区" if report.places > 1 else "")
        + "。"
    ]
    things, gains = report.things, report.gains
    lines.append(
        f"目录里的 {len(gains)} 件“一件事”，{report.place or '这份清单'}有 {len(things)} 件能一起办"
        + (f"，其中 {len(report.complete)} 件事项齐全。" if report.complete else "。")
    )
    spared = [
        f"{r.name}少 {whole(r.saved)} {r.unit}（{r.share:g}%）" for r in report.totals if r.saved and r.before
    ]
    if spared:
        lines.append(f"这 {len(things)} 件改成一次办，合计{'、'.join(spared)}。")
    baseless, forbidden = report.count("material-without-basis"), report.count("forbidden-material")
    if baseless or forbidden:
        said = [f"没有依据的材料 {baseless:,} 处"] if baseless else []
        said += [f"不得索要的材料 {forbidden:,} 处"] if forbidden else []
        lines.append(f"要清理：{'，'.join(said)}。")
    else:
        lines.append("没有发现没有依据的材料，也没有不得索要的材料。")
    if report.grave:
        lines.append(f"清单本身要改的共 {report.grave:,} 处，都写明了在哪一行、怎么改。")
    return tuple(lines)


def most_pressing(report: Report) -> tuple[RuleCount, ...]:
    """Return the kinds of fault to begin with: what is asked without right, then the grave ones, then the frequent."""
    return tuple(
        sorted(report.counts, key=lambda c: (c.rule not in _FIRST, not c.grave, -c.count))[:_PRESSING]
    )


def notes(report: Report) -> tuple[str, ...]:
    """Return how the figures were counted, and what of the list was not used."""
    said = list(
        dict.fromkeys(
            f"{r.name}：{r.counted}。" for gain in report.things for r in gain.reductions if r.counted
        )
    )
    said.append(
        "先后顺序和部门分工按目录，天数、材料和跑动次数用清单自己的；都按每件事里清单有的事项全办来算，实际按各人情形会更少。"
        "合计是各件相加，一个事项属于几件事的，在每件里都算。"
    )
    if report.unknown_columns:
        columns = "、".join(dict.fromkeys(column for _, column in report.unknown_columns))
        said.append(f"不认识的栏目，没有用：{columns}。")
    if doubtful := sum(not match.sure for match in report.matched):
        said.append(f"有 {doubtful} 个名称只是相近，标了“请核对”；对错了的，那件事的数字也要跟着改。")
    if report.unmatched_names:
        said.append(f"另有 {report.unmatched_names:,} 个名称不在目录的任何一件事里，只查了清单本身的问题。")
    return tuple(said)
