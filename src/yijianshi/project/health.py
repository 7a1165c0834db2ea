"""Whether this node lives, and whether it may be given work; read by load balancers and by the supervisor."""

from datetime import timedelta
from threading import Event

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from yijianshi.project.clock import MOST_SKEW, NODE_CLOCK, ClockUnmeasured, NodeClock

_suits = Event()


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives; nothing else is asked."""
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the node may be given work, else 503 with what stands in the way."""
    problems = obstacles(NODE_CLOCK)
    return JsonResponse(
        {"ready": not problems, "problems": problems},
        status=503 if problems else 200,
        json_dumps_params={"ensure_ascii": False},
    )


def obstacles(clock: NodeClock) -> list[str]:
    """Return why the node may not be given work: database, migrations, Chinese search, clock."""
    try:
        if not has_trigrams():
            return ["数据库不认识汉字（区域设置不对，或缺 pg_trgm 扩展），检索会一无所获。"]
        waiting = migrations_waiting()
        skew = clock.skew()
    except (DatabaseError, ClockUnmeasured) as reason:
        return [f"数据库无法使用（{type(reason).__name__}）。"]
    problems = []
    if waiting:
        problems.append(f"数据库结构落后 {waiting} 步，请运行 yijianshi migrate。")
    if abs(skew) > MOST_SKEW:
        problems.append(
            f"本机时钟与数据库相差 {skew / timedelta(seconds=1):+.1f} 秒，超过 5 秒，请校时（NTP）。"
        )
    return problems


def has_trigrams() -> bool:
    """Return whether Chinese text has trigrams here. :raises DatabaseError: if the database cannot be asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        installed = cursor.fetchone()
        if not installed or not installed[0]:
            return False
        cursor.execute("SELECT cardinality(show_trgm('办理'))")
        found = cursor.fetchone()
    return bool(found and found[0])


def migrations_waiting() -> int:
    """Return how many migrations this version of the program still waits for."""
    # A schema that suits this process once suits it until it is restarted; reading all migrations takes a while.
    if not _suits.is_set():
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            return waiting
        _suits.set()
    return 0
