"""Neighbours for the cast: as many as wanted, always the same for the same seed, and plainly invented."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from yijianshi.domain.codes import DivisionCode, LicenceCode

from .cast import GULOU, HOSPITAL, cast_population, elders, families
from .numbers import bank_account, citizen_number, credit_code, phone
from .people import (
    Birth,
    Enterprise,
    Household,
    Marriage,
    Permit,
    Person,
    Population,
    Property,
    ResidencePermit,
)

_SURNAMES = "赵孙李吴郑冯陈卫蒋沈韩杨朱秦尤许何吕施孔曹严华金魏陶姜"
#: Every given name holds 例, so that nobody takes the neighbours for real people.
_GIVEN = ("例安", "例宁", "例远", "例晨", "例和", "例清", "例舟", "例桐", "一例", "文例", "小例", "子例")
_DIVISIONS = {
    "320106": "南京市鼓楼区", "320102": "南京市玄武区", "320104": "南京市秦淮区", "320105": "南京市建邺区",
    "320113": "南京市栖霞区", "320115": "南京市江宁区",
}  # fmt: skip
_AWAY = {"321002": "扬州市广陵区", "320602": "南通市崇川区", "320302": "徐州市鼓楼区"}
_DISHES = ("川味馆", "家常菜馆", "面馆", "小吃店", "火锅店", "早点铺", "淮扬菜馆", "烧烤店", "茶餐厅")
#: Below, at and above the floor area from which fire safety is usually inspected.
_AREAS = (80.0, 120.0, 168.5, 240.0, 299.5, 300.0, 412.0, 480.0, 600.0)
_LOCAL = timezone(timedelta(hours=8))
_FIRST_BIRTHDAY, _BIRTHDAYS = date(1966, 1, 1), 14_000


def build_population(*, seed: int = 2022, size: int = 200, on: date = date(2026, 11, 18)) -> Population:
    """
    Return the cast, `size` neighbours and three old people, as of the day `on` (the day on which the demo is set up).

    The same arguments give the same people; numbers of adults do not depend on `on`.
    """
    town = _Town(seed, on)
    while len(town.people) < size:
        town.settle(size - len(town.people))
    cast = cast_population(on)
    old, their_households = elders()
    kin, their_homes, their_births = families()
    return Population(
        people=(*cast.people, *town.people, *old, *kin),
        households=(*cast.households, *town.households, *their_households, *their_homes),
        marriages=(*cast.marriages, *town.marriages),
        births=(*cast.births, *town.births, *their_births),
        enterprises=(*cast.enterprises, *town.enterprises),
        properties=(*cast.properties, *town.properties),
        permits=(*cast.permits, *town.permits),
    )


class _Town:
    def __init__(self, seed: int, on: date) -> None:
        # Deterministic on purpose: nothing secret is drawn here.
        self.dice = Random(seed)  # noqa: S311
        self.on = on
        self.people: list[Person] = []
        self.households: list[Household] = []
        self.marriages: list[Marriage] = []
        self.births: list[Birth] = []
        self.enterprises: list[Enterprise] = []
        self.properties: list[Property] = []
        self.permits: list[Permit] = []
        self._taken: set[str] = {person.number for person in cast_population(on).people}

    def settle(self, room: int) -> None:
        """Add one household: a couple if there is room, otherwise one person; every fifth runs a restaurant."""
        serial = len(self.households) + 1
        division = DivisionCode(self.dice.choice(tuple(_DIVISIONS)))
        married = room >= 2 and self.dice.random() < 0.7
        comes_from_away = serial % 7 == 3
        home = DivisionCode(self.dice.choice(tuple(_AWAY))) if comes_from_away else division
        where = _AWAY[home] if comes_from_away else _DIVISIONS[home]
        number = f"{home}2{serial:05d}"
        members = [self._person(home, "男" if married or self.dice.random() < 0.5 else "女", number)]
        if married:
            members.append(self._person(home, "女", number))
        if comes_from_away:
            members = [self._with_permit(person, division, serial) for person in members]
        self.people.extend(members)
        self.households.append(Household(
            number=number, head=members[0].number, members=tuple(p.number for p in members), division=home,
            address=f"江苏省{where}示例街道 {serial} 号", issued_on=date(2020, 1, 1 + serial % 28),
        ))  # fmt: skip
        if married:
            self._marry(members[0], members[1], division, serial)
        if serial % 5 == 1:
            self._open_shop(members[0], division, serial)

    def _person(self, division: DivisionCode, gender: str, household: str) -> Person:
        serial = len(self._taken) + 1
        born, number = self._free_number(division, gender)
        issued = date(2012 + serial % 14, 1 + serial % 12, 1 + serial % 28)
        return Person(
            number=number, name=self.dice.choice(_SURNAMES) + self.dice.choice(_GIVEN), gender=gender, born=born,
            phone=phone(1000 + serial), household=household, division=division,
            ethnicity="回族" if serial % 23 == 0 else "汉族",
            insurance="职工基本医疗保险" if self.dice.random() < 0.7 else "城乡居民基本医疗保险",
            bank_name="示例银行南京分行", bank_account=bank_account(1000 + serial),
            social_card_number=f"A{1000 + serial:08d}",
            identity_card_issued=issued, identity_card_until=issued.replace(year=issued.year + 20),
        )  # fmt: skip

    def _free_number(self, division: DivisionCode, gender: str) -> tuple[date, str]:
        while True:
            born = _FIRST_BIRTHDAY + timedelta(days=self.dice.randrange(_BIRTHDAYS))
            number = citizen_number(
                division=division, born=born, male=gender == "男", spare=self.dice.random() < 0.5
            )
            if number not in self._taken:
                self._taken.add(number)
                return born, number

    def _with_permit(self, person: Person, division: DivisionCode, serial: int) -> Person:
        permit = ResidencePermit(
            number=person.number,
            address=f"江苏省{_DIVISIONS[division]}示例公寓 {serial} 室",
            since=date(2023, 1 + serial % 12, 1),
        )
        return replace(person, residence_permit=permit)

    def _marry(self, husband: Person, wife: Person, division: DivisionCode, serial: int) -> None:
        registered = date(2015 + serial % 10, 1 + serial % 12, 1 + serial % 28)
        self.marriages.append(Marriage(
            certificate_number=f"J{division}-{registered.year}-{100_000 + serial:06d}",
            husband=husband.number, wife=wife.number, registered_on=registered,
        ))  # fmt: skip
        if serial % 3 == 0:
            self._bear(husband, wife, division, serial)

    def _bear(self, husband: Person, wife: Person, division: DivisionCode, serial: int) -> None:
        """Let a child be born; some have a certificate by now, some are registered as well."""
        day = self.on - timedelta(days=3 + serial % 60)
        gender = self.dice.choice("男女")
        certified = serial % 2 == 0
        registered = serial % 4 == 0
        self.births.append(Birth(
            mother=wife.number, father=husband.number,
            born_at=datetime.combine(day, time(self.dice.randrange(24), self.dice.randrange(60)), _LOCAL),
            gender=gender, weeks=self.dice.randrange(37, 42), weight=self.dice.randrange(2500, 4000, 10),
            length=self.dice.randrange(96, 106) / 2, institution=HOSPITAL, place=GULOU,
            delivery_type=self.dice.choice(("顺产", "剖宫产")), admitted_on=day - timedelta(days=1),
            discharged_on=day + timedelta(days=3), invoice_number=f"32060126-{serial:010d}",
            total_fee=self.dice.randrange(480_000, 1_400_000) / 100,
            name=husband.name[0] + "小例" if certified else "",
            certificate_number=f"Z3201{serial:05d}" if certified else "",
            certified_on=day + timedelta(days=3) if certified else None,
            child_number=self._child_number(division, day, gender) if registered else "",
            registered_on=day + timedelta(days=4) if registered else None,
        ))  # fmt: skip

    def _child_number(self, division: DivisionCode, day: date, gender: str) -> str:
        for spare in (False, True):
            number = citizen_number(division=division, born=day, male=gender == "男", spare=spare)
            if number not in self._taken:
                self._taken.add(number)
                return number
        return ""

    def _open_shop(self, owner: Person, division: DivisionCode, serial: int) -> None:
        order = len(self.enterprises)
        uscc = credit_code(division=division, serial=100 + serial)
        where = f"江苏省{_DIVISIONS[division]}示例路 {100 + serial} 号"
        unit = f"{division}001001GB{serial:05d}F00010001"
        established = date(2016 + serial % 10, 1 + serial % 12, 1 + serial % 28)
        owns = order % 3 == 0
        self.properties.append(Property(
            unit_number=unit, certificate_number=f"苏（2016）宁不动产权第 {10_000 + serial:07d} 号", address=where,
            area=_AREAS[order % len(_AREAS)], use="商业", owner=uscc if owns else owner.number,
            registered_on=date(2016, 1, 4), fire_acceptance_number=f"宁建消验〔2016〕{serial:04d} 号",
        ))  # fmt: skip
        self.enterprises.append(Enterprise(
            uscc=uscc, name=f"南京示例{owner.name[0]}记{_DISHES[order % len(_DISHES)]}{serial}号店", kind="个人独资企业",
            legal_representative=owner.number, division=division, address=where, premises=unit,
            scope="许可项目：餐饮服务。", established_on=established,
            term_until=established.replace(year=established.year + 30), capital=self.dice.randrange(5, 60),
            industry="住宿和餐饮业", authority=f"{_DIVISIONS[division]}市场监督管理局",
            staff_count=self.dice.randrange(2, 30), finance_officer=owner.number, tax_clerk=owner.number,
            bank_name="示例银行南京分行", bank_account=bank_account(900_100 + serial),
            social_insurance_number=f"{division}09{serial:05d}", housing_fund_account=f"{division}19{serial:05d}",
        ))  # fmt: skip
        if order % 4 == 1:
            self.permits.append(Permit(
                kind=LicenceCode("food-business-permit"), number=f"JY2{division}{10_000 + serial:07d}",
                name="食品经营许可证", holder=uscc, issued_on=self.on - timedelta(days=400),
                valid_until=self.on + timedelta(days=1400),
            ))  # fmt: skip
