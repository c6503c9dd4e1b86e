"""Clauses of a sentence with words left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.headlines.choice import headline_model
from summarizers.headlines.clauses import SentenceTree, clause_variants
from summarizers.headlines.made import MAX_LENGTH, length_limit, story_words
from summarizers.text.syntax import parse
from tests.summarizers.golden_stories import GOLDEN


def variants(sentence: str, language: str = "en") -> list[str]:
    limit = length_limit(language, sentence)
    return [
        variant.text
        for one in parse([sentence], language) or []
        if one.tokens
        for variant in clause_variants(
            SentenceTree(one, language, 0),
            story_words(sentence, language),
            headline_model(language).constituents,
            limit,
        )
    ]


def is_in_order(words: list[str], text: str) -> bool:
    """Whether a text has all words in their order."""
    at = 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["title"][:20])
def test_no_word_is_added_or_moved_in_any_language(entry: dict[str, str]) -> None:
    first = entry["text"].strip().split("\n")[0]
    found = variants(first, entry["language"])
    assert found
    for text in found:
        assert len(text) <= length_limit(entry["language"], first)
        assert is_in_order(re.findall(r"\w" if entry["language"] in {"ja", "zh"} else r"\w+", text), first)


@pytest.mark.parametrize(
    ("sentence", "language", "negation"),
    [
        ("The council did not approve the new bridge over the Ellery on Monday after a long debate.", "en", "not"),
        ("The minister will never again allow trawlers into the bay, officials in Port Ellery said on Friday.", "en", "never"),
        ("Der Stadtrat hat die Brücke am Montag nach langer Debatte nicht beschlossen.", "de", "nicht"),
        ("El ayuntamiento no aprobó el lunes el nuevo puente sobre el río.", "es", "no"),
        ("Город не откроет новый мост в понедельник после долгих споров.", "ru", "не"),
    ],
)  # fmt: skip
def test_a_negation_stays(sentence: str, language: str, negation: str) -> None:
    found = variants(sentence, language)
    assert found
    assert all(re.search(rf"\b{negation}\b", text) for text in found)


def test_days_go_and_dates_that_the_news_is_about_stay() -> None:
    assert all("Tuesday" not in text for text in variants("The council approved the new bridge on Tuesday."))
    assert any("from Tuesday" in text for text in variants("The council will close the old bridge from Tuesday."))


_WORDS = ["Port", "the", "council", "said", "on", "Monday", "that", "a", "bridge", "(PEC)", "of", "which", "closed", "14,000", "after",
          "“never", "again”", "[sic]", "and", "in", "old,", "harbour,", "whose", "boats", "–", "sail", "(and", "back)"]  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=50))
def test_brackets_and_quotation_marks_stay_in_pairs_and_within_the_limit(words: list[str]) -> None:
    for text in variants(" ".join(words) + "."):
        assert len(text) <= MAX_LENGTH
        for opening, closing in ("()", "[]", "“”"):
            depth = 0
            for mark in re.findall(rf"[{re.escape(opening + closing)}]", text):
                depth += 1 if mark == opening else -1
                assert depth >= 0, text
            assert depth == 0, text
