"""
Who may do what (权限). One pure question, denied unless a rule here allows it.

Basis: 苏政办发〔2022〕87号, 三(三)(五): intake and approval are separate, approval and supervision too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .acts import Act, Role
from .cases import Action
from .divisions import stem_of
from .mandates import Mandate, Matter, Power
from .mandates import covers as gives
from .routing import Unit


@dataclass(frozen=True, slots=True)
class Post:
    """One role in one unit (任职)."""

    role: Role
    unit: Unit


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: an account, the party it stands for, the posts it holds."""

    account: str
    party: str = ""
    posts: tuple[Post, ...] = ()
    scopes: frozenset[str] = frozenset()  # of a machine client; empty for people
    level: int = 2  # how surely it is known who signed in: a `Level`
    giver: str = ""  # the party it stands for by mandate alone; then `party` is empty
    mandates: tuple[Mandate, ...] = ()  # what that party gave it
    on: date | None = None  # the day on which the mandates were read

    def holds(self, role: Role) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.role is role)


@dataclass(frozen=True, slots=True)
class Thing:
    """What it is done to: whose it is, where its home is, who leads it, which unit decides it."""

    party: str = ""
    owner: str = ""  # account that created it
    division: str = ""
    lead: Unit | None = None
    unit: Unit | None = None
    units: frozenset[Unit] = frozenset()  # all units with a case of the submission
    together: frozenset[str] = frozenset()  # parties that confirmed beside the applicant
    taken_in: Unit | None = None  # the window that took it in, wherever that is
    pick_up: Unit | None = None  # the window at which its results are fetched, where one was chosen
    bundle: str = ""  # of which one-thing it is
    key: str = ""  # of the draft or the submission
    visited_by: str = ""  # account of the clerk to whom the party showed a code, while that visit lasts


class NotPermitted(Exception):
    """The actor may not do this; the message never tells whether the thing exists."""

    def __init__(self, act: Act) -> None:
        super().__init__("您没有权限看这个内容，或者它不存在。请核对链接，或换一个账号登录")
        self.act = act


def covers(higher: str, lower: str) -> bool:
    """
    Return whether one division lies in another, or is it.

    >>> covers("320100", "320106"), covers("320106", "320100")
    (True, False)
    """
    stem = stem_of(higher)
    return bool(stem) and lower.startswith(stem)


def may(actor: Actor, act: Act, thing: Thing) -> bool:
    """Return whether `actor` may do `act` to `thing`."""
    if actor.scopes and act.value not in actor.scopes:
        return False
    rule = _RULES.get(act)
    return bool(rule and rule(actor, thing)) or mandate_for(actor, act, thing) is not None


def power_for(act: Act) -> Power | None:
    """Return which power of a mandate an act needs; None for what no mandate gives."""
    return _POWERS.get(act)


def mandate_for(actor: Actor, act: Act, thing: Thing) -> Mandate | None:
    """Return the mandate by which the actor may do it, or None; what no power stands for, no mandate gives."""
    power = _POWERS.get(act)
    if power is None or actor.on is None or (act is Act.CONFIRM and actor.account == thing.owner):
        return None
    matter = Matter(party=thing.party, bundle=thing.bundle, key=thing.key)
    fitting = (one for one in actor.mandates if one.holder == actor.account)
    return next((one for one in fitting if gives(one, power, matter, actor.on)), None)


def require(actor: Actor, act: Act, thing: Thing) -> None:
    """
    Refuse what is not permitted.

    :raises NotPermitted: if `may` says no.
    """
    if not may(actor, act, thing):
        raise NotPermitted(act)


def posts_for(actor: Actor, act: Act, *roles: Role) -> tuple[Post, ...]:
    """
    Return the actor's posts for whose own list he may do `act`: a list is asked about as a single thing is.

    :raises NotPermitted: if no post of these roles gives the right.
    """
    held = tuple(post for role in roles for post in actor.holds(role) if may(actor, act, _all_of(post.unit)))
    if not held:
        raise NotPermitted(act)
    return held


def _all_of(unit: Unit) -> Thing:
    return Thing(division=unit.division, lead=unit, unit=unit, units=frozenset({unit}))


def own(actor: Actor) -> Thing:
    """Return what belongs to an actor, as whom he stands for and as himself."""
    return Thing(party=actor.party, owner=actor.account)


def act_for(action: Action) -> Act:
    """Return the right that a case action needs."""
    return {
        Action.SUSPEND: Act.SUSPEND,
        Action.RESUME: Act.SUSPEND,
        Action.CORRECT: Act.CORRECT,
        Action.WITHDRAW: Act.WITHDRAW,
    }.get(action, Act.DECIDE)


def _is_party(actor: Actor, thing: Thing) -> bool:
    return bool(actor.party) and actor.party == thing.party


def _is_owner(actor: Actor, thing: Thing) -> bool:
    return _is_party(actor, thing) or (bool(thing.owner) and actor.account == thing.owner)


def _takes_part(actor: Actor, thing: Thing) -> bool:
    return bool(actor.party) and actor.party in thing.together


def _is_asked(actor: Actor, thing: Thing) -> bool:
    """Whoever asks, or filled the draft in, never confirms as the other."""
    return _is_party(actor, thing) and actor.account != thing.owner


def _is_window(actor: Actor, thing: Thing) -> bool:
    return any(covers(post.unit.division, thing.division) for post in actor.holds(Role.WINDOW))


def _coordinates(actor: Actor, thing: Thing) -> bool:
    return any(post.unit == thing.lead for post in actor.holds(Role.COORDINATOR))


def _decides(actor: Actor, thing: Thing) -> bool:
    return thing.unit is not None and any(post.unit == thing.unit for post in actor.holds(Role.REVIEWER))


def _supervises(actor: Actor, thing: Thing) -> bool:
    return any(covers(post.unit.division, thing.division) for post in actor.holds(Role.SUPERVISOR))


def _stewards(actor: Actor, thing: Thing) -> bool:
    return any(covers(post.unit.division, thing.division) for post in actor.holds(Role.STEWARD))


def _stewards_province(actor: Actor, thing: Thing) -> bool:
    return any(
        post.unit.division.endswith("0000") and covers(post.unit.division, thing.division)
        for post in actor.holds(Role.STEWARD)
    )


def _owns_an_item(actor: Actor, thing: Thing) -> bool:
    return any(post.unit in thing.units for post in actor.holds(Role.REVIEWER))


def _took_in(actor: Actor, thing: Thing) -> bool:
    return thing.taken_in is not None and any(p.unit == thing.taken_in for p in actor.holds(Role.WINDOW))


def _gives_out(actor: Actor, thing: Thing) -> bool:
    return thing.pick_up is not None and any(p.unit == thing.pick_up for p in actor.holds(Role.WINDOW))


def _runs_hall(actor: Actor, thing: Thing) -> bool:
    return any(covers(post.unit.division, thing.division) for post in actor.holds(Role.HALL_MANAGER))


def _works_in(actor: Actor, thing: Thing) -> bool:
    at_work = (Role.WINDOW, Role.REVIEWER, Role.COORDINATOR)
    return thing.unit is not None and any(p.unit == thing.unit and p.role in at_work for p in actor.posts)


#: Which power of a mandate an act needs; an act that is not here is never done for another.
_POWERS = {
    Act.READ_SUBMISSION: Power.FOLLOW,
    Act.READ_PROGRESS: Power.FOLLOW,
    Act.READ_FORM: Power.LOOK,
    Act.READ_JOINT: Power.LOOK,
    Act.EDIT_DRAFT: Power.FILL_IN,
    Act.FILE: Power.FILE,
    Act.CORRECT: Power.CORRECT,
    Act.ATTEND_JOINT: Power.CORRECT,
    Act.READ_RESULT: Power.RECEIVE,
    Act.CHOOSE_PICK_UP: Power.RECEIVE,
    Act.RATE: Power.RATE,
    Act.WITHDRAW: Power.WITHDRAW,
    Act.PAY: Power.PAY,
    Act.CONFIRM: Power.CONFIRM,
    Act.CHASE: Power.ASK,
}


def _visits(actor: Actor, thing: Thing) -> bool:
    return bool(actor.holds(Role.WINDOW)) and bool(thing.visited_by) and actor.account == thing.visited_by


def _stands_at(actor: Actor, thing: Thing) -> bool:
    return thing.unit is not None and any(post.unit == thing.unit for post in actor.holds(Role.WINDOW))


def _handles_matters(actor: Actor) -> bool:
    return any(post.role in (Role.WINDOW, Role.COORDINATOR, Role.REVIEWER) for post in actor.posts)


_RULES: dict[Act, Callable[[Actor, Thing], bool]] = {
    Act.READ_SUBMISSION: lambda a, t: (
        _is_owner(a, t) or _takes_part(a, t) or _is_window(a, t) or _coordinates(a, t)
    ),
    # the whole form and every letter made of it: a co-applicant sees only how far it is and what is to be corrected
    Act.READ_FORM: lambda a, t: _is_owner(a, t) or _is_window(a, t) or _coordinates(a, t),
    Act.READ_CASE: lambda a, t: _decides(a, t),
    Act.READ_INBOX: lambda a, t: any(p.role in (Role.REVIEWER, Role.COORDINATOR) for p in a.posts),
    Act.FILE: lambda a, t: bool(a.party) or "file" in a.scopes,
    Act.FILE_FOR_OTHERS: lambda a, t: bool(a.holds(Role.WINDOW)),
    # during a visit the clerk works on the draft of whoever stands before him
    Act.EDIT_DRAFT: lambda a, t: _is_owner(a, t) or _visits(a, t),
    # of a confirmation, `party` is who is asked and `owner` is the account that asks
    Act.CONFIRM: _is_asked,
    # a clerk who takes in for elsewhere stands before whom he asks
    Act.ATTEST: lambda a, t: _is_window(a, t) or (bool(a.holds(Role.WINDOW)) and a.account == t.owner),
    Act.REMARK: lambda a, t: _decides(a, t) or _coordinates(a, t) or _is_window(a, t),
    Act.PRE_REVIEW: lambda a, t: _is_window(a, t) or _coordinates(a, t),
    Act.RELEASE: _coordinates,
    Act.DECIDE: _decides,
    Act.SUSPEND: _decides,
    Act.CORRECT: lambda a, t: _is_owner(a, t) or _takes_part(a, t) or _is_window(a, t),
    Act.WITHDRAW: _is_party,
    Act.RATE: _is_party,
    Act.READ_RESULT: lambda a, t: _is_party(a, t) or _decides(a, t) or _is_window(a, t),
    Act.HAND_OVER: lambda a, t: _is_window(a, t) or _gives_out(a, t),
    Act.PAY: lambda a, t: _is_owner(a, t) or _is_window(a, t),
    Act.TAKE_PAYMENT: _is_window,
    Act.RECONCILE: lambda a, t: _supervises(a, t) or _decides(a, t),
    Act.SUPERVISE: _supervises,
    # of a joint operation, `units` are those whose cases take part
    Act.READ_JOINT: lambda a, t: (
        _is_owner(a, t) or _is_window(a, t) or _coordinates(a, t) or _owns_an_item(a, t)
    ),
    Act.ARRANGE_JOINT: _coordinates,
    Act.TAKE_PART: _owns_an_item,
    Act.ATTEND_JOINT: lambda a, t: _is_owner(a, t) or _is_window(a, t),
    Act.READ_AUDIT: lambda a, t: bool(a.holds(Role.AUDIT_ADMIN)),
    # of a manuscript, `units` are those that own its items and `division` is where it is to hold
    Act.READ_MANUSCRIPT: lambda a, t: _stewards(a, t) or _owns_an_item(a, t),
    Act.WRITE_MANUSCRIPT: _stewards,
    Act.COUNTERSIGN: _owns_an_item,
    Act.PUBLISH_EDITION: _stewards,
    Act.PROPOSE_BUNDLE: _stewards,
    Act.REVIEW_PROPOSAL: _stewards_province,
    Act.ASK_UNIT: lambda a, t: _is_window(a, t) or _coordinates(a, t) or _owns_an_item(a, t),
    Act.ANSWER_UNIT: _decides,  # of a question, `unit` is the one that is asked
    Act.OFFER_BENEFIT: _decides,  # of an offer, `unit` is the one that found the person entitled
    Act.ANSWER_OFFER: _is_party,
    Act.KEEP_UNIT_RULES: lambda a, t: _supervises(a, t) or _stewards(a, t),
    Act.READ_AT_WINDOW: _is_window,
    # a window that took something in for elsewhere sees how far it is and where its papers are, nothing more
    Act.READ_PROGRESS: lambda a, t: (
        _is_owner(a, t) or _takes_part(a, t) or _is_window(a, t) or _took_in(a, t) or _gives_out(a, t)
    ),
    Act.TAKE_CUSTODY: lambda a, t: _is_window(a, t) or _took_in(a, t),
    Act.MOVE_CUSTODY: _works_in,  # of a paper or a hand-over list, `unit` is the place that makes the move
    Act.KEEP_FOR_GOOD: _decides,
    Act.CHOOSE_PICK_UP: lambda a, t: _is_owner(a, t) or _is_window(a, t) or _took_in(a, t),
    Act.REKEY: _decides,
    # of somebody who shows his card at a window, `party` is whose card it is: nobody vouches for himself
    Act.SEE_IDENTITY: lambda a, t: bool(a.holds(Role.WINDOW)) and not _is_party(a, t),
    # three administrators, each within his division: of an account, `division` is where its posts are
    Act.ADMINISTER: lambda a, t: any(covers(p.unit.division, t.division) for p in a.holds(Role.SYSTEM_ADMIN)),
    Act.APPROVE_POST: lambda a, t: any(
        covers(p.unit.division, t.division) for p in a.holds(Role.SECURITY_ADMIN)
    ),
    Act.READ_LOGS: lambda a, t: any(covers(p.unit.division, t.division) for p in a.holds(Role.AUDIT_ADMIN)),
    # of a mandate, `party` is who gives it and `owner` the account that holds it
    Act.GIVE_MANDATE: _is_party,
    Act.READ_MANDATE: _is_owner,
    Act.END_MANDATE: _is_owner,
    Act.ATTEST_MANDATE: _is_window,
    Act.NAME_STEWARD: _coordinates,
    Act.ASK_FOR_VISIT: _is_party,
    # of a visit, `unit` is the window or station that is asked
    Act.TAKE_VISIT: lambda a, t: (
        t.unit is not None and any(p.unit == t.unit and p.role in (Role.WINDOW, Role.HELPER) for p in a.posts)
    ),
    # of a booking, a ticket or a hall, `division` is the place of the centre: of five levels
    Act.BOOK: _is_party,
    Act.BOOK_FOR_OTHERS: lambda a, t: _is_window(a, t) or _runs_hall(a, t),
    Act.READ_BOOKING: lambda a, t: _is_owner(a, t) or _is_window(a, t) or _runs_hall(a, t),
    Act.CHANGE_BOOKING: lambda a, t: _is_owner(a, t) or _is_window(a, t) or _runs_hall(a, t),
    Act.SERVE_QUEUE: _is_window,
    Act.RUN_HALL: _runs_hall,
    Act.KEEP_CENTRE: lambda a, t: _runs_hall(a, t) or _stewards(a, t),
    Act.SHOW_CODE: _is_party,
    Act.TAKE_CODE: lambda a, t: bool(a.holds(Role.WINDOW)),
    Act.SEE_VISIT: _visits,
    Act.END_VISIT: lambda a, t: _is_party(a, t) or _visits(a, t),
    Act.REVIEW_DRAFT: _stands_at,  # of who waits in a hall, `unit` is the window that he asked to look
    Act.TRANSFER_INTAKE: lambda a, t: bool(a.holds(Role.WINDOW)) and a.account == t.owner,
    Act.READ_DESK_FIGURES: lambda a, t: _stands_at(a, t) or _supervises(a, t),
    # practice is of nobody's matter: whoever handles matters may, and reads his own; the trainer reads his division's
    Act.PRACTISE: lambda a, t: _handles_matters(a),
    Act.READ_PRACTICE: lambda a, t: _supervises(a, t) or (_handles_matters(a) and a.account == t.owner),
    Act.READ_OWN_DATA: _is_party,
    Act.ANSWER_DATA_REQUEST: _supervises,
    # of settings, and of a link to go on elsewhere, `owner` is the account whose they are
    Act.CHOOSE_SETTINGS: lambda a, t: bool(t.owner) and a.account == t.owner,
    Act.CARRY_ON: lambda a, t: bool(t.owner) and a.account == t.owner,
    Act.KEEP_PORTALS: _supervises,
    # one's own lists, with `party` and `owner` those of whoever asks: what is in them is found by his keys alone
    Act.READ_OWN: _is_owner,
    Act.KEEP_TEXTS: lambda a, t: bool(
        a.holds(Role.WINDOW) or a.holds(Role.COORDINATOR) or a.holds(Role.REVIEWER)
    ),
}
