"""Withholding and releasing: what is told to the operator, times, and what digests catch up on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters import Filter
from bot.newsroom.models import Digest
from bot.services import Services
from bot.services.withholdings import release_due
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from tests.clock import ManualClock
from tests.services.digest_scenario import HOUR, DigestScenario
from tests.services.test_digests import FERRY_LATER, budget, ferry, headlines, rain


@pytest.fixture
def scenario(store: Store) -> DigestScenario:
    """A scenario without files."""
    return DigestScenario(store, ManualClock())


@pytest.fixture
def services(scenario: DigestScenario) -> Services:
    """Services over the same store, for a newspaper in Berlin."""
    return Services(scenario.store, DigestSettings(timezone="Europe/Berlin"), SummarySettings(), scenario.clock)


def headlines_of(digest: Digest) -> list[str]:
    """Return the headlines of a digest's events."""
    return [event.headline for event in digest.events]


async def test_a_withheld_story_is_in_no_answer(scenario: DigestScenario, services: Services) -> None:
    (gone,) = await scenario.add_file("a.txt", budget())
    await scenario.add_file("b.txt", rain())
    before = await services.data.statistics()
    assert headlines_of(await services.digests.compose()) != []
    withheld = await services.withholdings.withhold(f"s{gone}", by="editor", reason="  a court\nsaid so ")
    assert (withheld.hidden, withheld.left, withheld.messages) == ((gone,), (), 0)
    assert (withheld.withholding.made_by, withheld.withholding.reason) == ("editor", "a court said so")
    after = await services.data.statistics()
    assert (after.stories, after.events) == (before.stories - 1, before.events - 1)
    assert sum(after.countries.values()) < sum(before.countries.values())
    page = await services.news.page(Filter.parse(""))
    assert (page.total, [line.id for line in page.stories]) == (1, [gone + 1])
    assert (await services.news.search("budget")).total == 0
    assert len((await services.digests.compose()).events) == 1
    assert len((await services.digests.catch_up(9)).events) == 1
    assert all(f"s{gone}" != each.value for each in await services.autocomplete.suggest("story", ""))
    assert await services.autocomplete.suggest("story", f"s{gone}") == []
    for identity in (f"s{gone}", "e1"):
        with pytest.raises(NotFound):
            await services.news.story(identity)


async def test_the_log_says_who_withheld_and_released_what_and_why(
    scenario: DigestScenario, services: Services
) -> None:
    (story,) = await scenario.add_file("a.txt", budget())
    await services.withholdings.withhold(f"s{story}", by="ann", reason="libel")
    (active,) = await services.withholdings.explain(f"s{story}")
    assert (active.kind, active.target_id, active.made_by, active.reason, active.stories) == (
        "story",
        story,
        "ann",
        "libel",
        (story,),
    )
    assert await services.withholdings.explain("e1") == [active]
    scenario.clock.advance(hours=1)
    released = await services.withholdings.release(f"s{story}", by="ben", reason="appeal won")
    assert released.visible == (story,)
    assert await services.withholdings.list_withholdings() == []
    assert await services.withholdings.explain(f"s{story}") == []
    (ended,) = await services.withholdings.list_withholdings(active_only=False)
    assert (ended.released_by, ended.release_reason, ended.released_at) == ("ben", "appeal won", scenario.clock.now)


async def test_impossible_requests_are_refused(scenario: DigestScenario, services: Services) -> None:
    (story,) = await scenario.add_file("a.txt", ferry())
    (copy,) = await scenario.add_file("b.txt", ferry())
    service = services.withholdings
    with pytest.raises(InputInvalid, match="write s1 for the story or e1 for the event"):
        await service.withhold("1", by="ann")
    with pytest.raises(InputInvalid, match="not an id"):
        await service.withhold("everything", by="ann")
    for missing in ("s99", "e99", "s999999999999999999"):
        with pytest.raises(NotFound):
            await service.withhold(missing, by="ann")
        with pytest.raises(NotFound):
            await service.release(missing, by="ann")
    with pytest.raises(NotFound):
        await service.release(f"s{story}", by="ann")
    with pytest.raises(InputInvalid, match="1,000 characters"):
        await service.withhold(f"s{story}", by="ann", reason="x" * 1001)
    await service.withhold(f"s{story}", by="ann")
    with pytest.raises(InputInvalid, match=f"s{copy} is withheld with s{story}"):
        await service.release(f"s{copy}", by="ann")


@pytest.mark.parametrize(
    "until", ["yesterday", "2026-11-20", "2026-11-20T12:59", "0h", "2026-11-20T11:59Z", "99999999w"]
)
async def test_a_time_that_is_over_or_none_is_refused(scenario: DigestScenario, services: Services, until: str) -> None:
    (story,) = await scenario.add_file("a.txt", ferry())
    with pytest.raises(InputInvalid, match="--until"):
        await services.withholdings.withhold(f"s{story}", by="ann", until=until)
    assert (await services.news.page(Filter.parse(""))).total == 1


@pytest.mark.parametrize("until", ["2026-11-20T14:00", "2026-11-20 14:00+01:00", "2026-11-20T13:00Z", "1h"])
async def test_an_embargo_ends_at_its_time_in_the_newspapers_zone(
    scenario: DigestScenario, services: Services, until: str
) -> None:
    (story,) = await scenario.add_file("a.txt", ferry())
    made = await services.withholdings.withhold(f"s{story}", by="ann", until=until)
    assert made.withholding.until == scenario.clock.now + HOUR
    scenario.clock.advance(seconds=3599)
    assert await release_due(scenario.store, scenario.clock.now) == 0
    scenario.clock.advance(seconds=1)
    assert await release_due(scenario.store, scenario.clock.now) == 1
    assert await release_due(scenario.store, scenario.clock.now) == 0
    assert (await services.news.page(Filter.parse(""))).total == 1
    (ended,) = await services.withholdings.list_withholdings(active_only=False)
    assert (ended.released_by, ended.released_at) == ("schedule", scenario.clock.now)


async def test_the_editors_latest_word_counts(scenario: DigestScenario, services: Services) -> None:
    (story,) = await scenario.add_file("a.txt", ferry())
    await services.withholdings.withhold(f"s{story}", by="ann", until="1h")
    await services.withholdings.withhold(f"s{story}", by="ben", until="3h")
    (active,) = await services.withholdings.list_withholdings()
    assert active.made_by == "ben"
    scenario.clock.advance(hours=2)
    assert await release_due(scenario.store, scenario.clock.now) == 0
    await services.withholdings.withhold(f"s{story}", by="ann", until="10h")
    await services.withholdings.withhold(f"s{story}", by="ann", until="1h")
    scenario.clock.advance(hours=1)
    assert await release_due(scenario.store, scenario.clock.now) == 1


async def test_a_channel_gets_an_embargoed_story_with_the_digest_of_that_time(
    scenario: DigestScenario, services: Services
) -> None:
    order = await scenario.subscribe(channel_id=1)
    (told,) = await scenario.add_file("b.txt", rain())
    (secret,) = await scenario.add_file("a.txt", budget())
    await services.withholdings.withhold(f"s{secret}", by="ann", until="3h")
    assert [item.story_ids for item in (await scenario.deliver_slot(order)).shown] == [(told,)]
    scenario.clock.advance(hours=2)
    assert headlines(await scenario.deliver_slot(order)) == []
    scenario.clock.advance(hours=1)  # nobody has released it: composing this very digest does
    assert [item.story_ids for item in (await scenario.deliver_slot(order)).shown] == [(secret,)]
    scenario.clock.advance(hours=1)
    assert headlines(await scenario.deliver_slot(order)) == []


async def test_what_was_told_before_is_not_told_again(scenario: DigestScenario, services: Services) -> None:
    order = await scenario.subscribe(channel_id=1)
    (story,) = await scenario.add_file("a.txt", budget())
    assert len(headlines(await scenario.deliver_slot(order))) == 1
    result = await services.withholdings.withhold(f"s{story}", by="ann")
    assert result.messages == 1
    scenario.clock.advance(hours=1)
    await services.withholdings.release(f"s{story}", by="ann")
    scenario.clock.advance(hours=1)
    assert headlines(await scenario.deliver_slot(order)) == []


@pytest.mark.parametrize("hide", ["withhold", "withdraw"])
async def test_catching_up_and_digests_have_what_was_hidden_before(
    scenario: DigestScenario, services: Services, hide: str
) -> None:
    (story,) = await scenario.add_file("a.txt", budget())
    if hide == "withhold":
        await services.withholdings.withhold(f"s{story}", by="ann")
    else:
        await scenario.remove_file("a.txt")
    scenario.clock.advance(hours=1)
    assert headlines_of(await services.digests.catch_up(9)) == []
    scenario.clock.advance(hours=30)
    if hide == "withhold":
        await services.withholdings.release(f"s{story}", by="ann")
    else:
        await scenario.add_file("a.txt", budget())
    scenario.clock.advance(hours=1)
    assert len(headlines_of(await services.digests.catch_up(9))) == 1
    assert len(headlines_of(await services.digests.compose())) == 1
    scenario.clock.advance(hours=1)
    assert headlines_of(await services.digests.catch_up(9)) == []
    scenario.clock.advance(seconds=timedelta(days=2).total_seconds())
    assert headlines_of(await services.digests.compose()) == []


async def test_what_members_saw_before_it_was_hidden_is_not_caught_up_again(
    scenario: DigestScenario, services: Services
) -> None:
    (story,) = await scenario.add_file("a.txt", budget())
    scenario.clock.advance(hours=1)
    assert len(headlines_of(await services.digests.catch_up(9))) == 1
    scenario.clock.advance(hours=1)
    await services.withholdings.withhold(f"s{story}", by="ann")
    scenario.clock.advance(hours=1)
    await services.withholdings.release(f"s{story}", by="ann")
    assert headlines_of(await services.digests.catch_up(9)) == []


async def test_an_event_that_was_merged_is_released_under_either_number(
    scenario: DigestScenario, services: Services
) -> None:
    (one,) = await scenario.add_file("a.txt", ferry())
    (two,) = await scenario.add_file("b.txt", budget())
    first, second = await scenario.event_ids(one, two)
    await services.event_editor.join([f"e{first}", f"e{second}"])
    await services.withholdings.withhold(f"e{second}", by="ann")
    assert (await services.news.page(Filter.parse(""))).total == 0
    (three,) = await scenario.add_file("c.txt", ferry(FERRY_LATER))
    assert await scenario.event_ids(three) == []
    released = await services.withholdings.release(f"e{first}", by="ann")
    assert released.visible == (one, two, three)


async def test_an_event_is_retold_by_the_reports_that_are_left(scenario: DigestScenario, services: Services) -> None:
    (one,) = await scenario.add_file("a.txt", ferry())
    (two,) = await scenario.add_file("b.txt", ferry(FERRY_LATER))
    assert len(set(await scenario.event_ids(one, two))) == 1
    await services.withholdings.withhold(f"s{one}", by="ann")
    told = await services.digests.retell([one, two], sentences=2)
    assert told is not None
    assert [ref.story_id for ref in told.sources] == [two]
    assert {sentence.ref.story_id for sentence in told.summary} == {two}
    assert len(told.summary) <= 2
    await services.withholdings.withhold(f"s{two}", by="ann")
    assert await services.digests.retell([one, two]) is None
