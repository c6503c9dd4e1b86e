"""Sources: the feeds of this newsroom, for the terminal and for managers of servers.

What a server's manager adds is that server's own; the operator adds for all, or for one server. What an address brings
is found out by a `SourceProbe`, which whoever can reach the network gives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from bot.errors import InputInvalid, NotFound
from bot.newsroom.audience import OPERATOR, Audience
from bot.newsroom.feed_addresses import address_fault, redact_address
from bot.newsroom.models import Event
from bot.newsroom.sources import Source, SourceOptions, check_address, clean_title, new_source, with_addresses
from bot.services.opml import read_opml, write_opml
from bot.store import sources
from bot.store.database import Store

__all__ = [
    "DocumentDropper",
    "DropOrigin",
    "DroppedDocument",
    "FoundSource",
    "ImportedSources",
    "SourceProbe",
    "SourceService",
]


@dataclass(frozen=True, slots=True)
class FoundSource:
    """The feed at an address: its own address and title, and how it looks.

    `preview` has its newest entries as a digest would show them, without ids. `oddities` are names of what is unusual
    about it, with their figures: the messages `source-odd-<name>` say it.
    """

    url: str
    title: str | None
    entries: int
    preview: tuple[Event, ...]
    oddities: tuple[tuple[str, dict[str, Any]], ...] = ()
    others: tuple[str, ...] = ()
    """Addresses of other feeds that the page names."""


class SourceProbe(Protocol):
    """Finds out what an address brings, over the network."""

    async def probe(self, url: str, *, may_be_private: bool) -> FoundSource:
        """Return what is at an address of a feed or of a page that names one.

        `may_be_private` allows hosts of the operator's own network. Raises SourceUnreadable.
        """


@dataclass(frozen=True, slots=True)
class DropOrigin:
    """The place where somebody gave a document: its server, a name for it, its address."""

    guild_id: int | None
    source: str | None = None
    url: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class DroppedDocument:
    """The result of reading a document: its number of new stories, or a refusal's reason."""

    name: str
    stories: int = 0
    refused: str | None = None


class DocumentDropper(Protocol):
    """Reads documents that people give, and stores their stories."""

    max_bytes: int

    async def drop_file(self, name: str, data: bytes, origin: DropOrigin) -> DroppedDocument:
        """Read a file; its name says which format it has."""

    async def drop_text(self, text: str, origin: DropOrigin) -> DroppedDocument:
        """Read a text as one story."""

    async def drop_link(self, url: str, origin: DropOrigin) -> DroppedDocument:
        """Fetch a page and read it. Raises InputInvalid for what can be no address."""


@dataclass(frozen=True, slots=True)
class ImportedSources:
    """The result of importing a list: new sources, the number of known ones, the refused.

    `refused` has (beginning of the address, reason).
    """

    added: tuple[Source, ...]
    known: int
    refused: tuple[tuple[str, str], ...]


class SourceService:
    """Lists, adds and changes sources.

    `configured` are the addresses in the settings; `managers_add` says whether managers may add others. A server's managers see and change only what belongs to their
    server: `guild_id` limits a call to it, None is the operator's.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        configured: Sequence[str] = (),
        *,
        managers_add: bool = False,
    ) -> None:
        self._store, self._clock, self._configured = store, clock, tuple(configured)
        self.managers_add = managers_add
        self.source_probe: SourceProbe | None = None
        """What looks at addresses; None in programs that don't reach the network."""
        self.dropper: DocumentDropper | None = None
        """What reads documents; None in programs that read none."""

    async def list_sources(self, audience: Audience = OPERATOR) -> list[Source]:
        """Return the sources that these readers may know of, by id; the settings' are among them."""
        await self._store_configured()
        async with self._store.reading() as conn:
            return with_addresses(await sources.list_sources(conn, audience), self._configured)

    async def find(self, name: str, *, guild_id: int | None = None) -> Source:
        """Return a source by its number, its address or its title. Raises NotFound, InputInvalid.

        With `guild_id` it is that server's own.
        """
        wanted = name.strip()
        listed = await self.list_sources(OPERATOR if guild_id is None else Audience(guild_id))
        if guild_id is not None:
            listed = [each for each in listed if each.guild_id == guild_id]
        number = int(wanted) if wanted.isascii() and wanted.isdigit() else None
        found = [each for each in listed if each.id == number or wanted in (each.url, each.shown_url)]
        found = found or [each for each in listed if each.name.casefold() == wanted.casefold()]
        if not found:
            raise NotFound("source", redact_address(wanted) if "://" in wanted else wanted)
        if len(found) > 1:
            raise InputInvalid(
                f"several sources are called that; name one by its number: {', '.join(str(each.id) for each in found)}",
                "error-source-ambiguous",
                ids=", ".join(str(each.id) for each in found),
            )
        return found[0]

    async def check_new(self, url: str, guild_id: int | None) -> str:
        """Return an address that can be added in normal form.

        Raises InputInvalid for what can't be an address, and if the readers have that source already.
        """
        address = check_address(url)
        await self._store_configured()
        async with self._store.reading() as conn:
            for owner in dict.fromkeys((None, guild_id)):
                known = await sources.find_source_at(conn, address, owner)
                if known is not None:
                    raise _known(known)
        return address

    async def add(
        self,
        url: str,
        *,
        guild_id: int | None = None,
        title: str | None = None,
        added_by: int | None = None,
        options: SourceOptions | None = None,
    ) -> Source:
        """Add a source, which is fetched soon. Raises InputInvalid."""
        new = new_source(
            await self.check_new(url, guild_id),
            self._clock(),
            guild_id=guild_id,
            title=title,
            added_by=added_by,
            options=options,
        )
        async with self._store.writing() as conn:
            added = await sources.add_source(conn, new)
        if added is None:  # by somebody else meanwhile
            raise _known(new)
        return added

    async def remove(self, name: str, *, guild_id: int | None = None) -> Source:
        """Stop reading a source; what it brought stays.

        Raises NotFound, and InputInvalid for one of the settings.
        """
        found = await self.find(name, guild_id=guild_id)
        if found.configured and found.url in self._configured:
            raise InputInvalid(
                f"source {found.id} stands in intake.feeds: remove it there, or pause it: gazette sources pause {found.id}"
            )
        async with self._store.writing() as conn:
            await sources.remove_source(conn, found.id)
        return found

    async def pause(self, name: str, *, guild_id: int | None = None) -> Source:
        """Stop fetching a source until it is resumed. Raises NotFound."""
        found = await self.find(name, guild_id=guild_id)
        return await self._change(replace(found, paused_at=found.paused_at or self._clock()))

    async def resume(self, name: str, *, guild_id: int | None = None) -> Source:
        """Fetch a source again, soon. Raises NotFound."""
        found = await self.find(name, guild_id=guild_id)
        return await self._change(replace(found, paused_at=None, next_at=None))

    async def change(self, name: str, changes: dict[str, Any], *, title: str | None = None) -> Source:
        """Change options of a source by name. Raises NotFound, InputInvalid."""
        found = await self.find(name)
        options = replace(found.options, **changes).checked()
        return await self._change(
            replace(found, options=options, title=clean_title(title) or found.title, next_at=None)
        )

    async def import_opml(self, data: bytes, *, guild_id: int | None = None) -> ImportedSources:
        """Add the feeds of a list; what can be no address is refused. Raises InputInvalid."""
        await self._store_configured()
        added: list[Source] = []
        refused: list[tuple[str, str]] = []
        known = 0
        feeds = read_opml(data)
        async with self._store.writing() as conn:
            for feed in feeds:
                fault = address_fault(feed.url)
                if fault is not None:
                    refused.append((redact_address(feed.url), fault))
                    continue
                new = new_source(feed.url, self._clock(), guild_id=guild_id, title=feed.title)
                public = await sources.find_source_at(conn, new.url, None)
                stored = await sources.add_source(conn, new) if public is None else None
                if stored is None:
                    known += 1
                else:
                    added.append(stored)
        return ImportedSources(tuple(added), known, tuple(refused))

    async def export_opml(self, audience: Audience = OPERATOR) -> bytes:
        """Return the sources of these readers as a list that other programs import."""
        return write_opml(await self.list_sources(audience))

    async def _change(self, changed: Source) -> Source:
        async with self._store.writing() as conn:
            await sources.update_source(conn, changed)
        return changed

    async def _store_configured(self) -> None:
        """Store the settings' sources that aren't stored yet."""
        if not self._configured or self._store.read_only:
            return
        wanted = [new_source(url, self._clock(), configured=True) for url in self._configured]
        async with self._store.reading() as conn:
            stored = {each.path for each in await sources.list_sources(conn) if each.configured}
        if any(each.path not in stored for each in wanted):
            async with self._store.writing() as conn:
                await sources.configure_sources(conn, wanted)


def _known(source: Source) -> InputInvalid:
    what = f"{source.label} is read already" + (f", as source {source.id}" if source.id else "")
    return InputInvalid(what, "error-source-known", title=source.name)
