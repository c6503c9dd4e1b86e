"""What makes two stories one happening, and a sentence news."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.analysis import analyse
from summarizers.events.pair_model import Traits, belongs, compare, mark, news_in, same_event, text_traits, traits

VERDICT = (
    "Banker Ola Rensvik jailed for fraud\nA court in Tromvik sentenced the banker Ola Rensvik to 14 years in prison on "
    "Friday for taking 320 million from the Harbour Savings Bank. Judge Mina Falk said Rensvik had betrayed 9,000 savers."
)
SAME_VERDICT = (
    "Ola Rensvik, the former head of the Harbour Savings Bank, must go to prison for 14 years. A Tromvik court found on "
    "Friday that he stole 320 million, and judge Mina Falk spoke of betrayed savers."
)
OTHER_VERDICT = (
    "Banker Pal Ingstad jailed for fraud\nA court in Sandhavn sentenced the banker Pal Ingstad to 6 years in prison on "
    "Tuesday for taking 45 million from the Valley Credit Union. Judge Tor Hegg said Ingstad had betrayed 700 savers."
)
WEATHER = "Rain filled the rivers of the coast at the weekend, and farmers were glad after two dry months."

texts = st.text(min_size=0, max_size=400)


def test_two_reports_of_a_verdict_are_one_happening_and_two_verdicts_are_not() -> None:
    verdict = text_traits(VERDICT)
    same, other, weather = (same_event(verdict, text_traits(text)) for text in (SAME_VERDICT, OTHER_VERDICT, WEATHER))
    assert same > 0.5
    assert other < 0.3
    assert weather < 0.05


def test_a_story_belongs_to_the_event_that_tells_the_same_and_not_to_its_look_alike() -> None:
    story, same, other = (text_traits(text) for text in (SAME_VERDICT, VERDICT, OTHER_VERDICT))
    own, look_alike, none = belongs([[compare(story, same)], [compare(story, other)], [None]])
    assert own > 0.5 > look_alike
    assert none == 0.0
    assert belongs([]) == []


def test_figures_are_told_from_times_dates_and_years() -> None:
    seen = text_traits(
        "On May 12, 2024 at 10:05 the navy held 26 pirates and took $2.5 million, twelve men said.", "en"
    )
    assert seen.figures == {"26", "2.5m", "12"}
    assert "pirat 26" in seen.counted
    assert seen.dates == {"5-12"}


def test_traits_that_an_earlier_version_stored_are_read() -> None:
    parts = json.loads(text_traits(VERDICT).dumps())
    del parts[8]
    assert same_event(Traits.loads(json.dumps(parts)), text_traits(SAME_VERDICT)) > 0.5


def test_a_cut_teaser_belongs_to_its_full_story() -> None:
    teaser = VERDICT.partition("\n")[2][:110] + "…"
    assert same_event(text_traits(VERDICT), text_traits(teaser)) > 0.5


def test_stories_in_different_languages_are_never_the_same() -> None:
    german = (
        "Das Gericht in Tromvik hat den Bankier Ola Rensvik am Freitag zu 14 Jahren Haft verurteilt, sagte Mina Falk."
    )
    assert same_event(text_traits(VERDICT), text_traits(german)) == 0.0


def test_scripts_without_spaces_and_capitals_are_compared_too() -> None:
    one = text_traits("東京で金曜日、新しい鉄道が開業し、初日は満員だった。市長は喜んだ。")
    two = text_traits("新しい鉄道が東京で開業した。金曜日の初日は満員で、市長は喜びを語った。")
    other = text_traits("大阪の工場で火災があり、消防が消火に当たった。けが人はいない。")
    assert same_event(one, two) > same_event(one, other)
    assert set(one.hashes) & set(two.hashes)


def test_traits_of_an_analysis_are_those_of_its_title_and_body() -> None:
    (analysis,) = analyse(VERDICT.partition("\n")[2], as_one_story=True, title="Banker Ola Rensvik jailed for fraud")
    assert same_event(traits(analysis), text_traits(VERDICT)) > 0.9


def test_a_mark_sees_words_only() -> None:
    assert mark("Ten  people died, he said.") == mark("ten people died he said")
    assert mark("Ten people died.") != mark("Nine people died.")


def test_a_corrected_toll_is_news_and_the_same_in_other_words_is_not() -> None:
    shown = ["Ten people died on Monday when the ferry Vesla sank, Mayor Ann Kell said."]
    told = [
        "Ten people died when the ferry Vesla sank on Monday, said Mayor Ann Kell.",
        "Mayor Ann Kell said that ten people had died as the ferry Vesla sank.",
        "Twelve people died on Monday when the ferry Vesla sank, Mayor Ann Kell said.",
        "Divers from Skagen search the wreck for the log book.",
        "For the log book, divers from Skagen search the wreck.",
    ]
    assert news_in(told, shown) == [2, 3]


def test_with_nothing_shown_everything_is_news_once() -> None:
    assert news_in(["The bridge is closed to lorries.", "The bridge is closed to lorries.", "Yes."], []) == [0]


@settings(deadline=None)
@given(texts)
def test_traits_come_back_from_the_store_as_they_were(text: str) -> None:
    seen = text_traits(text)
    assert Traits.loads(seen.dumps()) == seen


@settings(deadline=None)
@given(texts, texts)
def test_the_order_of_two_stories_does_not_matter(one: str, other: str) -> None:
    a, b = text_traits(one, "en"), text_traits(other, "en")
    assert same_event(a, b) == same_event(b, a)
    assert 0 <= same_event(a, b) <= 1


@settings(deadline=None)
@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_what_was_shown_is_never_news(sentences: list[str], shown: list[str]) -> None:
    found = news_in(sentences, shown)
    assert found == sorted(set(found))
    assert not {sentences[at] for at in found} & set(shown)
    assert news_in([sentences[at] for at in found], [*shown, *(sentences[at] for at in found)]) == []


def test_reports_that_share_a_day_a_country_and_a_number_alone_are_two_happenings() -> None:
    ferry = text_traits(
        "Fourteen rescued off the Kenyan coast\nA ferry with 14 passengers ran aground off Manlukor in Kenya early on Sunday. "
        "Captain Korva Gupuva told the coast guard that the steering of the Botokor Star had failed."
    )
    final = text_traits(
        "Dunanpor win the cup\nDunanpor Athletic beat Porfilu Rangers 8 to 14 in the Kenyan cup final on Sunday. Striker "
        "Tango Rorlorgi scored the winning goal for Dunanpor in the last minute."
    )
    found = compare(ferry, final)
    assert found is not None
    assert found.strangers
    assert same_event(ferry, final) == 0.0


def test_teasers_of_one_form_are_two_happenings_where_they_have_but_one_name() -> None:
    form = (
        "A ferry with {} passengers ran aground off {} early on Friday. The steering of the ship had failed, and tugs…"
    )
    one, other = text_traits(form.format(31, "Vikhavn")), text_traits(form.format(87, "Portella"))
    found = compare(one, other)
    assert found is not None
    assert found.strangers
    told_again = compare(one, text_traits(form.format(31, "Vikhavn").replace("early ", "")))
    assert told_again is not None
    assert not told_again.strangers


_COMPARED = """
from summarizers.events.pair_model import compare, text_traits
facts = [
    "The Star of Vikhavn sank off the pier in the night to Friday, and 31 passengers were taken off by boats.",
    "Captain Olav Brekke told the coast guard of Norway that 31 of 48 cabins were under water within 12 minutes.",
    "Prosecutor Mette Lund of Tromvik has opened an inquiry into Nordlinje, whose 14 ferries had 3 accidents in 4 years.",
    "Managing director Per Aasen and the engineer Ola Rensvik knew that the bow door of the Star did not close.",
    "Minister Jonas Dahl promised 120 million for inspections in Vikhavn, Tromvik, Skarholm and Portella on Saturday.",
]
stories = [text_traits(" ".join(facts[at] for at in range(5) if chosen >> at & 1)) for chosen in range(1, 32)]
print([compare(one, other) for one in stories for other in stories])
"""


def test_a_comparison_is_the_same_to_the_last_digit_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _COMPARED],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
