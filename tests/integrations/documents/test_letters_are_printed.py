"""Every letter prints, says what it must, and prints nothing it must not."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pylopdf_fonts_zh_cn import sans_path

from tests.integrations.documents import specimens
from tests.integrations.documents.must_say import MUST_SAY
from yijianshi.integrations.documents import (
    TEMPLATE_FOLDER,
    FontsMissing,
    SampleNotPrintable,
    TypstDocuments,
    UnknownTemplate,
    ValuesDoNotFit,
    check,
    describe,
)
from yijianshi.services.letters import TEMPLATES, Letter, LetterIncomplete, Line, NoticeItem, Table
from yijianshi.services.ports import GlyphsMissing

PARTS = {"border", "parts", "case", "forms", "manifest"}


@pytest.fixture(scope="module")
def documents() -> TypstDocuments:
    return TypstDocuments()


def words(pdf: bytes) -> str:
    """Return the text of a PDF without any white space, as a reader's search would find it."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"[\s\u200b]", "", found.stdout.decode())


def pages(pdf: bytes, folder: Path) -> int:
    (folder / "letter.pdf").write_bytes(pdf)
    found = subprocess.run(["pdfinfo", folder / "letter.pdf"], capture_output=True, check=True)
    return int(re.search(rb"Pages:\s+(\d+)", found.stdout)[1])


def printed(documents: TypstDocuments, letter: Letter) -> bytes:
    return documents.render(letter.template, asdict(letter))


@pytest.mark.parametrize("letter", specimens.SPECIMENS, ids=lambda letter: letter.template)
def test_every_letter_says_what_it_must_in_text_that_can_be_searched(documents, letter):
    text = words(printed(documents, letter))
    for needle in MUST_SAY[letter.template]:
        assert needle in text
    assert letter.authority in text


def test_every_template_has_a_specimen_a_type_and_a_file():
    files = {path.stem for path in TEMPLATE_FOLDER.glob("*.typ")} - PARTS
    assert files == set(TEMPLATES) == {letter.template for letter in specimens.SPECIMENS} == set(MUST_SAY)


@pytest.mark.parametrize("letter", specimens.SPECIMENS, ids=lambda letter: letter.template)
def test_every_letter_is_an_archivable_pdf_of_its_own_date_with_its_fonts_inside(documents, letter, tmp_path):
    pdf = printed(documents, letter)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert f"{letter.on:%Y-%m-%d}T00:00:00".encode() in pdf
    assert printed(documents, letter) == pdf
    (tmp_path / "letter.pdf").write_bytes(pdf)
    listed = subprocess.run(["pdffonts", tmp_path / "letter.pdf"], capture_output=True, check=True).stdout
    for line in listed.decode().splitlines()[2:]:
        assert re.search(r"yes yes yes", line), line


def test_markup_in_a_name_is_printed_and_not_obeyed(documents):
    nasty = '#read("/etc/passwd") $a$ *b* _c_ <d> @preview/x:0.1.0 \\ // 注 [e] `f`'
    text = words(printed(documents, replace(specimens.RECEIPT, applicant=nasty)))
    assert re.sub(r"\s", "", nasty) in text


def test_rare_characters_that_a_font_has_are_printed(documents):
    assert "龚䶮喆𬭎𬱖" in words(printed(documents, replace(specimens.LICENCE, holder="龚䶮喆𬭎𬱖")))


@pytest.mark.parametrize(
    "letter",
    [
        replace(specimens.LICENCE, holder="𠮷田商贸"),
        replace(specimens.LICENCE, lines=(Line(label="负责人", value="王𠮷"),)),
        replace(
            specimens.DEPARTMENT_FORM,
            sections=(
                replace(
                    specimens.SECTIONS[1], tables=(Table(caption="甲", columns=("乙",), rows=(("𠮷",),)),)
                ),
            ),
        ),
    ],
    ids=["name", "line", "table"],
)
def test_a_character_that_no_font_has_is_refused_by_name_wherever_it_stands(documents, letter):
    with pytest.raises(GlyphsMissing) as refusal:
        printed(documents, letter)
    assert refusal.value.characters == "𠮷"


def test_invisible_characters_that_turn_or_hide_text_are_refused(documents):
    with pytest.raises(GlyphsMissing) as refusal:
        printed(documents, replace(specimens.RECEIPT, applicant="王\u202e芳\x00"))
    assert refusal.value.characters == "\u202e\x00"


def test_a_font_of_the_operators_prints_what_ours_cannot(tmp_path):
    font = TTFont(sans_path())
    subsetter = subset.Subsetter(subset.Options(name_IDs=["*"]))
    subsetter.populate(text="吉")
    subsetter.subset(font)
    glyph = font.getBestCmap()[ord("吉")]
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {ord("𠮷"): glyph}
    font["cmap"].tables = [table]
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Operator Rare"
    font.save(tmp_path / "rare.otf")
    documents = TypstDocuments(fonts=[tmp_path])
    assert "𠮷田商贸" in words(printed(documents, replace(specimens.LICENCE, holder="𠮷田商贸")))
    assert any("Operator Rare" in line for line in describe(documents))


def test_a_font_folder_that_is_missing_or_empty_is_named(tmp_path):
    with pytest.raises(FontsMissing, match="不存在"):
        TypstDocuments(fonts=[tmp_path / "nowhere"])
    with pytest.raises(FontsMissing, match="没有可用的字体"):
        TypstDocuments(fonts=[tmp_path])


def test_a_refusal_without_reasons_facts_basis_or_appeal_cannot_be_printed(documents):
    values = asdict(specimens.REFUSAL)
    for key, name in (("facts", "查明的事实"), ("reasons", "理由"), ("basis", "依据")):
        with pytest.raises(LetterIncomplete, match=name):
            documents.render("refusal", {**values, key: ()})
        with pytest.raises(LetterIncomplete, match=name):
            documents.render("refusal", {**values, key: ("  ",)})
    with pytest.raises(LetterIncomplete, match="人民法院"):
        documents.render("refusal", {**values, "appeal": {**values["appeal"], "court": ""}})
    with pytest.raises(ValuesDoNotFit):
        documents.render("refusal", {key: value for key, value in values.items() if key != "appeal"})


def test_a_revocation_without_reasons_basis_or_appeal_cannot_be_printed(documents):
    values = asdict(specimens.REVOCATION)
    for key, name in (("reasons", "理由"), ("basis", "依据")):
        with pytest.raises(LetterIncomplete, match=name):
            documents.render("revocation", {**values, key: ()})
    with pytest.raises(LetterIncomplete, match="行政复议机关"):
        documents.render("revocation", {**values, "appeal": {**values["appeal"], "review_body": ""}})
    with pytest.raises(ValuesDoNotFit):
        documents.render("revocation", {key: value for key, value in values.items() if key != "appeal"})


@pytest.mark.parametrize(
    "letter",
    [one for one in specimens.SPECIMENS if one.template in specimens.TURNS],
    ids=lambda one: one.template,
)
def test_a_letter_about_a_turn_lacks_nothing_that_it_demands(documents, letter):
    values = asdict(letter)
    for key, name in letter.demands.items():
        if key == "appeal":
            continue
        with pytest.raises(LetterIncomplete, match=name):
            documents.render(letter.template, {**values, key: type(values[key])()})


def test_a_decline_without_appeal_cannot_be_printed(documents):
    values = asdict(specimens.DECLINE)
    with pytest.raises(LetterIncomplete, match="行政复议机关"):
        documents.render("decline-letter", {**values, "appeal": {**values["appeal"], "review_body": " "}})


def test_a_correction_without_basis_cannot_be_written():
    remark = specimens.CORRECTION.tasks[0].remarks[0]
    with pytest.raises(LetterIncomplete, match="补正依据"):
        replace(remark, basis="")


def test_a_stopped_clock_needs_a_basis():
    with pytest.raises(LetterIncomplete, match="依据"):
        replace(specimens.SUSPENSION, basis=())


@pytest.mark.parametrize("kind", TEMPLATES.values(), ids=TEMPLATES)
def test_what_a_letter_demands_is_a_field_of_it(kind):
    assert set(kind.demands) <= {field.name for field in fields(kind)}


def test_values_of_another_shape_are_refused_by_name(documents):
    with pytest.raises(UnknownTemplate, match="没有名为"):
        documents.render("../parts", {})
    with pytest.raises(ValuesDoNotFit, match="colour"):
        documents.render("receipt", {**asdict(specimens.RECEIPT), "colour": "red"})
    with pytest.raises(ValuesDoNotFit, match="on"):
        documents.render("receipt", {**asdict(specimens.RECEIPT), "on": "昨天"})


def test_a_statutory_limit_is_not_claimed_where_there_is_none(documents):
    item = NoticeItem(
        name="尊老金发放",
        department="民政局",
        basis=(),
        conditions="",
        promised_limit="当场",
        fee="不收费",
        result="发放",
    )
    text = words(
        printed(documents, replace(specimens.NOTICE, items=(item,), exempt=(), supplied=(), warnings=()))
    )
    assert "承诺当场" in text
    assert "法定" not in text


def test_a_letter_about_no_licence_does_not_cite_the_licensing_law(documents):
    plain = {"under_licensing_law": False, "basis": ("《户口登记条例》第七条",), "title": "不予办理决定书"}
    text = words(printed(documents, replace(specimens.REFUSAL, **plain)))
    assert "行政许可法" not in text
    assert "申请行政复议" in text


def test_missing_optional_parts_leave_no_gap_behind(documents):
    bare = replace(
        specimens.NOTICE,
        number="",
        applicant="",
        situation=(),
        supplied=(),
        warnings=(),
        exempt=(),
        stages=(),
        edition="",
        qr="",
    )
    text = words(printed(documents, bare))
    for absent in ("您的情形", "共享取得", "免交的材料（", "办理次序", "扫码", "依据清单"):
        assert absent not in text


def test_long_tables_run_over_pages_with_their_head_on_each(documents, tmp_path):
    pdf = printed(documents, replace(specimens.RECEIPT, materials=specimens.MATERIALS * 20))
    count = pages(pdf, tmp_path)
    assert count > 2
    assert words(pdf).count("摘要首尾") >= count - 1
    assert f"共{count}页" in words(pdf)


def test_a_licence_stays_on_one_page_however_much_it_says(documents, tmp_path):
    for letter in (specimens.LICENCE, specimens.LANDSCAPE_LICENCE):
        crowded = replace(letter, holder="南京" * 30 + "公司", lines=specimens.LICENCE.lines * 2)
        assert pages(printed(documents, crowded), tmp_path) == 1


def test_without_the_demo_flag_no_seal_is_drawn(documents):
    text = words(printed(documents, replace(specimens.LICENCE, demo=False)))
    assert "电子印章" not in text
    assert "（印章）" in text


def test_many_threads_print_at_once(documents):
    letters = [replace(specimens.RECEIPT, applicant=f"申请人{n}") for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda letter: words(printed(documents, letter)), letters))
    assert all(f"申请人{n}" in text for n, text in enumerate(found))


def test_the_fixed_wording_can_be_printed_and_loads_no_package(documents):
    for path in TEMPLATE_FOLDER.glob("*.typ"):
        source = path.read_text(encoding="utf-8")
        assert documents.coverage.missing(source) == "", path.name
        assert "@preview" not in source


def test_a_specimen_of_the_catalogue_prints_in_the_same_fonts(documents, tmp_path):
    sample = tmp_path / "sample.typ"
    sample.write_text(
        '#set text(font: "Noto Serif SC", lang: "zh")\n= 样表\n平面布局图（样例）', encoding="utf-8"
    )
    assert "平面布局图（样例）" in words(documents.compile_sample(sample))


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('#import "@preview/cetz:0.3.0": canvas', "联网"),
        ('#read("../secret.txt")', "排不出来"),
        ("#let x = (", "排不出来"),
    ],
)
def test_a_specimen_that_reaches_out_or_is_broken_is_refused(documents, tmp_path, source, why):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "bad.typ").write_text(source, encoding="utf-8")
    with pytest.raises(SampleNotPrintable, match=why):
        documents.compile_sample(folder / "bad.typ")


def test_the_room_finds_nothing_wrong_with_itself(documents):
    assert check(documents) == ()
    assert any("基本区汉字" in line for line in describe(documents))


def test_a_day_is_written_as_letters_write_it(documents):
    assert "2026年3月1日" in words(printed(documents, replace(specimens.RECEIPT, on=date(2026, 3, 1))))
