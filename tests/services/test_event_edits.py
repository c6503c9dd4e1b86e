"""Events split and joined by hand: done at once, respected by clustering, shown to no channel twice."""

from __future__ import annotations

import pytest

from bot.errors import InputInvalid, NotFound
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from tests.clock import ManualClock
from tests.services.digest_scenario import DigestScenario
from tests.services.test_digests import FERRY_LATER, budget, ferry, headlines, rain


@pytest.fixture
def scenario(store: Store) -> DigestScenario:
    """A scenario without files."""
    return DigestScenario(store, ManualClock())


@pytest.fixture
def services(scenario: DigestScenario) -> Services:
    """Services over the same store."""
    settings = DigestSettings()
    return Services(scenario.store, settings, SummarySettings(), scenario.clock)


async def test_a_split_event_is_shown_to_no_channel_twice(scenario: DigestScenario, services: Services) -> None:
    (one,) = await scenario.add_file("a.txt", ferry())
    (two,) = await scenario.add_file("b.txt", ferry(FERRY_LATER))
    (event,) = set(await scenario.event_ids(one, two))
    order, other = await scenario.subscribe(channel_id=1), await scenario.subscribe(channel_id=2)
    assert len(headlines(await scenario.deliver_slot(order))) == 1
    made, (left,) = await services.event_editor.split([f"s{two}"])
    assert [line.id for line in made.stories] == [two]
    assert (left.id, [line.id for line in left.stories]) == (event, [one])
    scenario.clock.advance(hours=1)
    assert headlines(await scenario.deliver_slot(order)) == []
    assert {item.event_id for item in (await scenario.deliver_slot(other)).shown} == {event, made.id}


async def test_clustering_does_not_undo_a_split(scenario: DigestScenario, services: Services) -> None:
    (one,) = await scenario.add_file("a.txt", ferry())
    (two,) = await scenario.add_file("b.txt", ferry(FERRY_LATER))
    made, (left,) = await services.event_editor.split([f"s{two}"])
    (three,) = await scenario.add_file("c.txt", ferry(FERRY_LATER + "\nThe log book is wet."))
    assert await scenario.event_ids(one, two) == [left.id, made.id]
    assert (await scenario.event_ids(three))[0] in (left.id, made.id)


async def test_joined_events_are_found_by_both_numbers(scenario: DigestScenario, services: Services) -> None:
    (one,) = await scenario.add_file("a.txt", ferry())
    (two,) = await scenario.add_file("b.txt", budget())
    first, second = await scenario.event_ids(one, two)
    order = await scenario.subscribe(channel_id=1)
    assert len(headlines(await scenario.deliver_slot(order))) == 2
    joined = await services.event_editor.join([f"e{first}", f"s{two}"])
    assert (joined.id, [line.id for line in joined.stories]) == (first, [one, two])
    assert (await services.digests.explain(f"e{second}"))[0].id == first
    scenario.clock.advance(hours=1)
    assert headlines(await scenario.deliver_slot(order)) == []


async def test_impossible_edits_are_refused(scenario: DigestScenario, services: Services) -> None:
    (one,) = await scenario.add_file("a.txt", rain())
    with pytest.raises(InputInvalid, match="would be left without"):
        await services.event_editor.split([f"s{one}"])
    with pytest.raises(InputInvalid, match="is an event"):
        await services.event_editor.split(["e1"])
    with pytest.raises(InputInvalid, match="name the stories"):
        await services.event_editor.split([])
    with pytest.raises(NotFound):
        await services.event_editor.split(["s99"])
    with pytest.raises(InputInvalid, match="name two events"):
        await services.event_editor.join([f"s{one}", f"s{one}"])
    with pytest.raises(NotFound):
        await services.event_editor.join([f"s{one}", "e99"])
