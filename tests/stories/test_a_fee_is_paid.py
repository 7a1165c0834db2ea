"""
A building changes hands and its registration costs something: one bill, one button, a voucher, and books that agree.

王芳 pays from her phone; the second time 老李 takes it at the window; what she withdraws after paying comes back.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from tests.stories.devices import PHONE, PHONE_WITHOUT_SCRIPTS
from tests.stories.people import Person, Town
from tests.web.building import Building
from yijianshi.integrations.payment import DemoPayment
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.outside import outside, use
from yijianshi.services.people.signing_in import name_on
from yijianshi.store.accounts.models import Officer
from yijianshi.store.fees.models import PaymentRow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEWEI = "南京禾味餐饮管理有限公司"
STANDARD = {"收费标准": "非住宅 550 元/件，1 件", "收费依据": "示例收费标准第一条"}


@pytest.fixture
def building(town: Town, tmp_path: Path) -> Iterator[Building]:
    """A building in a town whose provider has a ledger of its own."""
    wired = outside()
    use(replace(wired, payment=DemoPayment(tmp_path / "payments.json", NODE_CLOCK, secret="of the story")))
    yield Building()
    use(wired)


def registrar(town: Town, building: Building) -> Person:
    """The official of the registry, who sits among the other departments of the demo."""
    unit = load_unit(building)
    post = Officer.objects.select_related("account").filter(unit=unit, role="reviewer").first()
    assert post is not None
    person = town.visitor(name=name_on(post.account))
    person.opens("/login")
    person.unfolds("其他部门")
    person.presses(person.name)
    person.opens(f"/desk/{building.key}")
    return person


def load_unit(building: Building) -> str:
    return building.case("realestate-transfer").unit


def charges(official: Person, building: Building, **more: str) -> None:
    official.opens(f"/desk/{building.key}")
    official.follows("收费" if official.page.get_by_role("link", name="改收费").count() else "通知缴费")
    official.answers_all({"应收金额": "550"} | STANDARD | more)
    official.presses("通知缴费")
    official.town.behind_the_pages()


def applicant(town: Town, device=PHONE) -> Person:
    wang = town.visitor(device, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens(reverse("account"))
    wang.presses(HEWEI)
    return wang


@pytest.mark.clause("S3")
def test_she_pays_from_her_phone_and_gets_her_voucher(town: Town, building: Building) -> None:
    official = registrar(town, building)
    official.sees("这个事项收费，还没有通知缴费")
    official.follows("通知缴费")
    official.sees("目录里的标准：非住宅 550 元/件", "小微企业免收")
    official.answers("收费依据", "")
    official.presses("通知缴费")
    official.sees("没有写收费依据")
    charges(official, building)
    official.sees("已通知缴费 550 元", "等申请人缴 550 元")
    wang = applicant(town)
    wang.opens("/my/messages")
    wang.sees("请缴费", "不要向个人转账")
    wang.opens(f"/my/{building.id}")
    wang.sees("有费用要缴")
    wang.follows("看缴费单，去付款")
    wang.sees("一共要缴", "550 元", "示例收费标准第一条", "最后一天")
    assert wang.downloads("缴费通知书").startswith(b"%PDF")
    wang.presses("去付款")
    wang.sees("演示付款，不会扣钱")
    wang.presses("不付，回去")
    wang.sees("还没有收到付款")
    wang.presses("去付款")
    wang.presses("付款（演示）")
    wang.sees("已缴到账", "都缴清了", "凭证号", "DEMO-")
    payment = outside().payment
    assert isinstance(payment, DemoPayment)
    told = wang.page.context.request.post(
        town.address + "/payment/told", data=payment.notice_of(str(PaymentRow.objects.get().pk))
    )
    assert told.status == 200, "the provider calls back as well, and nothing is paid twice"
    official.opens(f"/desk/{building.key}")
    official.sees("已缴 550 元")
    official.follows("对账")
    official.sees("550 元", "按单位")


def test_the_window_takes_it_and_what_is_withdrawn_comes_back(town: Town, building: Building) -> None:
    official = registrar(town, building)
    charges(official, building)
    li = town.staff("李国强")
    li.opens(f"/window/{building.id}")
    li.follows("看缴费单，收款")
    li.answers("票据号", "苏财 0001")
    li.presses("记为已收")
    li.sees("已记为窗口缴费，票据号 苏财 0001", "窗口")
    wang = applicant(town, PHONE_WITHOUT_SCRIPTS)
    wang.opens(f"/my/{building.id}")
    wang.follows("看缴费单和凭证")
    wang.sees("苏财 0001")
    wang.opens(f"/my/{building.id}/withdraw/{building.key}")
    wang.presses("撤回这")
    official.opens("/money")
    official.follows("决定", within="等决定退不退")
    official.presses("作出决定")
    official.sees("请选一个")
    official.answers_all({"收了费的服务提供了吗": "没有提供", "退不退": "退", "理由": "还没有登簿"})
    official.presses("作出决定")
    official.sees("已决定退 550 元", "缴过 550 元，已退 550 元")
    wang.opens(f"/my/{building.id}/fees")
    wang.sees("已退 550 元，原路返回")
    supervisor = town.staff("何立")
    supervisor.follows("缴费对账")
    supervisor.sees("两边的账一样", "收 550 元，退 550 元")
