"""Every language has all texts that Discord shows, within Discord's limits."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.i18n import LOCALES

_NAME = re.compile(r"[-_\w]{1,32}")


def catalogue(locale: str, *endings: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for ending in endings or (".discord.ftl",):
        source = (resources.files("bot.i18n") / "locales" / f"{locale}{ending}").read_text("utf-8")
        body = FluentParser().parse(source).body
        assert not [each for each in body if isinstance(each, ast.Junk)]
        messages = {each.id.name: each for each in body if isinstance(each, ast.Message)}
        assert not set(messages) & set(found), "a message stands in both files"
        found |= messages
    return found


BOTH = (".ftl", ".discord.ftl")


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.found.add(node.id.name)


def variables(message: ast.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.found


def plain(message: ast.Message) -> str:
    assert message.value is not None
    return "".join(each.value if isinstance(each, ast.TextElement) else "{}" for each in message.value.elements)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_string_is_missing_or_left_over(locale: str) -> None:
    english, other = catalogue("en"), catalogue(locale)
    assert set(other) == set(english)
    for key, message in english.items():
        assert variables(other[key]) == variables(message), key


@pytest.mark.parametrize("locale", LOCALES)
def test_names_and_descriptions_are_those_that_discord_takes(locale: str) -> None:
    for key, message in catalogue(locale, *BOTH).items():
        text = plain(message)
        if key.startswith(("command-", "option-", "choice-")):
            if (key.endswith("-about") and key != "command-about") or key.startswith("choice-"):
                assert len(text) <= 100, (key, text)
            else:
                assert _NAME.fullmatch(text), (key, text)
                assert text == text.lower(), (key, text)
        if key.startswith("menu-"):
            assert len(text) <= 32, (key, text)
        if key.startswith("setup-form"):
            assert len(text) <= 45, (key, text)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_commands_have_one_name(locale: str) -> None:
    names = names_of(locale)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("locale", LOCALES)
def test_texts_mention_commands_by_their_names(locale: str) -> None:
    for key, message in catalogue(locale).items():
        for name in re.findall(r"(?<![\w/])/([-\w]+)", plain(message)):
            assert name in names_of(locale), (key, name)


def names_of(locale: str) -> list[str]:
    return [
        plain(message)
        for key, message in catalogue(locale, *BOTH).items()
        if key.startswith("command-")
        and (key == "command-about" or not key.endswith("-about"))
        and key != "command-now"
    ]
