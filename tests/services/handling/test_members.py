"""Twelve employees at once: one person's error holds back that person only, and everybody else finishes."""

from datetime import date
from uuid import UUID

import pytest

from tests.filed import Filed, begin, coordinator_of, fill, officer_of, seal, whose
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import DivisionCode, ElementCode, ItemCode, MemberId
from yijianshi.domain.corrections import CorrectionIncomplete, Target, spot_of
from yijianshi.domain.submissions import NotReady
from yijianshi.integrations.population.numbers import citizen_number
from yijianshi.services.applying.members import Member, enter_members
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.decide import Decided, Decision
from yijianshi.services.handling.decide_members import decide_members
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.reading.case import read_case
from yijianshi.services.reading.my_submission import read_submission

pytestmark = pytest.mark.clause("C1.5")
REGISTER, CARD, ARCHIVE = (
    ItemCode("employment-register"),
    ItemCode("social-card"),
    ItemCode("archive-receive"),
)
NUMBER = ElementCode("employee-id-number")
WRONG = MemberId("7")
PAPER_OF_SEVEN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF 7\n"


def number_of(n: int, *, year: int = 1990) -> str:
    return citizen_number(division=DivisionCode("320106"), born=date(year, 1, n), male=True)


def employees() -> list[Member]:
    """Twelve employees; three of them have no card yet, two have their archive with a public body."""
    everything = frozenset(
        ItemCode(code)
        for code in (
            "employment-register", "employee-social-insurance", "employee-medical-insurance", "employee-housing-fund",
        )
    )  # fmt: skip
    return [
        Member(
            MemberId(str(n)),
            {ElementCode("employee-name"): f"职工{n}", NUMBER: number_of(n)},
            everything | ({CARD} if n <= 3 else set()) | ({ARCHIVE} if n in (7, 8) else set()),
        )
        for n in range(1, 13)
    ]


@pytest.fixture
def hired(town: Town) -> Filed:
    who = whose("employee-onboarding", at=town.now)
    draft = begin("employee-onboarding", who=who, at=town.now)
    enter_members(draft=draft, actor=who, group="employee", members=employees(), at=town.now)
    return seal(fill(draft, who=who, at=town.now), who=who, at=town.now)


def case_of(submission: UUID, item: ItemCode, member: MemberId) -> UUID:
    nows = load_submission(submission).nows
    return next(now.id for now in nows if (now.item, now.member) == (item, member))


def states_of(submission: UUID, member: MemberId) -> set[State]:
    return {now.state for now in load_submission(submission).nows if now.member == member}


def remark_on_seven(town: Town, filed: Filed, **more: object) -> None:
    loaded = load_submission(filed.id)
    case = case_of(filed.id, REGISTER, WRONG)
    officer = officer_of(loaded.case(case), at=town.now)
    make_remark(
        case=case, actor=officer, target=more.get("target", Target.FIELD), code=str(more.get("code", NUMBER)),  # type: ignore[arg-type]
        reason="号码和身份证对不上", basis="就业服务与就业管理规定第六十二条", remedy="请照身份证改", at=town.now,
    )  # fmt: skip


def release(town: Town, filed: Filed) -> None:
    loaded = load_submission(filed.id)
    release_submission(submission=filed.id, actor=coordinator_of(loaded, at=town.now), at=town.now)
    town.work()


def grant_everybody(town: Town, filed: Filed) -> None:
    """Grant item by item whatever can be granted, until nothing is left."""
    while ready := [c for c in load_submission(filed.id).cases if c.now.state is State.ACCEPTED]:
        outcomes = decide_members(
            submission=filed.id, item=ready[0].now.item, actor=officer_of(ready[0], at=town.now),
            decision=Decision(Action.GRANT), at=town.now,
        )  # fmt: skip
        assert all(isinstance(one, Decided) for one in outcomes.values())
        town.work()


def test_twelve_employees_are_fifty_three_cases_each_with_its_own_values(town: Town, hired: Filed) -> None:
    nows = load_submission(hired.id).nows
    assert len(nows) == 53
    case = load_submission(hired.id).case(case_of(hired.id, REGISTER, MemberId("4")))
    read = read_case(case=case.now.id, actor=officer_of(case, at=town.now), at=town.now)
    assert read.member == "职工4"
    assert any(value.code == NUMBER for value in read.values)
    content = open_revision(hired.id)
    assert content.known(member="4")[NUMBER].value == number_of(4)
    assert content.known(member="5")[NUMBER].value == number_of(5)


def test_a_wrong_number_of_one_holds_back_his_case_and_nobody_elses(town: Town, hired: Filed) -> None:
    remark_on_seven(town, hired)
    release(town, hired)
    waiting = [now for now in load_submission(hired.id).nows if now.state is State.AWAITING_CORRECTION]
    assert [(now.item, now.member) for now in waiting] == [(REGISTER, WRONG)]
    grant_everybody(town, hired)
    for n in range(1, 13):
        member = MemberId(str(n))
        if member != WRONG:
            assert states_of(hired.id, member) == {State.GRANTED}
    assert states_of(hired.id, WRONG) == {State.AWAITING_CORRECTION, State.WAITING}

    seen = read_submission(hired.id, actor=hired.who)
    assert seen.correction
    (asked,) = seen.correction.remarks
    assert asked.name.startswith("职工7的")
    assert asked.code == spot_of(NUMBER, WRONG)
    assert seen.correction.targets == ((Target.FIELD, "employee-id-number__7"),)

    with nothing_written(), pytest.raises(CorrectionIncomplete):
        answer_correction(
            submission=hired.id,
            actor=hired.who,
            fields={NUMBER: number_of(7, year=1991)},
            files={},
            at=town.now,
        )
    right = number_of(7, year=1991)
    answer_correction(submission=hired.id, actor=hired.who, fields={asked.code: right}, files={}, at=town.now)
    content = open_revision(hired.id)
    assert content.known(member="7")[NUMBER].value == right
    assert content.known(member="8")[NUMBER].value == number_of(8)
    case = case_of(hired.id, REGISTER, WRONG)
    outcome = decide_members(
        submission=hired.id, item=REGISTER, members=[WRONG], decision=Decision(Action.ACCEPT), at=town.now,
        actor=officer_of(load_submission(hired.id).case(case), at=town.now),
    )  # fmt: skip
    assert isinstance(outcome[WRONG], Decided)
    town.work()
    grant_everybody(town, hired)
    assert states_of(hired.id, WRONG) == {State.GRANTED}
    assert load_submission(hired.id).state == "closed"


def test_a_document_of_one_is_replaced_for_him_and_kept_for_the_others(town: Town, hired: Filed) -> None:
    remark_on_seven(town, hired, target=Target.MATERIAL, code="labour-contract")
    release(town, hired)
    spot = spot_of("labour-contract", WRONG)
    answer_correction(
        submission=hired.id, actor=hired.who, fields={}, at=town.now,
        files={spot: [Upload("职工7的合同.pdf", PAPER_OF_SEVEN)]},
    )  # fmt: skip
    lines = [line for line in open_revision(hired.id).manifest if line.material == "labour-contract"]
    assert sorted(line.member for line in lines) == ["", "7"]
    loaded = load_submission(hired.id)

    def files_of(member: str) -> int:
        case = loaded.case(case_of(hired.id, REGISTER, MemberId(member)))
        read = read_case(case=case.now.id, actor=officer_of(case, at=town.now), at=town.now)
        return len(next(m.files for m in read.materials if m.code == "labour-contract"))

    assert (files_of("7"), files_of("8")) == (2, 1)


def test_one_refusal_in_a_batch_says_for_whom_and_the_others_are_done(town: Town, hired: Filed) -> None:
    remark_on_seven(town, hired)
    release(town, hired)
    case = load_submission(hired.id).case(case_of(hired.id, REGISTER, WRONG))
    outcomes = decide_members(
        submission=hired.id, item=REGISTER, members=[MemberId("6"), WRONG], decision=Decision(Action.GRANT),
        actor=officer_of(case, at=town.now), at=town.now,
    )  # fmt: skip
    assert isinstance(outcomes[MemberId("6")], Decided)
    assert "等补正" in str(outcomes[WRONG])


def test_what_is_wrong_about_a_member_is_said_with_his_name(town: Town) -> None:
    who = whose("employee-onboarding", at=town.now)
    draft = begin("employee-onboarding", who=who, at=town.now)
    with pytest.raises(NotReady, match="3的"):
        enter_members(
            draft=draft, actor=who, group="employee", at=town.now,
            members=[Member(MemberId("3"), {NUMBER: "320106199001010019"})],
        )  # fmt: skip
    with pytest.raises(NotReady, match="同一个编号"):
        enter_members(
            draft=draft, actor=who, group="employee", at=town.now,
            members=[Member(MemberId("3")), Member(MemberId("3"))],
        )  # fmt: skip
