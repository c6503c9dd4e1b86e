"""Notices of pages and feeds are taken out; news that looks like them stays."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.quality_furniture import shipped
from summarizers.analysis import analyse
from summarizers.segmentation.furniture import find_caption_end, find_furniture, find_question_labels
from summarizers.text.furniture_words import flag_sentences, is_feed_footer
from summarizers.text.language import LANGUAGES

LINES = tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))
AUTHORS = tomllib.loads((Path(__file__).parent / "authors.toml").read_text("utf-8"))
PAGES = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))
BODIES = tomllib.loads((Path(__file__).parents[1] / "text" / "datelines.toml").read_text("utf-8"))

_LEAST_FOUND, _MOST_MISTAKEN = 16, 1
"""Of twenty lines a language; docs/quality.md has the figures over all, and over those set aside."""


@pytest.mark.parametrize("language", LINES)
def test_notices_behind_a_story_are_found_in_every_language(language: str) -> None:
    body = BODIES[language]["body"]
    found = [line for line in LINES[language]["furniture"] if shipped([body, body, line], 2, language)]
    assert len(found) >= _LEAST_FOUND, sorted(set(LINES[language]["furniture"]) - set(found))


@pytest.mark.parametrize("language", LINES)
def test_news_that_looks_like_furniture_stays(language: str) -> None:
    body = BODIES[language]["body"]
    taken = [line for line in LINES[language]["sentences"] if shipped([body, body, line], 2, language)]
    assert len(taken) <= _MOST_MISTAKEN, taken


@pytest.mark.parametrize(
    "line",
    [
        "The post Lima gets a bridge appeared first on Harbour Blog.", "Der Beitrag Neue Brücke erschien zuerst auf Hafenblog.",
        "La entrada Nuevo puente se publicó primero en Blog.", "L’article Un pont est apparu en premier sur Le Blog.", "Запись Мост впервые появилась на Блог.",
        "submitted by /u/harbourfan [link] [comments]", "Article URL: https://example.org/a", "Comments URL: https://example.org/b", "Points: 52", "# Comments: 3",
    ],
)  # fmt: skip
def test_footers_of_feeds_are_known(line: str) -> None:
    assert is_feed_footer(line)


def test_a_report_of_a_first_appearance_is_no_footer() -> None:
    assert not is_feed_footer("The post office in Port Ellery appeared in a film.")


def test_what_is_taken_out_stays_with_the_story_and_its_reason() -> None:
    text = (
        "The council of Port Ellery approved the new bridge on Monday.\nWork is to begin in May, the mayor said.\n"
        "The post Bridge approved appeared first on Harbour Blog."
    )
    (analysis,) = analyse(text, as_one_story=True)
    assert [line.reason for line in analysis.story.furniture] == ["feed"]
    assert "Harbour Blog" not in analysis.story.body
    assert "Harbour Blog" not in " ".join(sentence.text for sentence in analysis.summary)


def test_a_list_of_sources_at_the_end_is_taken_out() -> None:
    body = "The council approved the new bridge on Monday, and work is to begin in May."
    lines = [
        body,
        body,
        body,
        "Sources",
        "“Bridge approved”. Coastal Wire, 5 May 2025",
        "“Work begins”. Harbour Post, 6 May 2025",
    ]
    assert find_furniture(lines, [True] * 6, "en") == dict.fromkeys((3, 4, 5), "sources")


def test_a_document_of_nothing_but_notices_keeps_its_lines() -> None:
    notices = ["Sign up for our newsletter.", "We use cookies to improve your experience on our site."]
    assert find_furniture(notices, [True, True], "en") != dict.fromkeys((0, 1), "offers")
    assert len(find_furniture(notices, [True, True], "en")) < 2


def test_a_footer_between_the_entries_of_a_feed_is_taken_out_too() -> None:
    body = "The council approved the new bridge on Monday, and work is to begin in May."
    footers = ["The post Bridge appeared first on Harbour Blog.", "The post Fire appeared first on Harbour Blog."]
    lines = [body, footers[0], body, footers[1], body]
    assert find_furniture(lines, [True] * 5, "en") == {1: "feed", 3: "feed"}
    assert find_furniture([body, footers[0], body], [True] * 3, "en") == {}


@pytest.mark.parametrize(
    "line",
    [
        "Source: Port Authority",
        "Quellen: Hafenamt, dpa, Stadtrat",
        "Video: Feuer im Hafen",
        "来源：港务局",
        "Источник: ТАСС",
    ],
)
def test_a_label_that_headlines_have_too_is_furniture_unless_a_text_follows(line: str) -> None:
    body = "The council approved the new bridge on Monday, and work is to begin in May."
    assert list(find_furniture([body, line], [True, True], "en")) == [1]
    assert find_furniture([line, body], [True, True], "en") == {}


@pytest.mark.parametrize(
    ("credit", "place"),
    [("Photo: Ann Lee/PA", "LONDON"), ("Foto: Anna Lehmann/dpa", "HAMBURG"), ("Photo : Anne Leroy / AFP", "PARIS"), ("Фото: А. Леонов/РИА", "МОСКВА")],
)  # fmt: skip
def test_a_dateline_behind_a_credit_opens_the_report(credit: str, place: str) -> None:
    line = f"{credit} {place} (AP) — The council approved the new bridge on Monday after a long debate."
    cut = find_caption_end(line)
    assert cut is not None
    assert line[cut:].startswith(place)
    (analysis,) = analyse(f"{line}\nWork is to begin in May, the mayor said.")
    assert analysis.story.place == place
    assert analysis.story.paragraphs[0].startswith("The council")


def test_a_credit_alone_has_no_report_behind_it() -> None:
    assert find_caption_end("Photo: Ann Lee of the Coastal Wire, who took it in London on Monday (PA)") is None


@pytest.mark.parametrize(
    ("language", "lines", "found"),
    [
        ("en", ["Q: What will it cost?", "A: Nothing, she said.", "Jones: That is new."], {0: 3, 1: 3}),
        ("de", ["Frage: Was kostet die Brücke?", "Antwort: Nichts."], {0: 7, 1: 9}),
        ("en", ["WN: Who pays?", "Jones: The port.", "WN: And when does work begin?", "Jones: In May."], {0: 4, 2: 4}),
        ("zh", ["问：谁来付钱？", "答：港务局。"], {0: 2, 1: 2}),
        ("en", ["((WN))  Who pays?", "The port.", "((WN)) And when does work begin?"], {0: 8, 2: 7}),
        ("en", ["A: That is the grade.", "Budget: Who pays?", "Bridge: The port pays."], {}),
    ],
)
def test_labels_of_questions_are_no_part_of_an_interviews_text(
    language: str, lines: list[str], found: dict[int, int]
) -> None:
    assert find_question_labels(lines, language) == found


def test_the_mark_of_an_excerpt_is_taken_out_and_a_cut_sentence_is_chosen_last() -> None:
    lead = "The council of Port Ellery approved the new bridge on Monday after a long debate."
    (whole,) = analyse(f"{lead} Work is to begin in May. […]", as_one_story=True)
    assert whole.story.paragraphs[-1].endswith("May.")
    (cut,) = analyse(f"{lead} Work is to begin in May, the mayor said […]", as_one_story=True)
    assert [sentence.text for sentence in cut.summary] == [lead]


@pytest.mark.parametrize(
    ("language", "sentence", "flagged"),
    [
        ("en", "Photo: The mayor opens the bridge.", True),
        ("en", "The mayor (pictured) opened the bridge.", True),
        ("en", "Follow us on Facebook for more.", True),
        ("de", "Foto: Der Bürgermeister eröffnet die Brücke.", True),
        ("fr", "Cliquez ici pour voir les photos.", True),
        ("ja", "写真：橋を開く市長。", True),
        ("en", "The court ruled that the copyright to the letters had ended.", False),
        ("en", "The minister: nobody will lose a house.", False),
        ("de", "Das Foto zeigt den Bürgermeister.", False),
    ],
)
def test_captions_and_notices_among_a_storys_sentences_are_flagged(
    language: str, sentence: str, *, flagged: bool
) -> None:
    assert flag_sentences(["The council met on Monday.", sentence], language) == [False, flagged]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_box_about_the_author_is_no_text_in_any_language(language: str) -> None:
    table = AUTHORS[language]
    body = [*PAGES[language]["article"], table["box"]]
    assert find_furniture(body, [True] * len(body), language) == {len(body) - 1: "author"}
    body[-1] = table["news"]
    assert find_furniture(body, [True] * len(body), language) == {}
