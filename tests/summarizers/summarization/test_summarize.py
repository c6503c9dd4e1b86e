"""Summaries of one story: budget, focus, broken tails."""

from __future__ import annotations

import pytest

from summarizers.analysis import summarise
from summarizers.summarization.summarize import summarise_sentences
from tests.summarizers.summarization.harbour import STORY


def test_a_budget_of_characters_is_kept() -> None:
    for budget in (0, 20, 90, 150, 220, 400, 5000):
        summary = summarise(STORY, characters=budget, sentences=None)
        assert sum(len(s.text) for s in summary) + max(0, len(summary) - 1) <= budget
    assert len(summarise(STORY, characters=5000, sentences=None)) == 7
    assert len(summarise(STORY, characters=5000)) == 3


def test_a_query_selects_the_sentences_about_it() -> None:
    assert any("railway" in s.text for s in summarise(STORY, sentences=1, focus="railway hall"))
    assert any("Brandt" in s.text for s in summarise(STORY, sentences=2, focus=["Ilka Brandt", "generations"]))
    assert summarise(STORY, focus="zeppelin") == summarise(STORY)


def test_a_huge_sentence_does_not_hide_the_others() -> None:
    text = "word and more " * 15_000 + "end. A second sentence stands here. A third one too. And a fourth."
    assert len(summarise(text, language="en")) == 3


def test_a_truncated_body_loses_its_tail() -> None:
    body = ["The dam holds.", "Water rises.", "Engineers expect that by"]
    assert [s.position for s in summarise_sentences(body, count=3, truncated=True)] == [0, 1]


@pytest.mark.parametrize(
    ("language", "run_on", "sentence"),
    [
        ("en", "word and more ", "Sentence number {} stands here."),
        ("de", "Zeile 7; Wert 9, ", "Dies ist der Satz Nummer {} von allen."),
        ("ja", "東京の会議", "これは第{}の文である。"),
        ("ko", "서울 회의는 ", "이것은 {}번째 문장이다."),
    ],
)
def test_a_run_on_sentence_is_used_only_where_there_is_no_other(language: str, run_on: str, sentence: str) -> None:
    long = run_on * (700 // len(run_on)) + "end."
    body = [long, *[sentence.format(number) for number in range(4)]]
    assert 0 not in [s.position for s in summarise_sentences(body, count=4, language=language)]
    assert [s.text for s in summarise_sentences([long, "And"], count=3, language=language)] == [long]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            ["The mayor has led Velmar for ten years.", "“What happens to the boats?”", "They moor at the west pier."],
        ),
        (
            "de",
            [
                "Die Bürgermeisterin führt Velmar seit zehn Jahren.",
                "Was wird aus den Booten?",
                "Sie liegen am Westkai.",
            ],
        ),
        ("ja", ["市長は十年前から市を率いている。", "船はどうなりますか？", "西の埠頭に停泊します。"]),
        ("ar", ["تقود العمدة المدينة منذ عشر سنوات.", "ماذا سيحدث للقوارب؟", "ترسو عند الرصيف الغربي."]),
        (
            "el",
            [
                "Η δήμαρχος ηγείται της πόλης εδώ και δέκα χρόνια.",
                "Τι θα γίνουν τα σκάφη;",
                "Δένουν στη δυτική προβλήτα.",
            ],
        ),
    ],
)
def test_an_interviewers_question_is_not_chosen(language: str, body: list[str]) -> None:
    assert [s.position for s in summarise_sentences(body, count=3, language=language)] == [0, 2]
    assert [s.position for s in summarise_sentences(body[1:2], count=3, language=language)] == [0]


def test_a_reported_question_is_news() -> None:
    body = [
        "A checker of facts asked the readers of his column if there were “any calm voters?”",
        "Nobody answered him.",
    ]
    assert [s.position for s in summarise_sentences(body, count=2)] == [0, 1]


@pytest.mark.parametrize(
    ("before", "between", "behind"),
    [
        ("", "Read by 93 people. Last updated 08:03", ""),
        ("", "", "The post Council votes to rebuild the pier appeared first on Harbour Herald."),
        ("Photo: Ida Berg/Harbour Herald", "", "Reporting by Olav Brekke; editing by Nora Lind"),
        ("", "• Work begins in May\n• *\n-", "© 2026 Harbour Herald. All rights reserved."),
        ("", "Herald: How did you first hear of the damage?", ""),
    ],
)
def test_furniture_of_a_page_is_in_no_summary_however_long(before: str, between: str, behind: str) -> None:
    news = [
        "The council of Velmar voted on Monday to rebuild the east pier after two storms.",
        "Fishermen had asked for it since 2021, when the first storm took the lamp and the steps.",
        "The fund of the region pays for half of the work, which will cost nine million crowns.",
        "The first pier dates from 1931 and carried 40 boats a day.",
    ]
    text = "\n\n".join(filter(None, [before, " ".join(news[:2]), between, " ".join(news[2:]), behind]))
    for count in (3, 9):
        assert {s.text for s in summarise(text, language="en", sentences=count)} <= set(news)
