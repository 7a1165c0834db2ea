"""Files that came in while the scanner could not tell (待查毒): asked about again until it can."""

from yijianshi.store.materials.models import BlobRow

from ..outside import outside
from ..ports import FileMissing, ScannerUnavailable


def rescan(*, most: int = 20) -> int:
    """Scan what still waits; return how many files are now known to be clean or not."""
    known = 0
    for sha256 in BlobRow.objects.filter(scan="waiting").values_list("pk", flat=True)[:most]:
        try:
            with outside().files.open(sha256) as stream:
                verdict = outside().scanner.scan(stream.read())
        except (ScannerUnavailable, FileMissing):
            return known
        BlobRow.objects.filter(pk=sha256, scan="waiting").update(
            scan="clean" if verdict.is_clean else "infected"
        )
        known += 1
    return known
