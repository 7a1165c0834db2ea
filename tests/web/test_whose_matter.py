"""Whose matter it is and who applies for it, on every list of staff; and looking for somebody by his number."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import actor, file_one
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.people.parties import know_party
from yijianshi.services.working import drain
from yijianshi.store.accounts.models import Account
from yijianshi.web.templatetags.yjs import wide

pytestmark = pytest.mark.django_db

BIRTH = {
    "birth-place": "省内助产机构", "married": True, "household-follow": "随母", "mother-insured": "职工生育保险",
    "directly-settled": True,
}  # fmt: skip
#: Somebody at whose desk a newborn's submission lies, and the list there.
LISTS = (("laoli", "/window"), ("liujie", "/coordinate"), ("maqiang", "/desk"))
STRANGER = "11010519491231002X"


def text_of(response) -> str:
    return response.content.decode()


def number_of(login: str) -> str:
    return know_party(Account.objects.get(login=login).party_id).number


@pytest.fixture
def newborn() -> UUID:
    at = NODE_CLOCK.now() - timedelta(hours=1)
    filed = file_one(actor("wangfang", at=NODE_CLOCK.now()), bundle="newborn", answers=BIRTH, at=at)
    drain(at=at)
    return filed


@pytest.mark.parametrize(("login", "address"), LISTS)
def test_the_mother_stands_beside_her_child(newborn: UUID, login: str, address: str) -> None:
    page = text_of(signed_in_as(login).get(address))
    assert "谁的事" in page
    assert "王芳申请" in page


def test_an_enterprise_that_applies_for_itself_is_named_once() -> None:
    Restaurant()
    page = text_of(signed_in_as("hemin").get("/coordinate"))
    assert "南京禾味" in page
    assert "南京禾味餐饮管理有限公司申请" not in page


@pytest.mark.parametrize(("login", "address"), LISTS)
def test_a_number_is_looked_up_and_never_stands_in_an_address(
    newborn: UUID, login: str, address: str
) -> None:
    client, number = signed_in_as(login), number_of("wangfang")
    spaced = f"{number[:6]} {number[6:14]} {number[14:].lower()}"
    for typed in (number, spaced):
        led = client.post(address, {"q": typed})
        assert led.status_code == 302
        assert number not in led["Location"]
        assert "王芳申请" in text_of(client.get(led["Location"]))
    nobody = client.post(address, {"q": STRANGER})
    assert STRANGER not in nobody["Location"]
    assert "没有这个证件号码" in text_of(client.get(nobody["Location"]))


@pytest.mark.parametrize(("login", "address"), LISTS)
def test_another_persons_number_finds_nothing_of_hers(newborn: UUID, login: str, address: str) -> None:
    client = signed_in_as(login)
    led = client.post(address, {"q": number_of("qianjin")})
    assert "没有这个证件号码" in text_of(client.get(led["Location"]))


@pytest.mark.parametrize("address", ["/window", "/coordinate", "/coordinate/released", "/desk"])
def test_who_has_no_such_post_looks_nobody_up(newborn: UUID, address: str) -> None:
    for login in ("qianjin", "heli"):
        assert signed_in_as(login).post(address, {"q": number_of("wangfang")}).status_code == 404


def test_a_number_of_a_case_keeps_its_other_filters() -> None:
    Restaurant()
    chen = signed_in_as("chenzhiyuan")
    led = chen.post("/desk", {"q": "0000 12", "state": "received", "page": "7"})
    assert led["Location"] == "/desk?state=received&q=0000+12"
    assert chen.get("/desk?of=nonsense").status_code == 200


def test_an_enterprise_is_found_with_what_is_closed_and_nothing_closed_is_late() -> None:
    place = Restaurant(at=NODE_CLOCK.now() - timedelta(days=40))
    place.release()
    chen = signed_in_as("chenzhiyuan")
    led = chen.post("/desk", {"q": "91320106DEM000014U"})
    rows = chen.get(led["Location"]).context["page"].inbox.rows
    assert len(rows) == 2
    closed = next(row for row in rows if row.tag.word == "已办结")
    assert closed.due.words == "已办完"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("食品经营许可(新办)", "食品经营许可（新办）"), ("通则(GB/T 1)", "通则(GB/T 1)"), ("", "")],
)
def test_brackets_of_chinese_names_are_wide(name: str, shown: str) -> None:
    assert wide(name) == shown
