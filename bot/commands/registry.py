"""Which commands are there, what happens on a press, and what completes an option?

`Commands` is what a surface needs: the descriptions, `press` for buttons and menus of whatever age, `suggest`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

from bot.commands.browse import Reading
from bot.commands.custom_ids import Actions
from bot.commands.personal import Following
from bot.commands.subscriptions import Subscribing
from bot.commands.types import Asker, Command, Option, Reply, nearest
from bot.errors import InputInvalid, UnknownName
from bot.i18n import Words, words
from bot.newsroom.filters import Filter
from bot.rendering.pages.messages import help_page
from bot.services import Services, Suggestion

__all__ = ["Commands"]

_Press = Callable[[Asker, Sequence[str], Sequence[str]], Awaitable[Reply]]


class Commands:
    """All commands. `actions` falls back on ones that are kept by the desk."""

    def __init__(self, services: Services, actions: Actions | None = None) -> None:
        self.services = services
        self.actions = actions or Actions(services.key_values)
        self.reading = Reading(services, self.actions)
        self.subscribing = Subscribing(services, self.actions)
        self.following = Following(services, self.actions)
        known = [
            *self.reading.commands(),
            *self.following.commands(),
            *self.subscribing.commands(),
            Command("help", self.help, (Option("command", suggest="command"),)),
        ]
        self.by_name: Mapping[str, Command] = MappingProxyType({command.name: command for command in known})
        self._presses: Mapping[str, _Press] = MappingProxyType(
            {
                "news": self._page_of_news,
                "search": self._page_of_search,
                "story": self._story,
                "why": self._why,
                "about": self._about_label,
                "mute": self._mute,
                "unmute": self._unmute,
                "unfollow": self._unfollow,
                "preview": self._managed,
                "pause": self._managed,
                "resume": self._managed,
                "unsubscribe": self._managed,
            }
        )

    def all(self) -> list[Command]:
        """The commands, readers' first."""
        return list(self.by_name.values())

    async def press(self, asker: Asker, action: str, values: Sequence[str] = ()) -> Reply:
        """What a button or menu does: `action` is its custom_id, `values` what was chosen.

        The question is in the action or kept by the services, so that one posted before a restart still works, and for
        members who did not open it. What asks for a right asks for it again. Raises InputInvalid for an action that
        is no longer kept, and what the command behind it raises.
        """
        found = await self.actions.decode(action)
        if found is None or found[0] not in self._presses:
            raise InputInvalid("this button is too old; ask again", "error-button-old")
        name, arguments = found
        try:
            return await self._presses[name](asker, [name, *arguments], values)
        except (IndexError, ValueError) as error:
            raise InputInvalid("this button is too old; ask again", "error-button-old") from error

    async def suggest(
        self,
        kind: str,
        text: str,
        *,
        locale: str = "en",
        guild_id: int | None = None,
        member_id: int | None = None,
        everything: bool = False,
    ) -> list[Suggestion]:
        """What completes an option: as `Desk.suggest`, and the names of commands."""
        if kind == "command":
            wanted, say = text.strip().removeprefix("/").casefold(), words(locale)
            told = {name: say.plain(f"command-{name}") for name in self.by_name}
            found = [name for name, own in told.items() if wanted in name or wanted in own.casefold()]
            if not found:  # a slip of the finger
                found = [name for name, own in told.items() if nearest(wanted, (name, own.casefold()))]
            return [Suggestion(f"/{told[name]}", name) for name in found[:25]]
        return await self.services.autocomplete.suggest(
            kind, text, locale=locale, guild_id=guild_id, member_id=member_id, everything=everything
        )

    async def help(self, asker: Asker, *, command: str | None = None) -> Reply:
        """The commands that the asker can use, or the options of one."""
        say = asker.words
        if command:
            name = command.strip().removeprefix("/").casefold()
            one = next((c for c in self.all() if name in (c.name, *c.aliases, say.plain(f"command-{c.name}"))), None)
            if one is None:
                raise UnknownName("command", name, nearest(name, self.by_name))
            rows = [(f"{say.plain(f'option-{o.name}')}:", _about(one, o, say)) for o in one.options]
            heading = f"/{say.plain(f'command-{one.name}')}"
            return Reply(help_page([(heading, rows)], say, note=say(f"command-{one.name}-about")))
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for key, wanted in (
            ("help-reading", lambda c: not c.manager and not c.personal),
            ("help-personal", lambda c: c.personal),
            ("help-managing", lambda c: c.manager),
        ):
            rows = [
                (f"/{say.plain(f'command-{c.name}')}", say(f"command-{c.name}-about")) for c in self.all() if wanted(c)
            ]
            if key != "help-managing" or asker.manager or asker.operator:
                groups.append((say(key), rows))
        return Reply(help_page(groups, say, note=say("help-note")))

    async def _page_of_news(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.reading.more_news(asker, arguments[2], int(arguments[1]))

    async def _page_of_search(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.reading.more_found(asker, arguments[2], int(arguments[1]))

    async def _story(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.reading.open(asker, values[0] if values else arguments[1])

    async def _why(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.reading.why(asker, id=values[0] if values else arguments[1])

    async def _about_label(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.reading.about_label(asker, arguments[1], values[0], arguments[2])

    async def _mute(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.following.mute_filter(asker, Filter.parse(arguments[1]))

    async def _unmute(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        reply = await self.following.unmute_filter(asker, Filter.parse(arguments[1]))
        return Reply(reply.page, replaces=True)

    async def _unfollow(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        reply = await self.following.unfollow(asker, id=int(arguments[1]))
        return Reply(reply.page, replaces=True)

    async def _managed(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        run = self.by_name[arguments[0]].run
        reply = await run(asker, id=int(arguments[1]))
        return Reply(reply.page, replaces=arguments[0] != "preview")


def _about(command: Command, option: Option, say: Words) -> str:
    own = f"option-{command.name}-{option.name}-about"
    return say(own if say.has(own) else f"option-{option.name}-about")
