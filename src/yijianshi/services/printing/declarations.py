"""
Documents that the platform makes from the form, so that nobody writes them (系统生成的材料): forms, pledges, authorisations.

Basis: 苏政办发〔2022〕87号, 二(四)(五); 国办发〔2020〕42号 (handling on the applicant's commitment, 告知承诺).
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import ElementCode, MaterialCode, ResourceCode
from yijianshi.domain.definitions import Material
from yijianshi.domain.rights import Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import materials_for
from yijianshi.domain.workdays import legal_day

from .. import letters
from ..handling.loading import CaseLoaded
from ..outside import outside
from .filing import form_of
from .filling import evidence_of
from .opening import Opened, open_case
from .paper import NoSuchLetter, Printed, print_letter
from .words import authority_of

#: Words in a document's name by which one sees that somebody promises, or entrusts somebody else.
_PROMISING, _ENTRUSTING = ("承诺", "保证书"), ("授权", "委托")


def generated_pdf(*, case: UUID, material: MaterialCode, actor: Actor, at: datetime) -> Printed:
    """
    Return a document that the platform makes from the item's own part of the form.

    :raises NoSuchLetter: if the item does not use the document, or it is not one the platform makes.
    :raises NotPermitted: if the actor may read neither the case nor the whole submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened, found = open_case(case, actor=actor, at=at)
    merged = next((m for m in opened.plan.materials if m.material == material), None)
    if merged is None or material not in materials_for(opened.plan, found.now.item):
        raise NoSuchLetter("这个事项不用这份材料")
    if merged.way is not MaterialWay.GENERATED:
        raise NoSuchLetter("这份材料不是系统生成的，请在材料清单里看它的来处")
    item, known = opened.edition.item(found.now.item), opened.edition.materials[material]
    letter: letters.Letter
    if found.now.committed and len(merged.needed_by) == 1:
        letter = _commitment(opened, found, item)
    elif _says(known, _PROMISING) and not _says(known, ("表",)):
        letter = _pledge(opened, found, item, known)
    elif _says(known, _ENTRUSTING):
        letter = _authorisation(opened, found, item, known)
    elif ResourceCode(material) in opened.edition.resources:  # another body's record: what it sent of it
        letter = form_of(opened, found, title=known.name, source=material)
    else:
        shared_by_all = len(merged.needed_by) > 1
        title = (item.standalone_form or f"{item.name}申请表") if shared_by_all else known.name
        letter = form_of(opened, found, title=title)
    return print_letter(letter, name=f"{known.name} {found.now.number}")


def commitment_pdf(*, case: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the commitment (告知承诺书) on which a case is handled.

    :raises NoSuchLetter: if the case is not handled on a commitment.
    :raises NotPermitted: if the actor may read neither the case nor the whole submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened, found = open_case(case, actor=actor, at=at)
    if not found.now.committed:
        raise NoSuchLetter("这个事项没有选告知承诺，所以没有承诺书")
    letter = _commitment(opened, found, opened.edition.item(found.now.item))
    return print_letter(letter, name=f"告知承诺书 {found.now.number}")


def _commitment(opened: Opened, found: CaseLoaded, item: ServiceItem) -> letters.Declaration:
    who = _who(opened)
    return _declaration(
        opened,
        found,
        item,
        title=f"{item.name}告知承诺书",
        opening=f"{who}自愿采用告知承诺方式办理上述事项，现承诺如下：",
        clauses=(
            "已经知晓贵单位告知的全部内容。",
            f"已经符合办理条件：{item.conditions.rstrip('。；')}。"
            if item.conditions
            else "已经符合规定的办理条件。",
            "所填信息真实、准确。",
            "愿意接受贵单位的核查；承诺不实的，愿意承担决定被撤销和相应的法律责任。",
            f"以上承诺是{who}的真实意思表示。",
        ),
        closing=f"办结前，{who}可以撤回本承诺，改按一般程序办理。",
    )


def _pledge(opened: Opened, found: CaseLoaded, item: ServiceItem, material: Material) -> letters.Declaration:
    who = _who(opened)
    return _declaration(
        opened,
        found,
        item,
        title=material.name,
        opening=f"{who}办理上述事项，现承诺如下：",
        clauses=(
            "所填信息和所交材料真实、合法、有效。",
            *(f"{check.rstrip('。；')}。" for check in item.checklist),
            "承诺不实的，愿意承担相应的法律责任，并接受依法作出的处理。",
        ),
    )


def _authorisation(
    opened: Opened, found: CaseLoaded, item: ServiceItem, material: Material
) -> letters.Declaration:
    agent = opened.values.get(ElementCode("agent-name"))
    who = _who(opened)
    return _declaration(
        opened,
        found,
        item,
        title=material.name,
        opening=f"{who}委托下述受托人办理上述事项：",
        clauses=(
            f"受托人可以代{who}提交申请、补正材料、签收文书。",
            f"受托人在上述范围内的行为，由{who}承担责任。",
            "委托期限自签署之日起，至上述事项办结之日止。",
        ),
        declarant_label="委托人",
        other_party=str(agent.value) if agent else "",
        other_party_label="受托人",
    )


def _declaration(
    opened: Opened,
    found: CaseLoaded,
    item: ServiceItem,
    *,
    title: str,
    opening: str,
    clauses: tuple[str, ...],
    closing: str = "",
    declarant_label: str = "承诺人",
    other_party: str = "",
    other_party_label: str = "",
) -> letters.Declaration:
    return letters.Declaration(
        authority=authority_of(Unit.parse(found.unit)),
        on=legal_day(opened.made_at),
        demo=outside().demo_seal,
        number=opened.loaded.number,
        title=title,
        declarant=opened.party.name,
        declarant_label=declarant_label,
        opening=opening,
        clauses=clauses,
        closing=closing,
        lines=(
            letters.Line(label="办理事项", value=item.name),
            letters.Line(label="设定依据", value="、".join(str(basis) for basis in item.basis)),
            letters.Line(label="办件编号", value=found.now.number),
        ),
        other_party=other_party,
        other_party_label=other_party_label,
        evidence=evidence_of(opened),
    )


def _who(opened: Opened) -> str:
    return "本企业" if opened.party.is_enterprise else "本人"


def _says(material: Material, words: tuple[str, ...]) -> bool:
    return any(word in material.name for word in words)
