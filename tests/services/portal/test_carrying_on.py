"""A draft is gone on with elsewhere by a link that works once, for a quarter of an hour, for the same person."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import HOME, RESTAURANT
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.applying.start import start_draft
from yijianshi.services.portal.carry_on import LASTS, CarryingOnNotPossible, make_link, take_link
from yijianshi.store.portal.models import CarryOnRow


def begun(town: Town) -> UUID:
    who = town.who("wangfang", enterprise=True)
    return start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=town.now
    )


def token_of(address: str) -> str:
    return address.rpartition("/")[2]


@pytest.mark.clause("C2.4")
def test_the_link_opens_the_draft_once_for_the_same_person_and_says_for_whom_it_is(town: Town) -> None:
    draft, wang = begun(town), town.who("wangfang", enterprise=True)
    link = make_link(draft=draft, actor=wang, at=town.now)
    on_the_phone = town.who("wangfang")  # there she has not said yet that she acts for her enterprise
    taken = take_link(token=token_of(link.address), actor=on_the_phone, at=town.now)
    assert (taken.draft, str(taken.party)) == (draft, wang.party)
    with pytest.raises(CarryingOnNotPossible):
        take_link(token=token_of(link.address), actor=on_the_phone, at=town.now)


def test_somebody_else_an_old_link_and_a_made_up_one_are_refused_alike(town: Town) -> None:
    draft, wang = begun(town), town.who("wangfang", enterprise=True)
    token = token_of(make_link(draft=draft, actor=wang, at=town.now).address)
    told = set()
    for who, given, at in (
        (town.who("qianjin"), token, town.now),
        (wang, token, town.now + LASTS),
        (wang, token[:-1] + ("A" if token[-1] != "A" else "B"), town.now),
    ):
        with pytest.raises(CarryingOnNotPossible) as refusal:
            take_link(token=given, actor=who, at=at)
        told.add(str(refusal.value))
    assert len(told) == 1
    assert take_link(token=token, actor=wang, at=town.now + LASTS - timedelta(seconds=1)).draft == draft


def test_a_new_link_makes_the_former_worthless_and_only_its_hash_is_kept(town: Town) -> None:
    draft, wang = begun(town), town.who("wangfang", enterprise=True)
    first = token_of(make_link(draft=draft, actor=wang, at=town.now).address)
    second = token_of(make_link(draft=draft, actor=wang, at=town.now).address)
    with pytest.raises(CarryingOnNotPossible):
        take_link(token=first, actor=wang, at=town.now)
    assert second.encode() not in bytes(CarryOnRow.objects.get().token_hash)


def test_nobody_makes_a_link_to_anothers_draft(town: Town) -> None:
    with pytest.raises(NotPermitted):
        make_link(draft=begun(town), actor=town.who("qianjin"), at=town.now)
