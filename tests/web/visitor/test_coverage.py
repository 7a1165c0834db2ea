"""A region beside a list: what it has, has under another name, lacks, and has beyond; to print, as CSV and as JSON."""

import csv
from io import StringIO

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def test_the_provincial_list_is_covered_entry_by_entry(client: Client) -> None:
    page = client.get("/coverage", {"list": "jiangsu-2022", "division": "320106"}).context["page"]
    assert dict(page.counts)["清单上共"] == 26
    assert dict(page.counts)["还没有"] == 0
    assert dict(page.counts)["清单以外"] == 34 - 26


def test_what_a_list_has_and_the_region_lacks_is_shown_and_names_that_differ(client: Client) -> None:
    shown = client.get("/coverage", {"list": "national-2024", "division": "320106"})
    entries = {line.name: line.tag[1] for line in shown.context["page"].entries}
    assert entries["信用修复"] == "还没有"
    assert entries["残疾人服务"] == "已发布，名称不同"
    assert entries["教育入学"] == "已发布"
    assert "把握程度：中" in shown.text


def test_the_comparison_is_a_table_and_json_as_well(client: Client) -> None:
    asked = {"list": "jiangsu-2022", "division": "320106"}
    table = client.get("/coverage", {**asked, "format": "csv"})
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 34
    assert rows[1][1] == "企业开办"
    said = client.get("/coverage", {**asked, "format": "json"}).json()
    assert len(said["entries"]) == 26
    assert said["list"]["document"] == "苏政办发〔2022〕87号"
    assert {one["standing"] for one in said["entries"]} <= {"published", "renamed", "lacking"}


def test_a_list_that_is_not_there_is_refused_with_what_would_do(client: Client) -> None:
    page = client.get("/coverage", {"list": "nobody-1900"})
    assert page.status_code == 404
    assert "没有这份清单" in page.text


def test_the_guide_says_on_which_lists_and_versions_its_one_thing_stands(client: Client) -> None:
    page = client.get("/guide/newborn")
    assert "国办发〔2022〕32号" in page.text
    assert "/coverage?list=jiangsu-2022" in page.text
