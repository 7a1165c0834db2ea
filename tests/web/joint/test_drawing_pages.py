"""Drawings on the web: part by part as tus says, broken off and gone on with, marked, answered."""

import base64
import hashlib
import socket
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.cast import PAPER
from tests.web.joint.meeting import UNITS, Meeting, text_of
from tests.web.staff import signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.joining.drawings import LARGEST_DRAWING, parts_of
from yijianshi.services.joining.look_through import look_through_drawings
from yijianshi.store.joint.models import DrawingRow, MarkRow, UploadRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S8.2")]

PLAN = b"AC1032" + bytes(range(256)) * 3000
PART = "application/offset+octet-stream"


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


def create(
    client: Client, meeting: Meeting, *, size: int = len(PLAN), name: str = "一层.dwg", sha256: str = ""
):
    told = [f"filename {base64.b64encode(name.encode()).decode()}"]
    told += [f"sha256 {base64.b64encode(sha256.encode()).decode()}"] if sha256 else []
    headers = {"Upload-Length": str(size), "Upload-Metadata": ",".join(told), "Tus-Resumable": "1.0.0"}
    return client.post(f"{meeting.page}/uploads", headers=headers)


def patch(client: Client, address: str, offset: int, part: bytes, *, checksum: str = "", kind: str = PART):
    headers = {"Upload-Offset": str(offset)} | ({"Upload-Checksum": checksum} if checksum else {})
    return client.patch(address, data=part, content_type=kind, headers=headers)


def test_a_drawing_comes_in_part_by_part_as_the_protocol_says(meeting: Meeting) -> None:
    wang = meeting.wang()
    created = create(wang, meeting, sha256=hashlib.sha256(PLAN).hexdigest())
    address = created["Location"]
    assert (created.status_code, created["Tus-Resumable"], created["Upload-Offset"]) == (201, "1.0.0", "0")
    first = PLAN[:400_000]
    wrong = patch(wang, address, 0, first, checksum="sha256 " + base64.b64encode(b"x" * 32).decode())
    assert wrong.status_code == 460
    right = "sha256 " + base64.b64encode(hashlib.sha256(first).digest()).decode()
    assert patch(wang, address, 0, first, checksum=right)["Upload-Offset"] == "400000"
    again = patch(wang, address, 0, first)
    assert (again.status_code, again["Upload-Offset"]) == (409, "400000")
    head = wang.head(address)
    assert (head["Upload-Offset"], head["Upload-Length"]) == ("400000", str(len(PLAN)))
    assert "no-store" in head["Cache-Control"]
    assert patch(wang, address, 400_000, PLAN[400_000:]).status_code == 204
    drawing = DrawingRow.objects.get()
    assert (drawing.sha256, drawing.scan) == (hashlib.sha256(PLAN).hexdigest(), "waiting")
    options = wang.options(f"{meeting.page}/uploads")
    assert (options["Tus-Max-Size"], options["Tus-Extension"]) == (str(LARGEST_DRAWING), "creation,checksum")


def test_what_cannot_be_taken_is_refused_early_and_in_words(meeting: Meeting) -> None:
    wang = meeting.wang()
    for more, status, says in (
        ({"size": LARGEST_DRAWING + 1}, 413, "最多 500 MB"),
        ({"name": "图.zip"}, 415, "压缩包"),
        ({"size": 0}, 422, "空的"),
    ):
        answer = create(wang, meeting, **more)
        assert (answer.status_code, says in text_of(answer)) == (status, True), more
    assert not UploadRow.objects.exists()
    address = create(wang, meeting, name="图.pdf")["Location"]
    assert patch(wang, address, 0, PLAN, kind="text/plain").status_code == 415
    false = patch(wang, address, 0, PLAN)
    assert (false.status_code, "DWG" in text_of(false)) == (415, True)
    assert patch(wang, address, 0, PLAN).status_code == 404
    address = create(wang, meeting, size=LARGEST_DRAWING)["Location"]
    assert patch(wang, address, 0, b"AC1032" + bytes(8 * 1024 * 1024)).status_code == 413


def test_nobody_else_goes_on_with_somebodys_file_and_who_left_signs_in_again(meeting: Meeting) -> None:
    address = create(meeting.wang(), meeting)["Location"]
    for stranger in ("qianjin", "zhaokai", "laoli"):
        assert signed_in_as(stranger).head(address).status_code == 404
        assert patch(signed_in_as(stranger), address, 0, PLAN).status_code == 404
    assert create(signed_in_as("zhaokai"), meeting).status_code == 404
    assert Client().head(address).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_a_killed_connection_loses_one_part_and_the_file_goes_on(
    meeting: Meeting, live_server: LiveServer
) -> None:
    wang = meeting.wang()
    address = create(wang, meeting)["Location"]
    patch(wang, address, 0, PLAN[:300_000])
    cookie = f"{settings.SESSION_COOKIE_NAME}={wang.cookies[settings.SESSION_COOKIE_NAME].value}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
    place = urlsplit(live_server.url)
    with socket.create_connection((place.hostname, place.port)) as line:
        head = (
            f"PATCH {address} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookie}\r\nX-CSRFToken: {'a' * 32}\r\n"
            f"Content-Type: {PART}\r\nUpload-Offset: 300000\r\nContent-Length: {len(PLAN) - 300_000}\r\n\r\n"
        )
        line.sendall(head.encode() + PLAN[300_000:350_000])
        time.sleep(0.3)
        line.shutdown(socket.SHUT_RDWR)
    time.sleep(0.5)
    assert wang.head(address)["Upload-Offset"] == "300000"
    assert patch(wang, address, 300_000, PLAN[300_000:]).status_code == 204
    drawing = DrawingRow.objects.get()
    assert drawing.sha256 == hashlib.sha256(PLAN).hexdigest()
    assert b"".join(parts_of(drawing.upload_id)) == PLAN


def plain(meeting: Meeting, name: str = "一层.pdf", content: bytes = PAPER) -> DrawingRow:
    answer = meeting.wang().post(f"{meeting.mine}/upload", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return DrawingRow.objects.get()


def test_without_scripts_a_plain_form_takes_a_drawing_too(meeting: Meeting) -> None:
    wang = meeting.wang()
    assert wang.post(f"{meeting.mine}/upload").status_code == 422
    refused = wang.post(f"{meeting.mine}/upload", {"file": SimpleUploadedFile("图.zip", b"PK\x03\x04")})
    assert (refused.status_code, "压缩包" in text_of(refused)) == (422, True)
    assert plain(meeting).sha256 == hashlib.sha256(PAPER).hexdigest()
    assert "在过检" in text_of(wang.get(meeting.mine))


def test_a_drawing_is_shown_once_it_was_looked_through(meeting: Meeting) -> None:
    drawing = plain(meeting)
    zhao, file = signed_in_as("zhaokai"), f"/joint/drawings/{drawing.id}"
    assert zhao.get(file).status_code == 404
    assert "在过检" in text_of(zhao.get(f"{meeting.page}/drawing/{drawing.id}"))
    look_through_drawings(at=NODE_CLOCK.now())
    answer = zhao.get(file)
    assert b"".join(answer.streaming_content) == PAPER
    assert (answer["Content-Type"], answer["Content-Length"]) == ("application/pdf", str(len(PAPER)))
    assert answer["Content-Disposition"].startswith("inline")
    assert signed_in_as("liujie").get(file).status_code == 404
    assert f"{meeting.page}/drawing/{drawing.id}" in text_of(zhao.get(meeting.page))


def test_a_mark_asks_the_applicant_he_answers_and_the_unit_settles_it(meeting: Meeting) -> None:
    drawing = plain(meeting, "一层.jpg", b"\xff\xd8\xff\xe0" + bytes(500))
    look_through_drawings(at=NODE_CLOCK.now())
    zhao, wang = signed_in_as("zhaokai"), meeting.wang()
    staff, mine = f"{meeting.page}/drawing/{drawing.id}", f"{meeting.mine}/drawing/{drawing.id}"
    posted = {"unit": UNITS["zhaokai"], "words": "疏散门向外开", "x": "250", "y": "700", "asks": "yes"}
    assert zhao.post(staff, posted | {"words": ""}).status_code == 422
    assert zhao.post(staff, posted).status_code == 302
    assert zhao.post(staff, posted | {"words": "内部再核", "asks": "no"}).status_code == 302
    assert zhao.post(staff, posted | {"unit": UNITS["zhoulin"]}).status_code == 404
    page = text_of(zhao.get(staff))
    assert 'cx="25%" cy="70%"' in page
    meeting.told()
    page = text_of(wang.get(mine))
    assert "疏散门向外开" in page
    assert "内部再核" not in page
    assert "批注请您回复" in text_of(wang.get("/my/messages"))
    mark = MarkRow.objects.get(asks_applicant=True)
    assert wang.post(mine, {"mark": str(mark.id), "words": "已改，见新图"}).status_code == 302
    inner = MarkRow.objects.get(asks_applicant=False)
    assert wang.post(mine, {"mark": str(inner.id), "words": "我看到了"}).status_code == 404
    assert wang.post(mine, {"mark": "nonsense", "words": "x"}).status_code == 404
    assert signed_in_as("zhoulin").post(f"{meeting.page}/mark/{mark.id}/resolve").status_code == 404
    assert zhao.post(f"{meeting.page}/mark/{mark.id}/resolve").status_code == 302
    assert "已解决" in text_of(wang.get(mine))
    assert signed_in_as("qianjin").get(mine).status_code == 404
