"""The table of topics: numbers that databases hold, colours, names and kana."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from bot.i18n import LOCALES
from summarizers.labels.topic_names import TOPICS
from summarizers.labels.topic_table import read_topics, topic_table
from summarizers.labels.topics import TOPIC_LANGUAGES

DATA = Path(__file__).parents[3] / "summarizers" / "data"

NUMBERS = {
    "arts-culture-entertainment-and-media": 1,
    "crime-law-and-justice": 2,
    "disaster-accident-and-emergency": 3,
    "economy-business-and-finance": 4,
    "education": 5,
    "environment": 6,
    "health": 7,
    "human-interest": 8,
    "labour": 9,
    "lifestyle-and-leisure": 10,
    "politics-and-government": 11,
    "religion": 12,
    "science-and-technology": 13,
    "society": 14,
    "sport": 15,
    "conflict-war-and-peace": 16,
    "weather": 17,
}
"""Numbers in the databases of version 0.1."""


def test_numbers_in_existing_databases_never_change() -> None:
    assert {slug: topic_table()[slug].number for slug in NUMBERS} == NUMBERS


def test_every_topic_has_a_number_a_colour_and_a_name_in_every_language() -> None:
    rows = topic_table().values()
    assert tuple(topic_table()) == TOPICS == tuple(sorted(TOPICS))
    assert all(0 < row.number < 1 << 31 and 0 < row.color <= 0xFFFFFF and row.aliases for row in rows)
    assert len({row.color for row in rows}) == len(rows)
    for row, locale in itertools.product(rows, LOCALES):
        assert row.names.get(locale.casefold()), (row.slug, locale)


def test_a_kanji_name_can_be_typed_in_kana() -> None:
    for row in topic_table().values():
        kanji = any("\u4e00" <= char <= "\u9fff" for char in row.names["ja"][:2])
        assert bool(row.kana) == kanji, row.slug


@pytest.mark.parametrize("language", TOPIC_LANGUAGES)
def test_the_weights_of_each_language_are_fitted_on_every_topic(language: str) -> None:
    weights = json.loads((DATA / f"topics_{language}.json").read_text("utf-8"))
    assert tuple(weights["topics"]) == TOPICS


def test_two_topics_with_one_number_are_refused() -> None:
    row = {"number": 1, "color": 1, "en": "X", "aliases": []}
    with pytest.raises(ValueError, match="same number"):
        read_topics({"one": row, "two": row})
