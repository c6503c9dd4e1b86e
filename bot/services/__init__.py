"""The services that slash commands, the console and the command line share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.autocomplete import Autocomplete, Suggestion
from bot.services.data import DataService
from bot.services.digests import DigestService
from bot.services.event_edits import EventEditor
from bot.services.members import MemberService
from bot.services.news import NewsService
from bot.services.subscriptions import SubscriptionService
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from bot.store.key_values import KeyValues

__all__ = ["Services", "Suggestion"]


@dataclass(frozen=True, slots=True)
class Services:
    """The services over one open store."""

    news: NewsService
    digests: DigestService
    subscriptions: SubscriptionService
    members: MemberService
    autocomplete: Autocomplete
    event_editor: EventEditor
    data: DataService
    key_values: KeyValues

    @classmethod
    def over(
        cls,
        store: Store,
        digest_settings: DigestSettings,
        summary_settings: SummarySettings,
        clock: Callable[[], datetime],
    ) -> Services:
        """Build the services over a store; `clock` returns the present as an aware datetime in UTC."""
        digests = DigestService(store, digest_settings, summary_settings, clock)
        return cls(
            news=NewsService(store, digests, digest_settings, clock),
            digests=digests,
            subscriptions=SubscriptionService(store, digests, digest_settings, clock),
            members=MemberService(store, clock),
            autocomplete=Autocomplete(store, clock),
            event_editor=EventEditor(store, clock),
            data=DataService(store, clock),
            key_values=KeyValues(store, clock),
        )
