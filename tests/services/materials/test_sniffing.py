"""A file is what its bytes say; one that lies, hides something or acts by itself stays outside."""

import contextlib
import io
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.services.materials.sniffing import LARGEST_FILE, FileKind, FileRefused, assert_allowed, sniff

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(30)


def pdf(body: bytes = b"", trailer: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        + body
        + b"\ntrailer\n<< /Root 1 0 R "
        + trailer
        + b" >>\nstartxref\n0\n%%EOF\n"
    )


def packed(
    objects: bytes, *, kind: bytes = b"/ObjStm", coding: bytes = b"/Filter /FlateDecode", squeeze: bool = True
) -> bytes:
    data = zlib.compress(objects) if squeeze else objects
    head = b"9 0 obj\n<< /Type %s /N 1 /First 4 %s /Length %d >>\n" % (kind, coding, len(data))
    return head + b"stream\n" + data + b"\nendstream\nendobj\n"


def archive(*names: str, content: bytes = b"<xml/>", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as parts:
        for name in names:
            parts.writestr(name, content)
    return kept.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
OFD = archive("OFD.xml", "Doc_0/Document.xml")
WELCOME = [
    ("布局图.pdf", pdf(), FileKind.PDF),
    ("照片.jpg", JPEG, FileKind.JPEG),
    ("照片.JPEG", JPEG, FileKind.JPEG),
    ("照片.png", PNG, FileKind.PNG),
    ("制度.docx", DOCX, FileKind.DOCX),
    ("名单.xlsx", XLSX, FileKind.XLSX),
    ("执照.ofd", OFD, FileKind.OFD),
]


def refusal(filename: str, content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        assert_allowed(filename, content)
    return refused.value


@pytest.mark.parametrize(("filename", "content", "kind"), WELCOME)
def test_welcome_kinds_come_in(filename: str, content: bytes, kind: FileKind) -> None:
    assert sniff(content) is kind
    assert assert_allowed(filename, content) is kind
    assert kind.media_type.count("/") == 1


@pytest.mark.parametrize(("filename", "content", "kind"), WELCOME)
@pytest.mark.parametrize("extension", ["pdf", "jpg", "png", "docx", "xlsx", "ofd", "exe", ""])
def test_a_false_extension_is_refused(filename: str, content: bytes, kind: FileKind, extension: str) -> None:
    if extension == kind.value:
        return
    refused = refusal("文件." + extension if extension else "文件", content)
    assert refused.reason == "false-extension"
    assert f"“.{kind.value}”" in str(refused)


def test_only_the_last_extension_counts() -> None:
    assert refusal("照片.jpg.exe", JPEG).reason == "false-extension"
    assert assert_allowed("a.b.c.jpg", JPEG) is FileKind.JPEG
    assert assert_allowed("C:\\照片\\1.jpg", JPEG) is FileKind.JPEG


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"\x7fELF", b"<html><script>", b"GIF89a", b"PK\x03\x04 broken", archive("a.txt"), b"#!/bin/sh",
     b"<svg onload=1>", b" %PDF-1.7"],
)  # fmt: skip
def test_other_kinds_are_refused_with_a_list_of_what_would_do(content: bytes) -> None:
    refused = refusal("材料.pdf", content)
    assert refused.reason == "unknown-kind"
    assert "PDF、JPG、PNG" in str(refused)


def test_an_old_or_locked_office_file_is_told_apart() -> None:
    assert "旧版或加了密码" in str(refusal("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


def test_an_empty_file_is_refused() -> None:
    assert refusal("a.pdf", b"").reason == "empty"


def test_twenty_megabytes_come_in_and_one_byte_more_does_not() -> None:
    body = pdf(bytes(LARGEST_FILE - len(pdf())))
    assert len(body) == LARGEST_FILE
    assert assert_allowed("a.pdf", body) is FileKind.PDF
    refused = refusal("a.pdf", body + b"\n")
    assert refused.reason == "too-large"
    assert "20 MB" in str(refused)


@pytest.mark.parametrize("written", [b"/Encrypt 5 0 R", b"/Encrypt<<>>", b"/#45ncrypt 5 0 R"])
def test_an_encrypted_pdf_is_refused(written: bytes) -> None:
    refused = refusal("a.pdf", pdf(trailer=written))
    assert refused.reason == "encrypted"
    assert "去掉密码" in str(refused)


ACTIONS = [
    b"<< /S /JavaScript /JS (app.alert(1)) >>",
    b"<</S/JavaScript/JS 5 0 R>>",
    b"<< /S /J#61vaScript /JS (x) >>",
    b"<< /S /#4a#61#76#61#53#63#72#69#70#74 /JS (x) >>",
    b"<< /S /Launch /F (cmd.exe) >>",
    b"<</S/L#61unch>>",
]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_pdf_that_acts_by_itself_is_refused(action: bytes) -> None:
    refused = refusal("a.pdf", pdf(b"3 0 obj\n" + action + b"\nendobj"))
    assert refused.reason == "active"
    assert "打印为 PDF" in str(refused)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("kind", [b"/ObjStm", b"/Obj#53tm"])
@pytest.mark.parametrize("squeeze", [True, False])
def test_an_action_hidden_among_packed_objects_is_found(action: bytes, kind: bytes, squeeze: bool) -> None:
    coding = b"/Filter /FlateDecode" if squeeze else b""
    body = packed(b"3 0 " + action, kind=kind, coding=coding, squeeze=squeeze)
    assert refusal("a.pdf", pdf(body)).reason == "active"


def test_packed_objects_without_actions_come_in() -> None:
    assert assert_allowed("a.pdf", pdf(packed(b"3 0 << /Type /Page >>"))) is FileKind.PDF


@pytest.mark.parametrize(
    "coding",
    [b"/Filter [/ASCIIHexDecode /FlateDecode]", b"/Filter /LZWDecode",
     b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>", b"/Filter 7 0 R", b"/Filter /Crypt"],
)  # fmt: skip
def test_packed_objects_that_cannot_be_looked_into_are_refused(coding: bytes) -> None:
    assert refusal("a.pdf", pdf(packed(b"3 0 <<>>", coding=coding))).reason == "bomb"


def test_packed_objects_that_would_blow_up_are_not_unpacked() -> None:
    assert refusal("a.pdf", pdf(packed(bytes(65 * 1024 * 1024)))).reason == "bomb"


@pytest.mark.parametrize("ending", [b"stream\r\n", b"stream\r", b"stream  \n"])
def test_an_action_behind_an_unusual_line_ending_is_found(ending: bytes) -> None:
    body = packed(b"3 0 << /S /Launch >>").replace(b"stream\n", ending, 1)
    assert refusal("a.pdf", pdf(body)).reason == "active"


def test_a_word_in_a_dictionary_does_not_hide_what_follows() -> None:
    body = packed(b"3 0 << /S /Launch >>", coding=b"/X (stream\n) /Filter /FlateDecode")
    assert refusal("a.pdf", pdf(body)).reason in {"active", "bomb"}


@pytest.mark.parametrize("filling", [b"/#41", b"stream\n", b"<< /Type /ObjStm >> stream\n", b"/"])
def test_a_file_made_to_keep_the_node_busy_is_put_aside_soon(filling: bytes) -> None:
    start = time.perf_counter()
    with contextlib.suppress(FileRefused):
        assert_allowed("a.pdf", pdf(filling * (4_000_000 // len(filling))))
    assert time.perf_counter() - start < 5


def test_names_that_only_begin_alike_come_in() -> None:
    body = b"3 0 obj\n<< /EncryptMetadata true /LaunchPad 1 /JavaScripts 2 /JS#20x 3 >>\nendobj"
    assert assert_allowed("a.pdf", pdf(body)) is FileKind.PDF


def test_a_pdf_that_breaks_off_is_refused() -> None:
    assert refusal("a.pdf", pdf(bytes(20_000))[:-10]).reason == "damaged"


def test_an_archive_that_would_blow_up_is_refused_unopened() -> None:
    bomb = archive("[Content_Types].xml", "word/document.xml", "x", content=bytes(80 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert refusal("a.docx", bomb).reason == "bomb"
    many = archive("[Content_Types].xml", "word/document.xml", *(f"part{n}" for n in range(5001)))
    assert refusal("a.docx", many).reason == "bomb"


def test_a_locked_archive_is_refused() -> None:
    locked = bytearray(DOCX)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.find(signature) + offset] |= 1
    assert refusal("a.docx", bytes(locked)).reason == "encrypted"


def test_a_document_with_macros_is_refused() -> None:
    macros = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    assert refusal("a.docx", macros).reason == "active"


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", pdf()[:-3], DOCX[:90]]),
)
def test_no_bytes_bring_it_down(tail: bytes, head: bytes) -> None:
    with contextlib.suppress(FileRefused):
        assert assert_allowed("a.pdf", head + tail) is FileKind.PDF


@given(st.data())
def test_no_changed_archive_brings_it_down(data: st.DataObject) -> None:
    changed = bytearray(DOCX)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileRefused):
        assert assert_allowed("a.docx", bytes(changed)) is FileKind.DOCX
