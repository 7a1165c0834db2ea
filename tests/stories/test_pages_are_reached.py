"""Every page can be reached by somebody in some story: no door without a room, no room without a door."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.stories.people import Visits

pytestmark = pytest.mark.browser

#: Pages that nobody in a story opens, and why.
LEFT_OUT = {
    "kit": "building blocks, in the demo only; tests/web/test_kit_in_browser.py opens them",
    "kit-desk": "the same",
    "kit-question": "the same",
    "kit-trouble": "the same",
}
STORIES = {
    "test_open_a_restaurant",
    "test_a_child_is_born",
    "test_a_company_is_opened",
    "test_an_ordinary_day",
    "test_a_reform_is_planned",
    "test_a_city_examines_its_list",
    "test_a_county_writes_its_own",
    "test_a_portal_takes_us_along",
}


def pages(resolver: URLResolver) -> Iterator[str]:
    """Yield the name of every address that a page of the web answers."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("yijianshi.web."):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name


def test_every_page_is_reached_by_some_story(visits: Visits, request: pytest.FixtureRequest) -> None:
    told = {item.path.stem for item in request.session.items}
    if not told >= STORIES:
        pytest.skip(f"只有同时讲完这些故事才能数：{'、'.join(sorted(STORIES - told))}")
    every = set(pages(get_resolver()))
    assert set(LEFT_OUT) <= every, "a page that is left out does not exist"
    assert sorted(every - set(LEFT_OUT) - set(visits.names)) == []
