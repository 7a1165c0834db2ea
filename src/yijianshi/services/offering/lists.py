"""A list of those entitled as a unit has it (名单): read from a spreadsheet or CSV, every number checked before anything is kept."""

from collections.abc import Iterator

from yijianshi.domain.codes import is_citizen_number, is_credit_code

from ..lists.tables import ListNotRead, cells_of
from ..ports import Listed

_NUMBERS = {
    "person": ("公民身份号码", "身份证号码", "身份证号", "居民身份证号码", "证件号码"),
    "enterprise": ("统一社会信用代码", "信用代码"),
}
_NAMES = {"person": ("姓名", "名字"), "enterprise": ("企业名称", "单位名称", "名称")}
MOST_BYTES = 2 * 1024 * 1024
_MOST_NAMED = 10


def read_people(name: str, content: bytes, *, kind: str) -> tuple[Listed, ...]:
    """
    Return everybody on a list, each number once.

    :param kind: person or enterprise.
    :raises ListNotRead: if it cannot be read, has no such columns, or a number is wrong; a row is named, never a number.
    """
    if len(content) > MOST_BYTES:
        raise ListNotRead(f"{name} 太大；一次最多 {MOST_BYTES // 1024 // 1024} MB，请拆成几份")
    rows = cells_of(name, content)
    for at, heads in enumerate(rows[:20]):
        number, called = _column(heads, _NUMBERS[kind]), _column(heads, _NAMES[kind])
        if number is not None and called is not None:
            return _people(rows[at + 1 :], number, called, kind=kind, first=at + 2)
    raise ListNotRead(f"{name} 里没有“{_NUMBERS[kind][0]}”和“{_NAMES[kind][0]}”两列；请写上表头再传")


def _column(heads: list[str], known: tuple[str, ...]) -> int | None:
    return next((n for n, head in enumerate(heads) if head in known), None)


def _people(rows: list[list[str]], number: int, called: int, *, kind: str, first: int) -> tuple[Listed, ...]:
    found: dict[str, Listed] = {}
    wrong = []
    for row, one in _filled(rows, number, called, first=first):
        right = is_credit_code(one.number) if kind == "enterprise" else is_citizen_number(one.number)
        if not right or not one.name:
            wrong.append(row)
        found[one.number] = one
    if wrong:
        more = f"等 {len(wrong)} 行" if len(wrong) > _MOST_NAMED else ""
        named = "、".join(str(row) for row in wrong[:_MOST_NAMED])
        raise ListNotRead(
            f"第 {named} 行{more}的号码或者姓名不对；号码那一列请设成文本，核对后再传，这次没有发出"
        )
    if not found:
        raise ListNotRead("名单有表头，但下面没有内容")
    return tuple(found.values())


def _filled(rows: list[list[str]], number: int, called: int, *, first: int) -> Iterator[tuple[int, Listed]]:
    for at, row in enumerate(rows, start=first):
        cells = [*row, *[""] * (max(number, called) + 1 - len(row))]
        if cells[number] or cells[called]:
            yield at, Listed(cells[number].replace(" ", "").upper(), cells[called])
