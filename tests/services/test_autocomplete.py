"""Suggestions for typed text: countries, topics, time zones, stories, subscriptions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.i18n import LOCALES
from bot.newsroom.filters import Filter
from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services
from bot.services.autocomplete import KINDS, MAX_SUGGESTIONS, closest_labels
from tests.clock import ManualClock

SUBSCRIPTION = SubscriptionInput(channel_id=70, times="08:00", timezone="Asia/Taipei", guild_id=7, topic="sport")


async def values(services: Services, kind: str, text: str, **who: object) -> list[str]:
    """What is offered."""
    return [each.value for each in await services.autocomplete.suggest(kind, text, **who)]  # type: ignore[arg-type] # by name


async def test_countries_that_have_stories_are_offered_most_first(services: Services) -> None:
    found = await services.autocomplete.suggest("country", "")
    assert [each.value for each in found] == ["JP", "BR", "DE", "KE", "TW", "US"]
    assert found[0].name == "Japan (2)"


@pytest.mark.parametrize(
    ("typed", "locale", "first"),
    [
        ("jap", "en", "JP"),
        ("JP", "en", "JP"),
        ("germny", "en", "DE"),
        ("Deutsch", "de", "DE"),
        ("allem", "fr", "DE"),
        ("日", "ja", "JP"),
        ("巴西", "zh-TW", "BR"),
        ("estados", "es", "US"),
        ("quenia", "pt-BR", "KE"),
        ("united st", "de", "US"),
        ("cote", "en", "CI"),
        ("japanese", "en", "JP"),
        ("どいつ", "ja", "DE"),
        ("ドイシ", "ja", "DE"),
        ("にほ", "ja", "JP"),
        ("日夲", "ja", "JP"),
        ("台弯", "zh-TW", "TW"),
        ("巳西", "zh-TW", "BR"),
    ],
)
async def test_countries_match_in_the_members_language_despite_typing_errors(
    quick_services: Services, typed: str, locale: str, first: str
) -> None:
    assert (await values(quick_services, "country", typed, locale=locale))[0] == first


async def test_among_equal_matches_those_with_stories_come_first(quick_services: Services) -> None:
    assert (await values(quick_services, "country", "ge"))[:2] == [
        "GE",
        "DE",
    ]  # the code as it is typed, then the one with news
    assert (await values(quick_services, "country", "u"))[0] == "US"


async def test_of_several_the_last_is_completed(quick_services: Services) -> None:
    found = await quick_services.autocomplete.suggest("country", "japan, taiw", locale="de")
    assert (found[0].value, found[0].name) == ("JP,TW", "Japan, Taiwan (1)")
    assert "JP" not in {
        each.value.rpartition(",")[2] for each in await quick_services.autocomplete.suggest("country", "jp,")
    }


@pytest.mark.parametrize(
    ("typed", "locale", "first"),
    [
        ("spo", "en", "sport"),
        ("wett", "de", "weather"),
        ("polit", "fr", "politics-and-government"),
        ("tech", "en", "science-and-technology"),
        ("sprot", "de", "sport"),
        ("けいざ", "ja", "economy-business-and-finance"),
        ("經済", "zh-TW", "economy-business-and-finance"),
    ],
)
async def test_topics_match_in_the_members_language(
    quick_services: Services, typed: str, locale: str, first: str
) -> None:
    assert (await values(quick_services, "topic", typed, locale=locale))[0] == first


async def test_time_zones_show_their_time_of_day(quick_services: Services) -> None:
    found = await quick_services.autocomplete.suggest("timezone", "tokyo")
    assert (found[0].value, found[0].name) == ("Asia/Tokyo", "9:00 PM · Tokyo, Japan")
    assert (await quick_services.autocomplete.suggest("timezone", "東京", locale="ja"))[0].value == "Asia/Tokyo"
    assert (await values(quick_services, "timezone", "new york"))[0] == "America/New_York"
    assert (await values(quick_services, "timezone", "berln"))[0] == "Europe/Berlin"


async def test_a_time_of_day_finds_time_zones(quick_services: Services) -> None:
    assert "Asia/Tokyo" in await values(quick_services, "timezone", "21:00")
    assert "Europe/Berlin" not in await values(quick_services, "timezone", "21:00")
    assert "Asia/Kolkata" in await values(quick_services, "timezone", "17:30")


@pytest.mark.parametrize(
    ("locale", "first"),
    [("de", "Europe/Berlin"), ("ja", "Asia/Tokyo"), ("pt-BR", "America/Sao_Paulo"), ("zh-TW", "Asia/Taipei")],
)
async def test_without_text_the_zone_of_the_members_country_comes_first(
    quick_services: Services, locale: str, first: str
) -> None:
    assert (await values(quick_services, "timezone", "", locale=locale))[0] == first


async def test_the_servers_own_zones_come_before(quick_services: Services) -> None:
    await quick_services.subscriptions.create(SUBSCRIPTION)
    assert (await values(quick_services, "timezone", "", locale="de", guild_id=7))[0] == "Asia/Taipei"
    assert (await values(quick_services, "timezone", "", locale="de", guild_id=8))[0] == "Europe/Berlin"


async def test_only_the_servers_own_subscriptions_are_offered(services: Services) -> None:
    mine, _ = await services.subscriptions.create(SUBSCRIPTION)
    await services.subscriptions.create(replace(SUBSCRIPTION, guild_id=8))
    personal, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, member_id=5))
    assert await values(services, "subscription", "", guild_id=7) == [str(mine.id)]
    assert await values(services, "subscription", "sport", guild_id=7, member_id=5) == [str(mine.id)]
    assert await values(services, "subscription", "") == []
    assert len(await values(services, "subscription", "", everything=True)) == 3
    assert await values(services, "follow", "", member_id=5) == [str(personal.id)]
    assert await values(services, "follow", "", member_id=6, guild_id=7) == []
    assert await values(services, "follow", "") == []


async def test_mutes_are_suggested_to_their_member_only(services: Services) -> None:
    await services.members.mute(5, Filter.of(topic="sport"))
    assert await values(services, "mute", "spo", member_id=5) == ["topic:sport"]
    assert await values(services, "mute", "", member_id=6) == []


async def test_stories_and_events_are_offered_newest_first_or_by_words(services: Services) -> None:
    assert (await values(services, "story", ""))[0] == "s2"
    assert await values(services, "story", "coffee") == ["s1"]
    assert await values(services, "event", "okinwa") == ["e2"]
    assert await values(services, "story", "s3") == ["s3"]
    assert await values(services, "event", "3") == ["e3"]
    assert (await services.autocomplete.suggest("story", "drills"))[
        0
    ].name == "s2 · SEA DRILLS: Destroyers meet off Okinawa"


@pytest.mark.parametrize(
    ("typed", "first"), [("", "today"), ("5", "5h"), ("3d", "3d"), ("yest", "yesterday"), ("2026-11-01", "2026-11-01")]
)
async def test_periods_are_offered(quick_services: Services, typed: str, first: str) -> None:
    assert (await values(quick_services, "since", typed))[0] == first


async def test_periods_are_in_the_members_words(quick_services: Services) -> None:
    assert (await quick_services.autocomplete.suggest("since", "2d", locale="de"))[0].name == "2 Tage"
    assert (await quick_services.autocomplete.suggest("since", "heu", locale="de"))[0].value == "today"


async def test_times_days_and_languages_are_completed(quick_services: Services) -> None:
    assert (await values(quick_services, "time", "8:30"))[0] == "08:30"
    assert (await values(quick_services, "time", "18"))[0] == "18:00"
    assert (await values(quick_services, "days", "werk", locale="de")) == []
    assert (await values(quick_services, "days", "mont", locale="de"))[0] in ("mon", "weekdays")
    assert (await values(quick_services, "days", "mon-wed"))[0] == "mon,tue,wed"
    assert (await values(quick_services, "language", "deut"))[0] == "de"
    assert (await values(quick_services, "language", "Japanisch", locale="de"))[0] == "ja"


def test_a_misspelt_name_brings_the_closest_in_the_readers_language() -> None:
    assert closest_labels("country", "Deutshland", "de")[0] == "Deutschland"
    assert closest_labels("topic", "sprot", "en")[0] == "Sport"
    assert closest_labels("country", "qqqqqqqq", "en") == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), text=st.text(max_size=120), locale=st.sampled_from([*LOCALES, "xx", ""]))
async def test_whatever_is_typed_suggestions_fit_discord(
    quick_services: Services, kind: str, text: str, locale: str
) -> None:
    found = await quick_services.autocomplete.suggest(kind, text, locale=locale, guild_id=7, member_id=5)
    assert len(found) <= MAX_SUGGESTIONS
    assert len({each.value for each in found}) == len(found)
    for each in found:
        assert 1 <= len(each.name) <= 100
        assert 1 <= len(each.value) <= 100


async def test_an_unknown_kind_has_no_suggestions(quick_services: Services, clock: ManualClock) -> None:
    assert await quick_services.autocomplete.suggest("weather", "x") == []
