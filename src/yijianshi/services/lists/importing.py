"""Turn a published table into a list of the catalogue (导入清单): entry by entry, with what is different and open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import BundleCode, DepartmentCode
from yijianshi.domain.lists import ListChange, ListEntry, OfficialList, changes_between, same_name

from ..catalogue.reading import PARTS
from .tables import ListRow


class ListNotWritten(ValueError):
    """The list is already there in another wording, and nobody said that it may be replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A list as read from a table: the value, what it changes, and what somebody must still settle."""

    listed: OfficialList
    changes: tuple[ListChange, ...]
    is_known: bool
    remarks: tuple[str, ...]


def import_list(rows: Sequence[ListRow], *, head: OfficialList, catalogue: Catalogue) -> Imported:
    """Return what a table makes of a list whose `head` is given; nothing is written."""
    remarks: list[str] = []
    entries: dict[str, ListEntry] = {}
    for row in rows:
        if row.name in entries:
            remarks.append(f"第 {row.row} 行“{row.name}”前面已经有了，只收一次")
            continue
        entries[row.name] = _entry(row, catalogue, remarks)
    known = next((one for one in catalogue.lists if one.code == head.code), None)
    listed = OfficialList(
        code=head.code,
        name=head.name,
        level=head.level,
        issuer=head.issuer,
        document=head.document,
        version=head.version,
        source=head.source,
        certainty=head.certainty,
        entries=tuple(entries.values()),
    )
    changes = changes_between(known.entries if known else (), listed.entries)
    return Imported(listed=listed, changes=changes, is_known=known is not None, remarks=tuple(remarks))


def write_list(imported: Imported, *, folder: Path, replace: bool = False) -> Path:
    """
    Write the list into the catalogue's file, leaving all others and their comments as they are.

    :raises ListNotWritten: if a list of that code is there and `replace` was not said.
    """
    path = folder / PARTS["lists"][0]
    text = path.read_text(encoding="utf-8") if path.is_file() else "lists:\n"
    block = as_yaml(imported.listed)
    there = re.search(
        rf"^  - code: {re.escape(imported.listed.code)}\n(?:(?!  - code: ).*\n?)*", text, re.MULTILINE
    )
    if there and not replace:
        message = f"目录里已经有清单“{imported.listed.code}”；新年度的请用新的编码，要替换请加 --replace"
        raise ListNotWritten(message)
    written = (
        text[: there.start()] + block + text[there.end() :] if there else text.rstrip("\n") + "\n" + block
    )
    path.write_text(written, encoding="utf-8")
    return path


def as_yaml(listed: OfficialList) -> str:
    """Return a list as it stands in the catalogue's file."""
    head = {
        "code": listed.code,
        "name": listed.name,
        "level": listed.level,
        "issuer": listed.issuer,
        "document": listed.document,
        "version": listed.version,
        "source": listed.source,
        "certainty": listed.certainty,
    }
    lines = [f"{key}: {_quoted(str(value))}" for key, value in head.items() if value]
    text = "  - " + "\n    ".join([*lines, "entries:"]) + "\n"
    for entry in listed.entries:
        said = {
            "name": entry.name,
            "bundle": entry.bundle,
            "lead_department": entry.lead_department,
            "lead": entry.lead,
            "note": entry.note,
        }
        text += (
            "      - {"
            + ", ".join(f"{key}: {_quoted(value)}" for key, value in said.items() if value)
            + "}\n"
        )
    return text


def _entry(row: ListRow, catalogue: Catalogue, remarks: list[str]) -> ListEntry:
    bundle: BundleCode | None = None
    if row.bundle:
        if row.bundle in catalogue.bundles:
            bundle = BundleCode(row.bundle)
        else:
            remarks.append(f"第 {row.row} 行“{row.name}”的编码“{row.bundle}”目录里没有，没有对应")
    else:
        bundle = _named(row.name, catalogue)
    if bundle is None and not row.bundle:
        remarks.append(f"第 {row.row} 行“{row.name}”目录里没有同名的一件事；有对应的请补 bundle")
    lead = _department(row.lead, catalogue)
    return ListEntry(
        name=row.name, bundle=bundle, lead_department=lead, lead="" if lead else row.lead, note=row.note
    )


def _named(name: str, catalogue: Catalogue) -> BundleCode | None:
    for bundle in catalogue.bundles.values():
        if any(same_name(name, said) for said in (bundle.name, bundle.plain_name) if said):
            return bundle.code
    # Another list may have called it so before.
    return next(
        (e.bundle for one in catalogue.lists for e in one.entries if e.bundle and same_name(name, e.name)),
        None,
    )


def _department(name: str, catalogue: Catalogue) -> DepartmentCode | None:
    for department in catalogue.departments.values():
        if name and name in (
            department.code,
            department.name,
            department.short_name,
            *department.levels.values(),
        ):
            return department.code
    return None


def _quoted(text: str) -> str:
    """Return text as a YAML scalar, in quotes where it could be read as something else."""
    plain = re.fullmatch(r"[\w\u3000-\u9fff（）“”《》〔〕、，。·-]+", text) and not re.fullmatch(
        r"[\d.-]+", text
    )
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return text if plain else f'"{escaped}"'
