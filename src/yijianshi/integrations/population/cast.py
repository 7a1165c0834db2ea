"""
The people of the story who are always there: 王芳 and her restaurant, two newborns, 钱进 and 周文.

Their numbers do not depend on the seed; only births and hospital days follow the day on which the demo was set up.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from yijianshi.domain.codes import DivisionCode, LicenceCode

from .numbers import bank_account, citizen_number, credit_code, phone
from .people import Birth, Enterprise, Household, Marriage, Permit, Person, Population, Property

GULOU = DivisionCode("320106")
HOSPITAL = "南京示例妇幼保健院"
_LOCAL = timezone(timedelta(hours=8))
_RESIDENT = "城乡居民基本医疗保险"
_BANK = "示例银行南京鼓楼支行"


def cast_population(on: date) -> Population:
    """Return the cast alone, as of the day `on`."""
    hewei = credit_code(division=GULOU, serial=1)
    software = credit_code(division=GULOU, serial=2)
    noodles = credit_code(division=GULOU, serial=3)
    zhang = _person(1, "张伟", "男", date(1990, 9, 3), "320106100001", employer=software)
    wang = _person(2, "王芳", "女", date(1992, 5, 18), "320106100001", employer=hewei)
    xu = _person(3, "徐明", "男", date(1991, 2, 11), "320106100002", employer=software)
    lin = _person(4, "林晓", "女", date(1994, 7, 26), "320106100002", employer=software)
    qian = _person(5, "钱进", "男", date(1985, 12, 1), "320106100003", employer=noodles)
    zhou = _person(6, "周文", "男", date(1995, 3, 8), "320106100004", insurance="城乡居民基本医疗保险")
    return Population(
        people=(wang, zhang, lin, xu, qian, zhou),
        households=(
            _household(zhang, (zhang, wang), "江苏省南京市鼓楼区示例路 18 号 2 幢 601 室"),
            _household(xu, (xu, lin), "江苏省南京市鼓楼区示例新村 7 幢 302 室"),
            _household(qian, (qian,), "江苏省南京市鼓楼区示例巷 9 号 4 幢 102 室"),
            _household(zhou, (zhou,), "江苏省南京市鼓楼区示例里 3 幢 1105 室"),
        ),
        marriages=(
            Marriage(certificate_number="J320106-2020-000018", husband=zhang.number, wife=wang.number,
                     registered_on=date(2020, 10, 16)),
            Marriage(certificate_number="J320106-2021-000027", husband=xu.number, wife=lin.number,
                     registered_on=date(2021, 5, 20)),
        ),
        births=(_birth_without_certificate(wang, zhang, on), _birth_with_certificate(lin, xu, on)),
        enterprises=(
            Enterprise(
                uscc=hewei, name="南京禾味餐饮管理有限公司", kind="有限责任公司（自然人独资）",
                legal_representative=wang.number, division=GULOU,
                address="江苏省南京市鼓楼区示例西路 26 号", premises="320106001001GB00001F00010001",
                scope="许可项目：餐饮服务；烟草制品零售。一般项目：餐饮管理；外卖递送服务。",
                established_on=date(2026, 3, 17), term_until=date(2056, 3, 16), capital=50, industry="住宿和餐饮业",
                authority="南京市鼓楼区市场监督管理局", staff_count=12, finance_officer=wang.number,
                tax_clerk=wang.number, bank_name=_BANK, bank_account=bank_account(900001),
                social_insurance_number="3201060900001", housing_fund_account="320106090001",
            ),
            Enterprise(
                uscc=software, name="南京示例软件有限公司", kind="有限责任公司",
                legal_representative=xu.number, division=GULOU,
                address="江苏省南京市鼓楼区示例大道 1 号 8 层", premises="320106001001GB00002F00080001",
                scope="一般项目：软件开发；信息系统集成服务。", established_on=date(2015, 6, 1),
                term_until=date(2045, 5, 31), capital=500, industry="信息传输、软件和信息技术服务业",
                authority="南京市鼓楼区市场监督管理局", staff_count=86, finance_officer=lin.number,
                tax_clerk=lin.number, bank_name=_BANK, bank_account=bank_account(900002),
                social_insurance_number="3201060900002", housing_fund_account="320106090002",
            ),
            Enterprise(
                uscc=noodles, name="南京示例钱记面馆", kind="个人独资企业", legal_representative=qian.number,
                division=GULOU, address="江苏省南京市鼓楼区示例巷 12 号", premises="320106001001GB00003F00010001",
                scope="许可项目：餐饮服务。", established_on=date(2019, 4, 2), term_until=date(2049, 4, 1),
                capital=10, industry="住宿和餐饮业", authority="南京市鼓楼区市场监督管理局", staff_count=4,
                finance_officer=qian.number, tax_clerk=qian.number, bank_name=_BANK,
                bank_account=bank_account(900003), social_insurance_number="3201060900003",
                housing_fund_account="320106090003",
            ),
        ),
        properties=(
            _property("320106001001GB00001F00010001", 101, "江苏省南京市鼓楼区示例西路 26 号", 326.4, "商业",
                      software, fire="鼓建消验〔2018〕0026 号"),
            _property("320106001001GB00002F00080001", 102, "江苏省南京市鼓楼区示例大道 1 号 8 层", 1180.0, "办公", software),
            _property("320106001001GB00003F00010001", 103, "江苏省南京市鼓楼区示例巷 12 号", 86.5, "商业", noodles),
            _property("320106001001GB00004F00120005", 104, "江苏省南京市鼓楼区示例大道 5 号 1205 室", 96.0, "办公",
                      zhou.number),
        ),
        permits=(
            Permit(kind=LicenceCode("food-business-permit"), number="JY23201060000003", name="食品经营许可证",
                   holder=noodles, issued_on=date(2024, 4, 8), valid_until=date(2029, 4, 7)),
        ),
    )  # fmt: skip


def elders() -> tuple[tuple[Person, ...], tuple[Household, ...]]:
    """Return three old people of the quarter: two reach eighty in the winter of 2026, one is well over it."""
    people = (
        _person(7, "王例兰", "女", date(1946, 12, 5), "320106100007", insurance=_RESIDENT),
        _person(8, "李例根", "男", date(1946, 11, 3), "320106100008", insurance=_RESIDENT),
        _person(9, "赵例英", "女", date(1936, 5, 5), "320106100009", insurance=_RESIDENT),
    )
    addresses = ("示例巷 21 号 1 幢 101 室", "示例巷 23 号 2 幢 102 室", "示例里 5 幢 103 室")
    return people, tuple(
        _household(person, (person,), f"江苏省南京市鼓楼区{address}")
        for person, address in zip(people, addresses, strict=True)
    )


def families() -> tuple[tuple[Person, ...], tuple[Household, ...], tuple[Birth, ...]]:
    """Return a mother with a girl of nine, and her own father, who died in the autumn of 2026."""
    mother = _person(10, "吴例敏", "女", date(1988, 4, 9), "320106100010")
    child = _person(11, "吴例童", "女", date(2017, 6, 1), "320106100010", insurance=_RESIDENT)
    father = replace(
        _person(12, "吴例福", "男", date(1951, 2, 7), "320106100010", insurance=_RESIDENT),
        died_on=date(2026, 10, 20),
    )
    registered = Birth(
        mother=mother.number, father="", born_at=datetime.combine(child.born, time(9, 10), _LOCAL), gender="女",
        weeks=39, weight=3150, length=49.0, institution=HOSPITAL, place=GULOU, delivery_type="顺产",
        admitted_on=date(2017, 5, 31), discharged_on=date(2017, 6, 4), invoice_number="32060117-0000009921",
        total_fee=4310.0, name=child.name, certificate_number="Q320000911", certified_on=date(2017, 6, 3),
        child_number=child.number, registered_on=date(2017, 6, 12),
    )  # fmt: skip
    home = _household(mother, (mother, child, father), "江苏省南京市鼓楼区示例里 8 幢 204 室")
    return (mother, child, father), (home,), (registered,)


def _person(
    serial: int,
    name: str,
    gender: str,
    born: date,
    household: str,
    *,
    employer: str = "",
    insurance: str = "",
) -> Person:
    return Person(
        number=citizen_number(division=GULOU, born=born, male=gender == "男"),
        name=name,
        gender=gender,
        born=born,
        phone=phone(serial),
        household=household,
        division=GULOU,
        employer=employer,
        insurance=insurance or "职工基本医疗保险",
        bank_name=_BANK,
        bank_account=bank_account(serial),
        social_card_number=f"A{serial:08d}",
        identity_card_issued=date(2018, 6, 1),
        identity_card_until=date(2038, 6, 1),
    )


def _household(head: Person, members: tuple[Person, ...], address: str) -> Household:
    return Household(
        number=head.household,
        head=head.number,
        members=tuple(member.number for member in members),
        address=address,
        division=GULOU,
        issued_on=date(2021, 8, 2),
    )


def _property(
    unit: str, serial: int, address: str, area: float, use: str, owner: str, fire: str = ""
) -> Property:
    return Property(
        unit_number=unit,
        certificate_number=f"苏（2018）宁鼓不动产权第 {serial:07d} 号",
        address=address,
        area=area,
        use=use,
        owner=owner,
        registered_on=date(2018, 11, 5),
        fire_acceptance_number=fire,
    )


def _birth_without_certificate(mother: Person, father: Person, on: date) -> Birth:
    return Birth(
        mother=mother.number,
        father=father.number,
        born_at=datetime.combine(on - timedelta(days=5), time(8, 26), _LOCAL),
        gender="女",
        weeks=39,
        weight=3280,
        length=50.0,
        institution=HOSPITAL,
        place=GULOU,
        delivery_type="顺产",
        admitted_on=on - timedelta(days=6),
        discharged_on=on - timedelta(days=2),
        invoice_number="32060126-0000018342",
        total_fee=6842.5,
    )


def _birth_with_certificate(mother: Person, father: Person, on: date) -> Birth:
    return Birth(
        mother=mother.number,
        father=father.number,
        born_at=datetime.combine(on - timedelta(days=19), time(15, 40), _LOCAL),
        gender="男",
        weeks=38,
        weight=3050,
        length=49.5,
        institution=HOSPITAL,
        place=GULOU,
        delivery_type="剖宫产",
        admitted_on=on - timedelta(days=20),
        discharged_on=on - timedelta(days=14),
        invoice_number="32060126-0000017951",
        total_fee=11286.0,
        name="徐一诺",
        certificate_number="Z320000027",
        certified_on=on - timedelta(days=12),
    )
