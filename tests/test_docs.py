"""The documentation names files, headings and functions that exist, and keeps to its own rules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import typer.main

from benchmarks import quality, reference_pages, report_writer, speed
from bot.cli import app
from bot.observability.metrics import Metrics
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))

LONGEST_RECORD = 500
"""Words of a decision record at most: about a printed page."""

_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
_PATH = re.compile(r"(?<![\w/.<-])((?:bot|summarizers|training|tests|benchmarks|docs|config|requirements)/[\w./*-]*)")
_MODULE = re.compile(r"python -m ((?:bot|summarizers|training|tests|benchmarks)(?:\.\w+)*)")
_SYMBOL_IN_FILE = re.compile(r"`([A-Za-z_][\w.]*)(?:\(\))?` in `([\w/]+\.py)`")
_MAKE_TARGET = re.compile(r"`(?:[A-Z_]+=\S+ )?make ([a-z-]+)")
_TERMINAL_COMMAND = re.compile(r"`(?:\.venv/bin/)?gazette ([a-z]+)")
_SLASH_COMMAND = re.compile(r"`/([a-z]+)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = _FENCE.sub("", page.read_text("utf-8"))
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def definitions(module: Path) -> set[str]:
    """The functions, classes and constants of a module; methods as `Class.method`."""
    found = set()
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if hasattr(inner, "name")}
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    for target, anchor in _LINK.findall(page.read_text("utf-8")):
        linked = (page.parent / target).resolve() if target else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_file_paths_in_the_text_exist(page: Path) -> None:
    for path in _PATH.findall(page.read_text("utf-8")):
        path = path.rstrip(".")
        assert (ROOT / path).exists() or any(ROOT.glob(path)), path


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_modules_in_shown_commands_exist(page: Path) -> None:
    for module in _MODULE.findall(page.read_text("utf-8")):
        path = ROOT / module.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), module


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_functions_are_defined_in_the_file_that_is_named_with_them(page: Path) -> None:
    for symbol, path in _SYMBOL_IN_FILE.findall(page.read_text("utf-8")):
        assert symbol in definitions(ROOT / path), f"{symbol} in {path}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_the_text_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(_MAKE_TARGET.findall(text)) <= targets
    assert set(_TERMINAL_COMMAND.findall(text)) <= set(typer.main.get_command(app).commands)  # type: ignore[attr-defined] # a group has them
    others = {"healthz", "metrics", "language", "next", "prev", "quit", "test"}  # the server's, the console's, RSStT's
    listed = (ROOT / "docs" / "commands.md").read_text("utf-8")  # complete, as tests/commands/test_documented.py holds
    known = set(re.findall(r"^\| `/([a-z]+)", listed, re.MULTILINE))
    if page.name != "CONTRIBUTING.md":  # its recipe adds a command
        assert set(_SLASH_COMMAND.findall(text)) <= known | others


def test_every_page_is_on_the_site() -> None:
    listed = re.findall(r"^ +- .+: ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    pages = {
        page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md") if page not in RECORDS
    }
    assert pages <= set(listed)
    assert len(listed) == len(set(listed))


def test_the_pages_made_from_the_program_are_as_it_is_now() -> None:
    for path, text in reference_pages.pages().items():
        assert path.read_text("utf-8") == text, f"{path.name}: run make fix"


def test_every_setting_has_a_row() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for section, field in Settings.model_fields.items():
        for option in field.annotation.model_fields:  # type: ignore[union-attr] # each section is a model
            assert f"| `{section}.{option}` |" in page


def test_every_metric_has_a_row() -> None:
    page = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    scraped = re.findall(r"^# TYPE (\w+) \w+$", Metrics().text().decode(), re.MULTILINE)
    assert len(scraped) > 1
    for name in scraped:
        assert name.endswith("_created") or f"| `{name}` |" in page, name


def test_the_checks_find_what_they_look_for() -> None:
    text = "see [x](a/b.md#c-d), `run` in `bot/app.py`, `python -m benchmarks.quality`, bot/store/ and docs/*.md."
    assert _LINK.findall(text) == [("a/b.md", "c-d")]
    assert _SYMBOL_IN_FILE.findall(text) == [("run", "bot/app.py")]
    assert _MODULE.findall(text) == ["benchmarks.quality"]
    assert [path.rstrip(".") for path in _PATH.findall(text)] == ["bot/app.py", "bot/store/", "docs/*.md"]
    commands = "`make test-fast`, `DISCORD_TOKEN=x make run`, `.venv/bin/gazette doctor --live`, `/digest now`"
    assert _MAKE_TARGET.findall(commands) == ["test-fast", "run"]
    assert _TERMINAL_COMMAND.findall(commands) == ["doctor"]
    assert _SLASH_COMMAND.findall(commands) == ["digest"]
    assert slug("Story splitting (0006 and 0014)") == "story-splitting-0006-and-0014"


@pytest.mark.parametrize("record", RECORDS, ids=name_of)
def test_a_decision_record_fits_on_a_page_and_is_listed(record: Path) -> None:
    assert len(record.read_text("utf-8").split()) <= LONGEST_RECORD
    assert f"({record.name})" in (record.parent / "README.md").read_text("utf-8")


def test_decision_records_have_numbers_of_their_own() -> None:
    numbers = [record.name[:4] for record in RECORDS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("name", "parts"), [("quality", quality.PARTS), ("speed", speed.PARTS)])
def test_measuring_a_part_again_keeps_the_other_sections_and_the_history(
    name: str, parts: tuple[report_writer.Part, ...]
) -> None:
    page = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    titles = [part.title for part in parts]
    body = page[page.index("## ") :]
    assert report_writer.compose(page, {}, titles) == body
    again = report_writer.compose(page, {titles[0]: f"## {titles[0]}\n\nnew\n"}, titles)
    assert again.startswith(f"## {titles[0]}\n\nnew\n\n## {titles[1]}\n")
    history = f"## {report_writer.HISTORY}\n"
    assert again[again.index(history) :] == body[body.index(history) :]
