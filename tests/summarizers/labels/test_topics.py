"""Topics of the project's own labelled stories, and their names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.labels.topic_names import TOPICS, resolve_topic, topic_name
from summarizers.labels.topics import TOPIC_LANGUAGES, topic_term, topics
from summarizers.text.embeddings import embedded_head

STORIES = Path(__file__).parents[2] / "stories"
DATA = Path(__file__).parents[3] / "summarizers" / "data"
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "topics" / "dev.jsonl"
LOCALES = ("en", "de", "es", "fr", "ja", "pt-BR", "zh-TW")


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (STORIES / name).read_text("utf-8").splitlines()]


def best(text: str, language: str | None = None) -> str:
    return topics(text, language)[0].slug


# Judgement


@pytest.mark.parametrize("topic", TOPICS)
def test_at_least_eight_of_ten_stories_of_each_topic_are_recognised(topic: str) -> None:
    stories = [row for row in rows("stories.jsonl") if row["topic"] == topic]
    assert len(stories) >= 10
    missed = [row["id"] for row in stories if best(row["text"], "en") != topic]
    assert len(missed) * 5 <= len(stories), missed


@pytest.mark.parametrize("language", [language for language in TOPIC_LANGUAGES if language != "en"])
def test_other_languages_are_read_with_their_own_vocabulary(language: str) -> None:
    stories = [row for row in rows("languages.jsonl") if row["language"] == language]
    assert {row["topic"] for row in stories} == set(TOPICS)
    missed = [row["id"] for row in stories if best(row["text"], language) != row["topic"]]
    assert len(missed) <= 3, missed


def test_the_language_is_identified_when_it_is_not_given() -> None:
    assert best("Der FC hat das Derby gewonnen. Der Stürmer traf zweimal, der Trainer lobte die Mannschaft.") == "sport"
    assert best("央行宣布降息，股市應聲上漲，投資人買進股票。") == "economy-business-and-finance"


def test_a_story_may_have_two_topics() -> None:
    answer = topics(
        "Nurses begin strike over pay\nThousands of nurses walked out of hospitals on Tuesday in a dispute over wages. "
        "Patients' operations were cancelled. The union said members had voted for the strike, and the health minister "
        "said emergency wards would stay open.",
        "en",
    )
    assert {topic.slug for topic in answer if topic.score >= 0.3} >= {"health", "labour"}


def test_compounds_are_found_by_their_parts() -> None:
    assert best("Das Fußballweltmeisterschaftsqualifikationsspiel war ein Abstiegsduell.", "de") == "sport"


def test_a_name_in_ideographs_makes_no_head_unspaced() -> None:
    words = "The minister met 中国新聞 reporters and spoke about the harbour. " * 20
    assert 300 < len(embedded_head(words)) <= 400
    assert len(embedded_head("市長は広島で記者団に語り、新しい図書館が開館したと述べた。" * 20)) == 160


def test_forms_of_a_czech_word_share_a_term() -> None:
    assert len({topic_term(word, "cs") for word in ("nemocnice", "nemocnici", "nemocnic")}) == 1
    assert len({topic_term(word, "cs") for word in ("vědec", "vědci", "vědců")}) == 1


def test_an_unsure_story_gets_its_best_topic_with_a_low_score() -> None:
    answer = topics("Nobody in the building could say what the box on the third shelf was for.", "en")
    assert answer
    assert answer[0].score < 0.5


def test_a_language_without_a_vocabulary_still_gets_a_topic() -> None:
    assert topics("Vláda schválila nový zákon o rozpočtu a poslanci o něm budou hlasovat.", "cs")


def test_a_text_without_words_has_no_topic() -> None:
    assert topics("", "en") == topics(" \n\t", "en") == topics("… — !?", "en") == []


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled development rows are not beside the checkout")
def test_labelled_rows_are_recognised_well_enough() -> None:
    labelled = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    right, predicted, actual = Counter[str](), Counter[str](), Counter[str]()
    for row in labelled:
        answer = best(row["text"], "en")
        predicted[answer] += 1
        actual[row["topic"]] += 1
        right[answer] += answer == row["topic"]
    f1 = [2 * right[topic] / (predicted[topic] + actual[topic]) for topic in actual]
    assert sum(f1) / len(f1) >= 0.80


# Laws

texts = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(["police", "match", "church", "storm", "vote", "学校", "رئيس", "война\n"]), max_size=80
    ).map(" ".join),
)


@given(texts, st.sampled_from([None, "en", "de", "zh", "ar", "xx", ""]))
@settings(max_examples=150, deadline=None)
def test_scores_are_probabilities_in_falling_order(text: str, language: str | None) -> None:
    answer = topics(text, language)
    assert all(0.0 <= topic.score <= 1.0 for topic in answer)
    assert [topic.score for topic in answer] == sorted((topic.score for topic in answer), reverse=True)
    assert len({topic.slug for topic in answer}) == len(answer)
    assert {topic.slug for topic in answer} <= set(TOPICS)
    assert bool(answer) == any(map(str.isalnum, text))
    assert topics(text, language) == answer


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "goal " * 200_000,
        "\x00\u202e\ufeff" * 1000 + "x",
        "İ" * 5000,
        "\ud800 lone surrogate",
        "’".join("match" for _ in range(20_000)),
        "学" * 300_000,
    ],
)
def test_hostile_text_gets_topics(text: str) -> None:
    assert topics(text)


# Names


@pytest.mark.parametrize("locale", LOCALES)
def test_every_topic_has_a_name_of_its_own_in_every_language(locale: str) -> None:
    names = [topic_name(slug, locale) for slug in TOPICS]
    assert len(set(names)) == len(TOPICS)
    assert all(name.strip() == name and name for name in names)
    assert all(resolve_topic(name) == slug for slug, name in zip(TOPICS, names, strict=True))


def test_a_locale_falls_back_to_its_language_and_then_to_english() -> None:
    assert topic_name("weather", "de-AT") == topic_name("weather", "de") == "Wetter"
    assert topic_name("sport", "pt") == topic_name("sport", "pt_BR") == "Esporte"
    assert topic_name("sport", "zh") == topic_name("sport", "zh-TW")
    assert topic_name("labour", "xx") == topic_name("labour", "") == topic_name("labour") == "Labour"


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("politics", "politics-and-government"),
        ("BUSINESS", "economy-business-and-finance"),
        ("economy", "economy-business-and-finance"),
        ("Science", "science-and-technology"),
        ("tech", "science-and-technology"),
        ("technology", "science-and-technology"),
        ("sports", "sport"),
        ("war", "conflict-war-and-peace"),
        ("crime", "crime-law-and-justice"),
        (" culture ", "arts-culture-entertainment-and-media"),
        ("arts", "arts-culture-entertainment-and-media"),
        ("climate", "environment"),
        ("work", "labour"),
        ("jobs", "labour"),
        ("labor", "labour"),
        ("lifestyle", "lifestyle-and-leisure"),
        ("faith", "religion"),
        ("disaster", "disaster-accident-and-emergency"),
        ("Human Interest", "human-interest"),
        ("human_interest", "human-interest"),
        ("politics-and-government", "politics-and-government"),
        ("Science and Technology", "science-and-technology"),
        ("WIRTSCHAFT", "economy-business-and-finance"),
        ("política", "politics-and-government"),
        ("スポーツ", "sport"),
        ("天氣", "weather"),
    ],
)
def test_a_topic_is_found_by_every_name_that_people_type(word: str, slug: str) -> None:
    assert resolve_topic(word) == slug


@pytest.mark.parametrize("word", ["", "-", "gossip about nothing", "polit", "x" * 10_000])
def test_a_word_for_no_topic_gives_none(word: str) -> None:
    assert resolve_topic(word) is None


# The shipped files


@pytest.mark.parametrize("language", TOPIC_LANGUAGES)
def test_every_file_of_weights_names_its_training_script(language: str) -> None:
    table = json.loads((DATA / f"topics_{language}.json").read_text("utf-8"))
    assert "training/topics.py" in table["source"]
    assert all(len(row) == len(TOPICS) for row in table["terms"].values())


def test_no_sentence_of_the_test_stories_was_trained_on() -> None:
    training_text = " ".join(
        path.read_text("utf-8") for path in (DATA.parents[1] / "training" / "topics_stories").glob("*.txt")
    )
    sentences = set(re.findall(r"[^.!?\n]+[.!?]", training_text))
    for row in rows("stories.jsonl"):
        assert not sentences & set(re.findall(r"[^.!?\n]+[.!?]", row["text"])), row["id"]


@pytest.mark.thorough
def test_training_reproduces_the_shipped_weights() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is in the bench group")
    done = subprocess.run(
        [sys.executable, "-m", "training.topics", "--check"],
        cwd=DATA.parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Thousands protest in the capital. Protesters marched through the centre against a new law.", "religion"),
        ("The executives of the shipping company met their shareholders.", "crime-law-and-justice"),
        ("The authorities asked all residents to leave the valley.", "arts-culture-entertainment-and-media"),
        ("The conservation of the marshes costs more than planned.", "politics-and-government"),
    ],
)
def test_a_word_is_not_taken_for_another_with_its_stem(text: str, wrong: str) -> None:
    assert topics(text, "en", words_only=True)[0].slug != wrong
