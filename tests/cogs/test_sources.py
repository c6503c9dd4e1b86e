"""/sources and "Add to the paper": what a server gives is read, answered, and seen in that server alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.cogs.client import Client
from bot.commands import CommandRegistry
from bot.i18n import words
from bot.intake.document_dropper import IntakeDropper
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.audience import Audience
from bot.services.event_assignment import assign_events
from bot.services.sources import FoundSource, SourceService
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store
from tests.clock import ManualClock
from tests.double import Discord, Member

Connect = Callable[[Client], Awaitable[Client]]

REPORT = (
    "Ferry to Zanzibar runs again\n\n"
    "ZANZIBAR - The ferry from Dar es Salaam to Zanzibar runs again from Monday, the port authority said. "
    "It had been stopped for three weeks after a fire in its engine room. Nobody was hurt in the fire.\n"
)
KEY = "https://feeds.example/rss?token=abcdef0123456789"


class OneFeed:
    """A feed at any address, as no test may reach the network."""

    async def probe(self, url: str, *, may_be_private: bool) -> FoundSource:
        assert not may_be_private
        return FoundSource(url, "The Harbour Post", 3, (), (("titles", {"count": 2, "total": 3}),))


@pytest.fixture
def service(commands: CommandRegistry, store: Store, executor: DeadlineExecutor, clock: ManualClock) -> SourceService:
    """The service as the program wires it, with a feed at every address."""
    settings = IntakeSettings(max_bytes=20_000)
    intake = Intake(store, settings, SummarySettings(), executor, clock, assign_events=assign_events)
    intake.skip_known_files()
    service = commands.services.sources
    service.dropper, service.source_probe = IntakeDropper(intake, settings), OneFeed()
    return service


def two_managers(discord_double: Discord) -> tuple[Member, Member]:
    """Managers of two servers."""
    mara = discord_double.guild("Harbour").member("Mara").at("news")
    return mara, discord_double.add_guild("Elsewhere", people={"Nadia": "en-US"}).member("Nadia")


async def test_a_manager_adds_a_source_that_only_their_server_sees(
    discord_double: Discord, connect: Connect, gazette: Client, service: SourceService
) -> None:
    service.managers_add = True
    await connect(gazette)
    mara, nadia = two_managers(discord_double)
    added = await mara.command("sources add", url=KEY)
    assert "The Harbour Post" in added.text
    assert "2 of 3 entries have a headline only" in added.text
    listed = await discord_double.guild("Harbour").member("Teo").at("news").command("sources list")
    assert "The Harbour Post" in listed.text
    for answer in (added, listed):
        assert "feeds.example" not in answer.text
        assert "abcdef0123456789" not in answer.text
    assert "The Harbour Post" not in (await nadia.command("sources list")).text
    assert await nadia.autocomplete("sources remove", option="source", value="") == []
    (source,) = await service.list_sources()
    refused = await nadia.command("sources remove", source=str(source.id))
    assert words("en")("error-not-found", what=words("en")("what-source"), id=str(source.id)) in refused.text
    (choice,) = await mara.autocomplete("sources remove", option="source", value="harb")
    assert "The Harbour Post" in (await mara.command("sources remove", source=choice["value"])).text
    assert await service.list_sources() == []
    assert not discord_double.refusals


async def test_sources_are_added_by_managers_only_and_only_where_the_operator_allows_it(
    discord_double: Discord, connect: Connect, gazette: Client, service: SourceService
) -> None:
    await connect(gazette)
    mara, _ = two_managers(discord_double)
    teo = discord_double.guild("Harbour").member("Teo").at("news")
    for name, options in (("sources add", {"url": KEY}), ("sources remove", {"source": "1"})):
        assert words("en")("error-sources-off") in (await mara.command(name, **options)).text
    service.managers_add = True
    for name, options in (("sources add", {"url": KEY}), ("sources drop", {"link": KEY})):
        assert words("de")("permission-manage-guild") in (await teo.command(name, **options)).text
    refused = await mara.command("sources add", url="ftp://nowhere")
    assert "can’t be an address" in refused.text
    assert await service.list_sources() == []


async def test_a_dropped_file_is_a_story_of_that_server_alone(
    discord_double: Discord, connect: Connect, gazette: Client, service: SourceService
) -> None:
    await connect(gazette)
    mara, nadia = two_managers(discord_double)
    answer = await mara.command("sources drop", file=("ferry.txt", REPORT.encode()))
    assert words("en")("dropped", count=1) in answer.text
    assert words("en")("dropped", count=0) in (await mara.command("sources drop", file=("f.txt", REPORT.encode()))).text
    teo = discord_double.guild("Harbour").member("Teo").at("news")
    assert "Ferry to Zanzibar" in (await teo.command("search", words="Zanzibar")).text
    assert any("Ferry" in each["name"] for each in await teo.autocomplete("story", option="id", value="ferry"))
    for question in (nadia.command("search", words="Zanzibar"), nadia.command("news"), nadia.dm().command("news")):
        assert "Ferry to Zanzibar" not in (await question).text
    assert all("Ferry" not in each["name"] for each in await nadia.autocomplete("story", option="id", value="ferry"))


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (("empty.txt", b""), "has no text"),
        (("cat.png", b"\x89PNG\r\n\x1a\n" + bytes(50)), "unsupported file type"),
        (("huge.txt", b"word " * 5_000), "is larger than 20,000 bytes"),
    ],
)
async def test_a_file_that_cant_be_read_is_refused_with_the_reason(
    discord_double: Discord,
    connect: Connect,
    gazette: Client,
    service: SourceService,
    file: tuple[str, bytes],
    reason: str,
) -> None:
    await connect(gazette)
    mara, _ = two_managers(discord_double)
    refused = await mara.command("sources drop", file=file)
    assert file[0] in refused.text
    assert reason in refused.text
    assert words("en")("error-drop-empty") in (await mara.command("sources drop")).text


async def test_links_to_private_addresses_are_not_followed(
    discord_double: Discord, connect: Connect, gazette: Client, service: SourceService
) -> None:
    await connect(gazette)
    mara, _ = two_managers(discord_double)
    refused = await mara.command("sources drop", link="http://127.0.0.1:9/")
    assert "private address" in refused.text


async def test_a_message_is_added_to_the_paper_with_itself_as_the_source(
    discord_double: Discord, connect: Connect, gazette: Client, service: SourceService, commands: CommandRegistry
) -> None:
    await connect(gazette)
    mara, nadia = two_managers(discord_double)
    harbour = discord_double.guild("Harbour")
    message = (
        harbour.member("Aiko").at("news").say(REPORT, files=[("bridge.txt", REPORT.replace("erry", "ridge").encode())])
    )
    answer = await mara.use_on_message("Add to the paper", message)
    assert answer.ephemeral
    assert words("en")("dropped", count=2) in answer.text
    found = await commands.services.news.search("Zanzibar", audience=Audience(harbour.id))
    assert {line.ref.source for line in found.stories} == {"#news"}
    assert all(str(message.id) in (line.ref.url or "") for line in found.stories)
    assert "Zanzibar" not in (await nadia.command("news")).text
    refused = await harbour.member("Teo").at("news").use_on_message("Add to the paper", message)
    assert words("de")("permission-manage-guild") in refused.text
    assert not discord_double.refusals
