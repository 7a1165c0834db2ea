"""开办民宿, from a county's first draft to the standard of the province and to a second county that does it faster."""

from datetime import date
from uuid import UUID

import pytest

from tests.cast import file_one
from tests.services.editions.homestay import CODE, MENDED, WITHOUT_BASIS
from tests.services.town import LEAD, Town
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.manuscripts import MoveNotAllowed, PublicationRefused
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.routing import Unit
from yijianshi.services.catalogue.published import current, edition_by_id
from yijianshi.services.editions.begin import begin_manuscript
from yijianshi.services.editions.checking import errors_in
from yijianshi.services.editions.circulate import check_manuscript, circulate_manuscript
from yijianshi.services.editions.countersign import (
    object_to_manuscript,
    remark_on_row,
    settle_remark,
    sign_manuscript,
)
from yijianshi.services.editions.loading import load_manuscript
from yijianshi.services.editions.propose import accept_proposal, propose_bundle
from yijianshi.services.editions.publish import publish_manuscript
from yijianshi.services.editions.write import TextStale, write_text
from yijianshi.store.manuscripts.models import ManuscriptRow, ProposalRow

pytestmark = pytest.mark.django_db

HOMESTAY = BundleCode(CODE)
PROVINCE, HOME, NEIGHBOUR = DivisionCode("320000"), DivisionCode("320106"), DivisionCode("320583")
OWNERS = ("maqiang", "zhaokai", "chenzhiyuan")


def write(town: Town, manuscript: UUID, text: str, *, by: str = "lanhui") -> None:
    seen = ManuscriptRow.objects.get(pk=manuscript).digest
    write_text(manuscript=manuscript, actor=town.who(by), text=text, seen=seen, at=town.now)


def drafted(town: Town, text: str = MENDED) -> UUID:
    manuscript = begin_manuscript(
        actor=town.who("lanhui"), bundle=HOMESTAY, division=HOME, name="开办民宿", audience="enterprise",
        lead="market-regulation", at=town.now,
    )  # fmt: skip
    write(town, manuscript, text)
    return manuscript


def going_round(town: Town, text: str = MENDED) -> UUID:
    manuscript = drafted(town, text)
    assert errors_in(check_manuscript(manuscript=manuscript, actor=town.who("lanhui"), at=town.now)) == ()
    circulate_manuscript(manuscript=manuscript, actor=town.who("lanhui"), at=town.now)
    return manuscript


def sign(town: Town, manuscript: UUID, login: str, *, unit: str = "") -> None:
    who = town.who(login)
    seen = load_manuscript(manuscript, actor=who).round.digest
    sign_manuscript(manuscript=manuscript, actor=who, seen=seen, at=town.now, unit=unit)


def publish(town: Town, manuscript: UUID, login: str = "lanhui") -> None:
    publish_manuscript(manuscript=manuscript, actor=town.who(login), at=town.now)


def published(town: Town) -> UUID:
    manuscript = going_round(town)
    for login in OWNERS:
        sign(town, manuscript, login)
    publish(town, manuscript)
    return manuscript


@pytest.mark.clause("T3.1")
def test_the_check_refuses_a_material_without_basis_and_names_its_line(town: Town) -> None:
    manuscript = drafted(town, WITHOUT_BASIS)
    found = errors_in(check_manuscript(manuscript=manuscript, actor=town.who("lanhui"), at=town.now))
    line = WITHOUT_BASIS[: WITHOUT_BASIS.index("- homestay-house-photo")].count("\n") + 1
    place = ("items", "homestay-licence", "materials", "homestay-house-photo")
    assert (line, place) in [(f.line, f.place) for f in found if f.rule == "material-without-basis"]
    with pytest.raises(MoveNotAllowed, match="起草中"):
        circulate_manuscript(manuscript=manuscript, actor=town.who("lanhui"), at=town.now)


def test_what_a_manuscript_brings_along_is_told_at_its_own_line(town: Town) -> None:
    text = MENDED.replace("kind: int, group: 场所", "kind: integer, group: 场所")
    manuscript = drafted(town, text)
    found = errors_in(check_manuscript(manuscript=manuscript, actor=town.who("lanhui"), at=town.now))
    line = text[: text.index("kind: integer")].count("\n") + 1
    assert line in {f.line for f in found}


@pytest.mark.clause("T3.1")
def test_it_goes_round_to_every_owner_of_an_item(town: Town) -> None:
    loaded = load_manuscript(going_round(town), actor=town.who("lanhui"))
    assert {str(unit): list(items) for unit, items in loaded.round.owners.items()} == {
        "public-security@320106": ["homestay-licence"],
        "fire-rescue@320106": ["homestay-fire-check"],
        "market-regulation@320106": ["homestay-food-permit"],
    }


@pytest.mark.clause("T3.1")
def test_it_is_not_published_while_a_signature_is_missing_or_a_remark_open(town: Town) -> None:
    manuscript = going_round(town)
    with pytest.raises(PublicationRefused, match="还没有会签"):
        publish(town, manuscript)
    remark = remark_on_row(
        manuscript=manuscript, actor=town.who("zhaokai"), words="5 天太长，3 天能办", at=town.now,
        place=("items", "homestay-fire-check", "limit"),
    )  # fmt: skip
    for login in OWNERS:
        sign(town, manuscript, login)
    with pytest.raises(PublicationRefused, match="还有 1 条意见没有答复"):
        publish(town, manuscript)
    settle_remark(remark=remark, actor=town.who("lanhui"), answer="先按 5 天，明年再议", at=town.now)
    publish(town, manuscript)
    assert current(HOMESTAY, HOME, date(2026, 11, 18)).edition.bundle.title == "开办民宿"


def test_who_signed_another_wording_must_sign_again(town: Town) -> None:
    manuscript = going_round(town)
    for login in OWNERS:
        sign(town, manuscript, login)
    write(town, manuscript, MENDED.replace("promised: 7}", "promised: 6}"))
    with pytest.raises(PublicationRefused) as refused:
        publish(town, manuscript)
    assert len(refused.value.reasons) == 3
    assert all("要重新会签" in reason for reason in refused.value.reasons)


def test_who_objects_stops_it_with_his_reason(town: Town) -> None:
    manuscript = going_round(town)
    for login in OWNERS:
        sign(town, manuscript, login)
    who = town.who("zhaokai")
    seen = load_manuscript(manuscript, actor=who).round.digest
    object_to_manuscript(manuscript=manuscript, actor=who, seen=seen, words="要现场看", at=town.now)
    with pytest.raises(PublicationRefused, match="不同意：要现场看"):
        publish(town, manuscript)


def test_two_stewards_at_once_lose_nothing(town: Town) -> None:
    manuscript = drafted(town)
    seen = ManuscriptRow.objects.get(pk=manuscript).digest
    write(town, manuscript, MENDED.replace("promised: 7}", "promised: 6}"))
    with pytest.raises(TextStale) as stale:
        write_text(
            manuscript=manuscript, actor=town.who("gaoyuan"), at=town.now, seen=seen,
            text=MENDED.replace("promised: 7}", "promised: 4}"),
        )  # fmt: skip
    assert "promised: 6}" in stale.value.theirs
    assert "promised: 4}" in stale.value.ours


@pytest.mark.parametrize("login", ["jinshan", "zhaokai", "hemin", "wangfang"])
def test_only_a_steward_of_the_place_writes(town: Town, login: str) -> None:
    manuscript = drafted(town)
    with pytest.raises(NotPermitted):
        write(town, manuscript, MENDED + "\n# x\n", by=login)


@pytest.mark.parametrize("login", ["lanhui", "zhoulin", "hemin", "luming"])
def test_only_an_owner_of_an_item_signs(town: Town, login: str) -> None:
    manuscript = going_round(town)
    seen = load_manuscript(manuscript, actor=town.who("lanhui")).round.digest
    with pytest.raises(NotPermitted):
        sign_manuscript(manuscript=manuscript, actor=town.who(login), seen=seen, at=town.now)


@pytest.mark.clause("T3.1", "S1.2")
def test_what_was_published_is_applied_for_and_decided_like_any_other(town: Town) -> None:
    published(town)
    LEAD[CODE] = "hemin"
    submission = file_one(
        town.who("wangfang", enterprise=True), bundle=CODE, answers={"serves-meals": True},
        items=("homestay-licence", "homestay-fire-check", "homestay-food-permit"), at=town.now,
    )  # fmt: skip
    town.release(submission)
    town.decide_all(submission)
    assert set(town.states(submission).values()) == {"granted"}
    with pytest.raises(LookupError):
        current(HOMESTAY, NEIGHBOUR, date(2026, 11, 18))


@pytest.mark.clause("T3.3", "C1.4")
def test_it_is_proposed_promoted_and_adopted_with_a_shorter_promise(town: Town) -> None:
    published(town)
    proposal = propose_bundle(
        bundle=HOMESTAY, division=HOME, actor=town.who("lanhui"), reasons="三个月办了 40 家", at=town.now
    )
    row = ProposalRow.objects.get(pk=proposal)
    assert row.figures["items"] == 3
    with pytest.raises(NotPermitted):
        accept_proposal(proposal=proposal, actor=town.who("jinshan"), reasons="", at=town.now)
    provincial = accept_proposal(
        proposal=proposal, actor=town.who("gaoyuan"), reasons="同意", at=town.later(hours=1)
    )
    sign_off(town, provincial, "gaoyuan", "yuwen")
    assert ProposalRow.objects.get(pk=proposal).state == "promoted"
    today = town.now.date()
    assert current(HOMESTAY, NEIGHBOUR, today).edition.division.code == PROVINCE
    home = current(HOMESTAY, HOME, today).edition
    assert home.division.code == HOME
    assert home.bundle == current(HOMESTAY, PROVINCE, today).edition.bundle

    local = begin_manuscript(
        actor=town.who("jinshan"), bundle=HOMESTAY, division=NEIGHBOUR, at=town.later(hours=1)
    )
    worse = f"improves: {CODE}\nimprovements:\n  - {{item: homestay-fire-check, promised: 8}}\n"
    write(town, local, worse, by="jinshan")
    found = errors_in(check_manuscript(manuscript=local, actor=town.who("jinshan"), at=town.now))
    assert [(f.rule, f.line) for f in found] == [("standard-worsened", 3)]
    assert "比标准的 5 天还长" in found[0].message
    write(town, local, worse.replace("promised: 8", "promised: 3"), by="jinshan")
    sign_off(town, local, "jinshan", "luming")
    adopted = current(HOMESTAY, NEIGHBOUR, today).edition
    assert adopted.item("homestay-fire-check").limit.promised == 3  # type: ignore[arg-type]
    assert current(HOMESTAY, HOME, today).edition.item("homestay-fire-check").limit.promised == 5  # type: ignore[arg-type]


def sign_off(town: Town, manuscript: UUID, steward: str, signer: str) -> None:
    """Check, send round, sign for every owner, publish."""
    assert errors_in(check_manuscript(manuscript=manuscript, actor=town.who(steward), at=town.now)) == ()
    circulate_manuscript(manuscript=manuscript, actor=town.who(steward), at=town.now)
    owners: list[Unit] = list(load_manuscript(manuscript, actor=town.who(steward)).round.owners)
    for unit in owners:
        sign(town, manuscript, signer, unit=str(unit))
    publish(town, manuscript, steward)


def test_running_cases_keep_their_edition(town: Town) -> None:
    published(town)
    first = current(HOMESTAY, HOME, date(2026, 11, 18))
    town.later(hours=1)
    again = begin_manuscript(actor=town.who("lanhui"), bundle=HOMESTAY, division=HOME, at=town.now)
    write(town, again, MENDED.replace("promised: 7}", "promised: 6}"))
    check_manuscript(manuscript=again, actor=town.who("lanhui"), at=town.now)
    circulate_manuscript(manuscript=again, actor=town.who("lanhui"), at=town.now)
    for login in OWNERS:
        sign(town, again, login)
    publish(town, again)
    assert current(HOMESTAY, HOME, date(2026, 11, 18)).id != first.id
    assert edition_by_id(first.id).item("homestay-licence").limit.promised == 7  # type: ignore[arg-type]
    assert set(ManuscriptRow.objects.values_list("stage", flat=True)) == {"replaced", "published"}
