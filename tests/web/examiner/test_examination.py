"""A list is handed in without signing in, examined behind the scenes, and its report read, saved and deleted."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from yijianshi.services.catalogue import shipped_folder
from yijianshi.services.examining import carry_out, order
from yijianshi.services.outside import outside
from yijianshi.store.examinations.models import ExaminationRow, ExaminedFileRow

pytestmark = pytest.mark.django_db
EXAMPLES = shipped_folder() / "examples"


def now():
    return outside().clock.now()


def hand_in(client: Client, *names: str, **more: str) -> HttpResponse:
    files = [SimpleUploadedFile(name, (EXAMPLES / name).read_bytes()) for name in names]
    return client.post("/examine", {"file": files, **more})


@pytest.fixture
def small(client: Client) -> str:
    """The address of the examination of the small list, handed in and not yet begun."""
    answer = hand_in(client, "planted-faults.xlsx")
    assert answer.status_code == 302
    return answer["Location"]


def carried_out() -> None:
    assert carry_out.carry_out_next(at=now())


@pytest.mark.clause("C1.2")
def test_who_hands_in_a_list_reads_what_is_without_basis_and_what_one_thing_would_spare(client, small):
    assert "排着队" in client.get(small).content.decode()
    carried_out()
    page = client.get(small).content.decode()
    for words in ("没有依据的材料", "社区盖章同意书", "开办餐饮店", "本地特色", "实施方案草稿", "不得索要"):
        assert words in page


def test_a_page_without_scripts_looks_again_by_itself(client, small):
    assert (
        '<noscript><meta http-equiv="refresh" content="3"></noscript>' in client.get(small).content.decode()
    )


def test_while_it_runs_a_part_of_the_page_is_asked_for_and_at_the_end_the_whole(client, small):
    moving = client.get(f"{small}/progress")
    assert 'hx-trigger="every 2s"' in moving.content.decode()
    carried_out()
    over = client.get(f"{small}/progress")
    assert (over.status_code, over["HX-Refresh"]) == (204, "true")


def test_files_go_when_it_ends_and_the_report_after_a_day(client, small):
    assert ExaminedFileRow.objects.count() == 1
    carried_out()
    assert ExaminedFileRow.objects.count() == 0
    assert client.get(small).status_code == 200
    ExaminationRow.objects.update(at=now() - timedelta(hours=24, minutes=1))
    assert client.get(small).status_code == 404
    order.forget_old(at=now())
    assert not ExaminationRow.objects.exists()


def test_a_report_is_deleted_at_once_when_asked(client, small):
    carried_out()
    assert client.post(f"{small}/forget").status_code == 302
    assert client.get(small).status_code == 404


def test_the_report_is_given_as_spreadsheet_and_as_plain_values(client, small):
    carried_out()
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(client.get(f"{small}/report.xlsx").content)
    )
    assert book.sheet_names[0] == "一分钟看懂"
    assert client.get(f"{small}/report.json").json()["items"] == 27
    assert client.get(f"{small}/report.docx").status_code == 404


def test_the_report_is_given_as_pdf(client, small):
    carried_out()
    answer = client.get(f"{small}/report.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "%E4%BD%93%E6%A3%80" in answer["Content-Disposition"]


def test_what_is_no_list_is_said_to_be_none_with_what_would_do(client):
    answer = client.post("/examine", {"file": SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff\x00" * 9)})
    carried_out()
    page = client.get(answer["Location"])
    assert page.status_code == 422
    assert "照片.jpg" in page.content.decode()
    assert ".xlsx" in page.content.decode()


@pytest.mark.parametrize(
    ("files", "more", "said"),
    [([], {}, "还没有选文件"), (["clean.xlsx"], {"division": "999999"}, "没有区划"), (["clean.xlsx"] * 11, {}, "最多 10 个文件")],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_a_reason(client, files, more, said):
    answer = hand_in(client, *files, **more)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ExaminationRow.objects.exists()


def test_too_large_an_upload_is_refused_before_it_is_read(client):
    answer = client.post("/examine", {}, headers={"Content-Length": str(order.LARGEST_UPLOAD * 2)})
    assert answer.status_code == 413
    assert "30 MB" in answer.content.decode()


def test_the_form_is_protected_although_its_size_is_looked_at_first():
    assert Client(enforce_csrf_checks=True).post("/examine", {}).status_code == 403


def test_no_more_wait_than_can_be_carried_out_soon(client):
    for _ in range(order.MOST_WAITING):
        assert hand_in(client, "clean.xlsx").status_code == 302
    assert hand_in(client, "clean.xlsx").status_code == 429


def test_one_that_fell_silent_is_begun_again_and_given_up_after_two_attempts(client, small):
    def fall_silent() -> None:
        assert carry_out._take(now()) is not None
        ExaminationRow.objects.update(seen_at=now() - carry_out.QUIET - timedelta(seconds=1))

    fall_silent()
    assert "不用重新上传" in client.get(small).content.decode()
    assert carry_out.is_any_waiting(at=now())
    fall_silent()
    carried_out()
    page = client.get(small)
    assert page.status_code == 422
    assert "中断了两次" in page.content.decode()
    assert not carry_out.is_any_waiting(at=now())


def test_one_that_was_begun_again_ends_well(client, small):
    assert carry_out._take(now()) is not None
    ExaminationRow.objects.update(seen_at=now() - carry_out.QUIET - timedelta(seconds=1))
    carried_out()
    assert client.get(small).status_code == 200


def test_the_lists_to_try_are_given_and_no_other_file(client):
    for name in ("planted-faults", "clean"):
        answer = client.get(f"/examine/lists/{name}.xlsx")
        assert b"".join(answer.streaming_content).startswith(b"PK")
    assert client.get("/examine/lists/elements.xlsx").status_code == 404


def test_an_examination_that_never_was_is_not_found(client):
    assert client.get(f"/examine/{UUID(int=7)}").status_code == 404
