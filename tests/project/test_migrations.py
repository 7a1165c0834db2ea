"""The migrations, which every installation runs, make what the models say, and what the tests of every day stand on."""

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

#: Everything of the schema that a statement can meet, in words that do not depend on the order in which it was made.
_SAYS = """
SELECT 'column', table_name, column_name, concat_ws(' ', udt_name, character_maximum_length, is_nullable, column_default,
       is_identity, generation_expression)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function', '', proname, prosrc FROM pg_proc f
WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = f.oid AND deptype = 'e')
"""


def schema() -> set[tuple[str, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(_SAYS)
        # Of Django's own tables those of groups stand unused, and the list of migrations is for migrating alone.
        return {row for row in cursor.fetchall() if not row[1].startswith(("auth_", "django_migrations"))}


@pytest.fixture(scope="module")
def migrated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> set[tuple[str, ...]]:
    """The schema of an empty database that has been migrated; afterwards the tests' own database is there again."""
    own = connections["default"].settings_dict
    name = own["NAME"]
    with django_db_blocker.unblock():
        with connections["default"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute('CREATE DATABASE "migrated" TEMPLATE template0')
        connections.close_all()
        own["NAME"] = "migrated"
        try:
            with override_settings(MIGRATION_MODULES={}):
                call_command("migrate", verbosity=0)
            made = schema()
        finally:
            connections.close_all()
            own["NAME"] = name
            with connections["default"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
                cursor.execute('DROP DATABASE "migrated" WITH (FORCE)')
    return made


@pytest.mark.django_db
def test_migrating_makes_what_the_tests_stand_on(migrated: set[tuple[str, ...]]) -> None:
    modelled = schema()
    assert migrated - modelled == set(), "no model and no test knows of it"
    assert modelled - migrated == set(), "no installation would have it"
