"""
`bin/trial --only pages`: how long the server needs for each page of a citizen with a hundred thousand stored cases.

Each request goes through the whole WSGI application, without a network; pages are asked for in turn, so that a moment in
which the machine was busy with something else falls on all of them. Waiting for the database is in the milliseconds and
not in the CPU.
"""

import io
import math
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from .ground import ground
from .reads import _fill

CASES, ROUNDS, WARM = 100_000, 60, 3
#: What a citizen may wait for the server at most, nineteen times out of twenty.
MOST_MS = 60
GUIDE = "/guide/open-restaurant?venue-area=120&has-signage=true&sells-tobacco=false&discharges-to-sewer=false"
#: Name of the page, who opens it, its address.
PAGES = (
    ("front", "", "/"),
    ("all", "", "/all"),
    ("search", "", "/all?q=开饭店"),
    ("suggestions", "", "/all/suggestions?q=饭店"),
    ("guide", "", GUIDE),
    ("region", "", "/region"),
    ("help", "", "/help"),
    ("login", "", "/login"),
    ("my cases", "wangfang", "/my"),
    ("my case", "wangfang", "/my/{submission}"),
    ("receipt", "wangfang", "/my/{submission}/receipt"),
    ("messages", "wangfang", "/my/messages"),
    ("who looked", "wangfang", "/my/reads"),
    ("materials", "wangfang", "/my/materials"),
    ("account", "wangfang", "/account"),
    ("situation", "wangfang", "/draft/{draft}/situation"),
    ("form", "wangfang", "/draft/{draft}/form/1"),
    ("documents", "wangfang", "/draft/{draft}/materials"),
    ("look through", "wangfang", "/draft/{draft}/review"),
    ("licences", "wangfang", "/my/licences"),
    ("bookings", "wangfang", "/my/bookings"),
    ("to rate", "wangfang", "/my/ratings"),
    ("mandates", "wangfang", "/my/mandates"),
    ("entrust", "wangfang", "/my/mandates/ask"),
    ("own data", "wangfang", "/my/data"),
    ("telling", "wangfang", "/my/telling"),
    ("home visits", "wangfang", "/my/home-visits"),
    ("own code", "wangfang", "/my/code?draft={draft}"),
    ("fees", "wangfang", "/my/{submission}/fees"),
    ("discard", "wangfang", "/draft/{draft}/discard"),
    ("centres", "", "/centres?bundle=open-restaurant"),
    ("centre", "", "/centres/gulou"),
    ("book", "wangfang", "/centres/gulou/book"),
    ("inbox", "chenzhiyuan", "/desk"),
    ("to release", "hemin", "/coordinate"),
    ("supervision", "heli", "/supervise"),
)
#: The pages of officials are measured too; the limit is for citizens.
OF_OFFICIALS = {"inbox", "to release", "supervision"}


def pages() -> dict[str, Any]:
    """Store the cases, ask for every page again and again, and return the figures."""
    with ground():
        from django.db import connection

        from yijianshi.project import seeding, statics

        seeding.seed()
        statics.collect_if_changed()
        things, cookies = _somebodys_own()
        _fill(0, CASES)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        from yijianshi.project.wsgi import application

        took: dict[str, list[tuple[float, float]]] = {name: [] for name, _, _ in PAGES}
        for round_number in range(WARM + ROUNDS):
            for name, login, address in PAGES:
                one = _ask(application, address.format(**things), cookies.get(login, ""))
                if round_number >= WARM:
                    took[name].append(one)
    figures = {name: _figures(times) for name, times in took.items()}
    for name, row in figures.items():
        print(
            f"{name:14} p50 {row['p50_ms']:6.1f} ms   p95 {row['p95_ms']:6.1f} ms   CPU p95 {row['p95_cpu_ms']:6.1f} ms"
        )
    slow = [name for name, row in figures.items() if name not in OF_OFFICIALS and row["p95_ms"] > MOST_MS]
    return {
        "cases": CASES,
        "rounds": ROUNDS,
        "most_ms": MOST_MS,
        "pages": figures,
        "too_slow": slow,
        "passed": not slow,
    }


def _somebodys_own() -> tuple[dict[str, str], dict[str, str]]:
    """File a restaurant and begin another as 王芳; return the keys of both and the cookies of who is signed in."""
    from django.test import Client

    from tests.cast import HOME, RESTAURANT, actor, file_one
    from yijianshi.domain.codes import BundleCode
    from yijianshi.services.applying.start import start_draft
    from yijianshi.services.outside import outside
    from yijianshi.services.working import drain
    from yijianshi.store.accounts.models import Account
    from yijianshi.web.acting import ACTING_FOR

    at = outside().clock.now()
    wang = actor("wangfang", at=at, enterprise=True)
    submission = file_one(wang, at=at)
    drain(at=at)
    draft = start_draft(
        actor=wang, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=at
    )
    cookies = {}
    for login in {login for _, login, _ in PAGES if login}:
        client = Client()
        client.force_login(Account.objects.get(login=login))
        if login == "wangfang":
            session = client.session
            session[ACTING_FOR] = wang.party
            session.save()
        cookies[login] = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"submission": str(submission), "draft": str(draft)}, cookies


def _ask(application: Callable[..., Any], address: str, cookie: str) -> tuple[float, float]:
    """Ask for one page; return the milliseconds until its last byte, and those of CPU in this process."""
    path, _, query = address.partition("?")
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query.encode().decode("latin-1"), "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    started, cpu = time.perf_counter(), time.process_time()
    answer = application(environ, lambda status, headers, problem=None: said.append(status))
    b"".join(answer)
    took = (time.perf_counter() - started) * 1000, (time.process_time() - cpu) * 1000
    if hasattr(answer, "close"):
        answer.close()
    if not said[0].startswith("200"):
        raise SystemExit(f"{address}: {said[0]}")
    return took


def _figures(times: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = ([row[n] for row in times] for n in (0, 1))
    return {
        "p50_ms": round(median(wall), 1),
        "p95_ms": round(_p95(wall), 1),
        "p95_cpu_ms": round(_p95(cpu), 1),
    }


def _p95(values: list[float]) -> float:
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]
