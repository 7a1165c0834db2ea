"""A manuscript's life is one table; a signature is worth the text it was given for."""

from datetime import UTC, datetime
from itertools import product

import pytest

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.manuscripts import (
    MOVE_WORDS,
    MOVES,
    STAGE_WORDS,
    ManuscriptMove,
    ManuscriptStage,
    MoveNotAllowed,
    PublicationRefused,
    Round,
    RowRemark,
    Signature,
    after_move,
    allowed_moves,
    obstacles,
    require_publishable,
    stage_after,
)
from yijianshi.domain.proposals import (
    PROPOSAL_MOVES,
    ProposalMove,
    ProposalRefused,
    ProposalState,
    after_proposal_move,
    proposal_state_after,
)
from yijianshi.domain.routing import Unit

pytestmark = pytest.mark.clause("T3.1")

AT = datetime(2026, 11, 18, tzinfo=UTC)
FIRE, FOOD = Unit.parse("fire-rescue@320106"), Unit.parse("market-regulation@320106")
OWNERS = {FIRE: (ItemCode("fire"),), FOOD: (ItemCode("food"),)}
NAMES = {FIRE: "消防", FOOD: "市场监管"}


def signed(unit: Unit, digest: str = "now", *, agrees: bool = True, words: str = "") -> Signature:
    return Signature(unit=unit, digest=digest, agrees=agrees, at=AT, words=words)


@pytest.mark.parametrize(("stage", "move"), list(product(ManuscriptStage, ManuscriptMove)))
def test_what_the_table_does_not_say_cannot_happen(stage: ManuscriptStage, move: ManuscriptMove) -> None:
    if (stage, move) in MOVES:
        assert after_move(stage, move) is MOVES[stage, move][0]
        assert move in allowed_moves(stage)
    else:
        with pytest.raises(MoveNotAllowed, match=STAGE_WORDS[stage]):
            after_move(stage, move)


def test_every_stage_and_move_has_its_words_and_is_reached() -> None:
    assert set(STAGE_WORDS) == set(ManuscriptStage)
    assert set(MOVE_WORDS) == set(ManuscriptMove)
    assert {to for to, _ in MOVES.values()} == set(ManuscriptStage)
    assert {move for _, move in MOVES} == set(ManuscriptMove) - {ManuscriptMove.BEGIN}


def test_only_what_went_round_is_published() -> None:
    assert [stage for stage, move in MOVES if move is ManuscriptMove.PUBLISH] == [ManuscriptStage.CIRCULATED]
    m = ManuscriptMove
    assert stage_after([m.BEGIN, m.WRITE, m.CHECK, m.CIRCULATE, m.REMARK, m.SETTLE, m.SIGN, m.PUBLISH, m.REPLACE]) is ManuscriptStage.REPLACED  # fmt: skip
    with pytest.raises(MoveNotAllowed):
        stage_after([m.BEGIN, m.CHECK, m.WRITE, m.CIRCULATE])


def test_everything_that_stands_in_the_way_is_told_at_once() -> None:
    remark = RowRemark(unit=FIRE, place=("items", "fire", "limit"), words="太长", at=AT)
    current = Round("now", OWNERS, (signed(FOOD, "before"),), (remark,))
    assert obstacles(current, names=NAMES) == (
        "还有 1 条意见没有答复（消防）",
        "消防还没有会签",
        "市场监管看过以后稿子又改了，要重新会签",
    )
    with pytest.raises(PublicationRefused) as refused:
        require_publishable(current, names=NAMES)
    assert len(refused.value.reasons) == 3


def test_the_last_word_of_a_unit_counts() -> None:
    objects = signed(FIRE, agrees=False, words="要看现场")
    assert obstacles(Round("now", OWNERS, (signed(FIRE), signed(FOOD), objects)), names=NAMES) == (
        "消防不同意：要看现场",
    )
    current = Round("now", OWNERS, (objects, signed(FOOD), signed(FIRE)))
    require_publishable(current, names=NAMES)
    assert current.missing == ()


@pytest.mark.parametrize(("state", "move"), list(product(ProposalState, ProposalMove)))
def test_a_proposal_moves_by_its_table(state: ProposalState, move: ProposalMove) -> None:
    if (state, move) in PROPOSAL_MOVES:
        assert after_proposal_move(state, move) is PROPOSAL_MOVES[state, move][0]
    else:
        with pytest.raises(ProposalRefused):
            after_proposal_move(state, move)


def test_a_proposal_that_was_returned_may_come_again_and_be_promoted() -> None:
    m = ProposalMove
    assert (
        proposal_state_after([m.PROPOSE, m.RETURN, m.PROPOSE, m.ACCEPT, m.PROMOTE]) is ProposalState.PROMOTED
    )
