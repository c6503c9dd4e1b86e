"""Entries of a feed, whatever its format: their names, texts, headlines and pictures.

The readers of XML and JSON give each entry as the feed has it; here it becomes a story. None is lost silently: an entry
without a text is a story of its headline, entries that share an id are told apart, and what is left out is noted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.intake.readers.feed_text import EntryMarkup, read_body, read_title
from bot.intake.readers.metadata import parse_time, parse_url, strip_title
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart
from bot.newsroom.name_lookup import topic_of
from bot.newsroom.sources import IdentityRule, SourceOptions

__all__ = ["DEFAULT_RULES", "MAX_ENTRIES", "EntryRules", "FeedEntries", "RawEntry", "make_entries"]

MAX_ENTRIES: Final = 500
"""Entries of a feed that are read: feeds have some dozens, and one of thousands would hold intake up for minutes."""

_MAX_ERROR: Final = 120
"""Characters of an unexpected error that a note keeps."""

_DIGEST: Final = 16
"""Hex digits that stand for a text in a name: no two entries of a feed share them by chance."""


@dataclass(frozen=True, slots=True)
class EntryRules:
    """An operator's decisions about the entries of a feed.

    `identity` tells entries apart. `timezone` is that of dates without one, `language` that of entries which state
    none. `trust_categories` takes their categories for topics where they name one.
    """

    identity: IdentityRule = IdentityRule.AUTO
    timezone: str | None = None
    language: str | None = None
    trust_categories: bool = False

    @classmethod
    def of(cls, options: SourceOptions) -> EntryRules:
        """Return the rules among a source's options."""
        return cls(options.identity, options.timezone, options.language, options.trust_categories)


DEFAULT_RULES: Final = EntryRules()
"""Nothing decided."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as its feed gives it.

    `bodies` are its texts, of which the longest counts; `caption` describes its picture or video and counts where
    there is no other text. `dates` are the times that it gives, the best first.
    """

    guid: str | None = None
    link: str | None = None
    title: EntryMarkup | None = None
    bodies: tuple[EntryMarkup, ...] = ()
    caption: EntryMarkup | None = None
    dates: tuple[object, ...] = ()
    source: str | None = None
    language: str | None = None
    picture: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedEntries:
    """A feed's entries, each with a name of its own.

    `total` counts all entries. `notes` say which were left out. `shared` tells that entries share an id or link, so
    that their names hold the headline, too.
    """

    entries: tuple[tuple[str, DocumentPart], ...]
    encoding: str
    total: int
    notes: tuple[str, ...]
    shared: bool = False
    site: str | None = None
    """The feed's title."""


def make_entries(
    raw: Sequence[RawEntry],
    encoding: str,
    *,
    site: str | None,
    home: str | None,
    language: str | None,
    shared: bool,
    rules: EntryRules = DEFAULT_RULES,
) -> FeedEntries:
    """Return a feed's entries as stories.

    `site` is the feed's title, `home` the address of its site, `language` the tag that it declares. `shared` says that
    its entries were found to share ids before. Of more than `MAX_ENTRIES`, the newest are taken, or the first where
    they have no dates.
    """
    zone: tzinfo = ZoneInfo(rules.timezone) if rules.timezone else UTC
    kept = _newest(raw, zone)
    parts: list[tuple[RawEntry, DocumentPart]] = []
    faults: list[str] = []
    for at, entry in enumerate(kept):
        try:
            part = _make_part(entry, site, home, rules.language or language, zone)
            if part is not None and rules.trust_categories:
                part = replace(part, topics=_topics(entry.categories))
        except Exception as error:  # noqa: BLE001,RUF100 - one bad entry must not cost the others
            faults.append(f"entry {at + 1} can't be read: {type(error).__name__}: {str(error)[:_MAX_ERROR]}")
            continue
        if part is None:
            faults.append(f"entry {at + 1} has neither text nor headline")
        else:
            parts.append((entry, part))
    notes = []
    if len(kept) < len(raw):
        notes.append(f"{len(raw) - len(kept)} of {len(raw)} entries were left out: at most {MAX_ENTRIES} are read")
    if faults:
        notes.append(f"{len(faults)} of {len(raw)} entries were left out: {faults[0]}")
    names, shares = _names(parts, shared=shared, identity=rules.identity)
    named: dict[str, DocumentPart] = {}
    for name, part in zip(names, with_neighbours([part for _, part in parts]), strict=True):
        named.setdefault(name, part)
    if len(named) < len(parts):
        notes.append(f"{len(parts) - len(named)} of {len(raw)} entries are in the feed more than once")
    return FeedEntries(tuple(named.items()), encoding, len(raw), tuple(notes), shares, site)


def _topics(categories: Sequence[str]) -> tuple[str, ...]:
    """Return the topics that categories name."""
    return tuple(dict.fromkeys(slug for each in categories if (slug := topic_of(each)) is not None))


def _newest(raw: Sequence[RawEntry], zone: tzinfo) -> Sequence[RawEntry]:
    """Return the entries that are read, in their order."""
    if len(raw) <= MAX_ENTRIES:
        return raw
    times = [_published(entry, zone) for entry in raw]
    if None in times:
        return raw[:MAX_ENTRIES]
    newest = sorted(range(len(raw)), key=lambda at: times[at], reverse=True)[:MAX_ENTRIES]  # type: ignore[arg-type,return-value] # all are known
    return [raw[at] for at in sorted(newest)]


def _repeats(text: str, title: str | None, source: str | None) -> bool:
    """Return whether a text is the headline again, perhaps with the publisher behind it."""
    said, headline = " ".join(text.casefold().split()), " ".join((title or "").casefold().split())
    return bool(headline) and said in {headline, f"{headline} {(source or '').casefold()}"}


def _published(entry: RawEntry, zone: tzinfo) -> datetime | None:
    return next((moment for date in entry.dates if (moment := parse_time(date, zone=zone)) is not None), None)


def _names(
    parts: Sequence[tuple[RawEntry, DocumentPart]], *, shared: bool, identity: IdentityRule
) -> tuple[list[str], bool]:
    """Return a name for each entry, and whether entries share an id.

    Unless a rule says otherwise, an entry is known by its id, else by its link, its headline or its text. Where several
    have the same, the headline belongs to the name, and the text where that is the same, too.
    """
    if identity is not IdentityRule.AUTO:
        return [_ruled_name(entry, part, identity) for entry, part in parts], shared
    given = [str(entry.guid or entry.link or part.title or _digest(part.text)) for entry, part in parts]
    several = Counter(given)
    texts: dict[str, set[tuple[str | None, str]]] = {}
    for name, (_, part) in zip(given, parts, strict=True):
        if several[name] > 1:
            texts.setdefault(name, set()).add((part.title, part.text))
    distinct = {name for name, found in texts.items() if len(found) > 1}
    shares = shared or bool(distinct)
    names: list[str] = []
    for name, (_, part) in zip(given, parts, strict=True):
        if not shares or (not shared and name not in distinct):
            names.append(name)
            continue
        same_title = sum(title == part.title for title, _ in texts.get(name, ()))
        text = _digest(part.text) if same_title > 1 or not part.title else ""
        names.append("\n".join(filter(None, (name, part.title, text))))
    return names, shares


def _ruled_name(entry: RawEntry, part: DocumentPart, identity: IdentityRule) -> str:
    """Return an entry's name by a rule; what it lacks is made up for by its headline and text."""
    match identity:
        case IdentityRule.GUID:
            known = entry.guid or entry.link
        case IdentityRule.LINK:
            known = entry.link or entry.guid
        case IdentityRule.LINK_TITLE:
            known = "\n".join(filter(None, (entry.link, part.title)))
        case IdentityRule.CONTENT | IdentityRule.AUTO:
            known = None
    return str(known) if known else _digest(f"{part.title}\n{part.text}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGEST]


def _make_part(
    entry: RawEntry, site: str | None, home: str | None, language: str | None, zone: tzinfo
) -> DocumentPart | None:
    title = read_title(entry.title)
    link = parse_url(entry.link)
    bodies = [read_body(body, link=link, home=home, title=title) for body in entry.bodies]
    best = max(bodies, key=lambda body: len(body.text), default=None)
    if (best is None or not best.text) and entry.caption is not None:
        best = read_body(entry.caption, link=link, home=home, title=title)
    text = best.text if best is not None else ""
    brief = not text or _repeats(text, title, entry.source)
    if brief:
        text = title or ""
    if not text.strip():
        return None
    picture = parse_url(entry.picture) or next((body.picture for body in bodies if body.picture), None)
    part = DocumentPart(
        text if brief else strip_title(text, title),
        one_story=True,
        title=title,
        url=link,
        published=_published(entry, zone),
        source=entry.source or site,
        language=entry.language or language,
        picture=picture,
        brief=brief,
    )
    return part if best is None else replace(part, left_out=best.left_out)
