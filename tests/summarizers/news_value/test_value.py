"""News value: order of stories, their reasons, and what it does not depend on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.analysis import analyse
from summarizers.types import NewsValue


def assess(headline: str, text: str) -> NewsValue:
    return analyse(text, as_one_story=True, title=headline)[0].news_value


def reasons(value: NewsValue) -> dict[str, float | None]:
    return {factor.name: factor.amount for factor in value.factors if factor.favourable}


ORDERED = [
    # From a front page to the end of the last one; each is a story that neither table nor fit has seen.
    (
        "Quake kills 400 in Peru",
        "An earthquake of magnitude 7.9 destroyed the city of Ica on Sunday, killing at least 400 people.",
    ),
    (
        "President of Zambia resigns",
        "The president stepped down on Monday after parliament had opened impeachment proceedings.",
    ),
    ("Bus crash kills four in Kent", "Four people died on Monday when a bus left the road in fog near Ashford."),
    ("Water main bursts in Leeds", "About 900 homes in Leeds were without water on Tuesday. Repairs will take a day."),
    (
        "Bakers win prize for plum cake",
        "Two bakers of the village won the first prize of the fair for their plum cake.",
    ),
]


def test_stories_stand_in_an_editors_order() -> None:
    values = [assess(headline, text).value for headline, text in ORDERED]
    assert values == sorted(values, reverse=True)
    assert values[0] - values[-1] > 0.5


TOWN = (
    ("Two killed in head-on crash near Elmton", "Two people died when their cars collided near Elmton on Friday."),
    ("River floods 40 houses in Lower Elmton", "The river burst its banks overnight. 60 people were taken to a hall."),
    ("Factory to close with loss of 240 jobs", "The furniture factory in Elmton will close in June, its owners said."),
    ("Mayor opens new playground", "The mayor cut the ribbon on Saturday. The slide is four metres high."),
    ("Missing dog found in supermarket", "Rex had been gone for two days. He was found beside the sausages."),
    ("Library opens on Sundays", "From May the library is open on Sunday afternoons."),
    ("Choir celebrates 50 years", "The Elmton choir sings Bach and Abba at its anniversary concert in the church."),
)


def test_a_towns_own_news_has_an_order_too() -> None:
    weighty, trifles = TOWN[:3], TOWN[3:]
    assert min(assess(*story).value for story in weighty) > 0.1 + max(assess(*story).value for story in trifles)
    values = [assess(*story).value for story in TOWN]
    assert len(set(values)) == len(values), "no two are equal"


@pytest.mark.parametrize(
    ("real", "harmless"),
    [
        ("Bomb kills 14 in market", "Film about bomb that killed 14 opens festival"),
        ("Prime minister murdered", "Murder mystery evening with the prime minister of comedy"),
        ("Army seizes power in coup", "Board game of the week: seize power in a coup"),
        ("Shells kill 42 in besieged town", "Town remembers 42 killed by shells in 1917"),
        ("President dies in plane crash", "Quiz: which president died in a plane crash?"),
    ],
)
def test_a_harmless_text_with_hard_words_weighs_less(real: str, harmless: str) -> None:
    assert assess(real, f"{real} on Monday, officials said.").value > 0.15 + assess(harmless, f"{harmless}.").value


def test_reasons_name_what_happened() -> None:
    found = assess(*ORDERED[0])
    assert reasons(found)["dead"] == 400
    assert reasons(found)["magnitude"] == 7.9
    assert "leader" in reasons(assess(*ORDERED[1]))
    against = assess("Interview: the cellist Mara Quill", "We spoke to the cellist about her album and her cats.")
    assert "interview" in [factor.name for factor in against.factors if not factor.favourable]


def test_questions_and_answers_are_an_interview() -> None:
    asked = "How did you begin?\nWith a drum.\nAnd the second record?\nIt was louder.\nWhat comes next?\nA holiday."
    report = asked.replace("?", ".")
    assert assess("Lena Moor on noise", asked).value < assess("Lena Moor on noise", report).value


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([text for _, text in ORDERED]), min_size=1, max_size=30))
def test_more_paragraphs_never_raise_the_value(paragraphs: list[str]) -> None:
    lead = "The library stays open longer. From Monday readers can come until nine. The hours apply until May. "
    short = assess("Library extends its hours", lead)
    longer = assess("Library extends its hours", "\n".join([lead, *paragraphs]))
    assert longer.value <= short.value + 0.02


TRANSLATIONS = {
    "en": ("Earthquake kills 120 in Nepal", "The earthquake struck at night. The government declared an emergency."),
    "de": ("Erdbeben tötet 120 Menschen in Nepal", "Das Beben kam in der Nacht. Die Regierung rief den Notstand aus."),
    "fr": ("Un séisme fait 120 morts au Népal", "Il a frappé la nuit. Le gouvernement a décrété l'état d'urgence."),
    "es": ("Un terremoto deja 120 muertos en Nepal", "Ocurrió de noche. El gobierno declaró el estado de emergencia."),
    "ru": ("При землетрясении в Непале погибли 120 человек", "Правительство объявило чрезвычайное положение."),
    "cs": ("Zemětřesení v Nepálu zabilo 120 lidí", "Udeřilo v noci. Vláda vyhlásila výjimečný stav."),
    "zh": ("尼泊尔地震造成120人死亡", "地震发生在夜间。政府宣布进入紧急状态。"),
    "ja": ("ネパールで地震、120人死亡", "地震は夜に発生した。政府は非常事態を宣言した。"),
    "ar": ("زلزال في نيبال يقتل 120 شخصا", "وقع الزلزال ليلا. وأعلنت الحكومة حالة الطوارئ."),
}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_nearly_the_same_value(language: str) -> None:
    assert assess(*TRANSLATIONS[language]).value == pytest.approx(assess(*TRANSLATIONS["en"]).value, abs=0.12)
    assert reasons(assess(*TRANSLATIONS[language]))["dead"] == 120


def test_a_text_without_words_of_news_is_assessed_too() -> None:
    assert 0 < assess("Zzz", "Qqq.").value < 1


def test_an_interview_with_a_candidate_weighs_less_than_the_election() -> None:
    asked = assess("We talk to Jo Hart, candidate for president", "In an interview he spoke about war, taxes and NATO.")
    elected = assess("Jo Hart wins presidential election", "He took 58 percent of the vote, the commission said.")
    assert asked.value < elected.value
