"""Write a further revision beside those before it (新的一版): what was filed is never changed."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import ManifestLine, content_digest
from yijianshi.store.keys import new_id
from yijianshi.store.materials.models import CopyRow, ManifestRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

from ..contents import Content, seal_content


def write_revision(submission: UUID, content: Content, *, by: UUID, at: datetime) -> RevisionRow:
    """Seal the content as the next revision with the lines of its documents; call it inside the transaction of the act."""
    row = SubmissionRow.objects.only("wrapped_key").select_for_update().get(pk=submission)
    last = (
        RevisionRow.objects.filter(submission=submission).order_by("-number").values_list("number", flat=True)
    )
    lines = [ManifestLine(line.material, MaterialWay(line.way), line.sha256) for line in content.manifest]  # type: ignore[arg-type]
    revision = RevisionRow.objects.create(
        id=new_id(),
        submission_id=submission,
        number=(last.first() or 0) + 1,
        sealed=seal_content(content, purpose="revision", under=bytes(row.wrapped_key)),
        digest=content_digest(content.signed(), lines),
        made_at=at,
        made_by=by,
    )
    copies = {str(key) for key in CopyRow.objects.filter(
        pk__in=[line.copy for line in content.manifest if line.copy]
    ).values_list("pk", flat=True)}  # fmt: skip
    ManifestRow.objects.bulk_create(
        ManifestRow(
            id=new_id(), revision=revision, material=line.material, way=line.way,
            copy_id=line.copy if line.copy in copies else None,
        )
        for line in content.manifest
        if line.copy
    )  # fmt: skip
    return revision
