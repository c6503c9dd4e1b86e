"""The chances of words: what raises them, and that they are chances on any text."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.summarization import ENGINES, summarise_event, summarise_sentences
from summarizers.summarization.word_model import FEATURES, MOST, chances, features, model_for, read, weigh

BODY = [
    "Engineers closed the Marlow bridge on Monday after cracks were found in two cables.",
    "I have never seen such a queue, a driver told us.",
    "The Marlow bridge carries 40,000 cars a day.",
    "Repairs of the cables will take until June.",
    "A bakery near the river sells pies.",
]


def chance(word: str, language: str = "en") -> tuple[float, ...]:
    return chances(read(BODY, language), model_for(language))[word]


def test_what_is_said_early_and_again_is_likelier_than_an_aside() -> None:
    for language in ("en", "any"):
        assert chance("bridge", language)[0] > chance("cracks", language)[0] > chance("bakery", language)[0]
    assert chance("the")[0] > 0.5 > chance("i")[0]


def test_a_word_is_less_likely_each_further_time_and_never_oftener_than_the_story_says_it() -> None:
    found = chance("bridge")
    assert found[0] > found[1] > 0
    assert not any(found[2:])
    assert len(found) == MOST + 1


def test_the_shipped_table_has_each_feature_for_english_and_for_the_rest() -> None:
    for language in ("en", "pl"):
        assert len(model_for(language).weights) == len(FEATURES)
    assert model_for("en").words
    assert not model_for("pl").words
    assert len(features(next(iter(read(BODY, "en").facts.values())), 1)) == len(FEATURES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8), st.sampled_from(["en", "zh", "ar", "xx"]))
def test_chances_are_chances_on_any_text(body: list[str], language: str) -> None:
    reading = read(body, language)
    found = chances(reading, model_for(language))
    assert found.keys() == {word for sentence in reading.sentences for word in sentence}
    for word, values in found.items():
        assert all(0 <= value <= 1 for value in values)
        assert all(value == 0 for value in values[reading.facts[word][3] :])


_WORDS = st.sampled_from(
    ["the", "of", "Bridge", "bridge", "Marlow", "1998", "20", "closed", "éclair", "I", "мост", "桥梁"]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(_WORDS, max_size=12).map(" ".join), min_size=1, max_size=9), st.sampled_from(["en", "fr", "ru"])
)
def test_the_factors_of_the_odds_multiply_to_what_the_features_say(body: list[str], language: str) -> None:
    model, reading = model_for(language), read(body, language)
    by_definition, worth = chances(reading, model), weigh(reading, model)
    for number, word in enumerate(reading.again[1:], start=1):
        each = [1 / (1 + worth.against[number] * factor) for factor in worth.further[number]]
        assert each == pytest.approx([chance for chance in by_definition[word] if chance])
        assert worth.first[number] == each[0]
    for at, found in enumerate(reading.sentences):
        once = [by_definition[word][0] for word in found if reading.times[word] == 1]
        assert worth.alone[at] == pytest.approx(sum(once))


def test_an_article_that_stands_alone_is_a_word() -> None:
    assert read(["ال", "ـــ"], "ar").sentences == [["ال"], ["ـــ"]]


def test_a_sentence_that_repeats_the_first_in_other_order_is_left() -> None:
    body = [
        "The council of Velmar closed the fish market on Monday after a storm tore off its roof.",
        "On Monday the fish market was closed by the council of Velmar after a storm tore its roof off.",
        "A new hall near the station will open in two years at a cost of 14 million crowns.",
        "Traders asked the council of Velmar for free transport.",
        "Rain fell.",
    ]
    assert {s.position for s in summarise_sentences(body, count=2)} != {0, 1}


@pytest.mark.parametrize("language", ["en", "ja", "ar"])
def test_lines_without_words_are_chosen_from_as_well(language: str) -> None:
    assert len(ENGINES["newsrank"].select(["😀😀", "!!!", "—", "…", "ال"], 2, language=language)) == 2


@pytest.mark.parametrize("count", [1, 2, 9, 40, 700])
def test_as_many_as_asked_for_also_when_all_lean(count: int) -> None:
    body = [f"He told delegates of town {n} about item {n % 31}." for n in range(800)]
    found = ENGINES["newsrank"].select(body, count, language="en")
    assert found == sorted(set(found))
    assert len(found) == count


def test_four_hundred_reports_are_compared_in_seconds() -> None:
    draw = random.Random(5)
    words = ["".join(draw.choices("abcdefghij", k=7)) for _ in range(2000)]
    reports = [" ".join(" ".join(draw.choices(words, k=14)).capitalize() + "." for _ in range(15)) for _ in range(400)]
    start = time.process_time()
    assert len(summarise_event(reports, language="en")) == 3
    assert time.process_time() - start < 20
