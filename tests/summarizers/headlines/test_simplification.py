"""Long sentences in which no clause is whole are put more simply before they are cut."""

from __future__ import annotations

import pytest

from summarizers.headlines.clauses import SentenceTree
from summarizers.headlines.made import MAX_LENGTH, make_headline
from summarizers.headlines.simplification import simplified_forms
from summarizers.text.syntax import parse
from summarizers.types import Story


def forms_of(sentence: str, language: str) -> list[str]:
    parses = parse([sentence], language)
    assert parses is not None
    return list(simplified_forms(SentenceTree(parses[0], language, 0), MAX_LENGTH))


def made_from(lead: str, language: str) -> str:
    return make_headline(Story(position=0, paragraphs=(lead,)), language)


@pytest.mark.parametrize(
    ("language", "sentence", "wanted"),
    [
        (  # a title goes before a name
            "en",
            "Varnian Ambassador to the Coastal League Marit Aune said that if the bridge were to fall into the river, it "
            "would stop the ferries between the islands and the traffic to the market.",
            "Marit Aune said that if the bridge were to fall into the river, it would stop the ferries between the islands "
            "and the traffic to the market.",
        ),
        (  # the subject comes first where the opening clause goes
            "de",
            "Während die Proteste in Hafenstadt und im ganzen Land weitergehen, dreht sich die Debatte darum, wie die "
            "Regierung die Preise senken kann.",
            "Die Debatte dreht sich darum, wie die Regierung die Preise senken kann.",
        ),
        (  # what hangs on a sentence behind its only comma
            "de",
            "Am Abend brach in Hafenstadt ein Feuer aus, das den Einsatz von über hundert Helfern erforderlich machte.",
            "Am Abend brach in Hafenstadt ein Feuer aus.",
        ),
        (
            "en",
            "After three years and a trail of delays that angered the town, the council of Port Ellery opened the bridge.",
            "The council of Port Ellery opened the bridge.",
        ),
    ],
)
def test_a_form_keeps_what_happened(language: str, sentence: str, wanted: str) -> None:
    assert wanted in forms_of(sentence, language)


def test_a_condition_stays() -> None:
    assert forms_of("If the council agrees to the plan, the bridge opens in spring.", "en") == []
    assert forms_of("Wenn der Rat dem Plan zustimmt, öffnet die Brücke im Frühling.", "de") == []


def test_forms_hold_only_words_of_their_sentence() -> None:
    sentence = (
        "Wie Beamte der Stadt berichteten, wurden 38 Angestellte der Hauptstelle der Bank in Hafenstadt, im Bundesland "
        "Varnia, auf das Virus getestet."
    )
    forms = forms_of(sentence, "de")
    assert forms
    for form in forms:
        assert {word.strip(".,").lower() for word in form.split()} <= {
            word.strip(".,").lower() for word in sentence.split()
        }


def test_a_headline_does_not_break_off_behind_its_condition() -> None:
    lead = (
        "Varnian Ambassador to the Coastal League Marit Aune said that if Danvers were to fall to the northern fleet, it "
        "would open the whole coast and its islands more widely."
    )
    assert "were to fall to northern fleet, it would open" in made_from(lead, "en")
