"""The demo's first day: the cast moves in, every one-thing is published. A production database is refused."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.mandates import LONGEST_DAYS, USUAL, MandateKind, Power
from yijianshi.domain.workdays import legal_day
from yijianshi.integrations.population import Person, Population, build_population
from yijianshi.services.catalogue.centres import read_centres
from yijianshi.services.catalogue.published import publish_all
from yijianshi.services.catalogue.reading import shipped_catalogue, shipped_folder
from yijianshi.services.contents import seal_text
from yijianshi.services.hall.install import install_centres
from yijianshi.services.mandates.children import find_children
from yijianshi.services.mandates.give import give_at_once
from yijianshi.services.people.actors import LEAD, actor_of
from yijianshi.services.people.identified import subject_hash
from yijianshi.services.people.parties import find_or_add_party
from yijianshi.services.portal.terminals import register_terminal
from yijianshi.store.accounts.models import Account, Officer, Representation, UnitDesk
from yijianshi.store.identity.models import IdentityRow
from yijianshi.store.rekeying.models import OwnSystemRow

from .clock import NODE_CLOCK
from .environment import Profile
from .other_departments import HOME, Staff, staff_of_other_departments
from .stamping import stamp, stamped

PROVINCE, NEIGHBOUR = DivisionCode("320000"), DivisionCode("320583")
STATION = DivisionCode("320106901001")
PASSWORD = "yijianshi-demo"  # noqa: S105 - published with the source, and refused by production


#: Above and next door the demo has one person who signs for the departments.
_SIGNING = tuple(
    ("reviewer", department)
    for department in ("market-regulation", "fire-rescue", "urban-management", "housing-construction", "tobacco", "health",
                       "public-security", "taxation", "human-resources")
)  # fmt: skip
STAFF = (
    Staff("laoli", "李国强", (("window", "government-services"),), "综合窗口：替人申报、初审", "025-0000-1001"),
    Staff("hemin", "何敏", (("coordinator", "market-regulation"),), "市场监管局，餐饮店和企业开办的牵头协调", "025-0000-1002"),
    Staff("chenzhiyuan", "陈志远", (("reviewer", "market-regulation"),), "市场监管局，食品和登记", "025-0000-1003"),
    Staff("zhaokai", "赵凯", (("reviewer", "fire-rescue"),), "消防救援大队", "025-0000-1004"),
    Staff("zhoulin", "周琳", (("reviewer", "urban-management"),), "城市管理局", "025-0000-1005"),
    Staff("wuhao", "吴浩", (("reviewer", "housing-construction"),), "住房和城乡建设局，排水", "025-0000-1006"),
    Staff("sunqian", "孙倩", (("reviewer", "tobacco"),), "烟草专卖局", "025-0000-1007"),
    Staff("liujie", "刘洁", (("coordinator", "health"), ("reviewer", "health")), "卫生健康委，新生儿的牵头协调和出生证", "025-0000-1008"),
    Staff("jiangxin", "蒋欣", (("reviewer", "disease-control"),), "疾病预防控制局，接种证", "025-0000-1009"),
    Staff("maqiang", "马强", (("reviewer", "public-security"),), "公安，户口和公章", "025-0000-1010"),
    Staff("fengxue", "冯雪", (("reviewer", "healthcare-security"),), "医疗保障局", "025-0000-1011"),
    Staff("chuning", "褚宁", (("reviewer", "human-resources"),), "人力资源和社会保障局", "025-0000-1012"),
    Staff("weiguo", "卫国", (("reviewer", "taxation"),), "税务局", "025-0000-1013"),
    Staff("shenping", "沈平", (("reviewer", "housing-fund"),), "住房公积金", "025-0000-1014"),
    Staff("hansong", "韩松", (("reviewer", "peoples-bank"),), "人民银行（银行开户）", "025-0000-1015"),
    Staff("heli", "何立", (("supervisor", "government-services"),), "政务办，督查", "025-0000-1016"),
    Staff("lanhui", "兰慧", (("steward", "government-services"),), "鼓楼区目录管理员", "025-0000-1017"),
    Staff("gaoyuan", "高远", (("steward", "government-services"),), "省级目录管理员", "025-0000-1018", PROVINCE),
    Staff("jinshan", "金珊", (("steward", "government-services"),), "昆山市目录管理员", "0512-0000-1019", NEIGHBOUR),
    Staff("yuwen", "俞文", _SIGNING, "省级各部门会签（演示里由一人代）", "025-0000-1020", PROVINCE),
    Staff("luming", "陆明", _SIGNING, "昆山市各部门会签（演示里由一人代）", "0512-0000-1021", NEIGHBOUR),
    Staff("fangqin", "方勤", (("helper", "government-services"),), "帮办代办员：替老人、残疾人办，也上门", "025-0000-1031"),
    Staff("guanli", "管立", (("project_steward", "government-services"),), "项目管家：替企业看进度、催问", "025-0000-1032"),
    Staff("tangjing", "汤静", (("window", "government-services"),), "昆山市综合窗口：替外地办的人收件", "0512-0000-1022", NEIGHBOUR),
    Staff("mengyan", "孟岩", (("system_admin", "administration"),), "系统管理员：账号、岗位和联系窗口", "025-0000-1023"),
    Staff("qinlang", "秦朗", (("security_admin", "administration"),), "安全管理员：同意任免、第二道验证、接入系统", "025-0000-1024"),
    Staff("guping", "顾平", (("audit_admin", "administration"),), "审计管理员：谁看了什么、管理记录", "025-0000-1025"),
    Staff("shilan", "石岚", (("hall_manager", "government-services"),), "鼓楼区大厅值班长：预约、窗口、终端", "025-0000-1023"),
    Staff("yuanfang", "袁芳", (("window", "government-services"),), "示例社区便民服务站：只办几件事", "025-0000-1024", STATION),
)  # fmt: skip
#: The office app of the demo, and who of the staff may sign in from there.
OFFICE = "office"
OFFICE_USERS = tuple(
    (staff.login, staff.name, staff.says)
    for staff in STAFF
    if staff.login in ("laoli", "hemin", "chenzhiyuan", "zhaokai", "heli")
)
CITIZENS = {
    "王芳": ("wangfang", "要开餐饮店，孩子刚出生"),
    "张伟": ("zhangwei", "王芳的丈夫"),
    "徐明": ("xuming", "孩子已有出生证，还没落户"),
    "周文": ("zhouwen", "想开一家公司"),
    "王例兰": ("wanglilan", "快满 80 岁，什么都没申请过"),
    "李例根": ("liligen", "八十岁的父亲，想请人替他办"),
    "林晓": ("linxiao", "经办人，替两家单位办"),
    "吴例敏": ("wulimin", "九岁孩子的妈妈，父亲刚过世"),
    "钱进": ("qianjin", "钱记面馆店主，看不到王芳的任何东西"),
}


def seed() -> None:
    """
    Bring everybody in, on the first start; a later start changes nothing.

    :raises StampDiffers: if the database is stamped as production.
    """
    at = NODE_CLOCK.now()
    first = stamped() is None
    stamp(Profile.DEMO, at=at)
    publish_catalogue(on=date(2026, 1, 1), at=at)
    install_centres(read_centres(shipped_folder()), at=at)
    if first or not Account.objects.filter(is_demo=True).exists():
        population = build_population(on=legal_day(at))
        with transaction.atomic():
            _move_in(population, at=at)
            _give_mandates(at=at)
            _name_own_system(at=at)
            _link_office_users(at=at)
            register_terminal(code="gulou-1", name="鼓楼区政务服务大厅 1 号机（示例）", division=HOME)


def publish_catalogue(*, on: date, at: datetime) -> None:
    """Publish every shipped one-thing for the province; its cities and counties use it until they have their own."""
    publish_all(shipped_catalogue(), division=PROVINCE, valid_from=on, at=at)


def introduction() -> Iterator[str]:
    """Yield the lines that `bin/demo` shows: who may log in as whom."""
    yield f"登录名如下，密码都是 {PASSWORD}："
    for name, (login, says) in CITIZENS.items():
        yield f"  {login:<12} {name}，{says}"
    for staff in STAFF:
        yield f"  {staff.login:<12} {staff.name}，{staff.says}"
    others = staff_of_other_departments(shipped_catalogue(), cast=STAFF)
    yield f"其他部门还有 {len(others)} 位，登录名就是部门编码，如 {others[0].login}（{others[0].says}）；登录页上都列着。"


def _move_in(population: Population, *, at: datetime) -> None:
    hashed = make_password(PASSWORD)
    by_name = {person.name: person for person in population.people}
    for name, (login, _) in CITIZENS.items():
        _add_citizen(by_name[name], login, population, hashed, at)
    for staff in (*STAFF, *staff_of_other_departments(shipped_catalogue(), cast=STAFF)):
        account = Account(
            login=staff.login,
            name_sealed=seal_text(staff.name, purpose="name"),
            is_demo=True,
            created_at=at,
            password=hashed,
        )
        account.save()
        for role, department in staff.posts:
            unit = f"{department}@{staff.at}"
            Officer.objects.create(account=account, role=role, unit=unit, since=_long_ago(at))
            if role in ("reviewer", "coordinator") and staff.at == HOME:
                UnitDesk.objects.get_or_create(
                    unit=LEAD + unit if role == "coordinator" else unit,
                    defaults={
                        "contact_sealed": seal_text(staff.name, purpose="name"),
                        "phone_sealed": seal_text(staff.phone, purpose="phone"),
                    },
                )


def _link_office_users(*, at: datetime) -> None:
    """Some of the staff sign in from the office app, too."""
    for login, _, _ in OFFICE_USERS:
        subject = f"office-{login}"
        IdentityRow.objects.create(
            provider=OFFICE, subject_hash=subject_hash(OFFICE, subject),
            subject_sealed=seal_text(subject, purpose="subject"), account=Account.objects.get(login=login),
            level=2, is_staff=True, linked_at=at, linked_by="seeding",
        )  # fmt: skip


def _give_mandates(*, at: datetime) -> None:
    """One agent acts for two enterprises, and a mother for her child."""
    agent, mother = Account.objects.get(login="linxiao"), Account.objects.get(login="wulimin")
    for head in ("wangfang", "qianjin"):
        row = Representation.objects.get(account__login=head)
        give_at_once(
            giver=row.party_id,
            holder=agent.id,
            kind=MandateKind.AGENT,
            powers=USUAL | {Power.PAY},
            until=legal_day(at) + timedelta(days=LONGEST_DAYS),
            by=row.account_id,
            at=at,
        )
    find_children(actor=actor_of(mother, on=legal_day(at)), at=at)


def _name_own_system(*, at: datetime) -> None:
    """One department of the demo works in a system of its own that cannot be joined."""
    heli = Account.objects.get(login="heli")
    OwnSystemRow.objects.create(
        unit=f"tobacco@{HOME}", name="烟草专卖系统（示例）", set_by=heli.id, set_at=at
    )


def _long_ago(at: datetime) -> date:
    """Return since when the demo's people are what they are: long enough, and nobody's first day."""
    return legal_day(at) - timedelta(days=400)


def _add_citizen(person: Person, login: str, population: Population, hashed: str, at: datetime) -> None:
    party = find_or_add_party(kind="person", number=person.number, name=person.name, phone=person.phone)
    account = Account(
        login=login,
        name_sealed=seal_text(person.name, purpose="name"),
        party_id=party,
        is_demo=True,
        created_at=at,
        password=hashed,
    )
    account.save()
    for enterprise in population.enterprises:
        if enterprise.legal_representative == person.number:
            represented = find_or_add_party(kind="enterprise", number=enterprise.uscc, name=enterprise.name)
            Representation.objects.create(
                account=account, party_id=represented, capacity="legal_representative", since=_long_ago(at)
            )
