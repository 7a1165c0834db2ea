"""
Pages and lists over many stored cases: the whole page in process, from the request to the last byte of HTML.

The cases are written by one INSERT ... SELECT, spread over units, states and days as a city's would be.
"""

import time
from statistics import median
from typing import Any

from .ground import HOME, Ground

SIZES = (10_000, 100_000)
PAGES = (
    ("front", "", "/"),
    (
        "guide",
        "",
        "/guide/open-restaurant?venue-area=120&has-signage=true&sells-tobacco=false&discharges-to-sewer=false",
    ),
    ("my_cases", "wangfang", "/my"),
    ("inbox", "chenzhiyuan", "/desk"),
    ("inbox_late", "chenzhiyuan", "/desk?due=late"),
    ("to_release", "hemin", "/coordinate"),
    ("supervision", "heli", "/supervise"),
)

_FILL = """
WITH s AS (
  INSERT INTO submissions_submissionrow (id, number, division, edition_id, party_id, account_id, channel, lead_unit, state,
    open_cases, received_at, collect_until, promised_on, promised_provisional, delivery_method, wrapped_key, title_sealed,
    closed_at)
  SELECT gen_random_uuid(), 'B' || lpad((%(from)s + n)::text, 22, '0'), %(home)s, %(edition)s, %(party)s, %(account)s, 'web',
    'market-regulation@' || %(home)s, CASE WHEN n %% 10 < 8 THEN 'closed' WHEN n %% 100 = 9 THEN 'received' ELSE 'released' END,
    CASE WHEN n %% 10 < 8 THEN 0 ELSE 2 END, now() - (n %% 300) * interval '1 day', current_date - (n %% 300) + 3,
    current_date - (n %% 300) + 10, false, '电子证照推送', ''::bytea, %(title)s, CASE WHEN n %% 10 < 8 THEN now() END
  FROM generate_series(1, %(count)s / 2) n RETURNING id, state, received_at
)
INSERT INTO cases_caserow (id, submission_id, number, division, item, member, unit, state, seq, waits_for, committed, due_on,
  provisional, received_at, closed_at)
SELECT gen_random_uuid(), s.id, 'C' || lpad((%(from)s + row_number() OVER ())::text, 22, '0'), %(home)s, i.item, '',
  i.department || '@' || %(home)s, CASE s.state WHEN 'closed' THEN 'granted' WHEN 'received' THEN 'received' ELSE 'accepted' END,
  4, 0, false, s.received_at::date + 7, false, s.received_at, CASE WHEN s.state = 'closed' THEN s.received_at + interval '4 days' END
FROM s, (VALUES ('food-business-permit', 'market-regulation'), ('signage-permit', 'urban-management')) AS i(item, department)
"""


def reads(made: Ground) -> dict[str, Any]:
    """Return, per number of stored cases, the milliseconds and the queries of each page."""
    from django.db import connection

    from yijianshi.project import seeding, statics

    seeding.seed()
    statics.collect_if_changed()
    figures: dict[str, Any] = {}
    stored = 0
    for size in SIZES:
        _fill(stored, size - stored)
        stored = size
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        figures[f"at_{size}_cases"] = {name: _page(login, address) for name, login, address in PAGES}
    return figures


def _fill(start: int, count: int) -> None:
    from django.db import connection

    from yijianshi.services.contents import seal_text
    from yijianshi.store.accounts.models import Account
    from yijianshi.store.catalogue.models import EditionRow

    wang = Account.objects.get(login="wangfang")
    with connection.cursor() as cursor:
        cursor.execute(
            _FILL,
            {
                "from": start,
                "count": count,
                "home": HOME,
                "edition": EditionRow.objects.get(bundle="open-restaurant").pk,
                "party": Account.objects.get(login="zhouwen").party_id,
                "account": wang.pk,
                "title": seal_text("南京示例餐饮店", purpose="title"),
            },
        )


def _page(login: str, address: str, *, times: int = 9) -> dict[str, float]:
    from django.db import connection
    from django.test import Client

    from yijianshi.store.accounts.models import Account

    browser = Client(headers={"host": "127.0.0.1"})
    if login:
        browser.force_login(Account.objects.get(login=login))
    _get(browser, address)
    counted: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        _get(browser, address)
    took = []
    for _ in range(times):
        start = time.perf_counter()
        _get(browser, address)
        took.append(time.perf_counter() - start)
    return {"milliseconds": round(median(took) * 1000, 1), "queries": len(counted)}


def _get(browser: Any, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    b"".join(answer) if answer.streaming else answer.content
