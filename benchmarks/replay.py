"""Replay of thirty days of generated news: events posted twice, lost, merged or repeated.

    python -m benchmarks.replay [--days 30] [--seed 1] [--database URL]

A stream is generated from the templates below: incidents with reports by several sources in words of their own,
reprints under other names, page dumps with the teaser cut in another place, the full story after its teaser, updates on
later days, corrected and withdrawn files, and the same stories filed again with another date. It is read, clustered and
composed by the program's own parts into a SQLite file (or the database given), with a clock that is moved; three
subscriptions with their own filters, times, zones and limits are delivered from the outbox. Counts are checked against
the generator's incidents, not against the program's events: an incident that was split shows as posted twice. Exit code
1 when anything is violated.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.database_url import normalize_database_url
from bot.newsroom.filters import Filter
from bot.newsroom.models import QuietPolicy, Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.newsroom.schedule import slots_between
from bot.newsroom.search_terms import index_story
from bot.services.digests import ComposedDigest, DigestService
from bot.services.event_assignment import assign_events
from bot.settings import DigestSettings, SummarySettings
from bot.store import deliveries, documents, story_pages, subscriptions
from bot.store.database import Store
from summarizers.analysis import analyse
from summarizers.events.features import story_features
from summarizers.events.novelty import sentence_hash

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
_SOURCES = ("The Harbour Post", "Northern Wire", "Daily Lantern", "Evening Ledger", "Radio Meridian")
_CLUBS = ("United", "Rovers", "Athletic", "Wanderers", "Olympic", "Rangers", "Sporting", "Dynamo")
_COUNTRIES = (
    ("Japan", "Japanese", "Tokyo"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Brazil", "Brazilian", "Brasilia"),
    ("Germany", "German", "Berlin"),
    ("Chile", "Chilean", "Santiago"),
    ("India", "Indian", "New Delhi"),
    ("Norway", "Norwegian", "Oslo"),
    ("Egypt", "Egyptian", "Cairo"),
)

# Each kind: facts in two or three wordings. The first is the lead; {…} are drawn once per incident.
_KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "quake": (
        (
            "An earthquake of magnitude {magnitude} shook the {people} town of {town} on {day}, killing {dead} people.",
            "At least {dead} people died when a magnitude {magnitude} earthquake struck {town} in {country} on {day}.",
            "{town}, a town in {country}, was hit by a magnitude {magnitude} quake on {day} that left {dead} people dead.",
        ),
        (
            "Mayor {first} {last} of {town} said that {homes} homes had collapsed.",
            "In {town} {homes} houses fell down, according to Mayor {first} {last}.",
        ),
        (
            "The epicentre lay near the {river} river, seismologists reported.",
            "Seismologists placed the epicentre of the quake close to the {river} river.",
        ),
        (
            "Schools in {town} stay closed until the buildings have been inspected.",
            "No school in {town} will open before inspectors have seen its buildings.",
        ),
    ),
    "trial": (
        (
            "A court in {capital} sentenced the banker {first} {last} to {years} years in prison for fraud on {day}.",
            "The banker {first} {last} was sent to prison for {years} years by a {people} court on {day} for fraud.",
        ),
        (
            "Judges found that {last} had taken {millions} million from the {town} savings bank.",
            "{last} stole {millions} million from savers of the {town} bank, the judges said.",
        ),
        (
            "The defence lawyer {other} announced an appeal against the verdict.",
            "An appeal will follow, said {other}, the lawyer of the convicted banker.",
        ),
        (
            "Savers of the {town} bank applauded when the sentence was read in the courtroom.",
            "There was applause from savers in the courtroom as the sentence was read.",
        ),
    ),
    "ferry": (
        (
            "A ferry with {dead} passengers ran aground off {town} in {country} early on {day}.",
            "{dead} passengers had to be rescued from a ferry that ran aground near {town}, {country}, on {day}.",
        ),
        (
            "Captain {first} {last} told the coast guard that the steering of the {river} Star had failed.",
            "The steering of the {river} Star had failed, Captain {first} {last} told the coast guard.",
        ),
        (
            "Tugs are to pull the ship free at high tide.",
            "At the next high tide tugs will try to free the ship.",
        ),
    ),
    "match": (
        (
            "{town} {club} beat {river} {club2} {homes} to {years} in the {people} cup final on {day}.",
            "The {people} cup goes to {town} {club}, who won the final against {river} {club2} by {homes} to {years} on {day}.",
        ),
        (
            "Striker {first} {last} scored the winning goal for {town} in the last minute.",
            "The last minute brought the winner for {town}, scored by the striker {first} {last}.",
        ),
        (
            "Coach {other} dedicated the trophy to the supporters of the club.",
            "The trophy was dedicated to the club's supporters by coach {other}.",
        ),
    ),
    "minister": (
        (
            "{country}'s transport minister {first} {last} resigned on {day} over the {town} bridge contract.",
            "The {town} bridge contract cost the {people} transport minister {first} {last} the office on {day}.",
        ),
        (
            "Auditors had found that {millions} million for the bridge could not be accounted for.",
            "Some {millions} million that were meant for the bridge are missing, auditors found.",
        ),
        (
            "Opposition leader {other} called for a new election in {country}.",
            "A new election was demanded by the opposition leader {other}.",
        ),
    ),
    "plant": (
        (
            "The chip maker {river} Devices will build a {millions} million plant in {town}, {country}, it said on {day}.",
            "A plant for {millions} million is to rise in {town}, {country}, the chip maker {river} Devices announced on {day}.",
        ),
        (
            "Chief executive {first} {last} promised {homes} hundred jobs for the {town} region.",
            "{homes} hundred people will find work in the {town} region, promised chief executive {first} {last}.",
        ),
        (
            "Neighbours fear that the works will dry up the wells.",
            "That the works might dry up their wells is what neighbours fear.",
        ),
    ),
}
# Facts of later days, in two wordings.
_LATER: tuple[tuple[str, ...], ...] = (
    (
        "Investigators from {capital} arrived on {day2} and seized {boxes} boxes of documents in {town}.",
        "On {day2} {boxes} boxes of documents were seized in {town} by investigators from {capital}.",
    ),
    (
        "Insurers estimated the cost at {cost} million after a first inspection of {town}.",
        "A first estimate by insurers put the cost for {town} at {cost} million.",
    ),
    (
        "Professor {expert} of {capital} university warned that the affair would be felt in {country} for years.",
        "The affair would be felt for years in {country}, warned professor {expert} of the university of {capital}.",
    ),
)
_CORRECTION = "An earlier version gave a wrong number: it is {fixed}, the {town} authorities said."


@dataclass(frozen=True)
class Filing:
    """A file that appears, changes or (without text) vanishes at a moment."""

    at: datetime
    path: str
    incident: int
    title: str | None
    text: str | None
    source: str = ""
    published: datetime | None = None


@dataclass
class Stream:
    """All filings in order, and the fact that each sentence reports."""

    filings: list[Filing] = field(default_factory=list)
    facts: dict[str, tuple[int, str]] = field(default_factory=dict)
    """(incident, fact) by a sentence's fingerprint."""


class StreamGenerator:
    """Draws a stream, the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._names: set[str] = set()
        self._stream = Stream()

    def stream(self, days: int, per_day: int = 10) -> Stream:
        """Generate a stream of so many days."""
        for number in range(days * per_day):
            at = BEGIN + timedelta(days=days * number / (days * per_day), minutes=self._chance.randint(0, 120))
            self._incident(number, at)
        self._stream.filings.sort(key=lambda filing: (filing.at, filing.path))
        return self._stream

    def _name(self) -> str:
        while True:
            name = "".join(
                self._chance.choice("BDFGKLMNPRSTV").lower()
                + self._chance.choice(("a", "e", "i", "o", "u", "or", "an"))
                for _ in range(self._chance.choice((2, 3)))
            ).capitalize()
            if name not in self._names and len(name) > 4:
                self._names.add(name)
                return name

    def _incident(self, number: int, at: datetime) -> None:
        chance = self._chance
        country, people, capital = chance.choice(_COUNTRIES)
        clubs = chance.sample(_CLUBS, 2)
        drawn = {
            "country": country, "people": people, "capital": capital,
            "town": self._name(), "river": self._name(), "first": self._name(), "last": self._name(),
            "other": f"{self._name()} {self._name()}", "expert": f"{self._name()} {self._name()}",
            "magnitude": f"{chance.randint(50, 79) / 10}", "dead": str(chance.randint(11, 99)),
            "homes": str(chance.randint(2, 9)), "years": str(chance.randint(11, 29)),
            "millions": str(chance.randint(100, 999)), "boxes": str(chance.randint(10, 99)),
            "cost": str(chance.randint(1000, 9999)), "fixed": str(chance.randint(100000, 999999)),
            "club": clubs[0], "club2": clubs[1],
            "day": at.strftime("%A"), "day2": (at + timedelta(days=1)).strftime("%A"),
        }  # fmt: skip
        kind = chance.choice(sorted(_KINDS))
        facts = [[wording.format(**drawn) for wording in wordings] for wordings in _KINDS[kind]]
        later = [[wording.format(**drawn) for wording in wordings] for wordings in _LATER]
        correction = _CORRECTION.format(**drawn)
        for at_fact, wordings in enumerate([*facts, *later, [correction]]):
            for wording in wordings:
                self._stream.facts[sentence_hash(wording)] = (number, f"{at_fact}")
        title = f"{drawn['town']}: {kind} in {country}"

        def report(choice: int, upto: int | None = None) -> list[str]:
            return [wordings[choice % len(wordings)] for wordings in facts[:upto]]

        def file(when: datetime, name: str, sentences: Sequence[str], source: str, *, titled: bool = True) -> None:
            path = f"{name}-{number:04}.txt"
            self._stream.filings.append(
                Filing(when, path, number, title if titled else None, "\n".join(sentences), source, when)
            )

        sources = chance.sample(_SOURCES, 4)
        hours = timedelta(hours=1)
        first = report(0)
        if chance.random() < 0.3:  # a teaser that a page dump cut, then the whole story
            teaser = f"{first[0]} {first[1][: len(first[1]) // 2]}…"
            file(at, "page", [teaser], sources[0], titled=False)
            if chance.random() < 0.5:
                cut = f"{first[0]} {first[1][: len(first[1]) // 3]}…"
                file(at + 5 * hours, "page-again", [cut], sources[0], titled=False)
            at += 2 * hours
        file(at, "report", first, sources[0])
        if chance.random() < 0.5:  # a second source
            file(at + chance.randint(1, 30) * hours, "second", report(1), sources[1])
        if chance.random() < 0.4:  # a reprint, and the same again with a newer date
            file(at + chance.randint(1, 40) * hours, "reprint", first, sources[2])
            file(at + chance.randint(41, 90) * hours, "again", [*first, "Agency report."], sources[2])
        if chance.random() < 0.4:  # an update that repeats what was known
            file(at + chance.randint(20, 40) * hours, "update", [later[0][0], *report(0)], sources[0])
            if chance.random() < 0.5:
                file(at + chance.randint(44, 70) * hours, "update-second", [later[0][1], *report(1)], sources[1])
            if chance.random() < 0.5:
                newest = [later[1][0], later[2][0], later[0][0], first[0]]
                file(at + chance.randint(72, 110) * hours, "update-third", newest, sources[3])
        draw = chance.random()
        if draw < 0.12:  # the file is corrected
            when = at + chance.randint(3, 50) * hours
            text = "\n".join([*first, correction])
            self._stream.filings.append(Filing(when, f"report-{number:04}.txt", number, title, text, sources[0], at))
        elif draw < 0.18:  # the file is withdrawn
            when = at + chance.randint(2, 30) * hours
            self._stream.filings.append(Filing(when, f"report-{number:04}.txt", number, None, None))


@dataclass
class Channel:
    """The incidents and facts that a channel was shown, as its readers would count them."""

    posted: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    digests: int = 0
    events: int = 0
    updates: int = 0


class Replay:
    """A run of the stream through the subscriptions."""

    def __init__(self, store: Store, stream: Stream) -> None:
        self.now = BEGIN
        self.stream = stream
        self.violations: dict[str, list[str]] = {
            "an event posted twice in a channel": [],
            "a new event neither posted nor counted": [],
            "an update without a new sentence": [],
            "a sentence posted twice in a channel": [],
            "two events merged into one": [],
            "a withdrawn story shown": [],
        }
        self.channels: dict[int, Channel] = defaultdict(Channel)
        self._store = store
        self._digests = DigestService(store, DigestSettings(), SummarySettings(), lambda: self.now)
        self._incident: dict[int, int] = {}
        self._last: dict[int, datetime] = {}

    async def subscribe(self) -> list[Subscription]:
        """Add the three subscriptions."""
        subscribed = [
            Subscription(0, 1, (time(8),), "UTC", BEGIN, BEGIN, guild_id=1, limit=25),
            Subscription(
                0, 2, (time(7, 30), time(18)), "Asia/Tokyo", BEGIN, BEGIN, guild_id=1,
                filter="country:jp,in,ke", limit=5, sentences=2, quiet=QuietPolicy.SKIP,
            ),
            Subscription(
                0, 3, (time(12),), "America/Sao_Paulo", BEGIN, BEGIN, guild_id=1, days=(1, 2, 3, 4, 5),
                filter="-country:de", limit=10, sentences=5, engine="lead",
            ),
        ]  # fmt: skip
        async with self._store.writing() as conn:
            return [await subscriptions.add_subscription(conn, subscription) for subscription in subscribed]

    async def run(self, days: int) -> None:
        """Replay everything in order of time; a slot comes before a file of the same moment."""
        subscribed = await self.subscribe()
        end = BEGIN + timedelta(days=days + 5)
        slots = [
            (slot.at, subscription) for subscription in subscribed for slot in slots_between(subscription, BEGIN, end)
        ]
        moments: list[tuple[datetime, int, Filing | Subscription]] = [
            (at, 0, subscription) for at, subscription in slots
        ]
        moments += [(filing.at, 1, filing) for filing in self.stream.filings]
        moments.sort(key=lambda moment: (moment[0], moment[1]))
        for at, _, what in moments:
            self.now = at
            if isinstance(what, Filing):
                await self._file(what)
            else:
                await self._deliver(what, at)

    async def _file(self, filing: Filing) -> None:
        async with self._store.writing() as conn:
            if filing.text is None:
                await documents.withdraw_document(conn, filing.path, now=self.now)
                return
            analyses = analyse(filing.text, as_one_story=True, title=filing.title)
            data = (filing.title or "").encode() + filing.text.encode()
            digest = hashlib.sha256(data + filing.path.encode()).hexdigest()
            stored = await documents.store_document(
                conn,
                filing.path,
                documents.FileFacts(len(data), self.now.microsecond, 1, digest, "utf-8"),
                [index_story(item) for item in analyses],
                now=self.now,
                origin=documents.Origin(filing.published, filing.source),
            )
            by_id = dict(zip(stored.story_ids, analyses, strict=True))
            await assign_events(conn, [[(number, story_features(by_id[number])) for number in stored.new]], self.now)
        for number in stored.story_ids:
            self._incident[number] = filing.incident

    async def _deliver(self, subscription: Subscription, at: datetime) -> None:
        fitting = await self._fitting(subscription, at)
        composed = await self._digests.for_slot(subscription, at)
        async with self._store.writing() as conn:
            await deliveries.plan_deliveries(conn, [(subscription.id, subscription.channel_id, at)], at)
            (claimed,) = await deliveries.claim_due(conn, "replay", at, limit=1, lease=timedelta(minutes=1))
            if composed.digest is None:
                await deliveries.skip(conn, claimed.id, "replay", Obstacle(DeliveryReason.QUIET), at)
            else:
                shown = [
                    deliveries.DeliveredEvent(item.event_id, 0, item.story_ids, item.sentences, item.score)
                    for item in composed.shown
                ]
                await deliveries.compose(conn, claimed.id, "replay", [], shown, at)
                await deliveries.finish(conn, claimed.id, "replay", at)
        self._check(subscription, at, composed, fitting)

    async def _fitting(self, subscription: Subscription, at: datetime) -> set[int]:
        """The incidents of which a story came since the last slot, fits the filter and is shown."""
        since = self._last.get(subscription.id, at - timedelta(hours=24))
        self._last[subscription.id] = at
        async with self._store.reading() as conn:
            lines, _ = await story_pages.list_stories(
                conn, Filter.parse(subscription.filter), page=1, per_page=100_000, now=at
            )
        return {self._incident[line.id] for line in lines if since < line.arrived_at <= at}

    def _check(self, subscription: Subscription, at: datetime, composed: ComposedDigest, fitting: set[int]) -> None:
        channel = self.channels[subscription.channel_id]
        digest = composed.digest
        where = f"channel {subscription.channel_id} at {at:%d %b %H:%M}"
        for event in digest.events if digest is not None else ():
            incidents = {self._incident[ref.story_id] for ref in event.sources}
            if len(incidents) > 1:
                self.violations["two events merged into one"].append(f"{where}: e{event.id} {sorted(incidents)}")
            incident = self._incident[event.sources[0].story_id]
            if not event.update and channel.posted[incident]:
                self.violations["an event posted twice in a channel"].append(f"{where}: e{event.id} {event.headline}")
            facts = [
                self.stream.facts.get(sentence_hash(sentence.text), (-1, sentence.text))[1]
                for sentence in event.summary
            ]
            if event.update and not set(facts) - channel.facts[incident]:
                self.violations["an update without a new sentence"].append(f"{where}: e{event.id} {event.summary}")
            if event.update and set(facts) & channel.facts[incident]:
                self.violations["a sentence posted twice in a channel"].append(f"{where}: e{event.id} {event.summary}")
            channel.posted[incident].append(at)
            channel.events += not event.update
            channel.updates += event.update
            # Everything that its reports say is behind the digest's menu, and counts as shown.
            channel.facts[incident] |= set(facts)
        channel.digests += digest is not None
        missing = {incident for incident in fitting if not channel.posted[incident]}
        omitted = digest.omitted if digest is not None else 0
        if len(missing) > omitted:
            self.violations["a new event neither posted nor counted"].append(
                f"{where}: {sorted(missing)}, {omitted} omitted"
            )


def table(replay: Replay) -> Iterator[str]:
    """The report, a line each."""
    yield f"{len(replay.stream.filings):,} filings"
    for number, channel in sorted(replay.channels.items()):
        yield f"  channel {number}: {channel.digests} digests, {channel.events} events, {channel.updates} updates"
    yield f"{'violation':45} {'count':>6}"
    for name, examples in replay.violations.items():
        yield f"{name:45} {len(examples):6}"
        for example in examples[:3]:
            yield f"    {example[:300]}"


async def replay_stream(url: str, days: int, seed: int) -> Replay:
    """Make a stream and run it into the database at `url`, which is brought up to date first."""
    stream = StreamGenerator(seed).stream(days)
    async with Store.open(url) as store:
        await store.migrate()
        replay = Replay(store, stream)
        await replay.run(days)
    return replay


def main() -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'replay.sqlite3'}"
        replay = asyncio.run(replay_stream(normalize_database_url(url), given.days, given.seed))
    print("\n".join(table(replay)))
    return 1 if any(replay.violations.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
