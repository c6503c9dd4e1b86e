"""Each event is one line, without secrets."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.observability.logs import configure_logging
from bot.observability.redaction import SecretRedactor
from bot.settings import LogSettings

TOKEN = "MTE4NjY3NjAyNTU4NDYyOTg2Mw.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture
def undo() -> Iterator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    structlog.reset_defaults()
    root.setLevel(level)
    root.handlers[:] = handlers
    logging.captureWarnings(False)


def _lines(form: str, secrets: list[str] | None = None, **fields: Any) -> str:
    stream = io.StringIO()
    configure_logging(LogSettings(form=form), secrets=secrets or [], stream=stream)
    structlog.get_logger().info("a.thing", **fields)
    return stream.getvalue()


@pytest.mark.usefixtures("undo")
def test_json_lines_have_the_fields() -> None:
    (line,) = _lines("json", delivery=7, reason="late").splitlines()
    found = json.loads(line)
    assert (found["event"], found["level"], found["delivery"], found["reason"]) == ("a.thing", "info", 7, "late")
    assert found["timestamp"].endswith("Z")


@pytest.mark.usefixtures("undo")
@pytest.mark.parametrize("form", ["json", "text"])
def test_secrets_are_redacted_wherever_they_occur(form: str) -> None:
    stream, password = io.StringIO(), 'pass"word\\1'
    configure_logging(LogSettings(form=form), secrets=[password, "short"], stream=stream)
    log = structlog.get_logger()
    log.warning("x.y", url="postgresql://me:open-sesame@host/db", body={"deep": [password]})
    logging.getLogger("discord.client").warning("used %s", TOKEN)
    logging.getLogger("discord.webhook").warning("POST /webhooks/123456/%s", "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MA")
    try:
        raise ValueError(f"no luck with {password} at https://u:hush-{'hush'}@x")
    except ValueError:
        log.exception("x.failed")
    text = stream.getvalue()
    for secret in ("open-sesame", 'pass"word', 'pass\\"word', TOKEN, "hush-hush", "aW50ZXJhY3Rpb24"):
        assert secret not in text
    assert "x.failed" in text
    assert "Traceback" in text


@pytest.mark.usefixtures("undo")
def test_a_value_cannot_forge_a_line() -> None:
    text = _lines("text", name="a.txt\n2026-01-01 [critical] all is lost\x1b[31m")
    assert len(text.splitlines()) == 1
    assert "\x1b[31m" not in text


@pytest.mark.usefixtures("undo")
def test_libraries_do_not_log_what_they_send_even_at_debug() -> None:
    stream = io.StringIO()
    configure_logging(LogSettings(level="debug", form="json"), stream=stream)
    logging.getLogger("discord.http").debug("POST with %s", "a message's text")
    logging.getLogger("sqlalchemy.engine.Engine").info("INSERT …")
    logging.getLogger("apscheduler.executors.default").info("Running job")
    logging.getLogger("mine").debug("seen")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["seen"]


@pytest.mark.usefixtures("undo")
def test_configuring_twice_logs_each_event_once() -> None:
    first = io.StringIO()
    configure_logging(LogSettings(form="json"), stream=first)
    assert len(_lines("json").splitlines()) == 1
    assert not first.getvalue()


@given(st.text(min_size=6, max_size=40), st.text(max_size=30), st.text(max_size=30))
def test_no_given_secret_passes_through_json(secret: str, before: str, after: str) -> None:
    line = json.dumps({"field": before + secret + after}, ensure_ascii=False)
    spelt = json.dumps(secret, ensure_ascii=False)[1:-1]
    assert (
        spelt not in SecretRedactor([secret])(line)
        or spelt in "***"
        or spelt in json.dumps({"field": before + "***" + after})
    )
