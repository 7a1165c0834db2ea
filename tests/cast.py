"""The fixed cast, and what anybody would plausibly answer: stories name people, never make them up."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from yijianshi.domain.codes import (
    BundleCode,
    DivisionCode,
    ItemCode,
    citizen_check_character,
    credit_code_check_character,
)
from yijianshi.domain.definitions import Column, DataElement, Kind
from yijianshi.domain.drafts import Form
from yijianshi.domain.editions import Edition
from yijianshi.domain.rights import Actor
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.workdays import legal_day

HOME = DivisionCode("320106")
#: The smallest PDF that a reader opens.
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
RESTAURANT = {"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False}

_PLAIN: dict[Kind, Any] = {
    Kind.STRING: "示例",
    Kind.TEXT: "示例说明",
    Kind.ADDRESS: "江苏省南京市鼓楼区示例路 1 号",
    Kind.FILE: "示例.pdf",
    Kind.INT: 12,
    Kind.NUMBER: 36.5,
    Kind.MONEY: 5000,
    Kind.DATE: "2026-12-01",
    Kind.MONTH: "2026-12",
    Kind.YEAR: "2026",
    Kind.DATETIME: "2026-11-20T08:30",
    Kind.DATE_RANGE: ["2026-12-01", "2027-11-30"],
    Kind.BOOL: False,
    Kind.DECLARATION: True,
    Kind.PHONE: "13900000002",
    Kind.ID_NUMBER: "11010519491231002X",
    Kind.USCC: "91350100M000100Y43",
    Kind.REGION: "320106",
    Kind.BANK_ACCOUNT: "6222000000000000",
}


def plausible(element: DataElement) -> Any:
    """Return an answer that the element accepts."""
    if element.kind is Kind.ENUM:
        return element.values[0]
    if element.kind is Kind.MULTI_ENUM:
        return [element.values[0]]
    if element.kind is Kind.TABLE:
        return [{column.key: _cell(column) for column in element.columns}]
    return _PLAIN[element.kind]


def answers_for(form: Form, edition: Edition) -> dict[str, Any]:
    """Return plausible answers to everything the form still asks, results delivered electronically."""
    given: dict[str, Any] = {
        f.element: plausible(edition.elements[f.element])
        for f in form.fields
        if f.turn == "ask" and not f.value
    }
    for n, one in enumerate(edition.bundle.co_applicants):  # two who sign are two people
        if one.number_element in given:
            given[one.number_element] = _number(edition.elements[one.number_element].kind, n)
    given["delivery-method"] = "电子证照推送"
    return given


@cache
def account_id(login: str) -> UUID:
    from yijianshi.store.accounts.models import Account

    return Account.objects.get(login=login).id


def actor(login: str, *, at: datetime, enterprise: bool = False) -> Actor:
    """Return one of the cast as an actor, standing for the enterprise he represents if asked."""
    from yijianshi.services.people.actors import actor_of, parties_of
    from yijianshi.store.accounts.models import Account

    account = Account.objects.get(login=login)
    today = legal_day(at)
    party = None
    if enterprise:
        party = next(known.id for known in parties_of(account, on=today) if known.is_enterprise)
    # what is told here is not how surely somebody is known; tests/services/people/test_assurance.py tells that
    return replace(actor_of(account, on=today, party=party), level=4)


def file_one(
    who: Actor,
    *,
    bundle: str = "open-restaurant",
    answers: dict[str, Any] | None = None,
    items: tuple[str, ...] = (),
    at: datetime,
) -> UUID:
    """File a whole submission as an applicant would, and return its key."""
    from yijianshi.services.applying.attach import attach_material
    from yijianshi.services.applying.drafting import open_draft
    from yijianshi.services.applying.fill import fill_fields
    from yijianshi.services.applying.start import start_draft

    draft = start_draft(
        actor=who,
        bundle=BundleCode(bundle),
        division=HOME,
        answers=RESTAURANT if answers is None else answers,
        items=tuple(ItemCode(code) for code in items),
        at=at,
    )
    for _ in range(3):  # answers may open further fields
        opened = open_draft(draft, actor=who)
        fill_fields(draft=draft, actor=who, given=answers_for(opened.form(), opened.edition), at=at)
    for needed in open_draft(draft, actor=who).plan().materials:
        if needed.way is MaterialWay.UPLOAD:
            attach_material(
                draft=draft, actor=who, material=needed.material, filename="材料.pdf", content=PAPER, at=at
            )
    return file_by_all(draft, who=who, at=at)


def file_by_all(draft: UUID, *, who: Actor, at: datetime) -> UUID:
    """File a draft as its applicant and everybody who must confirm beside him would, and return the submission."""
    from yijianshi.services.applying.together import confirm, submit_draft
    from yijianshi.store.together.models import AskedRow

    receipt = submit_draft(draft=draft, actor=who, signature="typed-name", at=at)
    for row in AskedRow.objects.filter(draft=draft, state="asked").order_by("id") if receipt is None else ():
        receipt = confirm(asked=row.id, actor=signed_in_for(row.party_id, at=at), seen=row.digest, at=at)
    assert receipt is not None, "somebody has not confirmed"
    return receipt.submission


def signed_in_for(party: UUID, *, at: datetime) -> Actor:
    """Return somebody who signs in for a party: whoever can, else somebody who registers now."""
    from yijianshi.services.people.actors import actor_of
    from yijianshi.services.people.telling import accounts_of
    from yijianshi.store.accounts.models import Account, Party, Representation
    from yijianshi.store.keys import new_id

    if known := accounts_of(party):
        return replace(actor_of(Account.objects.get(pk=known[0]), on=legal_day(at), party=party), level=4)
    is_person = Party.objects.get(pk=party).kind == "person"
    account = Account(
        id=new_id(), login=f"guest-{party}", party_id=party if is_person else None, created_at=at
    )
    account.save()
    if not is_person:
        Representation.objects.create(account=account, party_id=party, capacity="agent", since=legal_day(at))
    return replace(actor_of(account, on=legal_day(at), party=party), level=4)


def _number(kind: Kind, n: int) -> str:
    if kind is Kind.USCC:
        body = f"91350100M00010{n:03d}"
        return body + credit_code_check_character(body)
    body = f"11010519491231{n:02d}2"
    return body + citizen_check_character(body)


def _cell(column: Column) -> Any:
    return column.values[0] if column.values else _PLAIN[column.kind]
