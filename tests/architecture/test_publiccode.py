"""Catalogues of public software can read what this project is (publiccode.yml, version 0.4)."""

from typing import Any

import pytest
import yaml

from .tree import ROOT

MANDATORY = (
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
    "maintenance", "localisation",
)  # fmt: skip


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    return described


def test_everything_mandatory_is_said(said: dict[str, Any]) -> None:
    assert [key for key in MANDATORY if key not in said] == []
    assert said["publiccodeYmlVersion"] == "0.4"
    assert said["maintenance"]["type"] != "community" or said["maintenance"]["contacts"]
    assert "en" in said["description"]


def test_descriptions_have_the_length_that_the_standard_allows(said: dict[str, Any]) -> None:
    for words in said["description"].values():
        assert 0 < len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert all(0 < len(feature) <= 100 for feature in words["features"])


def test_it_says_the_version_and_the_licence_of_the_package(said: dict[str, Any]) -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{said["softwareVersion"]}"' in project
    assert f'license = "{said["legal"]["license"]}"' in project
