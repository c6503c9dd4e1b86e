"""Words for what a member asked for more or less of."""

from __future__ import annotations

from collections.abc import Collection

from bot.i18n import Words
from bot.newsroom.taste import Taste
from summarizers.labels.topic_names import topic_name

__all__ = ["taste_lines"]


def taste_lines(taste: Taste, topics: Collection[str], words: Words) -> list[str]:
    """Return a sentence for each of these topics that the member asked for more or less of."""
    asked = [topic for topic in topics if taste.get(topic)]
    return [
        words("taste-more" if taste[topic] > 0 else "taste-less", topic=topic_name(topic, words.locale))
        for topic in asked
    ]
