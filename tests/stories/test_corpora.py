"""The project's own news in seeds/ makes a first digest worth reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.intake.file_reader import read_document
from bot.settings import IntakeSettings
from summarizers import Analysis, analyse
from summarizers.labels.topic_names import TOPICS

SEEDS = Path(__file__).parents[2] / "seeds"
STORIES = Path(__file__).parent / "stories.jsonl"


@pytest.fixture(scope="module")
def found() -> dict[str, list[Analysis]]:
    """The stories of each file, as intake reads and splits it."""
    limits = IntakeSettings()
    result = {}
    for path in sorted(SEEDS.iterdir()):
        pieces = read_document(path, limits.max_bytes).parts
        result[path.name] = [story for piece in pieces for story in analyse(piece.text, title=piece.title)]
    return result


def test_there_are_files_of_every_kind() -> None:
    assert {path.suffix for path in SEEDS.iterdir()} >= {".txt", ".md", ".html", ".json", ".jsonl"}


def test_sixty_stories_cover_topics_countries_and_languages(found: dict[str, list[Analysis]]) -> None:
    stories = [story for listed in found.values() for story in listed]
    assert len(stories) >= 60
    assert {story.topics[0].slug for story in stories} == set(TOPICS)
    countries = {country.code for story in stories for country in story.countries if country.salience >= 0.25}
    assert len(countries) >= 40
    assert len({story.language for story in stories}) >= 8


def test_whole_stories_are_summarised_in_sentences_of_their_own(found: dict[str, list[Analysis]]) -> None:
    for name, stories in found.items():
        for story in stories:
            assert story.headline, name
            assert story.summary or story.story.truncated, (name, story.headline)
            assert all(sentence.text in story.story.body for sentence in story.summary)


def test_some_teasers_break_off(found: dict[str, list[Analysis]]) -> None:
    cut = [story for stories in found.values() for story in stories if story.story.truncated]
    assert len(cut) >= 3
    assert all(story.story.kicker for story in cut)


def test_files_hold_no_dates_that_age() -> None:
    for path in SEEDS.iterdir():
        assert not any(f"20{year}" in path.read_text("utf-8") for year in range(20, 40)), path.name


def test_labelled_stories_are_ten_a_topic_and_all_different() -> None:
    rows = [json.loads(line) for line in STORIES.read_text("utf-8").splitlines()]
    assert all(sum(row["topic"] == topic for row in rows) >= 10 for topic in TOPICS)
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    assert len({code for row in rows for code in row["countries"]}) >= 40
