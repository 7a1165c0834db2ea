"""
`bin/trial`: the long trials, whose dated figures are kept in docs/trials/.

Kills: while four machines file without pause, a web worker, the outbox worker or the database is killed with
signal 9, twenty times each. Afterwards every acknowledged submission must be there exactly once, with its cases and
first steps, and the feed must hold every step once and without a gap.

Photographs: some three hundred of drawn papers, read by the real engine; no confirmed field may be wrong.

Pages: how long the server needs for each page of a citizen with 100,000 stored cases.

Tests: those marked slow, among them up to 2^14 choices of items of every one-thing, and properties with 5,000 examples.

Stories: every story at every size, with every page examined on a phone, on a wide screen and with large letters, and
every story once more by keyboard alone.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .ground import _wait_for, publish_load, tokens
from .life import body_of
from .long_tests import long_tests, stories
from .ocr import ocr_trial
from .pages import pages

ROOT = Path(__file__).parent.parent
FILERS = 4


@dataclass
class Ledger:
    """What the platform acknowledged, by the key under which it was asked."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    answers: int = 0
    retries: int = 0
    contradictions: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, key: str, submission: str) -> None:
        with self.lock:
            self.answers += 1
            earlier = self.acknowledged.setdefault(key, submission)
            if earlier != submission:
                self.contradictions.append(key)


def main() -> int:
    """Run the trials and write their figures."""
    parser = argparse.ArgumentParser(prog="bin/trial", description=__doc__)
    parser.add_argument(
        "--only", choices=("kills", "tests", "stories", "ocr", "pages"), help="this trial alone"
    )
    parser.add_argument("--kills", type=int, default=20, help="how often each process is killed, default 20")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--no-figures", action="store_true", help="write nothing to docs/trials/")
    arguments = parser.parse_args()
    trials: dict[str, Callable[[], dict[str, Any]]] = {
        "kills": lambda: _kills_in_a_folder(times=arguments.kills, seed=arguments.seed),
        "tests": long_tests,
        "stories": stories,
        "ocr": ocr_trial,
        "pages": pages,
    }
    passed = True
    for name, trial in trials.items():
        if arguments.only in (None, name):
            started = time.monotonic()
            figures = trial()
            figures["seconds"] = round(time.monotonic() - started)
            print(json.dumps(figures, ensure_ascii=False, indent=1))
            if not arguments.no_figures:
                _keep(name, figures)
            passed = passed and figures["passed"]
    return 0 if passed else 1


def _kills_in_a_folder(*, times: int, seed: int) -> dict[str, Any]:
    random.seed(seed)
    folder = Path(tempfile.mkdtemp(prefix="yijianshi-trial-"))
    try:
        return kills(folder, times=times)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kills(folder: Path, *, times: int) -> dict[str, Any]:
    """Kill each kind of process while submissions come in, and count what is there afterwards."""
    os.environ |= {"YIJIANSHI_DATA": str(folder), "YIJIANSHI_PROFILE": "demo"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.project.settings")
    port = _free_port()
    log = (folder / "trial.log").open("wb")
    platform = subprocess.Popen(
        [sys.executable, "-m", "yijianshi", "demo", "--port", str(port)],
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait_long(port)
        import django

        django.setup(set_prefix=False)
        bundle, elements = publish_load()
        body = body_of(bundle, elements)
        token = tokens()["filer"]
        ledger, stop = Ledger(), threading.Event()
        filers = [
            threading.Thread(target=_file_without_pause, args=(port, token, body, ledger, stop))
            for _ in range(FILERS)
        ]
        for filer in filers:
            filer.start()
        killed = {
            name: _kill_often(find, times, ledger, port)
            for name, find in (
                ("web worker", lambda: _web_workers(platform.pid)),
                ("outbox worker", lambda: _by_command(platform.pid, " worker")),
                ("database", lambda: _postmaster(folder)),
            )
        }
        stop.set()
        for filer in filers:
            filer.join()
        return {"kills": killed, **_verdict(ledger)}
    except BaseException:
        sys.stderr.write((folder / "trial.log").read_text()[-4000:])
        raise
    finally:
        platform.send_signal(signal.SIGTERM)
        platform.wait(60)


def _file_without_pause(port: int, token: str, body: bytes, ledger: Ledger, stop: threading.Event) -> None:
    """File again and again; what was not answered is asked again under the same key until it is."""
    while not stop.is_set():
        key = uuid.uuid4().hex
        while True:
            try:
                http_client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                headers = {
                    "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key,
                }  # fmt: skip
                http_client.request("POST", "/api/v1/submissions", body, headers)
                answer = http_client.getresponse()
                content = answer.read()
                http_client.close()
                if answer.status == 201:
                    ledger.note(key, json.loads(content)["submission"])
                    break
                if answer.status < 500:
                    raise SystemExit(f"refused: {answer.status} {content.decode()}")
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                pass
            ledger.retries += 1
            time.sleep(0.2)


def _kill_often(find: Callable[[], list[int]], times: int, ledger: Ledger, port: int) -> int:
    done = 0
    while done < times:
        seen = ledger.answers
        deadline = time.monotonic() + 90
        while ledger.answers < seen + 5:  # the platform works again, and is in the middle of it
            if time.monotonic() > deadline:
                raise TimeoutError(f"nothing was acknowledged for 90 s after kill {done}")
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.4))
        if pids := find():
            os.kill(random.choice(pids), signal.SIGKILL)
            done += 1
    _wait_long(port)
    return done


def _verdict(ledger: Ledger) -> dict[str, Any]:
    """Count in the database what was acknowledged, and what is there twice, in part or not at all."""
    from django.db import connection

    _wait_until_told()
    with connection.cursor() as cursor:

        def one(sql: str, *params: Any) -> Any:
            cursor.execute(sql, params)
            return cursor.fetchone()[0]

        ids = list(ledger.acknowledged.values())
        found = one("SELECT count(*) FROM submissions_submissionrow WHERE id = ANY(%s::uuid[])", ids)
        there = "SELECT count(*) FROM submissions_submissionrow s"
        figures = {
            "acknowledged": len(ids),
            "acknowledged_twice_differently": len(ledger.contradictions),
            "retries": ledger.retries,
            "lost": len(set(ids)) - found,
            "submissions": one(there),
            "unasked": one(there) - one("SELECT count(*) FROM cases_idempotencyrow"),
            "without_four_cases": one(
                there + " WHERE (SELECT count(*) FROM cases_caserow c WHERE c.submission_id = s.id) <> 4"
            ),
            "without_four_first_steps": one(
                there
                + " WHERE (SELECT count(*) FROM cases_steprow t WHERE t.submission_id = s.id AND t.action = 'receive') <> 4"
            ),
            "without_revision": one(
                there
                + " WHERE NOT EXISTS (SELECT 1 FROM submissions_revisionrow r WHERE r.submission_id = s.id)"
            ),
            "steps": one("SELECT count(*) FROM cases_steprow"),
            "steps_in_feed": one("SELECT count(*) FROM cases_feedrow"),
            "feed_gaps": one("SELECT coalesce(max(position), 0) - count(*) FROM cases_feedrow"),
            "laid_aside": one("SELECT count(*) FROM cases_outboxrow WHERE dead"),
        }
    wrong = ("acknowledged_twice_differently", "lost", "unasked", "without_four_cases", "without_four_first_steps",
             "without_revision", "feed_gaps", "laid_aside")  # fmt: skip
    figures["passed"] = (
        not any(figures[name] for name in wrong) and figures["steps"] == figures["steps_in_feed"]
    )
    return figures


def _wait_until_told() -> None:
    from django.db import connection

    connection.close()
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_outboxrow WHERE NOT dead")
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.2)


def _wait_long(port: int) -> None:
    for attempt in range(10):
        try:
            _wait_for(port)
            return
        except TimeoutError:
            if attempt == 9:
                raise


def _children(root: int) -> dict[int, str]:
    """Return the descendants of a process with their command lines."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found: dict[int, str] = {}
    grown = {root}
    while grown:
        grown = {pid for pid, parent in parents.items() if parent in grown} - set(found)
        for pid in grown:
            try:
                found[pid] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                found[pid] = ""
    return found


def _web_workers(root: int) -> list[int]:
    servers = [pid for pid, command in _children(root).items() if "granian" in command]
    return [pid for server in servers for pid in _children(server)]


def _by_command(root: int, ending: str) -> list[int]:
    return [pid for pid, command in _children(root).items() if command.strip().endswith(ending.strip())]


def _postmaster(folder: Path) -> list[int]:
    found = list(folder.rglob("postmaster.pid"))
    if not found:
        return []
    first = found[0].read_text().splitlines()[:1]
    return [int(first[0])] if first and Path(f"/proc/{first[0]}").exists() else []


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _keep(name: str, figures: dict[str, Any]) -> None:
    folder = ROOT / "docs" / "trials"
    folder.mkdir(parents=True, exist_ok=True)
    day = datetime.now(UTC).date().isoformat()
    (folder / f"{day}-{name}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
