"""The services that slash commands, the console and the command line share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.store.key_values import KeyValues

if TYPE_CHECKING:
    from bot.services.alerts import AlertService
    from bot.services.autocomplete import Autocomplete
    from bot.services.data import DataService
    from bot.services.digests import DigestService
    from bot.services.editions import EditionService
    from bot.services.event_edits import EventEditor
    from bot.services.mailings import MailingService
    from bot.services.members import MemberService
    from bot.services.news import NewsService
    from bot.services.operations import OperationsService
    from bot.services.operator_access import OperatorAccess
    from bot.services.questions import QuestionService
    from bot.services.sources import SourceService
    from bot.services.subscriptions import SubscriptionService
    from bot.services.withholdings import WithholdingService
    from bot.settings import DigestSettings, SummarySettings
    from bot.store.database import Store

__all__ = ["Services"]


class Services:
    """The services over one open store; `clock` returns the present as an aware datetime in UTC.

    `feeds` are the addresses in the settings; `managers_add` says whether a server's managers may add others.
    `full_texts` are publishers whose whole texts the web edition may show, `web_address` is its address if it is public.
    `links` are addresses that /about shows, by the message that names them.
    Each is imported and built on first use: all of them need 0.3 s of processor time, `gazette news` only one.
    """

    def __init__(
        self,
        store: Store,
        digest_settings: DigestSettings,
        summary_settings: SummarySettings,
        clock: Callable[[], datetime],
        *,
        feeds: Sequence[str] = (),
        managers_add: bool = False,
        full_texts: Sequence[str] = (),
        web_address: str = "",
        links: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.links = dict(links)
        self._full_texts, self._web_address = full_texts, web_address
        self._store, self.clock, self._feeds, self._managers_add = store, clock, feeds, managers_add
        self._digest_settings, self._summary_settings = digest_settings, summary_settings
        self.key_values = KeyValues(store, clock)

    @cached_property
    def news(self) -> NewsService:
        """Stories for readers."""
        from bot.services.news import NewsService

        return NewsService(self._store, lambda: self.digests, self._digest_settings, self.clock)

    @cached_property
    def questions(self) -> QuestionService:
        """Answers to questions."""
        from bot.services.questions import QuestionService

        return QuestionService(self._store, self.clock)

    @cached_property
    def digests(self) -> DigestService:
        """Digests, and the reasons for a rank."""
        from bot.services.digests import DigestService

        return DigestService(
            self._store,
            self._digest_settings,
            self._summary_settings,
            self.clock,
            web_address=self._web_address,
        )

    @cached_property
    def editions(self) -> EditionService:
        """Pages of the web edition."""
        from bot.services.editions import EditionService

        return EditionService(self._store, self._digest_settings, self.clock, self._full_texts)

    @cached_property
    def alerts(self) -> AlertService:
        """Events that are posted at once."""
        from bot.services.alerts import AlertService

        return AlertService(self._store, self.digests, self.clock)

    @cached_property
    def operations(self) -> OperationsService:
        """State of the whole program, and the operator's orders."""
        from bot.services.operations import OperationsService

        return OperationsService(self._store, self, self.clock)

    @cached_property
    def operator_access(self) -> OperatorAccess:
        """One-time links and sessions of the operator's page."""
        from bot.services.operator_access import OperatorAccess

        return OperatorAccess(self._store, self.clock)

    @cached_property
    def subscriptions(self) -> SubscriptionService:
        """Subscriptions of channels and members."""
        from bot.services.subscriptions import SubscriptionService

        return SubscriptionService(self._store, self.digests, self._digest_settings, self.clock)

    @cached_property
    def members(self) -> MemberService:
        """Members' own lists."""
        from bot.services.members import MemberService

        return MemberService(self._store, self.clock)

    @cached_property
    def autocomplete(self) -> Autocomplete:
        """Completion of options while somebody types."""
        from bot.services.autocomplete import Autocomplete

        return Autocomplete(self._store, self.clock)

    @cached_property
    def event_editor(self) -> EventEditor:
        """Corrections of events by the operator."""
        from bot.services.event_edits import EventEditor

        return EventEditor(self._store, self.clock)

    @cached_property
    def withholdings(self) -> WithholdingService:
        """Stories and events that an editor takes back."""
        from bot.services.withholdings import WithholdingService

        return WithholdingService(self._store, self.clock, self._digest_settings.timezone)

    @cached_property
    def sources(self) -> SourceService:
        """Feeds that are read."""
        from bot.services.sources import SourceService

        return SourceService(self._store, self.clock, self._feeds, managers_add=self._managers_add)

    @cached_property
    def mailings(self) -> MailingService:
        """Digests by mail."""
        from bot.services.mailings import MailingService

        return MailingService(self._store, self.clock)

    @cached_property
    def data(self) -> DataService:
        """Statistics, checks, backups and pruning."""
        from bot.services.data import DataService

        return DataService(self._store, self.clock)
