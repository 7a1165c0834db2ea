"""Several sign one application: who must, what he signs, what he may see, and that nobody signs for two."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.specimens import shipped
from yijianshi.domain.codes import ElementCode, ItemCode
from yijianshi.domain.drafts import Value, fill_form
from yijianshi.domain.plans import Plan, Situation, make_plan
from yijianshi.domain.together import (
    ConfirmationsMissing,
    Stated,
    check_stated,
    frozen_digest,
    missing,
    others_of,
    same_hands,
    shown_to,
    signers_of,
)

AT = datetime(2026, 11, 18, 1, tzinfo=UTC)
WANG, ZHANG = "32010619920518002X", "320106199009030015"


def planned(*items: str) -> Plan:
    return make_plan(shipped("newborn"), Situation(items=tuple(map(ItemCode, items))), strict=False)


def values(**given: str) -> dict[ElementCode, Value]:
    return {ElementCode(key.replace("_", "-")): Value(value, "applicant", AT) for key, value in given.items()}


BOTH = values(
    mother_name="王芳", mother_id_number=WANG, father_name="张伟", father_id_number=ZHANG.lower() + " "
)


@pytest.mark.clause("S6.1")
def test_of_two_parents_named_the_one_who_does_not_apply_must_confirm() -> None:
    signers = signers_of(planned("birth-certificate"), BOTH)
    assert [signer.words for signer in signers] == ["母亲王芳", "父亲张伟"]
    assert [one.role for one in others_of(signers, applicant=WANG)] == ["father"]
    assert [one.role for one in others_of(signers, applicant="somebody else")] == ["mother", "father"]


def test_a_parent_who_is_not_named_confirms_nothing() -> None:
    alone = values(mother_name="王芳", mother_id_number=WANG, father_id_number=" ")
    assert [one.role for one in signers_of(planned("birth-certificate"), alone)] == ["mother"]


def test_where_the_condition_does_not_hold_nobody_is_asked() -> None:
    assert signers_of(planned("birth-registration"), BOTH) == ()


def test_one_person_cannot_hold_two_roles() -> None:
    twice = BOTH | values(father_id_number=WANG)
    (trouble,) = same_hands(signers_of(planned("birth-certificate"), twice))
    assert (trouble.key, "母亲和父亲写的是同一个号码" in trouble.message) == ("father-id-number", True)
    assert same_hands(signers_of(planned("birth-certificate"), BOTH)) == ()


def test_who_has_not_confirmed_is_named() -> None:
    others = others_of(signers_of(planned("birth-certificate"), BOTH), applicant=WANG)
    assert missing(others, {"father"}) == ()
    assert [trouble.message for trouble in missing(others, ())] == ["还要父亲张伟本人确认"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "还要父亲张伟本人确认"),
        ([Stated("father", WANG, AT, "人脸")], "号码和表上的不一致"),
        ([Stated("father", ZHANG, AT + timedelta(days=1), "人脸")], "时间还没有到"),
        ([Stated("father", ZHANG, AT, " ")], "确认的方式"),
        ([Stated("father", ZHANG, AT, "人脸"), Stated("uncle", ZHANG, AT, "人脸")], "不要“uncle”确认"),
    ],
)
def test_what_another_portal_says_of_a_confirmation_is_looked_at(said: list[Stated], words: str) -> None:
    others = others_of(signers_of(planned("birth-certificate"), BOTH), applicant=WANG)
    with pytest.raises(ConfirmationsMissing, match=words):
        check_stated(others, said, at=AT)
    ((signer, one),) = check_stated(others, [Stated("father", ZHANG.lower(), AT, "人脸比对")], at=AT)
    assert (signer.name, one.way) == ("张伟", "人脸比对")


def test_the_digest_covers_the_choice_the_promises_and_the_content() -> None:
    def digest(**changed: object) -> str:
        given = {"division": "320106", "items": ["b", "a"], "commitments": ["a"], "owed": {"m": "2026-11-20"}}
        return frozen_digest("content", **(given | changed))  # type: ignore[arg-type]

    assert digest() == digest(items=["a", "b"])
    others = [
        digest(items=["a"]), digest(commitments=[]), digest(owed={}), digest(owed={"m": "2026-11-21"}),
        digest(division="320102"), frozen_digest("other", division="320106", items=["a", "b"], commitments=["a"], owed={"m": "2026-11-20"}),
    ]  # fmt: skip
    assert len({digest(), *others}) == len(others) + 1


@pytest.mark.clause("C5.2")
def test_who_is_asked_sees_his_own_and_the_common_and_nothing_that_is_the_others_own() -> None:
    plan = planned("birth-certificate", "birth-registration", "maternity-allowance")
    given = BOTH | values(
        mother_birth_date="1992-05-18", father_ethnicity="汉族", applicant_phone="13900000002",
        newborn_name="王一禾", birth_institution="南京示例妇幼保健院", employer_name="她的单位",
    )  # fmt: skip
    signers = signers_of(plan, given)
    father = next(one for one in signers if one.role == "father")
    shown, hidden = shown_to(father, signers, plan, fill_form(plan, given))
    seen = {entry.element for entry in shown}
    assert {
        "father-id-number",
        "father-ethnicity",
        "mother-name",
        "birth-institution",
        "newborn-name",
    } <= seen
    assert not seen & {"mother-id-number", "mother-birth-date", "applicant-phone", "employer-name"}
    assert hidden >= 3
