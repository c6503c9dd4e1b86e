"""Word chances: what raises them, and that they are probabilities on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.summarization.word_model import (
    FEATURES,
    MAX_REPEATS,
    chances_by_definition,
    estimate,
    features,
    load_word_model,
    read_words,
    word_classes,
)
from summarizers.text.tables import load_table

BODY = [
    "Engineers closed the Marlow bridge on Monday after cracks were found in two cables.",
    "I have never seen such a queue, a driver told us.",
    "The Marlow bridge carries 40,000 cars a day.",
    "Repairs of the cables will take until June.",
    "A bakery near the river sells pies.",
]


def chance(word: str, language: str = "en") -> tuple[float, ...]:
    return chances_by_definition(read_words(BODY, language), load_word_model(language))[word]


def test_an_early_repeated_word_is_likelier_than_one_said_in_passing() -> None:
    for language in ("en", "any"):
        assert chance("bridge", language)[0] > chance("cracks", language)[0] > chance("bakery", language)[0]
    assert chance("the")[0] > 0.5 > chance("i")[0]


def test_english_weights_are_those_of_classes_and_no_class_is_a_single_word() -> None:
    classes, model = word_classes("en"), load_word_model("en")
    assert load_table("ranker.json")["en"]["classes"].keys() == set(classes.values())
    assert model.words.keys() == classes.keys()
    for name in set(classes.values()):
        assert len({model.words[word] for word, its in classes.items() if its == name}) == 1
        assert sum(its == name for its in classes.values()) > 1


def test_each_repeat_is_less_likely_and_none_goes_beyond_the_story() -> None:
    chances = chance("bridge")
    assert chances[0] > chances[1] > 0
    assert not any(chances[2:])
    assert len(chances) == MAX_REPEATS + 1


def test_the_shipped_table_has_every_feature_for_english_and_for_other_languages() -> None:
    for language in ("en", "pl"):
        assert len(load_word_model(language).weights) == len(FEATURES)
    assert load_word_model("en").words
    assert not load_word_model("pl").words
    assert len(features(next(iter(read_words(BODY, "en").facts.values())), 1)) == len(FEATURES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8), st.sampled_from(["en", "zh", "ar", "xx"]))
def test_chances_are_probabilities_on_any_text(body: list[str], language: str) -> None:
    words = read_words(body, language)
    chances = chances_by_definition(words, load_word_model(language))
    assert chances.keys() == {word for stems in words.stems for word in stems}
    for word, values in chances.items():
        assert all(0 <= value <= 1 for value in values)
        assert all(value == 0 for value in values[words.facts[word].occurrences :])


_WORDS = st.sampled_from(
    ["the", "of", "Bridge", "bridge", "Marlow", "1998", "20", "closed", "éclair", "I", "мост", "桥梁"]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(_WORDS, max_size=12).map(" ".join), min_size=1, max_size=9), st.sampled_from(["en", "fr", "ru"])
)
def test_the_product_of_factors_equals_the_definition_by_features(body: list[str], language: str) -> None:
    model, words = load_word_model(language), read_words(body, language)
    by_definition, chances = chances_by_definition(words, model), estimate(words, model)
    for number, word in enumerate(words.repeated[1:], start=1):
        by_factors = [1 / (1 + chances.base_odds[number] * factor) for factor in chances.repeat_factors[number]]
        assert by_factors == pytest.approx([chance for chance in by_definition[word] if chance])
        assert chances.first_chance[number] == by_factors[0]
    for position, stems in enumerate(words.stems):
        single = [by_definition[word][0] for word in stems if words.counts[word] == 1]
        assert chances.single_sum[position] == pytest.approx(sum(single))


def test_an_article_that_stands_alone_is_a_word() -> None:
    assert read_words(["ال", "ـــ"], "ar").stems == [["ال"], ["ـــ"]]
