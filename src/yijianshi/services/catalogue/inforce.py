"""
Every basis is known, in force on the day, high enough, and named once (依据的效力).

Basis: Administrative License Law, arts. 14-17 (who may set a licence); Legislation Law, arts. 99, 103.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from yijianshi.domain.catalogue import Bundle, Catalogue
from yijianshi.domain.definitions import Basis, Certainty, Law

from .findings import Place, Remark, Severity

#: The ranks that may set an administrative licence; a provincial government's rule may for one year only.
_MAY_SET_LICENCES = frozenset({"法律", "行政法规", "国务院决定", "地方性法规", "政府规章"})
_LICENCE = "行政许可"
_FRILLS = re.compile(r"[（(][^（）()]*[）)]|[《》\s]|中华人民共和国|第[一二三四五六七八九十百千零〇]+条.*$")
#: Words that name no document anybody could look up.
_VAGUE = re.compile(r"^地方|(有关|相关)(规定|政策)|政策$")


def inforce_remarks(bundle: Bundle, catalogue: Catalogue, on: date | None) -> Iterator[Remark]:
    """
    Yield a remark for every basis of a one-thing that may not be relied on.

    :param on: the day on which a basis must be in force; without it that is not looked at.
    """
    laws = laws_by_name(catalogue.laws)
    for place, basis in bases_of(bundle):
        law = laws.get(plain_title(basis.title))
        if law is not None and on is not None:
            yield from in_force(law, place, on)
    for item in bundle.items:
        own: Place = ("bundles", bundle.code, "items", item.code, "basis")
        seen: set[tuple[str, str]] = set()
        for at, basis in enumerate(item.basis):
            key = (plain_title(basis.title), basis.article)
            if key in seen:
                yield Remark("duplicate-basis", (*own, at), f"依据“{basis}”写了两次", "只留一处")
            seen.add(key)
            if is_vague(basis):
                message = f"“{basis.title}”说不清是哪部法、哪份文件"
                yield Remark("vague-basis", (*own, at), message, "写出名称和文号；找不到的，就是没有依据")
        ranks = [law.rank for basis in item.basis if (law := laws.get(plain_title(basis.title)))]
        known = len(ranks) == len(item.basis) > 0
        if item.type == _LICENCE and known and not _MAY_SET_LICENCES & {*ranks}:
            message = f"“{item.plain_name}”是行政许可，依据只有{'、'.join(dict.fromkeys(ranks))}"
            remedy = "写上设定它的法律、法规或国务院决定"
            yield Remark("licence-set-too-low", own, message, remedy)


def shared_inforce_remarks(catalogue: Catalogue, on: date | None) -> Iterator[Remark]:
    """Yield a remark for every basis of a material that may not be relied on, and for laws that are not listed."""
    laws = laws_by_name(catalogue.laws)
    named: list[tuple[Place, Basis]] = []
    for material in catalogue.materials.values():
        if material.basis is not None:
            place: Place = ("materials", material.code, "basis")
            named.append((place, material.basis))
            law = laws.get(plain_title(material.basis.title))
            if law is not None and on is not None:
                yield from in_force(law, place, on)
    for bundle in catalogue.bundles.values():
        named += bases_of(bundle)
    told: set[str] = set()
    for place, basis in named if catalogue.laws else ():
        title = plain_title(basis.title)
        if title not in laws and title not in told and not is_vague(basis):
            told.add(title)
            message = f"法规表里没有“{basis.title}”"
            yield Remark("basis-not-listed", place, message, "在 laws.yaml 里补上")


def bases_of(bundle: Bundle) -> Iterator[tuple[Place, Basis]]:
    """Yield every basis that a one-thing names, with its place."""
    place: Place = ("bundles", bundle.code)
    for at, precondition in enumerate(bundle.preconditions):
        if precondition.basis is not None:
            yield (*place, "preconditions", at, "basis"), precondition.basis
    for at, rule in enumerate(bundle.rules):
        if rule.basis is not None:
            yield (*place, "rules", at, "basis"), rule.basis
    for at, one in enumerate(bundle.co_applicants):
        if one.basis is not None:
            yield (*place, "co_applicants", at, "basis"), one.basis
    if bundle.composite_licence is not None and bundle.composite_licence.basis is not None:
        yield (*place, "composite_licence", "basis"), bundle.composite_licence.basis
    for item in bundle.items:
        own = (*place, "items", item.code)
        for at, basis in enumerate(item.basis):
            yield (*own, "basis", at), basis
        if item.without_application is not None and item.without_application.basis is not None:
            yield (*own, "without_application", "basis"), item.without_application.basis
        for need in item.materials:
            if need.basis is not None:
                yield (*own, "materials", need.material, "basis"), need.basis
        for at, reason in enumerate(item.stop_reasons):
            yield (*own, "stop_reasons", at, "basis"), reason.basis
        if item.fee.basis is not None:
            yield (*own, "fee", "basis"), item.fee.basis


def in_force(law: Law, place: Place, on: date) -> Iterator[Remark]:
    """Yield a remark if the law is not in force on a day; what is not certain is only pointed out."""
    severity = None if law.certainty is Certainty.HIGH else Severity.WARNING
    doubt = "" if severity is None else f"（把握程度{law.certainty}）"
    if law.repealed_on is not None and on >= law.repealed_on:
        message = f"《{law.title}》自 {law.repealed_on} 起废止{doubt}"
        remedy = f"改成《{law.replaced_by}》" if law.replaced_by else "改成现行的依据，或删去"
        yield Remark("basis-repealed", place, message, remedy, severity)
    elif law.in_force_from is not None and on < law.in_force_from:
        message = f"《{law.title}》到 {law.in_force_from} 才施行{doubt}"
        yield Remark("basis-not-yet-in-force", place, message, "改成现行的依据，或推迟生效日", severity)


def is_vague(basis: Basis) -> bool:
    """Return whether a basis names no document that could be looked up, such as “有关规定”."""
    return _VAGUE.search(plain_title(basis.title)) is not None


@lru_cache(maxsize=4096)
def plain_title(title: str) -> str:
    """Return the title as it is commonly quoted, without the state's name, brackets and article."""
    return _FRILLS.sub("", title) or title


@lru_cache(maxsize=8)
def laws_by_name(laws: tuple[Law, ...]) -> dict[str, Law]:
    """Return the laws under each of their names, the present one first where two share a name."""
    found: dict[str, Law] = {}
    for law in sorted(laws, key=lambda law: law.repealed_on is not None):
        for name in (law.title, *law.aliases):
            found.setdefault(plain_title(name), law)
    return found
