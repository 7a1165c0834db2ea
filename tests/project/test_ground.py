"""The ground of the tests is a real PostgreSQL."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_on_a_database_that_knows_chinese() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT cardinality(show_trgm('办理'))")
        assert cursor.fetchone() == (3,)
