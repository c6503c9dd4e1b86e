"""Buttons below a posted digest and below an answer with several stories.

Their arguments are short enough for the custom id itself, so that nothing has to be stored for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.custom_ids import CustomIds, short_custom_id
from bot.i18n import Words
from bot.newsroom.filters import Filter, Match, walk
from bot.newsroom.models import COUNTRY_THRESHOLD, Delivery, Digest, Event, StoryLine, Subscription
from bot.rendering.layout import Button
from bot.services import Services
from summarizers.labels.country_names import country_name

__all__ = ["country_buttons", "digest_buttons", "draft_buttons", "event_buttons", "events_behind", "posted_buttons"]


_DELIVERY = "d"
"""Begins an argument that means the events of a delivery; others list events' numbers."""


def posted_buttons(subscription: Subscription, digest: Digest, words: Words, delivery_id: int | None) -> list[Button]:
    """Return a posted digest's buttons: "why", "mute", its main countries.

    Below an own digest, "stop" is among them. Without a delivery, in a test, nothing can say why or mute.
    """
    buttons = event_buttons(f"{_DELIVERY}{delivery_id}", words) if digest.events and delivery_id is not None else []
    if subscription.guild_id is None and subscription.member_id is not None:
        buttons.append(Button(words("button-stop"), short_custom_id("unfollow", str(subscription.id))))
    return [*buttons, *country_buttons(digest.events, Filter.parse(digest.filter), words)]


def event_buttons(behind: str, words: Words) -> list[Button]:
    """Return the buttons that say why events were chosen and that mute one.

    `behind` is an argument of `events_behind`.
    """
    return [
        Button(words("button-whys"), short_custom_id("whys", behind)),
        Button(words("button-mute"), short_custom_id("mute-menu", behind)),
    ]


async def events_behind(services: Services, argument: str) -> list[int]:
    """Return the events that a button's argument means. Raises ValueError."""
    if argument.startswith(_DELIVERY):
        return await services.digests.delivered_events(int(argument.removeprefix(_DELIVERY)))
    return [int(number) for number in argument.split(",")]


async def digest_buttons(delivery: Delivery) -> tuple[str, str]:
    """Return the custom ids of a posted digest's "more" button and of its story menu."""
    return short_custom_id("posted-more", str(delivery.id), "0"), short_custom_id("story")


async def draft_buttons(custom_ids: CustomIds, subscription: Subscription, digest: Digest) -> tuple[str, str]:
    """Return the same for a digest that is tried out: no delivery says what it shows."""
    since, until = str(digest.since.timestamp()), str(digest.until.timestamp())
    skip = limit = str(max(len(digest.events), 1))
    languages = ",".join(subscription.stories)
    more = await custom_ids.encode("digest-more", skip, limit, since, until, languages, digest.filter)
    return more, short_custom_id("story")


def country_buttons(items: Sequence[Event | StoryLine], query: Filter, words: Words, *, limit: int = 2) -> list[Button]:
    """Return "More from …" buttons for the countries that stories are most about.

    Countries that `query` names are left out.
    """
    nodes = walk(query.node, negated=False)
    named = {code for node in nodes if isinstance(node, Match) and node.key == "country" for code in node.values}
    weight: dict[str, float] = {}
    for item in items:
        for country in item.countries:
            if country.salience >= COUNTRY_THRESHOLD and country.code not in named:
                weight[country.code] = weight.get(country.code, 0.0) + country.salience
    codes = sorted(weight, key=lambda code: (-weight[code], code))[:limit]
    return [
        Button(
            words("button-more-from", country=country_name(code, words.locale)),
            short_custom_id("news", "1", str(Filter.of(country=code)), discriminator=code),
        )
        for code in codes
    ]
