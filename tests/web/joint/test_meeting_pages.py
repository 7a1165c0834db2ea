"""The pages of a joint survey, without scripts: times, appointment, opinions, signatures, record."""

import re

import pytest

from tests.web.joint.meeting import UNITS, Meeting, text_of
from tests.web.staff import signed_in_as
from yijianshi.store.joint.models import OperationRow, OpinionRow, PhotoRow
from yijianshi.store.reads.models import ReadRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S8.2")]

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)
FOOD, FIRE, SIGN = "food-business-permit", "fire-safety-check", "signage-permit"


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


def test_everybody_finds_the_survey_from_where_he_works(meeting: Meeting) -> None:
    assert f"{meeting.mine}" in text_of(meeting.wang().get(f"/my/{meeting.submission}"))
    assert meeting.page in text_of(signed_in_as("zhaokai").get(f"/desk/{meeting.case(FIRE)}"))
    assert meeting.page in text_of(signed_in_as("hemin").get(f"/coordinate/{meeting.submission}"))
    for login in (*UNITS, "hemin"):
        page = text_of(signed_in_as(login).get("/joint"))
        assert meeting.page in page
        assert "联合勘验" in page


def test_strangers_get_the_same_answer_as_for_what_is_not_there(meeting: Meeting) -> None:
    for login in ("liujie", "heli", "qianjin", "laoli"):
        assert signed_in_as(login).get(meeting.page).status_code == 404, login
    assert signed_in_as("qianjin").get(meeting.mine).status_code == 404
    assert signed_in_as("laoli").get(meeting.mine).status_code == 200, "the window may help the applicant"
    assert signed_in_as("zhaokai").get(f"{meeting.page}/fix").status_code == 404
    assert signed_in_as("qianjin").get("/joint").status_code == 404


def test_times_come_in_a_common_one_is_shown_and_fixed(meeting: Meeting) -> None:
    first, second = map(str, meeting.slots[:2])
    for login, unit in UNITS.items():
        answer = signed_in_as(login).post(f"{meeting.page}/times", {"party": unit, "slots": [first, second]})
        assert answer.status_code == 302
    wang, he = meeting.wang(), signed_in_as("hemin")
    assert "还没有回复：申请人" in text_of(he.get(meeting.page))
    assert wang.post(f"{meeting.mine}/times", {"slots": [second]}).status_code == 302
    page = text_of(he.get(f"{meeting.page}/fix"))
    assert "大家都能来的最早时间" in page
    assert re.search(rf'value="{re.escape(second)}" checked', page), (
        "the earliest common half-day is chosen beforehand"
    )
    assert text_of(he.get("/joint")).count("请定时间") == 1
    meeting.fix(slot=second)
    assert meeting.row.slot == second
    assert "示例路 1 号店里" in text_of(wang.get(meeting.mine))
    assert "约在" in text_of(signed_in_as("zhaokai").get("/my/messages"))


def test_a_form_that_lacks_something_says_what_and_keeps_what_was_written(meeting: Meeting) -> None:
    he = signed_in_as("hemin")
    for posted, says in (
        ({"place": "店里", "way": "all"}, "请在表里选一个半天"),
        ({"slot": str(meeting.slots[0]), "place": "", "way": "all"}, "在哪里碰头"),
        ({"slot": str(meeting.slots[0]), "place": "店里", "way": "some", "least": "9"}, "1 到 3"),
        ({"slot": str(meeting.slots[0]), "place": "店里", "way": "veto"}, "指定一家"),
        ({"slot": "nonsense", "place": "店里", "way": "all"}, "列出的半天"),
        ({"slot": str(meeting.slots[0]), "place": "店里", "way": "nonsense"}, "怎样算通过"),
    ):
        answer = he.post(f"{meeting.page}/fix", posted)
        assert answer.status_code == 422, posted
        assert says in text_of(answer)
        assert posted["place"] in text_of(answer)


def test_each_side_moves_it_once(meeting: Meeting) -> None:
    for login, unit in UNITS.items():
        slots = [str(slot) for slot in meeting.slots[:3]]
        signed_in_as(login).post(f"{meeting.page}/times", {"party": unit, "slots": slots})
    meeting.fix()
    wang, he = meeting.wang(), signed_in_as("hemin")
    third = str(meeting.slots[2])
    assert wang.post(f"{meeting.mine}/move", {"slot": third, "reason": ""}).status_code == 422
    assert wang.post(f"{meeting.mine}/move", {"slot": third, "reason": "孩子住院"}).status_code == 302
    assert "改一次" not in text_of(wang.get(meeting.mine))
    assert "孩子住院" in text_of(signed_in_as("zhoulin").get(meeting.page))
    assert he.post(f"{meeting.page}/move", {"slot": "", "reason": "演练"}).status_code == 422
    assert (
        he.post(f"{meeting.page}/move", {"slot": str(meeting.slots[5]), "reason": "演练"}).status_code == 302
    )
    assert meeting.row.slot == str(meeting.slots[5])
    assert f"{meeting.page}/move" not in text_of(he.get(meeting.page))


def test_opinions_are_written_signed_and_come_back_as_one_record(meeting: Meeting) -> None:
    meeting.fix()
    assert "给意见<" not in text_of(signed_in_as("zhaokai").get(meeting.page)), "nobody has been there yet"
    assert meeting.say("zhaokai", FIRE).status_code == 409
    meeting.comes()
    assert meeting.say("zhaokai", SIGN).status_code == 404
    lacking = meeting.say("zhaokai", FIRE, verdict="mend", reason="疏散门反锁", basis="")
    assert lacking.status_code == 422
    assert "没有依据" in text_of(lacking)
    assert "疏散门反锁" in text_of(lacking)
    for login, item in (("zhaokai", FIRE), ("chenzhiyuan", FOOD), ("zhoulin", SIGN)):
        assert meeting.say(login, item).status_code == 302
    wang = meeting.wang()
    assert "合格" not in text_of(wang.get(meeting.mine)).split("各部门的意见")[1], "unsigned is unsaid"
    assert "意见：" not in text_of(wang.get(f"/my/{meeting.submission}"))
    for login, unit in UNITS.items():
        client = signed_in_as(login)
        digest = re.search(r'name="digest" value="(\w+)"', text_of(client.get(meeting.page)))
        assert digest
        posted = {"unit": unit, "digest": digest[1]}
        assert "签名后意见不能再改" in text_of(client.post(f"{meeting.page}/sign", posted))
        assert client.post(f"{meeting.page}/sign", posted | {"confirmed": "1"}).status_code == 302
    meeting.told()
    assert OperationRow.objects.get(pk=meeting.id).outcome == "passed"
    for client in (wang, signed_in_as("zhaokai"), signed_in_as("hemin")):
        answer = client.get(f"/papers/joint/{meeting.id}/record.pdf")
        assert answer["Content-Type"] == "application/pdf"
    assert signed_in_as("qianjin").get(f"/papers/joint/{meeting.id}/record.pdf").status_code == 404
    assert "合格" in text_of(wang.get(meeting.mine))
    assert "联合勘验，消防意见：合格" in text_of(wang.get(f"/my/{meeting.submission}"))
    assert "联合勘验记录完成，通过" in text_of(signed_in_as("zhaokai").get(f"/desk/{meeting.case(FIRE)}"))


def test_the_record_is_not_printed_before_it_is_complete(meeting: Meeting) -> None:
    answer = meeting.wang().get(f"/papers/joint/{meeting.id}/record.pdf")
    assert answer.status_code == 404
    assert "还没有完成记录" in text_of(answer)


def test_a_colleague_who_was_faster_is_told(meeting: Meeting) -> None:
    meeting.fix()
    meeting.comes()
    assert meeting.say("zhaokai", FIRE).status_code == 302
    assert meeting.say("zhaokai", FIRE, verdict="none", reason="不归我们").status_code == 409
    assert meeting.say("zhaokai", FIRE, verdict="none", reason="不归我们", seen="1").status_code == 302
    assert OpinionRow.objects.get().verdict == "none"


def test_photographs_are_added_seen_and_taken_out_again(meeting: Meeting) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    meeting.fix()
    zhao = signed_in_as("zhaokai")
    files = [SimpleUploadedFile("门.jpg", JPEG), SimpleUploadedFile("门.pdf", b"no picture")]
    zhao.post(f"{meeting.page}/photos", {"unit": UNITS["zhaokai"], "file": files})
    photo = PhotoRow.objects.get()
    address = f"/joint/photos/{photo.id}"
    page = text_of(signed_in_as("zhoulin").get(meeting.page))
    assert address in page
    answer = signed_in_as("zhoulin").get(address)
    assert b"".join(answer.streaming_content) == JPEG
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert meeting.wang().get(address).status_code == 404, "the applicant sees it with the record"
    assert signed_in_as("liujie").get(address).status_code == 404
    assert signed_in_as("zhoulin").post(f"{address}/drop").status_code == 404
    assert zhao.post(f"{address}/drop").status_code == 302
    assert not PhotoRow.objects.exists()


def test_photographs_come_with_the_opinion_and_one_that_is_none_loses_nothing(meeting: Meeting) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    meeting.fix()
    meeting.comes()
    files = [SimpleUploadedFile("门.jpg", JPEG), SimpleUploadedFile("门.gif", b"GIF89a")]
    assert meeting.say("zhaokai", FIRE, photos=files).status_code == 302  # type: ignore[arg-type]
    assert (OpinionRow.objects.count(), PhotoRow.objects.count()) == (1, 1)


def test_an_operation_is_cancelled_with_a_reason_and_planned_anew(meeting: Meeting) -> None:
    he = signed_in_as("hemin")
    assert he.post(f"{meeting.page}/cancel", {"reason": ""}).status_code == 422
    assert he.post(f"{meeting.page}/cancel", {"reason": "还没装修"}).status_code == 302
    page = text_of(he.get(f"/coordinate/{meeting.submission}"))
    assert "联合勘验还没有安排" in page
    assert he.post(f"/joint/plan/{meeting.submission}").status_code == 302
    assert he.post(f"/joint/plan/{meeting.submission}").status_code == 409
    assert signed_in_as("zhaokai").post(f"/joint/plan/{meeting.submission}").status_code == 404


def test_the_supervisor_sees_what_drags_and_nothing_of_the_person(meeting: Meeting) -> None:
    meeting.fix()
    meeting.comes()
    page = text_of(signed_in_as("heli").get("/supervise/joint"))
    assert "约定的日子已过，还没有记录" in page
    assert "南京禾味" not in page
    assert meeting.page not in page
    assert "/supervise/joint" in text_of(signed_in_as("heli").get("/supervise"))
    assert signed_in_as("zhaokai").get("/supervise/joint").status_code == 404


def test_every_look_of_an_official_is_written_down(meeting: Meeting) -> None:
    signed_in_as("zhaokai").get(meeting.page)
    read = ReadRow.objects.get(what="joint")
    assert read.unit == UNITS["zhaokai"]


def test_the_pages_ask_the_database_a_bounded_number_of_times(
    meeting: Meeting, django_assert_max_num_queries
) -> None:
    zhao, wang, he = signed_in_as("zhaokai"), meeting.wang(), signed_in_as("hemin")
    for client, address, most in (
        (zhao, "/joint", 14),
        (zhao, meeting.page, 24),
        (wang, meeting.mine, 24),
        (he, meeting.page, 24),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
