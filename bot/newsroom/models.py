"""The data model that store, services and surfaces share.

Times are aware datetimes in UTC unless a field says otherwise. Ids are the database's integers; people see
stories as `s12` and events as `e34`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from bot.newsroom.obstacles import Obstacle
from bot.newsroom.rejections import Rejection
from summarizers.types import Country, Furniture, SummarySentence, Topic

__all__ = [
    "COUNTRY_THRESHOLD",
    "USUAL_ALERTS_A_DAY",
    "AlertRules",
    "AnsweringSentence",
    "Delivery",
    "DeliveryMessage",
    "DeliveryState",
    "Digest",
    "DigestSize",
    "DigestStyle",
    "DocumentLine",
    "DocumentStatus",
    "Event",
    "EventSentence",
    "LatePolicy",
    "NewsPage",
    "Notification",
    "PostMode",
    "PostedAlert",
    "QuietPolicy",
    "Rhythm",
    "SectionOrder",
    "Slot",
    "SourceRef",
    "StoryDetail",
    "StoryLine",
    "Subscription",
    "TalkMode",
    "event_name",
    "parse_id",
    "story_name",
]

COUNTRY_THRESHOLD = 0.25
"""The salience from which on a story is about a country."""

USUAL_ALERTS_A_DAY = 10
"""Alerts a day unless a manager says otherwise: a very busy day, and still no flood."""


class DocumentStatus(StrEnum):
    """The result of reading a file or feed item."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    """The same bytes (or text) are stored under another name."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """It is gone from the folder; its stories are no longer shown."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A rejected file. `path` is relative to the seeds folder, with forward slashes."""

    id: int
    path: str
    status: DocumentStatus
    rejection: Rejection
    size: int
    sha256: str | None
    encoding: str | None
    stories: int
    changed_at: datetime


class DateOrigin(StrEnum):
    """Origin of a story's time of publication."""

    STATED = "stated"
    """Its source states it as such."""
    FOUND = "found"
    """It was found on the page, beside the headline or in the address."""
    ARRIVAL = "arrival"
    """There is none that can be believed: it is the time of arrival."""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """The origin of a text: document, place in it (from 0), source and language.

    `picture` is the address of the picture that the source gives with it.
    """

    story_id: int
    path: str
    position: int
    source: str | None = None
    url: str | None = None
    language: str = ""
    picture: str | None = None
    sample: bool = False
    """Whether it is of the invented news that comes with the program."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story without its body, as lists show it; `published_at` falls back on its arrival."""

    id: int
    event_id: int
    headline: str
    kicker: str | None
    language: str
    published_at: datetime
    arrived_at: datetime
    ref: SourceRef
    summary: tuple[SummarySentence, ...]
    countries: tuple[Country, ...]
    """By salience, descending; without evidence."""
    topics: tuple[Topic, ...]
    truncated: bool
    place: str | None = None
    """The place of its dateline, as written."""
    guild_id: int | None = None
    """The server that alone sees it; None for all."""
    date_origin: DateOrigin | None = None
    """Where `published_at` comes from; None in stories of earlier versions."""


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """A story with all that is kept of it. Countries have their evidence, as spans of `text`."""

    line: StoryLine
    text: str
    sentences: tuple[str, ...]
    paragraphs: tuple[str, ...]
    title: str | None
    deck: str | None
    dateline: str | None
    place: str | None
    stated_date: str | None
    """The date that the story states of itself, as written: shown, never taken for the time of publication."""
    agency: str | None
    byline: str | None
    credits: tuple[str, ...]
    furniture: tuple[Furniture, ...]
    """Lines that were taken out of the story, each with the reason: for operators, never shown to readers."""

    @property
    def is_brief(self) -> bool:
        """Return whether its source gives nothing but the headline, which is its text, too."""
        said = " ".join(" ".join(self.paragraphs).casefold().split())
        return said == " ".join((self.title or self.line.headline).casefold().split())


@dataclass(frozen=True, slots=True)
class AnsweringSentence:
    """A sentence that answers a question, and its story."""

    text: str
    story: StoryLine


@dataclass(frozen=True, slots=True)
class EventSentence:
    """A sentence of an event's summary, the report it came from, and its index there."""

    text: str
    position: int
    ref: SourceRef


@dataclass(frozen=True, slots=True)
class Event:
    """Stories about the same happening, as a digest shows them.

    `sources` has every report: the lead report, which gives the headline, then the others that the summary quotes, then
    the rest. `update` says that the channel was shown this event before
    and that `summary` has only what is new. `reasons` are short machine-readable notes on rank and choice, for
    `/why`: (name, value) pairs such as ("sources", "3").
    """

    id: int
    headline: str
    kicker: str | None
    language: str
    summary: tuple[EventSentence, ...]
    countries: tuple[Country, ...]
    topics: tuple[Topic, ...]
    sources: tuple[SourceRef, ...]
    first_at: datetime
    last_at: datetime
    update: bool = False
    truncated: bool = False
    is_foreign: bool = False
    """Whether it is told in a language that the reader doesn't read."""
    place: str | None = None
    """The place of the lead report's dateline, as written."""
    score: float = 0.0
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def credited(self) -> tuple[SourceRef, ...]:
        """Reports that the summary quotes, the lead report first; if it quotes none, that one.

        The first report in each further language follows.
        """
        quoted = {sentence.ref.story_id for sentence in self.summary}
        credited = [ref for ref in self.sources if ref.story_id in quoted] or list(self.sources[:1])
        languages = {ref.language for ref in credited}
        for ref in self.sources:
            if ref.language not in languages:
                languages.add(ref.language)
                credited.append(ref)
        return tuple(credited)

    @property
    def picture(self) -> str | None:
        """The address of a picture, of the first report that is quoted and has one."""
        return next((ref.picture for ref in self.credited if ref.picture), None)


class DigestStyle(StrEnum):
    """The look of a digest in Discord; plainer than ordered where a permission is missing."""

    FRONT = "front"
    """A front page: one message with a lead story, sections and briefs."""
    CARDS = "cards"
    """A card for each story."""
    CHART = "chart"
    """Cards, with a picture of which countries are in the news."""
    EMBEDS = "embeds"
    PLAIN = "plain"

    @classmethod
    def _missing_(cls, value: object) -> DigestStyle | None:
        return cls.CARDS if value == "components" else None  # the name of cards in earlier versions


class SectionOrder(StrEnum):
    """The labels by which a front page is divided into sections."""

    TOPIC = "topic"
    COUNTRY = "country"


class DigestSize(StrEnum):
    """The length of a front page."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class PostedAlert:
    """An event that a channel got as an alert; `address` is that of the message."""

    event_id: int
    headline: str
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A composed selection of events; `omitted` counts those that fitted but found no room.

    `alerts` are the events that were posted at once since the last digest. One that covers a `week` says how its events
    went on.
    """

    title: str
    since: datetime
    until: datetime
    events: tuple[Event, ...]
    omitted: int
    filter: str = ""
    language: str = "en"
    timezone: str = "UTC"
    other_languages: int = 0
    """Events that fitted, too, but that no report tells in a language chosen for the digest."""
    pictures: bool = False
    """Whether events are shown with their pictures, where the look has room for them."""
    alerts: tuple[PostedAlert, ...] = ()
    web_address: str = ""
    """The address of the web edition, if everybody may read it."""
    week: bool = False
    issue: int | None = None
    """The number of this issue, from 1, of a subscription's digests; None outside a subscription."""
    sections: SectionOrder = SectionOrder.TOPIC
    size: DigestSize = DigestSize.NORMAL
    passed: int = 0
    """Events on the pages before this one."""


@dataclass(frozen=True, slots=True)
class NewsPage:
    """One page of stories: `page` counts from 1, `pages` is at least 1."""

    stories: tuple[StoryLine, ...]
    total: int
    page: int
    pages: int


class LatePolicy(StrEnum):
    """Handling of a slot that was missed."""

    POST = "post"
    """Post it late, up to `late_hours`."""
    MERGE = "merge"
    """Merge it into the next slot's digest."""
    SKIP = "skip"


class QuietPolicy(StrEnum):
    """Handling of a slot without a new event."""

    SAY = "say"
    """One line that says so."""
    SKIP = "skip"
    WIDEN = "widen"
    """Tell older events that the channel has not had."""


class PostMode(StrEnum):
    """The division of a digest into posts."""

    DIGEST = "digest"
    """One for all of it."""
    EVENT = "event"
    """One for each event: in a forum a post of its own, elsewhere a message."""


class Notification(StrEnum):
    """The noise that a post makes: a notification, or none."""

    NORMAL = "normal"
    SILENT = "silent"


class TalkMode(StrEnum):
    """The threads that are opened for talk below a digest's messages."""

    NONE = "none"
    DIGEST = "digest"
    """One below the digest."""
    STORY = "story"
    """One below each story, where each has a message of its own."""


class Rhythm(StrEnum):
    """The time that a digest covers."""

    DAY = "day"
    """What is new since the last one."""
    WEEK = "week"
    """The seven days before it, by weight."""


@dataclass(frozen=True, slots=True)
class AlertRules:
    """A subscription's rules for alerts.

    `sources` newsrooms are needed; nothing is posted in the `quiet` hours of the subscription's zone (from, to), and at
    most `most` alerts a day.
    """

    sources: int
    quiet: tuple[time, time] | None = None
    most: int = USUAL_ALERTS_A_DAY


@dataclass(frozen=True, slots=True)
class Subscription:
    """Digests that a channel or a member gets at set times.

    `times` are local wall-clock times in the IANA zone `timezone`; `days` are ISO weekdays (1 Monday … 7 Sunday).
    `guild_id` is None for a member's own digest by direct message, where `member_id` says whose. `after` is the
    moment from which on slots count (the creation, or the last resumption). `language` is that of the digest's
    own words (BCP 47), not a filter; `stories` are the languages of its stories (ISO 639), () for all. `sender_name` and `sender_avatar` (an address) are whom it is posted as; None is
    the bot. `alerts` says when an event is posted at once; None never. `mention_role` is the role that a post mentions.
    """

    id: int
    channel_id: int
    times: tuple[time, ...]
    timezone: str
    created_at: datetime
    after: datetime
    guild_id: int | None = None
    member_id: int | None = None
    created_by: int | None = None
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    filter: str = ""
    language: str = "en"
    stories: tuple[str, ...] = ()
    sentences: int = 3
    limit: int = 10
    engine: str | None = None
    look: DigestStyle = DigestStyle.CARDS
    late: LatePolicy = LatePolicy.POST
    late_hours: int = 2
    quiet: QuietPolicy = QuietPolicy.SAY
    paused_at: datetime | None = None
    pause_reason: Obstacle | None = None
    sender_name: str | None = None
    sender_avatar: str | None = None
    posts: PostMode = PostMode.DIGEST
    alerts: AlertRules | None = None
    mention_role: int | None = None
    notify: Notification = Notification.NORMAL
    talk: TalkMode = TalkMode.NONE
    every: Rhythm = Rhythm.DAY
    sections: SectionOrder = SectionOrder.TOPIC
    size: DigestSize = DigestSize.NORMAL


@dataclass(frozen=True, slots=True)
class Slot:
    """A subscription's scheduled moment: `at` in UTC, `local` as the wall clock shows it."""

    subscription_id: int
    at: datetime
    local: datetime


class DeliveryState(StrEnum):
    """The state of a digest on its way to a channel."""

    PLANNED = "planned"
    COMPOSED = "composed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DeliveryMessage:
    """One message of a delivery.

    `payload` is the JSON that goes to Discord. `nonce` (at most 25 characters) and `marker` stay the same however
    often it is tried; `message_id` is Discord's, once it is known. `tried_at` without it says that the message may
    have arrived: look for its marker first.
    """

    ordinal: int
    nonce: str
    marker: str
    payload: str
    message_id: int | None = None
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A digest on its way to one channel; unique per subscription and slot.

    An alert has the number of its event in `alert_event_id`, and in `slot_at` the moment at which that broke.
    """

    id: int
    subscription_id: int
    channel_id: int
    slot_at: datetime
    state: DeliveryState
    attempts: int
    changed_at: datetime
    next_try_at: datetime | None = None
    reason: Obstacle | None = None
    messages: tuple[DeliveryMessage, ...] = field(default=())
    alert_event_id: int | None = None


def story_name(identity: int) -> str:
    """Return a story's id as people see it: `s12`."""
    return f"s{identity}"


def event_name(identity: int) -> str:
    """Return an event's id as people see it: `e34`."""
    return f"e{identity}"


def parse_id(text: str) -> tuple[str | None, int] | None:
    """Read `s12`, `e34` or `12` as (kind, number), or return None.

    The kind is "story", "event", or None where the text doesn't say.
    """
    match = re.fullmatch(r"\s*#?([se]?)(\d{1,18})\s*", text, re.IGNORECASE | re.ASCII)
    if match is None:
        return None
    kind = {"s": "story", "e": "event", "": None}[match[1].lower()]
    return kind, int(match[2])
