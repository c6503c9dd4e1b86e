"""A walk through every command, option, button, menu and form in one language, and all that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.cogs.command_tree import registered_name
from bot.commands import CommandRegistry
from bot.commands.types import Command, Option
from bot.i18n import Words, words
from tests.commands.sample_options import SampleOptions, prepare_samples
from tests.double import Answer, Discord, Guild, Impossible, Member, NoAnswer
from tests.double.state import walk as walk_components

__all__ = ["ShownText", "walk_through"]

_WRONG: dict[str | None, tuple[Any, ...]] = {
    "country": ("Atlantiss",),
    "topic": ("zzzqqq",),
    "since": ("zzzqqq",),
    "story": ("zzzqqq", "s999"),
    "event": ("zzzqqq", "e999"),
    "timezone": ("Atlantiss", "USA"),
    "time": ("zzzqqq", "8:30 zzzqqq", "8, 18 pm"),
    "days": ("zzzqqq", "mon,tue zzzqqq"),
    "language": ("zzzqqq",),
    "mute": ("topic:sport",),
    "command": ("zzzqqq",),
    "source": ("zzzqqq",),
    "alerts": ("zzzqqq",),
    "subscription": (9999,),
    "follow": (9999,),
}
"""Values that an option with these suggestions refuses."""

_WRONG_FILTERS = (
    "contry:jp",
    "country:Japn",
    "(a",
    "since:zzzqqq",
    "lang:zzzqqq",
    "event:x",
    "source:*a*b*c*d*",
    "a or",
)
_WRONG_WORDS = ('"', "contry:jp", "nothingofthekind")
_EXTRA = {"name": ("Discord News",), "avatar": ("zzzqqq",), "url": ("zzzqqq",), "link": ("zzzqqq",)}
_CHAT = (
    "lol ok",
    "😀",
    "Destroyers met off Okinawa on Friday. The two navies sailed together. Nobody was hurt. It rained.",
)


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text that a member sees, and what they did to see it; `echo` is what they typed."""

    where: str
    text: str
    echo: str = ""


@dataclass
class _Walker:
    registry: CommandRegistry
    guild: Guild
    member: Member
    words: Words
    shown: list[ShownText] = field(default_factory=list)

    def note(self, where: str, answer: Answer, echo: str = "") -> None:
        """Keep everything that an answer or a form says."""
        if answer.modal is not None:
            self.shown.append(ShownText(where, answer.modal.title))
            for label, component in answer.modal.fields():
                self.shown.append(ShownText(where, label))
                self.shown += [ShownText(where, each["label"]) for each in component.get("options", ())]
        for message in answer.messages:
            self.shown.append(ShownText(where, message.text, echo))
            for part in walk_components(message.components):
                self.shown += [ShownText(where, text, echo) for text in _labels(part)]

    async def samples(self) -> SampleOptions:
        return await prepare_samples(
            self.registry.services,
            guild_id=self.guild.id,
            channel_id=self.guild.channel("news").id,
            member_id=self.member.id,
        )

    async def command(self, command: Command) -> None:
        """Use a command as it should be, with each option wrong, and press all that its answer has."""
        name, own = (
            registered_name(command),
            " ".join(self.words.plain(f"command-{part}") for part in registered_name(command).split()),
        )
        right = (await self.samples()).of(command)
        cases = [right, {}] if not any(option.required for option in command.options) else [right]
        required = {option.name for option in command.options if option.required}
        for option in command.options:
            for wrong in _wrong_values(option):
                cases.append({key: value for key, value in right.items() if key in required} | {option.name: wrong})
        for case in cases:
            typed = {self.words.plain(f"option-{key}"): value for key, value in case.items()}
            where = f"/{name} {case}"
            try:
                answer = await self.member.command(own, **typed)
            except Impossible:
                continue  # Discord's client refuses it first
            self.note(where, answer, " ".join(str(value) for value in case.values()))
            if case is right or not case:
                await self.press_everything(where, answer, deep=name == "subscribe")
                if name == "digest" or "id" in case:
                    right = (await self.samples()).of(command)  # a button may have deleted what it is about

    async def press_everything(self, where: str, answer: Answer, *, deep: bool) -> None:
        """Press every button of an answer and choose from every menu, forms included."""
        if not answer.messages:
            return
        for part in list(walk_components(answer.message.components)):
            kind, id_ = part.get("type"), part.get("custom_id")
            if not id_ or part.get("disabled"):
                continue
            try:
                if kind == 2:
                    step = f"{where} > {part.get('label')}"
                    pressed = await self.member.press(answer, id_)
                    self.note(step, pressed)
                    if pressed.modal is not None and deep:
                        await self._submit(step, pressed)
                elif kind == 3 and part["options"]:
                    chosen = part["options"][0]["value"]
                    self.note(f"{where} > {part.get('placeholder')}", await self.member.choose(answer, id_, [chosen]))
            except (Impossible, NoAnswer):
                continue

    async def _submit(self, where: str, opened: Answer) -> None:
        """Send a form with a wrong text in each of its fields."""
        modal = opened.modal
        assert modal is not None
        texts = [component for _label, component in modal.fields() if component["type"] == 4]
        for wrong in texts:
            values = {each["custom_id"]: each.get("value") or "" for each in texts} | {wrong["custom_id"]: "zzz qqq:("}
            try:
                self.note(f"{where} > {wrong['custom_id']}", await self.member.submit(modal, values), "zzz qqq:(")
            except (Impossible, NoAnswer):
                continue

    async def messages(self) -> None:
        """Use the menus of messages on chat and on a story."""
        for menu in ("menu-summarize", "menu-why", "menu-add"):
            for said in _CHAT:
                message = self.member.say(said)
                self.note(f"{menu} {said}", await self.member.use_on_message(self.words.plain(menu), message), said)

    async def completions(self, command: Command) -> None:
        """Open every list of suggestions."""
        own = " ".join(self.words.plain(f"command-{part}") for part in registered_name(command).split())
        for option in command.options:
            if option.suggest:
                name = self.words.plain(f"option-{option.name}")
                for offered in await self.member.autocomplete(own, option=name, value=""):
                    self.shown.append(ShownText(f"/{command.name} {option.name}: suggestions", offered["name"]))


def _wrong_values(option: Option) -> tuple[Any, ...]:
    if option.name == "filter" and option.suggest is None:
        return _WRONG_FILTERS
    if option.name == "words":
        return _WRONG_WORDS
    if option.name == "question":
        return ("?", "zzzqqq")
    return _WRONG.get(option.suggest, ()) if option.suggest else _EXTRA.get(option.name, ())


def _labels(part: dict[str, Any]) -> Iterator[str]:
    """Return the words on a button or a menu."""
    for key in ("label", "placeholder"):
        if part.get(key):
            yield str(part[key])
    for option in part.get("options", ()):
        yield str(option["label"])
        if option.get("description"):
            yield str(option["description"])


async def walk_through(double: Discord, registry: CommandRegistry, locale: str) -> list[ShownText]:
    """Return all that a manager of a server sees who uses everything in a locale once, right and wrong."""
    guild = double.guild("Harbour")
    member = double.add_member(guild, "Robin", locale=locale)
    member.give("manage_guild")
    walker = _Walker(registry, guild, member.at("news"), words(locale))
    for command in registry.all():
        await walker.command(command)
        await walker.completions(command)
    await walker.messages()
    return walker.shown
