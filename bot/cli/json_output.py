"""JSON of the newsroom's values, with the fields in the command line's contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.newsroom.front_page import section_of
from bot.newsroom.models import (
    AnsweringSentence,
    Delivery,
    Digest,
    Event,
    NewsPage,
    SourceRef,
    StoryDetail,
    StoryLine,
    event_name,
    story_name,
)
from summarizers.types import Analysis, Country, NewsValue, Topic

if TYPE_CHECKING:
    from bot.delivery.worker import DeliveryReport
    from bot.intake.types import AsideLines, ScanReport
    from bot.services.data import Statistics
    from bot.services.event_edits import EventStories
    from bot.services.withholdings import Withholding

__all__ = [
    "Shape",
    "analysis_shape",
    "answers_shape",
    "aside_shape",
    "deliver_shape",
    "delivery_shape",
    "digest_shape",
    "event_shape",
    "event_stories_shape",
    "news_shape",
    "scan_shape",
    "statistics_shape",
    "story_shape",
    "why_shape",
    "withholding_shape",
]

Shape = dict[str, Any]
"""A JSON object."""


def aside_shape(aside: AsideLines) -> Shape:
    """Return lines of a page that belong to no story."""
    return {"reason": aside.reason, "lines": list(aside.lines)}


def analysis_shape(analysis: Analysis) -> Shape:
    """Return a story as `gazette analyze` prints it."""
    story = analysis.story
    return {
        "position": story.position,
        "kicker": story.kicker,
        "headline": analysis.headline,
        "language": analysis.language,
        "sentences": list(analysis.sentences),
        "summary": [{"sentence": chosen.position, "text": chosen.text} for chosen in analysis.summary],
        "countries": countries_shape(analysis.countries),
        "topics": topics_shape(analysis.topics),
        "news_value": news_value_shape(analysis.news_value),
        "truncated": story.truncated,
        "title": story.title,
        "deck": story.deck,
        "dateline": story.dateline,
        "place": story.place,
        "stated_date": story.stated_date,
        "agency": story.agency,
        "byline": story.byline,
        "credits": list(story.credits),
        "furniture": [{"text": line.text, "reason": line.reason} for line in story.furniture],
        "paragraphs": list(story.paragraphs),
    }


def countries_shape(countries: Sequence[Country]) -> list[Shape]:
    """Return countries without their evidence."""
    return [{"code": country.code, "salience": round(country.salience, 4)} for country in countries]


def topics_shape(topics: Sequence[Topic]) -> list[Shape]:
    """Return topics with their scores."""
    return [{"slug": topic.slug, "score": round(topic.score, 4)} for topic in topics]


def news_value_shape(news_value: NewsValue) -> Shape:
    """Return how much a story weighs and the factors that decided."""
    return {
        "value": news_value.value,
        "factors": [
            {"name": factor.name, "favourable": factor.favourable, "amount": factor.amount}
            for factor in news_value.factors
        ],
    }


def source_shape(ref: SourceRef) -> Shape:
    """Return the story and file that a text is from."""
    return {
        "story": story_name(ref.story_id),
        "path": ref.path,
        "position": ref.position,
        "source": ref.source,
        "url": ref.url,
        "picture": ref.picture,
        "sample": ref.sample,
    }


def event_shape(event: Event) -> Shape:
    """Return an event of a digest."""
    return {
        "id": event_name(event.id),
        "headline": event.headline,
        "kicker": event.kicker,
        "language": event.language,
        "summary": [
            {
                "sentence": sentence.position,
                "text": sentence.text,
                "path": sentence.ref.path,
                "position": sentence.ref.position,
            }
            for sentence in event.summary
        ],
        "countries": countries_shape(event.countries),
        "topics": topics_shape(event.topics),
        "sources": [source_shape(ref) for ref in event.sources],
        "update": event.update,
        "truncated": event.truncated,
        "place": event.place,
        "first": moment_shape(event.first_at),
        "last": moment_shape(event.last_at),
        "reasons": dict(event.reasons),
    }


def digest_shape(digest: Digest, title: str) -> Shape:
    """Return a digest."""
    return {
        "title": title,
        "period": {"since": moment_shape(digest.since), "until": moment_shape(digest.until)},
        "filter": digest.filter,
        "events": [{**event_shape(event), "section": section_of(event, digest.sections)} for event in digest.events],
        "omitted": digest.omitted,
        "other_languages": digest.other_languages,
    }


def line_shape(line: StoryLine) -> Shape:
    """Return a story as lists show it."""
    return {
        "id": story_name(line.id),
        "event": event_name(line.event_id),
        "headline": line.headline,
        "kicker": line.kicker,
        "language": line.language,
        "published": moment_shape(line.published_at),
        "date_origin": line.date_origin,
        "arrived": moment_shape(line.arrived_at),
        "summary": [{"sentence": sentence.position, "text": sentence.text} for sentence in line.summary],
        "countries": countries_shape(line.countries),
        "topics": topics_shape(line.topics),
        "source": source_shape(line.ref),
        "truncated": line.truncated,
        "place": line.place,
    }


def news_shape(page: NewsPage, **more: object) -> Shape:
    """Return a page of stories."""
    return {
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        **more,
        "stories": [line_shape(line) for line in page.stories],
    }


def answers_shape(question: str, answers: Sequence[AnsweringSentence]) -> Shape:
    """Return the sentences that answer a question, the best first."""
    return {
        "question": question,
        "answers": [{"text": answer.text, "story": line_shape(answer.story)} for answer in answers],
    }


def story_shape(story: StoryDetail) -> Shape:
    """Return a story in full, with the evidence for each country."""
    return line_shape(story.line) | {
        "countries": [
            {
                "code": country.code,
                "salience": round(country.salience, 4),
                "evidence": [
                    {"start": span.start, "end": span.end, "text": span.text, "kind": span.kind}
                    for span in country.evidence
                ],
            }
            for country in story.line.countries
        ],
        "brief": story.is_brief,
        "title": story.title,
        "deck": story.deck,
        "dateline": story.dateline,
        "place": story.place,
        "stated_date": story.stated_date,
        "agency": story.agency,
        "byline": story.byline,
        "credits": list(story.credits),
        "furniture": [{"text": line.text, "reason": line.reason} for line in story.furniture],
        "paragraphs": list(story.paragraphs),
        "sentences": list(story.sentences),
        "text": story.text,
    }


def why_shape(event: Event, stories: Sequence[StoryDetail]) -> Shape:
    """Return an event with its reports in full."""
    return event_shape(event) | {"stories": [story_shape(story) for story in stories]}


def delivery_shape(delivery: Delivery) -> Shape:
    """Return a delivery and its outcome."""
    return {
        "id": delivery.id,
        "subscription": delivery.subscription_id,
        "channel": str(delivery.channel_id),
        "slot": moment_shape(delivery.slot_at),
        "alert": event_name(delivery.alert_event_id) if delivery.alert_event_id is not None else None,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "reason": str(delivery.reason) if delivery.reason else None,
        "changed": moment_shape(delivery.changed_at),
        "messages": [None if each.message_id is None else str(each.message_id) for each in delivery.messages],
    }


def moment_shape(at: datetime) -> str:
    """Return ISO 8601 with offset, in whole seconds."""
    return at.isoformat(timespec="seconds")


def scan_shape(report: ScanReport) -> Shape:
    """Return the results of a scan."""
    return {
        "files": report.files,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "rejected": [
            {"path": path, "reason": rejection.message, "code": rejection.reason.value}
            for path, rejection in report.rejected
        ],
        "notes": [{"path": path, "note": note} for path, note in report.notes],
        "stories": report.stories,
        "held": report.held,
        "held_until": None if report.held_until is None else moment_shape(report.held_until),
    }


def deliver_shape(report: DeliveryReport) -> Shape:
    """Return what was due, and its outcomes."""
    return {
        "due": report.due,
        "sent": report.sent,
        "skipped": report.skipped,
        "failed": [{"channel": str(channel), "reason": reason} for channel, reason in report.failed],
    }


def event_stories_shape(event: EventStories) -> Shape:
    """Return an event with the ids of its stories."""
    return {"id": event_name(event.id), "stories": [story_name(line.id) for line in event.stories]}


def statistics_shape(statistics: Statistics) -> Shape:
    """Return numbers of what is stored."""
    return {
        "database": statistics.database,
        "bytes": statistics.bytes,
        "stories": statistics.stories,
        "events": statistics.events,
        "newest": None if statistics.newest is None else statistics.newest.isoformat(),
        "documents": {str(status): count for status, count in statistics.documents.items()},
        "languages": dict(statistics.languages),
        "countries": dict(statistics.countries),
        "topics": dict(statistics.topics),
        "feeds": {str(status): count for status, count in statistics.feeds.items()},
        "subscriptions": statistics.subscriptions,
        "deliveries": {str(state): count for state, count in statistics.deliveries.items()},
    }


def withholding_shape(withholding: Withholding) -> Shape:
    """Return a withholding: what, which stories it covers, and its log."""
    from bot.services.withholdings import target_name

    times = {"at": withholding.made_at, "until": withholding.until, "released_at": withholding.released_at}
    return {
        "id": target_name(withholding),
        "headline": withholding.headline,
        "stories": [story_name(number) for number in withholding.stories],
        "by": withholding.made_by,
        "reason": withholding.reason,
        **{key: moment_shape(at) if at is not None else None for key, at in times.items()},
        "released_by": withholding.released_by,
        "release_reason": withholding.release_reason,
    }
