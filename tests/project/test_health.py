"""A node says whether it lives and whether it may be given work, to whoever asks and without a session."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory

from yijianshi.project.clock import NodeClock
from yijianshi.project.health import obstacles
from yijianshi.project.machines import MachineHandler, by_path


def asked(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the application as the web server would."""
    answer: dict[str, Any] = {}

    def start_response(status: str, sent: list[tuple[str, str]]) -> None:
        answer["status"], answer["headers"] = int(status.split()[0]), dict(sent)

    application = by_path(people=WSGIHandler(), machines=MachineHandler())
    body = b"".join(application(RequestFactory().get(path, **headers).environ, start_response))
    return answer["status"], answer["headers"], body


@pytest.mark.django_db(transaction=True)
def test_a_living_node_says_so_without_asking_the_database() -> None:
    status, headers, body = asked("/healthz")
    assert (status, body) == (200, b'{"alive": true}')
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db(transaction=True)
def test_a_node_with_everything_in_place_is_ready() -> None:
    status, headers, body = asked("/readyz")
    assert (status, json.loads(body)) == (200, {"ready": True, "problems": []})
    assert headers["Content-Length"] == str(len(body))
    assert "Set-Cookie" not in headers


@pytest.mark.django_db
def test_a_node_whose_clock_is_off_is_not_ready() -> None:
    wrong = NodeClock(of_database=lambda: datetime.now(UTC) + timedelta(seconds=6))
    assert "校时" in obstacles(wrong)[0]


@pytest.mark.django_db
def test_a_database_without_chinese_search_is_not_ready() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
    assert "汉字" in obstacles(NodeClock())[0]


@pytest.mark.django_db
def test_pages_of_people_carry_a_strict_content_policy() -> None:
    answer = Client().get("/no-such-page")
    assert answer.status_code == 404
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_closed_is_noticed_on_the_short_way() -> None:
    assert asked("/readyz")[0] == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone() or (0,)
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    assert asked("/readyz")[0] == 200
