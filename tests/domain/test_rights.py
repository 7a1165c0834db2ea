"""Who may do what: every post against every act and every thing, as a table that a security officer can read."""

import pytest

from yijianshi.domain.cases import Action
from yijianshi.domain.rights import (
    Act,
    Actor,
    NotPermitted,
    Post,
    Role,
    Thing,
    act_for,
    covers,
    may,
    own,
    posts_for,
    require,
    stem_of,
)
from yijianshi.domain.routing import Unit

pytestmark = pytest.mark.clause("C3.1", "C5.2")

LEAD, FIRE = Unit.parse("market-regulation@320106"), Unit.parse("fire-rescue@320106")
WANG, ZHANG, QIAN = "party-wangfang", "party-zhangwei", "party-qianjin"


def officer(role: Role, unit: str) -> Actor:
    return Actor(account=f"{role}-{unit}", posts=(Post(role, Unit.parse(unit)),))


PEOPLE: dict[str, Actor] = {
    "王芳": Actor(account="wangfang", party=WANG),
    "her agent": Actor(account="agent"),
    "张伟": Actor(account="zhangwei", party=ZHANG),
    "钱进": Actor(account="qianjin", party=QIAN),
    "老李": officer(Role.WINDOW, "government-services@320106"),
    "a window of the city": officer(Role.WINDOW, "government-services@320100"),
    "a window next door": officer(Role.WINDOW, "government-services@320102"),
    "a window of another city": officer(Role.WINDOW, "government-services@320583"),
    "何敏": officer(Role.COORDINATOR, str(LEAD)),
    "another coordinator": officer(Role.COORDINATOR, "health@320106"),
    "a coordinator next door": officer(Role.COORDINATOR, "market-regulation@320102"),
    "赵凯": officer(Role.REVIEWER, str(FIRE)),
    "another reviewer": officer(Role.REVIEWER, "urban-management@320106"),
    "a reviewer next door": officer(Role.REVIEWER, "fire-rescue@320102"),
    "何立": officer(Role.SUPERVISOR, "government-services@320106"),
    "a supervisor of the province": officer(Role.SUPERVISOR, "government-services@320000"),
    "a supervisor next door": officer(Role.SUPERVISOR, "government-services@320102"),
    "a steward": officer(Role.STEWARD, "government-services@320106"),
    "a steward of the province": officer(Role.STEWARD, "government-services@320000"),
    "a steward next door": officer(Role.STEWARD, "government-services@320102"),
    "the system administrator": officer(Role.SYSTEM_ADMIN, "administration@320106"),
    "the security administrator": officer(Role.SECURITY_ADMIN, "administration@320106"),
    "the audit administrator": officer(Role.AUDIT_ADMIN, "administration@320106"),
    "the hall manager": officer(Role.HALL_MANAGER, "government-services@320106"),
    "a hall manager next door": officer(Role.HALL_MANAGER, "government-services@320102"),
    "nobody": Actor(account="stranger"),
}
#: The fire case of 王芳's submission in 鼓楼区, filed by an agent's account, led by the market regulators, confirmed by 张伟.
CASE = Thing(
    party=WANG, owner="agent", division="320106", lead=LEAD, unit=FIRE, units=frozenset({LEAD, FIRE}),
    together=frozenset({ZHANG}), taken_in=Unit.parse("government-services@320102"),
    pick_up=Unit.parse("government-services@320583"),
)  # fmt: skip

WINDOWS = {"老李", "a window of the city"}
CITIZENS = {"王芳", "张伟", "钱进"}
STEWARDS = {"a steward", "a steward of the province"}
OFFICERS = {
    "何敏",
    "another coordinator",
    "a coordinator next door",
    "赵凯",
    "another reviewer",
    "a reviewer next door",
}
ALLOWED: dict[Act, set[str]] = {
    Act.READ_SUBMISSION: {"王芳", "her agent", "张伟", "何敏"} | WINDOWS,
    Act.READ_FORM: {"王芳", "her agent", "何敏"} | WINDOWS,
    Act.READ_CASE: {"赵凯"},
    Act.READ_INBOX: OFFICERS,
    Act.FILE: CITIZENS,
    Act.FILE_FOR_OTHERS: WINDOWS
    | {"a window next door", "a window of another city"},  # 全域通办: any counter takes it
    Act.EDIT_DRAFT: {"王芳", "her agent"},
    Act.CONFIRM: {"王芳"},  # here she is who is asked, and the agent who asks
    Act.ATTEST: WINDOWS,
    Act.REMARK: {"赵凯", "何敏"} | WINDOWS,
    Act.PRE_REVIEW: {"何敏"} | WINDOWS,
    Act.RELEASE: {"何敏"},
    Act.DECIDE: {"赵凯"},
    Act.SUSPEND: {"赵凯"},
    Act.CORRECT: {"王芳", "her agent", "张伟"} | WINDOWS,
    Act.WITHDRAW: {"王芳"},
    Act.RATE: {"王芳"},
    Act.READ_RESULT: {"王芳", "赵凯"} | WINDOWS,
    Act.HAND_OVER: {"a window of another city"} | WINDOWS,
    Act.PAY: {"王芳", "her agent"} | WINDOWS,
    Act.TAKE_PAYMENT: WINDOWS,
    Act.RECONCILE: {"何立", "a supervisor of the province", "赵凯"},
    Act.SUPERVISE: {"何立", "a supervisor of the province"},
    Act.READ_JOINT: {"王芳", "her agent", "何敏", "赵凯"} | WINDOWS,
    Act.ARRANGE_JOINT: {"何敏"},
    Act.TAKE_PART: {"赵凯"},
    Act.ATTEND_JOINT: {"王芳", "her agent"} | WINDOWS,
    Act.READ_AUDIT: {"the audit administrator"},
    # the same table for a manuscript of 鼓楼区 whose items belong to the market regulators and the fire brigade
    Act.READ_MANUSCRIPT: {"赵凯"} | STEWARDS,
    Act.WRITE_MANUSCRIPT: STEWARDS,
    Act.COUNTERSIGN: {"赵凯"},
    Act.PUBLISH_EDITION: STEWARDS,
    Act.PROPOSE_BUNDLE: STEWARDS,
    Act.REVIEW_PROPOSAL: {"a steward of the province"},
    Act.ASK_UNIT: {"何敏", "赵凯"} | WINDOWS,
    Act.ANSWER_UNIT: {"赵凯"},
    Act.OFFER_BENEFIT: {"赵凯"},
    Act.ANSWER_OFFER: {"王芳"},
    Act.KEEP_UNIT_RULES: {"何立", "a supervisor of the province"} | STEWARDS,
    # the window next door took this submission in, and the one two doors down gives its results out
    Act.READ_AT_WINDOW: WINDOWS,
    Act.READ_PROGRESS: {"王芳", "张伟", "her agent", "a window next door", "a window of another city"}
    | WINDOWS,
    Act.TAKE_CUSTODY: {"a window next door"} | WINDOWS,
    Act.MOVE_CUSTODY: {"赵凯"},
    Act.KEEP_FOR_GOOD: {"赵凯"},
    Act.CHOOSE_PICK_UP: {"王芳", "her agent", "a window next door"} | WINDOWS,
    Act.REKEY: {"赵凯"},
    Act.SEE_IDENTITY: {"a window next door", "a window of another city"} | WINDOWS,
    Act.ADMINISTER: {"the system administrator"},
    Act.APPROVE_POST: {"the security administrator"},
    Act.READ_LOGS: {"the audit administrator"},
    # of a mandate that 王芳 gives to the agent's account
    Act.GIVE_MANDATE: {"王芳"},
    Act.READ_MANDATE: {"王芳", "her agent"},
    Act.END_MANDATE: {"王芳", "her agent"},
    Act.ATTEST_MANDATE: WINDOWS,
    Act.NAME_STEWARD: {"何敏"},
    Act.ASK_FOR_VISIT: {"王芳"},
    Act.TAKE_VISIT: set(),  # the fire brigade pays no visits of this kind
    Act.CHASE: set(),  # by mandate only
    # of a booking in a hall of 鼓楼区
    Act.BOOK: {"王芳"},
    Act.BOOK_FOR_OTHERS: WINDOWS | {"the hall manager"},
    Act.READ_BOOKING: {"王芳", "her agent", "the hall manager"} | WINDOWS,
    Act.CHANGE_BOOKING: {"王芳", "her agent", "the hall manager"} | WINDOWS,
    Act.SERVE_QUEUE: WINDOWS,
    Act.RUN_HALL: {"the hall manager"},
    Act.KEEP_CENTRE: {"the hall manager"} | STEWARDS,
    Act.SHOW_CODE: {"王芳"},
    Act.TAKE_CODE: WINDOWS | {"a window next door", "a window of another city"},
    Act.SEE_VISIT: set(),  # nobody has been shown a code here
    Act.END_VISIT: {"王芳"},
    Act.REVIEW_DRAFT: set(),  # the fire brigade keeps no window
    Act.TRANSFER_INTAKE: set(),
    Act.READ_DESK_FIGURES: {"何立", "a supervisor of the province"},
    Act.PRACTISE: OFFICERS | WINDOWS | {"a window next door", "a window of another city"},
    Act.READ_PRACTICE: {"何立", "a supervisor of the province"},
    Act.READ_OWN: {"王芳", "her agent"},
    Act.READ_OWN_DATA: {"王芳"},
    Act.ANSWER_DATA_REQUEST: {"何立", "a supervisor of the province"},
    Act.CHOOSE_SETTINGS: {"her agent"},
    Act.CARRY_ON: {"her agent"},
    Act.KEEP_PORTALS: {"何立", "a supervisor of the province"},
    Act.KEEP_TEXTS: OFFICERS | WINDOWS | {"a window next door", "a window of another city"},
}


def test_a_list_is_opened_by_the_post_whose_it_is() -> None:
    assert posts_for(PEOPLE["赵凯"], Act.READ_INBOX, Role.REVIEWER) == PEOPLE["赵凯"].posts
    assert posts_for(PEOPLE["何立"], Act.SUPERVISE, Role.REVIEWER, Role.SUPERVISOR) == PEOPLE["何立"].posts
    for name in ("王芳", "何立", "the system administrator"):
        with pytest.raises(NotPermitted):
            posts_for(PEOPLE[name], Act.READ_INBOX, Role.REVIEWER)
    with pytest.raises(NotPermitted):
        posts_for(PEOPLE["赵凯"], Act.RELEASE, Role.REVIEWER)


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_reads_his_own_lists(name: str) -> None:
    assert may(PEOPLE[name], Act.READ_OWN, own(PEOPLE[name]))


def test_every_act_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(Act), "an act without a line here has not been thought about"


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("name", PEOPLE)
def test_each_may_do_what_the_table_says_and_nothing_else(name: str, act: Act) -> None:
    assert may(PEOPLE[name], act, CASE) is (name in ALLOWED[act])


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.FILE])
def test_another_citizen_may_do_nothing_with_what_is_not_his(act: Act) -> None:
    assert not may(PEOPLE["钱进"], act, CASE)


@pytest.mark.parametrize("act", list(Act))
def test_to_something_that_belongs_to_nobody_only_general_rights_apply(act: Act) -> None:
    allowed = {name for name, actor in PEOPLE.items() if may(actor, act, Thing())}
    general = {
        Act.READ_INBOX, Act.FILE, Act.FILE_FOR_OTHERS, Act.READ_AUDIT, Act.TAKE_CODE, Act.PRACTISE, Act.SEE_IDENTITY,
        Act.KEEP_TEXTS,
    }  # fmt: skip
    assert allowed == (ALLOWED[act] if act in general else set())


@pytest.mark.parametrize("act", list(Act))
def test_whoever_reviews_does_not_take_in_and_whoever_takes_in_does_not_decide(act: Act) -> None:
    taking_in = {Act.FILE_FOR_OTHERS, Act.HAND_OVER}
    deciding = {Act.DECIDE, Act.SUSPEND, Act.READ_CASE}
    assert not (act in taking_in and may(PEOPLE["赵凯"], act, CASE))
    assert not (act in deciding and may(PEOPLE["老李"], act, CASE))
    assert not (act in taking_in | deciding and may(PEOPLE["何立"], act, CASE))


def test_whoever_asks_for_a_confirmation_does_not_give_it() -> None:
    asked = Thing(party=ZHANG, owner="zhangwei")
    assert not may(PEOPLE["张伟"], Act.CONFIRM, asked)
    assert may(PEOPLE["张伟"], Act.CONFIRM, Thing(party=ZHANG, owner="wangfang"))
    assert not may(PEOPLE["王芳"], Act.CONFIRM, Thing(party=ZHANG, owner="wangfang"))


@pytest.mark.clause("S7")
def test_a_co_applicant_answers_the_correction_and_takes_nothing_back_alone() -> None:
    allowed = {act for act in Act if may(PEOPLE["张伟"], act, CASE)}
    assert allowed == {Act.READ_SUBMISSION, Act.READ_PROGRESS, Act.CORRECT, Act.FILE}


def test_who_holds_two_posts_may_what_either_may() -> None:
    both = Actor(account="liujie", posts=(Post(Role.COORDINATOR, LEAD), Post(Role.REVIEWER, FIRE)))
    assert may(both, Act.RELEASE, CASE)
    assert may(both, Act.DECIDE, CASE)


@pytest.mark.clause("C2.3")
def test_a_machine_does_only_what_its_scopes_say_and_only_with_its_units_cases() -> None:
    posts = PEOPLE["赵凯"].posts
    reads = Actor(account="fire-system", posts=posts, scopes=frozenset({"read_case"}))
    decides = Actor(account="fire-system", posts=posts, scopes=frozenset({"read_case", "decide"}))
    stranger = Actor(account="other-system", scopes=frozenset({"read_case", "decide"}))
    assert may(reads, Act.READ_CASE, CASE)
    assert not may(reads, Act.DECIDE, CASE)
    assert may(decides, Act.DECIDE, CASE)
    assert not may(stranger, Act.DECIDE, CASE)
    assert may(Actor(account="shop", scopes=frozenset({"file"})), Act.FILE, Thing())


@pytest.mark.parametrize("action", list(Action))
def test_every_action_on_a_case_needs_a_right(action: Action) -> None:
    needed = {
        Action.SUSPEND: Act.SUSPEND,
        Action.RESUME: Act.SUSPEND,
        Action.CORRECT: Act.CORRECT,
        Action.WITHDRAW: Act.WITHDRAW,
    }
    assert act_for(action) is needed.get(action, Act.DECIDE)


def test_a_refusal_never_tells_whether_the_thing_exists() -> None:
    with pytest.raises(NotPermitted) as refused:
        require(PEOPLE["钱进"], Act.READ_CASE, CASE)
    with pytest.raises(NotPermitted) as absent:
        require(PEOPLE["钱进"], Act.READ_CASE, Thing())
    assert str(refused.value) == str(absent.value)
    assert refused.value.act is Act.READ_CASE


@pytest.mark.parametrize(
    ("higher", "lower", "lies_in_it"),
    [
        ("320106", "320106", True),
        ("320100", "320106", True),
        ("320000", "320106", True),
        ("320106", "320100", False),
        ("320200", "320106", False),
        ("320106", "320102", False),
        ("310000", "320106", False),
        ("000000", "320106", False),
        ("", "320106", False),
        ("320106", "", False),
    ],
)
def test_a_city_covers_its_counties_and_a_province_its_cities(
    higher: str, lower: str, lies_in_it: bool
) -> None:
    assert covers(higher, lower) is lies_in_it


@pytest.mark.clause("C3.3")
def test_a_post_covers_its_town_and_the_villages_of_it_and_nothing_beside() -> None:
    assert covers("320106", "320106901001")
    assert covers("320106901", "320106901001")
    assert covers("320106901000", "320106901001")
    assert not covers("320106100", "320106101")
    assert not covers("320106901001", "320106901")


@pytest.mark.clause("C3.3")
def test_a_city_whose_number_ends_in_a_nought_more_covers_no_neighbour() -> None:
    assert covers("321000", "321002")
    assert not covers("321000", "321102")
    assert not "321102".startswith(stem_of("321000"))


@pytest.mark.clause("S2.1")
def test_a_clerk_works_on_a_draft_only_while_its_owner_shows_it_to_him() -> None:
    shown = Thing(party=WANG, owner="wangfang", visited_by=PEOPLE["老李"].account)
    assert may(PEOPLE["老李"], Act.EDIT_DRAFT, shown)
    assert may(PEOPLE["老李"], Act.SEE_VISIT, shown)
    assert not may(PEOPLE["a window of the city"], Act.EDIT_DRAFT, shown)
    assert not may(PEOPLE["老李"], Act.EDIT_DRAFT, Thing(party=WANG, owner="wangfang"))
    assert not may(Actor(account=PEOPLE["老李"].account), Act.SEE_VISIT, shown), "no post, no visit"
