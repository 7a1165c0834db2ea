"""Every page has an address and a name of its own: of two pages at one address the second can never be opened."""

from collections import Counter
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def pages(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the address and the name of every page of the web and the API."""
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, str(pattern.name)


def test_no_address_stands_twice() -> None:
    addresses = Counter(address for address, _ in pages(get_resolver()))
    assert [address for address, times in addresses.items() if times > 1] == []


def test_no_two_pages_have_one_name() -> None:
    names = Counter(name for _, name in pages(get_resolver()))
    assert [name for name, times in names.items() if times > 1 and name != "None"] == []
