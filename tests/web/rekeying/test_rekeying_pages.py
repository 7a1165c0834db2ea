"""The desk for typing again: the form of the other system on the left, its number and result on the right."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import PAPER, RESTAURANT, actor, file_one
from tests.web.staff import signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.loading import load_submission
from yijianshi.store.rekeying.models import BindingRow, OwnSystemRow, ResultFileRow
from yijianshi.web.acting import today

pytestmark = pytest.mark.django_db

TOBACCO = "tobacco@320106"


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def case() -> UUID:
    at = NODE_CLOCK.now()
    submission = file_one(
        actor("wangfang", at=at, enterprise=True), answers=RESTAURANT | {"sells-tobacco": True}, at=at
    )
    return next(one.now.id for one in load_submission(submission).cases if one.unit == TOBACCO)


def test_the_desk_shows_what_waits_and_leads_there_only_whom_it_concerns(case: UUID) -> None:
    sun, chen = signed_in_as("sunqian"), signed_in_as("chenzhiyuan")
    assert "去转录台" in text_of(sun.get("/desk"))
    assert "去转录台" not in text_of(chen.get("/desk"))
    assert "录到本单位系统" in text_of(sun.get(f"/desk/{case}"))
    assert f"/rekey/{case}" in text_of(sun.get("/rekey"))
    assert "没有要转录的系统" in text_of(chen.get("/rekey"))
    for stranger in ("laoli", "wangfang", "heli"):
        assert signed_in_as(stranger).get("/rekey").status_code == 404
    for stranger in ("laoli", "wangfang", "heli", "chenzhiyuan"):
        assert signed_in_as(stranger).get(f"/rekey/{case}").status_code == 404
        assert signed_in_as(stranger).get(f"/rekey/{case}/materials.zip").status_code == 404


def test_each_field_stands_as_text_with_a_button_where_scripts_run(case: UUID) -> None:
    page = text_of(signed_in_as("sunqian").get(f"/rekey/{case}"))
    assert "data-copy=" in page
    assert "南京禾味餐饮管理有限公司" in page
    assert "分办以后在这里作决定" in page


def test_number_file_and_decision_come_one_after_the_other(case: UUID) -> None:
    sun, address = signed_in_as("sunqian"), f"/rekey/{case}"
    day = today().isoformat()
    for wrong in (
        {"number": "", "accepted_on": day},
        {"number": "YC-1", "accepted_on": "gestern"},
        {"number": "YC-1", "accepted_on": "2020-01-01"},
    ):
        assert sun.post(address, wrong).status_code == 422
    assert sun.post(address, {"upload": "1"}).status_code == 422
    file = SimpleUploadedFile("证.pdf", PAPER, content_type="application/pdf")
    assert "先填本单位系统的办件编号" in text_of(sun.post(address, {"upload": "1", "file": file}))
    assert sun.post(address, {"number": "YC-1", "accepted_on": day}).status_code == 302
    assert BindingRow.objects.get(case=case).fields > 0
    assert "YC-1" in text_of(sun.get(address))
    wrong_file = SimpleUploadedFile("证.exe", b"MZ not a picture", content_type="application/pdf")
    assert sun.post(address, {"upload": "1", "file": wrong_file}).status_code == 422
    file = SimpleUploadedFile("证.pdf", PAPER, content_type="application/pdf")
    assert sun.post(address, {"upload": "1", "file": file}).status_code == 302
    assert ResultFileRow.objects.filter(case=case).count() == 1
    assert b"".join(sun.get(f"{address}/result").streaming_content) == PAPER
    packed = sun.get(f"{address}/materials.zip")
    assert packed["Content-Type"] == "application/zip"
    assert b"".join(packed.streaming_content).startswith(b"PK")
    assert "已录，等结果" in text_of(sun.get("/rekey"))


def test_supervision_sets_which_unit_types_again_and_reads_what_it_costs(case: UUID) -> None:
    heli, sun = signed_in_as("heli"), signed_in_as("sunqian")
    sun.post(f"/rekey/{case}", {"number": "YC-1", "accepted_on": today().isoformat()})
    page = text_of(heli.get("/supervise/rekeying"))
    assert "烟草专卖系统（示例）" in page
    assert "南京禾味" not in page
    assert heli.post("/supervise/rekeying", {"unit": "", "name": "x"}).status_code == 422
    assert heli.post("/supervise/rekeying", {"unit": "health@320106", "name": ""}).status_code == 422
    assert heli.post("/supervise/rekeying", {"unit": "health@320583", "name": "x"}).status_code == 404
    assert heli.post("/supervise/rekeying", {"unit": "health@320106", "name": "卫健系统"}).status_code == 302
    assert OwnSystemRow.objects.filter(unit="health@320106").exists()
    assert heli.post("/supervise/rekeying", {"unit": TOBACCO, "joined": "1"}).status_code == 302
    assert "已接通" in text_of(heli.get("/supervise/rekeying"))
    assert sun.get(f"/rekey/{case}").status_code == 404
    assert signed_in_as("chenzhiyuan").get("/supervise/rekeying").status_code == 404
