"""
Prepared statements on Django's own connection, for the transitions that everybody waits for.

PostgreSQL-specific: arrays, data-modifying CTEs, named prepared statements. Bound on the server, planned once
per connection; switched off (prepare_threshold None) behind a proxy that pools by transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.rows import TupleRow


def run(sql: str, params: Mapping[str, Any] | Sequence[Any] = ()) -> list[TupleRow]:
    """Run one statement, prepared at its first use on this connection, and return its rows."""
    own = connections[DEFAULT_DB_ALIAS]
    if own.in_atomic_block:  # a refused statement must not take the whole transaction with it
        with transaction.atomic():
            return _run(own, sql, params)
    return _run(own, sql, params)


def _run(own: BaseDatabaseWrapper, sql: str, params: Mapping[str, Any] | Sequence[Any]) -> list[TupleRow]:
    own.ensure_connection()
    raw: psycopg.Connection[TupleRow] = own.connection
    prepare = None if raw.prepare_threshold is None else True
    with psycopg.Cursor(raw) as cursor:
        cursor.execute(sql, params, prepare=prepare, binary=True)
        # asking `description` would describe every column, which nobody here reads
        return cursor.fetchall() if cursor.pgresult and cursor.pgresult.nfields else []
