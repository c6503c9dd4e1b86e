"""What a member reads in every language: no slug, no notation of ours, no word of another language."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from importlib import resources
from pathlib import Path

import pytest

from bot.cogs.client import Client
from bot.commands import CommandRegistry
from bot.i18n import DEFAULT, negotiate
from summarizers.labels.topic_names import TOPICS
from tests.cogs.walk_texts import ShownText, walk_through
from tests.double import Discord

Connect = Callable[[Client], Awaitable[Client]]

LOCALES = ("en-US", "de", "fr", "es-ES", "pt-BR", "ja", "zh-TW")

_LINK = re.compile(r"<[#@t][^>]*>|\]\([^)]*\)|https?:\S+|#\w+")
"""Mentions, times, addresses and names of channels, which are the members' own."""

_NOTATION = {
    "topic's slug": re.compile("|".join(re.escape(slug) for slug in TOPICS if "-" in slug)),
    "zone's id": re.compile(r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/\w+"),
    "message's key": re.compile(r"\b(?:error|choice|option|command|filter-wrong|since|setup|what)-[a-z]+"),
    "hole in a message": re.compile(r"\{ ?\$|\{\}|\bNone\b|\bnull\b"),
    "name in the code": re.compile(r"\b[a-z]+_[a-z]+\b"),
    "filter's notation": re.compile(r"(?<![`\w])(?:country|region|source|path|kicker|since|until):\S"),
}
"""What nobody should read, by what it is."""

_EXPLAINED = ("/help", "contry", "filter")
"""Places where the filter language is shown on purpose: its explanations, and messages about a mistyped filter."""

_WORD = re.compile(r"[A-Za-z]{4,}")
_FOREIGN = frozenset(
    {"embeds", "discord", "clyde", "manage", "webhooks", "gazette", "feed", "feeds", "chat", "english", "berlin"}
)
"""English words that Discord or the other languages use as their own."""


def catalogue_words(locale: str) -> set[str]:
    """The words of a catalogue's texts, without its keys and arguments."""
    words: set[str] = set()
    for ending in (".ftl", ".discord.ftl"):
        source = (resources.files("bot.i18n") / "locales" / f"{locale}{ending}").read_text("utf-8")
        texts = re.sub(r"(?m)^[a-z][\w-]* =|^#.*$|\{[^{}]*\}|\[\w+\]", " ", source)
        words |= {word.casefold() for word in _WORD.findall(texts)}
    return words


def faults(shown: ShownText, foreign: set[str], stories: str) -> Iterator[str]:
    """What is wrong with a text; what the member typed and what stories say doesn't count."""
    text = _LINK.sub(" ", shown.text)
    for typed in sorted(shown.echo.split(), key=len, reverse=True):
        text = text.replace(typed, " ")
    for what, pattern in _NOTATION.items():
        explained = what == "filter's notation" and any(each in shown.where for each in _EXPLAINED)
        if (found := pattern.search(text)) and not explained:
            yield f"{what} {found[0]!r}"
    words = {word.casefold() for word in _WORD.findall(text)}
    for word in sorted(words & foreign):
        if word not in stories and word not in shown.echo.casefold():
            yield f"English word {word!r}"


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_text_is_in_the_members_language(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry, locale: str, tmp_path: Path
) -> None:
    await connect(gazette)
    shown = await walk_through(discord_double, commands, locale)
    texts = {each.text: each for each in shown if each.text.strip()}
    (tmp_path / f"{locale}.txt").write_text(
        "\n".join(f"[{each.where}]\n{text}\n" for text, each in texts.items()), encoding="utf-8"
    )
    language = negotiate(locale)
    foreign = set() if language == DEFAULT else catalogue_words(DEFAULT) - catalogue_words(language) - _FOREIGN
    stories = " ".join([str(await commands.services.news.story(f"s{number}")) for number in range(1, 7)]).casefold()
    wrong = {
        f"{each.where}: {fault}: {each.text[:200]}"
        for each in texts.values()
        for fault in faults(each, foreign, stories)
    }
    assert sorted(wrong) == []
    assert len(texts) > 300
