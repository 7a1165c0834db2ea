"""
One thing under one name: what is asked, handed in or offered twice under two codes (同一件东西只写一次).

Names are compared as a clerk reads them: “联系电话” and “手机号码” are one, “父亲姓名” and “母亲姓名” are two.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Postfix, Prefix

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.definitions import Acquisition, Column, DataElement, Kind

from .findings import Place, Remark

#: Ways of writing the same word, the longer first; what a unit in brackets adds is dropped before.
_SAME_WORDS = (
    (r"[（(](元|万元|平方米|㎡|m²|人|天|个|年|份)[）)]", ""),
    (r"[\s的之“”《》、,，/·.:：_-]", ""),
    ("居民身份证|公民身份证", "身份证"),
    ("身份证件|有效证件", "证件"),
    ("公民身份号码|身份号码", "身份证号"),
    ("联系电话|联系方式|手机号码|移动电话|电话号码|手机号|手机", "电话"),
    ("号码|编号", "号"),
    ("帐", "账"),
    ("坐位", "座位"),
    ("申请书", "申请表"),
    ("证明材料|证明文件", "证明"),
    (r"[（(]?(复印件|原件|扫描件|电子版)[）)]?", ""),
    ("出生年月日|出生时间", "出生日期"),
    ("营业执照副本|营业执照正副本|营业执照正本", "营业执照"),
)
_REWRITE = [(re.compile(pattern), word) for pattern, word in _SAME_WORDS]
#: Names less alike than this are never the same thing.
_ALIKE = 88
#: A single character in which two names differ and which makes them mean two things.
_TELLING = frozenset(
    "权拟主总副起止前后新旧原现本他父母子女夫妻男买卖甲乙丙丁上下左右内外进出入迁水电气热网大小首末正反东西南北中"
    "一二三四五六七八九十年月日时省市县区街村户法人客货车船机煤油木石加减收支借贷供需双单多少长短宽高低初终全半特普"
    "个公私国民军警医药食住行学生师职工商农林牧渔城乡乙双名址号额数量率"
)


class Pair(NamedTuple):
    """Two codes whose names read as one."""

    code: str
    other: str
    name: str
    other_name: str


def sameness_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every element, material, one-thing or word that stands twice in the catalogue."""
    yield from _kinds(catalogue)
    yield from _elements(catalogue)
    yield from _materials(catalogue)
    yield from _uploads(catalogue)
    yield from _titles(catalogue.bundles.values())
    yield from _keywords(catalogue.bundles.values())


def _kinds(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for each name that is defined twice with different kinds, as element or as column."""
    named: dict[str, DataElement] = {}
    for element in catalogue.elements.values():
        first = named.setdefault(element.name, element)
        if first.kind is not element.kind:
            yield _two_kinds(("elements", element.code, "kind"), element, first)
    spoken = {alias: e for e in catalogue.elements.values() for alias in e.aliases}
    for element in catalogue.elements.values():
        other = spoken.get(element.name)
        if other is not None and other is not element and other.kind is not element.kind:
            yield _two_kinds(("elements", other.code, "kind"), other, element)
    for table in catalogue.elements.values():
        for at, column in enumerate(table.columns):
            whole = named.get(column.name)
            if whole is not None and _bare(whole.kind) is not _bare(column.kind):
                place = ("elements", table.code, "columns", at)
                yield _two_kinds(place, column, whole, f"“{table.name}”里的")


def _bare(kind: Kind) -> Kind:
    """Return the kind that matters to a table, whose cells know no long texts."""
    return Kind.STRING if kind is Kind.TEXT else kind


def _two_kinds(place: Place, one: DataElement | Column, other: DataElement, where: str = "") -> Remark:
    message = (
        f"{where}“{one.name}”类型是 {one.kind}，“{other.name}”（{other.code}）同名，类型却是 {other.kind}"
    )
    return Remark("element-in-two-kinds", place, message, "统一 kind，或改名")


def _elements(catalogue: Catalogue) -> Iterator[Remark]:
    may_equal = {
        frozenset(hint.may_equal) for bundle in catalogue.bundles.values() for hint in bundle.role_hints
    }
    kinds = {element.code: element.kind for element in catalogue.elements.values()}
    names = tuple((e.code, e.name, e.aliases) for e in catalogue.elements.values())
    for pair in near_pairs(names):
        one, other = kinds[pair.code], kinds[pair.other]  # type: ignore[index]
        if frozenset((pair.code, pair.other)) not in may_equal and (
            one is other or pair.name == pair.other_name
        ):
            yield _near("element", ("elements", pair.other), pair)


def _materials(catalogue: Catalogue) -> Iterator[Remark]:
    names = tuple((m.code, m.name, m.aliases) for m in catalogue.materials.values())
    for pair in near_pairs(names):
        yield _near("material", ("materials", pair.other), pair)


def _near(what: str, place: Place, pair: Pair) -> Remark:
    message = f"“{pair.other_name}”（{pair.other}）和“{pair.name}”（{pair.code}）像是同一个"
    return Remark(
        f"near-duplicate-{what}", place, message, "并成一个，另一个名称写进 aliases；确是两个的改得更分明"
    )


@lru_cache(maxsize=8)
def near_pairs(things: tuple[tuple[str, str, tuple[str, ...]], ...]) -> tuple[Pair, ...]:
    """
    Return the pairs among things, each (code, name, other names), whose names read as one.

    Two things may share an old name that has since been split; only a present name makes a pair.
    """
    spoken: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for code, name, aliases in things:
        for at, called in enumerate((name, *aliases)):
            spoken[_as_read(called)].append((code, called, at == 0))
    found: dict[frozenset[str], Pair] = {}
    for same in spoken.values():
        for at, (code, called, is_name) in enumerate(same):
            for other, other_called, other_is_name in same[at + 1 :]:
                if code != other and (is_name or other_is_name):
                    found.setdefault(frozenset((code, other)), Pair(code, other, called, other_called))
    names = {_as_read(name): (code, name) for code, name, _ in things}
    for one, other in _misspelt(list(names)):
        (code, called), (other_code, other_called) = names[one], names[other]
        found.setdefault(frozenset((code, other_code)), Pair(code, other_code, called, other_called))
    return tuple(found.values())


@lru_cache(maxsize=8192)
def _as_read(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).lower()
    for pattern, word in _REWRITE:
        name = pattern.sub(word, name)
    return name


def _misspelt(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that hold the same characters in another order, or differ in one that tells nothing."""
    shuffled: dict[str, str] = {}
    for name in names:
        first = shuffled.setdefault("".join(sorted(name)), name)
        if first is not name:
            yield first, name
    for at, one in enumerate(names):
        for other, _, _ in process.extract(
            one, names[at + 1 :], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
        ):
            changed = _changed(one, other)
            if all(len(part) <= 1 for part in changed) and not {*changed} & _TELLING:
                yield one, other


def _changed(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two names without their common beginning and end."""
    start = Prefix.similarity(one, other)
    one, other = one[start:], other[start:]
    end = Postfix.similarity(one, other)
    return one[: len(one) - end], other[: len(other) - end]


def _uploads(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for each document that applicants upload although the state keeps it as a licence."""
    kept = {_as_read(kind.name): kind.name for kind in catalogue.licences.values()}
    shared = {
        _as_read(called): material
        for material in catalogue.materials.values()
        if material.acquisition is Acquisition.LICENCE
        for called in (material.name, *material.aliases)
    }
    for material in catalogue.materials.values():
        if material.acquisition is not Acquisition.APPLICANT:
            continue
        place: Place = ("materials", material.code, "acquisition")
        other = next(
            (shared[c] for n in (material.name, *material.aliases) if (c := _as_read(n)) in shared), None
        )
        if other is not None:
            message = f"“{material.name}”要申请人上传，“{other.name}”（{other.code}）却是电子证照"
        elif material.licence is not None or _as_read(material.name) in kept:
            message = f"“{material.name}”有电子证照，却要申请人上传"
        else:
            continue
        yield Remark("licence-also-uploaded", place, message, "合成一份材料，写 acquisition: licence")


def _titles(bundles: Iterable[Bundle]) -> Iterator[Remark]:
    seen: dict[str, Bundle] = {}
    for bundle in bundles:
        other = seen.setdefault(bundle.title, bundle)
        if other is not bundle:
            key = "plain_name" if bundle.plain_name else "name"
            message = f"“{bundle.title}”和 {other.code} 同名"
            yield Remark("title-clash", ("bundles", bundle.code, key), message, "改 plain_name，让群众分得清")


def _keywords(bundles: Iterable[Bundle]) -> Iterator[Remark]:
    """Yield a remark for each word that leads one and the same searcher to two one-things without an item in common."""
    seen: dict[tuple[str, str], list[Bundle]] = defaultdict(list)
    for bundle in bundles:
        own = {item.code for item in bundle.items}
        for at, word in enumerate(bundle.keywords):
            others = seen[word, bundle.audience]
            for other in others:
                if other is not bundle and not own & {item.code for item in other.items}:
                    place = ("bundles", bundle.code, "keywords", at)
                    message = f"搜索词“{word}”，“{other.title}”已经用了"
                    yield Remark("keyword-clash", place, message, "留给最合适的一件，或改得更具体")
                    break
            others.append(bundle)


def telling_remarks(catalogue: Catalogue, *, only: str | None = None) -> Iterator[Remark]:
    """Yield a remark for each item that two one-things describe differently (同一事项两处说法不一)."""
    seen: dict[str, tuple[Bundle, ServiceItem]] = {}
    bundles = sorted(catalogue.bundles.values(), key=lambda bundle: bundle.code == only)
    for bundle in bundles:
        for item in bundle.items:
            first, other = seen.setdefault(item.code, (bundle, item))
            if other is item or only not in (None, bundle.code):
                continue
            place: Place = ("bundles", bundle.code, "items", item.code)
            for key, said, also in (
                ("name", item.name, other.name),
                ("department", item.department, other.department),
                ("type", item.type, other.type),
                ("limit", item.limit.statutory, other.limit.statutory),
                ("limit", item.limit.unit, other.limit.unit),
            ):
                if said != also:
                    message = f"“{item.plain_name}”的 {key} 写的是 {said}，“{first.title}”里却是 {also}"
                    yield Remark("item-told-differently", (*place, key), message, "核对后统一")
