"""Whether letters can be printed here, and which characters their fonts have."""

from dataclasses import asdict
from datetime import date
from time import perf_counter

from yijianshi.services.letters import Declaration, LetterIncomplete
from yijianshi.services.ports import GlyphsMissing

from .printer import TypstDocuments, UnknownTemplate, ValuesDoNotFit

#: Blocks of Chinese characters (GB 18030-2022 level 3 needs all of them).
BLOCKS = {
    "基本区": range(0x4E00, 0xA000),
    "扩展 A": range(0x3400, 0x4DC0),
    "扩展 B 及以后": range(0x20000, 0x323B0),
}
_SLOW = 2.0  # seconds for one page

_PROBE = Declaration(
    authority="自检", on=date(2000, 1, 1), title="自检页", declarant="龚䶮", clauses=("每次自检印这一页。",)
)


def check(documents: TypstDocuments) -> tuple[str, ...]:
    """Return what stands in the way of printing letters, in Chinese; nothing if all is well."""
    problems = []
    have, total = documents.coverage.count(BLOCKS["基本区"])
    if have < total - 16:  # the last code points of the block are newer than most fonts
        problems.append(
            f"字体缺 {total - have} 个基本汉字，许多姓名印不出。请在字体文件夹放入完整的中文字体。"
        )
    started = perf_counter()
    try:
        pdf = documents.render(_PROBE.template, asdict(_PROBE))
    except (GlyphsMissing, LetterIncomplete, UnknownTemplate, ValuesDoNotFit, RuntimeError) as error:
        return (*problems, f"自检页印不出来：{error!r}。请检查字体文件夹和安装是否完整。")
    took = perf_counter() - started
    if not pdf.startswith(b"%PDF-"):
        problems.append("自检页不是 PDF。请重新安装 typst。")
    if took > _SLOW:
        problems.append(f"印一页用了 {took:.1f} 秒，太慢。请检查机器负载和字体文件夹所在的磁盘。")
    return tuple(problems)


def describe(documents: TypstDocuments) -> tuple[str, ...]:
    """Return the fonts found, which of them letters are set in, and how many characters they have, one line each."""
    faces = [
        f"字体 {face.family}：{len(face.characters):,} 个字符（{face.path.name}）"
        for face in documents.coverage.faces
    ]
    roles = {"title": "标题", "body": "正文", "heading": "黑体小标题"}
    set_in = [f"{name}用 {documents.families[role][0]}" for role, name in roles.items()]
    blocks = []
    for name, block in BLOCKS.items():
        have, total = documents.coverage.count(block)
        blocks.append(f"{name}汉字：{have:,} / {total:,}")
    return (*faces, "，".join(set_in), *blocks)
