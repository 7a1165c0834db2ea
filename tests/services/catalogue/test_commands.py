"""`catalogue check` and `catalogue list`: their exit codes and the shape of what they print."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from yijianshi.cli import catalogue
from yijianshi.services.catalogue import shipped_folder
from yijianshi.services.catalogue.rules import KINDS


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run_command(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        catalogue.register(parser.add_subparsers(required=True))
        args = parser.parse_args(["catalogue", *words])
        code = args.run(args)
        written = capsys.readouterr()
        return code, written.out, written.err

    return run_command


def test_the_shipped_catalogue_has_no_errors_and_says_what_must_be_confirmed(run: Any) -> None:
    code, out, _ = run("check")
    assert code == 0
    assert "0 处错误" in out
    assert "待主管部门确认" in out
    assert len(run("check", "--all")[1].splitlines()) > len(out.splitlines())


def test_a_fault_makes_the_check_fail_with_file_line_rule_and_remedy(
    run: Any, folder: Path, plant: Any
) -> None:
    line = plant("bundles/newborn.yaml", "- vaccination-site", "- vaccination-place")
    code, out, _ = run("check", str(folder), "--json")
    first = json.loads(out)[0]
    assert code == 1
    assert first.keys() == {"rule", "severity", "file", "line", "message", "remedy"}
    assert (first["rule"], first["severity"], first["file"], first["line"]) == (
        "unknown-element",
        "error",
        "bundles/newborn.yaml",
        line,
    )
    assert f"bundles/newborn.yaml:{line}" in run("check", str(folder))[1]


def test_the_list_has_the_agreed_shape(run: Any) -> None:
    code, out, _ = run("list", "--json")
    listed = json.loads(out)
    assert code == 0
    assert [bundle["code"] for bundle in listed] == sorted(
        path.stem for path in (shipped_folder() / "bundles").glob("*.yaml")
    )
    for bundle in listed:
        assert list(bundle) == [
            "code",
            "name",
            "kind",
            "audience",
            "lead_department",
            "cooperating_departments",
            "items",
        ]
        assert all(list(item) == ["code", "name", "department"] for item in bundle["items"])


def test_the_list_reads_as_plain_chinese(run: Any) -> None:
    _, out, _ = run("list")
    assert "新生儿出生（卫健牵头，9 个事项）" in out


def test_an_unreadable_catalogue_is_not_listed(run: Any, folder: Path, plant: Any) -> None:
    plant("bundles/newborn.yaml", "- vaccination-site", "- vaccination-place")
    code, out, err = run("list", str(folder))
    assert (code, out) == (1, "")
    assert "vaccination-place" in err


def test_a_folder_that_is_not_there_is_said_to_be_missing(run: Any) -> None:
    code, _, err = run("check", "/nowhere")
    assert (code, err) == (2, "没有文件夹 /nowhere；请核对路径\n")


def test_every_rule_is_listed_with_its_reason_and_the_document_is_up_to_date(run: Any) -> None:
    _, out, _ = run("rules")
    assert all(f" {rule} " in out for rule in KINDS)
    listed = json.loads(run("rules", "--json")[1])
    assert [kind["rule"] for kind in listed] == [*KINDS]
    written = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert run("rules", "--markdown")[1] == written, "yijianshi catalogue rules --markdown > docs/rules.md"


def test_the_check_is_made_for_a_day_and_refuses_what_is_no_day(run: Any) -> None:
    specimen = str(Path(__file__).parent / "specimen")
    assert run("check", specimen, "--on", "2026-11-26")[:2] == (0, "0 处错误，0 处提醒\n")
    code, out, _ = run("check", specimen, "--on", "2019-01-01")
    assert code == 1
    assert "《茶馆法》到 2020-01-01 才施行" in out
    assert run("check", specimen, "--on", "明天")[0] == 2


def test_many_hints_of_one_kind_are_counted_and_told_one_by_one_on_request(run: Any, folder: Path) -> None:
    laws = folder / "laws.yaml"
    laws.write_text("laws:\n  - {title: 没有人用的法, rank: 法律, certainty: 高}\n", encoding="utf-8")
    short, full = run("check", str(folder))[1], run("check", str(folder), "--all")[1]
    assert short.count("（basis-not-listed）；逐条") + short.count("basis-not-listed）另有") == 1
    assert full.count("（basis-not-listed）") > short.count("（basis-not-listed）")
