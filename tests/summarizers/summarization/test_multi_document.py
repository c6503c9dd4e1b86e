"""Summaries of several reports of one event."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.summarization.multi_document import summarise_event


def test_news_of_an_event_is_given_once_and_as_reported_last() -> None:
    reports = [
        "A fire at a textile mill in Osmel killed 12 people on Tuesday. The cause is unknown.",
        "A fire at a textile mill in Osmel killed 15 people on Tuesday. Inspectors had warned the owner in May.",
        "Police arrested the owner of the Osmel mill on Wednesday. A fire at a textile mill in Osmel killed 17 people on Tuesday.",
    ]
    summary = summarise_event(reports, sentences=3)
    tolls = [s.text for s in summary if "killed" in s.text]
    assert len(tolls) == 1
    assert "17" in tolls[0]
    assert [(s.story, s.position) for s in summary] == sorted((s.story, s.position) for s in summary)
    assert all(s.text in reports[s.story] for s in summary)
    assert summarise_event([]) == []
    assert summarise_event(["", "No end to this"]) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=5), st.integers(0, 4))
def test_an_event_summary_is_verbatim_on_any_text(reports: list[str], count: int) -> None:
    summary = summarise_event(reports, sentences=count, language="en")
    assert len(summary) <= count
    assert all(s.text in reports[s.story] for s in summary)


def test_four_hundred_reports_are_compared_in_seconds() -> None:
    draw = random.Random(5)
    words = ["".join(draw.choices("abcdefghij", k=7)) for _ in range(2000)]
    reports = [" ".join(" ".join(draw.choices(words, k=14)).capitalize() + "." for _ in range(15)) for _ in range(400)]
    start = time.process_time()
    assert len(summarise_event(reports, language="en")) == 3
    assert time.process_time() - start < 20
