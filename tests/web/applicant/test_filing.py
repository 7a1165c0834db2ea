"""From the guide to the timeline through the pages, as 王芳 with nothing but a browser without scripts."""

import pytest
from django.test import Client

from tests.cast import actor
from tests.web.applicant.walking import SITUATION, begin, file_draft, fill_all, sign_in
from yijianshi.domain.cases import Action, State
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.working import drain
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def test_a_restaurant_is_filed_without_scripts(client: Client) -> None:
    guide = client.get("/guide/open-restaurant", SITUATION)
    assert guide.status_code == 200
    start = guide.context["page"].start
    door = client.get(start)
    assert door["Location"].startswith("/login?next=")
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    submission = file_draft(client, draft, "王芳")
    drain(at=now())
    receipt = client.get(f"/my/{submission}/receipt")
    assert "已收件" in receipt.text
    timeline = client.get(f"/my/{submission}")
    assert timeline.status_code == 200
    assert "现在在谁手里" in timeline.text
    assert "陈志远" in timeline.text
    assert "025-0000-1003" in timeline.text
    assert "南京禾味餐饮管理有限公司" in client.get("/my").text
    again = client.post(f"{draft}/review", {"declared": "yes", "name": "王芳"})
    assert again["Location"] == f"/my/{submission}"
