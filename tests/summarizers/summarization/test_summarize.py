"""Summaries of one story: budget, focus, broken tails."""

from __future__ import annotations

from summarizers.analysis import summarise
from summarizers.summarization.summarize import summarise_sentences
from tests.summarizers.summarization.harbour import STORY


def test_a_budget_of_characters_is_kept() -> None:
    for budget in (0, 20, 90, 150, 220, 400, 5000):
        summary = summarise(STORY, characters=budget, sentences=None)
        assert sum(len(s.text) for s in summary) + max(0, len(summary) - 1) <= budget
    assert len(summarise(STORY, characters=5000, sentences=None)) == 7
    assert len(summarise(STORY, characters=5000)) == 3


def test_a_query_selects_the_sentences_about_it() -> None:
    assert any("railway" in s.text for s in summarise(STORY, sentences=1, focus="railway hall"))
    assert any("Brandt" in s.text for s in summarise(STORY, sentences=2, focus=["Ilka Brandt", "generations"]))
    assert summarise(STORY, focus="zeppelin") == summarise(STORY)


def test_a_huge_sentence_does_not_hide_the_others() -> None:
    text = "word and more " * 15_000 + "end. A second sentence stands here. A third one too. And a fourth."
    assert len(summarise(text, language="en")) == 3


def test_a_truncated_body_loses_its_tail() -> None:
    body = ["The dam holds.", "Water rises.", "Engineers expect that by"]
    assert [s.position for s in summarise_sentences(body, count=3, truncated=True)] == [0, 1]
