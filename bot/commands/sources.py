"""Commands about sources: /sources list, add, remove and drop.

Everybody may see what is read; a server's managers add and remove what is their server's own, if the operator allows it.
The operator has the same commands at the console, for all servers.
"""

from __future__ import annotations

from bot.commands.custom_ids import CustomIds
from bot.commands.types import Asker, Command, GivenFile, Option, Reply
from bot.errors import InputInvalid
from bot.newsroom.audience import OPERATOR
from bot.rendering.escape import clean
from bot.rendering.pages.help import message_page
from bot.rendering.pages.sources import added_source_page, sources_page
from bot.services import Services
from bot.services.sources import DocumentDropper, DropOrigin, DroppedDocument

__all__ = ["SourceCommands", "drop_given_file", "dropped_reply"]


class SourceCommands:
    """The commands about what is read."""

    def __init__(self, services: Services, custom_ids: CustomIds) -> None:
        self._services, self._custom_ids = services, custom_ids

    def commands(self) -> list[Command]:
        """Return the commands with their options."""
        return [
            Command("sources", self.sources, aliases=("sources list",)),
            Command("sources add", self.add, (Option("url", required=True),), manager=True),
            Command("sources remove", self.remove, (Option("source", required=True, suggest="source"),), manager=True),
            Command("sources drop", self.drop, (Option("file", "file"), Option("link")), manager=True),
        ]

    async def sources(self, asker: Asker) -> Reply:
        """List what this paper reads and when it last came."""
        audience = OPERATOR if asker.operator else asker.audience
        listed = await self._services.sources.list_sources(audience)
        return Reply(sources_page(listed, asker.words, self._services.clock(), guild_id=asker.guild_id))

    async def add(self, asker: Asker, *, url: str) -> Reply:
        """Add a feed, or the feed of a site, for this server."""
        service, guild_id = self._services.sources, self._may_change(asker)
        address = await service.check_new(url, guild_id)
        if service.source_probe is None:
            raise InputInvalid("this program doesn't reach the network: use gazette sources add")
        found = await service.source_probe.probe(address, may_be_private=asker.operator)
        member_id = None if asker.operator else asker.require_member_id()
        source = await service.add(found.url, guild_id=guild_id, title=found.title, added_by=member_id)
        page = added_source_page(
            source, asker.words, entries=found.entries, preview=found.preview, oddities=found.oddities
        )
        return Reply(page)

    async def remove(self, asker: Asker, *, source: str) -> Reply:
        """Stop reading a source of this server; its stories stay."""
        removed = await self._services.sources.remove(source, guild_id=self._may_change(asker))
        return Reply(message_page(asker.words("source-removed", title=removed.name), words=asker.words))

    async def drop(self, asker: Asker, *, file: GivenFile | None = None, link: str | None = None) -> Reply:
        """Add a file or a link to this server's paper."""
        guild_id, dropper = asker.guild_scope(), self._require_dropper()
        origin = DropOrigin(guild_id)
        documents: list[DroppedDocument] = []
        if file is not None:
            documents.append(await drop_given_file(dropper, file, origin))
        if link is not None:
            documents.append(await dropper.drop_link(link, origin))
        if not documents:
            raise InputInvalid("give a file or a link", "error-drop-empty")
        return dropped_reply(documents, asker)

    def _may_change(self, asker: Asker) -> int | None:
        """Return the server whose sources the asker may change; None for the operator.

        Raises NotAllowed, and InputInvalid where the operator allows it to nobody.
        """
        guild_id = asker.guild_scope()
        if not asker.operator and not self._services.sources.managers_add:
            raise InputInvalid("managers may not add sources: intake.managers_add is off", "error-sources-off")
        return guild_id

    def _require_dropper(self) -> DocumentDropper:
        if self._services.sources.dropper is None:
            raise InputInvalid("this program reads no documents: use gazette ingest")
        return self._services.sources.dropper


async def drop_given_file(dropper: DocumentDropper, file: GivenFile, origin: DropOrigin) -> DroppedDocument:
    """Read a file that somebody gives; one that is too large isn't fetched."""
    if file.size > dropper.max_bytes:
        return DroppedDocument(file.name, refused=f"is larger than {dropper.max_bytes:,} bytes")
    return await dropper.drop_file(file.name, await file.read(), origin)


def dropped_reply(documents: list[DroppedDocument], asker: Asker) -> Reply:
    """Return what became of documents: how many stories were read, and what was refused and why."""
    words = asker.words
    read = [each for each in documents if each.refused is None]
    lines = [words("dropped", count=sum(each.stories for each in read))] if read else []
    lines += [
        words("drop-refused", name=clean(each.name), reason=each.refused)
        for each in documents
        if each.refused is not None
    ]
    return Reply(message_page(*lines, words=words))
