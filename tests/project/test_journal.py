"""The log carries ids only; what people wrote never reaches it."""

import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.test import RequestFactory

from yijianshi.project.journal import logging_settings


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What a production node would have written."""
    stream = StringIO()
    chosen = logging_settings(as_json=True)
    formatter = chosen["formatters"]["journal"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        formatter["()"](foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"])
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_ids_are_written_and_names_are_not(written: StringIO) -> None:
    structlog.get_logger("tests").warning("case accepted", case_id="0190", name="王芳", phone="139-0000-0001")
    line = written.getvalue()
    assert '"case_id": "0190"' in line
    assert "王芳" not in line
    assert "139" not in line
    assert '"withheld": ["name", "phone"]' in line


def test_an_exception_is_written_with_its_place_but_without_its_words(written: StringIO) -> None:
    try:
        raise ValueError("王芳 already has a submission")
    except ValueError:
        structlog.get_logger("tests").exception("refused")
    assert "王芳" not in written.getvalue()
    assert "builtins.ValueError" in written.getvalue()
    assert "test_journal.py" in written.getvalue()


def test_values_in_messages_of_libraries_are_withheld(written: StringIO) -> None:
    logging.getLogger("some.library").warning("cannot send to %s", "王芳")
    assert "cannot send to %s" in written.getvalue()
    assert "王芳" not in written.getvalue()


def test_a_refused_request_is_written_by_its_route_and_not_by_its_address(written: StringIO) -> None:
    request = RequestFactory().get("/invitation/secret-token")
    logging.getLogger("django.request").warning(
        "%s: %s", "Not Found", request.path, extra={"status_code": 404, "request": request}
    )
    assert "404 GET (no such page)" in written.getvalue()
    assert "secret-token" not in written.getvalue()
