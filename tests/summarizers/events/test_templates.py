from __future__ import annotations

from summarizers.events.features import text_features
from summarizers.events.pair_model import compare, pair_probability


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
