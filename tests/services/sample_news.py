"""A week's news and the services over it, for tests of services, commands and surfaces.

Six stories, five of them of the last day: Japan and the United States (war), Taiwan (politics), Brazil (sport), Kenya
(weather), Germany (an older one, business).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store import documents
from bot.store.database import Store
from bot.store.documents import Origin
from tests.clock import ManualClock
from tests.store.factories import NOON, make_analysis, make_file_facts

__all__ = ["NOON", "open_services", "store_sample_news", "unconnected_services"]


def open_services(store: Store, clock: ManualClock) -> Services:
    """Build the services as the program does."""
    return Services(store, DigestSettings(), SummarySettings(), clock)


async def store_sample_news(store: Store, now: datetime = NOON) -> list[int]:
    """Store the six stories; return their ids."""
    news = [
        (
            make_analysis(
                "Destroyers met off Okinawa on Friday.\nThe two navies sailed together for a day.\nNobody was hurt.",
                countries={"JP": 0.9, "US": 0.5},
                topics=["conflict-war-and-peace"],
                headline="Destroyers meet off Okinawa",
                kicker="SEA DRILLS",
            ),
            Origin(now - timedelta(hours=1), "The Harbour Post", "https://harbour.example/okinawa"),
        ),
        (
            make_analysis(
                "Taipei passed its budget after a long night.\nThe vote was close.",
                countries={"TW": 0.9},
                topics=["politics-and-government"],
                headline="Taipei passes its budget",
            ),
            Origin(now - timedelta(hours=2), "The Strait Times"),
        ),
        (
            make_analysis(
                "O time venceu por dois a zero.\nA torcida cantou até de manhã.",
                countries={"BR": 0.9},
                topics=["sport"],
                language="pt",
                headline="Vitória no Maracanã",
            ),
            Origin(now - timedelta(hours=3)),
        ),
        (
            make_analysis(
                "Rain filled the rivers of the coast.\nFarmers were glad.",
                countries={"KE": 0.8},
                topics=["weather"],
                headline="Rain at last in Mombasa",
                truncated=True,
            ),
            Origin(now - timedelta(hours=4)),
        ),
        (
            make_analysis(
                "Tokyo opened a line for its new trains.\nThe first was full.",
                countries={"JP": 0.8},
                topics=["economy-business-and-finance"],
                headline="Tokyo opens a railway line",
            ),
            Origin(now - timedelta(hours=5)),
        ),
    ]
    old = make_analysis(
        "Hamburg sold more coffee than ever.\nPrices rose.",
        countries={"DE": 0.9},
        topics=["economy-business-and-finance"],
        headline="Hamburg's coffee",
    )
    async with store.writing() as conn:
        earlier = await documents.store_document(
            conn,
            "old.txt",
            make_file_facts("old"),
            [old],
            now=now - timedelta(days=6),
            origin=Origin(now - timedelta(days=6)),
        )
        latest = await documents.store_document(
            conn,
            "today.txt",
            make_file_facts("today"),
            [analysis for analysis, _origin in news],
            now=now - timedelta(minutes=30),
            origins=[origin for _analysis, origin in news],
        )
    return [*latest.story_ids, *earlier.story_ids]


def unconnected_services() -> Services:
    """Build services without a store, for tests that only look at how commands are described."""
    return open_services(None, ManualClock())  # type: ignore[arg-type] # nothing is asked
