"""Members' tastes are bounded, are forgotten at zero, and order events without hiding any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.filters import EVERYTHING
from bot.newsroom.ranking import Candidate, ReportFacts, rank, rank_by_taste
from bot.newsroom.taste import MAX_TASTE_POINTS, dump_taste, load_taste, moved_taste, taste_points
from summarizers.types import Topic

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOPICS = ("sport", "science-and-technology", "weather")


@given(st.lists(st.tuples(st.sampled_from(TOPICS), st.booleans()), max_size=30))
def test_presses_move_a_topic_within_bounds_and_nothing_else(presses: list[tuple[str, bool]]) -> None:
    taste: dict[str, int] = {}
    for topic, more in presses:
        before, taste = taste, moved_taste(taste, topic, more=more)
        assert {name: steps for name, steps in taste.items() if name != topic} == {
            name: steps for name, steps in before.items() if name != topic
        }
        assert -3 <= taste.get(topic, 0) <= 3
        assert 0 not in taste.values()
    assert load_taste(dump_taste(taste)) == taste
    assert abs(taste_points(taste, TOPICS)) <= MAX_TASTE_POINTS


def test_one_press_undoes_the_opposite_one() -> None:
    assert moved_taste({"sport": 1}, "sport", more=False) == {}
    assert load_taste(None) == {}


def test_events_are_reordered_and_none_is_dropped() -> None:
    candidates = [
        Candidate(
            number,
            (ReportFacts(number, NOON, 0, f"paper {number}", 900, False, (), (Topic(topic, 0.9),), value),),
            frozenset({number}),
        )
        for number, (topic, value) in enumerate([("sport", 0.5), ("weather", 0.6), ("science-and-technology", 0.55)])
    ]
    ranked = rank(candidates, query=EVERYTHING, since=NOON - timedelta(days=1), until=NOON)
    assert [item.candidate.id for item in ranked] == [1, 2, 0]
    mine = rank_by_taste(ranked, {"sport": 2, "weather": -1})
    assert [item.candidate.id for item in mine] == [0, 2, 1]
    assert [item.place for item in mine] == [1, 2, 3]
    assert dict(mine[0].reasons)["taste"] == "+1.0"
    assert "taste" not in dict(mine[1].reasons)
    assert rank_by_taste(ranked, {}) == ranked
