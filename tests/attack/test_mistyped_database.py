"""A mistyped DATABASE_URL is refused in one line, and never becomes a file, a folder or a shown password."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote

import psutil
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import make_url

from bot.database_url import normalize_database_url, secrets_of_database_url
from bot.errors import SettingsInvalid
from bot.observability.redaction import SecretRedactor
from tests.e2e.programs import environment, gazette

PASSWORD = "hunter2-zq"

MISTYPED = [
    "nonsense",
    "gazette",
    "data/gazette",
    f"postgresql//joe:{PASSWORD}@db/x",
    f"postgresql/joe:{PASSWORD}@db/x.db",
    f"postgres:/joe:{PASSWORD}@db/x",
    f"postgres:joe:{PASSWORD}@db/x",
    f"postgresl://joe:{PASSWORD}@db/x",
    f"postgre://joe:{PASSWORD}@db/x",
    f"postgresql;//joe:{PASSWORD}@db/x",
    f"postgresql:\\\\joe:{PASSWORD}@db\\x",
    f"psql://joe:{PASSWORD}@db/x",
    f"//joe:{PASSWORD}@db/x",
    f"/joe:{PASSWORD}@db/x.sqlite3",
    f"joe:{PASSWORD}@db/x",
    f"joe:{PASSWORD}@db/x.sqlite3",
    f"./joe:{PASSWORD}@db/x.sqlite3",
    f"sqlite:///joe:{PASSWORD}@db/x",
    f'"postgresql://joe:{PASSWORD}@db/x"',
    f"'postgresql://joe:{PASSWORD}@db/x'",
    f"postgresql://joe:{PASSWORD}@db host/x",
    f"postgresql://joe:{PASSWORD}@db:99999/x",
    f"postgresql://joe:{PASSWORD}@db/x\nDISCORD_TOKEN=x",
    f"postgresql://joe:{PASSWORD}@db/%00",
    f"DATABASE_URL=postgresql://joe:{PASSWORD}@db/x",
    f"psql 'postgresql://joe:{PASSWORD}@db/x'",
    "'news.sqlite3'",
    "sqlite:/x",
    "sqlite:x",
    "sqlite://",
    "sqlite://x",
    "sqlite:///%00",
    "sqlite:///x\x00y.db",
    "sqllite:///x.db",
    "mysql://joe:hunter2-zq@db/x",
    "https://joe:hunter2-zq@db/x",
]


@pytest.mark.parametrize("url", MISTYPED)
def test_a_mistyped_address_is_refused_without_its_password(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsInvalid) as caught:
        normalize_database_url(url)
    said = str(caught.value)
    assert said.startswith("DATABASE_URL")
    assert "\n" not in said
    assert "sqlite:///path/to/file or postgresql://user:password@host/name" in said
    assert PASSWORD not in said
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_no_number_is_named_as_a_cause() -> None:
    with pytest.raises(SettingsInvalid, match="a port has to be a number"):
        normalize_database_url("postgresql://joe:secret@db:port/x")


@pytest.mark.parametrize(
    "url",
    ["news.sqlite3", "data/news.db", "./news", "/var/lib/gazette/news", "../news.DB", "C:\\news\\x.db", "news.db\n"],
)
def test_what_is_certainly_a_path_stays_one(url: str) -> None:
    assert normalize_database_url(url) == f"sqlite+aiosqlite:///{url.strip()}"


def test_a_file_without_an_ending_is_a_database_once_it_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newspaper").touch()
    assert normalize_database_url("newspaper") == "sqlite+aiosqlite:///newspaper"


def test_a_path_in_the_home_folder_is_found_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert normalize_database_url("~/news.db") == f"sqlite+aiosqlite:///{tmp_path / 'news.db'}"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30))
@example("s3cr@tpw")
@example("p:/?#[]@!$&'()*+,;= %&zq")
@example("1234?x")
@example("100%")
@example("/leading")
@example("//")
def test_a_password_of_any_characters_arrives_whether_encoded_or_not(password: str) -> None:
    encoded = make_url(normalize_database_url(f"postgresql://joe:{quote(password, safe='')}@db.example:5432/news"))
    assert (encoded.password, encoded.host, encoded.database) == (password, "db.example", "news")
    if password != password.strip() or "\x00" in unquote(password):
        return
    typed = make_url(normalize_database_url(f"postgresql://joe:{password}@db.example:5432/news?sslmode=require"))
    assert (typed.username, typed.password) == ("joe", unquote(password))
    assert (typed.host, typed.port, typed.database, dict(typed.query)) == (
        "db.example",
        5432,
        "news",
        {"sslmode": "require"},
    )


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=6, max_size=30))
@example("s3cr@tpw")
@example("/00000'")
@example("//00000'")
@example("with blanks / and : @ %41")
def test_no_part_of_a_password_is_left_in_a_message(password: str) -> None:
    for url in (f"postgresql://joe:{password}@db/news", f"postgresql//joe:{password}@db/news"):
        shown = SecretRedactor(secrets_of_database_url(url))(f"can't connect to {url}: refused")
        assert not any(part in shown for part in re.findall(r"[^\s/@]{6,}", password) if part not in "can't connect to")


def _run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "seeds").mkdir(exist_ok=True)
    env = {name: value for name, value in environment(folder).items() if name not in ("DATABASE_URL", "GAZETTE_SEEDS")}
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(command, cwd=folder, env=env | variables, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("way", ["variable", "long variable", "option", "file"])
@pytest.mark.parametrize("url", ["nonsense", f"postgresql//joe:{PASSWORD}@db/x"])
def test_the_program_leaves_nothing_behind(way: str, url: str, tmp_path: Path) -> None:
    arguments, variables = ["stats"], {}
    if way == "option":
        arguments = ["--database", url, *arguments]
    elif way == "file":
        (tmp_path / "own.toml").write_text(f'[store]\nurl = "{url}"\n', "utf-8")
        arguments = ["--config", "own.toml", *arguments]
    else:
        variables = {"DATABASE_URL" if way == "variable" else "GAZETTE_STORE__URL": url}
    done = _run(tmp_path, *arguments, **variables)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert PASSWORD not in done.stdout + done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"seeds", "own.toml"}


def test_a_password_apart_from_the_address_is_in_no_message(tmp_path: Path) -> None:
    url = f"postgresql://joe@127.0.0.1:1/news?application_name=own-{PASSWORD}"
    done = _run(
        tmp_path, "stats", DATABASE_URL=url.replace(f"-{PASSWORD}", ""), PGPASSWORD=PASSWORD, PGAPPNAME=PASSWORD
    )
    assert done.returncode == 1
    assert PASSWORD not in done.stdout + done.stderr
    (tmp_path / "own.toml").write_text(f'[store]\nurl = "{url}"\n', "utf-8")
    done = _run(tmp_path, "--config", "own.toml", "stats", PGPASSWORD=PASSWORD)
    assert PASSWORD not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows shows arguments to their user only")
@pytest.mark.parametrize("joined", [True, False])
async def test_an_address_given_as_an_option_is_not_in_the_list_of_processes(tmp_path: Path, *, joined: bool) -> None:
    url = f"sqlite:///{tmp_path / f'{PASSWORD}@home.sqlite3'}"  # not a password, but as good as one for this
    options = [f"--database={url}"] if joined else ["--database", url]
    env = environment(tmp_path, GAZETTE_WATCH__PORT="0")
    async with gazette(*options, "watch", env=env, cwd=tmp_path) as program:
        await program.says("leadership.acquired")
        assert "made a new, empty database" in program.log
        arguments = psutil.Process(program.process.pid).cmdline()
        assert arguments[-1] == "watch"
        assert not any(PASSWORD in each for each in arguments)
        assert await program.stop() == 0
    assert (tmp_path / f"{PASSWORD}@home.sqlite3").exists()


async def test_the_intake_says_when_it_makes_a_new_database_and_only_then(tmp_path: Path) -> None:
    env = environment(tmp_path, GAZETTE_WATCH__PORT="0", DATABASE_URL=f"sqlite:///{tmp_path / 'mine.sqlite3'}")
    logs = []
    for _ in range(2):
        async with gazette("watch", env=env, cwd=tmp_path) as program:
            await program.says("leadership.acquired")
            await program.stop()
            logs.append(program.log)
    assert "made a new, empty database" in logs[0]
    assert "mine.sqlite3" in logs[0]
    assert "made a new, empty database" not in logs[1]


def test_migrating_says_when_it_makes_a_new_database_and_only_then(tmp_path: Path) -> None:
    first, again = (_run(tmp_path, "migrate", DATABASE_URL="mine.sqlite3") for _ in range(2))
    assert first.stdout == "Made a new, empty database at sqlite:///mine.sqlite3.\n"
    assert again.stdout == "sqlite:///mine.sqlite3 is up to date.\n"
