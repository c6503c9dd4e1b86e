"""Figures behind the charts: countries, topics over weeks, sources, punctuality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.services.editions import EditionService
from bot.services.news import NewsService
from bot.store import deliveries
from bot.store.database import Store

__all__ = ["ChartFigures", "read_figures"]

_WEEKS: Final = 12
"""Weeks that are compared: a quarter of a year."""

_MOST_SOURCES: Final = 15
"""Sources that are shown: more bars than fit on a screen compare nothing."""

_PUNCTUAL: Final = timedelta(minutes=1)
"""Delay of a digest that readers don't notice."""

_LATE: Final = timedelta(minutes=10)
"""Delay from which on a digest is late for everybody."""


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """Numbers of stories and deliveries, most first.

    `weeks` are oldest first, each by its Monday. `punctuality` counts digests of the last weeks by what became of them: on_time, delayed, late, failed.
    """

    countries: tuple[tuple[str, int], ...]
    weeks: tuple[tuple[date, dict[str, int]], ...]
    sources: tuple[tuple[str, int], ...]
    punctuality: tuple[tuple[str, int], ...]


async def read_figures(
    store: Store, news: NewsService, editions: EditionService, clock: Callable[[], datetime]
) -> ChartFigures:
    """Return the figures of what readers anywhere may see, and of all deliveries."""
    now = clock()
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [monday - timedelta(weeks=back) for back in range(_WEEKS - 1, -1, -1)]
    since = [Counter(dict(await news.topic_counts(start))) for start in starts]
    later = [*since[1:], Counter[str]()]
    weeks = tuple(
        (start.date(), dict(counted - after)) for start, counted, after in zip(starts, since, later, strict=True)
    )
    publishers = sorted(await editions.publishers(), key=lambda each: (-each.stories, each.name))
    async with store.reading() as conn:
        sent, failed = await deliveries.delays(conn, starts[0])
    outcomes = Counter(_punctuality(delay) for delay in sent)
    named = [(name, outcomes[name]) for name in ("on_time", "delayed", "late")]
    return ChartFigures(
        tuple(await news.country_counts(None)),
        weeks,
        tuple((each.name, each.stories) for each in publishers[:_MOST_SOURCES]),
        (*named, ("failed", failed)),
    )


def _punctuality(delay: timedelta) -> str:
    if delay <= _PUNCTUAL:
        return "on_time"
    return "delayed" if delay <= _LATE else "late"
