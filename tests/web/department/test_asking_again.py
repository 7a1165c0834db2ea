"""Asking after the one correction, on its pages: the department, the applicant, the supervisor."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import PAPER, actor
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.loading import load_submission
from yijianshi.web.acting import ACTING_FOR

pytestmark = pytest.mark.django_db
SIGN = "signage-permit"
GIVEN = {
    "why_late": "新规刚公布", "what0": "material:sign-rendering", "reason0": "要标夜间效果", "remedy0": "加夜间效果图",
    "basis0": "市容条例第十一条",
}  # fmt: skip


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def corrected(db: None) -> Restaurant:
    restaurant = Restaurant()
    restaurant.remark_on_the_sign()
    restaurant.release()
    answer_correction(
        submission=restaurant.id, actor=actor("wangfang", at=restaurant.today, enterprise=True), fields={},
        files={"sign-rendering": [Upload("图.pdf", PAPER)]}, at=restaurant.at + timedelta(minutes=30),
    )  # fmt: skip
    return restaurant


@pytest.mark.clause("S7")
def test_the_department_asks_again_with_its_reason_and_everybody_sees_that_it_is_a_breach(
    corrected: Restaurant,
) -> None:
    case, zhou = corrected.case(SIGN), signed_in_as("zhoulin")
    address = f"/desk/{case}/ask-again"
    assert address in text_of(zhou.get(f"/desk/{case}"))
    assert "记为违规" in text_of(zhou.get(address))
    for missing in GIVEN:
        again = zhou.post(address, GIVEN | {missing: ""})
        assert again.status_code == 422, missing
        assert corrected.state(SIGN) == "corrected"
        assert ("要标夜间效果" if missing != "reason0" else "加夜间效果图") in text_of(again)
    done = text_of(zhou.post(address, GIVEN, follow=True))
    assert "记为一次违规" in done
    assert "再次告知，记为违规" in done
    assert corrected.state(SIGN) == "awaiting_correction"
    wang = signed_in_as("wangfang")
    session = wang.session
    session[ACTING_FOR] = str(load_submission(corrected.id).party)
    session.save()
    assert "本应一次说清" in text_of(wang.get(f"/my/{corrected.id}"))
    page = text_of(wang.get(f"/my/{corrected.id}/correction"))
    assert "要标夜间效果" in page
    assert "看不清尺寸" not in page, "what was answered is not asked again"
    assert "新规刚公布" not in page
    assert f"/papers/cases/{corrected.case(SIGN)}/correction.pdf" in page
    heli = signed_in_as("heli")
    assert "/supervise/breaches" in text_of(heli.get("/supervise"))
    told = text_of(heli.get("/supervise/breaches"))
    assert "城市管理" in told
    assert "要标夜间效果" not in told


@pytest.mark.clause("C5.2")
def test_strangers_find_neither_the_form_nor_the_list(corrected: Restaurant) -> None:
    for login in ("zhaokai", "wangfang", "hemin", "laoli"):
        stranger = signed_in_as(login)
        assert stranger.get(f"/desk/{corrected.case(SIGN)}/ask-again").status_code == 404, login
        assert stranger.post(f"/desk/{corrected.case(SIGN)}/ask-again", GIVEN).status_code == 404, login
        assert stranger.get("/supervise/breaches").status_code == 404, login


def test_before_a_correction_has_come_back_there_is_no_way_to_ask_again(db: None) -> None:
    restaurant = Restaurant()
    case, zhou = restaurant.case(SIGN), signed_in_as("zhoulin")
    assert "ask-again" not in text_of(zhou.get(f"/desk/{case}"))
    assert zhou.get(f"/desk/{case}/ask-again").status_code == 409
