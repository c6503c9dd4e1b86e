from __future__ import annotations

import os
import subprocess
import sys
from math import log

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.events.features import text_features
from summarizers.events.pair_model import PairFeatures, PairModel, length_share, pair_probability, shipped_model
from summarizers.models import LinearModel
from tests.summarizers.events.verdicts import OTHER_VERDICT, SAME_VERDICT, VERDICT, WEATHER

texts = st.text(min_size=0, max_size=400)


def test_two_reports_of_a_verdict_are_one_event_and_two_verdicts_are_not() -> None:
    verdict = text_features(VERDICT)
    same, other, weather = (
        pair_probability(verdict, text_features(text)) for text in (SAME_VERDICT, OTHER_VERDICT, WEATHER)
    )
    assert same > 0.5
    assert other < 0.3
    assert weather < 0.05


def test_a_teaser_that_is_cut_off_reports_the_event_of_its_full_story() -> None:
    teaser = VERDICT.partition("\n")[2][:110] + "…"
    assert pair_probability(text_features(VERDICT), text_features(teaser)) > 0.5


def test_stories_in_different_languages_never_report_the_same_event() -> None:
    german = (
        "Das Gericht in Tromvik hat den Bankier Ola Rensvik am Freitag zu 14 Jahren Haft verurteilt, sagte Mina Falk."
    )
    assert pair_probability(text_features(VERDICT), text_features(german)) == 0.0


def test_stories_in_scripts_without_spaces_and_capitals_are_compared() -> None:
    one = text_features("東京で金曜日、新しい鉄道が開業し、初日は満員だった。市長は喜んだ。")
    same = text_features("新しい鉄道が東京で開業した。金曜日の初日は満員で、市長は喜びを語った。")
    other = text_features("大阪の工場で火災があり、消防が消火に当たった。けが人はいない。")
    assert pair_probability(one, same) > pair_probability(one, other)


def test_the_shipped_model_has_a_weight_for_each_feature() -> None:
    model = shipped_model()
    assert len(model.short.weights) == len(model.long.weights) == len(PairFeatures._fields)


def test_short_and_long_stories_have_models_of_their_own_and_others_a_mix() -> None:
    assert [round(length_share(log(terms)), 9) for terms in (1, 15, 150, 400)] == [0, 0, 1, 1]
    assert 0 < length_share(log(47)) < 1
    bias = (LinearModel(bias, (0.0,) * len(PairFeatures._fields)) for bias in (-2.0, 4.0))
    model = PairModel(*bias)
    assert [
        model.logit(PairFeatures(*(log(terms) if name == "shorter" else 0.0 for name in PairFeatures._fields)))
        for terms in (10, 200)
    ] == [-2.0, 4.0]


@settings(deadline=None)
@given(texts, texts)
def test_the_order_of_two_stories_does_not_matter(one: str, other: str) -> None:
    a, b = text_features(one, "en"), text_features(other, "en")
    assert pair_probability(a, b) == pair_probability(b, a)
    assert 0 <= pair_probability(a, b) <= 1


_COMPARE_ALL = """
from summarizers.events.features import text_features
from summarizers.events.pair_model import compare
facts = [
    "The Star of Vikhavn sank off the pier in the night to Friday, and 31 passengers were taken off by boats.",
    "Captain Olav Brekke told the coast guard of Norway that 31 of 48 cabins were under water within 12 minutes.",
    "Prosecutor Mette Lund of Tromvik has opened an inquiry into Nordlinje, whose 14 ferries had 3 accidents in 4 years.",
    "Managing director Per Aasen and the engineer Ola Rensvik knew that the bow door of the Star did not close.",
    "Minister Jonas Dahl promised 120 million for inspections in Vikhavn, Tromvik, Skarholm and Portella on Saturday.",
]
stories = [text_features(" ".join(facts[at] for at in range(5) if chosen >> at & 1)) for chosen in range(1, 32)]
print([compare(one, other) for one in stories for other in stories])
"""


def test_a_comparison_is_the_same_to_the_last_digit_in_every_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _COMPARE_ALL],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
