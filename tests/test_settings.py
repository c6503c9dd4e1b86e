"""Where options come from, and what is said of those that can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsInvalid
from bot.settings import Settings, load_settings, normal_database_url, render_toml

ROOT = Path(__file__).parents[1]


def test_the_shipped_file_explains_every_option_with_its_default() -> None:
    assert (ROOT / "config" / "gazette.toml").read_text("utf-8") == render_toml()


def test_the_shipped_file_changes_nothing() -> None:
    assert load_settings({}, config=ROOT / "config" / "gazette.toml") == Settings()


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / "gazette.toml"
    file.write_text("[digest]\nlimit = 3\n[summary]\nsentences = 2\n", "utf-8")
    environ = {"GAZETTE_CONFIG": str(file), "GAZETTE_DIGEST__LIMIT": "4", "GAZETTE_INTAKE__INTERVAL_SECONDS": "9"}
    found = load_settings(environ, overrides={"intake": {"interval_seconds": 5}})
    assert (found.summary.sentences, found.digest.limit, found.intake.interval_seconds) == (2, 4, 5)


def test_lists_come_from_the_environment_with_commas() -> None:
    found = load_settings({"GAZETTE_INTAKE__FEEDS": "https://example.org/a.xml, https://example.org/b.xml"})
    assert found.intake.feeds == ("https://example.org/a.xml", "https://example.org/b.xml")


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"GAZETTE_DIGEST__LIMT": "3"}, "did you mean 'limit'"),
        ({"GAZETTE_DIGST__LIMIT": "3"}, "there is no section 'digst'"),
        ({"GAZETTE_DIGEST__LIMIT": "0"}, "GAZETTE_DIGEST__LIMIT"),
        ({"GAZETTE_DIGEST__TIMEZONE": "Mars/Olympus"}, "there is no time zone called"),
        ({"GAZETTE_SUMMARY__ENGINE": "oracle"}, "there is no engine 'oracle'"),
        ({"GAZETTE_CONFIG": "nowhere.toml"}, "nowhere.toml"),
    ],
)
def test_a_fault_names_its_option_its_source_and_what_would_do(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"(?s).*" + said.replace("'", ".")):
        load_settings(environ)


def test_broken_toml_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "gazette.toml"
    file.write_text("[digest\nlimit = 3\n", "utf-8")
    with pytest.raises(SettingsInvalid, match="is not valid TOML"):
        load_settings({}, config=file)


def test_a_token_is_told_nowhere() -> None:
    found = load_settings({"DISCORD_TOKEN": "abcdefgh", "DATABASE_URL": "postgres://me:hunter22@host/news"})
    assert "abcdefgh" not in repr(found)
    assert "hunter22" not in repr(found)
    assert {"abcdefgh", "hunter22"} <= set(found.secrets)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///news.sqlite3", "sqlite+aiosqlite:///news.sqlite3"),
        ("sqlite:////var/news.sqlite3", "sqlite+aiosqlite:////var/news.sqlite3"),
        ("news.sqlite3", "sqlite+aiosqlite:///news.sqlite3"),
        ("postgres://me:pw@host/news", "postgresql+psycopg://me:pw@host/news"),
        ("postgresql://host/news?sslmode=require", "postgresql+psycopg://host/news?sslmode=require"),
        ("postgresql+asyncpg://host/news", "postgresql+psycopg://host/news"),
    ],
)
def test_addresses_of_databases_are_taken_as_people_and_hosts_write_them(written: str, meant: str) -> None:
    assert normal_database_url(written) == meant


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(SettingsInvalid, match="mysql"):
        normal_database_url("mysql://host/news")


@given(st.dictionaries(st.sampled_from(["GAZETTE_DIGEST__LIMIT", "GAZETTE_LOG__LEVEL", "DATABASE_URL"]), st.text()))
def test_whatever_stands_in_the_environment_gives_settings_or_words(environ: dict[str, str]) -> None:
    try:
        found = load_settings(environ)
    except SettingsInvalid:
        return
    assert found.digest.limit > 0
