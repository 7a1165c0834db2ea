"""孙倩 types a tobacco case into her own system, brings its number and its result back, and decides here."""

import io
import zipfile
from datetime import date
from uuid import UUID

import pytest

from tests.cast import PAPER, RESTAURANT
from tests.services.town import Town
from yijianshi.domain.rekeying import RekeyingNotPossible
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.reading.rekeying import (
    read_rekey_case,
    read_rekey_inbox,
    read_rekey_supervised,
    rekeyed_results,
)
from yijianshi.services.rekeying.bind import bind_number
from yijianshi.services.rekeying.own_system import set_joined, set_own_system
from yijianshi.services.rekeying.result_file import keep_result_file, open_result_file
from yijianshi.services.rekeying.zipping import zip_materials
from yijianshi.store.reads.models import ReadRow

TOBACCO, MARKET = "tobacco@320106", "market-regulation@320106"
ITEM = "tobacco-retail-licence"


@pytest.fixture
def filed(town: Town) -> UUID:
    """王芳's restaurant, which sells cigarettes as well."""
    return town.file(town.who("wangfang", enterprise=True), answers=RESTAURANT | {"sells-tobacco": True})


def tobacco(town: Town, submission: UUID) -> UUID:
    from yijianshi.services.handling.loading import load_submission

    return next(case.now.id for case in load_submission(submission).cases if case.unit == TOBACCO)


def bind(town: Town, case: UUID, number: str = "YC-1", who: str = "sunqian") -> None:
    bind_number(case=case, number=number, accepted_on=date(2026, 11, 18), actor=town.who(who), at=town.now)


def test_what_must_be_typed_is_the_items_own_form_in_its_own_order(town: Town, filed: UUID) -> None:
    case = tobacco(town, filed)
    read = read_rekey_case(case=case, actor=town.who("sunqian"), at=town.now)
    found = town.case(filed, next(c.now.item for c in _cases(filed) if c.unit == TOBACCO))
    from yijianshi.services.handling.loading import load_submission

    own = [field.element for field in load_submission(filed).edition.item(found.now.item).fields]
    typed = [field.code for field in read.fields]
    assert typed == [code for code in own if code in typed]
    assert read.to_type == sum(bool(field.value) for field in read.fields) > 0
    assert any("禾味" in field.value for field in read.fields)
    assert ReadRow.objects.filter(case_id=case, unit=TOBACCO, what="slice").count() == 1


def _cases(submission: UUID) -> tuple:  # type: ignore[type-arg]
    from yijianshi.services.handling.loading import load_submission

    return load_submission(submission).cases


def test_only_officers_of_the_unit_see_it_and_only_while_it_is_not_joined(town: Town, filed: UUID) -> None:
    case = tobacco(town, filed)
    for login in ("chenzhiyuan", "laoli", "heli", "wangfang"):
        with pytest.raises(NotPermitted):
            read_rekey_case(case=case, actor=town.who(login), at=town.now)
        with pytest.raises(NotPermitted):
            bind(town, case, who=login)
        with pytest.raises(NotPermitted):
            zip_materials(case=case, actor=town.who(login), at=town.now)
    assert [line.case for line in read_rekey_inbox(actor=town.who("sunqian")).to_type] == [case]
    assert read_rekey_inbox(actor=town.who("chenzhiyuan")).to_type == ()
    with pytest.raises(NotPermitted):
        set_joined(unit=TOBACCO, actor=town.who("sunqian"))
    set_joined(unit=TOBACCO, actor=town.who("heli"))
    with pytest.raises(NotPermitted):
        read_rekey_case(case=case, actor=town.who("sunqian"), at=town.now)
    with pytest.raises(RekeyingNotPossible, match="没有要转录"):
        bind(town, case)


def test_the_other_number_is_bound_to_one_case_and_may_be_put_right(town: Town, filed: UUID) -> None:
    first = tobacco(town, filed)
    other = tobacco(
        town, town.file(town.who("qianjin", enterprise=True), answers=RESTAURANT | {"sells-tobacco": True})
    )
    bind(town, first)
    with pytest.raises(RekeyingNotPossible, match="另一件"):
        bind(town, other)
    bind(town, first, "YC-2")
    assert [line.their_number for line in read_rekey_inbox(actor=town.who("sunqian")).typed] == ["YC-2"]


@pytest.mark.clause("S9.2")
def test_the_result_of_the_other_system_goes_out_with_the_decision_made_here(town: Town, filed: UUID) -> None:
    case, sun = tobacco(town, filed), town.who("sunqian")
    with pytest.raises(RekeyingNotPossible, match="先填"):
        keep_result_file(case=case, filename="证.pdf", content=PAPER, actor=sun, at=town.now)
    bind(town, case)
    keep_result_file(case=case, filename="证.pdf", content=PAPER, actor=sun, at=town.now)
    wang = town.who("wangfang", enterprise=True)
    with pytest.raises(NotPermitted):
        open_result_file(case=case, actor=wang, at=town.now)
    assert rekeyed_results(filed) == ()
    town.release(filed)
    town.decide_all(filed)
    assert rekeyed_results(filed) == ((case, "证.pdf"),)
    stream, kind, name = open_result_file(case=case, actor=wang, at=town.now)
    assert (stream.read(), kind, name) == (PAPER, "application/pdf", "证.pdf")
    with pytest.raises(NotPermitted):
        open_result_file(case=case, actor=town.who("qianjin"), at=town.now)
    with pytest.raises(RekeyingNotPossible, match="已经办结"):
        keep_result_file(case=case, filename="证.pdf", content=PAPER, actor=sun, at=town.now)


def test_all_documents_come_in_one_file_and_each_look_is_written_down(town: Town, filed: UUID) -> None:
    set_own_system(unit=MARKET, name="市场监管系统", actor=town.who("heli"), at=town.now)
    case, chen = town.case(filed, "food-business-permit").now.id, town.who("chenzhiyuan")
    packed, name = zip_materials(case=case, actor=chen, at=town.now)
    with packed, zipfile.ZipFile(io.BytesIO(packed.read())) as archive:
        names = archive.namelist()
        assert {archive.read(one) for one in names} == {PAPER}
    assert name.endswith(".zip")
    assert len(set(names)) == len(names) > 1
    assert ReadRow.objects.filter(case_id=case, what="material").count() == len(names)


def test_the_supervisor_reads_what_it_costs_and_nothing_about_persons(town: Town, filed: UUID) -> None:
    case, heli = tobacco(town, filed), town.who("heli")
    fields = read_rekey_case(case=case, actor=town.who("sunqian"), at=town.now).to_type
    assert read_rekey_supervised(actor=heli, at=town.now).units[0].waiting == 1
    town.go_to(11, 20)
    bind(town, case)
    town.go_to(11, 25)
    bind(town, case, "YC-2")  # putting the number right costs nothing more
    read = read_rekey_supervised(actor=heli, at=town.now)
    unit = next(one for one in read.units if one.unit == TOBACCO)
    assert (unit.total.cases, unit.total.fields, unit.total.longest, unit.waiting) == (1, fields, 2, 0)
    assert "禾味" not in repr(read)
    with pytest.raises(NotPermitted):
        read_rekey_supervised(actor=town.who("sunqian"), at=town.now)
    with pytest.raises(RekeyingNotPossible, match="叫什么"):
        set_own_system(unit=MARKET, name=" ", actor=heli, at=town.now)
