"""How a composite licence (行业综合许可证) and its parts are said to stand, wherever a page shows one."""

from yijianshi.domain.composites import CompositeState, PartState
from yijianshi.services.reading.composites import CompositeSeen, PartSeen
from yijianshi.web import parts as p
from yijianshi.web.templatetags.yjs import address, day, wide

_PARTS = {
    PartState.VALID: ("done", "有效"),
    PartState.SUSPENDED: ("pause", "已暂停"),
    PartState.REVOKED: ("no", "已撤销"),
    PartState.EXPIRED: ("no", "已过期"),
}


def part_tag(part: PartSeen) -> p.Tag:
    """Return how a part stands, as a tag."""
    state, word = _PARTS[part.state]
    return p.Tag(state=state, word=word)


def fallen_words(found: CompositeSeen) -> str:
    """Return “食品经营许可证”已撤销、“排水许可证”已过期."""
    return "、".join(f"“{wide(part.name)}”{_PARTS[part.state][1]}" for part in found.fallen)


def standing_notice(found: CompositeSeen, *, replaced_by: str) -> p.Notice:
    """Return how the whole stands today, and what that means for whoever holds it in his hand."""
    if found.state is CompositeState.SUPERSEDED:
        text = f"已换发新版，新版编号 {replaced_by}。请让持证人出示新版，以新版为准。"
        return p.Notice(kind="no", title="是真的，但已被新版取代", text=text)
    if found.state is CompositeState.INVALID:
        text = f"必需的证照失效：{fallen_words(found)}。没有失效的各项证照，单独仍然有效。"
        return p.Notice(kind="no", title="已经失效", text=text)
    if found.state is CompositeState.PARTIAL:
        text = f"{fallen_words(found)}，不能再凭它经营这一项；其他各项仍然有效。"
        return p.Notice(kind="todo", title="是真的，部分失效", text=text)
    text = f"归集的 {len(found.parts)} 项证照今天都有效。请核对手里的证照与下面写的是否一致，以这里为准。"
    return p.Notice(kind="done", title="是真的，现在有效", text=text)


def composite_paper(found: CompositeSeen, *, is_mine: bool) -> p.Paper:
    """Return a version as the applicant's page lists it, beside its parts."""
    void = {
        CompositeState.SUPERSEDED: "已被新版取代",
        CompositeState.INVALID: f"已失效：{fallen_words(found)}",
        CompositeState.PARTIAL: f"部分失效：{fallen_words(found)}",
    }.get(found.state, "")
    version = f" · 第 {found.version} 版" if found.version > 1 else ""
    return p.Paper(
        name=wide(found.name),
        about=f"{found.number}{version} · {day(found.issued_at)}签发 · 归集 {len(found.parts)} 项证照",
        href=address("composite-pdf", found.id) if is_mine else "",
        look_href=address("verify", found.code),
        sealed="综合许可",
        void=void,
    )
