"""Headlines: the document's own, or the story's own words with some left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.analysis import headline
from summarizers.headlines.kicker import shown_kicker
from summarizers.headlines.made import MAX_LENGTH, make_headline
from summarizers.segmentation.split import split_stories
from summarizers.text.scripts import HAN
from summarizers.text.words import stopwords
from summarizers.types import Story
from tests.summarizers.golden_stories import GOLDEN


def made_from(lead: str, language: str = "en") -> str:
    return make_headline(Story(position=0, paragraphs=(lead,)), language)


def test_the_documents_own_headline_is_taken() -> None:
    for entry in GOLDEN:
        assert headline(f"{entry['title']}\n{entry['text'].strip()}") == entry["title"]


def test_a_headline_in_capitals_is_found() -> None:
    text = "VARNIA BACKS TAX ON EMPTY HOMES\n\nPORT ELLERY, May 4 - Lawmakers in Varnia voted to tax empty houses in May.\n"
    (story,) = split_stories(text)
    assert story.title == "VARNIA BACKS TAX ON EMPTY HOMES"
    assert story.dateline == "PORT ELLERY, May 4"
    assert "BACKS TAX" not in story.body


@pytest.mark.parametrize(
    ("lead", "wanted"),
    [
        (  # who said it, and when
            "Police on Monday arrested two men over the theft of a bronze statue, a spokeswoman said.",
            "Police arrested two men over theft of bronze statue",
        ),
        (  # dateline
            "PORT ELLERY, May 4 (Coastal Wire) - Ferries will cross the bay at Port Ellery again.",
            "Ferries will cross bay at Port Ellery again",
        ),
        (  # what is in brackets
            "The National Bank of Varnia (NBV) raised its key rate to 4 percent.",
            "National Bank of Varnia raised its key rate to 4 percent",
        ),
        (  # an apposition stays, where there is room for it
            "Marit Aune, a glaciologist who has spent twenty summers on the Sennet glacier, has found a lake beneath its ice.",
            "Marit Aune, glaciologist who has spent twenty summers on Sennet glacier, has found lake beneath its ice",
        ),
        (  # a clause that trails
            "Orbitra Systems has put off the first flight of its Petrel rocket until October after a valve failed during a test.",
            "Orbitra Systems has put off first flight of its Petrel rocket until October",
        ),
        (  # what was said is the news
            "Officials said on Tuesday that the bridge would open in spring.",
            "Bridge would open in spring",
        ),
        (  # a date that belongs to the sentence stays
            "The library will be closed from Monday.",
            "Library will be closed from Monday",
        ),
        (  # a phrase that was begun goes with its end
            "A deputy minister of Varnia has flown to Port Ellery for talks with shipowners aimed at ending a quarrel over fishing grounds.",
            "Deputy minister of Varnia has flown to Port Ellery for talks with shipowners aimed at ending quarrel",
        ),
        (  # a whole sentence that fits stays whole, with its speaker
            "The three towers in the Northern Harbour Park would hold sixteen 2-megawatt wind turbines made from recycled steel, Orbitra said.",
            "Three towers in Northern Harbour Park would hold sixteen 2-megawatt wind turbines made from recycled steel, Orbitra said",
        ),
        (  # a number comes with what it counts, an adjective with its noun
            "A storm from the west with gusts of 140 kilometres an hour tore the roofs off the harbour's forty-seven oldest warehouses.",
            "Storm from west with gusts of 140 kilometres an hour tore roofs off harbour's forty-seven oldest warehouses",
        ),
        (  # the beginning of a phrase goes, too
            "Varnia Semiconductor Manufacturing Co plans to begin construction of four new plants later this year, with the aim to officially launch production of wafers by late 2028.",
            "Varnia Semiconductor Manufacturing Co plans to begin construction of four new plants later this year",
        ),
        (  # a relative clause keeps its comma where what stands before it goes
            "The House of Representatives of Varnia passed the Coast Defence Appropriations Act for fiscal 2031, which includes 500 million marks for Danvers.",
            "House of Representatives of Varnia passed Coast Defence Appropriations Act, which includes 500 million marks for Danvers",
        ),
        (  # who made it known stays, where it is named and there is room
            "The board of the Port Ellery Football Club confirmed on Friday that Kofi Mensah has been relieved of his duties there.",
            "Board of Port Ellery Football Club confirmed that Kofi Mensah has been relieved of his duties there",
        ),
        (  # what somebody says keeps its speaker
            "Governor Ann Lee of Varnia said the bridge would ruin every shop between the market and the old harbour of Danvers.",
            "Governor Ann Lee of Varnia said bridge would ruin every shop between market and old harbour of Danvers",
        ),
        (  # a phrase comes with all that hangs on it, where there is room
            "The bakers' union has won shorter night shifts for 14,000 workers in a deal with the country's largest bread makers.",
            "Bakers' union has won shorter night shifts for 14,000 workers in deal with country's largest bread makers",
        ),
    ],
)  # fmt: skip
def test_a_lead_is_shortened_by_leaving_words_out(lead: str, wanted: str) -> None:
    assert made_from(lead) == wanted


def test_a_part_of_the_day_goes_with_its_day() -> None:
    for when in ("Late on Friday, the Polish parliament", "The Polish parliament late on Friday"):
        lead = f"{when} passed a law that bars judges from joining political parties."
        assert made_from(lead) == "Polish parliament passed law that bars judges from joining political parties"


def test_a_first_sentence_that_needs_context_is_skipped() -> None:
    story = Story(position=0, paragraphs=("It was late. Two boats collided in the harbour of Port Ellery.",))
    assert make_headline(story, "en") == "Two boats collided in harbour of Port Ellery"


def test_a_kicker_is_no_part_of_a_headline() -> None:
    assert headline("HARBOR PLAN: Port Ellery has approved a plan to rebuild its harbor. Work begins in autumn.") == (
        "Port Ellery has approved plan to rebuild its harbor"
    )


def test_text_without_words_has_no_headline() -> None:
    assert headline("") == headline(" \n\n") == headline("---") == ""


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["title"][:20])
def test_a_made_headline_is_short_and_ends_well_in_many_languages(entry: dict[str, str]) -> None:
    text = entry["text"].strip()
    made = headline(text)
    assert 8 <= len(made) <= MAX_LENGTH
    assert made[-1] not in ",;:-–(“"
    last = made.split()[-1].casefold()
    assert last not in stopwords(entry["language"])
    assert _in_order(made, text)


def _in_order(made: str, text: str) -> bool:
    """Whether all words of a headline are the text's, in the text's order; the first may have got a capital."""
    at = 0
    low = text.casefold()
    for word in re.findall(rf"[{HAN}]|[^\W_{HAN}]+", made.casefold()):
        at = low.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


_WORDS = ["Port", "Ellery", "the", "council", "said", "on", "Monday", "that", "a", "bridge", "(PEC)", "of", "which", "closed", "14,000",
          "after", "“never", "again”", "and", "National", "Aeronautics", "in", "an", "old,", "harbour,", "whose", "boats", "sail", "at"]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=60))
def test_no_word_is_added_and_none_moves(words: list[str]) -> None:
    text = " ".join(words) + "."
    made = made_from(text)
    assert len(made) <= MAX_LENGTH
    assert _in_order(made, text)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_any_text_has_a_headline_of_one_line(text: str) -> None:
    made = headline(text)
    assert "\n" not in made
    assert made == headline(text)


@pytest.mark.parametrize(
    ("lead", "wanted"),
    [
        (  # a source with a long title
            "Varnia Shipping Co will build four new ferries in Danvers this year, Port Ellery harbour board director Ann Lee said.",
            "Varnia Shipping Co will build four new ferries in Danvers this year",
        ),
        (  # a source behind its verb
            "L'usine de batteries de Valmont restera fermée au moins six mois, a annoncé la direction lundi.",
            "L'usine de batteries de Valmont restera fermée au moins six mois",
        ),
    ],
)  # fmt: skip
def test_a_source_at_the_end_goes_where_the_rest_stands(lead: str, wanted: str) -> None:
    assert made_from(lead, "fr" if lead.startswith("L'") else "en") == wanted


def test_a_phrase_that_was_cut_after_its_beginning_goes_whole() -> None:
    lead = (
        "Northern Steel Company will build four new plants in Aarhus next year, with the aim to officially launch production "
        "of thinner plates by late 2028, park director Lena Maw said. Maw spoke on Friday evening."
    )
    assert headline(lead) == "Northern Steel Company will build four new plants in Aarhus next year"


def test_a_quotation_from_the_deck_is_not_put_before_a_headline_without_it() -> None:
    assert shown_kicker("HARBOR PLAN", "Port Ellery to rebuild its quay") == "HARBOR PLAN"
    assert shown_kicker("‘A DISASTER’", "Council of Port Ellery closes ferry") is None
    assert shown_kicker("‘A DISASTER’", "Mayor calls end of ferry a disaster") == "‘A DISASTER’"
    assert shown_kicker(None, "Council of Port Ellery closes ferry") is None


@pytest.mark.parametrize(
    ("lead", "wanted"),
    [
        (  # both towns
            "A bus operated by Coastline, which is run by the harbour board's tourist section, crashed on Thursday between "
            "Danvers and Ellery.",
            "between Danvers and Ellery",
        ),
        (  # what somebody was, or nothing of it
            "Kofi Mensah, who was a candidate in the Democratic primaries for the 2031 Varnian presidential election in the "
            "northern provinces, ended his campaign on Wednesday.",
            "Kofi Mensah ended his campaign",
        ),
        (  # that it was reported is no news
            "It was reported on Saturday that the bridge of Port Ellery was closed.",
            "Bridge of Port Ellery was closed",
        ),
    ],
)
def test_no_word_is_left_without_what_it_needs(lead: str, wanted: str) -> None:
    assert wanted in made_from(lead)


def test_a_part_of_the_day_is_not_left_behind() -> None:
    assert "late" not in made_from(
        "Pirates boarded a ship near the islands late Thursday afternoon and took its captain."
    )
    assert "afternoon" not in made_from(
        "Pirates boarded a ship near the islands late Thursday afternoon and took its captain."
    )
