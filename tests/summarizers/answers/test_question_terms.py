"""What questions ask for, in the twenty languages."""

from __future__ import annotations

import pytest

from summarizers.answers.question_terms import question_words, read_question, text_terms


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("en", "How many sheep crossed the bridge?", "number"),
        ("de", "Wer hat die Brücke gebaut?", "person"),
        ("fr", "Quand le pont ouvre-t-il ?", "time"),
        ("es", "¿Dónde está el puente?", "place"),
        ("pt", "Quantas ovelhas passaram?", "number"),
        ("it", "Chi ha costruito il ponte?", "person"),
        ("nl", "Wanneer opent de brug?", "time"),
        ("sv", "Hur många får gick över bron?", "number"),
        ("pl", "Ile owiec przeszło przez most?", "number"),
        ("cs", "Kdo postavil most?", "person"),
        ("ru", "Когда откроют мост?", "time"),
        ("uk", "Скільки овець перейшло міст?", "number"),
        ("el", "Πού είναι η γέφυρα;", "place"),
        ("tr", "Köprü ne zaman açılacak?", "time"),
        ("ar", "كم عدد الخراف؟", "number"),
        ("he", "מתי נפתח הגשר?", "time"),
        ("hi", "पुल कब खुलेगा?", "time"),
        ("ja", "橋はいつ開通しますか", "time"),
        ("zh", "谁建了这座桥？", "person"),
        ("ko", "다리는 어디에 있습니까?", "place"),
        ("en", "Why was the bridge closed?", ""),
        ("en", "When did the man who built the bridge die?", "time"),
        ("ar", "متى عاد الوزير من باريس؟", "time"),
        ("ar", "من أين جاءت السفينة؟", "place"),
        ("ko", "다리는 몇 시에 열립니까?", "time"),
        ("el", "Ποια μέρα ανοίγει η γέφυρα;", "time"),
        ("zh", "大桥几点开放？", "time"),
        ("zh", "有几座桥？", "number"),
        ("zh", "几内亚发生了什么？", ""),
        ("zh", "巴布亞紐幾內亞發生了什麼？", ""),
    ],
)
def test_a_question_asks_for_a_number_a_person_a_time_or_a_place(language: str, question: str, kind: str) -> None:
    assert read_question(question, language).kind == kind


def test_question_words_and_stop_words_are_no_terms() -> None:
    assert question_words("How many sheep crossed the bridge in Bergen?", "en") == [
        "sheep",
        "crossed",
        "bridge",
        "bergen",
    ]
    assert question_words("Wie viele Schafe überquerten die Brücke?", "de") == ["schafe", "überquerten", "brücke"]
    assert question_words("???", "en") == []


@pytest.mark.parametrize(
    ("asked", "language", "text", "other"),
    [
        ("Johnson", "en", "Джонсон выступил в понедельник", "ru"),
        ("Kitazawa", "en", "キタザワ電子が発表した", "ja"),
        ("Kalandadze", "en", "журналістку Ніно Каландадзе затримали", "uk"),
        ("2,500", "en", "Es entstehen 2500 Arbeitsplätze", "de"),
        ("Peru", "de", "An earthquake struck southern Peru", "en"),
        ("Перу", "ru", "An earthquake struck southern Peru", "en"),
        ("Odette", "fr", "Hurricane Odette grew over the Atlantic", "en"),
    ],
)
def test_names_and_figures_are_found_in_other_languages(asked: str, language: str, text: str, other: str) -> None:
    (term,) = read_question(asked, language).terms
    assert not term.isdisjoint(text_terms(text, other))
    assert term.isdisjoint(text_terms("nothing of the kind, 17", "en"))
