"""What people type becomes a subscription, and a subscription what people could have typed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizers
from bot.errors import InputInvalid, UnknownName
from bot.newsroom.models import DigestStyle, LatePolicy, PostMode, QuietPolicy, Subscription
from bot.newsroom.subscription_input import (
    Setting,
    SubscriptionInput,
    parse_subscription,
    setting,
    settings_of,
    update_subscription,
)
from tests.store.factories import NOON

TYPED = SubscriptionInput(
    channel_id=70, times="08:00, 18:30", timezone="europe/berlin", guild_id=7, created_by=6, topic="sport"
)


def test_typed_text_is_read_as_people_write_it() -> None:
    read = parse_subscription(replace(TYPED, days="weekend", look=" Embeds ", late="MERGE", language="de-AT"), NOON)
    assert (read.times, read.timezone) == ((time(8), time(18, 30)), "Europe/Berlin")
    assert (read.days, read.look, read.late, read.language) == ((6, 7), DigestStyle.EMBEDS, LatePolicy.MERGE, "de")


@pytest.mark.parametrize(
    ("changes", "filter_text"),
    [
        ({"country": "Japan"}, "country:jp topic:sport"),
        ({"topic": "business"}, "topic:economy-business-and-finance"),
        ({"country": "Japan", "topic": "weather"}, "country:jp topic:weather"),
        ({"filter": "lang:en"}, "lang:en"),
        ({"filter": "lang:en", "country": "JP"}, "country:jp lang:en"),
        ({"filter": "all"}, ""),
        ({"filter": "*", "topic": "sport"}, "topic:sport"),
    ],
)
def test_countries_topics_and_filters_replace_their_part(changes: dict[str, str], filter_text: str) -> None:
    assert update_subscription(parse_subscription(TYPED, NOON), changes, NOON).filter == filter_text


@pytest.mark.parametrize("changes", [{"look": None}, {}])
def test_an_edit_of_nothing_is_refused(changes: dict[str, None]) -> None:
    with pytest.raises(InputInvalid):
        update_subscription(parse_subscription(TYPED, NOON), changes, NOON)


@pytest.mark.parametrize("name", ["colour", "guild_id", "member_id", "created_by"])
def test_an_edit_of_something_unknown_or_fixed_is_refused(name: str) -> None:
    with pytest.raises(UnknownName):
        update_subscription(parse_subscription(TYPED, NOON), {name: "1"}, NOON)


INPUTS = st.builds(
    SubscriptionInput,
    channel_id=st.integers(1, 2**63 - 1),
    times=st.lists(st.times().map(lambda each: f"{each:%H:%M}"), min_size=1, max_size=4).map(",".join),
    timezone=st.sampled_from(["UTC", "asia/tokyo", "America/New_York"]),
    guild_id=st.none() | st.integers(1, 2**63 - 1),
    country=st.sampled_from([None, "Japan", "jp,kr"]),
    filter=st.sampled_from([None, "lang:en", "-topic:sport rain"]),
    days=st.sampled_from(["daily", "mon-fri", "sat,sun", "fri-mon"]),
    sentences=st.integers(1, 10),
    limit=st.integers(1, 25),
    engine=st.sampled_from([None, *summarizers.ENGINES]),
    look=st.sampled_from(list(DigestStyle)),
    late=st.sampled_from(list(LatePolicy)),
    late_hours=st.integers(0, 48),
    quiet=st.sampled_from(list(QuietPolicy)),
    name=st.sampled_from([None, "The Lamp"]),
    posts=st.sampled_from(list(PostMode)),
)


@given(typed=INPUTS)
def test_a_subscription_survives_its_row(typed: SubscriptionInput) -> None:
    subscription = parse_subscription(typed, NOON)
    row = json.loads(json.dumps(SubscriptionInput.of(subscription).to_row()))
    assert parse_subscription(SubscriptionInput.from_row(row), NOON) == subscription


@pytest.mark.parametrize("broken", [{"at": None}, {"channel": "x"}, {"sentences": "many"}, {"limit": [1]}])
def test_a_row_that_cannot_be_read_is_refused_in_words(broken: dict[str, Any]) -> None:
    row = SubscriptionInput.of(parse_subscription(TYPED, NOON)).to_row() | broken
    with pytest.raises(InputInvalid, match="gazette export"):
        SubscriptionInput.from_row(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing(Subscription):
    """A subscription with one more column."""

    bell: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class InputWithBell(SubscriptionInput):
    """The model with one more field, and nothing else."""

    bell: int = setting(
        Setting(attribute="bell", help="Loudness, 1 to 9.", kind="number", least=1, most=9, format=lambda value: value),
        default=5,
    )


def test_a_new_field_is_exported_and_imported() -> None:
    subscription = parse_subscription(TYPED, NOON)
    values = {name: getattr(subscription, name) for name in Subscription.__dataclass_fields__}
    row = InputWithBell.of(Ringing(**values, bell=8)).to_row()
    assert row["bell"] == 8
    assert InputWithBell.from_row(row).bell == 8
    assert "bell" not in SubscriptionInput.of(subscription).to_row()


@pytest.mark.parametrize(
    ("name", "spec"), list(settings_of()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_setting_but_parts_of_the_filter_is_stored_under_a_name(name: str, spec: Setting) -> None:
    assert (spec.attribute is None) == (name in ("country", "topic", "filter"))
    assert spec.attribute is None or spec.attribute in Subscription.__dataclass_fields__
    assert spec.help.endswith(".")


def _given(**values: object) -> SubscriptionInput:
    required = {"channel_id": 7, "times": "08:00", "timezone": "UTC", "guild_id": 5}
    return SubscriptionInput(**{**required, **values})  # type: ignore[arg-type]


def test_a_weekly_digest_has_one_day_which_is_monday_unless_chosen() -> None:
    assert parse_subscription(_given(every="week"), NOON).days == (1,)
    assert parse_subscription(_given(every="week", days="fri"), NOON).days == (5,)
    for several in ({"days": "mon-fri"}, {"times": "08:00,18:00"}):
        with pytest.raises(InputInvalid):
            parse_subscription(_given(every="week", **several), NOON)


def test_a_weekly_digest_that_becomes_daily_comes_every_day() -> None:
    weekly = parse_subscription(_given(every="week", days="fri"), NOON)
    assert update_subscription(weekly, {"every": "day"}, NOON).days == (1, 2, 3, 4, 5, 6, 7)
    assert update_subscription(weekly, {"every": "day", "days": "sat"}, NOON).days == (6,)


def test_everyone_is_no_role_that_is_mentioned() -> None:
    assert parse_subscription(_given(role=9), NOON).mention_role == 9
    assert parse_subscription(_given(role=5), NOON).mention_role is None
    mentioning = parse_subscription(_given(role=9), NOON)
    assert update_subscription(mentioning, {"role": 5}, NOON).mention_role is None
    assert update_subscription(mentioning, {"days": "fri"}, NOON).mention_role == 9


def test_a_thread_for_each_story_needs_a_post_for_each() -> None:
    assert parse_subscription(_given(talk="story", posts="event"), NOON).talk.value == "story"
    with pytest.raises(InputInvalid):
        parse_subscription(_given(talk="story"), NOON)
