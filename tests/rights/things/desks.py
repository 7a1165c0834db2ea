"""What staff and visitors have before them beside cases: papers, offers, manuscripts, examinations, an invitation."""

from datetime import date, timedelta

from tests.cast import HOME
from tests.services.editions.homestay import CODE, MENDED
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.custody import HandOverWay
from yijianshi.domain.rights import Role
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue import shipped_folder
from yijianshi.services.catalogue.published import current
from yijianshi.services.contents import fingerprint, seal_text
from yijianshi.services.custody.send import send_papers
from yijianshi.services.custody.take import Handed, take_originals
from yijianshi.services.editions.begin import begin_manuscript
from yijianshi.services.editions.circulate import check_manuscript, circulate_manuscript
from yijianshi.services.editions.countersign import remark_on_row
from yijianshi.services.editions.propose import figures_of_edition
from yijianshi.services.examining import carry_out, order
from yijianshi.services.offering.answer import OBJECTION
from yijianshi.services.offering.offer import match_register, offer_benefit
from yijianshi.services.people.invite_administrator import invite_administrator
from yijianshi.store.catalogue.models import LocalNoteRow
from yijianshi.store.custody.models import PaperRow
from yijianshi.store.manuscripts.models import ProposalRow
from yijianshi.store.offers.models import OfferRow

WINDOW, MARKET = "government-services@320106", "market-regulation@320106"
GUESTHOUSE = "open-guesthouse"


def add(world) -> None:
    """Take papers in, offer a benefit, write manuscripts, examine a list, invite an administrator."""
    _papers(world)
    _offer(world)
    _manuscripts(world)
    _visitors(world)


def _papers(world) -> None:
    town, named = world.town, world.things
    li = town.who("laoli")
    receipt = take_originals(
        actor=li, brought_by="王芳", papers=[Handed("租赁合同原件", 1, 12), Handed("承诺书原件", 1, 1)],
        submission=named["submission"], at=town.now,
    )  # fmt: skip
    sent, kept = PaperRow.objects.filter(receipt=receipt).order_by("id")
    named["receipt"], named["paper"] = receipt, kept.id
    named["hand_over"] = send_papers(
        papers=[sent.id], sender=WINDOW, to=MARKET, way=HandOverWay.BY_HAND, courier_number="", actor=li, at=town.now
    )  # fmt: skip


def _offer(world) -> None:
    town = world.town
    bundle, item = BundleCode("elderly-allowance"), ItemCode("elderly-allowance-claim")
    unit, officer = Unit.parse("civil-affairs@320106"), town.who("civil-affairs")
    people, rests_on = match_register(
        bundle=bundle, item=item, unit=unit, first=date(2026, 11, 1), last=date(2026, 12, 18), actor=officer, at=town.now
    )  # fmt: skip
    offer_benefit(
        bundle=bundle, item=item, unit=unit, people=people, rests_on=rests_on, actor=officer, at=town.now,
        until=legal_day(town.now) + timedelta(days=30),
    )  # fmt: skip
    lan = next(one for one in people if one.name == "王例兰")
    marked = fingerprint(lan.number, kind="person")
    world.things["offer"] = OfferRow.objects.get(number_hash=marked).id
    other = OfferRow.objects.exclude(number_hash=marked).first()
    assert other is not None
    OfferRow.objects.filter(pk=other.pk).update(
        state="objected", objection_sealed=seal_text("搬走了", purpose=OBJECTION), settled_at=town.now
    )
    world.things["objected_offer"] = other.pk


def _manuscripts(world) -> None:
    town, named = world.town, world.things
    lan, place = town.who("lanhui"), DivisionCode(HOME)
    for code in (CODE, GUESTHOUSE):
        named[code] = begin_manuscript(
            actor=lan, bundle=BundleCode(code), division=place, at=town.now, name="开办民宿", audience="enterprise",
            lead="market-regulation", text=MENDED.replace(CODE, code),
        )  # fmt: skip
    named["manuscript"], named["circulated"] = named[GUESTHOUSE], named[CODE]
    named["improving"] = begin_manuscript(
        actor=lan, bundle=BundleCode("open-restaurant"), division=place, at=town.now
    )
    check_manuscript(manuscript=named["circulated"], actor=lan, at=town.now)
    circulate_manuscript(manuscript=named["circulated"], actor=lan, at=town.now)
    named["row_remark"] = remark_on_row(
        manuscript=named["circulated"], actor=town.who("chenzhiyuan"), place=("items", "homestay-food-permit"),
        words="期限太短", at=town.now,
    )  # fmt: skip
    edition = current(BundleCode("open-restaurant"), place, legal_day(town.now))
    named["proposal"] = ProposalRow.objects.create(
        bundle="open-restaurant", division=HOME, edition=edition.id, reasons="好用", state="proposed", at=town.now,
        figures=figures_of_edition(edition.id),
    ).id  # fmt: skip
    named["note"] = LocalNoteRow.objects.create(
        bundle="open-restaurant", division=HOME, words="省里改了", at=town.now
    ).id
    named |= {"homestay_item": "homestay-food-permit", "homestay_question": "serves-meals"}


def _visitors(world) -> None:
    town, named = world.town, world.things
    small = (shipped_folder() / "examples" / "clean.xlsx").read_bytes()
    named["examination"] = order.order_examination(
        files=[order.Handed("清单.xlsx", small)], division="", at=town.now
    )
    carry_out.carry_out_next(at=town.now)
    named["token"] = invite_administrator(
        login="new-admin", role=Role.SYSTEM_ADMIN, division=DivisionCode(HOME), at=town.now
    ).token
