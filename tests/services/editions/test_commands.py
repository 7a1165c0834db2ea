"""`catalogue publish|withdraw|editions|diff`: what operators do by the same rules, and what the log keeps of it."""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.services.town import Town
from yijianshi.cli import catalogue
from yijianshi.services.catalogue import shipped_folder
from yijianshi.services.editions.log import publications_after
from yijianshi.store.catalogue.models import PublicationRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(town: Town, capsys: pytest.CaptureFixture[str]) -> Any:
    def run_command(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        catalogue.register(parser.add_subparsers(required=True))
        args = parser.parse_args(["catalogue", *words])
        code = args.run(args)
        written = capsys.readouterr()
        return code, written.out, written.err

    return run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_folder(), tmp_path / "catalogue"))


def change(folder: Path, sound: str, other: str) -> None:
    path = folder / "bundles" / "open-restaurant.yaml"
    text = path.read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, other, 1), encoding="utf-8")


@pytest.mark.clause("S1.2", "C1.4")
def test_an_operator_publishes_for_a_county_only_what_improves_and_the_log_says_who_and_why(
    run: Any, folder: Path
) -> None:
    change(folder, "limit: {statutory: 20, promised: 3}", "limit: {statutory: 20, promised: 8}")
    words = (
        "publish",
        str(folder),
        "--division",
        "320106",
        "--bundle",
        "open-restaurant",
        "--why",
        "区政府决定",
    )
    code, _, err = run(*words)
    assert code == 1
    assert "户外招牌：承诺 3 → 8 个工作日" in err
    change(folder, "limit: {statutory: 20, promised: 8}", "limit: {statutory: 20, promised: 2}")
    code, out, _ = run(*words)
    assert (code, "已发布 open-restaurant@320106#" in out) == (0, True)
    line = PublicationRow.objects.order_by("-position")[0]
    assert line.by.startswith("operator")
    assert line.why == "区政府决定"


def test_what_is_withdrawn_is_listed_as_withdrawn(run: Any) -> None:
    before = PublicationRow.objects.count()
    code, out, _ = run("withdraw", "newborn", "--division", "320000", "--why", "合并")
    assert (code, "办理中的按原版本办完" in out) == (0, True)
    listed = json.loads(run("editions", "--json")[1])
    assert [row["withdrawn"] for row in listed if row["bundle"] == "newborn"] == [True]
    assert run("withdraw", "newborn", "--division", "320000", "--why", "再来")[0] == 1
    assert [line.kind for line in publications_after(before)] == ["withdraw"]


def test_two_folders_are_compared_in_words(run: Any, folder: Path) -> None:
    change(folder, "limit: {statutory: 20, promised: 3}", "limit: {statutory: 20, promised: 2}")
    change(folder, "      - sign-site-document\n", "")
    code, out, _ = run("diff", str(shipped_folder()), str(folder))
    assert code == 0
    assert "户外招牌：承诺 3 → 2 个工作日" in out
    assert "户外招牌：不再要求 " in out
    assert run("diff", str(folder), str(folder))[1] == "没有不同\n"
    found = json.loads(run("diff", str(shipped_folder()), str(folder), "--json")[1])
    assert {one["effect"] for one in found[0]["differences"]} == {"better"}


def test_an_edition_is_compared_by_its_name(run: Any, folder: Path) -> None:
    change(folder, "limit: {statutory: 20, promised: 3}", "limit: {statutory: 20, promised: 2}")
    run("publish", str(folder), "--division", "320106", "--bundle", "open-restaurant")
    code, out, _ = run("diff", "open-restaurant@320000", "open-restaurant@320106")
    assert (code, "承诺 3 → 2 个工作日" in out) == (0, True)
    assert run("diff", "nothing@320000", "open-restaurant@320106")[0] == 2
