"""The shipped catalogue holds what the platform promises of it: fast to check, complete, printable, plainly worded."""

import re
import time
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
import typst

from yijianshi.domain.definitions import Acquisition, Kind
from yijianshi.services.catalogue import Severity, check_catalogue, shipped_catalogue, shipped_folder

SAMPLES = shipped_folder() / "samples"
PRINTED = sorted([*SAMPLES.glob("*-filled.typ"), *SAMPLES.glob("*-blank.typ")])


def test_the_shipped_catalogue_has_no_errors_and_few_enough_hints_to_be_read() -> None:
    found = check_catalogue(shipped_folder(), on=date(2026, 11, 26))
    assert [str(f) for f in found if f.severity is Severity.ERROR] == []
    hints = [str(f) for f in found if f.rule != "unconfirmed"]
    assert len(hints) <= 3 * len(shipped_catalogue().bundles), hints


def test_the_check_takes_less_than_two_seconds() -> None:
    began = time.process_time()
    check_catalogue(shipped_folder(), on=date(2026, 11, 26))
    assert time.process_time() - began < 2


def test_a_live_check_of_one_one_thing_takes_less_than_three_tenths_of_a_second() -> None:
    check_catalogue(shipped_folder())  # what is not being written has been read before
    name = "bundles/newborn.yaml"
    text = (shipped_folder() / name).read_text(encoding="utf-8") + "\n# 正在写\n"
    began = time.process_time()
    check_catalogue(shipped_folder(), on=date(2026, 11, 26), overlay={name: text}, only="newborn")
    assert time.process_time() - began < 0.3


def test_every_one_thing_has_a_station_words_to_find_it_by_and_a_plain_name() -> None:
    for bundle in shipped_catalogue().bundles.values():
        assert bundle.plain_name
        assert bundle.stage
        assert len(bundle.keywords) >= 8
        assert all(question.hint for question in bundle.questions)
        assert all(item.short and item.checklist for item in bundle.items)


def test_every_question_of_a_form_is_asked_in_plain_words_with_a_hint() -> None:
    for element in shipped_catalogue().elements.values():
        assert element.ask.endswith("？"), element.code
        assert element.hint, element.code
        if element.kind in (Kind.ENUM, Kind.MULTI_ENUM):
            assert element.values_certainty is not None, element.code


def test_every_form_has_three_to_nine_headings() -> None:
    catalogue = shipped_catalogue()
    for bundle in catalogue.bundles.values():
        codes = {field.element for item in bundle.items for field in item.fields}
        codes |= {field.element for field in catalogue.common_fields}
        assert 3 <= len({catalogue.elements[code].group for code in codes}) <= 9


def test_whatever_an_applicant_must_upload_has_a_specimen() -> None:
    catalogue = shipped_catalogue()
    demanded = {need.material for b in catalogue.bundles.values() for i in b.items for need in i.materials}
    for code in demanded:
        material = catalogue.materials[code]
        if material.acquisition is Acquisition.APPLICANT:
            assert material.sample is not None, code
            assert material.description, code


def test_every_specimen_file_belongs_to_a_material() -> None:
    named = {
        sample.file
        for material in shipped_catalogue().materials.values()
        for sample in (material.sample, material.blank)
        if sample is not None
    }
    assert named == {f"samples/{path.name}" for path in PRINTED}


@pytest.fixture(scope="module")
def fonts() -> typst.Fonts:
    folder = str(pylopdf_fonts_zh_cn.serif_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_every_specimen_prints_on_one_page(path: Path, fonts: typst.Fonts) -> None:
    pages = typst.compile(str(path), root=str(SAMPLES), font_paths=fonts, format="svg")
    assert isinstance(pages, bytes), "more than one page"
    assert pages.startswith(b"<svg")


def test_a_specimen_says_that_it_is_one_and_a_blank_form_says_so_too() -> None:
    frame = (SAMPLES / "frame.typ").read_text()
    assert "样表  内容均为虚构" in frame
    assert "空白表" in frame
    for path in PRINTED:
        filled = path.stem.endswith("-filled")
        assert f"#document({str(filled).lower()})" in path.read_text()


def test_the_words_for_citizens_are_chinese_punctuation_throughout() -> None:
    catalogue = shipped_catalogue()
    texts = [e.ask + e.hint for e in catalogue.elements.values()]
    texts += [m.description + "".join(m.checks) for m in catalogue.materials.values()]
    for bundle in catalogue.bundles.values():
        texts += [q.text + q.hint + q.yes + q.no for q in bundle.questions]
        texts += [i.when + i.conditions + i.note + "".join(i.checklist) for i in bundle.items]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff][,;?!]|[!！]", text)] == []
