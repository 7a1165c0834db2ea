"""Everybody may read, take along and have put right what is kept about him."""

from datetime import date

import pytest

from tests.services.town import Town
from yijianshi.domain.own_data import RequestAnswered, RequestRefused
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.portal import own_copy
from yijianshi.services.portal.data_requests import (
    answer_request,
    ask_to_correct,
    request_to_answer,
    requests_of,
    requests_to_answer,
)
from yijianshi.services.portal.own_copy import CopyNotReady, ask_for_copy, make_copies, open_copy
from yijianshi.services.reading.my_messages import messages_of
from yijianshi.services.working import tidy
from yijianshi.store.portal.models import OwnCopyRow


def test_a_copy_holds_who_one_is_what_was_filed_and_who_looked(town: Town) -> None:
    wang = town.who("wangfang", enterprise=True)
    submission = town.file(wang)
    town.release(submission)
    key = ask_for_copy(actor=wang, at=town.now)
    content = open_copy(key, actor=wang, at=town.now)
    assert content["本人"]["名称"]
    filed = content["申报"][0]
    assert filed["一件事"] == "开办餐饮店"
    assert {line["现在"] for line in filed["事项"]}
    assert any(line["项目"] and line["来自"] for line in filed["填的内容"])
    assert content["材料"]


def test_a_copy_is_sealed_is_only_for_who_asked_and_is_gone_after_a_week(town: Town) -> None:
    wang = town.who("wangfang")
    key = ask_for_copy(actor=wang, at=town.now)
    name = open_copy(key, actor=wang, at=town.now)["本人"]["名称"]
    assert name.encode() not in bytes(OwnCopyRow.objects.get().sealed)
    for other in (town.who("qianjin"), town.who("heli"), town.who("wangfang", enterprise=True)):
        with pytest.raises(NotPermitted):
            open_copy(key, actor=other, at=town.now)
    later = town.later(days=7, seconds=1)
    with pytest.raises(NotPermitted):
        open_copy(key, actor=wang, at=later)
    assert make_copies(at=later) == 1
    assert not OwnCopyRow.objects.exists()


def test_a_long_copy_is_made_by_the_worker_and_not_begun_twice(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_copy, "AT_ONCE", 0)
    wang = town.who("wangfang", enterprise=True)
    town.file(wang)
    key = ask_for_copy(actor=wang, at=town.now)
    assert ask_for_copy(actor=wang, at=town.now) == key
    with pytest.raises(CopyNotReady):
        open_copy(key, actor=wang, at=town.now)
    tidy(at=town.now)
    assert open_copy(key, actor=wang, at=town.now)["申报"]


def test_a_request_is_due_in_fifteen_working_days_and_answered_once_with_reasons(town: Town) -> None:
    wang, he = town.who("wangfang"), town.who("heli")
    asked = ask_to_correct(actor=wang, division="320106", about="材料", words="照片不是我的", at=town.now)
    assert requests_of(wang)[0].answer_by == date(2026, 12, 9)
    assert [one.who for one in requests_to_answer(he)] == ["王芳"]
    with pytest.raises(RequestRefused):
        answer_request(request=asked, actor=he, outcome="refused", words=" ", at=town.now)
    answer_request(request=asked, actor=he, outcome="refused", words="照片是您本人交的", at=town.now)
    told = requests_of(wang)[0]
    assert (told.outcome, told.answer) == ("没有更正", "照片是您本人交的")
    with pytest.raises(RequestAnswered):
        answer_request(request=asked, actor=he, outcome="corrected", words="改了", at=town.now)
    assert messages_of(wang)[0][0].title == "您要求更正的信息有答复"


def test_only_who_supervises_there_answers_and_nobody_else_learns_of_it(town: Town) -> None:
    wang = town.who("wangfang")
    asked = ask_to_correct(actor=wang, division="320106", about="其他", words="电话换了", at=town.now)
    for login in ("wangfang", "qianjin", "chenzhiyuan", "laoli"):
        with pytest.raises(NotPermitted):
            request_to_answer(asked, actor=town.who(login))
        with pytest.raises(NotPermitted):
            requests_to_answer(town.who(login))
    assert requests_of(town.who("qianjin")) == ()


@pytest.mark.parametrize(("about", "words"), [("材料", " "), ("别的", "不对"), ("材料", "长" * 2001)])
def test_a_request_that_nobody_could_answer_is_refused(town: Town, about: str, words: str) -> None:
    with pytest.raises(RequestRefused):
        ask_to_correct(actor=town.who("wangfang"), division="320106", about=about, words=words, at=town.now)
