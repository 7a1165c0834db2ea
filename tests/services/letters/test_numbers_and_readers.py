"""The papers of a case in a list: numbers that never repeat, Beijing days, and nobody who may not read them."""

from datetime import date

import pytest

from tests.services.handling.acts import CHECK, FIRE, FOOD, SIGN, remark
from tests.services.letters.papers import Desk
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.workdays import legal_day
from yijianshi.services import printing
from yijianshi.store.reads.models import ReadRow


def test_a_number_never_repeats_among_all_papers_of_a_submission(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.mend()
    desk.report()
    desk.mend("还有一处")
    desk.extend()
    desk.town.decide(desk.submission, FOOD)
    desk.revoke()
    numbers = [paper.number for item in (FOOD, FIRE, SIGN, CHECK) for paper in desk.listed(item)]
    assert len(numbers) > 8
    assert len(set(numbers)) == len(numbers)


def test_a_letter_of_another_year_keeps_the_year_of_the_case_in_its_number(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.town.go_to(1, 5, year=2027)
    desk.extend()
    listed = desk.listed(FOOD)[0]
    own = desk.number(FOOD)
    assert listed.number.endswith(f"〔2027〕{own[6:]}号")
    assert desk.listed(FOOD)[-1].number.endswith(f"〔2026〕{own[10:]}号")


def test_the_papers_of_a_case_are_listed_newest_first_on_their_beijing_day(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.town.go_to(11, 19)
    desk.town.later(hours=-8, minutes=-59)  # one minute past midnight in Beijing, still the 18th in UTC
    desk.extend()
    listed = desk.listed(FOOD)
    assert [paper.kind for paper in listed] == ["extension", "acceptance"]
    assert listed[0].on == date(2026, 11, 19) == legal_day(desk.town.now)
    assert all(paper.is_newest for paper in listed)


def test_a_stranger_gets_no_paper_and_the_officers_reading_is_noted_once(desk: Desk) -> None:
    desk.town.release(desk.submission)
    desk.mend()
    for login in ("qianjin", "zhoulin", "heli"):
        with pytest.raises(NotPermitted):
            printing.letter_pdf(
                case=desk.case(FIRE), kind="mending", actor=desk.town.who(login), at=desk.town.now
            )
    before = ReadRow.objects.filter(what="document").count()
    printing.letter_pdf(
        case=desk.case(FIRE), kind="mending", actor=desk.town.who("zhaokai"), at=desk.town.now
    )
    assert ReadRow.objects.filter(what="document").count() == before + 1


def test_an_officer_does_not_open_what_concerns_other_departments(desk: Desk) -> None:
    remark(desk.town, desk.submission)
    desk.town.release(desk.submission)
    for kind in ("correction", "delivery"):
        with pytest.raises(NotPermitted):
            printing.letter_pdf(
                case=desk.case(SIGN), kind=kind, actor=desk.town.who("zhoulin"), at=desk.town.now
            )
