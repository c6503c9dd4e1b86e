"""Teasers: texts that break off, links to the rest and ages part stories, in every language."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.quality_stories import own_stories
from summarizers.segmentation.split import divide, split_stories
from summarizers.segmentation.teaser_lines import read_teaser_mark
from summarizers.text.language import LANGUAGES

PAGES = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))
UNSPACED = frozenset({"zh", "ja"})


INVENTED = tomllib.loads((Path(__file__).parents[3] / "training" / "layout_pages.toml").read_text("utf-8"))


def other_text(language: str) -> str:
    """The opening of a further story."""
    own = [" ".join(story.paragraphs) for story in own_stories() if story.language == language]
    invented = " ".join(INVENTED[language].get("stories", [""])[0].split("\n"))
    return max([*own, invented], key=len)


def cut_off(text: str, language: str) -> str:
    """The beginning of a text, cut in the middle of its last sentence."""
    words = text if language in UNSPACED else text.split(" ")
    kept = words[: len(words) * 9 // 10]
    return (kept if isinstance(kept, str) else " ".join(kept)).rstrip(",.;:、，。")


def paragraphs_of(language: str) -> list[tuple[str, ...]]:
    """Paragraphs of each story."""
    return [story.paragraphs for story in split_stories(page(language))]


def page(language: str) -> str:
    """An article followed by a cut-off teaser of another story and by one of its own kind."""
    table = PAGES[language]
    _, text = table["teaser"]
    return "\n\n".join([*table["article"], cut_off(text, language), cut_off(other_text(language), language)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_break_off_below_an_article_are_stories_of_their_own(language: str) -> None:
    article, *teasers = paragraphs_of(language)
    assert list(article) == PAGES[language]["article"]
    assert [len(each) for each in teasers] == [1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_belongs_to_the_text_below_it_that_breaks_off(language: str) -> None:
    table = PAGES[language]
    title, text = table["teaser"]
    other = cut_off(" ".join(table["article"]), language)
    found = split_stories("\n".join([title, cut_off(text, language), table["title"], other]))
    assert [(story.title, len(story.paragraphs)) for story in found] == [(title, 1), (table["title"], 1)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["link", "age"])
def test_a_link_to_the_rest_ends_a_story_and_an_age_begins_one(language: str, place: str) -> None:
    table = PAGES[language]
    link, age = table["marks"]
    texts = [table["teaser"][1], " ".join(table["article"][:2]), other_text(language)]
    lines = [line for text in texts for line in ((age, text) if place == "age" else (text, link))]
    found = split_stories("\n".join(lines))
    # a dateline has a field of its own
    assert [len(story.paragraphs) for story in found] == [1, 1, 1]
    assert all(text.endswith(story.body) for story, text in zip(found, texts, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_are_known_in_every_language(language: str) -> None:
    link, age = PAGES[language]["marks"]
    assert read_teaser_mark(f"{link} »") == "link"
    assert read_teaser_mark(age) == "age"


@pytest.mark.parametrize(
    "line", ["Hours", "Ferries run again", "12 March 2026", "30 minutes", "5 hours ago the bridge fell", ""]
)
def test_other_short_lines_mark_no_teaser(line: str) -> None:
    assert read_teaser_mark(line) is None


@pytest.mark.parametrize(
    "line", ["Tempo de leitura: 2 minutos", "4 min read", "Lesezeit: 3 Minuten", "Tiempo de lectura 5 min"]
)
def test_reading_times_are_no_headline(line: str) -> None:
    table = PAGES["en"]
    (story,) = split_stories("\n".join([*table["menu"], table["title"], line, *table["article"], *table["behind"]]))
    assert story.title == table["title"]


def test_a_wrapped_text_is_one_story() -> None:
    text = (
        "The council met on Monday to hear what the engineers had to say. Nobody spoke for long, and the mayor thanked all\n"
        "of them for the months of work. The plans lie in the town hall until Friday, and remarks can be sent to the office that is in\n"
        "charge of bridges and roads. A vote follows in May, when the new council has met for the first time and has chosen a\n"
        "chair."
    )
    assert len(split_stories(text)) == 1


def test_crossheads_of_an_article_above_teasers_stay_within_it() -> None:
    table = PAGES["en"]
    one, two, three, four = table["article"]
    _, text = table["teaser"]
    lines = [table["title"], one, two, "A long repair", three, "The bill", four]
    article, *_ = split_stories("\n".join([*lines, cut_off(text, "en"), cut_off(other_text("en"), "en")]))
    assert [line for line in article.paragraphs if line in table["article"]] == table["article"]


def test_reports_behind_rules_stay_apart_however_alike_they_are() -> None:
    reports = [
        (f"{place} council repaired a bridge after {count} complaints", f"{place.upper()} - The council in {place} repaired a bridge on Monday after {count} complaints. It cost two million and took five months. Opponents in {place} promised to appeal.")
        for place, count in (("Dakar", 77), ("Perth", 431), ("Hamburg", 593))
    ]  # fmt: skip
    found = divide("\n\n---\n\n".join("\n\n".join(report) for report in reports)).stories
    assert [story.title for story in found] == [title for title, _ in reports]


def test_headings_glued_to_the_end_of_paragraphs_are_no_teasers() -> None:
    text = (
        "Halvorsen shows three new boats at the fair of Lamarsh\n"
        "After some jokes about the rain, Ida Halvorsen welcomed the boatbuilders of the coast to the fair. She had a lot to say"
        " about how sails have sold since 2019, with 400 of them ordered from abroad last winter. The boatbuilders of the hall clapped for a long"
        " time. It may be advertising, but parts of it are charming. Longer keels\n"
        "Next, Per Dahl of the boatbuilders described the smaller boat. It gets a lighter mast, a drop rudder and oars of ash. Prices stay as they"
        " are, and dealers have them from today. The big thing is a cutter that is as flat as a punt and still carries"
        " six. Free charts\n"
        "Following that, Halvorsen explained what the galley of a boat needs: a stove that tips, a lid for each pan, and drawers that"
        " lock. The fair ended with soup for all boatbuilders, which some of the guests called the best part of the day."
    )
    assert len(split_stories(text)) == 1


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language not in {"en", "es", "hi"}])
def test_one_text_that_breaks_off_ends_before_another_short_text(language: str) -> None:
    table = PAGES[language]
    _, text = table["teaser"]
    article, teaser, last = split_stories(
        "\n\n".join([*table["article"], cut_off(text, language), other_text(language)])
    )
    assert list(article.paragraphs) == table["article"]
    assert (len(teaser.paragraphs), len(last.paragraphs)) == (1, 1)
