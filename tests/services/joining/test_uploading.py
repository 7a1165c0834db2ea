"""Large drawings come in part by part, go on where they stopped, and are seen by nobody before they were looked through."""

import hashlib
from uuid import uuid4

import pytest

from tests.cast import PAPER
from tests.services.joining.conftest import BRIGADE, URBAN, Survey
from yijianshi.domain.joint import OperationRefused
from yijianshi.domain.rights import NotPermitted
from yijianshi.integrations.scanner.demo import EICAR
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.joining.drawings import LARGEST_DRAWING, SMALLEST_PART, kind_by_bytes, parts_of
from yijianshi.services.joining.look_through import look_through_drawings
from yijianshi.services.joining.mark import (
    answer_mark,
    load_drawing,
    mark_drawing,
    open_drawing,
    resolve_mark,
)
from yijianshi.services.joining.photograph import add_photo, drop_photo, open_photo
from yijianshi.services.joining.plan import cancel_operation
from yijianshi.services.joining.upload import (
    Arriving,
    OffsetWrong,
    PartBroken,
    UploadGone,
    append_part,
    arriving,
    start_upload,
    sweep_uploads,
    upload_whole,
)
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.outside import outside
from yijianshi.services.ports import FileMissing
from yijianshi.store.joint.models import DrawingRow, MarkRow, UploadPartRow, UploadRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S8.2")]

PLAN = b"AC1032" + bytes(range(256)) * 3000
JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)


def start(
    survey: Survey, *, name: str = "一层平面.dwg", content: bytes = PLAN, login: str = "applicant", **more
) -> Arriving:
    usual = {"filename": name, "size": len(content), "at": survey.town.now}
    return start_upload(operation=survey.id, actor=survey.who(login), **(usual | more))


def send(survey: Survey, came: Arriving, part: bytes, *, offset: int | None = None, **more) -> Arriving:
    at = came.offset if offset is None else offset
    return append_part(
        upload=came.id, actor=survey.who("applicant"), offset=at, content=part, at=survey.town.now, **more
    )


def whole(survey: Survey, content: bytes = PLAN, name: str = "一层平面.dwg") -> DrawingRow:
    came = upload_whole(
        operation=survey.id, actor=survey.who("applicant"), filename=name, content=content, at=survey.town.now
    )
    return DrawingRow.objects.get(pk=came.drawing)


def test_a_file_that_broke_off_goes_on_where_it_stopped_and_is_the_same_to_the_last_byte(
    survey: Survey,
) -> None:
    came = start(survey, sha256=hashlib.sha256(PLAN).hexdigest())
    came = send(survey, came, PLAN[:400_000], checksum=hashlib.sha256(PLAN[:400_000]).digest())
    with pytest.raises(PartBroken):
        send(survey, came, PLAN[400_000:700_000], checksum=hashlib.sha256(b"something else").digest())
    with pytest.raises(OffsetWrong) as wrong:
        send(survey, came, PLAN[500_000:], offset=500_000)
    assert wrong.value.offset == arriving(upload=came.id, actor=survey.who("applicant")).offset == 400_000
    came = send(survey, came, PLAN[400_000:])
    drawing = DrawingRow.objects.get(pk=came.drawing)
    assert drawing.sha256 == hashlib.sha256(PLAN).hexdigest()
    assert b"".join(parts_of(drawing.upload_id)) == PLAN
    with pytest.raises(UploadGone):
        send(survey, came, b"more", offset=len(PLAN))


def test_what_is_too_large_is_refused_before_a_byte_of_it_is_sent(survey: Survey) -> None:
    start(survey, size=LARGEST_DRAWING)
    for size, reason in ((LARGEST_DRAWING + 1, "too-large"), (0, "empty")):
        with pytest.raises(FileRefused) as refused:
            start(survey, size=size)
        assert refused.value.reason == reason


@pytest.mark.parametrize("name", ["图.zip", "图.exe", "图", "图.dwg.rar"])
def test_what_is_no_drawing_by_its_name_is_refused_at_once(survey: Survey, name: str) -> None:
    with pytest.raises(FileRefused):
        start(survey, name=name)


@pytest.mark.parametrize(
    ("name", "content"),
    [("图.pdf", PLAN), ("图.dwg", PAPER), ("图.dwg", b"PK\x03\x04" + bytes(500)), ("图.png", b"x")],
)
def test_a_false_extension_is_refused_with_the_first_part(survey: Survey, name: str, content: bytes) -> None:
    came = start(survey, name=name, content=content)
    with pytest.raises(FileRefused, match="内容"):
        send(survey, came, content)
    with pytest.raises(UploadGone):
        arriving(upload=came.id, actor=survey.who("applicant"))


def test_every_kind_is_known_by_its_first_bytes() -> None:
    for head, name in (
        (b"AC1032xx", "a.dwg"),
        (b"%PDF-1.7", "A.PDF"),
        (JPEG, "a.jpeg"),
        (b"\x89PNG\r\n\x1a\n", "a.png"),
    ):
        assert kind_by_bytes(head, name).value in name.lower().replace("jpeg", "jpg")


def test_parts_are_neither_tiny_nor_longer_than_the_file(survey: Survey) -> None:
    came = start(survey)
    for part in (b"", PLAN[:100], PLAN + b"x"):
        with pytest.raises(PartBroken):
            send(survey, came, part)
    came = send(survey, came, PLAN[: -SMALLEST_PART // 2])
    assert send(survey, came, PLAN[-SMALLEST_PART // 2 :]).drawing, "only the last part may be small"


def test_a_digest_that_does_not_match_at_the_end_gives_the_file_up(survey: Survey) -> None:
    came = start(survey, sha256="0" * 64)
    with pytest.raises(FileRefused, match="不一样"):
        send(survey, came, PLAN)
    assert not DrawingRow.objects.exists()


def test_only_the_applicant_and_the_window_for_him_hand_in_drawings(survey: Survey) -> None:
    for login in ("qianjin", "zhaokai", "hemin", "heli"):
        with pytest.raises(NotPermitted):
            start(survey, login=login)
    assert start(survey, login="laoli")
    mine = start(survey)
    with pytest.raises(UploadGone):
        append_part(upload=mine.id, actor=survey.who("laoli"), offset=0, content=PLAN, at=survey.town.now)
    cancel_operation(operation=survey.id, actor=survey.who("hemin"), reason="不办了", at=survey.town.now)
    with pytest.raises(OperationRefused):
        start(survey)


def test_nobody_sees_a_drawing_that_the_scanner_has_not_passed(survey: Survey, away: list[bool]) -> None:
    drawing = whole(survey)
    assert look_through_drawings(at=survey.town.now) == 0
    for login in ("zhaokai", "hemin", "applicant"):
        with pytest.raises(NotPermitted):
            open_drawing(drawing=drawing.id, actor=survey.who(login), at=survey.town.now)
    away.clear()
    assert look_through_drawings(at=survey.town.now) == 0, "not asked again at once"
    assert look_through_drawings(at=survey.town.later(minutes=6)) == 1
    opened = open_drawing(drawing=drawing.id, actor=survey.who("zhaokai"), at=survey.town.now)
    assert b"".join(opened.parts) == PLAN
    with pytest.raises(NotPermitted):
        open_drawing(drawing=drawing.id, actor=survey.who("liujie"), at=survey.town.now)


@pytest.mark.parametrize(
    ("content", "name", "scan"),
    [
        (b"AC1032" + EICAR, "图.dwg", "infected"),
        (PAPER, "图.pdf", "clean"),
        (PAPER.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript>>"), "图.pdf", "refused"),
        (PAPER[:-8], "图.pdf", "refused"),
        (JPEG, "图.jpg", "clean"),
    ],
    ids=["a virus", "a quiet PDF", "an active PDF", "a PDF that breaks off", "a picture"],
)
def test_what_is_unsound_is_never_shown(survey: Survey, content: bytes, name: str, scan: str) -> None:
    drawing = whole(survey, content, name)
    look_through_drawings(at=survey.town.now)
    assert load_drawing(drawing.id)[0].scan == scan


def test_the_same_drawing_sent_again_is_kept_once(survey: Survey) -> None:
    assert whole(survey).id == whole(survey).id
    assert DrawingRow.objects.count() == 1


def test_what_nobody_goes_on_with_is_swept_away_with_its_bytes(survey: Survey) -> None:
    kept = whole(survey)
    left = send(survey, start(survey, content=PLAN + b"x" * 9), PLAN[::-1][:0] or b"AC1032" + bytes(300_000))
    shared = send(survey, start(survey), PLAN[:300_000])
    sha256 = UploadPartRow.objects.get(upload=left.id).sha256
    assert sweep_uploads(at=survey.town.later(days=2)) == 0
    assert sweep_uploads(at=survey.town.later(days=2)) == 2
    assert set(UploadRow.objects.values_list("pk", flat=True)) == {kept.upload_id}, shared
    with pytest.raises(FileMissing):
        outside().files.open(sha256)
    assert b"".join(parts_of(kept.upload_id)) == PLAN


@pytest.fixture
def drawing(survey: Survey) -> DrawingRow:
    row = whole(survey)
    look_through_drawings(at=survey.town.now)
    return row


def mark(survey: Survey, drawing: DrawingRow, **more) -> MarkRow:
    usual = {
        "drawing": drawing.id, "actor": survey.who(BRIGADE), "unit": BRIGADE, "page": 2, "x": 500, "y": 120,
        "words": "疏散门要向外开", "asks_applicant": True, "at": survey.town.now,
    }  # fmt: skip
    key = mark_drawing(**(usual | more))  # type: ignore[arg-type]
    survey.town.work()
    return MarkRow.objects.get(pk=key)


def test_a_mark_is_answered_by_the_applicant_and_settled_by_its_unit(
    survey: Survey, drawing: DrawingRow
) -> None:
    made, at = mark(survey, drawing), survey.town.now
    with pytest.raises(NotPermitted):
        answer_mark(mark=made.id, actor=survey.who("qianjin"), words="改了", at=at)
    with pytest.raises(ReasonMissing):
        answer_mark(mark=made.id, actor=survey.who("applicant"), words=" ", at=at)
    answer_mark(mark=made.id, actor=survey.who("applicant"), words="已改，见新图", at=at)
    with pytest.raises(NotPermitted):
        resolve_mark(mark=made.id, actor=survey.who(URBAN), at=at)
    resolve_mark(mark=made.id, actor=survey.who(BRIGADE), at=at)
    with pytest.raises(OperationRefused):
        answer_mark(mark=made.id, actor=survey.who("applicant"), words="再说一句", at=at)


def test_a_mark_among_officials_is_no_business_of_the_applicants(survey: Survey, drawing: DrawingRow) -> None:
    made = mark(survey, drawing, asks_applicant=False)
    with pytest.raises(NotPermitted):
        answer_mark(mark=made.id, actor=survey.who("applicant"), words="改了", at=survey.town.now)


@pytest.mark.parametrize("wrong", [{"page": 0}, {"x": 1001}, {"y": -1}, {"words": " "}])
def test_a_mark_says_something_at_a_place_on_the_drawing(
    survey: Survey, drawing: DrawingRow, wrong: dict
) -> None:
    with pytest.raises(ReasonMissing):
        mark(survey, drawing, **wrong)


def test_photographs_belong_to_the_unit_that_took_them(survey: Survey) -> None:
    def add(login: str = BRIGADE, content: bytes = JPEG, name: str = "门.jpg") -> object:
        return add_photo(
            operation=survey.id, actor=survey.who(login), unit=BRIGADE, filename=name, content=content, at=survey.town.now
        )  # fmt: skip

    with pytest.raises(OperationRefused):
        add()
    survey.meet()
    photo = add()
    with pytest.raises(FileRefused):
        add(content=PAPER, name="门.pdf")
    with pytest.raises(NotPermitted):
        add(login=URBAN)
    stream, kind, name = open_photo(photo=photo, actor=survey.who(URBAN), at=survey.town.now)  # type: ignore[arg-type]
    assert (stream.read(), kind, name) == (JPEG, "image/jpeg", "门.jpg")
    for stranger in ("liujie", "qianjin"):
        with pytest.raises(NotPermitted):
            open_photo(photo=photo, actor=survey.who(stranger), at=survey.town.now)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        drop_photo(photo=photo, actor=survey.who(URBAN))  # type: ignore[arg-type]
    drop_photo(photo=photo, actor=survey.who(BRIGADE))  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        open_photo(photo=uuid4(), actor=survey.who(BRIGADE), at=survey.town.now)


def test_a_photograph_is_not_shown_before_the_scanner_has_passed_it(survey: Survey, away: list[bool]) -> None:
    survey.meet()
    photo = add_photo(
        operation=survey.id, actor=survey.who(BRIGADE), unit=BRIGADE, filename="门.jpg", content=JPEG, at=survey.town.now
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        open_photo(photo=photo, actor=survey.who(URBAN), at=survey.town.now)


def test_a_drawing_whose_bytes_decayed_is_given_up(survey: Survey) -> None:
    drawing = whole(survey)
    for sha256 in UploadPartRow.objects.filter(upload=drawing.upload_id).values_list("sha256", flat=True):
        outside().files.drop(sha256)
    assert look_through_drawings(at=survey.town.now) == 1
    assert load_drawing(drawing.id)[0].trouble == "damaged"
