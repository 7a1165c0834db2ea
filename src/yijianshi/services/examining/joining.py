"""Join the rows of several tables to items: materials, charges and fields find the item that they belong to."""

from . import headings as h
from .listed import ListedFee, ListedItem, ListedMaterial, ListRead
from .places import Finding
from .rows import Reference, Row, material_of, reference_of

#: A material's basis that the table has no column for: nothing can be said about it.
UNTOLD = "?"


class Joining:
    """Remembers which item is meant by which name and code, and joins at the end, whatever order the tables came in."""

    def __init__(self, read: ListRead) -> None:
        self._read = read
        self._by: dict[tuple[str, str], list[ListedItem]] = {}
        self._parts: list[tuple[str, Row, object]] = []
        self._extensions: list[tuple[Row, dict[str, str]]] = []
        self._last: ListedItem | None = None

    def add(self, item: ListedItem, row: Row) -> None:
        """Take an item of the list."""
        self._read.items.append(item)
        self._last = item
        keys = {
            "guid": row.code("guid"),
            "handle": row.code("handle_code"),
            "code": item.code,
            "name": item.name,
        }
        if item.subname:
            keys["subname"] = item.subname
        for kind, key in keys.items():
            if key:
                self._by.setdefault((kind.removeprefix("sub"), key), []).append(item)

    def same_as_last(self, item: ListedItem) -> ListedItem | None:
        """Return the last item if this row only repeats it, as tables with one material in each row do."""
        last = self._last
        if last is None or (item.title, item.code, item.department) != (
            last.title,
            last.code,
            last.department,
        ):
            return None
        return last if last.cell.file == item.cell.file and last.cell.sheet == item.cell.sheet else None

    def add_to_last(self, row: Row) -> None:
        """Give the material of a row to the item above it."""
        material = material_of(row)
        if material is None:
            return
        if self._last is None:
            self._orphan(row, material.name)
        else:
            self._last.materials.append(material)

    def keep_part(self, kind: str, row: Row, part: object) -> None:
        """Take a row of another table; one that says nothing is told."""
        if part is None:
            self._read.findings.append(
                Finding(
                    "row-unreadable", row.at(), f"第 {row.number} 行",
                    f"没有{h.KIND_WORDS[kind]}的名称，这一行没有算", "补上名称，或删去这一行",
                )
            )  # fmt: skip
            return
        self._parts.append((kind, _slim(row), part))

    def keep_extension(self, row: Row, more: dict[str, str]) -> None:
        """Take a row of the extension table."""
        self._extensions.append((_slim(row), more))

    def join(self) -> None:
        """Give everything to its item; what has none is told."""
        for kind, row, part in self._parts:
            found = self._find(reference_of(row))
            if found is None:
                self._orphan(row, part.name if isinstance(part, ListedMaterial | ListedFee) else str(part))
            elif isinstance(part, ListedMaterial):
                found.materials.append(part)
            elif isinstance(part, ListedFee):
                found.fees.append(part)
            elif kind == h.FIELD:
                found.fields.append(str(part))
        for row, more in self._extensions:
            found = self._find(reference_of(row))
            if found is None:
                self._orphan(row, "扩展信息")
                continue
            for meaning, value in more.items():
                if not getattr(found, meaning):
                    setattr(found, meaning, value)
        self._parts.clear()
        self._extensions.clear()

    def _find(self, said: Reference) -> ListedItem | None:
        for kind, key in (("guid", said.guid), ("handle", said.handle_code), ("code", said.code)):
            if key and (found := self._by.get((kind, key))):
                named = [item for item in found if said.name in (item.name, item.subname)]
                return (named or found)[0]
        if said.guid or said.code or not said.name:
            return None
        found = self._by.get(("name", said.name), [])
        if said.department:
            found = [item for item in found if item.department == said.department]
        # several places have an item of this name, and the row does not say whose it is: nobody guesses
        return found[0] if len({(item.department, item.division) for item in found}) == 1 else None

    def _orphan(self, row: Row, subject: str) -> None:
        self._read.findings.append(
            Finding(
                "orphan", row.at(), subject, "找不到它所属的事项，没有算进去",
                "写上和事项表里一样的实施编码；只写名称的，同名事项有几个就分不清",
            )
        )  # fmt: skip


def _slim(row: Row) -> Row:
    """Keep of a row only by what it names its item: a list may have hundreds of thousands."""
    kept = {m: row.cells[m] for m in ("guid", "handle_code", "code", "name", "department") if m in row.cells}
    return Row(row.file, row.sheet, row.number, kept, row.words)
