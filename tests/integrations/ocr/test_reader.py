"""The real reader on real pictures; slow, and skipped where the extra is not installed."""

import os
import subprocess
import sys
from io import BytesIO

import pytest

from yijianshi.domain.paper_marks import PaperKind
from yijianshi.domain.reading_papers import read_paper
from yijianshi.integrations import ocr
from yijianshi.services.ports import PaperReader, PhotographUnreadable

pytestmark = pytest.mark.clause("C2.4")
#: Whoever runs the slow tests by hand may not have the extra; `bin/trial` installs it first, so that there they are run.
needs_the_extra = pytest.mark.skipif(not ocr.is_installed(), reason="requirements/ocr.txt is not installed")


def test_nothing_of_the_reader_is_loaded_before_the_first_photograph() -> None:
    asked = "import sys; from yijianshi.integrations import ocr; ocr.is_installed();"
    loaded = "print([m for m in ('rapidocr', 'onnxruntime', 'cv2', 'numpy') if m in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", asked + loaded],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert said.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def reader() -> PaperReader:
    return ocr.reader()


@pytest.mark.slow
@needs_the_extra
@pytest.mark.parametrize("how", ["plain", "turned 90", "turned 180"])
def test_a_card_is_read_however_it_is_turned(reader: PaperReader, how: str) -> None:
    from tests.photographs.papers import draw
    from tests.photographs.spoiling import photograph

    drawn, png = draw("id-card", 0)
    seen = reader.read(photograph(png, how, seed=7))
    read = read_paper(seen.photograph, PaperKind.ID_CARD)
    assert {field.key: field.value for field in read.fields} == drawn.truth
    assert seen.preview.startswith(b"\xff\xd8\xff")
    assert len(seen.preview) < 120_000


@pytest.mark.slow
@needs_the_extra
def test_a_picture_is_turned_as_its_camera_says_and_what_it_wrote_beside_it_is_gone(
    reader: PaperReader,
) -> None:
    from PIL import Image

    from tests.photographs.papers import draw

    _, png = draw("id-card", 2)
    kept = BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    Image.open(BytesIO(png)).convert("RGB").rotate(90, expand=True).save(kept, "JPEG", exif=exif)
    seen = reader.read(kept.getvalue())
    assert seen.photograph.width > seen.photograph.height
    assert b"a camera" not in seen.preview


@pytest.mark.slow
@needs_the_extra
@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_said_to_be_none(reader: PaperReader, content: bytes) -> None:
    with pytest.raises(PhotographUnreadable):
        reader.read(content)


@pytest.mark.slow
@needs_the_extra
def test_an_enormous_picture_is_not_opened(reader: PaperReader) -> None:
    from PIL import Image

    kept = BytesIO()
    Image.new("1", (12_000, 12_000)).save(kept, "PNG")
    with pytest.raises(PhotographUnreadable):
        reader.read(kept.getvalue())
