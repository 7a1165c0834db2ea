"""Pages that others show or take along: the column within a portal, the way to share, the picture of the process."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from yijianshi.services.catalogue import shipped_catalogue

pytestmark = pytest.mark.django_db
HOME = "320106"


@pytest.fixture
def portals(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    """Two portals that the operator has named."""
    named = ("https://www.example.gov.cn", "https://*.example.org")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, embedded_by=named))
    return named


def shown(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def ancestors(address: str) -> str:
    policy = Client().get(address)["Content-Security-Policy"]
    return re.search(r"frame-ancestors ([^;]+)", policy)[1]  # type: ignore[index]


@pytest.mark.parametrize("address", ["/embed", "/embed/newborn"])
def test_nobody_may_show_the_column_until_the_operator_names_him(cast: None, address: str) -> None:
    assert ancestors(address) == "'none'"
    assert Client().get(address)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/embed", "/embed/newborn"])
def test_named_portals_may_show_the_column(cast: None, portals: tuple[str, ...], address: str) -> None:
    assert ancestors(address) == " ".join(portals)
    assert "X-Frame-Options" not in Client().get(address)


def test_no_other_page_may_be_framed_even_by_a_named_portal(cast: None, portals: tuple[str, ...]) -> None:
    for address in (
        "/",
        "/guide/newborn",
        "/guide/newborn/share",
        "/guide/newborn/process",
        "/login",
        "/embed/nothing",
    ):
        assert ancestors(address) == "'none'", address


@pytest.mark.parametrize("address", ["/embed", "/embed/open-restaurant?has-signage=yes"])
def test_the_column_has_no_script_keeps_no_cookie_and_opens_the_whole_window(
    cast: None, address: str
) -> None:
    answer = Client().get(address)
    page = answer.content.decode()
    assert not answer.cookies
    assert "<script" not in page
    assert "style=" not in page
    leaving = [tag for tag in re.findall(r"<(?:a|form)\b[^>]*>", page) if "/embed" not in tag]
    assert leaving
    assert all('target="_top"' in tag for tag in leaving)


def test_answers_in_the_address_are_in_the_column_and_in_its_links(cast: None) -> None:
    page = shown(f"/embed/open-restaurant?division={HOME}&venue-area=400&has-signage=yes")
    assert "户外招牌" in page
    assert "消防安全检查" in page
    assert "venue-area=400&amp;has-signage=yes" in page


def test_the_column_of_all_lists_every_one_thing_and_narrows(cast: None) -> None:
    bundles = shipped_catalogue().bundles.values()
    everything, persons = shown("/embed"), shown("/embed?for=individual")
    for bundle in bundles:
        assert bundle.title in everything
        assert (f"/guide/{bundle.code}?" in persons) == (bundle.audience == "individual")


def test_the_line_to_paste_is_there_to_copy_with_the_situation_in_it(cast: None) -> None:
    page = shown("/guide/open-restaurant/share?has-signage=yes")
    assert "&lt;iframe src=&quot;" in page
    assert f"/embed/open-restaurant?division={HOME}&amp;amp;has-signage=yes" in page
    assert "现在还没有允许任何网站嵌入" in page
    assert "has-signage" in page


def test_the_page_of_sharing_names_the_portals(cast: None, portals: tuple[str, ...]) -> None:
    assert portals[0] in shown("/guide/newborn/share")


def test_every_file_that_is_offered_is_there(cast: None) -> None:
    page = shown("/guide/newborn/share")
    offered = [a.replace("&amp;", "&") for a in re.findall(r'href="(/api/v1/[^"]+)"', page)]
    assert len(offered) >= 8
    for address in offered:
        assert Client().get(address).status_code == 200, address


def test_a_page_system_is_told_what_to_embed(cast: None) -> None:
    asked = f"/oembed?maxwidth=320&url=https://x/guide/open-restaurant%3Fdivision={HOME}%26has-signage=yes"
    told = Client().get(asked).json()
    assert (told["version"], told["type"], told["title"], told["width"]) == ("1.0", "rich", "开办餐饮店", 320)
    assert "has-signage=yes" in told["html"]
    for nothing in ("/oembed", "/oembed?url=https://x/login", "/oembed?url=https://x/guide/nothing"):
        assert Client().get(nothing).status_code == 404


def test_the_guide_leads_to_the_process_and_to_sharing_with_its_situation(cast: None) -> None:
    page = shown("/guide/open-restaurant?has-signage=yes")
    for name in ("process", "share"):
        assert f"{reverse(name, args=['open-restaurant'])}?has-signage=yes" in page


def test_the_process_is_shown_now_and_before_in_a_picture_and_in_words(cast: None) -> None:
    now, before = shown("/guide/newborn/process"), shown("/guide/newborn/process?view=before")
    assert 'role="img"' in now
    assert "第 1 次申请" in before
    assert "第 1 次申请" not in now
    for item in shipped_catalogue().bundles["newborn"].items:  # type: ignore[index]
        assert item.plain_name in now
        assert item.plain_name in before


def test_the_process_of_a_situation_shows_its_items_only(cast: None) -> None:
    page = shown("/guide/open-restaurant/process?has-signage=yes&sells-tobacco=no")
    assert "户外招牌" in page
    assert "烟草零售" not in page


@pytest.mark.parametrize("address", ["/embed/nothing", "/guide/nothing/share", "/guide/nothing/process"])
def test_what_is_not_published_is_said_in_words(cast: None, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "没有发布" in answer.content.decode()
