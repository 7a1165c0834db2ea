"""Every page can be reached by somebody in some story: no door without a room, no room without a door."""

from collections.abc import Collection, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

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
    "test_clerks_among_themselves",
    "test_a_reform_is_planned",
    "test_a_city_examines_its_list",
    "test_a_county_writes_its_own",
    "test_a_portal_takes_us_along",
    "test_a_fee_is_paid",
    "test_departments_come_together",
    "test_a_longer_life",
    "test_a_booking_becomes_a_case",
}


def pages(resolver: URLResolver) -> Iterator[str]:
    """Yield the name of every address that a page of the web answers."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("yijianshi.web."):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name


def not_reached(names: Collection[str], *, told: Collection[str]) -> list[str]:
    """
    Return the pages that nobody has opened, once all stories have been told; nothing before.

    :param names: the addresses opened so far; `told`: the modules of the stories in this run.
    """
    if not set(told) >= STORIES:
        return []
    every = set(pages(get_resolver()))
    assert set(LEFT_OUT) <= every, "a page that is left out does not exist"
    return sorted(every - set(LEFT_OUT) - set(names))
