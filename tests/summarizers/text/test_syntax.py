"""The parser: tokens, trees, batches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.text.syntax import FAMILIES, MAX_TOKENS, ROOT, Parse, family_of, parse, tokenize
from tests.summarizers.golden_stories import GOLDEN


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The U.S. paid $1,200.50, he said.", ["The", "U.S.", "paid", "$", "1,200.50", ",", "he", "said", "."]),
        ("L'usine a fermé", ["L'usine", "a", "fermé"]),
        ("新しい橋", ["新", "し", "い", "橋"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_tokens_are_words_numbers_and_marks(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


def test_a_long_sentence_is_parsed_up_to_a_limit() -> None:
    assert len(tokenize("word " * 500)) == MAX_TOKENS


def crossing(one: Parse) -> bool:
    """Whether two arcs of a parse cross, the root's included."""
    arcs = [sorted((token, head)) for token, head in enumerate(one.heads)]
    return any(a < c < b < d for a, b in arcs for c, d in arcs)


def is_tree(one: Parse) -> bool:
    """Whether each token hangs on the one root, by way of others."""
    if one.heads.count(ROOT) != 1:
        return False
    for token in range(len(one.heads)):
        seen = set()
        while token != ROOT:
            if token in seen:
                return False
            seen.add(token)
            token = one.heads[token]
    return True


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120), st.sampled_from([language for family in FAMILIES.values() for language in family]))
def test_any_text_gives_a_tree_without_crossing_arcs(text: str, language: str) -> None:
    (one,) = parse([text], language) or []
    assert one.tokens == tokenize(text)
    assert len(one.tokens) == len(one.heads) == len(one.relations) == len(one.tags)
    assert not one.tokens or is_tree(one)
    assert not crossing(one)
    assert [relation == "root" for relation in one.relations] == [head == ROOT for head in one.heads]


@pytest.mark.parametrize("language", ["en", "de", "ru", "ja", "ar"])
def test_sentences_are_parsed_alike_one_by_one_and_together(language: str) -> None:
    texts = [line for entry in GOLDEN if entry["language"] == language for line in entry["text"].strip().split("\n")]
    assert parse(texts, language) == [one for text in texts for one in parse([text], language) or []]


def test_a_language_without_a_network_has_no_parse() -> None:
    assert family_of("he") is None
    assert parse(["שלום עולם"], "he") is None


def test_subject_verb_and_object_are_found() -> None:
    (one,) = parse(["The city council approved a new bridge on Monday."], "en") or []
    found = {relation: one.word(token) for token, relation in enumerate(one.relations)}
    assert (found["nsubj"], found["root"], found["obj"]) == ("council", "approved", "bridge")
    assert one.tags[one.heads.index(ROOT)] == "VERB+"
