"""Publishing what all owners have agreed to (发布), and taking down what is in force (撤下)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.manuscripts import (
    ManuscriptMove,
    PublicationRefused,
    after_move,
    require_publishable,
)
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.manuscripts.moving import StaleManuscript, move_manuscript

from ..catalogue.published import Published
from ..catalogue.releasing import release, withdraw
from ..reading.units import name_of_unit
from .checking import compiled, errors_in, improvements_in, look_over
from .circulate import SomebodyMovedIt
from .countersign import WordsMissing
from .loading import ManuscriptLoaded, load_manuscript
from .propose import promote_proposal


def publish_manuscript(
    *, manuscript: UUID, actor: Actor, at: datetime, valid_from: date | None = None, why: str = ""
) -> Published:
    """
    Publish a countersigned manuscript from a day on, today unless another is named.

    What it replaces stays with the cases filed under it; local editions below are made anew in the same transaction.

    :raises MoveNotAllowed: if it is not going round.
    :raises PublicationRefused: if a remark is open, a signature is missing, the text was changed after it was signed,
        the check finds an error, or the day lies in the past.
    :raises StandardWorsened: if it would make the standard above worse.
    """
    loaded = load_manuscript(manuscript, actor=actor, act=Act.PUBLISH_EDITION)
    to = after_move(loaded.stage, ManuscriptMove.PUBLISH)
    today = legal_day(at)
    day = valid_from or today
    if day < today:
        raise PublicationRefused([f"生效日 {day} 已经过去；请选今天或以后的一天"])
    require_publishable(loaded.round, names=names_of_owners(loaded))
    if errors := errors_in(look_over(loaded.written, on=day)):
        raise PublicationRefused([f"还有 {len(errors)} 处错误没有改好：{errors[0]}"])
    edition = compiled(loaded.written, valid_from=day)
    try:
        with transaction.atomic():
            key = release(
                edition, at=at, by=actor.account, why=why, source=loaded.text.text,
                improvements=improvements_in(loaded.written),
            )  # fmt: skip
            move_manuscript(
                loaded.row, move=ManuscriptMove.PUBLISH, to=to, at=at, by=UUID(actor.account), words=why,
                edition=key,
            )  # fmt: skip
            if loaded.row.proposal:
                promote_proposal(loaded.row.proposal, at=at)
    except StaleManuscript as error:
        raise SomebodyMovedIt from error
    return Published(key, edition)


def withdraw_edition(
    *, bundle: BundleCode, division: DivisionCode, actor: Actor, at: datetime, why: str
) -> None:
    """
    Take a one-thing down in a division, with the reason; cases that run keep their edition.

    :raises NotPermitted: if the actor is no steward of the division.
    :raises WordsMissing: if no reason is given.
    :raises UnknownBundle: if the division itself publishes none.
    """
    require(actor, Act.PUBLISH_EDITION, Thing(division=division))
    if not why.strip():
        raise WordsMissing("请写明为什么撤下")
    withdraw(bundle=bundle, division=division, at=at, by=actor.account, why=why.strip()[:2000])


def names_of_owners(loaded: ManuscriptLoaded) -> dict[Unit, str]:
    """Return the names on the doors of the units that must countersign."""
    units = {*loaded.round.owners, *(remark.unit for remark in loaded.round.remarks)}
    return {unit: name_of_unit(str(unit)) for unit in units}
