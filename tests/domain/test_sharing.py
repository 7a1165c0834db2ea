"""How a value and a document come into the file: nobody hands in what the state already has."""

from itertools import product

import pytest

from tests.domain.specimens import edition_of, item
from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR, Field, MaterialNeed, Result
from yijianshi.domain.definitions import Acquisition, Material
from yijianshi.domain.sharing import FieldWay, MaterialWay, is_done, way_of_field, way_of_material

PRODUCER = item("birth-certificate", result=Result(name="出生医学证明", licence="birth-licence"))  # type: ignore[arg-type]
USER = item("birth-registration")
EDITION = edition_of(PRODUCER, USER)
CHOICES = [(), ("birth-certificate",)]
HOLDINGS = [(), ("birth-licence",)]


@pytest.mark.parametrize(("chosen", "held"), list(product(CHOICES, HOLDINGS)))
def test_a_result_is_there_if_it_is_handled_here_or_held_already(
    chosen: tuple[str, ...], held: tuple[str, ...]
) -> None:
    done = is_done(EDITION, PRODUCER.code, chosen=chosen, held=held)  # type: ignore[arg-type]
    assert done is bool(chosen or held)


def test_an_item_without_a_licence_is_never_held() -> None:
    assert not is_done(EDITION, USER.code, chosen=(), held=("birth-licence",))  # type: ignore[arg-type]


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize(("chosen", "held"), list(product(CHOICES, HOLDINGS)))
def test_a_value_that_an_earlier_item_gives_is_asked_only_where_that_item_is_neither_chosen_nor_held(
    chosen: tuple[str, ...], held: tuple[str, ...]
) -> None:
    field = Field(element="newborn-name", prefill=PRIOR, prior=(PRODUCER.code,))  # type: ignore[arg-type]
    way = way_of_field(field, EDITION, chosen=chosen, held=held)  # type: ignore[arg-type]
    assert way is (FieldWay.PREFILLED if chosen or held else FieldWay.ASKED)


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize(
    ("prefill", "way"),
    [(ASKED, FieldWay.ASKED), (COMPUTED, FieldWay.COMPUTED), ("population", FieldWay.PREFILLED)],
)
def test_shared_values_fill_themselves_in_and_personal_ones_are_asked(prefill: str, way: FieldWay) -> None:
    field = Field(element="name", prefill=prefill)  # type: ignore[arg-type]
    assert way_of_field(field, EDITION, chosen=(), held=()) is way


WAYS = {
    Acquisition.APPLICANT: MaterialWay.UPLOAD,
    Acquisition.LICENCE: MaterialWay.SHARED,
    Acquisition.PRODUCED: MaterialWay.SHARED,
    Acquisition.GENERATED: MaterialWay.GENERATED,
}


@pytest.mark.clause("S5.1")
@pytest.mark.parametrize("acquisition", list(Acquisition))
def test_what_this_very_handling_produces_is_never_requested(acquisition: Acquisition) -> None:
    material = Material(code="birth-paper", name="出生证", acquisition=acquisition)  # type: ignore[arg-type]
    need = MaterialNeed(material=material.code, produced_by=(PRODUCER.code,))
    assert way_of_material(need, material, chosen=[PRODUCER.code, USER.code]) is MaterialWay.PRODUCED
    assert way_of_material(need, material, chosen=[USER.code]) is WAYS[acquisition]
