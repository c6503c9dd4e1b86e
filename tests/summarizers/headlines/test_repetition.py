"""Summaries go on with what a made headline does not say."""

from __future__ import annotations

from summarizers.analysis import analyse, summarise
from summarizers.headlines.repetition import repeated_sentence

LEAD = "The city council of Port Ellery approved a new bridge over the river on Monday."
MORE = (
    "Work on the foundations begins in autumn and takes three years.",
    "Shopkeepers in the old harbour had collected four thousand signatures against the plan.",
    "The bridge replaces a ferry that sank in a storm last winter.",
)


def test_the_sentence_that_a_made_headline_says_is_left_out() -> None:
    (story,) = analyse(" ".join((LEAD, *MORE)), as_one_story=True)
    assert story.headline.startswith("City council of Port Ellery approved")
    assert [each.text for each in story.summary] == list(MORE)


def test_a_story_of_one_sentence_keeps_it() -> None:
    (story,) = analyse(LEAD, as_one_story=True)
    assert [each.text for each in story.summary] == [LEAD]


def test_a_given_headline_leaves_the_summary_alone() -> None:
    text = " ".join((LEAD, *MORE))
    (story,) = analyse(text, as_one_story=True, title="Port Ellery approves bridge")
    assert [each.text for each in story.summary] == [each.text for each in summarise(text)]


def test_a_headline_that_says_little_of_its_sentence_repeats_nothing() -> None:
    long = f"{LEAD[:-1]}, after a night of speeches in which eleven members, two ministers and a bishop warned of the cost."
    assert repeated_sentence("Council approved bridge", [long], "en") is None
    assert repeated_sentence("City council of Port Ellery approved new bridge over river", [LEAD, *MORE], "en") == 0
    assert repeated_sentence("Mayor resigns", [LEAD, *MORE], "en") is None
    assert repeated_sentence("", [LEAD], "en") is None


def test_chinese_characters_are_compared_one_by_one() -> None:
    sentences = ["滨海市政府星期二宣布，将在旧火车站建设一座新图书馆。", "预计三年后开放。"]
    assert repeated_sentence("滨海市政府宣布将在旧火车站建设新图书馆", sentences, "zh") == 0


def test_a_headline_that_breaks_off_repeats_nothing() -> None:
    assert (
        repeated_sentence("City council of Port Ellery approved a new bridge over the river…", [LEAD, *MORE], "en")
        is None
    )
