"""Whoever steals the database learns nobody's name, number or phone: a dump of every table, read as a thief would."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.cast import HOME, PAPER, RESTAURANT
from tests.services.test_life import COMPANY, NEWBORN
from tests.services.town import Town
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import BundleCode, ElementCode
from yijianshi.domain.corrections import Target
from yijianshi.domain.ratings import Level
from yijianshi.project.seeding import STAFF
from yijianshi.services.applying.choose import object_to_register
from yijianshi.services.applying.start import start_draft
from yijianshi.services.delivering.rate import rate_submission
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.stop import suspend_case
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.store.cases.models import StepRow

#: What is published anyway: the catalogue with its words, and what Django notes about itself.
PUBLIC = {"catalogue_editionrow", "django_migrations", "django_content_type", "auth_permission", "auth_group"}
HEX = re.compile(rb"\\\\x([0-9a-f]+)")


def live_through_everything(town: Town) -> None:
    """Three one-things to their ends, with remarks, a correction, a stop, a refusal, a withdrawal and a rating."""
    wang, citizen = town.who("wangfang", enterprise=True), town.who("wangfang")
    restaurant = town.file(wang)
    make_remark(
        case=town.case(restaurant, "signage-permit").now.id,
        actor=town.who("zhoulin"),
        target=Target.MATERIAL,
        code="sign-rendering",
        reason="王芳的店招效果图看不清",
        basis="城市市容和环境卫生管理条例第十一条",
        remedy="请王芳（139-0000-0002）重交",
        at=town.now,
    )
    town.release(restaurant)
    files = {"sign-rendering": [Upload("王芳的效果图.pdf", PAPER)]}
    answer_correction(submission=restaurant, actor=wang, fields={}, files=files, at=town.now)
    town.decide(restaurant, "signage-permit", Action.ACCEPT)
    suspend_case(
        case=town.case(restaurant, "food-business-permit").now.id,
        actor=town.who("chenzhiyuan"),
        ground="inspection",
        reason="王芳的厨房要抽样检验",
        expected_days=3,
        at=town.now,
    )
    town.decide(restaurant, "fire-safety-check", Action.REFUSE, reasons="王芳的店只有一个安全出口")
    withdraw_case(case=town.case(restaurant, "food-business-permit").now.id, actor=wang, at=town.now)
    town.decide_all(restaurant)
    rate_submission(submission=restaurant, actor=wang, level=Level.BAD, comment="我是王芳", at=town.now)
    birth = town.file(citizen, bundle="newborn", answers=NEWBORN)
    town.release(birth)
    town.decide_all(birth)
    company = town.file(town.who("zhouwen"), bundle="enterprise-opening", answers=COMPANY)
    town.release(company)
    town.decide_all(company)
    draft = start_draft(
        actor=wang, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=town.now
    )
    area = ElementCode("legal-representative-name")
    object_to_register(draft=draft, actor=wang, element=area, value="王小芳", at=town.now)


def dumped() -> Iterator[tuple[str, bytes]]:
    """Yield every table with its rows as `COPY … TO` writes them, the bytes of binary columns laid open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                text = b"".join(bytes(block) for block in copy)
            yield table, text + b"".join(bytes.fromhex(found.decode()) for found in HEX.findall(text))


def secrets_of(town: Town) -> set[str]:
    """Return what nobody may read: names, numbers, phones and accounts of everybody who lives or works here."""
    found = {staff.name for staff in STAFF} | {"王小芳"}
    for person in town.population.people:
        found |= {person.number, person.phone, person.name, person.bank_account, person.social_card_number}
        found.add(person.phone.replace("-", ""))
    for household in town.population.households:
        found.add(household.address)
    found |= {enterprise.name for enterprise in town.population.enterprises}
    return {one for one in found if len(one) >= 2}


@pytest.mark.clause("C4.1")
def test_a_stolen_dump_names_nobody(town: Town) -> None:
    live_through_everything(town)
    assert StepRow.objects.count() > 50
    secrets = {one: one.encode() for one in secrets_of(town)}
    assert len(secrets) > 100
    tables = dict(dumped())
    assert len(tables) > 20
    leaked = [
        f"{table}: {one}"
        for table, content in tables.items()
        if table not in PUBLIC
        for one, needle in secrets.items()
        if needle in content
    ]
    assert leaked == []


def test_the_thief_of_this_test_can_read(town: Town) -> None:
    """What is public is found, in text and in binary columns: the search itself works."""
    content = dict(dumped())["catalogue_editionrow"]
    assert "食品经营许可".encode() in content
    assert b"wangfang" in dict(dumped())["accounts_account"]
