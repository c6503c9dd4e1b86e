"""Events in memory, online."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.newsroom.grouping import Grouper, group_rows
from summarizers.similarity import text_traits

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def report(town: str, man: str, toll: int, wording: int = 0) -> str:
    """A report of a ferry that sank: the same facts in one of two wordings."""
    return (
        f"The ferry Star of {town} sank off {town} on Friday with {toll} people, Captain {man} told the coast guard. "
        f"Divers from {town} search the wreck.",
        f"{toll} people were on the Star of {town} when the ferry sank near {town}, said her captain, {man}. "
        f"In {town} divers were sent to the wreck on Friday.",
    )[wording]


REPORTS = [
    (f"{town}-{wording}", report(town, man, toll, wording))
    for town, man, toll in [
        ("Vikhavn", "Olav Brekke", 31),
        ("Portella", "Enzo Ruffo", 87),
        ("Kisanga", "Amos Wekesa", 64),
        ("Shimoda", "Kenji Morita", 12),
    ]
    for wording in (0, 1)
]


def test_reports_of_one_sinking_are_one_event_named_by_its_first() -> None:
    assert dict(group_rows({"id": name, "text": text} for name, text in REPORTS)) == {
        name: f"{name.partition('-')[0]}-0" for name, _ in REPORTS
    }


@given(st.integers(0, 1000), st.integers(1, len(REPORTS)))
@settings(max_examples=25, deadline=None)
def test_what_follows_changes_nothing_about_what_came(seed: int, first: int) -> None:
    rows = [{"id": name, "text": text} for name, text in REPORTS]
    random.Random(seed).shuffle(rows)
    whole = list(group_rows(rows))
    assert list(group_rows(rows[:first])) == whole[:first]
    assert [name for name, _ in whole] == [row["id"] for row in rows]


def test_rows_are_grouped_as_they_come() -> None:
    def rows() -> object:
        yield {"id": 1, "text": REPORTS[0][1]}
        raise AssertionError("read ahead")

    assert next(iter(group_rows(rows()))) == ("1", "1")  # type: ignore[arg-type]


def test_the_same_words_a_month_later_are_another_event() -> None:
    seen = text_traits(REPORTS[0][1])
    grouper = Grouper()
    grouper.add("a", seen, NOON)
    assert grouper.add("b", seen, NOON + timedelta(days=2)) == "a"
    assert grouper.add("c", seen, NOON + timedelta(days=60)) == "c"


def test_a_story_that_comes_twice_stays_where_it_is() -> None:
    grouper = Grouper()
    assert grouper.add("a", text_traits(REPORTS[0][1])) == "a"
    assert grouper.add("a", text_traits(REPORTS[2][1])) == "a"


def test_odd_rows_are_events_of_their_own_or_at_least_no_error() -> None:
    rows = [{"id": "a", "text": ""}, {"id": "b", "text": "?!"}, {"id": "c", "text": "x", "published": "never"}]
    assert [name for name, _ in group_rows(rows)] == ["a", "b", "c"]
    assert dict(group_rows(rows))["c"] == "c"
