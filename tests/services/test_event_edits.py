"""What an operator decides about events: done at once, kept by grouping, and told to nobody twice."""

from __future__ import annotations

import pytest

from bot.errors import InputInvalid, NotFound
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from tests.services.fake_digests import Newsstand
from tests.services.services_fixture import Clock
from tests.services.test_digests import FERRY_LATER, budget, ferry, headlines, rain


@pytest.fixture
def stand(store: Store) -> Newsstand:
    """An empty newsstand."""
    return Newsstand(store, Clock())


@pytest.fixture
def services(stand: Newsstand) -> Services:
    """Services over the same store."""
    settings = DigestSettings()
    return Services.over(stand.store, settings, SummarySettings(), stand.clock)


async def test_two_happenings_told_as_one_are_taken_apart_and_told_to_nobody_twice(
    stand: Newsstand, services: Services
) -> None:
    (one,) = await stand.file("a.txt", ferry())
    (two,) = await stand.file("b.txt", ferry(FERRY_LATER))
    (event,) = set(await stand.events(one, two))
    order, other = await stand.order(channel_id=1), await stand.order(channel_id=2)
    assert len(headlines(await stand.slot(order))) == 1
    made, (left,) = await services.event_editor.split([f"s{two}"])
    assert [line.id for line in made.stories] == [two]
    assert (left.id, [line.id for line in left.stories]) == (event, [one])
    stand.clock.advance(hours=1)
    assert headlines(await stand.slot(order)) == []
    assert {item.event_id for item in (await stand.slot(other)).shown} == {event, made.id}


async def test_grouping_does_not_undo_what_was_decided(stand: Newsstand, services: Services) -> None:
    (one,) = await stand.file("a.txt", ferry())
    (two,) = await stand.file("b.txt", ferry(FERRY_LATER))
    made, (left,) = await services.event_editor.split([f"s{two}"])
    (three,) = await stand.file("c.txt", ferry(FERRY_LATER + "\nThe log book is wet."))
    assert await stand.events(one, two) == [left.id, made.id]
    assert (await stand.events(three))[0] in (left.id, made.id)


async def test_one_happening_told_as_two_is_joined_and_both_numbers_are_found(
    stand: Newsstand, services: Services
) -> None:
    (one,) = await stand.file("a.txt", ferry())
    (two,) = await stand.file("b.txt", budget())
    first, second = await stand.events(one, two)
    order = await stand.order(channel_id=1)
    assert len(headlines(await stand.slot(order))) == 2
    joined = await services.event_editor.join([f"e{first}", f"s{two}"])
    assert (joined.id, [line.id for line in joined.stories]) == (first, [one, two])
    assert (await services.digests.explain(f"e{second}"))[0].id == first
    stand.clock.advance(hours=1)
    assert headlines(await stand.slot(order)) == []


async def test_what_can_not_be_done_is_said(stand: Newsstand, services: Services) -> None:
    (one,) = await stand.file("a.txt", rain())
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
