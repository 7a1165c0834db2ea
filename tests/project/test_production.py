"""Production is refused as long as anything forbids it, and every reason says what would do."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from yijianshi.project import production, stamping
from yijianshi.project.clock import NodeClock
from yijianshi.project.command import main
from yijianshi.project.environment import Environment, Profile, StampDiffers

from .test_environment import PRODUCTION

pytestmark = pytest.mark.django_db


def keys() -> set[str]:
    return {finding.key for finding in production.findings(Environment.read(PRODUCTION))}


def test_a_database_that_may_lose_what_was_committed_is_refused() -> None:
    assert "synchronous_commit" not in keys()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert "synchronous_commit" in keys()


def test_stand_ins_for_real_systems_are_refused() -> None:
    assert {"adapter-exchange", "adapter-scanner"} <= keys()


def test_a_demo_database_can_never_become_production() -> None:
    now = NodeClock().now()
    stamping.stamp(Profile.DEMO, at=now)
    stamping.stamp(Profile.DEMO, at=now)
    assert stamping.stamped() is Profile.DEMO
    assert "stamp" in keys()
    with pytest.raises(StampDiffers, match="拒绝按 production 使用"):
        stamping.stamp(Profile.PRODUCTION, at=now)
    with pytest.raises(StampDiffers):
        stamping.require(Profile.PRODUCTION)


def test_the_command_lists_each_finding_with_what_would_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--production"]) == 1
    shown = capsys.readouterr().out
    assert "✗ SECRET_KEY 是演示用的公开值。\n  办法：" in shown
    assert shown.rstrip().endswith("不能正式运行。")
    assert shown.count("✗") == shown.count("办法：")


def test_the_tables_are_what_the_models_say() -> None:
    said = StringIO()
    with override_settings(MIGRATION_MODULES={}):
        call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert "No changes detected" in said.getvalue()
