"""What hosts, containers and services are given: it installs and starts outside of a checkout."""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")

PYTHON_VERSION = re.compile(r"3\.\d+(?:\.\d+)?")
"""What the buildpack takes in .python-version: one line, major and minor, perhaps a patch."""

needs_sources = pytest.mark.skipif(not (ROOT / "seeds").is_dir(), reason="seeds/ isn't here")


def run(*arguments: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {
        n: v for n, v in os.environ.items() if not n.startswith(("GAZETTE_", "DISCORD_", "DATABASE_", "PYTHONPATH"))
    }
    return subprocess.run(
        [*map(str, arguments)], cwd=cwd, env=kept | environ, capture_output=True, text=True, timeout=150, check=False
    )


def locked_versions(text: str) -> set[str]:
    return {line.split(" \\")[0].strip() for line in text.splitlines() if re.match(r"[A-Za-z0-9_.-]+(\[.*\])?==", line)}


def test_the_requirements_at_the_root_are_those_of_the_lock_file_and_the_program() -> None:
    own = [line for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert set(own[:-1]) == locked_versions(LOCK), "run: make lock"
    assert own[-1] == "."


def test_a_procfile_host_finds_a_version_of_python_that_the_program_takes() -> None:
    version = (ROOT / ".python-version").read_text("utf-8").strip()
    assert PYTHON_VERSION.fullmatch(version)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f">={version}" == project["requires-python"]


def test_the_configuration_of_a_new_installation_changes_no_default(tmp_path: Path) -> None:
    made = run(sys.executable, "-m", "bot.cli", "init", tmp_path / "new", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert made.returncode == 0, made.stderr
    config = tmp_path / "new" / "config" / "gazette.toml"
    assert all(not options for options in tomllib.loads(config.read_text("utf-8")).values())
    enabled = re.sub(r"^#(?=\S)", "", config.read_text("utf-8"), flags=re.MULTILINE)
    assert tomllib.loads(enabled) == tomllib.loads((ROOT / "config" / "gazette.toml").read_text("utf-8"))
    assert (tmp_path / "new" / ".env").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new" / "seeds").is_dir()


def test_init_leaves_alone_what_is_there(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=mine\n", "utf-8")
    made = run(sys.executable, "-m", "bot.cli", "init", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert ".env exists" in made.stderr
    assert (tmp_path / ".env").read_text("utf-8") == "DISCORD_TOKEN=mine\n"


def test_variables_of_the_folder_s_env_file_count_unless_they_are_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('# ours\nexport GAZETTE_SEEDS="news here"\nPATH=/nowhere\n', "utf-8")
    found = run(
        sys.executable, "-m", "bot.cli", "doctor", cwd=tmp_path, PYTHONPATH=str(ROOT), XDG_DATA_HOME=str(tmp_path)
    )
    assert "news here" in found.stdout
    found = run(
        *(sys.executable, "-m", "bot.cli", "doctor"),
        cwd=tmp_path,
        PYTHONPATH=str(ROOT),
        XDG_DATA_HOME=str(tmp_path),
        GAZETTE_SEEDS="elsewhere",
    )
    assert "elsewhere" in found.stdout


def test_a_line_of_the_env_file_that_can_t_be_read_is_named_without_its_value(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=fine\nMTA0secret.token\n", "utf-8")
    found = run(sys.executable, "-m", "bot.cli", "doctor", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert found.returncode == 1
    assert ".env, line 2: write NAME=value" in found.stderr
    assert "MTA0secret" not in found.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy without what the checkout has collected."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("bot", "summarizers", "seeds"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "MANIFEST.in"):
        shutil.copy(ROOT / name, folder / name)
    made = run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist", "."),
        cwd=folder,
    )
    assert made.returncode == 0, made.stderr
    (found,) = (folder / "dist").glob("*.whl")
    return found


def environment(folder: Path) -> Path:
    """An environment that has the packages of this one, and not the checkout."""
    venv.create(folder, with_pip=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for bundled in packages.glob("setuptools*"):  # older than the locked one
        shutil.rmtree(bundled)
    (packages / "locked.pth").write_text(site.getsitepackages()[0] + "\n", "utf-8")
    return folder


@needs_sources
@pytest.mark.e2e
@pytest.mark.slow
def test_the_wheel_starts_in_any_folder_with_the_sample_news(wheel: Path, tmp_path: Path) -> None:
    made = environment(tmp_path / "env")
    installed = run(
        *(made / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel), cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    folder = tmp_path / "anywhere"
    folder.mkdir()
    started = run(made / "bin" / "gazette", "start", cwd=folder, XDG_DATA_HOME=str(tmp_path / "data"))
    assert started.returncode == 0, started.stderr
    assert "Sample news" in started.stdout
    assert "72 stories" in started.stdout


def test_the_image_s_steps_find_what_they_copy(tmp_path: Path) -> None:
    """Each COPY of the build context names something that .dockerignore lets through."""
    ignored = {line.strip() for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()}
    for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines():
        if not line.startswith("COPY ") or "--from" in line:
            continue
        for name in line.split()[1:-1]:
            assert (ROOT / name).exists(), line
            assert name not in ignored, line
    assert "seeds" in ignored


@pytest.mark.e2e
@pytest.mark.slow
def test_the_image_s_steps_in_a_plain_folder(tmp_path: Path) -> None:
    """The program is installed from what the Dockerfile copies, without the sample news, and runs."""
    context = tmp_path / "app"
    context.mkdir()
    copied = re.findall(
        r"^COPY (?!--from)(.+)$", (ROOT / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[0], re.M
    )
    for line in copied:
        *names, _target = line.split()
        for name in names:
            path = ROOT / name
            if path.is_dir():
                shutil.copytree(path, context / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, context / name)
    made = environment(tmp_path / "opt")
    python = made / "bin" / "python"
    installed = run(
        *(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "."),
        cwd=context,
    )
    assert installed.returncode == 0, installed.stderr
    assert not (made / "share" / "gazette" / "seeds").exists()
    shown = run(made / "bin" / "gazette", "--version", cwd=tmp_path)
    assert re.fullmatch(r"gazette \d+\.\d+\.\d+\n", shown.stdout)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze isn't here")
def test_the_systemd_unit_is_valid(tmp_path: Path) -> None:
    unit = (ROOT / "config" / "systemd" / "gazette.service").read_text("utf-8")
    (tmp_path / "gazette.service").write_text(unit.replace("/opt/gazette/bin/gazette", sys.executable), "utf-8")
    checked = run("systemd-analyze", "verify", tmp_path / "gazette.service", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
