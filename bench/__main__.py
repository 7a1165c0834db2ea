"""
`bin/bench [--json]`: each figure beside its floor from the same run.

The life of a case: six HTTP requests with tokens, rights and idempotency keys, personal data sealed, every step in
the feed. Its floor: eleven bare SQL statements by pgbench. Rounds are interleaved and medians taken; CPU is that of
web server, worker and database together, without the client that makes the load.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .cpu import cpu_of_tree
from .ground import Ground, ground, publish_load, served, tokens

HERE = Path(__file__).parent
CLIENTS = 8


def main() -> int:
    """Run the benchmarks and print what they found."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds, default 5")
    parser.add_argument("--seconds", type=float, default=6, help="seconds of a round of lives, default 6")
    arguments = parser.parse_args()
    with ground() as made:
        figures = {
            "life_of_a_case": life_of_a_case(made, rounds=arguments.rounds, seconds=arguments.seconds),
            "plans": plans(),
        }
        from .reads import reads

        figures["reads"] = reads(made)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        _print(figures)
    return 0


def life_of_a_case(made: Ground, *, rounds: int, seconds: float) -> dict[str, Any]:
    """Measure lives over HTTP and the floor in turn; ratios are medians over rounds."""
    from django.db import connection

    bundle, elements = publish_load()
    said = json.dumps({"bundle": bundle, "elements": elements, "tokens": tokens()})
    connection.close()
    _psql(made, HERE / "floor" / "schema.sql")
    floors: list[float] = []
    costs: list[float] = []
    shares: list[tuple[float, float, float]] = []
    walls: list[float] = []
    counts: dict[str, float] = {}
    with served() as (port, pids):
        _lives(port, said, 2)  # warm
        for round_number in range(rounds):
            floors.append(_floor_round(made))
            before, start = _counts(made), time.monotonic()
            cpu = [cpu_of_tree(pid) for pid in (*pids, made.postgres.process_id or 0)]
            lives = _lives(port, said, seconds)
            _wait_until_told(made)
            took = [
                cpu_of_tree(pid) - b
                for pid, b in zip((*pids, made.postgres.process_id or 0), cpu, strict=True)
            ]
            walls.append(lives / (time.monotonic() - start))
            costs.append(sum(took) / lives * 1000)
            shares.append(tuple(part / lives * 1000 for part in took))  # type: ignore[arg-type]
            if round_number == rounds - 1:
                counts = {name: (after - before[name]) / lives for name, after in _counts(made).items()}
    ratios = [floor / cost for floor, cost in zip(floors, costs, strict=True)]
    web, worker, database = (statistics.median(part) for part in zip(*shares, strict=True))
    return {
        "cpu_ratio_to_floor_b": round(statistics.median(ratios), 3),
        "cpu_ratio_range": [round(min(ratios), 3), round(max(ratios), 3)],
        "cpu_ms_per_life": round(statistics.median(costs), 2),
        "cpu_ms_web": round(web, 2),
        "cpu_ms_worker": round(worker, 2),
        "cpu_ms_database": round(database, 2),
        "floor_b_cpu_ms": round(statistics.median(floors), 2),
        "lives_per_second": round(statistics.median(walls), 1),
        "http_requests": 6,
        "floor_b_commits": 11,
        "statements": round(counts["statements"], 1),
        "rows_written": round(counts["rows"], 1),
        "wal_bytes": round(counts["wal"]),
        "includes": "HTTP, token, rights, idempotency key, 40 fields checked and sealed, steps, gap-free feed, worker",
        "rounds": rounds,
    }


def plans() -> dict[str, Any]:
    """Measure the plan of the largest shipped one-thing with everything chosen that may be."""
    from datetime import date

    from yijianshi.domain.editions import compile_edition
    from yijianshi.domain.plans import Situation, make_plan
    from yijianshi.services.catalogue.reading import shipped_catalogue

    catalogue = shipped_catalogue()
    largest = max(catalogue.bundles.values(), key=lambda b: sum(len(i.fields) for i in b.items))
    edition = compile_edition(
        catalogue, bundle=largest.code, division=next(iter(catalogue.divisions)), valid_from=date(2026, 1, 1)
    )
    situation = Situation(items=tuple(item.code for item in largest.items))
    times = []
    for _ in range(200):
        start = time.perf_counter()
        make_plan(edition, situation, strict=False)
        times.append(time.perf_counter() - start)
    return {
        "bundle": largest.code,
        "items": len(largest.items),
        "fields": sum(len(i.fields) for i in largest.items),
        "milliseconds": round(statistics.median(times) * 1000, 2),
    }


def _lives(port: int, said: str, seconds: float) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "bench.life", str(port), str(seconds), str(CLIENTS)],
        input=said, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the load stopped: {done.stderr.strip()[-500:]}")
    return int(done.stdout)


def _floor_round(made: Ground, *, seconds: int = 3) -> float:
    """Return the CPU milliseconds per life of the floor, pgbench and database together."""
    before = cpu_of_tree(made.postgres.process_id or 0)
    pgbench = subprocess.Popen(
        [_program("pgbench"), "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds), "-M", "prepared",
         "-f", str(HERE / "floor" / "life.sql"), made.postgres.dsn],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    own = 0.0
    while pgbench.poll() is None:
        own = max(own, cpu_of_tree(pgbench.pid))
        time.sleep(0.05)
    said = pgbench.stdout.read() if pgbench.stdout else ""
    lives = next(
        int(line.split(":")[1].split("/")[0]) for line in said.splitlines() if "actually processed" in line
    )
    return (cpu_of_tree(made.postgres.process_id or 0) - before + own) / lives * 1000


def _wait_until_told(made: Ground) -> None:
    """The worker's share belongs to the lives that caused it: wait until its queue is empty."""
    import psycopg

    with psycopg.connect(made.postgres.dsn, autocommit=True) as database:
        for _ in range(600):
            row = database.execute("SELECT count(*) FROM cases_outboxrow WHERE NOT dead").fetchone()
            if row and not row[0]:
                return
            time.sleep(0.1)
    raise SystemExit("the worker did not keep up")


def _counts(made: Ground) -> dict[str, float]:
    import psycopg

    with psycopg.connect(made.postgres.dsn, autocommit=True) as database:
        database.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        database.execute("SELECT pg_stat_force_next_flush()")
        row = database.execute(
            "SELECT (SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat%'"
            " AND query NOT LIKE '%floor.%' AND query NOT LIKE '%outboxrow WHERE NOT dead%'),"
            " (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE schemaname = 'public'),"
            " pg_current_wal_lsn() - '0/0'"
        ).fetchone()
    assert row is not None
    return {"statements": float(row[0]), "rows": float(row[1]), "wal": float(row[2])}


def _psql(made: Ground, script: Path) -> None:
    subprocess.run(
        [_program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", made.postgres.dsn, "-f", str(script)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _program(name: str) -> str:
    from yijianshi.integrations.embedded_postgres import Binaries

    return str(Binaries.packaged().program(name))


def _print(figures: dict[str, Any]) -> None:
    life = figures["life_of_a_case"]
    print(f"一件办件的一生（{life['http_requests']} 次 HTTP 请求，含鉴权、权限、幂等、加密、续传和后台）")
    print(
        f"  CPU {life['cpu_ms_per_life']} ms，地板 B（{life['floor_b_commits']} 次提交的裸 SQL）{life['floor_b_cpu_ms']} ms"
    )
    print(
        f"  与地板之比 {life['cpu_ratio_to_floor_b']}（各轮 {life['cpu_ratio_range'][0]}–{life['cpu_ratio_range'][1]}）"
    )
    print(
        f"  其中网站 {life['cpu_ms_web']}、后台 {life['cpu_ms_worker']}、数据库 {life['cpu_ms_database']} ms"
    )
    print(
        f"  {life['statements']} 条语句，写 {life['rows_written']} 行，WAL {life['wal_bytes']} 字节，每秒 {life['lives_per_second']} 件"
    )
    plan = figures["plans"]
    print(
        f"最大的一件事 {plan['bundle']}（{plan['items']} 项、{plan['fields']} 个字段）算一次方案 {plan['milliseconds']} ms"
    )
    for name, row in figures["reads"].items():
        print(f"{name}: {row}")


if __name__ == "__main__":
    sys.exit(main())
