"""Which rows of a list would not be needed in one thing: documents asked for twice, shared ones, and those made on the way."""

from collections.abc import Iterator

from yijianshi.domain.catalogue import Bundle

from .gaining import Found, gain_parts
from .places import Finding
from .wanted import Materials


def spared_findings(bundle: Bundle, found: Found, materials: Materials) -> Iterator[Finding]:
    """Yield every material of the items found that nobody need hand in, or hand in again, once it is one thing."""
    chosen, makers, waits = gain_parts(bundle, found, materials)
    if len(chosen) < 2:
        return
    first: dict[str, str] = {}
    for item in chosen:
        listed = found[item.code][0]
        for asked in listed.materials:
            wanted = materials.of(asked.name)
            maker = makers(wanted, item)
            if wanted.key in first and first[wanted.key] != item.plain_name:
                yield Finding(
                    "asked-twice-material", asked.cell, listed.title,
                    f"办“{bundle.title}”时，“{asked.name}”在“{first[wanted.key]}”已经交过",
                    "合成一套材料，只收一次",
                )  # fmt: skip
            first.setdefault(wanted.key, item.plain_name)
            if maker:
                yield Finding(
                    "produced-material", asked.cell, listed.title,
                    f"“{asked.name}”是同一件事里“{maker}”办出来的", "由前序部门直接流转，不再要申请人交",
                )  # fmt: skip
            elif wanted.way == "shared":
                yield Finding(
                    "shared-material", asked.cell, listed.title,
                    f"“{asked.name}”可以免交（{wanted.from_where}）", "接通共享或电子证照，从材料清单里去掉",
                )  # fmt: skip
    for wait in waits:
        by_name = {item.plain_name: found[item.code][0] for item in chosen}
        listed = by_name[wait.item]
        yield Finding("needless-wait", listed.cell, listed.title, wait.why, "改成同时办理")
