"""Every operation of the API for every machine, as `api.yaml` says: with its scope, without it, with no token that holds."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin
from uuid import UUID, uuid4

import msgspec
import pytest
import yaml

from tests.rights.asking import Answered, Asking, without_what_passes
from tests.rights.entries import API, FOLDER
from tests.rights.things.machines import MACHINES, token
from tests.rights.world import World
from yijianshi.api.v1 import urls
from yijianshi.api.v1.endpoints import ENDPOINTS, Endpoint
from yijianshi.domain.rights import Act
from yijianshi.services.people import clients

assert urls.MODULES, "the modules of the API register their operations"
OPERATIONS = {one.name: one for one in ENDPOINTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of api.yaml."""

    name: str
    method: str
    scope: str
    allowed: Any
    about: dict[str, str] = field(default_factory=dict)
    sends: dict[str, Any] = field(default_factory=dict)
    why: str = ""

    @property
    def may(self) -> frozenset[str]:
        return frozenset(MACHINES) if self.allowed == "anyone" else frozenset(self.allowed)


LINES = [Line(**line) for line in yaml.safe_load((FOLDER / f"{API}.yaml").read_text())]
WITH_TOKEN = [line for line in LINES if line.scope != "none"]


class Machines:
    """The machines of the town, speaking to the API."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._asking = Asking(world)
        clients._known_revoked["until"] = 0.0

    def ask(self, line: Line, token: str, *, method: str = "", not_there: bool = False) -> Answered:
        one = OPERATIONS[line.name]
        headers = {"Idempotency-Key": uuid4().hex} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = self._body(one, line)
        address = self._address(one, line, not_there=not_there)
        return self._asking.ask("", method or line.method, address, body, kind="application/json", **headers)

    def _address(self, one: Endpoint, line: Line, *, not_there: bool) -> str:
        things = self.world.things

        def value(found: re.Match[str]) -> str:
            kind, name = found.groups()
            return str(uuid4() if not_there and kind == "uuid" else things[line.about.get(name, name)])

        return "/api/v1/" + re.sub(r"<(\w+):(\w+)>", value, one.route)

    def _body(self, one: Endpoint, line: Line) -> bytes:
        if one.takes is None:
            return b"%PDF-1.4" if one.binary else b""
        sends = {
            name: self.world.things.get(v, v) if isinstance(v, str) else v for name, v in line.sends.items()
        }
        return msgspec.json.encode(_sample(one.takes) | sends)


def _sample(kind: Any) -> Any:
    """Return the least that a body of a kind must hold."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {one.encode_name: _sample(one.type) for one in msgspec.structs.fields(kind) if one.required}
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if get_origin(kind) is list:
        return []
    return {str: "x", int: 1, UUID: str(uuid4()), bool: False}.get(kind, "x")


@pytest.fixture
def machines(world: World, db: None) -> Machines:
    return Machines(world)


@pytest.mark.clause("C5.1")
def test_every_operation_is_written_down() -> None:
    written = {line.name: line for line in LINES}
    missing = [
        f"- {{name: {one.name}, method: {one.method}, scope: read_case, allowed: [reviewer]}}"
        for one in ENDPOINTS
        if one.name not in written
    ]
    assert not missing, "写进 tests/rights/api.yaml（scope、allowed 改成实际的）：\n" + "\n".join(missing)
    assert not set(written) - set(OPERATIONS), "these are gone"
    for one in ENDPOINTS:
        assert written[one.name].method == one.method, one.name
        assert one.public == (written[one.name].scope == "none"), one.name
        assert one.public or written[one.name].scope in set(Act), one.name


@pytest.mark.clause("C5.1")
@pytest.mark.parametrize("line", WITH_TOKEN, ids=lambda line: line.name)
def test_which_machine_may(line: Line, machines: Machines) -> None:
    for column in MACHINES:
        answered = machines.ask(line, machines.world.things[f"token_{column}"])
        if column in line.may:
            assert answered.status not in (401, 403, 404), (column, answered)
            assert answered.status < 500, (column, answered)
        else:
            assert (answered.status, _kept(answered)) == (404, []), (column, answered)
            other = machines.ask(line, machines.world.things[f"token_{column}"], not_there=True)
            assert (other.status, other.body) == (404, answered.body), (column, other)


@pytest.mark.clause("C5.1")
@pytest.mark.parametrize("line", WITH_TOKEN, ids=lambda line: line.name)
def test_no_machine_goes_beyond_its_token(line: Line, machines: Machines) -> None:
    others = tuple(act for act in Act if act != line.scope)
    things = machines.world.things
    for column in sorted(line.may):
        answered = machines.ask(line, token(machines.world, column, others))
        assert answered.status == 404, (column, answered)
    for bad in (
        "",
        "nonsense",
        things["token_expired"],
        things["token_revoked"],
        things["token_reviewer"][:-2],
    ):
        answered = machines.ask(line, bad)
        assert (answered.status, answered.written) == (401, ()), (bad[:12], answered)
    for method in {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"} - _methods_at(line):
        answered = machines.ask(line, things["token_other_reviewer"], method=method)
        assert answered.status == 405, (method, answered)
        other = machines.ask(line, things["token_other_reviewer"], method=method, not_there=True)
        assert without_what_passes(other.body) == without_what_passes(answered.body)


def _kept(answered: Answered) -> list[str]:
    """Return into what a refused call has written; its key is taken back with everything else."""
    return [table for table in answered.written if table != "cases_idempotencyrow"]


def _methods_at(line: Line) -> set[str]:
    return {one.method for one in ENDPOINTS if one.route == OPERATIONS[line.name].route}
