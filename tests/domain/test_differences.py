"""Nothing changes unsaid: whatever differs between two editions is told, item by item, with what it means for people."""

from dataclasses import fields, replace
from typing import Any

import pytest

from tests.domain.specimens import shipped
from yijianshi.domain.catalogue import (
    Bundle,
    CommitmentOffer,
    Fee,
    Limit,
    Question,
    Result,
    ServiceItem,
    StopReason,
)
from yijianshi.domain.coapplicants import CoApplicant
from yijianshi.domain.codes import BundleCode, DepartmentCode, ElementCode, ItemCode
from yijianshi.domain.definitions import Basis
from yijianshi.domain.differences import Difference, Effect, by_item, differences, worsenings
from yijianshi.domain.editions import Edition

pytestmark = pytest.mark.clause("C1.4", "S1.2")

RESTAURANT = shipped(BundleCode("open-restaurant"))
SIGN = ItemCode("signage-permit")


def with_item(change: Any, code: ItemCode = SIGN) -> Edition:
    items = tuple(change(item) if item.code == code else item for item in RESTAURANT.bundle.items)
    return replace(RESTAURANT, bundle=replace(RESTAURANT.bundle, items=items))


def told(after: Edition) -> list[str]:
    return [str(one) for one in differences(RESTAURANT, after)]


def test_the_same_edition_does_not_differ() -> None:
    assert differences(RESTAURANT, RESTAURANT) == ()


@pytest.mark.parametrize(
    ("change", "said", "effect"),
    [
        (lambda i: replace(i, limit=replace(i.limit, promised=2)), "户外招牌：承诺 3 → 2 个工作日", Effect.BETTER),
        (lambda i: replace(i, limit=replace(i.limit, promised=5)), "户外招牌：承诺 3 → 5 个工作日", Effect.WORSE),
        (lambda i: replace(i, limit=replace(i.limit, promised=None)), "户外招牌：不再有承诺（原 3 个工作日）", Effect.WORSE),
        (lambda i: replace(i, limit=replace(i.limit, unit="calendar", statutory=None, promised=4)), "户外招牌：承诺 3 个工作日 → 4 天", Effect.BETTER),
        (lambda i: replace(i, materials=i.materials[:-1]), "户外招牌：不再要求 招牌设置场地使用证明", Effect.BETTER),
        (lambda i: replace(i, fields=i.fields[:-1]), "户外招牌：不再问 招牌施工单位", Effect.BETTER),
        (lambda i: replace(i, fee=Fee(charged="yes")), "户外招牌：不收费 → 收费", Effect.WORSE),
        (lambda i: replace(i, commitment=CommitmentOffer()), "户外招牌：不再能告知承诺办理", Effect.WORSE),
        (lambda i: replace(i, public_notice_days=7), "户外招牌：公示 0 → 7 天", Effect.WORSE),
        (lambda i: replace(i, applies_if=None), "户外招牌：适用情形 “设置户外招牌或大型户外广告吗”答“是” → 任何情形", Effect.UNCLEAR),
        (lambda i: replace(i, stop_reasons=(StopReason(code="x", name="鉴定", basis=Basis(title="条例")),)), "户外招牌：新增停止计时的情形：鉴定", Effect.WORSE),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words_with_what_it_means(change: Any, said: str, effect: Effect) -> None:
    found = {str(one): one.effect for one in differences(RESTAURANT, with_item(change))}
    assert said in found
    assert found[said] is effect


def test_what_is_new_and_what_is_gone_is_said_of_the_whole() -> None:
    bundle = RESTAURANT.bundle
    more = replace(
        bundle, questions=(*bundle.questions, Question(key="x", text="有露天座位吗？", type="bool"))
    )
    assert "开办餐饮店：新增问题“有露天座位吗？”" in told(replace(RESTAURANT, bundle=more))
    fewer = replace(bundle, items=bundle.items[:-1], questions=bundle.questions[1:])
    said = told(replace(RESTAURANT, bundle=fewer))
    assert f"{bundle.items[-1].plain_name}：不再包含这个事项" in said
    assert f"开办餐饮店：不再问“{bundle.questions[0].text}”" in said


_OTHER: dict[str, Any] = {
    "str": "改过", "bool": True, "basis": (), "limit": Limit(promised=1), "result": Result(name="别的"),
    "fee": Fee(charged="unknown"), "commitment": CommitmentOffer(allowed=True, reason="改过"), "certainty": {},
    "public_notice_days": 3, "regulator": DepartmentCode("fire-rescue"), "department": DepartmentCode("fire-rescue"),
    "division_from": ElementCode("premises-address"), "applies_if": {"eq": ["sells-tobacco", True]},
    "depends_on": (), "depends_on_any": (ItemCode("licence-check"),), "after": (ItemCode("licence-check"),),
    "special_procedures": ("听证",), "stop_reasons": (StopReason(code="x", name="鉴定", basis=Basis(title="条例")),),
    "materials": (), "fields": (), "checklist": (),
}  # fmt: skip


@pytest.mark.parametrize("name", [f.name for f in fields(ServiceItem) if f.name not in ("code", "visits")])
def test_whatever_is_changed_about_an_item_is_told(name: str) -> None:
    def change(item: ServiceItem) -> ServiceItem:
        was = getattr(item, name)
        other = _OTHER.get(name, (not was) if isinstance(was, bool) else "改过")
        assert other != was, name
        return replace(item, **{name: other})

    assert differences(RESTAURANT, with_item(change)), name


@pytest.mark.parametrize("name", [f.name for f in fields(Bundle) if f.name not in ("code", "items")])
def test_whatever_is_changed_about_the_whole_is_told(name: str) -> None:
    others = {
        "lead_department": "fire-rescue", "keywords": (), "cooperating_departments": (), "promised_total": Limit(promised=3),
        "params": {}, "questions": (), "preconditions": ("x",), "rules": ("x",), "role_hints": (), "certainty": {},
        "co_applicants": (
            CoApplicant(code="other", name="另一方", name_element=ElementCode("other-name"), number_element=ElementCode("other-number")),
        ),
    }  # fmt: skip
    changed = replace(RESTAURANT, bundle=replace(RESTAURANT.bundle, **{name: others.get(name, "改过")}))
    assert differences(RESTAURANT, changed), name


def test_differences_stand_under_what_they_are_about() -> None:
    found = differences(RESTAURANT, with_item(lambda i: replace(i, short="招牌", conditions="改过")))
    assert list(by_item(found)) == ["招牌"]


def test_only_what_is_better_or_neutral_may_differ_from_a_standard() -> None:
    found = [Difference(None, "x", "y", effect) for effect in Effect]
    assert {one.effect for one in worsenings(found)} == {Effect.WORSE, Effect.UNCLEAR}
