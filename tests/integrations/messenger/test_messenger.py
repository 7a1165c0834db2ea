"""Messages use approved words, tell nothing personal, and arrive once."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from yijianshi.integrations.messenger.check import check
from yijianshi.integrations.messenger.file_sink import FileSink
from yijianshi.integrations.messenger.templates import (
    TEMPLATES,
    TemplateUnknown,
    ValueUnfit,
    heading,
    render,
)
from yijianshi.services.ports import Message

NUMBER = "32010620261118100003424"
RECEIVED = Message(account="a1", key="submission.received", values={"number": NUMBER}, link="/my/1")


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def sink(path: Path) -> FileSink:
    return FileSink(path, FixedClock())


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_every_template_renders_in_plain_words(key: str) -> None:
    values = {
        name: {"number": NUMBER, "day": "12 月 1 日", "item": "联合勘验", "place": "鼓楼区示例大厅"}[name]
        for name in TEMPLATES[key].keys
    }
    text = render(key, values)
    assert text.endswith("。")
    assert "{" not in text + heading(key, values)
    assert not any(word in text for word in ("操作成功", "温馨提示", "亲", "！", "!", "点击"))
    assert all(value in text for value in values.values())


@pytest.mark.parametrize(
    "key",
    ["submission.received", "submission.released", "correction.asked", "case.decided", "case.granted", "case.refused",
     "case.suspended", "case.resumed", "submission.closed", "rating.due"],
)  # fmt: skip
def test_what_the_platform_tells_has_approved_words(key: str) -> None:
    assert key in TEMPLATES


def test_words_that_nobody_approved_are_not_sent() -> None:
    with pytest.raises(TemplateUnknown) as refused:
        render("anything.else", {})
    assert "没有编号为“anything.else”" in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "32010619920518996X",
        "王芳 320106199205189960",
        "13900000001",
        "请打 139-0000-0001",
        "x" * 61,
        "一\n二",
    ],
)
def test_a_value_that_is_missing_long_or_personal_stops_the_message(value: str) -> None:
    with pytest.raises(ValueUnfit, match="没有发出"):
        render("submission.received", {"number": value})


def test_numbers_of_submissions_and_office_telephones_may_be_told() -> None:
    assert NUMBER in render("submission.received", {"number": NUMBER})
    assert "025-83200000" in render("appointment.made", {"number": NUMBER, "day": "025-83200000"})


def test_values_that_the_words_do_not_need_are_left_out() -> None:
    assert "王芳" not in render("submission.received", {"number": NUMBER, "name": "王芳"})


def test_a_message_is_written_once(tmp_path: Path) -> None:
    file = tmp_path / "sms" / "sent.jsonl"
    sms = sink(file)
    sms.send([RECEIVED], once="step-1")
    sms.send([RECEIVED], once="step-1")
    sms.send([RECEIVED], once="step-2")
    assert [line["once"] for line in lines(file)] == ["step-1", "step-2"]
    assert lines(file)[0]["messages"] == [
        {"account": "a1", "text": render("submission.received", {"number": NUMBER}), "link": "/my/1"}
    ]


def test_another_process_does_not_send_it_again(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    first, second = sink(file), sink(file)
    first.send([RECEIVED], once="step-1")
    second.send([RECEIVED], once="step-1")
    second.send([RECEIVED], once="step-2")
    first.send([RECEIVED], once="step-2")
    assert len(lines(file)) == 2


def test_many_at_the_same_time_write_it_once(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    senders = [
        threading.Thread(
            target=lambda n=n: [sink(file).send([RECEIVED], once=f"step-{k}") for k in range(n, n + 10)]
        )
        for n in range(8)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(str(line["once"]) for line in lines(file)) == sorted(f"step-{k}" for k in range(17))


def test_a_line_that_a_crash_left_unfinished_is_sent_again(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    sink(file).send([RECEIVED], once="step-1")
    with file.open("ab") as broken:
        broken.write(b'{"once": "step-2", "messages": [{"te')
    sink(file).send([RECEIVED], once="step-2")
    assert [line["once"] for line in lines(file)] == ["step-1", "step-2"]


def test_a_file_that_was_put_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    sms = sink(file)
    sms.send([RECEIVED], once="step-1")
    file.unlink()
    sms.send([RECEIVED], once="step-2")
    assert [line["once"] for line in lines(file)] == ["step-2"]


def test_one_unfit_message_stops_the_whole_sending(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    with pytest.raises(ValueUnfit):
        sink(file).send([RECEIVED, Message(account="a2", key="submission.received")], once="step-1")
    assert not file.exists()


def test_only_the_owner_reads_what_was_sent(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    sink(file).send([RECEIVED], once="step-1")
    assert file.stat().st_mode & 0o077 == 0


def test_the_check_finds_a_production_that_only_writes_to_a_file(tmp_path: Path) -> None:
    assert check() == ()
    assert "收不到" in check(sink=tmp_path)[0]
