"""
Write what an import brings into a folder: codes where the catalogue reads them, everything else as drafts for the steward.

What was written is remembered by its digest, so that a file which somebody has changed since is refused and not lost.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

from ..catalogue.figures import whole
from .import_list import Import

#: Beside the files: what the last import wrote, by digest.
RECORD = ".imported.json"
CODES, ITEMS, OVERRIDES, DIFFERENCES = (
    "codes.yaml",
    "drafts/items.yaml",
    "drafts/overrides.yaml",
    "drafts/differences.txt",
)
_ABOUT = {
    CODES: "# 基本编码和实施编码：由 yijianshi catalogue import 写入，下次导入会接着加；手工改过就不再覆盖。\n",
    ITEMS: "# 目录里还没有的事项和材料，由清单导入：确认以后移到 bundles/ 的一件事和 materials.yaml 里。\n",
    OVERRIDES: "# 清单上比目录更短的承诺：确认以后移到 overrides.yaml 里。\n",
    DIFFERENCES: "# 清单和目录说得不一样的地方；目录没有改，由目录管理员决定。\n",
}


class ChangedByHand(ValueError):
    """Files were not written by an import, or were changed since; nothing was written."""

    def __init__(self, names: list[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            f"{'、'.join(names)} 不是导入写的，或者导入以后手工改过，所以一个文件也没有写。"
            "请先把它移走或改名，或者用 --into 换一个文件夹"
        )


def write_import(brought: Import, into: Path) -> tuple[str, ...]:
    """
    Write the files of an import into a folder; return those that are new or changed.

    :raises ChangedByHand: naming every file that would lose somebody's work; then nothing is written.
    """
    files = {name: text for name, text in _texts(brought).items() if text}
    record = _read_record(into)
    changed = [
        name
        for name, text in files.items()
        if (into / name).exists() and _digest(now := (into / name).read_bytes()) != record.get(name) and now != text.encode()
    ]  # fmt: skip
    if changed:
        raise ChangedByHand(changed)
    written = []
    for name, text in files.items():
        path = into / name
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            written.append(name)
        record[name] = _digest(text.encode())
    (into / RECORD).write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return tuple(written)


def _texts(brought: Import) -> dict[str, str]:
    codes = [
        {
            "item": str(numbers.item),
            "basic_codes": list(numbers.basic_codes),
            **(
                {"implementations": {str(d): list(known) for d, known in numbers.implementations.items()}}
                if numbers.implementations
                else {}
            ),
        }
        for numbers in brought.codes
    ]
    overrides = [
        {"division": str(o.division), "bundle": str(o.bundle), "item": str(o.item), "promised": whole(o.promised)}
        for o in brought.overrides
        if o.promised is not None
    ]  # fmt: skip
    return {
        CODES: _ABOUT[CODES] + _yaml({"codes": codes}) if codes else "",
        ITEMS: _ABOUT[ITEMS] + _yaml(brought.draft) if brought.draft["items"] else "",
        OVERRIDES: _ABOUT[OVERRIDES] + _yaml({"overrides": overrides}) if overrides else "",
        DIFFERENCES: _ABOUT[DIFFERENCES] + "".join(f"{one}\n" for one in brought.differences)
        if brought.differences
        else "",
    }


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


class _Dumper(yaml.SafeDumper):
    """Writes numbers that are codes in quotes and never refers back to what stands elsewhere in the file."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if text.isdigit() else None)


_Dumper.add_representer(str, _text)


def _read_record(into: Path) -> dict[str, str]:
    path = into / RECORD
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}  # a record that cannot be read vouches for nothing
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
