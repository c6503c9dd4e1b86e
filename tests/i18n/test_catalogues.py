"""Do all languages say the same, within Discord's limits, and does the program say nothing that is not in them?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot import errors
from bot.commands.registry import CommandRegistry
from bot.commands.types import Command
from bot.errors import GazetteError
from bot.i18n import DEFAULT, LOCALES, words
from bot.newsroom.models import DeliveryState
from bot.newsroom.obstacles import DeliveryReason
from tests.services.sample_news import unconnected_services

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "bot" / "i18n" / "locales"
OTHERS = [name for name in LOCALES if name != DEFAULT]


@cache
def catalogue(locale: str) -> dict[str, ftl.Message]:
    """The messages of a language by key."""
    found: dict[str, ftl.Message] = {}
    for name in (f"{locale}.ftl", f"{locale}.discord.ftl"):
        resource = FluentParser().parse((FOLDER / name).read_text("utf-8"))
        assert not [entry for entry in resource.body if isinstance(entry, ftl.Junk)]
        for entry in resource.body:
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, entry.id.name
                found[entry.id.name] = entry
    return found


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.selects: list[ftl.SelectExpression] = []

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        self.selects.append(node)
        self.generic_visit(node)


def inside(message: ftl.Message) -> _Variables:
    """The arguments and selections of a message."""
    visitor = _Variables()
    visitor.visit(message)
    return visitor


def commands() -> list[Command]:
    """All commands; what they ask doesn't matter here."""
    return CommandRegistry(unconnected_services()).all()


@pytest.mark.parametrize("locale", OTHERS)
def test_no_message_is_missing_and_none_is_left_over(locale: str) -> None:
    assert list(catalogue(locale)) == list(catalogue(DEFAULT))


@pytest.mark.parametrize("locale", OTHERS)
def test_translations_take_the_arguments_of_the_english_message(locale: str) -> None:
    for key, message in catalogue(locale).items():
        assert inside(message).names == inside(catalogue(DEFAULT)[key]).names, key


@pytest.mark.parametrize("locale", LOCALES)
def test_plural_forms_are_those_of_the_language(locale: str) -> None:
    forms = {*Locale.parse(locale.replace("-", "_")).plural_form.tags, "other"}
    for key, message in catalogue(locale).items():
        for select in inside(message).selects:
            named = {each.key.name for each in select.variants if isinstance(each.key, ftl.Identifier)}
            assert named <= forms | {"none"}, key
            if named & {"one", "few", "many"}:
                assert "one" in named, key


@pytest.mark.parametrize("locale", OTHERS)
def test_nothing_is_left_in_english(locale: str) -> None:
    """Some words are the same in both; whole sentences are not."""
    english, other = words(DEFAULT), words(locale)
    same = [
        key
        for key, message in catalogue(locale).items()
        if not inside(message).names and len(other(key).split()) > 2 and other(key) == english(key)
    ]
    assert same == []


def test_english_stands_in_for_a_language_that_is_not_there() -> None:
    assert words("tlh")("button-next") == "Next"


@pytest.mark.parametrize("locale", LOCALES)
def test_names_and_descriptions_are_ones_that_discord_takes(locale: str) -> None:
    say = words(locale)
    words_of = {word for command in commands() for word in command.name.split()}
    names = [say.plain(f"command-{word}") for word in sorted(words_of)] + [say.plain("command-now")]
    for command in commands():
        assert 1 <= len(say.plain(command.about_key)) <= 100
        options = [say.plain(f"option-{option.name}") for option in command.options]
        assert len(set(options)) == len(options), command.name
        names += options
        for option in command.options:
            own = f"option-{command.name}-{option.name}-about"
            assert 1 <= len(say.plain(own if say.has(own) else f"option-{option.name}-about")) <= 100
            for choice in option.choices:
                assert 1 <= len(say.plain(f"choice-{option.name}-{choice}")) <= 100
    for name in names:
        assert re.fullmatch(r"[-_'\w]{1,32}", name), name
        assert name == name.lower()


@pytest.mark.parametrize("locale", LOCALES)
def test_commands_that_messages_speak_of_exist_in_the_language(locale: str) -> None:
    say = words(locale)
    names = {command.label(say).split()[0] for command in commands()} | {"next", "quit", "language"}
    for key, message in catalogue(locale).items():
        told = say.plain(key, **dict.fromkeys(inside(message).names, 3))
        for name in re.findall(r"(?<![\w<:/])/([^\W\d][\w-]*)", told):
            assert any(name == each or (name.startswith(each) and locale == "ja") for each in names), (key, name)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_commands_have_one_name(locale: str) -> None:
    names = [command.label(words(locale)) for command in commands()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("locale", LOCALES)
def test_labels_of_buttons_and_menus_fit(locale: str) -> None:
    say = words(locale)
    for key in catalogue(locale):
        if key in ("menu-summarize", "menu-why"):  # names of context menus
            assert len(say(key)) <= 32
        elif key.startswith("menu-"):
            assert len(say(key)) <= 150
        if key.startswith("setup-form-"):
            assert len(say.plain(key)) <= 45
        if (
            key.startswith(("button-", "setup-confirm", "setup-preview", "setup-more", "setup-cancel"))
            and not inside(catalogue(locale)[key]).names
        ):
            assert len(say(key)) <= 80


def _errors(root: type[GazetteError]) -> Iterator[type[GazetteError]]:
    yield root
    for each in root.__subclasses__():
        yield from _errors(each)


def test_every_error_has_its_message() -> None:
    assert {each.key for each in _errors(errors.GazetteError) if each.__module__ == "bot.errors"} <= set(
        catalogue(DEFAULT)
    )


def test_every_state_and_reason_of_a_delivery_has_its_message() -> None:
    wanted = {f"delivery-{state.value}" for state in DeliveryState} | {
        f"reason-{reason.value}" for reason in DeliveryReason if reason is not DeliveryReason.OTHER
    }
    assert wanted <= set(catalogue(DEFAULT))


def _strings() -> Iterator[ast.Constant | ast.JoinedStr | ast.Call]:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        yield from (
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.Call)
        )


def test_every_message_is_said_somewhere() -> None:
    plain: set[str] = set()
    shapes: list[re.Pattern[str]] = []
    for node in _strings():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            plain.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            first = node.values[0]
            if isinstance(first, ast.Constant) and re.fullmatch(r"[a-z]+-(?:[a-z]+-)*", str(first.value)):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                shapes.append(re.compile("".join(parts)))
    unsaid = [key for key in catalogue(DEFAULT) if key not in plain and not any(s.fullmatch(key) for s in shapes)]
    assert unsaid == []


def test_nothing_is_said_that_is_in_no_catalogue() -> None:
    said = set()
    for node in _strings():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if name in ("words", "say", "spoken") and isinstance(first, ast.Constant) and isinstance(first.value, str):
            said.add(first.value)
    tags = {*LOCALES}
    assert sorted(said - tags - set(catalogue(DEFAULT))) == []
