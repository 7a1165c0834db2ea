"""Beginning a manuscript (起草): a one-thing of the place's own, or what it does better than the standard above."""

import hashlib
import re
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.manuscripts import UNFINISHED, ManuscriptMove, ManuscriptStage
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.store.catalogue.models import EditionRow
from yijianshi.store.manuscripts.models import ManuscriptRow, ManuscriptStepRow, TextRow

from ..catalogue.published import edition_by_id, improvements_of_edition
from ..catalogue.reading import shipped_folder
from .checking import standard_above
from .texts import IMPROVING, WHOLE, improving_text, written

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class ManuscriptNotBegun(ValueError):
    """No manuscript can be begun like this; the words say what would do."""


def begin_manuscript(
    *,
    actor: Actor,
    bundle: BundleCode,
    division: DivisionCode,
    at: datetime,
    name: str = "",
    audience: str = "individual",
    lead: str = "",
    text: str = "",
    proposal: UUID | None = None,
) -> UUID:
    """
    Begin a manuscript from what is in force, or from nothing; return its key.

    Below a published standard it says only what the place does better; otherwise it is the whole one-thing.

    :param text: the text to begin from, such as that of a proposal; else the present one, else a frame to fill in.
    :raises NotPermitted: if the actor is no steward of the division.
    :raises ManuscriptNotBegun: if one is being written already, or the code or the name will not do.
    """
    require(actor, Act.WRITE_MANUSCRIPT, Thing(division=division))
    if not _CODE.fullmatch(bundle) or len(bundle) > 60:
        raise ManuscriptNotBegun("编码只用小写英文、数字和连字符，以英文开头，如 open-homestay")
    standard = standard_above(bundle, division)
    base = (
        EditionRow.objects.filter(bundle=bundle, division=division, withdrawn_at=None)
        .order_by("-valid_from", "-published_at")
        .defer("content")
        .first()
    )
    if standard is not None:
        kind, title = IMPROVING, standard.bundle.title
        kept = improvements_of_edition(base.id) if base else ()
        text = improving_text(bundle, title, kept)
    else:
        kind, title = WHOLE, edition_by_id(base.id).bundle.title if base else name
        text = (
            text
            or (base.source if base else "")
            or _from_folder(bundle)
            or _frame(bundle, name, audience, lead)
        )
    if not title.strip():
        raise ManuscriptNotBegun("请写这件事叫什么，如“开办民宿”")
    account, digest = UUID(actor.account), digest_of_text(text)
    row = ManuscriptRow(
        bundle=bundle, division=division, kind=kind, title=title.strip()[:200], stage=ManuscriptStage.DRAFT,
        digest=digest, base=base.id if base else None, proposal=proposal, begun_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
            TextRow.objects.create(manuscript=row, digest=digest, text=text, by=account, at=at)
            ManuscriptStepRow.objects.create(
                manuscript=row, seq=0, move=ManuscriptMove.BEGIN, at=at, by=account, digest=digest
            )
    except IntegrityError as error:
        raise ManuscriptNotBegun(f"“{title}”已经有一份稿在写；请在那一份上改，或先把它作废") from error
    return row.id


def unfinished_manuscript(bundle: BundleCode, division: DivisionCode) -> UUID | None:
    """Return the manuscript that is being written for a one-thing in a division, if one is."""
    return (
        ManuscriptRow.objects.filter(bundle=bundle, division=division, stage__in=list(UNFINISHED))
        .values_list("pk", flat=True)
        .first()
    )


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text, by which a later edit knows what it was made from."""
    return hashlib.sha256(text.encode()).hexdigest()


def _from_folder(bundle: str) -> str:
    path = shipped_folder() / "bundles" / f"{bundle}.yaml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _frame(bundle: str, name: str, audience: str, lead: str) -> str:
    name = name.strip()
    return written(
        {
            "code": bundle, "name": name, "plain_name": name, "audience": audience, "description": "", "stage": "",
            "keywords": [name], "lead_department": lead, "questions": [], "items": [],
        }
    )  # fmt: skip
