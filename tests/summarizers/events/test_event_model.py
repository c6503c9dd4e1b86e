from __future__ import annotations

from summarizers.events.event_model import (
    EVENT_FEATURES,
    event_features,
    event_probabilities,
    pairwise_score,
    shipped_model,
)
from summarizers.events.features import text_features
from summarizers.events.pair_model import compare
from tests.summarizers.events.verdicts import OTHER_VERDICT, SAME_VERDICT, VERDICT, WEATHER


def test_a_story_belongs_to_the_event_of_its_reports_and_not_to_a_look_alike() -> None:
    story, same, other = (text_features(text) for text in (SAME_VERDICT, VERDICT, OTHER_VERDICT))
    own, look_alike, incomparable = event_probabilities([[compare(story, same)], [compare(story, other)], [None]])
    assert own > 0.5 > look_alike
    assert incomparable == 0.0
    assert event_probabilities([]) == []


def test_events_do_not_chain() -> None:
    """A story like one report of an event and unlike the other stays out, whatever the best pair says."""
    story, same, other = (text_features(text) for text in (SAME_VERDICT, VERDICT, WEATHER))
    like, unlike = compare(story, same), compare(story, other, least_similarity=0.0)
    assert like is not None
    assert unlike is not None
    assert like.probability > 0.5 > 0.05 > unlike.probability
    assert event_probabilities([[like, unlike]]) == [0.0]
    assert event_probabilities([[like, like, unlike]])[0] > 0


def test_the_pairwise_score_lies_between_the_mean_and_the_best_pair() -> None:
    story, same, other = (text_features(text) for text in (SAME_VERDICT, VERDICT, OTHER_VERDICT))
    event = [pair for pair in (compare(story, same), compare(story, other)) if pair is not None]
    probabilities = [pair.probability for pair in event]
    assert sum(probabilities) / 2 < pairwise_score(event) < max(probabilities)
    assert pairwise_score([]) == 0.0


def test_every_feature_of_the_shipped_trees_is_computed() -> None:
    pair = compare(text_features(VERDICT), text_features(SAME_VERDICT))
    assert pair is not None
    row = event_features([pair], 0.5, 0.25)
    assert len(row) == len(EVENT_FEATURES)
    assert dict(zip(EVENT_FEATURES, row, strict=True))["margin"] == 0.25
    model = shipped_model()
    for ensemble in (model.short, model.long):
        assert max(feature for tree in ensemble.trees for feature in tree.feature) < len(row)
