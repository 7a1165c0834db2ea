"""Which place an item of a list belongs to: its own column, else the credit code of who handles it, else the name on the door."""

from collections.abc import Iterable, Mapping

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.definitions import Division

from .listed import ListedItem

NOWHERE = ""
Divisions = Mapping[DivisionCode, Division]


class Whereabouts:
    """Tells the place of items, and which places stand above one."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        named = [(self.full_name(code), code) for code in divisions]
        self._names = sorted(named, key=lambda pair: -len(pair[0]))
        self._by_door: dict[str, str] = {}

    def full_name(self, code: str) -> str:
        """Return 南京市鼓楼区: two cities of one province may each have a district of the same name."""
        division = self._divisions.get(DivisionCode(code))
        if division is None:
            return f"区划 {code}" if code else ""
        parent = self._divisions.get(division.parent) if division.parent else None
        return (parent.name if parent and parent.level == "city" else "") + division.name

    def settle(self, items: Iterable[ListedItem]) -> None:
        """Write down the place of every item that does not say it itself."""
        for item in items:
            item.division = self.of(item)

    def of(self, item: ListedItem) -> str:
        """Return the six digits of an item's place, or nothing."""
        said = item.division
        if len(said) >= 6 and said[:6].isdigit():
            return said[:6]
        for code in (item.code, item.department_code):
            if len(code) >= 18 and code[2:8].isdigit() and self._is_here(code[2:8]):
                return code[2:8]
        if item.department not in self._by_door:
            self._by_door[item.department] = next(
                (code for name, code in self._names if name and name in item.department), NOWHERE
            )
        return self._by_door[item.department]

    def _is_here(self, code: str) -> bool:
        return DivisionCode(code) in self._divisions or DivisionCode(code[:4] + "00") in self._divisions

    def chain(self, code: str) -> tuple[str, ...]:
        """Return a place and those above it, nearest first, and last what belongs to no place."""
        found: list[str] = []
        current: str | None = code
        while current:
            found.append(current)
            division = self._divisions.get(DivisionCode(current))
            if division is not None:
                current = division.parent
            else:
                city = DivisionCode(current[:4] + "00")
                current = city if city != current and city in self._divisions else None
        return (*found, NOWHERE)
