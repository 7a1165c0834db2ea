"""The life of a case driven over HTTP by machines, with tokens and keys."""

import json
from typing import Any

import pytest
from django.test import Client as HttpClient

from tests.cast import PAPER, answers_for
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.drafts import fill_form
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.domain.rights import Act, Role
from yijianshi.domain.workdays import legal_day
from yijianshi.integrations.population import build_population
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.catalogue.published import current
from yijianshi.services.outside import outside
from yijianshi.services.people.clients import create_client
from yijianshi.services.working import drain

pytestmark = pytest.mark.django_db

ITEMS = ["licence-check", "food-business-permit", "signage-permit"]
SITUATION = {"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False}


@pytest.fixture
def at() -> Any:
    return NODE_CLOCK.now()


class Machine:
    """A machine client with its token."""

    def __init__(self, *scopes: Act, posts: tuple[tuple[Role, str], ...] = (), at: Any) -> None:
        token = create_client(name="测试系统", posts=posts, scopes=scopes, days=30, at=at)
        self.http = HttpClient(headers={"authorization": f"Bearer {token}"})

    def post(self, path: str, body: Any, *, key: str = "") -> Any:
        headers = {"idempotency-key": key} if key else {}
        return self.http.post(
            f"/api/v1/{path}",
            json.dumps(body, ensure_ascii=False),
            content_type="application/json",
            headers=headers,
        )

    def get(self, path: str) -> Any:
        return self.http.get(f"/api/v1/{path}")


def portal(at: Any) -> Machine:
    return Machine(Act.FILE, Act.READ_SUBMISSION, Act.CORRECT, at=at)


def desk(department: str, at: Any, role: Role = Role.REVIEWER) -> Machine:
    scopes = (Act.READ_CASE, Act.DECIDE, Act.SUSPEND, Act.REMARK, Act.RELEASE, Act.READ_SUBMISSION)
    return Machine(*scopes, posts=((role, f"{department}@320106"),), at=at)


def application(machine: Machine) -> dict[str, Any]:
    population = build_population(on=legal_day(NODE_CLOCK.now()))
    wang = next(p for p in population.people if p.name == "王芳")
    hewei = next(e for e in population.enterprises if e.legal_representative == wang.number)
    edition = current("open-restaurant", "320106", legal_day(NODE_CLOCK.now())).edition
    plan = make_plan(
        edition, Situation(items=tuple(ItemCode(i) for i in ITEMS), answers=SITUATION), strict=False
    )
    sent = machine.http.post(
        "/api/v1/materials", PAPER, content_type="application/octet-stream", headers={"x-filename": "a.pdf"}
    )
    assert sent.status_code == 201, sent.content.decode()
    uploads = {m.material: sent.json()["sha256"] for m in plan.materials if m.way == "upload"}
    form = fill_form(plan, {})
    asked = {f.element for f in plan.fields if f.way == "asked"} | {f.element for f in edition.common_fields}
    answers = {code: v for code, v in answers_for(form, edition).items() if code in asked}
    return {
        "bundle": "open-restaurant",
        "division": "320106",
        "items": ITEMS,
        "applicant": {
            "kind": "enterprise",
            "number": hewei.uscc,
            "name": hewei.name,
            "acting_person": wang.number,
        },
        "situation": SITUATION,
        "answers": answers,
        "materials": uploads,
    }


@pytest.mark.clause("C2.3")
def test_a_restaurant_is_filed_released_and_decided_over_http(at: Any) -> None:
    filer = portal(at)
    body = application(filer)
    filed = filer.post("submissions", body, key="key-0001")
    assert filed.status_code == 201, filed.content.decode()
    submission = filed.json()["submission"]
    again = filer.post("submissions", body, key="key-0001")
    assert again.json() == filed.json()
    assert again.headers["Idempotent-Replay"] == "true"

    lead = desk("market-regulation", at, Role.COORDINATOR)
    released = lead.post(f"submissions/{submission}/release", {}, key="key-0002")
    assert released.status_code == 200, released.content.decode()
    drain(at=outside().clock.now())

    seen = filer.get(f"submissions/{submission}").json()
    by_item = {case["item"]: case for case in seen["cases"]}
    assert by_item["licence-check"]["state"] == "granted"
    assert by_item["food-business-permit"]["state"] == "accepted"

    food = desk("market-regulation", at)
    case = by_item["food-business-permit"]["id"]
    assert set(food.get(f"cases/{case}").json()["values"]) >= {"seat-count", "premises-address"}
    granted = food.post(f"cases/{case}/decision", {"action": "grant"}, key="key-0003")
    assert granted.status_code == 200, granted.content.decode()
    assert granted.json()["result_number"]
    repeated = food.post(f"cases/{case}/decision", {"action": "grant"}, key="key-0003")
    assert repeated.json() == granted.json()
    late = food.post(f"cases/{case}/decision", {"action": "grant"}, key="key-0004")
    assert late.status_code == 409
    assert "已办结" in late.json()["detail"]

    sign = by_item["signage-permit"]["id"]
    stranger = food.post(f"cases/{sign}/decision", {"action": "grant"}, key="key-0005")
    assert stranger.status_code == 404
    refused = desk("urban-management", at).post(
        f"cases/{sign}/decision", {"action": "refuse"}, key="key-0006"
    )
    assert refused.status_code == 422
    assert "理由" in refused.json()["detail"]


def test_what_is_missing_is_told_field_by_field(at: Any) -> None:
    filer = portal(at)
    body = application(filer)
    del body["answers"]["seat-count"]
    body["answers"]["food-safety-manager-id-number"] = "110105194912310021"
    refused = filer.post("submissions", body, key="key-0101")
    assert refused.status_code == 422
    assert {error["field"] for error in refused.json()["errors"]} == {
        "seat-count",
        "food-safety-manager-id-number",
    }


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"bundle": "open-moon"}, 404, "unknown-bundle"),
        ({"items": ["fly"]}, 400, "unknown-item"),
        ({"items": ["signage-permit"]}, 422, "choice-not-allowed"),
        ({"answers": {"enterprise-name": "另一家公司"}}, 422, "tampered-value"),
        ({"strange": 1}, 422, "malformed"),
    ],
)
def test_bad_input_is_refused_with_a_reason(at: Any, change: dict[str, Any], status: int, code: str) -> None:
    filer = portal(at)
    body = application(filer)
    body["answers"] |= change.pop("answers", {})
    refused = filer.post("submissions", body | change, key="key-0201")
    assert (refused.status_code, refused.json()["type"]) == (status, f"urn:yijianshi:{code}"), refused.json()
    assert refused.json()["detail"]


def test_without_a_token_nothing_is_done(at: Any) -> None:
    answer = HttpClient().post("/api/v1/submissions", "{}", content_type="application/json")
    assert answer.status_code == 401


def test_the_document_describes_every_operation(at: Any) -> None:
    document = HttpClient().get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert "/api/v1/cases/{case}/decision" in document["paths"]


def test_the_plan_of_a_situation_is_open_to_everybody(at: Any) -> None:
    body = {"division": "320106", "items": ITEMS, "answers": {**SITUATION, "element:by-agent": False}}
    answer = HttpClient().post(
        "/api/v1/catalogue/open-restaurant/plan", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["fields"]["merged"] == 33
