"""`catalogue export`: each format from catalogue files alone, and what it says when it cannot."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from yijianshi.cli import catalogue
from yijianshi.services.catalogue import shipped_catalogue


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run_command(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        catalogue.register(parser.add_subparsers(required=True))
        args = parser.parse_args(["catalogue", "export", *words])
        code = args.run(args)
        written = capsys.readouterr()
        return code, written.out, written.err

    return run_command


@pytest.mark.parametrize(
    ("form", "begins"), [("cpsv-ap-ttl", b"@prefix"), ("cpsv-ap-jsonld", b"{"), ("xlsx", b"PK")]
)
def test_the_list_is_written_to_a_file(run: Any, tmp_path: Path, form: str, begins: bytes) -> None:
    target = tmp_path / "list"
    code, out, _ = run("--format", form, "--out", str(target))
    assert code == 0
    assert target.read_bytes().startswith(begins)
    assert f"{len(shipped_catalogue().bundles)} 件一件事" in out


def test_a_graph_can_be_piped_on(run: Any) -> None:
    code, out, _ = run(
        "--format", "cpsv-ap-jsonld", "--bundle", "newborn", "--address", "https://yjs.example"
    )
    assert code == 0
    assert json.loads(out)["@graph"][0]["@id"].startswith("https://yjs.example/")


@pytest.mark.parametrize("form", ["bpmn", "svg"])
def test_every_process_is_a_file_of_its_own(run: Any, tmp_path: Path, form: str) -> None:
    code, _, _ = run("--format", form, "--out", str(tmp_path / "new" / "folder"))
    assert code == 0
    names = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert names == {f"{bundle}.{form}" for bundle in shipped_catalogue().bundles}


def test_a_situation_gives_its_own_process(run: Any, tmp_path: Path) -> None:
    situation = tmp_path / "situation.yaml"
    situation.write_text(
        "items: [licence-check, signage-permit]\n"
        "answers: {venue-area: 120, has-signage: true, sells-tobacco: false, discharges-to-sewer: false, 'element:by-agent': false}\n"
        "existing_results: [business-licence]\n",
        encoding="utf-8",
    )
    words = ("--format", "bpmn", "--bundle", "open-restaurant", "--situation", str(situation))
    code, _, _ = run(*words, "--out", str(tmp_path))
    assert code == 0
    drawn = (tmp_path / "open-restaurant.bpmn").read_text(encoding="utf-8")
    assert 'id="item-signage-permit"' in drawn
    assert "tobacco-retail" not in drawn


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--format", "xlsx"), 1, "--out"),
        (("--format", "bpmn"), 1, "--out 文件夹"),
        (("--format", "bpmn", "--out", "x", "--situation", "s.yaml"), 1, "--bundle"),
        (("--format", "cpsv-ap-ttl", "--bundle", "nope"), 2, "目录里没有一件事"),
        (("--format", "cpsv-ap-ttl", "--division", "999999"), 2, "行政区划 999999"),
        (("/no/such/folder", "--format", "cpsv-ap-ttl"), 2, "没有文件夹"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_would_do(
    run: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    refused, out, err = run(*words)
    assert (refused, out) == (code, "")
    assert said in err
