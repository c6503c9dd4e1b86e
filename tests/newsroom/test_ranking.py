"""Rank, share and order of a digest's events: values in, values out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import EventSentence, SourceRef, StoryLine
from bot.newsroom.ranking import (
    Candidate,
    EventCoverage,
    ReportFacts,
    make_event,
    order_reports,
    rank,
    score_bound,
    select,
)
from summarizers.types import Country, Topic

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def line(
    number: int,
    *,
    countries: dict[str, float] | None = None,
    topics: dict[str, float] | None = None,
    source: str | None = None,
    position: int = 0,
    hours_ago: float = 1,
    truncated: bool = False,
) -> StoryLine:
    """A story of an event."""
    arrived = NOON - timedelta(hours=hours_ago)
    return StoryLine(
        id=number,
        event_id=number,
        headline=f"Story {number}",
        kicker=None,
        language="en",
        published_at=arrived,
        arrived_at=arrived,
        ref=SourceRef(number, f"{number}.txt", position, source),
        summary=(),
        countries=tuple(Country(code, salience) for code, salience in (countries or {}).items()),
        topics=tuple(Topic(slug, score) for slug, score in (topics or {}).items()),
        truncated=truncated,
    )


def report(story: StoryLine, size: int = 1000, value: float = 0.5, factors: str = "") -> ReportFacts:
    """Return the facts that ranking needs of a story."""
    return ReportFacts(
        story.id,
        story.arrived_at,
        story.ref.position,
        story.ref.source or story.ref.path,
        size,
        story.truncated,
        story.countries,
        story.topics,
        value,
        factors,
    )


def candidate(
    number: int, *stories: StoryLine, update: bool = False, size: int = 1000, value: float = 0.5, factors: str = ""
) -> Candidate:
    """Return an event of which every report is new."""
    reports = tuple(report(story, size, value, factors) for story in stories or (line(number),))
    return Candidate(number, reports, frozenset(each.id for each in reports), update)


def order(*events: Candidate, query: Filter = EVERYTHING) -> list[int]:
    """The ids of events by rank."""
    return [item.candidate.id for item in rank(events, query=query, since=NOON - DAY, until=NOON)]


def test_more_sources_weightier_higher_on_the_page_and_newer_come_first() -> None:
    assert order(candidate(1), candidate(2, line(2, source="A"), line(20, source="B"))) == [2, 1]
    assert order(
        candidate(1, line(1, source="A"), line(10, source="A")), candidate(2, line(2, source="A"), line(20, source="B"))
    ) == [2, 1]
    assert order(candidate(1, value=0.4), candidate(2, value=0.7)) == [2, 1]
    assert order(candidate(1, line(1, position=4)), candidate(2, line(2, position=0))) == [2, 1]
    assert order(candidate(1, line(1, hours_ago=20)), candidate(2, line(2, hours_ago=1))) == [2, 1]
    assert order(candidate(2), candidate(1)) == [1, 2]


def test_length_counts_for_nothing() -> None:
    assert order(candidate(1, size=200), candidate(2, size=30_000)) == [1, 2]


def test_a_front_page_story_of_one_source_stands_above_a_trifle_of_four() -> None:
    trifle = candidate(1, *(line(number, source=f"S{number}") for number in range(4)), value=0.2)
    assert order(trifle, candidate(9, value=0.85)) == [9, 1]
    assert order(trifle, candidate(9, value=0.3)) == [1, 9]


def test_an_event_weighs_as_much_as_its_weightiest_report_and_gives_its_reasons() -> None:
    reports = (report(line(1), value=0.3, factors="culture"), report(line(2), value=0.8, factors="dead=14 leader"))
    both = Candidate(1, reports, frozenset({1, 2}))
    (ranked,) = rank([both], query=EVERYTHING, since=NOON - DAY, until=NOON)
    assert dict(ranked.reasons)["news_value"] == "0.80"
    assert dict(ranked.reasons)["factors"] == "dead=14 leader"
    (seen,) = rank([Candidate(1, reports, frozenset({1}), update=True)], query=EVERYTHING, since=NOON - DAY, until=NOON)
    assert dict(seen.reasons)["factors"] == "culture", "only what is new to the reader counts"


def test_events_that_match_the_filter_more_come_first() -> None:
    weak, strong = candidate(1, line(1, countries={"JP": 0.3})), candidate(2, line(2, countries={"JP": 0.9}))
    assert order(weak, strong, query=Filter.parse("country:jp")) == [2, 1]
    assert order(weak, strong) == [1, 2]


def test_reasons_name_the_rank_and_the_parts_of_the_score() -> None:
    (first, second) = rank(
        [candidate(1), candidate(2, line(2, source="A"), line(3, source="B"), update=True)],
        query=EVERYTHING, since=NOON - DAY, until=NOON,
    )  # fmt: skip
    assert dict(first.reasons) | {"score": ""} == {
        "rank": "1", "score": "", "sources": "2", "reports": "2", "news_value": "0.50", "position": "1",
        "freshness": "0.96", "update": "yes",
    }  # fmt: skip
    assert dict(second.reasons)["rank"] == "2"


def test_no_country_takes_more_than_its_share_while_others_wait() -> None:
    japan = [
        candidate(number, line(number, countries={"JP": 0.9}, source=f"S{number}"), value=0.9) for number in range(1, 9)
    ]
    kenya = [candidate(20, line(20, countries={"KE": 0.9})), candidate(21, line(21, countries={"KE": 0.9}))]
    ranked = rank([*japan, *kenya], query=EVERYTHING, since=NOON - DAY, until=NOON)
    assert [item.candidate.id for item in select(ranked, limit=4, share=0.5, query=EVERYTHING).events] == [1, 2, 20, 21]
    assert [item.candidate.id for item in select(ranked, limit=6, share=0.5, query=EVERYTHING).events] == [
        1,
        2,
        3,
        4,
        20,
        21,
    ]
    asked_for = Filter.parse("country:jp,ke")
    assert [item.candidate.id for item in select(ranked, limit=4, share=0.5, query=asked_for).events] == [1, 2, 3, 4]


def test_reports_are_ordered_whole_then_long_then_first() -> None:
    cut, short = report(line(1, truncated=True), 9000), report(line(2), 300)
    long, later = report(line(3, hours_ago=2), 2000), report(line(4), 2000)
    assert [story.id for story in order_reports([cut, later, short, long])] == [3, 4, 2, 1]


def test_an_event_shows_its_best_report_and_an_update_the_best_new_one() -> None:
    stories = (
        line(1, countries={"JP": 0.8}, topics={"sport": 0.9}, source="A"),
        line(2, countries={"JP": 0.4, "KR": 0.6}, source="B", hours_ago=0.5),
    )
    reports, lines = (report(stories[0], 2000), report(stories[1], 100)), {story.id: story for story in stories}
    whole = Candidate(7, reports, frozenset({1, 2}))
    sentence = EventSentence("It was sentence.", 0, stories[0].ref)
    (ranked,) = rank([whole], query=EVERYTHING, since=NOON - DAY, until=NOON)
    event = make_event(ranked, lines, [sentence])
    assert (event.id, event.headline, event.update, event.summary) == (7, "Story 1", False, (sentence,))
    assert [(country.code, country.salience) for country in event.countries] == [("JP", 0.6), ("KR", 0.3)]
    assert [ref.story_id for ref in event.sources] == [1, 2]
    assert (event.first_at, event.last_at) == (stories[0].arrived_at, stories[1].arrived_at)
    update = Candidate(7, reports, frozenset({2}), True)
    (ranked,) = rank([update], query=EVERYTHING, since=NOON - DAY, until=NOON)
    event = make_event(ranked, lines, [sentence])
    assert (event.headline, event.update, event.sources[0].story_id) == ("Story 2", True, 2)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.booleans()), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 30)), max_size=6, unique=True),
    st.booleans(),
)
def test_the_headline_is_that_of_a_quoted_report_whose_sentences_come_first(
    reports: list[tuple[int, bool]], quotes: list[tuple[int, int]], is_update: bool
) -> None:
    stories = [line(number, truncated=cut, source=f"Paper {number}") for number, (_, cut) in enumerate(reports, 1)]
    new = frozenset(range(1, len(reports) // 2 + 2)) & {story.id for story in stories}
    eligible = [story for story in stories if not is_update or story.id in new]
    summary = [
        EventSentence(f"Sentence {at} of {story.id}.", at, story.ref)
        for index, at in quotes
        for story in (eligible[index % len(eligible)],)
    ]
    facts = tuple(report(story, size) for story, (size, _) in zip(stories, reports, strict=True))
    (ranked,) = rank([Candidate(7, facts, new, is_update)], query=EVERYTHING, since=NOON - DAY, until=NOON)
    event = make_event(ranked, {story.id: story for story in stories}, summary)
    lead, quoted = event.sources[0].story_id, [sentence.ref.story_id for sentence in event.summary]
    assert event.headline == f"Story {lead}"
    assert sorted(event.summary, key=str) == sorted(summary, key=str)
    assert [sentence for sentence in event.summary if sentence.ref.story_id != lead] == [
        sentence for sentence in summary if sentence.ref.story_id != lead
    ]
    assert sorted(ref.story_id for ref in event.sources) == [story.id for story in stories]
    if summary:
        assert quoted[0] == lead
        assert quoted.count(lead) == max(map(quoted.count, quoted))
        assert lead not in quoted[quoted.count(lead) :]
        assert {ref.story_id for ref in event.credited} == set(quoted)
        assert event.credited == event.sources[: len(event.credited)]
    else:
        assert event.credited == event.sources[:1]


labels = st.dictionaries(st.sampled_from(["JP", "KE", "BR", "DE"]), st.sampled_from([0.1, 0.5, 0.9]), max_size=3)
subjects = st.dictionaries(
    st.sampled_from(["sport", "weather", "health"]), st.sampled_from([0.3, 0.6, 0.9]), max_size=2
)
drawn = st.lists(st.tuples(labels, subjects, st.integers(0, 23), st.integers(0, 5000)), max_size=14)


def events_of(rows: list[tuple[dict[str, float], dict[str, float], int, int]]) -> list[Candidate]:
    """Events from drawn values."""
    return [
        candidate(number, line(number, countries=countries, topics=topics, hours_ago=hours), size=size)
        for number, (countries, topics, hours, size) in enumerate(rows, start=1)
    ]


@given(drawn, st.integers(1, 8), st.sampled_from([0.2, 0.5, 1.0]), st.randoms())
def test_no_event_is_lost_and_order_of_arrival_does_not_matter(rows, limit, share, chance) -> None:  # type: ignore[no-untyped-def]
    events = events_of(rows)
    ranked = rank(events, query=EVERYTHING, since=NOON - DAY, until=NOON)
    chosen = select(ranked, limit=limit, share=share, query=EVERYTHING).events
    assert sorted(item.candidate.id for item in ranked) == [event.id for event in events]
    assert len(chosen) == min(limit, len(events))
    assert [item.score for item in chosen] == sorted((item.score for item in chosen), reverse=True)
    chance.shuffle(events)
    again = rank(events, query=EVERYTHING, since=NOON - DAY, until=NOON)
    assert again == ranked
    assert select(again, limit=limit, share=share, query=EVERYTHING).events == chosen


@given(drawn, st.integers(1, 8), st.sampled_from([0.2, 0.5]))
def test_shares_are_exceeded_only_when_no_other_event_competes(rows, limit, share) -> None:  # type: ignore[no-untyped-def]
    ranked = rank(events_of(rows), query=EVERYTHING, since=NOON - DAY, until=NOON)
    chosen = select(ranked, limit=limit, share=share, query=EVERYTHING).events
    most = max(1, int(share * limit))
    taken: dict[str, int] = {}
    for item in chosen:
        for code in {country.code for country in item.candidate.reports[0].countries if country.salience >= 0.25}:
            taken[code] = taken.get(code, 0) + 1
    over = {code for code, count in taken.items() if count > most}
    left = [item for item in ranked if item not in chosen]
    unlabelled = [
        item for item in left if not item.candidate.reports[0].countries and not item.candidate.reports[0].topics
    ]
    assert not (over and unlabelled)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(0, 1), st.integers(0, 3), st.integers(0, 30)), min_size=1),
    st.sampled_from(["", "country:jp", "lang:en"]),
    st.data(),
)
def test_no_choice_of_an_events_reports_scores_above_its_bound(rows, text, data) -> None:  # type: ignore[no-untyped-def]
    reports = tuple(
        report(
            line(number, countries={"JP": 0.9}, source=f"S{source}", position=position, hours_ago=hours), value=value
        )
        for number, (source, value, position, hours) in enumerate(rows)
    )
    new = data.draw(st.sets(st.sampled_from([each.id for each in reports]), min_size=1))
    query, since = Filter.parse(text), NOON - DAY
    (ranked,) = rank([Candidate(1, reports, frozenset(new))], query=query, since=since, until=NOON)
    coverage = EventCoverage(
        len({each.publisher for each in reports}),
        len(reports),
        max(each.news_value for each in reports),
        min(each.position for each in reports),
        max(each.arrived_at for each in reports),
    )
    bound = score_bound(query, since=since, until=NOON)
    assert ranked.score <= bound(coverage)
    if len(new) == len(reports) and text != "country:jp":
        assert ranked.score == bound(coverage)
    worse = EventCoverage(1, 1, coverage.news_value / 2, coverage.position + 1, coverage.newest - timedelta(hours=1))
    assert bound(worse) <= bound(coverage)
