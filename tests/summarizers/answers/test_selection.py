"""Sentences that answer a question, and silence where none does."""

from __future__ import annotations

import pytest

from summarizers.answers import Passage, find_answers
from summarizers.text.embeddings import OFF_VARIABLE, encoder

PASSAGES = [
    Passage(
        "Ferry runs aground off Ålesund",
        (
            "A ferry ran aground off the Norwegian town of Ålesund on Sunday evening.",
            "All 214 passengers were brought ashore by lifeboats, the rescue service said.",
            "Captain Torunn Vik said that fog had set in within minutes.",
        ),
        "en",
    ),
    Passage(
        "Schafe blockieren Brenner",
        (
            "Eine Herde von 800 Schafen hat am Samstag die Straße über den Brenner gesperrt.",
            "Der Hirte Luis Gruber entschuldigte sich bei den Autofahrern.",
        ),
        "de",
    ),
    Passage("Bakers strike in Lyon", ("Bakers in Lyon stopped work on Friday over the price of flour.",), "en"),
]


@pytest.fixture(params=["with the encoder", "by words"], autouse=True)
def meaning(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways in which questions are answered."""
    if request.param == "by words":
        monkeypatch.setenv(OFF_VARIABLE, "off")
    elif encoder() is None:
        pytest.skip("the package of the meaning extra isn't installed")


def answered(question: str, language: str) -> list[str]:
    """The sentences that answer, best first."""
    return [PASSAGES[each.passage].sentences[each.sentence] for each in find_answers(question, language, PASSAGES)]


@pytest.mark.parametrize(
    ("question", "language", "part"),
    [
        ("How many passengers were on the ferry at Ålesund?", "en", "214 passengers"),
        ("Who was the captain of the ferry off Ålesund?", "en", "Torunn Vik"),
        ("Wie viele Schafe waren am Brenner?", "de", "800 Schafen"),
        ("Why did the bakers in Lyon strike?", "en", "price of flour"),
    ],
)
def test_the_answer_is_among_the_sentences_shown(question: str, language: str, part: str) -> None:
    found = answered(question, language)
    assert any(part in sentence for sentence in found)
    assert len(found) <= 4


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who won the election in Brazil?", "en"),
        ("How many goals did Manchester score?", "en"),
        ("Wer wird neuer Präsident von Chile?", "de"),
    ],
)
def test_nothing_is_answered_where_no_story_does(question: str, language: str) -> None:
    assert answered(question, language) == []


def test_without_stories_there_is_no_answer() -> None:
    assert find_answers("Who won?", "en", []) == []
    assert find_answers("Who won?", "en", [Passage("Only a headline", (), "en")]) == []
