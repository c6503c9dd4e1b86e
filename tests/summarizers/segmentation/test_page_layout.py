"""Page layout: articles and teasers of pages are found, their furniture is set aside, plain documents stay as they are."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.segmentation.layout_model import find_regions, layout_model
from summarizers.segmentation.line_features import LOCAL, read_lines
from summarizers.segmentation.page_layout import page_language, read_layout
from summarizers.segmentation.paragraphs import line_spans
from summarizers.segmentation.split import divide, split_stories
from summarizers.text.language import LANGUAGES

PAGES = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))


def page_of(language: str, *, article: bool = True) -> str:
    """A page in a language: menu, the article below its headline, buttons, links, notices, footer."""
    table = PAGES[language]
    lines = [*table["menu"]]
    if article:
        lines += [table["title"], *table["details"], *table["article"]]
    return "\n".join([*lines, *table["behind"]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_its_article_in_every_language(language: str) -> None:
    table = PAGES[language]
    (story,) = split_stories(page_of(language))
    assert story.title == table["title"]
    assert list(story.paragraphs) == table["article"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_an_article_gives_no_story_and_all_of_it_is_set_aside(language: str) -> None:
    text = page_of(language, article=False)
    division = divide(text)
    assert division.stories == ()
    covered = "".join(text[slice(*aside.span)] for aside in division.set_aside)
    assert len(covered) >= 0.95 * len(text.replace("\n", ""))


FRONT_PAGE = """HOME  |  WORLD  |  BUSINESS  |  SPORT  |  WEATHER
Subscribe  Log in
LATEST NEWS
2 hours ago
Tram drivers in Port Ellery walk out over rosters
Thousands of commuters walked to work on Monday after the drivers of Port Ellery's trams stopped work. Talks resume tomorrow. Read more
3 hours ago
Varnia opens its longest road tunnel
The tunnel under the Sennet range cost 310 million crowns and took six years. The minister says lorries will use it from Friday. Read more
5 hours ago
Orbitra's bank cuts interest rates to 2.5%
The bank surprised markets on Wednesday. The crown lost 1.4 percent against the dollar. Read more
Yesterday
MOST READ
1 How a baker in Alder won the world cup of bread
2 Scientists find water ice under old dunes
3 Ten tips for a better sleep
ADVERTISEMENT
Cookies help us deliver our services. Accept all
OPINION
Why the canal matters more than the tower
By Rosa Almeida
The canal authority has quietly cut its fees for small ships. That will do more for trade in the region than any summit. The decision came after two years of falling traffic.
Share  Tweet  Print
© 2026 The Example Lantern. All rights reserved. Privacy policy"""


def test_each_teaser_of_a_front_page_is_a_story_below_its_own_headline() -> None:
    found = split_stories(FRONT_PAGE)
    assert [story.title for story in found] == [
        "Tram drivers in Port Ellery walk out over rosters",
        "Varnia opens its longest road tunnel",
        "Orbitra's bank cuts interest rates to 2.5%",
        "Why the canal matters more than the tower",
    ]
    assert [story.byline for story in found] == [None, None, None, "By Rosa Almeida"]
    said = "\n".join(story.body for story in found)
    for furniture in ("Cookies", "MOST READ", "Read more", "hours ago", "Share"):
        assert furniture not in said
    assert all(len(story.paragraphs) == 1 for story in found)


def test_what_is_set_aside_has_its_place_and_its_kind() -> None:
    aside = {FRONT_PAGE[slice(*each.span)].partition("\n")[0]: each.reason for each in divide(FRONT_PAGE).set_aside}
    assert aside["MOST READ"] == "related"
    assert aside["Share  Tweet  Print"] == "share"
    assert aside["Cookies help us deliver our services. Accept all"] == "consent"


def article(*between: str) -> str:
    """An English page whose headline and text have lines between them."""
    table = PAGES["en"]
    return "\n".join([*table["menu"], table["title"], *between, *table["article"], *table["behind"]])


@pytest.mark.parametrize(
    "between",
    [
        (),
        ("By Ada Quill", "12 March 2026 14:05"),
        ("Councillors voted twelve to nine, and the mayor wants to begin in spring.", "By Ada Quill", "12 March 2026"),
        ("Share", "Facebook", "Twitter", "By Ada Quill, city correspondent", "Updated 12 March 2026, 14:05"),
        ("The old bridge seen from the harbour office on Sunday.", "(Photo: Ada Quill/Lantern)", "12 March 2026"),
    ],
    ids=["nothing", "byline", "standfirst", "buttons", "caption"],
)
def test_the_headline_is_found_above_what_stands_between(between: tuple[str, ...]) -> None:
    (story,) = split_stories(article(*between))
    assert story.title == PAGES["en"]["title"]
    assert list(story.paragraphs) == PAGES["en"]["article"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_standfirst_above_byline_and_date_is_the_deck_in_every_language(language: str) -> None:
    table = PAGES[language]
    *article, standfirst = table["article"]
    lines = [*table["menu"], table["title"], standfirst, *table["details"], *article, *table["behind"]]
    (story,) = split_stories("\n".join(lines))
    assert (story.title, story.deck, list(story.paragraphs)) == (table["title"], standfirst, article)


@pytest.mark.parametrize("credit", ["(Photo: Ada Quill/Lantern)", "Ada Quill/Lantern", "Credit... Ada Quill"])
def test_a_caption_that_ends_in_its_credit_is_no_text(credit: str) -> None:
    caption = f"Harbourmaster Ines Calloway on the broken pier on Thursday. {credit}"
    (story,) = split_stories(article("By Ada Quill", "12 March 2026", caption))
    assert list(story.paragraphs) == PAGES["en"]["article"]


@pytest.mark.parametrize(
    "title",
    [
        "Port Ellery ferry pier to open again on 3 May 2026",
        "4 ferries leave Port Ellery in March",
        "Harbour bell 11.18.19",
    ],
)
def test_a_headline_may_name_a_date(title: str) -> None:
    table = PAGES["en"]
    lines = [*table["menu"], title, *table["details"], *table["article"], *table["behind"]]
    (story,) = split_stories("\n".join(lines))
    assert story.title == title


@pytest.mark.parametrize(
    "line",
    [
        "The broken pier at Port Ellery on Thursday (Image: Ada Quill/Lantern)",
        "The pier seen from the harbour office. Ada Quill/Lantern",
        "Read also: Bakers celebrate rye bread prize in Alder",
    ],
)
def test_captions_and_labelled_links_amid_a_text_are_none_of_it_and_no_headings(line: str) -> None:
    table = PAGES["en"]
    lines = [*table["menu"], table["title"], *table["article"][:2], line, *table["article"][2:], *table["behind"]]
    (story,) = split_stories("\n".join(lines))
    assert list(story.paragraphs) == table["article"]


CALLS = {
    "de": "Der Morgen in Ihrem Postfach: Jetzt kostenlos unseren Newsletter bestellen",
    "fr": "Chaque matin, l'essentiel de l'actualité dans votre boîte mail : inscrivez-vous gratuitement à notre newsletter",
    "es": "Reciba cada mañana lo más importante en su correo: suscríbase gratis a nuestro boletín",
    "it": "Ricevi ogni mattina le notizie più importanti: iscriviti gratis alla nostra newsletter",
    "pl": "Codziennie rano najważniejsze wiadomości w Twojej skrzynce: zapisz się na bezpłatny newsletter",
    "cs": "Každé ráno nejdůležitější zprávy do vaší schránky: přihlaste se zdarma k odběru newsletteru",
    "uk": "Щоранку найважливіші новини у вашій скриньці: підпишіться на безкоштовну розсилку",
    "ru": "Каждое утро главные новости в вашей почте: подпишитесь на бесплатную рассылку",
    "tr": "Her sabah en önemli haberler e-postanızda: ücretsiz bültenimize kaydolun",
    "he": "כל בוקר החדשות החשובות בתיבת המייל: הירשמו חינם לניוזלטר שלנו",
    "hi": "हर सुबह की बड़ी ख़बरें अपने इनबॉक्स में पाएँ: हमारे मुफ़्त न्यूज़लेटर के लिए साइन अप करें",
    "el": "Κάθε πρωί οι σημαντικότερες ειδήσεις στο email σας: εγγραφείτε δωρεάν στο newsletter μας",
    "zh": "每天早上把最重要的新闻送到您的邮箱：免费订阅我们的电子报",
}
"""A call to subscribe in words of this project."""


@pytest.mark.parametrize("language", CALLS)
def test_a_call_on_the_reader_amid_a_short_text_heads_and_parts_nothing(language: str) -> None:
    table = PAGES[language]
    lines = [table["title"], *table["details"][:2], *table["article"][:2], CALLS[language], *table["article"][2:]]
    (story,) = split_stories("\n\n".join([*lines, *table["behind"]]))
    assert story.title == table["title"]
    assert list(story.paragraphs) == table["article"]


def test_a_box_of_the_site_about_itself_is_no_text() -> None:
    table = PAGES["en"]
    box = [
        "LANTERN TALKS -- NOW ON VIDEO!",
        "Every week our reporters look behind the news of the harbour. Click to subscribe!",
    ]
    lines = [*table["menu"], table["title"], *table["article"][:2], *box, *table["article"][2:], *table["behind"]]
    (story,) = split_stories("\n".join(lines))
    assert list(story.paragraphs) == table["article"]


def test_a_link_to_another_story_above_or_below_a_text_is_none_of_it() -> None:
    table = PAGES["en"]
    lines = [
        *table["menu"],
        table["title"],
        *table["details"],
        "Phones compared: which camera sees most?",
        *table["article"],
    ]
    (story,) = split_stories("\n".join([*lines, "Bakers celebrate rye bread prize", *table["behind"]]))
    assert list(story.paragraphs) == table["article"]


def test_comments_below_an_article_are_no_stories() -> None:
    comments = [
        "3 comments",
        *("jberg_77", "2 days ago", "They never learn, it was the same with the old bridge. I gave up counting."),
        *("Reader 12", "2 days ago", "Does anyone know whether I can still cycle over it? Thanks for the article!"),
        *("Ada", "1 day ago", "You can, there is a lane on the left side. Please read before you post."),
        *("Reply", "Log in to comment"),
    ]
    (story,) = split_stories("\n".join([article(), *comments]))
    assert list(story.paragraphs) == PAGES["en"]["article"]


def test_bullets_make_no_difference() -> None:
    table = PAGES["en"]
    text = "\n".join(
        [
            *(f"* {line}" for line in table["menu"]),
            table["title"],
            *table["article"],
            *(f"* {line}" for line in table["behind"]),
        ]
    )
    (story,) = split_stories(text)
    assert (story.title, list(story.paragraphs)) == (table["title"], table["article"])


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Line {number} of a poem\nthat rhymes with nothing much" for number in range(8)),
        "\n".join(f"The council met for the {number}th time and spoke of the bridge again." for number in range(4, 20)),
        "- milk\n- bread\n- eggs\n- two lemons\n- a very large cake\n- candles\n- tea\n",
    ],
)
def test_a_text_without_pages_words_keeps_its_lines(text: str) -> None:
    said = "\n".join(paragraph for story in split_stories(text) for paragraph in (story.title or "", *story.paragraphs))
    for line in filter(None, text.split("\n")):
        assert line.lstrip("- ") in said


def test_the_language_of_a_page_is_that_of_its_text_and_not_of_its_menu() -> None:
    text = "\n".join([*PAGES["en"]["menu"], PAGES["de"]["title"], *PAGES["de"]["article"]])
    assert page_language(text, line_spans(text)) == "de"


# Laws

_ALL = [line for table in PAGES.values() for key in ("menu", "behind", "details", "article") for line in table[key]]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from([*_ALL, "", "* * *", "Read more", "12 March 2026"]), max_size=60))
def test_every_line_of_a_page_is_in_a_story_or_set_aside_and_never_in_both(lines: list[str]) -> None:
    text = "\n".join(lines)
    division = divide(text)
    assert division == divide(text)
    spans = [story.span for story in division.stories]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for aside in division.set_aside:
        piece = text[slice(*aside.span)]
        assert piece.strip()
        for story in division.stories:
            assert not any(
                paragraph.strip() == piece.strip() and text.count(piece) == 1 for paragraph in story.paragraphs
            )


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(*[st.floats(-7, 7)] * 3), min_size=1, max_size=40))
def test_regions_are_in_order_apart_and_not_empty(rows: list[tuple[float, float, float]]) -> None:
    regions = find_regions(np.array(rows), layout_model().thresholds)
    assert regions
    at = 0
    for start, end in regions:
        assert at <= start < end <= len(rows)
        at = end


def test_lines_are_described_alike_in_a_long_document_and_in_a_short_one() -> None:
    text = page_of("en")
    spans = line_spans(text)
    copies = LOCAL.index("copies")
    once = np.delete(read_lines(text, spans, "en").local, copies, axis=1)
    many = "\n".join([text] * 800)
    again = np.delete(read_lines(many, line_spans(many), "en").local, copies, axis=1)
    assert np.array_equal(again, np.tile(once, (800, 1)))


def test_a_page_of_a_hundred_thousand_lines_is_read_in_linear_time() -> None:
    lines = "\n".join(page_of(language) for language in LANGUAGES for _ in range(10)).split("\n")

    def taken(text: str) -> float:
        start = time.process_time()
        assert read_layout(text, line_spans(text)) is not None
        return time.process_time() - start

    taken("\n".join(lines))
    short = min(taken("\n".join(lines)) for _ in range(3))
    assert taken("\n".join(lines * 8)) < 8 * 3 * short
