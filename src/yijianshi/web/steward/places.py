"""Places in a manuscript: in which words they are called, and on which page of the editor they are mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from yijianshi.services.catalogue.lines import NotYaml
from yijianshi.services.editions.checking import Found
from yijianshi.services.editions.revising import tree_of
from yijianshi.services.editions.texts import IMPROVING, name_of_row
from yijianshi.services.reading.manuscript import ManuscriptRead

_PARTS = {
    "questions": "情形问答", "items": "事项", "elements": "本稿的字段", "materials": "本稿的材料", "licences": "本稿的证照",
    "improvements": "本地优化", "limit": "时限", "visits": "跑动", "fee": "收费", "basis": "依据", "result": "结果",
    "fields": "字段", "applies_if": "适用情形", "depends_on": "前置", "name": "名称", "plain_name": "通俗名称",
    "lead_department": "牵头部门", "keywords": "搜索词", "department": "部门", "conditions": "条件",
    "without_materials": "不再要的材料", "without_fields": "不再问的字段", "on_commitment": "可用承诺代替的材料",
    "promised": "承诺", "statutory": "法定", "unit": "天数单位", "without_commitment": "不承诺时", "before": "改革前", "after": "现在", "free": "免收费", "commitment": "告知承诺", "checklist": "审查要点", "short": "简称", "type": "类型", "certainty": "把握程度", "prefill": "来源", "required_if": "什么情形要", "description": "说明", "assurance": "要求的身份核验级别",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLink:
    """One page of the editor, with how many errors are on it."""

    label: str
    about: str
    href: str
    errors: int = 0
    is_item: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """One finding with the link to where it is mended."""

    where: str
    href: str
    message: str
    remedy: str
    is_error: bool
    line: int


def parts_of(read: ManuscriptRead) -> tuple[PartLink, ...]:
    """Return the pages of the editor in the order in which one works through them."""
    try:
        tree = tree_of(read.text)
    except NotYaml:
        return ()
    errors: dict[str, int] = {}
    for one in read.errors:
        href = href_of(read, one.place).partition("#")[0]
        errors[href] = errors.get(href, 0) + 1
    if read.kind == IMPROVING:
        href = reverse("steward-improve", args=[read.id])
        count = len(tree.get("improvements") or ())
        return (
            PartLink(label="本地优化", about=f"{count} 个事项有优化", href=href, errors=errors.get(href, 0)),
        )
    head, asked = reverse("steward-head", args=[read.id]), reverse("steward-questions", args=[read.id])
    links = [
        PartLink(
            label="基本情况", about="名称、给谁办、牵头部门、搜索词", href=head, errors=errors.get(head, 0)
        ),
        PartLink(
            label="情形问答",
            about=f"{len(tree.get('questions') or ())} 个问题",
            href=asked,
            errors=errors.get(asked, 0),
        ),
    ]
    for at, item in enumerate(tree.get("items") or ()):
        if isinstance(item, dict):
            href = reverse("steward-item", args=[read.id, name_of_row(item, at)])
            about = f"{len(item.get('materials') or ())} 份材料，{len(item.get('fields') or ())} 个字段"
            label = str(item.get("short") or item.get("name") or item.get("code"))
            needs = errors.get(reverse("steward-needs", args=[read.id, name_of_row(item, at)]), 0)
            links.append(
                PartLink(
                    label=label, about=about, href=href, errors=errors.get(href, 0) + needs, is_item=True
                )
            )
    return tuple(links)


def found_lines(read: ManuscriptRead, found: Iterable[Found]) -> tuple[FoundLine, ...]:
    """Return findings with the words for their places and the links to them."""
    return tuple(
        FoundLine(
            where=place_words(read, one.place), href=href_of(read, one.place), message=one.message,
            remedy=one.remedy, is_error=one.is_error, line=one.line,
        )
        for one in found
    )  # fmt: skip


def href_of(read: ManuscriptRead, place: tuple[str, ...]) -> str:
    """Return the page on which a place is mended; what no form shows is mended in the text."""
    if read.kind == IMPROVING:
        return reverse("steward-improve", args=[read.id])
    match place:
        case ("items", item, ("materials" | "fields") as part, *_):
            return reverse("steward-needs", args=[read.id, item]) + f"#{part}"
        case ("items", item, *rest):
            return reverse("steward-item", args=[read.id, item]) + (f"#f-{rest[0]}" if rest else "")
        case ("questions", question, *_):
            return reverse("steward-question", args=[read.id, question])
        case ("questions" | "items", *_):
            return reverse(
                "steward-questions" if place[0] == "questions" else "steward-manuscript", args=[read.id]
            )
        case (
            "name"
            | "plain_name"
            | "audience"
            | "description"
            | "stage"
            | "keywords"
            | "lead_department"
            | "note" as key,
        ):
            return reverse("steward-head", args=[read.id]) + f"#f-{key}"
    return reverse("steward-text", args=[read.id])


def place_words(read: ManuscriptRead, place: tuple[str, ...]) -> str:
    """Return a place in words: 消防检查 · 材料 · 房屋照片."""
    names: dict[str, str] = {}
    edition = read.edition or read.standard or read.base
    if edition is not None:
        names |= {item.code: item.plain_name for item in edition.bundle.items}
        names |= {code: one.name for code, one in edition.materials.items()}
        names |= {code: one.name for code, one in edition.elements.items()}
        names |= {question.key: question.text for question in edition.bundle.questions}
    said = [
        "材料" if step == "materials" and at else names.get(step) or _PARTS.get(step, step)
        for at, step in enumerate(place)
        if not (at == 0 and step in ("items", "questions", "improvements") and len(place) > 1)
    ]
    return " · ".join(said) or "全文"
