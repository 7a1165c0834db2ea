"""After a publish returns, whatever is asked from then on shows the new edition: page, list and API, in every process."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.project.node import web_server
from yijianshi.services.catalogue.published import publish
from yijianshi.services.catalogue.reading import shipped_catalogue

RESTAURANT, PROVINCE = BundleCode("open-restaurant"), DivisionCode("320000")
READERS = 50
CHANNELS = (
    "/guide/open-restaurant",
    "/guide/open-restaurant?division=320583",
    "/api/v1/catalogue/open-restaurant?division=320106",
    "/all",
)
_WORDING = re.compile(r"试刊第\s*(\d+)\s*期")


@dataclass
class Readers:
    """Fifty people who keep asking; each answer is kept with the moment at which it was asked for."""

    port: int
    seen: list[tuple[str, float, int]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def read_on(self, channel: str) -> None:
        while not self.over.is_set():
            begun = time.monotonic()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{channel}", timeout=60) as answer:
                    found = _WORDING.search(answer.read().decode())
            except ConnectionError:  # a busy server may hang up; who gets no answer gets no old one either
                continue
            except OSError as trouble:
                self.troubles.append(f"{channel}: {trouble}")
                continue
            self.seen.append((channel, begun, int(found.group(1)) if found else 0))

    @contextmanager
    def asking(self) -> Iterator[None]:
        threads = [
            threading.Thread(target=self.read_on, args=(CHANNELS[n % len(CHANNELS)],)) for n in range(READERS)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()


@contextmanager
def two_processes(folder: Path) -> Iterator[int]:
    """Serve the platform on the test database by two processes of two threads each."""
    settings = connection.settings_dict
    address = make_conninfo(
        dbname=settings["NAME"], user=settings["USER"], password=settings["PASSWORD"], host=settings["HOST"],
        port=settings["PORT"] or None,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = web_server(host="127.0.0.1", port=port, workers=2, threads=2)
    wanted = {
        "DATABASE_URL": address,
        "YIJIANSHI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "yijianshi.project.settings",
    }
    variables = {**os.environ, **child.variables, **wanted}
    gather = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(gather, env=variables, check=True)
    running = subprocess.Popen(child.command, env=variables, stdout=sys.stderr)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/guide/open-restaurant", timeout=20).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(20)


def publish_issue(number: int) -> float:
    """Publish the restaurant with a wording of its own; return the moment at which the call had returned."""
    catalogue = shipped_catalogue()
    bundle = replace(catalogue.bundles[RESTAURANT], plain_name=f"餐饮店试刊第{number}期")
    changed = replace(catalogue, bundles={**catalogue.bundles, RESTAURANT: bundle})
    publish(changed, bundle=RESTAURANT, division=PROVINCE, valid_from=date(2026, 1, 1), at=NODE_CLOCK.now())
    return time.monotonic()


@pytest.mark.clause("S1.1", "S1.2")
@pytest.mark.parametrize("issues", [1, pytest.param(25, marks=pytest.mark.slow)])
def test_nobody_who_asks_after_a_publish_has_returned_sees_an_older_edition(
    issues: int, seeded: None, transactional_db: None, tmp_path: Path
) -> None:
    returned = {0: 0.0, 1: publish_issue(1)}
    with two_processes(tmp_path) as port:
        readers = Readers(port)
        with readers.asking():
            for number in range(2, issues + 1):
                time.sleep(1)
                returned[number] = publish_issue(number)
            deadline = time.monotonic() + 90
            while time.monotonic() < deadline and not all(
                any(c == channel and n == issues for c, _, n in readers.seen) for channel in CHANNELS
            ):
                time.sleep(0.2)
    assert readers.troubles == []
    behind = [
        (channel, number)
        for channel, begun, number in readers.seen
        if number < max(n for n, at in returned.items() if at <= begun)
    ]
    assert behind == []
    assert {channel for channel, _, number in readers.seen if number == issues} == set(CHANNELS)
    assert len(readers.seen) > READERS
