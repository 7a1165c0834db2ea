"""The shipped catalogue holds what the platform promises of it: fast to check, complete, printable, plainly worded."""

import re
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
import typst

from yijianshi.domain.catalogue import Bundle
from yijianshi.domain.definitions import Acquisition, Kind
from yijianshi.services.catalogue import Severity, check_catalogue, shipped_catalogue, shipped_folder
from yijianshi.services.reading.front import ENTERPRISE_STATIONS, PERSON_STATIONS

#: The one-things whose uploads have specimens to look at; specimens of the others are still to be drawn.
WITH_SPECIMENS = ("open-restaurant", "newborn", "enterprise-opening")
#: Permits that end in a decision and no electronic licence of a kind of its own.
WITHOUT_A_LICENCE = {
    ("after-death", "driving-licence-cancellation"),  # a cancellation
    ("business-operation", "permit-renewal"),  # whichever permit is renewed
    ("construction-approval", "soil-water-plan"),
    ("enterprise-closing", "enterprise-deregistration"),  # a cancellation
    ("major-project-approval", "archaeology-survey"),
    ("major-project-approval", "flood-impact"),
    ("major-project-approval", "soil-water-plan"),
    ("school-enrolment", "school-deferral"),
    ("simple-deregistration", "simple-deregistration"),  # a cancellation
}
SAMPLES = shipped_folder() / "samples"
BUNDLES = tuple(shipped_catalogue().bundles.values())
PRINTED = sorted([*SAMPLES.glob("*-filled.typ"), *SAMPLES.glob("*-blank.typ")])


def test_the_shipped_catalogue_has_no_errors_and_few_enough_hints_to_be_read() -> None:
    found = check_catalogue(shipped_folder(), on=date(2026, 11, 26))
    assert [str(f) for f in found if f.severity is Severity.ERROR] == []
    hints = [str(f) for f in found if f.rule != "unconfirmed"]
    assert len(hints) <= 3 * len(shipped_catalogue().bundles), hints
    permits = {
        (b.code, i.code) for b in BUNDLES for i in b.items if i.type == "行政许可" and not i.result.licence
    }
    assert permits == WITHOUT_A_LICENCE


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


@pytest.mark.clause("S1.1")
def test_all_thirty_four_one_things_of_the_document_are_there_with_their_items() -> None:
    audiences = Counter(bundle.audience for bundle in BUNDLES)
    assert audiences == {"individual": 14, "enterprise": 20}
    assert sum(len(bundle.items) for bundle in BUNDLES) == 291
    assert all(len(bundle.items) >= 3 for bundle in BUNDLES)


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.code)
def test_every_one_thing_has_a_station_words_to_find_it_by_and_a_plain_name(bundle: Bundle) -> None:
    assert bundle.plain_name
    assert bundle.description
    assert bundle.stage in (PERSON_STATIONS if bundle.audience == "individual" else ENTERPRISE_STATIONS)
    assert len({*bundle.keywords}) >= 8
    assert all(question.hint for question in bundle.questions)
    for item in bundle.items:
        assert item.short, item.code
        assert len(item.short) <= 8, item.code
        assert len(item.checklist) >= 2, item.code


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.code)
def test_short_names_tell_the_items_of_a_one_thing_apart(bundle: Bundle) -> None:
    assert len({item.short for item in bundle.items}) == len(bundle.items)


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.code)
def test_whatever_has_phases_says_of_each_item_to_which_it_belongs_and_in_order(bundle: Bundle) -> None:
    phases = {item.phase for item in bundle.items}
    assert phases == ({*bundle.phases} or {""})
    place = {item.code: bundle.phases.index(item.phase) if item.phase else 0 for item in bundle.items}
    for item in bundle.items:
        for prior in (*item.depends_on, *item.depends_on_any):
            assert place[prior] <= place[item.code], (item.code, prior)


def test_one_item_is_the_same_in_every_one_thing_where_it_occurs() -> None:
    """What differs from one one-thing to another is when it applies, not what it is."""
    first: dict[tuple[str, str], tuple[object, ...]] = {}
    for bundle in BUNDLES:
        for item in bundle.items:
            if item.base_item:
                limit = replace(item.limit, promised=None, note="")  # what is promised may differ
                facts = (item.department, item.type_code, limit, item.commitment, item.result.licence)
                assert first.setdefault((item.base_item, item.code), facts) == facts, (bundle.code, item.code)


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
        headings = Counter(bundle.heading_of(catalogue.elements[code]) for code in codes)
        assert 3 <= len(headings) <= 9, bundle.code
        assert min(headings.values()) >= 2, bundle.code


def test_whatever_an_applicant_must_upload_has_a_specimen() -> None:
    catalogue = shipped_catalogue()
    for bundle in BUNDLES:
        for code in {need.material for item in bundle.items for need in item.materials}:
            material = catalogue.materials[code]
            if material.acquisition is Acquisition.APPLICANT:
                assert material.sample is not None or bundle.code not in WITH_SPECIMENS, code
                assert material.description, code
                assert 2 <= len(material.checks) <= 4, code


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
    texts += [p.message for b in BUNDLES for p in b.preconditions]
    texts += [said for b in BUNDLES for q in b.questions for said in (q.advice or {}).values()]
    for bundle in catalogue.bundles.values():
        texts += [q.text + q.hint + q.yes + q.no for q in bundle.questions]
        texts += [i.when + i.conditions + i.note + "".join(i.checklist) for i in bundle.items]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff][,;?!]|[!！]", text)] == []
