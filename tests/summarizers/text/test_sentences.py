from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizers.text.language import LANGUAGES, identify_language
from summarizers.text.sentences import breaks_off, is_fragment, sentence_ending, sentence_spans, sentences
from summarizers.text.words import words

GOLDEN = Path(__file__).parents[1] / "golden"
PIECES = st.lists(
    st.sampled_from(["Dr", ".", "?", "”", "“", " ", "\n", "He", "a", "3", "。", "「", "」", "…", ";", "؟", "।"])
)
TEXTS = st.text(max_size=200) | PIECES.map("".join)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_spans_ascend_are_disjoint_and_cover_all_that_is_no_blank(text: str, language: str) -> None:
    last = 0
    for start, end in sentence_spans(text, language):
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_words_are_verbatim_in_any_text(text: str, language: str) -> None:
    assert all(word in text for word in words(text, "en"))
    is_fragment(text, language)


@pytest.mark.parametrize(("part", "share"), [("dev", 1.0), ("held", 0.98), ("fresh", 0.99), ("after", 0.98)])
def test_golden_rows_are_split_as_exactly_as_docs_say(part: str, share: float) -> None:
    rows = [line.partition("|") for line in (GOLDEN / f"sentences.{part}.txt").read_text("utf-8").splitlines()]
    right = 0
    for language, _, body in rows:
        parts = body.split("‖")
        right += sentences(("" if language in {"zh", "ja"} else " ").join(parts), language) == parts
    assert right / len(rows) >= share


def test_golden_rows_are_many_and_of_every_language() -> None:
    rows = [line for path in GOLDEN.glob("sentences.*.txt") for line in path.read_text("utf-8").splitlines()]
    counted = Counter(line.partition("|")[0] for line in rows)
    assert len(set(rows)) == len(rows) >= 400
    assert all(counted[language] >= 10 for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Яблоки, груши и т. д. Дети их любят.", "ru", 2),
        ("Он жил в г. Туле до 1900 г. Потом уехал.", "ru", 2),
        ("Bilet kosztuje 40 zł. Ulgowy jest tańszy.", "pl", 2),
        ("הוא חיכה... אבל איש לא בא.", "he", 1),  # a pause where no capital could tell an end
        ("Het was laat. 's Avonds kwam hij.", "nl", 2),
        ("법관은 “여기 있다. 보라”고 말했다.", "ko", 1),
        ("市长问：“谁来？”没有人回答。", "zh", 2),  # the speaker stands before the quotation
        ("“走！”警察喊道。", "zh", 1),
        ("《为什么？》是一本书。", "zh", 1),
    ],
)
def test_stops_that_rows_written_later_showed(text: str, language: str, count: int) -> None:
    assert len(sentences(text, language)) == count


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("It ended.", "stop"),
        ("“It ended.”", "stop"),
        ("(It ended.)", "stop"),
        ("The isles are called Example Rocks (例)", "unstopped"),
        ("They handed over the", "cut"),
        ("They came, saw,", "cut"),
        ("More to come […]", "cut"),
        ("他来了。", "stop"),
    ],
)
def test_a_missing_stop_differs_from_missing_words(text: str, how: str) -> None:
    assert sentence_ending(text, "en") == how


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said that the bill would not pass.", "en"),
        ("Der Minister sagte, dass das Gesetz nicht kommt.", "de"),
        ("Le ministre a dit que la loi ne passera pas.", "fr"),
        ("El ministro dijo que la ley no se aprobará.", "es"),
        ("O ministro disse que a lei não será aprovada.", "pt"),
        ("Il ministro ha detto che la legge non passerà.", "it"),
        ("De minister zei dat de wet er niet komt.", "nl"),
        ("Minister powiedział, że ustawa nie przejdzie.", "pl"),
        ("Ministr řekl, že zákon neprojde.", "cs"),
        ("Ministern sade att lagen inte går igenom.", "sv"),
        ("Bakan yasanın geçmeyeceğini söyledi.", "tr"),
        ("Міністр сказав, що закон не пройде.", "uk"),
        ("Министр сказал, что закон не пройдёт.", "ru"),
        ("قال الوزير إن القانون لن يمر.", "ar"),
        ("השר אמר שהחוק לא יעבור.", "he"),
        ("मंत्री ने कहा कि कानून पास नहीं होगा।", "hi"),
        ("Ο υπουργός είπε ότι ο νόμος δεν θα περάσει.", "el"),
        ("部长说该法案不会通过。", "zh"),
        ("大臣は法案が通らないと述べた。", "ja"),
        ("장관은 법안이 통과되지 않을 것이라고 말했다.", "ko"),
    ],
)
def test_one_sentence_is_enough_to_identify_its_language(text: str, language: str) -> None:
    assert identify_language(text) == language


def test_a_text_wrapped_at_a_width_is_not_cut_at_its_lines() -> None:
    wrapped = (
        "The harbour board said on Monday that the\nold crane would be taken down in spring and\n"
        "that a new one would follow. Nobody at the\nmeeting objected."
    )
    assert len(sentences(wrapped, "en")) == 2


def test_list_lines_stay_apart() -> None:
    assert sentences("Bread\nMilk\nTwo apples", "en") == ["Bread", "Milk", "Two apples"]


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "a. " * 60_000, ". " * 100_000, "「あ。" * 50_000, "." * 200_000, "A.b" * 60_000]
)
def test_long_texts_take_linear_time(text: str) -> None:
    began = time.process_time()
    sentences(text)
    words(text)
    assert time.process_time() - began < 8


def test_a_line_that_breaks_off_is_no_headline() -> None:
    assert all(breaks_off(line, "en") for line in ("The president of the", "Ministers met in Oslo (and", "He went to"))
    assert not any(
        breaks_off(line, "en") for line in ("Miners walk out", "Births fall again", "Oslo: a city to live in")
    )
    assert breaks_off("Der Minister und die", "de")
    assert not breaks_off("Kanzler tritt ab", "de")


@pytest.mark.parametrize(
    "sentence",
    [
        "Envoy Aune was sworn in at 5:00 p.m. (2100 UTC) in the old customs house.",
        "The king of the islands died at 10:00 a.m. Velmar Time on Sunday.",
        "On Monday Coastal Works Kft. (CW Limited) bought two shipyards.",
        "The ferry left at 5 p.m. (2100 UTC).",
    ],
)
def test_a_bracket_or_a_zone_behind_a_stop_ends_no_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Nobody was hurt.", "en") == [sentence, "Nobody was hurt."]


def test_a_sentence_in_brackets_is_a_sentence() -> None:
    assert sentences("The ferry left late. (It had been repaired.) Nobody was hurt.", "en")[0] == "The ferry left late."
