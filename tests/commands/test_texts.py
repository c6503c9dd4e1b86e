"""Every command has its texts in every language, and one without them still works under its English name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cli.console import complete
from bot.commands import Asker, Command, CommandRegistry, CustomIds, Option, Reply, parse_line
from bot.commands.registry import COMMAND_GROUPS
from bot.i18n import LOCALES, words
from bot.rendering.layout import Page, paragraph
from bot.services import Services
from tests.commands.replies import reply_to
from tests.services.sample_news import unconnected_services


def expected_keys(registry: CommandRegistry) -> Iterator[str]:
    """The keys of all texts that commands need."""
    for command in registry.all():
        yield from (f"command-{word}" for word in command.name.split())
        yield command.about_key
        for option in command.options:
            yield f"option-{option.name}"
            yield option.description_key(command.name)
            yield from (f"choice-{option.name}-{choice}" for choice in option.choices)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_command_and_option_has_its_texts(locale: str) -> None:
    catalogue = words(locale)
    missing = {key for key in expected_keys(CommandRegistry(unconnected_services())) if not catalogue.has(key)}
    assert not missing, f"add to the catalogues, bot/i18n/locales/{locale}.ftl among them: {', '.join(sorted(missing))}"


class ArchiveCommands:
    """A new group whose texts nobody has added to the catalogues yet."""

    def __init__(self, services: Services, custom_ids: CustomIds) -> None:
        self._services = services

    def commands(self) -> list[Command]:
        return [Command("archive", self.archive, (Option("era", choices=("old", "new")), Option("shelf")))]

    async def archive(self, asker: Asker, *, era: str = "new", shelf: str = "") -> Reply:
        """Show the archive.

        This paragraph is for programmers.
        """
        return Reply(Page((paragraph(f"{era} {shelf}"),)))


@pytest.fixture
def registry(quick_services: Services) -> CommandRegistry:
    return CommandRegistry(quick_services, groups=(*COMMAND_GROUPS, ArchiveCommands))


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_command_without_texts_works_and_breaks_no_other(registry: CommandRegistry, locale: str) -> None:
    asker = Asker(locale=locale, member_id=5)
    assert parse_line("/news country:JP", registry.by_name, asker.words)[0].name == "news"
    assert (await reply_to(registry, asker, "/archive era:old shelf:7")).page.plain == "old 7"
    assert "/archive" in (await reply_to(registry, asker, "/help")).page.plain
    described = (await reply_to(registry, asker, "/help command:archive")).page.plain
    assert "Show the archive." in described
    assert "programmers" not in described
    assert "shelf:" in described


async def test_a_command_without_texts_is_completed(registry: CommandRegistry) -> None:
    asker = Asker(member_id=5)
    ((_, offered),) = await complete(registry, asker, "/arch")
    assert (offered.name, offered.value) == ("Show the archive.", "/archive")
    assert [each.value for _, each in await complete(registry, asker, "/archive era:")] == ["old", "new"]
    assert [each.value for each in await registry.suggest("command", "archiv")] == ["archive"]
