"""Options come from file, environment and flags; invalid ones are named with their source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database_url import normalize_database_url
from bot.errors import SettingsInvalid
from bot.settings import IntakeSettings, Settings, load_settings, render_toml
from summarizers.summarization.registry import ENGINES

ROOT = Path(__file__).parents[1]


def test_the_shipped_file_is_generated_from_the_options() -> None:
    assert (ROOT / "config" / "gazette.toml").read_text("utf-8") == render_toml()


def test_the_shipped_file_sets_the_defaults() -> None:
    assert load_settings({}, config=ROOT / "config" / "gazette.toml") == Settings()


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / "gazette.toml"
    file.write_text("[digest]\nlimit = 3\n[summary]\nsentences = 2\n", "utf-8")
    environ = {"GAZETTE_CONFIG": str(file), "GAZETTE_DIGEST__LIMIT": "4", "GAZETTE_INTAKE__INTERVAL_SECONDS": "9"}
    settings = load_settings(environ, overrides={"intake": {"interval_seconds": 5}})
    assert (settings.summary.sentences, settings.digest.limit, settings.intake.interval_seconds) == (2, 4, 5)


def test_lists_come_from_the_environment_with_commas() -> None:
    settings = load_settings({"GAZETTE_INTAKE__FEEDS": "https://example.org/a.xml, https://example.org/b.xml"})
    assert settings.intake.feeds == ("https://example.org/a.xml", "https://example.org/b.xml")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"GAZETTE_DIGEST__LIMT": "3"}, "did you mean 'limit'"),
        ({"GAZETTE_DIGST__LIMIT": "3"}, "there is no section 'digst'"),
        ({"GAZETTE_DIGEST__LIMIT": "0"}, "GAZETTE_DIGEST__LIMIT"),
        ({"GAZETTE_DIGEST__TIMEZONE": "Mars/Olympus"}, "there is no time zone called"),
        ({"GAZETTE_SUMMARY__ENGINE": "oracle"}, "there is no engine 'oracle'"),
        ({"GAZETTE_CONFIG": "nowhere.toml"}, "nowhere.toml"),
    ],
)
def test_an_error_names_the_option_its_source_and_what_is_allowed(environ: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"(?s).*" + message.replace("'", ".")):
        load_settings(environ)


def test_invalid_toml_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "gazette.toml"
    file.write_text("[digest\nlimit = 3\n", "utf-8")
    with pytest.raises(SettingsInvalid, match="is not valid TOML"):
        load_settings({}, config=file)


def test_secrets_are_not_in_the_repr_of_settings() -> None:
    settings = load_settings({"DISCORD_TOKEN": "abcdefgh", "DATABASE_URL": "postgres://me:hunter22@host/news"})
    assert "abcdefgh" not in repr(settings)
    assert "hunter22" not in repr(settings)
    assert {"abcdefgh", "hunter22"} <= set(settings.secrets)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("sqlite:///news.sqlite3", "sqlite+aiosqlite:///news.sqlite3"),
        ("sqlite:////var/news.sqlite3", "sqlite+aiosqlite:////var/news.sqlite3"),
        ("news.sqlite3", "sqlite+aiosqlite:///news.sqlite3"),
        ("postgres://me:pw@host/news", "postgresql+psycopg://me:pw@host/news"),
        ("postgresql://host/news?sslmode=require", "postgresql+psycopg://host/news?sslmode=require"),
        ("postgresql+asyncpg://host/news", "postgresql+psycopg://host/news"),
    ],
)
def test_database_addresses_are_accepted_as_people_and_hosts_write_them(address: str, expected: str) -> None:
    assert normalize_database_url(address) == expected


def test_the_deadline_of_a_file_grows_with_its_size() -> None:
    intake = IntakeSettings(parse_seconds=10, parse_seconds_per_megabyte=5)
    assert (intake.parse_deadline(0), intake.parse_deadline(2_000_000)) == (10, 20)


def test_a_wrong_engine_is_answered_with_all_of_them() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings({"GAZETTE_SUMMARY__ENGINE": "newsranc"})
    assert all(name in str(caught.value) for name in ENGINES)


def test_an_unsupported_database_is_refused_by_name() -> None:
    with pytest.raises(SettingsInvalid, match="mysql"):
        normalize_database_url("mysql://host/news")


@given(st.dictionaries(st.sampled_from(["GAZETTE_DIGEST__LIMIT", "GAZETTE_LOG__LEVEL", "DATABASE_URL"]), st.text()))
def test_any_environment_gives_settings_or_an_error_message(environ: dict[str, str]) -> None:
    try:
        settings = load_settings(environ)
    except SettingsInvalid:
        return
    assert settings.digest.limit > 0


@pytest.mark.parametrize(
    "link",
    ["example.org/help", "javascript:alert(1)", "https://", "https://example.org/a b", "https://e.org/" + "x" * 500],
)
def test_a_link_that_no_button_opens_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, link: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAZETTE_DISCORD__HELP_LINK", link)
    with pytest.raises(SettingsInvalid, match=r"https://example\.org/help"):
        load_settings()
    monkeypatch.setenv("GAZETTE_DISCORD__HELP_LINK", "https://discord.gg/help")
    assert load_settings().discord.help_link == "https://discord.gg/help"
