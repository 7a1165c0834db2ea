"""The catalogue over HTTP: filters, formats, marks that spare a transfer, an item's one-things, the order of changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from rdflib import Graph
from rdflib.compare import isomorphic

from yijianshi.domain.catalogue import Bundle
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.catalogue.published import publish
from yijianshi.services.outside import outside

pytestmark = pytest.mark.django_db
HOME = "320106"


def get(path: str, **headers: str) -> Any:
    return Client(headers=headers).get(f"/api/v1/{path}")


def departments_of(bundle: Bundle) -> set[str]:
    return {bundle.lead_department, *bundle.cooperating_departments, *(i.department for i in bundle.items)}


def publish_again(valid_from: date, division: str = HOME) -> None:
    publish(
        shipped_catalogue(), bundle=BundleCode("newborn"), division=DivisionCode(division),
        valid_from=valid_from, at=outside().clock.now(),
    )  # fmt: skip


@pytest.mark.clause("S1.1")
def test_the_list_can_be_narrowed_by_audience_department_kind_and_stage() -> None:
    every = {b["code"] for b in get(f"catalogue?division={HOME}").json()["bundles"]}
    assert every == set(shipped_catalogue().bundles)
    bundles = shipped_catalogue().bundles.values()
    selling = {b.code for b in bundles if b.stage == "准营" and "tobacco" in departments_of(b)}
    for words, expected in (
        ("audience=individual", {b.code for b in bundles if b.audience == "individual"}),
        ("kind=premium", {b.code for b in bundles if b.kind == "premium"}),
        ("stage=准营&department=tobacco", selling),
        ("department=nobody", set()),
    ):
        found = get(f"catalogue?division={HOME}&{words}").json()["bundles"]
        assert {b["code"] for b in found} == expected


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("catalogue.ttl", "text/turtle; charset=utf-8"),
        ("catalogue.jsonld", "application/ld+json"),
        ("catalogue.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("catalogue/newborn/process.bpmn", "application/xml"),
        ("catalogue/newborn/process.svg", "image/svg+xml"),
        ("catalogue/newborn", "application/json"),
        ("catalogue", "application/json"),
    ],
)
def test_who_has_it_already_is_not_sent_it_again(path: str, media: str) -> None:
    first = get(f"{path}?division={HOME}")
    assert (first.status_code, first["Content-Type"]) == (200, media)
    again = get(f"{path}?division={HOME}", **{"if-none-match": f'"x", W/{first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert get(f"{path}?division={HOME}").content == first.content


def test_a_new_publication_changes_every_mark_at_once() -> None:
    paths = (
        "catalogue",
        "catalogue.ttl",
        "catalogue.xlsx",
        "catalogue/newborn",
        "catalogue/newborn/process.bpmn",
    )
    before = [get(f"{path}?division={HOME}")["ETag"] for path in paths]
    publish_again(date(2024, 1, 1))
    after = [get(f"{path}?division={HOME}")["ETag"] for path in paths]
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_the_list_is_given_in_the_form_that_is_asked_for() -> None:
    turtle = get(f"catalogue?division={HOME}", accept="text/turtle")
    json_ld = get(f"catalogue?division={HOME}", accept="application/ld+json")
    assert isomorphic(
        Graph().parse(data=turtle.content, format="turtle"), Graph().parse(data=json_ld.content, format="json-ld")
    )  # fmt: skip
    assert len({turtle["ETag"], json_ld["ETag"], get(f"catalogue?division={HOME}")["ETag"]}) == 3


def test_units_have_their_telephone_where_it_is_known() -> None:
    assert "cv:telephone" in get(f"catalogue.ttl?division={HOME}").content.decode()


def test_whoever_asks_for_one_item_is_told_which_one_things_contain_it() -> None:
    by_code = get(f"catalogue/items?division={HOME}&q=fire-safety-check").json()["found"]
    containing = {
        b.code
        for b in shipped_catalogue().bundles.values()
        for i in b.items
        if "fire-safety-check" in (i.code, i.base_item)
    }
    assert {f["bundle"] for f in by_code if f["exact"]} == containing
    by_name = get(f"catalogue/items?division={HOME}&q=食品经营许可（新办）").json()["found"]
    restaurant = next(found for found in by_name if found["bundle"] == "open-restaurant")
    assert (restaurant["item"], restaurant["exact"]) == ("food-business-permit", True)
    assert restaurant["unit_name"] == "鼓楼区市场监督管理局"
    assert restaurant["guide"].endswith(f"/guide/open-restaurant?division={HOME}")
    assert get(f"catalogue/items?division={HOME}&q=").json()["found"] == []
    assert get(f"catalogue/items?division={HOME}&q=没有这个事项").json()["found"] == []


def test_changes_come_in_order_without_a_gap_and_can_be_resumed() -> None:
    first = get("catalogue/changes").json()
    assert [c["position"] for c in first["changes"]] == list(range(1, len(first["changes"]) + 1))
    publish_again(outside().clock.now().date() + timedelta(days=30), "320102")
    publish_again(outside().clock.now().date() + timedelta(days=60), "320102")
    rest = get(f"catalogue/changes?after={first['next']}").json()
    assert [c["position"] for c in rest["changes"]] == [first["next"] + 1, first["next"] + 2]
    assert [c["kind"] for c in rest["changes"]] == ["published", "replaced"]
    assert rest["changes"][1]["replaces"] == rest["changes"][0]["edition"]
    assert get(f"catalogue/changes?after={rest['next']}").json() == {"changes": [], "next": rest["next"]}
    assert get("catalogue/changes?after=nonsense").json()["changes"][0]["position"] == 1


@pytest.mark.clause("S1.2")
def test_the_guide_over_the_api_follows_the_answers_in_the_address() -> None:
    plain = get(f"catalogue/open-restaurant/guide?division={HOME}").json()
    asked = get(f"catalogue/open-restaurant/guide?division={HOME}&has-signage=yes&venue-area=400").json()
    codes = {item["code"] for item in asked["items"]}
    assert codes - {item["code"] for item in plain["items"]} == {"signage-permit", "fire-safety-check"}
    answers = {q["key"]: q["answer"] for q in asked["questions"]}
    assert (answers["has-signage"], answers["venue-area"]) == (True, 400)
    assert asked["address"].endswith(f"division={HOME}&venue-area=400&has-signage=yes")


def test_an_answer_that_is_not_understood_is_told_and_left_out() -> None:
    read = get(f"catalogue/open-restaurant/guide?division={HOME}&venue-area=large").json()
    assert any("请填数字" in said for said in read["problems"])


def test_the_notice_over_the_api_names_the_items_and_their_bases() -> None:
    notice = get(f"catalogue/open-restaurant/notice?division={HOME}&has-signage=yes").json()
    assert "食品经营许可(新办)" in [item["name"] for item in notice["items"]]
    assert all(item["basis"] for item in notice["items"])


@pytest.mark.parametrize(
    "path",
    ["catalogue/nothing/guide", "catalogue/nothing/notice", "catalogue/nothing/process.bpmn", "catalogue/nothing",
     "catalogue.ttl?division=999999"],
)  # fmt: skip
def test_what_is_not_published_is_not_found(path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_every_operation_of_the_catalogue_is_documented() -> None:
    paths = get("openapi.json").json()["paths"]
    for path in (
        "catalogue", "catalogue.ttl", "catalogue.jsonld", "catalogue.xlsx", "catalogue/items", "catalogue/changes",
        "catalogue/{bundle}", "catalogue/{bundle}/guide", "catalogue/{bundle}/notice",
        "catalogue/{bundle}/process.bpmn", "catalogue/{bundle}/process.svg",
    ):  # fmt: skip
        assert "get" in paths[f"/api/v1/{path}"], path
    assert "text/turtle" in paths["/api/v1/catalogue.ttl"]["get"]["responses"]["200"]["content"]
