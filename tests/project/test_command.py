"""The command answers in plain Chinese, and what needs no database does not ask for one."""

import subprocess
import sys

import pytest

from yijianshi.project.command import MENU, main


def test_the_menu_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for name, command in MENU.items():
        assert name in shown
        assert command.help in shown.replace("\n" + " " * 14, "")


@pytest.mark.parametrize("command", ["plan", "catalogue"])
def test_reading_the_catalogue_needs_neither_django_nor_a_database(command: str) -> None:
    program = (
        "import sys\n"
        "from yijianshi.project.command import main\n"
        "try:\n"
        f"    main(['{command}', '--help'])\n"
        "except SystemExit:\n"
        "    pass\n"
        "sys.exit('django.apps' in sys.modules and __import__('django.apps').apps.apps.ready)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_variable_that_cannot_be_understood_is_one_plain_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yijianshi", "check"],
        capture_output=True,
        text=True,
        check=False,
        env={"YIJIANSHI_PROFILE": "prod", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 2
    assert done.stderr == "环境变量有误：YIJIANSHI_PROFILE 是「prod」，只能是 demo、production 之一。\n"


def test_a_database_that_is_away_is_one_plain_line(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yijianshi", "admin", "create", "root", "--division", "320106"],
        capture_output=True,
        text=True,
        check=False,
        env={"YIJIANSHI_DATA": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("数据库无法使用")
    assert "Traceback" not in done.stderr
