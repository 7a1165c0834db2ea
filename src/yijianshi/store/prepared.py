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
from psycopg import errors, pq
from psycopg.rows import TupleRow

_FORGOTTEN = b"26000"  # no such prepared statement


def ask(sql: str, *params: str | bytes | None) -> bytes | None:
    """
    Run one prepared statement that takes texts and bytes and answers with one text, and return that text.

    Placeholders are $1, $2 …. Outside a transaction it goes to libpq itself: a cursor costs more than the statement.
    """
    own = connections[DEFAULT_DB_ALIAS]
    if own.in_atomic_block:  # a refused statement must not take the whole transaction with it
        with transaction.atomic():
            return _ask_by_cursor(own, sql, params)
    own.ensure_connection()
    raw: psycopg.Connection[TupleRow] = own.connection
    if raw.prepare_threshold is None:
        return _ask_by_cursor(own, sql, params)
    pgconn = raw.pgconn
    values = [value.encode() if isinstance(value, str) else value for value in params]
    formats = [pq.Format.BINARY if isinstance(value, bytes) else pq.Format.TEXT for value in params]
    for _ in range(2):
        name = _name_of(own, raw, sql)
        result = pgconn.exec_prepared(name, values, formats, pq.Format.TEXT)  # type: ignore[arg-type]  # None is NULL
        if result.error_field(pq.DiagnosticField.SQLSTATE) != _FORGOTTEN:
            break
        # The driver lets go of every prepared statement, ours as well, where a transaction is rolled back.
        own._statements = (None, {})  # type: ignore[attr-defined]
    if result.status != pq.ExecStatus.TUPLES_OK:
        own.errors_occurred = pgconn.status != pq.ConnStatus.OK
        raise errors.error_from_result(result)
    return result.get_value(0, 0) if result.ntuples else None


def _name_of(own: BaseDatabaseWrapper, raw: psycopg.Connection[TupleRow], sql: str) -> bytes:
    """Return the name under which this connection knows the statement, made known at its first use."""
    known: tuple[object, dict[str, bytes]] = getattr(own, "_statements", (None, {}))
    if known[0] is not raw:
        known = (raw, {})
        own._statements = known  # type: ignore[attr-defined]
    names = known[1]
    if sql not in names:
        name = b"yijianshi_%d" % len(names)
        result = raw.pgconn.prepare(name, sql.encode())
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result)
        names[sql] = name
    return names[sql]


def _ask_by_cursor(own: BaseDatabaseWrapper, sql: str, params: Sequence[str | bytes | None]) -> bytes | None:
    own.ensure_connection()
    raw: psycopg.Connection[TupleRow] = own.connection
    with psycopg.RawCursor(raw) as cursor:
        row = cursor.execute(sql, list(params)).fetchone()
    return None if row is None or row[0] is None else str(row[0]).encode()


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
