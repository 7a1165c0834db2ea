"""
Whether what the rules and prerequisites demand can be met at all by some choice of items (选择能不能成立).
"""

from collections.abc import Collection, Iterator

from yijianshi.domain.catalogue import Bundle, Rule, ServiceItem
from yijianshi.domain.codes import ItemCode

from .findings import Place, Remark
from .possibility import Possibility

_ALL_TOGETHER = ("together", "tied-by-law")


def choosing_remarks(bundle: Bundle, possibility: Possibility) -> Iterator[Remark]:
    """Yield a remark for every prerequisite and rule that no choice of items can satisfy."""
    items = {item.code: item for item in bundle.items}
    for item in bundle.items:
        place: Place = ("bundles", bundle.code, "items", item.code)
        yield from _prerequisites(item, place, bundle, items, possibility)
    for at, rule in enumerate(bundle.rules):
        yield from _rule(rule, ("bundles", bundle.code, "rules", at), bundle, items, possibility)
    yield from _default_choice(bundle)


def _prerequisites(
    item: ServiceItem,
    place: Place,
    bundle: Bundle,
    items: dict[ItemCode, ServiceItem],
    possibility: Possibility,
) -> Iterator[Remark]:
    if item.deferred:
        return
    for code in item.depends_on:
        why = _out_of_reach(item, items.get(code), bundle, possibility)
        if why:
            message = f"“{item.plain_name}”要等“{items[code].plain_name}”，{why}"
            yield Remark(
                "unmeetable-prerequisite",
                (*place, "depends_on", code),
                message,
                "去掉这个前置，或给前置的结果写 licence，让已经持有的人也能办",
            )
    reasons = [_out_of_reach(item, items.get(code), bundle, possibility) for code in item.depends_on_any]
    if reasons and all(reasons):
        message = f"“{item.plain_name}”要先办其中一项，没有一项办得成"
        yield Remark(
            "unmeetable-prerequisite", (*place, "depends_on_any"), message, "补上办得成的一项，或去掉这个前置"
        )


def _out_of_reach(
    item: ServiceItem, prior: ServiceItem | None, bundle: Bundle, possibility: Possibility
) -> str:
    """Return why the result of `prior` can never be there when `item` needs it, or nothing if it can."""
    if prior is None or prior.result.licence is not None:
        return ""
    if prior.deferred:
        return "它现在不能申请，也没有可以已经持有的证照"
    if prior.applies_if is not None and not possibility.of(prior.applies_if):
        return "它在什么情形下都办不了"
    if any(rule.kind == "exclusive" and {item.code, prior.code} <= {*rule.items} for rule in bundle.rules):
        return "两项又只能选一项"
    return ""


def _rule(
    rule: Rule, place: Place, bundle: Bundle, items: dict[ItemCode, ServiceItem], possibility: Possibility
) -> Iterator[Remark]:
    known = [items[code] for code in rule.items if code in items]
    open_ = [i for i in known if not i.deferred and (i.applies_if is None or possibility.of(i.applies_if))]
    most = len(rule.items) if rule.max is None else rule.max
    names = "、".join(f"“{item.plain_name}”" for item in known)
    clash = _clash(rule.items, bundle)
    if rule.kind == "choose":
        reachable = len(open_) - max((n - 1 for n in _exclusive_within(rule.items, bundle)), default=0)
        if rule.min > most:
            message = f"{names}至少要选 {rule.min} 项，又最多只能选 {most} 项"
            yield Remark("rule-never-met", place, message, "改 min 或 max")
        elif rule.min > reachable:
            message = f"{names}至少要选 {rule.min} 项，能选的最多 {reachable} 项"
            yield Remark("rule-never-met", place, message, "改 min，或补上事项")
        elif rule.min == 0 and most >= len(rule.items):
            yield Remark("rule-without-effect", place, f"{names}怎么选都可以", "写上 min 或 max，或删去")
    elif rule.kind in _ALL_TOGETHER and len(rule.items) > 1 and (clash or len(open_) < len(known)):
        shut = "、".join(f"“{item.plain_name}”" for item in known if item not in open_)
        why = f"其中{shut}永远选不了" if shut else f"其中{clash}又只能选一项"
        yield Remark("rule-never-met", place, f"{names}要一起办，{why}", "改正 items，或去掉另一条规则")
    if rule.kind != "choose" and len({*rule.items}) < 2:
        message = f"规则只写了 {len({*rule.items})} 个事项，不起作用"
        yield Remark("rule-without-effect", place, message, "写上两个以上的事项，或删去")


def _clash(together: Collection[ItemCode], bundle: Bundle) -> str:
    """Return the items of `together` of which another rule allows only one, as words."""
    for rule in bundle.rules:
        if rule.kind == "exclusive":
            both = [code for code in rule.items if code in together]
            if len(both) > 1:
                return "、".join(both)
    return ""


def _exclusive_within(codes: Collection[ItemCode], bundle: Bundle) -> list[int]:
    return [
        len(within)
        for rule in bundle.rules
        if rule.kind == "exclusive" and len(within := {*rule.items} & {*codes}) > 1
    ]


def _default_choice(bundle: Bundle) -> Iterator[Remark]:
    default = {item.code for item in bundle.items if item.default_selected and not item.deferred}
    names = {item.code: item.plain_name for item in bundle.items}
    for at, rule in enumerate(bundle.rules):
        picked = [code for code in rule.items if code in default]
        most = 1 if rule.kind == "exclusive" else rule.max if rule.kind == "choose" else None
        if most is not None and len(picked) > most:
            said = "、".join(f"“{names[code]}”" for code in picked)
            message = f"默认勾选了{said}，规则却最多只许 {most} 项"
            place: Place = ("bundles", bundle.code, "rules", at)
            yield Remark("default-choice-refused", place, message, "改 default_selected 或规则")
