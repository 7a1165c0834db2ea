"""One publication says the same in every channel: page, paper, column, API, graph, process and spreadsheet."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS

from tests.services.printing.reading import words
from tests.services.printing.town import town
from yijianshi.domain.catalogue import Catalogue, Fee
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, MaterialCode
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.catalogue.published import publish
from yijianshi.services.outside import outside
from yijianshi.services.printing import Printed

__all__ = ["town"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S1.2")]
PROVINCE = DivisionCode("320000")
HOME, BUNDLE, ITEM, MATERIAL = "320106", "open-restaurant", "food-business-permit", "food-layout-document"
CV, CPSV = Namespace("http://data.europa.eu/m8g/"), Namespace("http://purl.org/vocab/cpsv#")


@dataclass(frozen=True)
class Facts:
    """What every channel must say of one item."""

    name: str
    days: int
    material: str
    fee: str

    def demand_in(self, text: str) -> None:
        plain = bare(text)
        assert bare(self.name) in plain
        assert f"{self.days}个工作日" in plain
        assert bare(self.material) in plain
        assert bare(self.fee) in plain


FIRST = Facts(name="食品经营许可（首版）", days=4, material="厨房布局图（首版）", fee="每证 35 元")
SECOND = Facts(name="食品经营许可（再版）", days=3, material="厨房布局图（再版）", fee="每证 20 元")


def bare(text: str) -> str:
    return re.sub(r"\s", "", unescape(text)).replace("(", "（").replace(")", "）")


def publish_that(facts: Facts) -> None:
    publish(
        with_facts(shipped_catalogue(), facts), bundle=BundleCode(BUNDLE), division=PROVINCE,
        valid_from=legal_day(outside().clock.now()), at=outside().clock.now(),
    )  # fmt: skip


def with_facts(catalogue: Catalogue, facts: Facts) -> Catalogue:
    bundle = catalogue.bundles[BundleCode(BUNDLE)]
    items = tuple(
        replace(
            item, name=facts.name, short="", limit=replace(item.limit, promised=facts.days),
            fee=Fee(charged="yes", note=facts.fee),
        )
        if item.code == ITEM
        else item
        for item in bundle.items
    )  # fmt: skip
    material = replace(catalogue.materials[MaterialCode(MATERIAL)], name=facts.material)
    return replace(
        catalogue,
        bundles={**catalogue.bundles, bundle.code: replace(bundle, items=items)},
        materials={**catalogue.materials, material.code: material},
    )


def page(facts: Facts) -> None:
    facts.demand_in(Client().get(f"/guide/{BUNDLE}?division={HOME}").content.decode())


def column(facts: Facts) -> None:
    facts.demand_in(Client().get(f"/embed/{BUNDLE}?division={HOME}").content.decode())


def paper(facts: Facts) -> None:
    answer = Client().get(f"/guide/{BUNDLE}/notice.pdf?division={HOME}")
    facts.demand_in(words(Printed("notice.pdf", answer.content)))


def guide_over_the_api(facts: Facts) -> None:
    read = get("/guide").json()
    item = next(item for item in read["items"] if item["code"] == ITEM)
    assert (item["name"], item["promised_days"], item["days_unit"], item["fee"]) == (
        facts.name, facts.days, "working", facts.fee,
    )  # fmt: skip
    assert facts.material in [m["name"] for m in read["materials"] if ITEM in m["needed_by"]]


def notice_over_the_api(facts: Facts) -> None:
    facts.demand_in(get("/notice").content.decode())


def edition_over_the_api(facts: Facts) -> None:
    read = get("").json()
    item = next(item for item in read["bundle"]["items"] if item["code"] == ITEM)
    assert (item["name"], item["limit"]["promised"], item["fee"]["note"]) == (
        facts.name,
        facts.days,
        facts.fee,
    )
    assert read["materials"][MATERIAL]["name"] == facts.material


def graph(facts: Facts) -> None:
    read = Graph().parse(data=get(".ttl", whole=True).content, format="turtle")
    service = URIRef(f"{outside().address}/guide/{BUNDLE}?division={HOME}#{ITEM}")
    assert str(read.value(service, DCTERMS.title)) == facts.name
    assert str(read.value(service, CV.processingTime)) == f"P{facts.days}D"
    evidence = {str(read.value(e, DCTERMS.title)) for e in read.objects(service, CPSV.hasInput)}
    assert facts.material in evidence
    cost = read.value(service, CV.hasCost)
    assert facts.fee in str(read.value(cost, DCTERMS.description))


def process(facts: Facts) -> None:
    root = ET.fromstring(get("/process.bpmn").content)
    task = next(e for e in root.iter() if e.get("id") == f"item-{ITEM}")
    assert task.get("name") == f"{facts.name}（{facts.days} 个工作日）"
    said = "".join(task.itertext())
    assert facts.material in said
    assert facts.fee in said


def spreadsheet(facts: Facts) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(get(".xlsx", whole=True).content))
    items, materials = (book.get_sheet_by_name(name).to_python() for name in ("事项", "材料"))
    row = next(dict(zip(items[0], r, strict=True)) for r in items if (r[0], r[1]) == ("开办餐饮店", ITEM))
    assert (row["事项名称"], row["承诺时限"], row["收费"]) == (
        facts.name, f"{facts.days} 个工作日", f"收费：{facts.fee}",
    )  # fmt: skip
    assert facts.material in [r[3] for r in materials if (r[0], r[1]) == ("开办餐饮店", facts.name)]


def get(path: str, *, whole: bool = False) -> Any:
    one = "" if whole else f"/{BUNDLE}"
    return Client().get(f"/api/v1/catalogue{one}{path}?division={HOME}")


CHANNELS: tuple[Callable[[Facts], None], ...] = (
    page, column, paper, guide_over_the_api, notice_over_the_api, edition_over_the_api, graph, process, spreadsheet,
)  # fmt: skip


@pytest.fixture
def fresh(town: None) -> None:
    publish_that(FIRST)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_every_channel_says_what_was_published(fresh: None, channel: Callable[[Facts], None]) -> None:
    channel(FIRST)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_a_new_publication_is_in_every_channel_at_once(fresh: None, channel: Callable[[Facts], None]) -> None:
    channel(FIRST)
    publish_that(SECOND)
    channel(SECOND)


def test_the_item_is_found_under_its_new_name(fresh: None) -> None:
    found = Client().get(f"/api/v1/catalogue/items?division={HOME}&q=食品经营许可（首版）").json()["found"]
    assert [(one["bundle"], one["item"]) for one in found] == [(BUNDLE, ItemCode(ITEM))]
