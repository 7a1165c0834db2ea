"""What the operator writes into the environment is understood, or refused with what would do."""

from pathlib import Path

import pytest

from yijianshi.project.environment import (
    DEMO_SECRET_KEY,
    Environment,
    EnvironmentUnusable,
    FilesPlace,
    Profile,
)

PRODUCTION = {
    "YIJIANSHI_PROFILE": "production",
    "SECRET_KEY": "0jK8sVqzYw3nLr5tHb7dXe1mUc9aGf2pQi4oTk6lZxWvCyBuRh8",
    "YIJIANSHI_MASTER_KEY": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "YIJIANSHI_LOOKUP_KEY": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    "ALLOWED_HOSTS": "yjs.example.gov.cn",
    "YIJIANSHI_ADDRESS": "https://yjs.example.gov.cn",
    "DATABASE_URL": "postgresql://yjs:p%40ss@db.example:5433/yjs?sslmode=require",
}


def keys(variables: dict[str, str]) -> set[str]:
    return {finding.key for finding in Environment.read(variables).findings()}


def test_nothing_said_means_the_demo_with_the_database_that_comes_along() -> None:
    environment = Environment.read({})
    assert environment.profile is Profile.DEMO
    assert environment.secret_key == DEMO_SECRET_KEY
    assert environment.embedded_database
    assert environment.database() == {}
    assert environment.key_ring().is_demo
    assert environment.folder.name == "var"


def test_a_database_address_becomes_settings_with_its_password_decoded() -> None:
    assert Environment.read(PRODUCTION).database() == {
        "NAME": "yjs",
        "USER": "yjs",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://host-only", "not an address"])
def test_an_address_that_is_no_postgresql_database_is_refused(address: str) -> None:
    with pytest.raises(EnvironmentUnusable, match="DATABASE_URL"):
        Environment.read({"DATABASE_URL": address})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("YIJIANSHI_PROFILE", "prod"),
        ("YIJIANSHI_FILES", "ftp"),
        ("YIJIANSHI_DEBUG", "maybe"),
        ("YIJIANSHI_IDLE_MINUTES", "0"),
        ("YIJIANSHI_IDLE_MINUTES", "half an hour"),
        ("YIJIANSHI_ADDRESS", "yjs.example.gov.cn"),
        ("YIJIANSHI_ADDRESS", "https://yjs.example.gov.cn/path"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(EnvironmentUnusable, match=name):
        Environment.read({name: text})


def test_an_object_store_needs_all_its_settings() -> None:
    with pytest.raises(EnvironmentUnusable, match=r"YIJIANSHI_S3_BUCKET.*YIJIANSHI_S3_SECRET_KEY"):
        Environment.read({"YIJIANSHI_FILES": "s3"})
    environment = Environment.read(
        {
            "YIJIANSHI_FILES": "s3",
            "YIJIANSHI_S3_BUCKET": "materials",
            "YIJIANSHI_S3_ENDPOINT": "https://s3.example",
            "YIJIANSHI_S3_ACCESS_KEY": "key",
            "YIJIANSHI_S3_SECRET_KEY": "hidden",
        }
    )
    assert environment.files is FilesPlace.OBJECT_STORE
    assert environment.object_store is not None
    assert environment.object_store.bucket == "materials"


def test_secrets_do_not_show_when_the_environment_is_printed() -> None:
    shown = repr(Environment.read(PRODUCTION))
    for name in ("SECRET_KEY", "YIJIANSHI_MASTER_KEY", "YIJIANSHI_LOOKUP_KEY", "DATABASE_URL"):
        assert PRODUCTION[name] not in shown


def test_a_complete_production_environment_has_no_finding() -> None:
    assert keys(PRODUCTION) == set()


def test_the_demo_is_refused_for_production_point_by_point() -> None:
    assert keys({}) == {"profile", "secret-key", "keys", "hosts", "tls"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"YIJIANSHI_DEBUG": "1"}, "debug"),
        ({"SECRET_KEY": ""}, "secret-key"),
        ({"SECRET_KEY": "short"}, "secret-key"),
        ({"SECRET_KEY": "ab" * 40}, "secret-key"),
        ({"SECRET_KEY": DEMO_SECRET_KEY}, "secret-key"),
        ({"YIJIANSHI_MASTER_KEY": ""}, "keys"),
        ({"YIJIANSHI_MASTER_KEY": "11" * 32}, "keys"),
        ({"YIJIANSHI_LOOKUP_KEY": "not hexadecimal"}, "keys"),
        ({"ALLOWED_HOSTS": ""}, "hosts"),
        ({"ALLOWED_HOSTS": "*"}, "hosts"),
        ({"YIJIANSHI_ADDRESS": "http://yjs.example.gov.cn"}, "tls"),
        ({"YIJIANSHI_ADDRESS": ""}, "tls"),
        ({"DATABASE_URL": ""}, "database"),
    ],
)
def test_production_refuses_each_weakness_by_itself(change: dict[str, str], expected: str) -> None:
    assert keys({**PRODUCTION, **change}) == {expected}


def test_a_small_site_may_choose_the_database_that_comes_along() -> None:
    assert keys({**PRODUCTION, "DATABASE_URL": "", "YIJIANSHI_EMBEDDED": "1"}) == set()


def test_the_data_folder_can_be_chosen() -> None:
    assert Environment.read({"YIJIANSHI_DATA": "~/yjs"}).database_folder == Path.home() / "yjs" / "postgres"


def test_portals_that_may_embed_are_named_by_scheme_and_host() -> None:
    named = "https://www.example.gov.cn, https://*.example.org:8443"
    assert Environment.read({"YIJIANSHI_EMBEDDED_BY": named}).embedded_by == tuple(named.split(", "))
    assert Environment.read({}).embedded_by == ()
    for wrong in ("www.example.gov.cn", "https://x/path", "*", "https://a; script-src *", "'self'"):
        with pytest.raises(EnvironmentUnusable, match="YIJIANSHI_EMBEDDED_BY"):
            Environment.read({"YIJIANSHI_EMBEDDED_BY": wrong})
