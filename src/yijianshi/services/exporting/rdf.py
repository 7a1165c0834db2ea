"""
A graph of statements, and the two ways in which it is written: Turtle and JSON-LD; both say exactly the same.

Basis: W3C RDF 1.1 Turtle; W3C JSON-LD 1.1. What is written needs nothing from the network to be understood.
"""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\"\\]")
_LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Address(str):
    """The name of a thing in a graph (IRI); what may not stand in one is percent-encoded."""

    __slots__ = ()

    def __new__(cls, text: str) -> "Address":
        return super().__new__(
            cls, _NOT_IN_AN_ADDRESS.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), text)
        )


class Text(NamedTuple):
    """Words in a language."""

    words: str
    language: str = "zh"


class Typed(NamedTuple):
    """A value of a type of XML Schema, such as a duration."""

    value: str
    kind: str


Value = Address | Text | Typed | str


class Graph:
    """Statements about things, in the order in which they were said, none twice."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(prefixes)
        self._said: dict[Address, dict[str, dict[Value, None]]] = {}

    def __contains__(self, thing: Address) -> bool:
        return thing in self._said

    def say(self, thing: Address, predicate: str, *values: Value) -> None:
        """Say something of a thing; `predicate` is written with its prefix, as in `dct:title`. Empty words are not said."""
        for value in values:
            words = value.words if isinstance(value, Text) else value
            if words:
                self._said.setdefault(thing, {}).setdefault(predicate, {})[value] = None

    def name(self, thing: Address, *kinds: str) -> Address:
        """Say what a thing is; return it."""
        for kind in kinds:
            self._said.setdefault(thing, {}).setdefault("a", {})[Address(self._full(kind))] = None
        return thing

    def turtle(self) -> str:
        """Return the graph as Turtle."""
        lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in self._prefixes.items()]
        for thing, statements in self._said.items():
            said = [
                f"{predicate} " + ", ".join(self._object(value) for value in values)
                for predicate, values in statements.items()
            ]
            lines += ["", f"<{thing}> " + " ;\n    ".join(said) + " ."]
        return "\n".join(lines) + "\n"

    def json_ld(self) -> str:
        """Return the graph as JSON-LD, with its context inside."""
        things = []
        for thing, statements in self._said.items():
            written: dict[str, object] = {"@id": thing}
            for predicate, values in statements.items():
                if predicate == "a":
                    written["@type"] = [self._short(str(value)) for value in values]
                else:
                    written[predicate] = [self._json(value) for value in values]
            things.append(written)
        return json.dumps({"@context": self._prefixes, "@graph": things}, ensure_ascii=False, indent=1) + "\n"

    def _object(self, value: Value) -> str:
        if isinstance(value, Address):
            short = self._short(value)
            return short if short != value else f"<{value}>"
        if isinstance(value, Text):
            return f'"{_escaped(value.words)}"@{value.language}'
        if isinstance(value, Typed):
            return f'"{_escaped(value.value)}"^^{value.kind}'
        return f'"{_escaped(value)}"'

    @staticmethod
    def _json(value: Value) -> object:
        if isinstance(value, Address):
            return {"@id": value}
        if isinstance(value, Text):
            return {"@value": value.words, "@language": value.language}
        if isinstance(value, Typed):
            return {"@value": value.value, "@type": value.kind}
        return {"@value": value}

    def _full(self, short: str) -> str:
        prefix, _, local = short.partition(":")
        return self._prefixes[prefix] + local

    def _short(self, full: str) -> str:
        for prefix, space in self._prefixes.items():
            if full.startswith(space) and _LOCAL_NAME.fullmatch(full.removeprefix(space)):
                return f"{prefix}:{full.removeprefix(space)}"
        return full


def _escaped(words: str) -> str:
    return _CONTROL.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), words)
