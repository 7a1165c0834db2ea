"""Every address of the web and every method it takes, as Django routes them."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import StringConverter, UUIDConverter


@dataclass(frozen=True, slots=True)
class Door:
    """One address, by its name: what it is given, whose room it is in, which methods it takes."""

    name: str
    room: str
    parameters: tuple[str, ...]
    methods: tuple[str, ...]
    keys: tuple[
        str, ...
    ] = ()  # those of the parameters that are keys of things: of the kind uuid, or a token's text


_OF_THINGS = (UUIDConverter, StringConverter)


@cache
def doors() -> dict[str, Door]:
    """Return every named address outside the API."""
    found = {}
    for pattern in _patterns(get_resolver()):
        module = pattern.callback.__module__
        if not module.startswith("yijianshi.api.") or pattern.name:
            assert pattern.name, f"{pattern.pattern} 没有名字；给它一个 name"
            parameters = tuple(pattern.pattern.regex.groupindex)
            kinds = pattern.pattern.converters
            keys = tuple(name for name in parameters if type(kinds.get(name)) in _OF_THINGS)
            found[pattern.name] = Door(
                pattern.name, _room_of(module), parameters, _methods_of(pattern.callback), keys
            )
    return found


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern


def _room_of(module: str) -> str:
    """Return the package of `web/`; what stands outside any is in `frame`."""
    parts = module.split(".")
    return parts[2] if parts[1] == "web" and len(parts) > 3 else "frame"


def _methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return the methods that a view lets through; where it says nothing, POST if it reads what was posted."""
    inner = view
    while True:
        listed = inspect.getclosurevars(inner).nonlocals.get("request_method_list")
        if listed:
            return tuple(sorted(set(listed) - {"HEAD", "OPTIONS"}) or sorted(listed))
        if not hasattr(inner, "__wrapped__"):
            break
        inner = inner.__wrapped__
    return ("GET", "POST") if _reads_what_is_posted(inner) else ("GET",)


def _reads_what_is_posted(function: Callable[..., Any], *, deep: int = 4) -> bool:
    """Look into a function of the web, and into those that it calls."""
    if "POST" in inspect.getsource(function):
        return True
    called = [function.__globals__.get(name) for name in function.__code__.co_names]
    return deep > 0 and any(
        inspect.isfunction(one)
        and one.__module__.startswith("yijianshi.web.")
        and _reads_what_is_posted(one, deep=deep - 1)
        for one in called
    )
