"""Which page of a list is meant; nonsense means the first."""

from django.http import HttpRequest

MOST_PAGES = 9999


def page_number(request: HttpRequest) -> int:
    """Return the page that the address names, at least 1."""
    wanted = request.GET.get("page", "")
    return min(max(int(wanted), 1), MOST_PAGES) if wanted.isdecimal() and len(wanted) < 6 else 1
