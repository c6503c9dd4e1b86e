"""Buttons below a posted digest and below an answer with several stories.

Their arguments are short enough for the custom id itself, so that nothing has to be stored for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.custom_ids import CustomIds, short_custom_id
from bot.i18n import Words
from bot.newsroom.filters import Filter, Match, walk
from bot.newsroom.models import COUNTRY_THRESHOLD, Digest, Event, Rhythm, StoryLine, Subscription
from bot.newsroom.reader_languages import format_languages
from bot.rendering.layout import Button
from summarizers.labels.country_names import country_name

__all__ = ["country_buttons", "encode_digest_buttons", "encode_digest_page", "posted_buttons"]


_SECOND_PAGE = 2
"""Page of the digest that goes on where a posted one ends."""

_WEEK = "7d"
"""What a weekly digest covers, as the filter language writes it."""


def posted_buttons(subscription: Subscription, digest: Digest, words: Words) -> list[Button]:
    """Return a posted digest's buttons: its main countries, and "stop" below an own digest."""
    buttons = country_buttons(digest.events, Filter.parse(digest.filter), words)
    if subscription.guild_id is None and subscription.member_id is not None:
        buttons.append(Button(words("button-stop"), short_custom_id("unfollow", str(subscription.id))))
    return buttons


async def encode_digest_buttons(custom_ids: CustomIds, subscription: Subscription) -> tuple[str, str]:
    """Return the custom ids of a posted digest's "more" button and of its story menu.

    "More" is the next page of the digest of the time when it is pressed.
    """
    more = await encode_digest_page(
        custom_ids,
        _SECOND_PAGE,
        Filter.parse(subscription.filter),
        limit=subscription.limit,
        since=_WEEK if subscription.every is Rhythm.WEEK else "",
        stories=format_languages(subscription.stories),
    )
    return more, await custom_ids.encode("story")


async def encode_digest_page(
    custom_ids: CustomIds, page: int, query: Filter, *, limit: int | None, since: str, stories: str
) -> str:
    """Return the custom id of a button that opens a page of the digest."""
    return await custom_ids.encode("digest", str(page), str(limit or ""), since, stories, str(query), discriminator="m")


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
