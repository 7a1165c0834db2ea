"""Every page can be reached by somebody in some story: no door without a room, no room without a door."""

from collections.abc import Collection, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

#: Pages that nobody in a story opens, and why.
LEFT_OUT = {
    "kit": "building blocks, in the demo only; tests/web/test_kit_in_browser.py opens them",
    "kit-desk": "the same",
    "kit-question": "the same",
    "kit-trouble": "the same",
    "login-with": "leads to a provider; tests/web/identity goes there and comes back, also with one of somebody else",
    "login-back": "the same",
    "step-up": "asked for by few items; tests/web/identity goes through it",
    "window-seeing": "the same, at the window",
    "demo-identity": "the demo's provider; tests/web/identity opens it",
    "demo-office-app": "the demo's office app; the same",
    "manifest": "read by browsers; tests/web/portal/test_light_pages.py asks for it",
    "helper": "the same; the stories' browsers have no helpers",
    "kiosk-over": "where no script runs, by time; tests/web/portal/test_kiosk.py opens it",
    "photo-paper": "the reader is an extra; tests/web/photographs opens it",
    "photo-material": "the same",
    "photo": "the same",
    "photo-progress": "the same",
    "photo-picture": "the same",
    "photo-drop": "the same",
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
    "test_a_daughter_helps",
    "test_a_walk_in_without_a_mouse",
    "test_begun_on_a_kiosk",
    "test_three_administrators",
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
