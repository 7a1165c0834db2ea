"""Searching on the web: hits with their reasons, narrowed by choices, suggestions while typing, a way on from nothing."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def test_a_hit_says_why_it_was_found_and_marks_the_words(client: Client) -> None:
    page = client.get("/all", {"q": "开饭店"})
    first = page.context["page"].hits[0]
    assert first.href == "/guide/open-restaurant"
    assert "<mark>开饭店</mark>" in page.text
    assert "找到" in page.text


def test_who_names_an_item_sees_in_which_one_things_it_is_and_who_decides_it(client: Client) -> None:
    page = client.get("/all", {"q": "食品经营许可"})
    hits = page.context["page"].hits
    assert {"/guide/open-restaurant", "/guide/open-hotel"} <= {hit.href for hit in hits}
    assert all("市场监管" in hit.items[0] for hit in hits if hit.href == "/guide/open-restaurant")
    assert "您要的在这件事里" in page.text


def test_what_was_found_is_narrowed_by_choices_in_the_address(client: Client) -> None:
    page = client.get("/all", {"q": "社保卡", "audience": "individual"})
    hits = page.context["page"].hits
    assert hits
    assert all(hit.who.startswith("个人") for hit in hits)
    nothing = client.get("/all", {"q": "社保卡", "department": "taxation", "stage": "养老"})
    assert "这样筛选，一件也没有" in nothing.text


def test_nothing_found_offers_what_comes_near_the_hotline_and_everything(client: Client) -> None:
    page = client.get("/all", {"q": "修理火箭发动机"})
    for words in ("没有找到", "12345", "看全部一件事"):
        assert words in page.text
    near = client.get("/all", {"q": "开理发店"}).context["page"]
    assert near.hits or near.near


def test_while_typing_lines_lead_to_the_guide_or_to_a_search(client: Client) -> None:
    lines = client.get("/all/suggestions", {"q": "kaifan"}).context["lines"]
    assert any("饭店" in line.words for line in lines)
    assert all(line.href.startswith(("/guide/", "/all?q=")) for line in lines)
    assert client.get("/all/suggestions", {"q": ""}).text.strip() == ""


def test_what_is_typed_is_shown_as_text_and_never_as_markup(client: Client) -> None:
    page = client.get("/all", {"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text


def test_everything_stands_under_a_theme_once(client: Client) -> None:
    page = client.get("/all").context["page"]
    cards = [card.href for theme in page.themes for card in theme.cards]
    assert len(cards) == len(set(cards)) == page.total >= 34
    persons = client.get("/all", {"for": "individual"}).context["page"]
    assert 0 < sum(len(theme.cards) for theme in persons.themes) < page.total


def test_machines_search_too_and_learn_on_which_lists_a_one_thing_stands(client: Client) -> None:
    said = client.get("/api/v1/catalogue/search", {"q": "爸爸去世了要办什么", "division": "320106"}).json()
    first = said["found"][0]
    assert first["code"] == "after-death"
    assert first["why"]
    assert {one["code"] for one in first["lists"]} == {"national-2022", "jiangsu-2022"}
    narrowed = client.get("/api/v1/catalogue/search", {"q": "社保", "stage": "出生"}).json()
    assert {one["code"] for one in narrowed["found"]} == {"newborn"}
