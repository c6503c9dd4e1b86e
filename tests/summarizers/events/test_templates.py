from __future__ import annotations

import pytest

from summarizers.events.features import text_features
from summarizers.events.pair_model import compare, pair_probability


def same_template(one: str, other: str) -> bool:
    comparison = compare(text_features(one, "en"), text_features(other, "en"))
    return comparison is not None and comparison.same_template


def test_reports_that_share_only_a_weekday_a_country_and_a_number_are_two_events() -> None:
    ferry = text_features(
        "Fourteen rescued off the Kenyan coast\nA ferry with 14 passengers ran aground off Manlukor in Kenya early on Sunday. "
        "Captain Korva Gupuva told the coast guard that the steering of the Botokor Star had failed."
    )
    final = text_features(
        "Dunanpor win the cup\nDunanpor Athletic beat Porfilu Rangers 8 to 14 in the Kenyan cup final on Sunday. Striker "
        "Tango Rorlorgi scored the winning goal for Dunanpor in the last minute."
    )
    comparison = compare(ferry, final)
    assert comparison is not None
    assert comparison.same_template
    assert pair_probability(ferry, final) == 0.0


def test_teasers_with_a_single_name_share_a_template_if_their_words_agree_and_their_names_do_not() -> None:
    template = (
        "A ferry with {} passengers ran aground off {} early on Friday. The steering of the ship had failed, and tugs…"
    )
    one, other = text_features(template.format(31, "Vikhavn")), text_features(template.format(87, "Portella"))
    comparison = compare(one, other)
    assert comparison is not None
    assert comparison.same_template
    reworded = compare(one, text_features(template.format(31, "Vikhavn").replace("early ", "")))
    assert reworded is not None
    assert not reworded.same_template


FINAL = "{} beat {} 9 to {} in the cup final on Friday. Striker {} scored the winning goal for the visitors."


def test_two_finals_differ_in_who_scored_and_who_was_beaten_though_a_word_of_the_clubs_is_the_same() -> None:
    one = FINAL.format("Lukor Dynamo", "Poragan Sporting", 13, "Manpan Solapi")
    assert same_template(one, FINAL.format("Ladan Wanderers", "Pusan Dynamo", 20, "Mokan Soborni"))
    reworded = (
        "Manpan Solapi, a striker, scored for the visitors when Lukor Dynamo won the final against Poragan Sporting."
    )
    assert not same_template(one, reworded)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Maker recalls prams\nThe maker calls back 14,000 prams as a wheel may come off. Any shop pays the price back.",
            "Maker recalls kettles\nThe maker calls back 22,000 kettles as a lid may come off. Any shop pays the price back.",
            True,
        ),
        (
            "Maker recalls prams\nThe maker calls back 14,000 prams as a wheel may come off. Any shop pays the price back.",
            "Maker withdraws prams\nSome 14,000 prams are recalled by their maker since a wheel may come off.",
            False,
        ),
    ],
)
def test_short_reports_with_one_headline_but_for_a_word_are_of_two_things(one: str, other: str, expected: bool) -> None:
    assert same_template(one, other) is expected


def test_stories_about_different_people_with_no_name_in_common_are_two_events_however_they_are_worded() -> None:
    seized = "Investigators from Tokyo arrived on Thursday and seized 91 boxes of documents in {}."
    one = f"{seized.format('Fanpanno')} Leragan Devices will build a plant in Fanpanno, said Morvapan Tipafor on Wednesday."
    other = f"{seized.format('Pufanga')} Pufanga Rangers beat Nikogi Olympic in the final. Dormiban Nulor scored late."
    assert same_template(one, other)
    assert not same_template(
        one, f"{seized.format('Fanpanno')} Morvapan Tipafor of Leragan Devices spoke of a mistake."
    )
