"""Whether the lists of one-things (清单) name what is there, each entry once, and from where they are known."""

from collections.abc import Iterator

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.definitions import Certainty

from .findings import Place, Remark, Severity
from .references import unknown


def list_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every entry that leads nowhere or stands twice, and for what must be confirmed."""
    codes: set[str] = set()
    for at, listed in enumerate(catalogue.lists):
        place: Place = ("lists", at)
        if listed.code in codes:
            yield Remark("duplicate-code", place, f"清单“{listed.code}”写了两次", "删去一处，或换一个编码")
        codes.add(listed.code)
        if not listed.source:
            message = f"清单“{listed.name}”没有写出处"
            yield Remark("list-without-source", place, message, "写上 source: 从哪份文件、哪一页抄来")
        if listed.certainty is not Certainty.HIGH:
            message = f"清单“{listed.name}”的把握程度{listed.certainty}"
            yield Remark(
                "unconfirmed", (*place, "certainty"), message, "对照原文确认后改为高", Severity.WARNING
            )
        names: set[str] = set()
        for position, entry in enumerate(listed.entries):
            where: Place = (*place, "entries", position)
            if entry.name in names:
                message = f"清单“{listed.name}”里“{entry.name}”写了两次"
                yield Remark("duplicate-entry", where, message, "删去一处")
            names.add(entry.name)
            if entry.bundle and entry.bundle not in catalogue.bundles:
                yield unknown("bundle", entry.bundle, (*where, "bundle"), catalogue.bundles)
            if entry.lead_department and entry.lead_department not in catalogue.departments:
                yield unknown(
                    "department", entry.lead_department, (*where, "lead_department"), catalogue.departments
                )
            if entry.certainty not in (None, Certainty.HIGH):
                message = f"清单“{listed.name}”的“{entry.name}”把握程度{entry.certainty}"
                yield Remark(
                    "unconfirmed", (*where, "certainty"), message, "对照原文确认后改为高", Severity.WARNING
                )
