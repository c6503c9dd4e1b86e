"""Chinese, Japanese, Arabic and Russian stories with the two sentences that an editor would choose."""

import json
from pathlib import Path

import pytest

from summarizers.summarization.registry import ENGINES

GOLDEN = Path(__file__).parents[1] / "golden" / "summaries.jsonl"
STORIES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def count_matches(engine: str, language: str) -> int:
    return sum(
        len(set(ENGINES[engine].select(story["sentences"], 2, language=language)) & set(story["picks"]))
        for story in STORIES
        if story["language"] == language
    )


@pytest.mark.parametrize("language", ["zh", "ja", "ar", "ru"])
def test_newsrank_chooses_more_of_the_editors_sentences_than_the_lead(language: str) -> None:
    assert sum(story["language"] == language for story in STORIES) == 10
    assert count_matches("newsrank", language) >= count_matches("lead", language) + 4


@pytest.mark.parametrize("engine", ["lexrank", "textrank", "luhn", "kl", "sumbasic", "reduction", "edmundson"])
def test_newsrank_chooses_more_of_them_than_sumys_engines(engine: str) -> None:
    languages = ("zh", "ja", "ar", "ru")
    assert sum(count_matches("newsrank", language) for language in languages) > sum(
        count_matches(engine, language) for language in languages
    )
