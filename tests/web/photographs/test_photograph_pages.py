"""Photographing a paper, on pages and without scripts: offered, taken, awaited, compared, and gone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import actor
from tests.photographs.answering import PREVIEW, bytes_of, read_here
from tests.web.staff import signed_in_as
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode
from yijianshi.domain.drafts import Value
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services import outside
from yijianshi.services.applying.drafting import changing_draft, open_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.photographs.carry_out import read_next
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.photographs.models import PhotographRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.4")]
NAME, NUMBER = ElementCode("food-safety-manager-name"), ElementCode("food-safety-manager-id-number")
CARD = "id-card_food-safety-manager"


@pytest.fixture(autouse=True)
def _reader(db: None) -> Iterator[None]:
    wired = outside.outside()
    read_here()
    yield
    outside.use(wired)


@pytest.fixture
def draft(db: None) -> UUID:
    return start_draft(
        actor=actor("wangfang", at=NODE_CLOCK.now()), bundle=BundleCode("open-restaurant"),
        division=DivisionCode("320106"), at=NODE_CLOCK.now(),
        answers={"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False},
    )  # fmt: skip


@pytest.fixture
def wangfang(db: None) -> Client:
    return signed_in_as("wangfang")


def text_of(response: Any) -> str:
    return str(response.content.decode())


def picture(kind: str, how: str = "plain") -> SimpleUploadedFile:
    return SimpleUploadedFile("照片.jpg", bytes_of(kind, how), content_type="image/jpeg")


def take(client: Client, draft: UUID, kind: str = "id-card", how: str = "plain") -> str:
    """Send a photograph of the manager's card and return the address of its page."""
    response = client.post(f"/draft/{draft}/photo/{CARD}", {"file": picture(kind, how)})
    assert response.status_code == 302, text_of(response)
    return str(response["Location"])


def read() -> None:
    reader = outside.outside().reader
    assert reader is not None
    assert read_next(reader=reader, at=NODE_CLOCK.now())


def known(draft: UUID) -> Any:
    return open_draft(draft, actor=actor("wangfang", at=NODE_CLOCK.now())).content.known()


def test_the_group_whose_fields_a_paper_fills_offers_to_photograph_it(wangfang: Client, draft: UUID) -> None:
    offered = []
    for group in range(30):
        page = wangfang.get(f"/draft/{draft}/form/{group}")
        if page.status_code != 200:
            break
        offered += re.findall(rf'href="(/draft/{draft}/photo/[^"]+)"', text_of(page))
    assert f"/draft/{draft}/photo/{CARD}" in offered


def test_nothing_is_offered_where_no_reader_is_installed_and_the_pages_work(
    wangfang: Client, draft: UUID
) -> None:
    outside.use(replace(outside.outside(), reader=None))
    page = wangfang.get(f"/draft/{draft}/form/0")
    assert page.status_code == 200
    assert "/photo" not in text_of(page)
    assert "/photo" not in text_of(wangfang.get(f"/draft/{draft}/materials"))
    assert wangfang.get(f"/draft/{draft}/photo/{CARD}").status_code == 409


def test_the_camera_is_asked_for_and_a_plain_button_sends_it(wangfang: Client, draft: UUID) -> None:
    page = text_of(wangfang.get(f"/draft/{draft}/photo/{CARD}"))
    assert 'capture="environment"' in page
    assert "unscripted" in page
    assert "食品安全管理员姓名" in page


def test_while_it_is_read_the_page_looks_again_by_itself_and_lets_the_person_go_on(
    wangfang: Client, draft: UUID
) -> None:
    address = take(wangfang, draft)
    page = text_of(wangfang.get(address))
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "不等了，自己填" in page
    assert wangfang.get(f"{address}/progress").status_code == 200
    read()
    assert wangfang.get(f"{address}/progress")["HX-Refresh"] == "true"


def test_the_photograph_stands_beside_what_was_read_field_by_field(wangfang: Client, draft: UUID) -> None:
    address = take(wangfang, draft)
    read()
    page = wangfang.get(address)
    assert {line.code: (line.value, line.mark[1]) for line in page.context["page"].lines} == {
        NUMBER: ("320106198808189964", "校验通过"),
        NAME: ("林晓燕", "请对照照片看"),
    }
    assert f'src="{address}/picture.jpg"' in text_of(page)
    shown = wangfang.get(f"{address}/picture.jpg")
    assert shown.content == PREVIEW
    assert "no-store" in shown["Cache-Control"]


def test_nothing_is_marked_as_right_beforehand(wangfang: Client, draft: UUID) -> None:
    address = take(wangfang, draft)
    read()
    assert not re.search(r'value="right"[^>]*checked', text_of(wangfang.get(address)))
    wangfang.post(address, {"fill": "1"})
    assert NAME not in known(draft)


def test_confirmed_fields_go_into_the_form_and_the_photograph_goes(wangfang: Client, draft: UUID) -> None:
    address = take(wangfang, draft)
    read()
    documents = CopyRow.objects.count()
    response = wangfang.post(
        address, {f"say-{NAME}": "right", f"say-{NUMBER}": "right", "fill": "1"}, follow=True
    )
    assert "填好了 2 项；照片已经删掉，没有留下" in text_of(response)
    assert (known(draft)[NAME].value, known(draft)[NUMBER].source) == ("林晓燕", "photograph")
    assert not PhotographRow.objects.exists()
    assert CopyRow.objects.count() == documents
    assert wangfang.get(address).status_code == 404


def test_a_wrong_change_is_told_at_its_field_with_everything_as_it_was_said(
    wangfang: Client, draft: UUID
) -> None:
    address = take(wangfang, draft)
    read()
    response = wangfang.post(
        address, {f"say-{NAME}": "right", f"say-{NUMBER}": "changed", NUMBER: "32010619880818996"}
    )
    assert response.status_code == 422
    assert "证件号码是 18 位" in text_of(response)
    assert {line.code: line.said for line in response.context["page"].lines} == {
        NAME: "right",
        NUMBER: "changed",
    }
    assert NAME not in known(draft)


@pytest.mark.parametrize(
    ("kind", "how", "words"),
    [
        ("id-card", "blurred a little", "照片有点糊"),
        ("id-card", "small", "照片里的字太小"),
        ("id-card", "cut off", "证件没有拍全"),
        ("bank-card", "plain", "这张像是银行卡，不是身份证（人像面）"),
        ("id-card-back", "plain", "这张像是身份证（国徽面）"),
    ],
)
def test_what_is_wrong_is_told_before_filing_with_what_would_do(
    wangfang: Client, draft: UUID, kind: str, how: str, words: str
) -> None:
    address = take(wangfang, draft, kind, how)
    read()
    page = text_of(wangfang.get(address))
    assert words in page
    assert "重拍" in page


def test_a_difference_to_a_register_is_shown_and_not_taken_over(wangfang: Client, draft: UUID) -> None:
    at = NODE_CLOCK.now()
    with changing_draft(draft, actor=actor("wangfang", at=at), at=at) as opened:
        opened.content.keep({NAME: Value("林晓艳", "population", at)})
    address = take(wangfang, draft)
    read()
    page = text_of(wangfang.get(address))
    assert "登记的是 林晓艳" in page
    assert "照片上是 林晓燕" in page
    wangfang.post(address, {f"say-{NAME}": "right"})
    assert known(draft)[NAME].value == "林晓艳"


def test_a_document_is_photographed_looked_at_and_handed_in_as_it_is(wangfang: Client, draft: UUID) -> None:
    at = NODE_CLOCK.now()
    with changing_draft(draft, actor=actor("wangfang", at=at), at=at) as opened:
        opened.content.claimed = ["business-licence"]
    assert f"/draft/{draft}/photo-of/business-licence" in text_of(wangfang.get(f"/draft/{draft}/materials"))
    sent = wangfang.post(
        f"/draft/{draft}/photo-of/business-licence", {"file": picture("business-licence", "cut off")}
    )
    read()
    page = text_of(wangfang.get(sent["Location"]))
    assert "证件没有拍全" in page
    assert "就这样交" in page
    response = wangfang.post(sent["Location"], {"hand-in": "1"}, follow=True)
    assert "照片已作为材料收下" in text_of(response)
    assert response.redirect_chain[-1][0].startswith(f"/draft/{draft}/materials")
    assert CopyRow.objects.filter(material="business-licence").count() == 1


def test_a_picture_that_cannot_be_opened_is_told_and_the_person_goes_on(
    wangfang: Client, draft: UUID
) -> None:
    address = take(wangfang, draft, "of nothing")
    read()
    page = text_of(wangfang.get(address))
    assert "照片打不开" in page
    assert "就这样交" not in page
    assert wangfang.post(f"{address}/drop").status_code == 302
    assert not PhotographRow.objects.exists()


def test_where_nobody_reads_it_in_time_the_person_is_told_to_go_on(wangfang: Client, draft: UUID) -> None:
    address = take(wangfang, draft)
    PhotographRow.objects.update(at=NODE_CLOCK.now() - timedelta(minutes=3))
    page = text_of(wangfang.get(address))
    assert "等了很久还没有读出来" in page
    assert "http-equiv" not in page


def test_a_file_that_is_no_photograph_is_refused_where_it_was_sent(wangfang: Client, draft: UUID) -> None:
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF", content_type="application/pdf")
    response = wangfang.post(f"/draft/{draft}/photo/{CARD}", {"file": paper})
    assert response.status_code == 422
    assert "要识别的请拍成照片" in text_of(response)
    assert wangfang.post(f"/draft/{draft}/photo/{CARD}").status_code == 422


def test_somebody_elses_photograph_looks_like_one_that_is_not_there(wangfang: Client, draft: UUID) -> None:
    address = take(wangfang, draft)
    read()
    stranger = signed_in_as("qianjin")
    nowhere = f"/photo/{uuid4()}"
    for part in ("", "/progress", "/picture.jpg"):
        theirs, none = stranger.get(address + part), stranger.get(nowhere + part)
        assert (theirs.status_code, none.status_code) == (404, 404)
    assert stranger.post(f"{address}/drop").status_code == stranger.post(f"{nowhere}/drop").status_code == 404
    assert stranger.get(f"/draft/{draft}/photo/{CARD}").status_code == 404
    assert PhotographRow.objects.exists()


def test_the_page_asks_little_of_the_database(
    wangfang: Client, draft: UUID, django_assert_max_num_queries: Any
) -> None:
    address = take(wangfang, draft)
    read()
    with django_assert_max_num_queries(18):
        assert wangfang.get(address).status_code == 200
