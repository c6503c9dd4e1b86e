"""Attempt: end the program, or all its feeds, with one mistyped address."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.health import check_installation
from bot.errors import SettingsInvalid
from bot.intake.feeds import FeedPoller
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.feed_addresses import address_fault, feed_path, redact_address
from bot.settings import IntakeSettings, SummarySettings, load_settings
from tests.e2e.programs import environment, gazette
from tests.intake.conftest import IntakeHarness, leave_ungrouped, story_text

MISTYPED = (
    *("http://[bad", "http://h:99999/x", "http://host:port/feed", "http://h:0/", "http://h:-1/", "http://h:１/"),
    *("http://", "http:///feed", "http://:80/", "http:feed", "//h/feed", "h.example/feed", "ftp://h/", "file:///etc/x"),
    *("http://a b/", " http://h/", "http://h/\u2028", "http://h/a b", "http://h\\x/", "http://[::1/", "http://[v1.x]/"),
    *("http://a..b/", "http://.a/", "http://a_b.%00/", "http://%zz/", "http://xn--999999999/", "http://1.2.3.4.5/"),
    *("http://256.1.1.1/", "http://" + "a" * 64 + ".example/", "http://h/" + "x" * 2_000, "http://h/\udc80", "x"),
    "http://" + "a." * 127 + "example/",
)
GOOD = (
    *("http://h/", "https://h.example:8443/feed?x=%20", "http://[::1]:80/", "http://joe:pw@h/", "http://2130706433/"),
    *(
        "https://bücher.example/",
        "https://xn--bcher-kva.example/",
        "http://h.example./",
        "http://a_b.example/",
        "HTTP://H/",
    ),
)


@pytest.mark.parametrize("address", MISTYPED)
def test_a_mistyped_address_is_named_with_its_place(address: str, tmp_path: Path) -> None:
    assert address_fault(address) is not None
    file = tmp_path / "gazette.toml"
    lines = ", ".join(f'"{each}"' for each in ("https://h/", address.replace("\\", "\\\\").replace("\udc80", "\x7f")))
    file.write_text(f"[intake]\nfeeds = [{lines}]\n".replace("\x7f", "\\u007f"), "utf-8")
    settings = load_settings({}, config=file)
    (fault,) = settings.feed_faults
    assert fault.startswith(f"{file}: [intake] feeds: address 2 of 2, ")
    assert settings.intake.usable_feeds == ("https://h/",)


@pytest.mark.parametrize("address", GOOD)
def test_an_unusual_address_is_taken(address: str) -> None:
    assert address_fault(address) is None
    feed_path(address)


@given(st.text(max_size=40) | st.builds("http://{}{}".format, st.text(max_size=12), st.sampled_from(["", "/x", ":1/"])))
def test_any_text_is_judged_and_shown(address: str) -> None:
    redact_address(address)
    if address_fault(address) is None:
        feed_path(address)  # can be fetched


async def test_the_other_feeds_go_on(harness: IntakeHarness, threads: DeadlineExecutor) -> None:
    settings = IntakeSettings(feeds=(*MISTYPED, "http://127.0.0.1:1/feed"))
    intake = Intake(harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=leave_ungrouped)
    report = await FeedPoller(intake, settings).fetch()
    assert [label for label, _ in report.rejected] == ["http://127.0.0.1:1/feed"]


async def test_doctor_lists_them(sqlite_url: str, tmp_path: Path) -> None:
    environ = {
        "DATABASE_URL": sqlite_url,
        "GAZETTE_SEEDS": str(tmp_path),
        "GAZETTE_INTAKE__FEEDS": "http://[bad, https://h/, http://h:99999/x",
    }
    findings = [finding async for finding in check_installation(load_settings(environ))]
    faults = [finding for finding in findings if finding.what == "configuration"]
    assert [finding.level for finding in faults] == ["error", "error"]
    assert faults[0].says.startswith(
        "environment variable GAZETTE_INTAKE__FEEDS: [intake] feeds: address 1 of 3, 'http://[bad'"
    )
    assert "http://h:99999/x" in faults[1].says


@pytest.mark.parametrize("host", ["http://h", "h/x", "joe@h", "h:99999", "[bad", "a b", "", "h?x"])
def test_a_mistyped_private_host_is_refused(host: str, tmp_path: Path) -> None:
    file = tmp_path / "gazette.toml"
    file.write_text(f'[intake]\nprivate_hosts = ["{host}"]\n', "utf-8")
    with pytest.raises(SettingsInvalid, match="private_hosts"):
        load_settings({}, config=file)


@pytest.mark.e2e
@pytest.mark.slow
async def test_the_program_keeps_running(tmp_path: Path) -> None:
    env = environment(tmp_path, GAZETTE_INTAKE__FEEDS="http://[bad,http://h:99999/x,http://host:port/feed")
    (tmp_path / "seeds" / "ferry.txt").write_text(story_text(1), "utf-8")
    async with gazette("watch", env=env, cwd=tmp_path) as program:
        await program.says("intake.scanned")
        assert await program.stop() == 0
    assert program.log.count("feed.left_out") == 3
    assert "Traceback" not in program.log
