"""Which buttons stand below a digest that is posted, and below an answer of several stories?

Their questions are short enough to stand in the button itself, so that nothing has to be kept for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.commands.custom_ids import plain_action
from bot.i18n import Words
from bot.newsroom.filters import Filter, Match, walk
from bot.newsroom.models import ABOUT, Digest, Subscription
from bot.rendering.layout import Button
from summarizers.labels.countries import country_name
from summarizers.types import Country

__all__ = ["more_from", "posted_buttons"]


class _Labelled(Protocol):
    """What has countries."""

    @property
    def countries(self) -> tuple[Country, ...]:
        """By salience, descending."""


def posted_buttons(subscription: Subscription, digest: Digest, words: Words) -> list[Button]:
    """More from the countries that a digest tells most of; for a member's own digest, an end to it with one press."""
    buttons = more_from(digest.events, Filter.parse(digest.filter), words)
    if subscription.guild_id is None and subscription.member_id is not None:
        buttons.append(Button(words("button-stop"), plain_action("unfollow", str(subscription.id))))
    return buttons


def more_from(told: Sequence[_Labelled], asked: Filter, words: Words, *, most: int = 2) -> list[Button]:
    """Buttons "More from …" for the countries that these stories are most about, save those that were asked for."""
    nodes = walk(asked.node, negated=False)
    known = {code for node in nodes if isinstance(node, Match) and node.key == "country" for code in node.values}
    weight: dict[str, float] = {}
    for each in told:
        for country in each.countries:
            if country.salience >= ABOUT and country.code not in known:
                weight[country.code] = weight.get(country.code, 0.0) + country.salience
    codes = sorted(weight, key=lambda code: (-weight[code], code))[:most]
    return [
        Button(
            words("button-more-from", country=country_name(code, words.locale)),
            plain_action("news", "1", str(Filter.of(country=code)), side=code),
        )
        for code in codes
    ]
