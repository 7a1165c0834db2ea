"""The ground of a benchmark: its own database server, the platform served as in production, machine clients."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yijianshi.integrations.embedded_postgres import EmbeddedPostgres

HOME = "320106"
DEPARTMENTS = ("market-regulation", "fire-rescue", "urban-management", "housing-construction")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a benchmark stands on."""

    postgres: EmbeddedPostgres
    folder: Path


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """Give a fresh database server with everything migrated; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="yijianshi-bench-"))
    settings = {
        "shared_preload_libraries": "pg_stat_statements",
        "pg_stat_statements.track": "top",
        "shared_buffers": "256MB",
    }
    try:
        with EmbeddedPostgres(folder / "postgres", settings=settings) as server:
            os.environ["YIJIANSHI_DATA"] = str(folder)
            os.environ["YIJIANSHI_PROFILE"] = "demo"
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.project.settings")
            import django
            from django.core.management import call_command

            django.setup(set_prefix=False)
            call_command("migrate", interactive=False, verbosity=0)
            yield Ground(server, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish_load() -> tuple[str, list[str]]:
    """Publish the one-thing of the life W: 4 items of 4 departments, 40 fields; return its code and elements."""
    from yijianshi.domain.catalogue import Bundle, Catalogue, Field, Limit, Result, ServiceItem
    from yijianshi.domain.definitions import Basis, DataElement, Kind
    from yijianshi.services.catalogue.published import publish
    from yijianshi.services.catalogue.reading import shipped_catalogue
    from yijianshi.services.outside import outside

    shipped = shipped_catalogue()
    elements: dict[Any, DataElement] = {
        f"field-{n:02}": DataElement(
            code=f"field-{n:02}",  # type: ignore[arg-type]
            name=f"第 {n} 项",
            kind=Kind.INT if n % 4 == 0 else Kind.STRING,
            group="内容",
        )
        for n in range(40)
    }
    items = tuple(
        ServiceItem(
            code=f"item-{n}",  # type: ignore[arg-type]
            name=f"事项 {n}",
            department=department,  # type: ignore[arg-type]
            type="行政许可",
            type_code="01",
            basis=(Basis(title="行政许可法"),),
            limit=Limit(statutory=20, promised=5),
            result=Result(name="决定"),
            fields=tuple(Field(element=code) for code in elements),
        )
        for n, department in enumerate(DEPARTMENTS)
    )
    load = Bundle(
        code="load",  # type: ignore[arg-type]
        name="负载",
        audience="enterprise",
        lead_department=DEPARTMENTS[0],  # type: ignore[arg-type]
        items=items,
    )
    catalogue = Catalogue(
        bundles={load.code: load},
        elements=elements,
        materials={},
        resources={},
        departments=shipped.departments,
        licences={},
        divisions=shipped.divisions,
    )
    publish(
        catalogue, bundle=load.code, division="320000", valid_from=date(2026, 1, 1), at=outside().clock.now()
    )  # type: ignore[arg-type]
    return load.code, list(elements)


def tokens() -> dict[str, str]:
    """Return tokens for the filer, the coordinator and the four departments' reviewers."""
    from yijianshi.domain.rights import Act, Role
    from yijianshi.services.outside import outside
    from yijianshi.services.people.clients import create_client

    at = outside().clock.now()
    made = {"filer": create_client(name="bench", posts=(), scopes=(Act.FILE,), days=1, at=at)}
    lead = ((Role.COORDINATOR, f"{DEPARTMENTS[0]}@{HOME}"),)
    made["lead"] = create_client(name="bench", posts=lead, scopes=(Act.RELEASE,), days=1, at=at)
    for n, department in enumerate(DEPARTMENTS):
        posts = ((Role.REVIEWER, f"{department}@{HOME}"),)
        made[f"item-{n}"] = create_client(name="bench", posts=posts, scopes=(Act.DECIDE,), days=1, at=at)
    return made


@contextlib.contextmanager
def served(*, worker: bool = True) -> Iterator[tuple[int, list[int]]]:
    """Serve the platform; give its port and the process ids of the web server and the worker."""
    from yijianshi.project.node import web_server
    from yijianshi.project.node import worker as worker_child

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    children = [web_server(host="127.0.0.1", port=port, workers=2, threads=4)]
    children += [worker_child()] if worker else []
    running = [
        subprocess.Popen(child.command, env={**os.environ, **child.variables}, stdout=sys.stderr)
        for child in children
    ]
    try:
        _wait_for(port)
        yield port, [process.pid for process in running]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the platform did not become ready within 30 s")
