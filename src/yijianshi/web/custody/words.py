"""How a paper in custody is shown: its state as a tag, its way as a history."""

from yijianshi.domain.custody import STATE_WORDS, CustodyMove, CustodyState
from yijianshi.services.reading.custody import PaperLine, Travelled
from yijianshi.web import parts as p

_TAGS = {
    CustodyState.HELD: "run",
    CustodyState.UNDER_WAY: "wait",
    CustodyState.MISSING: "late",
    CustodyState.GIVEN_BACK: "done",
    CustodyState.KEPT: "done",
}


def tag_of(line: PaperLine) -> p.Tag:
    """Return how the state of a paper is shown; late is computed."""
    if line.is_late:
        return p.Tag(state="late", word="超期没签收")
    return p.Tag(state=_TAGS[line.state], word=STATE_WORDS[line.state])


def where_words(line: PaperLine) -> str:
    """Return in one sentence where a paper is and who answers for it."""
    match line.state:
        case CustodyState.HELD:
            return f"在{line.holder_name}保管"
        case CustodyState.UNDER_WAY:
            return f"从{line.holder_name}移交{line.to_name}，签收以前由{line.holder_name}负责"
        case CustodyState.MISSING:
            return f"对方没有收到，{line.holder_name}在查找，由它负责"
        case CustodyState.GIVEN_BACK:
            return "已经交还，不在任何单位手里"
    return "部门依规定归档留存"


def way_of(moves: tuple[Travelled, ...]) -> p.History:
    """Return the way of a paper, the newest move first."""
    return p.History(
        events=tuple(
            p.Event(
                at=one.at, text=one.text, by=f"{one.place} · {one.by}",
                mood="bad" if one.short or one.move is CustodyMove.MISS else "",
            )
            for one in moves
        )
    )  # fmt: skip
