from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.analysis import analyse
from summarizers.events.features import StoryFeatures, story_features, text_features
from summarizers.events.pair_model import pair_probability
from tests.summarizers.events.verdicts import SAME_VERDICT, VERDICT


def test_times_dates_and_years_are_no_figures() -> None:
    features = text_features(
        "On May 12, 2024 at 10:05 the navy held 26 pirates and took $2.5 million, twelve men said.", "en"
    )
    assert features.figures == {"26", "2.5m", "12"}
    assert "pirat 26" in features.counted
    assert features.dates == {"5-12"}
    assert features.latest_year == 2024


def test_features_of_an_analysis_are_those_of_its_title_and_body() -> None:
    (analysis,) = analyse(VERDICT.partition("\n")[2], as_one_story=True, title="Banker Ola Rensvik jailed for fraud")
    assert pair_probability(story_features(analysis), text_features(VERDICT)) > 0.9


def test_capitals_and_large_cities_are_rare_names_only_where_a_story_is_about_them() -> None:
    features = text_features("Envoys of Torvald Skien met in Paris on Friday. Torvald Skien then left Paris.", "en")
    assert "torvald" in features.derived.rare_names
    assert not {"pari", "friday"} & features.derived.rare_names


def test_stories_in_scripts_without_spaces_share_hashes() -> None:
    one = text_features("東京で金曜日、新しい鉄道が開業し、初日は満員だった。市長は喜んだ。")
    other = text_features("新しい鉄道が東京で開業した。金曜日の初日は満員で、市長は喜びを語った。")
    assert set(one.hashes) & set(other.hashes)


def test_korean_is_compared_in_pairs_of_syllables() -> None:
    particles = text_features("정부가 새로운 철도를 개통했다. 첫날 열차는 만원이었다.")
    assert {"정부", "부가", "철도", "도를"} <= particles.terms.keys()


@pytest.mark.parametrize("unknown", [slice(13, None), (8, slice(13, None)), slice(16, None), slice(18, None)])
def test_features_stored_by_earlier_versions_can_be_read(unknown: slice | tuple[int, slice]) -> None:
    parts = json.loads(text_features(VERDICT).dumps())
    for part in reversed(unknown if isinstance(unknown, tuple) else (unknown,)):
        del parts[part]
    assert pair_probability(StoryFeatures.loads(json.dumps(parts)), text_features(SAME_VERDICT)) > 0.5


@pytest.mark.parametrize("text", ["[]", "{}", "7", '["en", 3]', ""])
def test_anything_but_stored_features_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        StoryFeatures.loads(text)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_features_survive_storing(text: str) -> None:
    features = text_features(text)
    assert StoryFeatures.loads(features.dumps()) == features
