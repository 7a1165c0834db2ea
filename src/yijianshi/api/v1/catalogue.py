"""The catalogue over the API: the list, an edition, and the plan of a situation; open to everybody."""

from datetime import date
from typing import Any

import msgspec

from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, LicenceCode
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.choose import read_situation
from yijianshi.services.catalogue.figures import figures_of
from yijianshi.services.catalogue.published import bundles_of, current
from yijianshi.services.outside import outside

from .endpoints import Call, endpoint

_DIVISION = (("division", "六位行政区划代码，例如 320106"),)


class Offered(msgspec.Struct):
    """One one-thing of the list."""

    code: str
    name: str
    audience: str
    edition: str
    valid_from: date
    lead_department: str
    items: list[str]


class OfferedList(msgspec.Struct):
    """The list of a division."""

    division: str
    bundles: list[Offered]


class AskedSituation(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A situation to plan for."""

    division: str
    items: list[str]
    answers: dict[str, Any] = {}
    existing_results: list[str] = []
    commitments: list[str] = []
    conditions_met: list[str] = []
    groups: dict[str, Any] = {}


@endpoint("GET", "catalogue", summary="一张清单", gives=OfferedList, public=True, query=_DIVISION)
def offered(call: Call) -> OfferedList:
    division = DivisionCode(call.query.get("division", "320106"))
    found = bundles_of(division, legal_day(outside().clock.now()))
    return OfferedList(
        division,
        [
            Offered(
                p.edition.bundle.code,
                p.edition.bundle.name,
                p.edition.bundle.audience,
                p.edition.digest,
                p.edition.valid_from,
                p.edition.bundle.lead_department,
                [item.code for item in p.edition.bundle.items],
            )
            for p in found
        ],
    )


@endpoint(
    "GET", "catalogue/<slug:bundle>", summary="一件事的现行版本", gives=dict, public=True, query=_DIVISION
)
def edition(call: Call, bundle: str) -> Any:
    division = DivisionCode(call.query.get("division", "320106"))
    return current(BundleCode(bundle), division, legal_day(outside().clock.now())).edition


@endpoint(
    "POST",
    "catalogue/<slug:bundle>/plan",
    summary="按情形算方案",
    takes=AskedSituation,
    gives=dict,
    public=True,
)
def plan(call: Call, bundle: str) -> Any:
    sent: AskedSituation = call.body
    published = current(BundleCode(bundle), DivisionCode(sent.division), legal_day(outside().clock.now()))
    answers = {key: value for key, value in sent.answers.items() if key.startswith("element:")}
    situation = Situation(
        items=tuple(ItemCode(code) for code in sent.items),
        answers=answers | read_situation(published.edition, sent.answers),
        texts_met=frozenset(sent.conditions_met),
        held=frozenset(LicenceCode(code) for code in sent.existing_results),
        commitments=frozenset(ItemCode(code) for code in sent.commitments),
        groups=sent.groups,
    )
    return figures_of(make_plan(published.edition, situation))
