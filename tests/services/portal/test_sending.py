"""Messages go out by the way somebody chose, by the next if it fails, and not in the night; no text message says who he is."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import httpx
import pytest

from tests.filed import file_fullest
from tests.services.town import Town
from yijianshi.domain.messages import Kind, QuietHours, Way, kind_of
from yijianshi.integrations.messenger.carriers import DemoCarrier, HttpCarrier, code_of
from yijianshi.integrations.messenger.in_app import InAppMessenger
from yijianshi.integrations.messenger.queued import QueuedMessenger
from yijianshi.integrations.messenger.templates import TEMPLATES, render
from yijianshi.services import outside
from yijianshi.services.carriers import CarrierFailed, Sending
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.people.telling import tell_account
from yijianshi.services.portal.sending import MOST_FAILURES, send_out
from yijianshi.services.portal.settings import SettingNotKept, choose_telling, settings_of, subscribe
from yijianshi.services.reading.my_messages import WORDS, messages_of
from yijianshi.services.working import tidy
from yijianshi.store.portal.models import SendingRow


@dataclass
class Carrying:
    """A carrier of the tests: takes what it is given, fails as it is told to."""

    way: Way
    taken: list[Sending] = field(default_factory=list)
    fails: bool = False
    for_good: bool = False
    arrives: bool | None = True

    def carry(self, sending: Sending) -> str:
        if self.fails:
            raise CarrierFailed("网关没有收", for_good=self.for_good)
        self.taken.append(sending)
        return sending.reference

    def receipts(self, references: Sequence[str]) -> Mapping[str, bool]:
        return {} if self.arrives is None else dict.fromkeys(references, self.arrives)


@dataclass
class Post:
    """The three carriers of a town."""

    town: Town
    app: Carrying
    sms: Carrying
    mail: Carrying

    def tells(self, login: str = "wangfang", key: str = "correction.asked", **values: str) -> None:
        given = {"number": "32010620261118100000011"} | values
        tell_account(self.town.who(login).account, key, link="/my", once=f"{key}-{len(values)}", values=given)  # type: ignore[arg-type]

    def works(self) -> None:
        tidy(at=self.town.now)

    @property
    def row(self) -> SendingRow:
        return SendingRow.objects.get()


@pytest.fixture
def post(town: Town) -> Post:
    carriers = {way: Carrying(way) for way in Way}
    messenger = InAppMessenger(town.clock, also=(QueuedMessenger(town.clock),))
    outside.use(replace(outside.outside(), carriers=carriers, messenger=messenger))
    return Post(town, carriers[Way.APP], carriers[Way.SMS], carriers[Way.MAIL])


def chooses(post: Post, login: str = "wangfang", **more: object) -> None:
    settings = settings_of(post.town.who(login).account)  # type: ignore[arg-type]
    given: dict[str, object] = {
        "ways": dict(settings.telling.ways), "quiet": settings.telling.quiet, "mail": settings.mail, "by_app": bool(settings.app),
    }  # fmt: skip
    choose_telling(actor=post.town.who(login), **given | more)  # type: ignore[arg-type]


def test_the_first_way_that_is_chosen_and_possible_carries_it_and_its_receipt_is_kept(post: Post) -> None:
    post.tells()
    post.works()
    assert [one.to for one in post.sms.taken] == [one.to for one in post.sms.taken if one.to.startswith("1")]
    assert len(post.sms.taken) == 1
    assert not post.app.taken  # not subscribed
    post.town.later(minutes=5)
    post.works()
    assert (post.row.state, post.row.tried) == ("delivered", [["sms", "送达"]])


def test_what_fails_for_good_or_does_not_arrive_goes_by_the_next_way(post: Post) -> None:
    chooses(post, mail="wang@example.com", by_app=True)
    post.app.fails = post.app.for_good = True
    post.sms.arrives = False
    post.tells()
    post.works()
    assert [len(one.taken) for one in (post.app, post.sms, post.mail)] == [0, 1, 0]
    post.town.later(minutes=5)
    post.works()
    assert [one.to for one in post.mail.taken] == ["wang@example.com"]
    assert [way for way, _ in post.row.tried] == ["app", "sms"]


def test_what_fails_for_a_moment_is_tried_again_and_at_last_laid_aside(post: Post) -> None:
    post.sms.fails = True
    post.tells()
    for _ in range(6):
        post.works()
        post.town.later(minutes=10)
    assert (post.row.state, post.row.ways) == ("failed", [])
    assert len(post.row.tried) == 1


def test_a_gateway_that_is_away_holds_up_a_round_for_a_few_tries_only(post: Post) -> None:
    post.sms.fails = True
    for n in range(MOST_FAILURES + 2):
        post.tells(**{f"more{one}": "" for one in range(n)})
    assert send_out(at=post.town.now) == MOST_FAILURES


def test_by_what_a_portal_knows_somebody_outlives_a_change_of_his_settings(post: Post) -> None:
    account = post.town.who("wangfang").account
    subscribe(account, by=f"city:{account}")  # type: ignore[arg-type]
    chooses(post, quiet=QuietHours(time(22), time(7)))
    post.tells()
    post.works()
    assert [one.to for one in post.app.taken] == [f"city:{account}"]


def test_every_approved_message_has_words_of_its_own_in_ones_space_with_every_value_in_its_place(
    post: Post,
) -> None:
    assert set(TEMPLATES) - set(WORDS) == set()
    given = {"day": "11 月 20 日", "place": "鼓楼区政务服务中心"}
    post.tells(key="booking.made", **given)
    read, _ = messages_of(post.town.who("wangfang"))
    assert read[0].text.startswith("到鼓楼区政务服务中心。")


def test_telling_the_same_twice_sends_it_once(post: Post) -> None:
    post.tells()
    post.tells()
    post.works()
    post.works()
    assert len(post.sms.taken) == 1


def test_nobody_is_disturbed_at_night_but_for_a_day_that_he_would_lose(post: Post) -> None:
    post.town.go_to(11, 18, after=timedelta(hours=22))
    post.tells(key="correction.asked")
    post.tells(key="correction.due", day="11 月 20 日")
    post.works()
    assert [one.key for one in post.sms.taken] == ["correction.due"]
    post.town.go_to(11, 19, after=timedelta(hours=8))
    post.works()
    assert sorted(one.key for one in post.sms.taken) == ["correction.asked", "correction.due"]


@pytest.mark.parametrize(
    ("clock", "quiet"), [(20, False), (21, True), (23, True), (0, True), (7, True), (8, False), (12, False)]
)
def test_the_usual_night_is_from_nine_to_eight_in_china(clock: int, quiet: bool) -> None:
    at = datetime(2026, 11, 18, clock, tzinfo=UTC) - timedelta(hours=8)
    assert QuietHours().holds_at(at) is quiet
    assert QuietHours(time(0), time(0)).holds_at(at) is False
    over = QuietHours().over_at(at)
    assert over >= at
    assert not QuietHours().holds_at(over)


def test_what_nobody_wants_by_any_way_stays_inside_the_platform(post: Post) -> None:
    chooses(post, ways=dict.fromkeys(Kind, ()))
    post.tells()
    assert not SendingRow.objects.exists()


def test_an_address_that_is_none_is_refused(post: Post) -> None:
    with pytest.raises(SettingNotKept):
        chooses(post, mail="王芳")


def test_every_approved_message_has_a_kind_and_a_code_of_its_own() -> None:
    assert len({code_of(key) for key in TEMPLATES}) == len(TEMPLATES)
    assert {kind_of(key) for key in TEMPLATES} == set(Kind)


def _personal(town: Town) -> set[str]:
    people = [one for person in town.population.people for one in (person.name, person.number, person.phone)]
    return {str(one) for one in people if len(str(one)) > 1}


@pytest.mark.parametrize("bundle", ["open-restaurant", "newborn"])
def test_no_text_message_of_a_whole_life_names_anybody_or_tells_his_number(post: Post, bundle: str) -> None:
    """Everything that happens is told; every value that goes out and every word made of it is looked through."""
    town = post.town
    filed = file_fullest(bundle, at=town.now)
    town.work()
    town.release(filed.id)
    town.decide_all(filed.id)
    for _ in range(3):
        town.later(hours=10)
        post.works()
    said = [render(one.key, one.values) for one in [*post.sms.taken, *post.app.taken, *post.mail.taken]]
    assert said
    written = {
        str(value.value)
        for value in filed.content.values.values()
        if isinstance(value.value, str) and len(value.value) > 2 and value.value != "320106"
    }
    public = json.dumps([str(one) for one in shipped_catalogue().bundles.values()], ensure_ascii=False)
    for text in said:
        assert not [one for one in _personal(town) if one in text], text
        assert not [one for one in written if one in text and one not in public], text
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


def test_the_demo_keeps_what_it_would_have_sent_with_the_address_masked(post: Post, tmp_path: object) -> None:
    from pathlib import Path

    place = Path(str(tmp_path)) / "sent.jsonl"
    sms = DemoCarrier(place, post.town.clock, way=Way.SMS)
    values = {"number": "32010620261118100000011"}
    sending = Sending(to="13900001234", key="correction.asked", values=values, link="/my", reference="r")
    sms.carry(sending)
    seen = sms.sent(most=5)[0]
    assert (seen.to, seen.code, seen.link) == ("139****1234", "YJS_CORRECTION_ASKED", "")
    assert sms.receipts(["yes-r", "no-r"]) == {"yes-r": True, "no-r": False}
    with pytest.raises(CarrierFailed):
        sms.carry(replace(sending, key="nothing.approved"))


def test_a_gateway_is_given_a_template_and_values_signed_and_its_refusals_are_told_apart() -> None:
    asked: list[httpx.Request] = []

    def gateway(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        body = json.loads(request.content)
        if request.url.path.endswith("/receipts"):
            return httpx.Response(200, json={"a": "delivered", "b": "failed", "c": "waiting"})
        return httpx.Response(int(body["to"]), json={"reference": "theirs"})

    carrier = HttpCarrier(
        "https://sms.example", "secret", way=Way.SMS, transport=httpx.MockTransport(gateway)
    )
    sending = Sending(
        to="200", key="correction.asked", values={"number": "1" * 23}, link="/my", reference="r"
    )
    assert carrier.carry(sending) == "theirs"
    told = json.loads(asked[0].content)
    assert "text" not in told
    assert told["template"] == "YJS_CORRECTION_ASKED"
    assert asked[0].headers["X-Yijianshi-Signature"].startswith("sha256=")
    for code, for_good in (("400", True), ("503", False), ("429", False)):
        with pytest.raises(CarrierFailed) as refusal:
            carrier.carry(replace(sending, to=code))
        assert refusal.value.for_good is for_good
    assert carrier.receipts(["a", "b", "c"]) == {"a": True, "b": False}


@pytest.mark.parametrize(
    ("answer", "is_taken"), [(httpx.Response(200, text="OK"), True), (httpx.Response(302), False)]
)
def test_a_gateway_that_says_only_that_it_took_it_is_believed_and_one_that_sends_us_elsewhere_is_not(
    answer: httpx.Response, is_taken: bool
) -> None:
    carrier = HttpCarrier(
        "https://sms.example", "secret", way=Way.SMS, transport=httpx.MockTransport(lambda _: answer)
    )
    sending = Sending(to="1", key="correction.asked", values={"number": "1" * 23}, link="/my", reference="r")
    if is_taken:
        assert carrier.carry(sending) == "r"
        return
    with pytest.raises(CarrierFailed):
        carrier.carry(sending)
