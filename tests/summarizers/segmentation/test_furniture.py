"""Notices of pages and feeds are taken out; news that looks like them stays."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.quality_furniture import shipped
from summarizers.analysis import analyse
from summarizers.segmentation.furniture import find_furniture, is_feed_footer

LINES = tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))
BODIES = tomllib.loads((Path(__file__).parents[1] / "text" / "datelines.toml").read_text("utf-8"))

_LEAST_FOUND, _MOST_MISTAKEN = 9, 1
"""Of sixteen lines a language; docs/quality.md has the figures over all."""


@pytest.mark.parametrize("language", LINES)
def test_notices_behind_a_story_are_found_in_every_language(language: str) -> None:
    body = BODIES[language]["body"]
    found = [line for line in LINES[language]["furniture"] if shipped([body, body, line], 2, language)]
    assert len(found) >= _LEAST_FOUND, sorted(set(LINES[language]["furniture"]) - set(found))


@pytest.mark.parametrize("language", LINES)
def test_news_that_looks_like_furniture_stays(language: str) -> None:
    body = BODIES[language]["body"]
    taken = [line for line in LINES[language]["sentences"] if shipped([body, body, line], 2, language)]
    assert len(taken) <= _MOST_MISTAKEN, taken


@pytest.mark.parametrize(
    "line",
    [
        "The post Lima gets a bridge appeared first on Harbour Blog.", "Der Beitrag Neue Brücke erschien zuerst auf Hafenblog.",
        "La entrada Nuevo puente se publicó primero en Blog.", "L’article Un pont est apparu en premier sur Le Blog.", "Запись Мост впервые появилась на Блог.",
        "submitted by /u/harbourfan [link] [comments]", "Article URL: https://example.org/a", "Comments URL: https://example.org/b", "Points: 52", "# Comments: 3",
    ],
)  # fmt: skip
def test_footers_of_feeds_are_known(line: str) -> None:
    assert is_feed_footer(line)


def test_a_report_of_a_first_appearance_is_no_footer() -> None:
    assert not is_feed_footer("The post office in Port Ellery appeared in a film.")


def test_what_is_taken_out_stays_with_the_story_and_its_reason() -> None:
    text = (
        "The council of Port Ellery approved the new bridge on Monday.\nWork is to begin in May, the mayor said.\n"
        "The post Bridge approved appeared first on Harbour Blog."
    )
    (analysis,) = analyse(text, as_one_story=True)
    assert [line.reason for line in analysis.story.furniture] == ["feed"]
    assert "Harbour Blog" not in analysis.story.body
    assert "Harbour Blog" not in " ".join(sentence.text for sentence in analysis.summary)


def test_a_list_of_sources_at_the_end_is_taken_out() -> None:
    body = "The council approved the new bridge on Monday, and work is to begin in May."
    lines = [
        body,
        body,
        body,
        "Sources",
        "“Bridge approved”. Coastal Wire, 5 May 2025",
        "“Work begins”. Harbour Post, 6 May 2025",
    ]
    assert find_furniture(lines, [True] * 6, "en") == dict.fromkeys((3, 4, 5), "sources")


def test_a_document_of_nothing_but_notices_keeps_its_lines() -> None:
    notices = ["Sign up for our newsletter.", "We use cookies to improve your experience on our site."]
    assert find_furniture(notices, [True, True], "en") != dict.fromkeys((0, 1), "offers")
    assert len(find_furniture(notices, [True, True], "en")) < 2
