"""What holds for the whole house: nothing undocumented, nothing without words, nothing in the wrong room."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
import typer.main

import bot
import summarizers
from bot import errors
from bot.cli import app
from bot.i18n import words
from tests.source_checks import (
    docstring_faults,
    module_names,
    name_of,
    public_classes,
    sources,
    unexplained_constants,
)

ROOT = Path(__file__).parents[1]


def modules() -> list[str]:
    """All modules of the program, but for what runs at import."""
    found = []
    for package in (bot, summarizers):
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(migrations|build|__main__)", each.name):
                found.append(each.name)
    return found


@pytest.mark.parametrize("name", modules())
def test_a_module_says_which_question_it_answers_and_what_is_public(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for public in getattr(module, "__all__", ()):
        assert hasattr(module, public), public


@pytest.mark.parametrize(
    "error",
    [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, errors.GazetteError)],
    ids=lambda each: each.__name__,
)
def test_every_error_has_its_message_and_stands_in_the_tree(error: type[errors.GazetteError]) -> None:
    assert words("en").has(error.key)
    assert error.__name__ in (errors.__doc__ or "")


def test_every_command_of_the_terminal_is_documented() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined] # a group has them
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert len(commands) > 20
    for name, command in commands.items():
        assert f"gazette {name}" in text, name
        assert command.help


def test_every_shipped_table_names_its_source() -> None:
    for table in (ROOT / "summarizers" / "data").glob("*.toml"):
        assert re.search(r"(?i)source|written by hand|from|by ", table.read_text("utf-8")[:2000]), table.name


def test_every_table_that_was_made_names_what_it_was_made_of_and_borrowed_ones_are_credited() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for table in (ROOT / "summarizers" / "data").glob("*.json"):
        source = json.loads(table.read_text("utf-8"))["source"]
        assert source, table.name
        if re.search(r"CC BY|Unicode", source):
            assert f"summarizers/data/{table.name}" in notice


SOURCES = [
    path
    for folder in ("bot", "summarizers", "training", "benchmarks", "tests")
    for path in (ROOT / folder).rglob("*.py")
]


def assigned(module: ast.Module) -> Iterator[str]:
    """Names that a module's own statements bind, once for each time."""
    for statement in module.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            yield from (part.id for part in parts if isinstance(part, ast.Name))


def test_no_module_assigns_a_name_twice() -> None:
    twice = {
        str(path.relative_to(ROOT)): names
        for path in SOURCES
        if (
            names := [
                name for name, times in Counter(assigned(ast.parse(path.read_text("utf-8")))).items() if times > 1
            ]
        )
    }
    assert not twice


def unicode_ranges(text: str) -> list[str]:
    """Ranges of letters or marks outside ASCII, written out or as escapes, as they stand in a character class."""
    found = re.findall(r"\\[uU][0-9a-fA-F]{4,8}-\\[uU]", text)
    for match in re.finditer(r"(?=(.)-(.))", text, re.DOTALL):
        first, last = match[1], match[2]
        if "\x7f" < first < last and {unicodedata.category(first)[0], unicodedata.category(last)[0]} <= set("LMN"):
            found.append(f"{first}-{last}")
    return found


def test_only_one_module_of_summarizers_holds_unicode_ranges() -> None:
    holders = set()
    for path in (ROOT / "summarizers").rglob("*.py"):
        module = ast.parse(path.read_text("utf-8"))
        texts = [
            node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        if any(map(unicode_ranges, texts)):
            holders.add(path.relative_to(ROOT / "summarizers").as_posix())
    assert holders == {"text/scripts.py"}


def test_shipped_tables_are_read_by_one_loader() -> None:
    readers = {
        path.relative_to(ROOT / "summarizers").as_posix()
        for path in (ROOT / "summarizers").rglob("*.py")
        if re.search(
            r"^(?:import|from) (?:tomllib|importlib\.resources|pathlib)\b", path.read_text("utf-8"), re.MULTILINE
        )
    }
    assert readers == {"text/tables.py"}


SAME_NOUN = {
    "alerts": "one noun through all layers: decision, store, service, page",
    "data": "the terminal's commands on the data and their service",
    "help": "the command and its page",
    "registry": "what is found by name: commands, engines",
    "countries": "the labels and the training of their weights",
    "events": "the terminal's commands, the store's tables and the training of the model",
    "html": "a format that is read and one that is drawn",
    "members": "the service and its table",
    "metrics": "the registry and what delivery adds to it",
    "models": "the data model and the evaluator of trained models, each named so in the architecture",
    "newsrank": "the engine and the training of its weights",
    "sources": "one noun through all layers: model, store, service, commands, page, terminal",
    "stories": "the store's table and the pages that show stories",
    "subscriptions": "one noun through all layers: store, service, commands, page, terminal",
    "taste": "one noun through two layers: decision, page",
    "syntax": "the parser and the training of its weights",
    "topics": "the labels and the training of their weights",
    "types": "each package's values",
    "withholdings": "one noun through the layers: store, service, terminal",
}
"""Module names that stand in several folders, each for one noun."""


def test_a_module_name_stands_for_one_noun() -> None:
    repeated = {name: files for name, files in module_names().items() if len(files) > 1}
    assert repeated.keys() - SAME_NOUN == set(), repeated
    assert SAME_NOUN.keys() - repeated == set(), "no longer repeated"


def test_no_two_public_classes_have_the_same_name() -> None:
    assert {name: files for name, files in public_classes().items() if len(files) > 1} == {}


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_docstrings_begin_with_a_short_statement(path: Path) -> None:
    assert list(docstring_faults(path)) == []


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_every_number_at_module_level_has_its_reason(path: Path) -> None:
    assert list(unexplained_constants(path)) == []


def test_the_checks_find_what_they_look_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.source_checks.ROOT", tmp_path)
    bad = tmp_path / "bad.py"
    bad.write_text(
        '"""What is this?"""\nLIMIT = 3\nLIMIT = 4  # files at once\n\ndef f():\n    """' + "x" * 91 + '"""\n'
    )
    assert len(list(docstring_faults(bad))) == 2
    assert list(unexplained_constants(bad)) == ["bad.py:2: LIMIT = 3"]
    good = tmp_path / "good.py"
    good.write_text('"""Limits of a scan."""\n# files at once\nLIMIT = 3\nWAIT = 2.5\n"""Seconds."""\n')
    assert [*docstring_faults(good), *unexplained_constants(good)] == []


def import_circles(*packages: str) -> list[set[str]]:
    """Modules that import each other, also through others, at their top or within functions."""
    graph = grimp.build_graph(*packages, cache_dir=None, exclude_type_checking_imports=True)
    order: list[str] = []
    seen: set[str] = set()
    for root in sorted(graph.modules):
        stack = [(root, iter(sorted(graph.find_modules_directly_imported_by(root))))] if root not in seen else []
        seen.add(root)
        while stack:
            module, imported = stack[-1]
            following = next((each for each in imported if each not in seen), None)
            if following is None:
                order.append(module)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(sorted(graph.find_modules_directly_imported_by(following)))))
    circles, placed = [], set()
    for root in reversed(order):  # Kosaraju's second pass, over importers
        component, waiting = set(), [root]
        while waiting:
            module = waiting.pop()
            if module not in placed:
                placed.add(module)
                component.add(module)
                waiting += graph.find_modules_that_directly_import(module)
        if len(component) > 1:
            circles.append(component)
    return circles


def test_no_modules_import_each_other() -> None:
    assert import_circles("bot", "summarizers") == []


def test_a_circle_through_a_function_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"__init__": "", "one": "import ring.two", "two": "from ring import three", "four": "import ring.one"}
    files["three"] = "def late():\n    from ring.one import x\n"
    (tmp_path / "ring").mkdir()
    for name, text in files.items():
        (tmp_path / "ring" / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert import_circles("ring") == [{"ring.one", "ring.two", "ring.three"}]
