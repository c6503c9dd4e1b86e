"""Digests by mail: each slot once, and nothing to those who unsubscribed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.errors import InputInvalid
from bot.newsroom.mail_addresses import parse_mail_address
from bot.store.database import Store
from bot.store.key_values import (
    KeyValues,
    delete_oldest,
    delete_value,
    get_value,
    insert_value,
    list_values,
    set_value,
)

__all__ = ["MailSlot", "MailingService", "MailingState"]

_SLOT_PREFIX: Final = "mail-slot:"
_OFF_PREFIX: Final = "mail-off:"
_KEY_NAME: Final = "mail-key"

_KEPT_SLOTS: Final = 20_000
"""Slots that are remembered: a month of a digest a day to 600 addresses."""

_KEY_BYTES: Final = 32
"""Bytes of the key that signs links, as long as SHA-256's result."""

_SIGNATURE_BYTES: Final = 16
"""Bytes of a signature in a link: 128 bits can't be guessed."""


class MailingState(StrEnum):
    """The state of a mail for one slot."""

    SENDING = "sending"
    """It may have arrived: the program ended, or the connection, before the server's answer."""
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class MailSlot:
    """A mail that one address gets once: `name` says for when, `content` which digest."""

    address: str
    content: str
    name: str

    @property
    def fingerprint(self) -> str:
        """A short text that only this slot has."""
        return hashlib.sha256("\n".join((self.address.casefold(), self.content, self.name)).encode()).hexdigest()[:32]


class MailingService:
    """Remembers what was mailed, and who wants no mail; `clock` returns the present in UTC."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def claim(self, slot: MailSlot, *, again: bool = False) -> None:
        """Record that a slot is being mailed.

        Raises InputInvalid if it was mailed before, unless it is to be mailed `again`, and if the address unsubscribed.
        """
        async with self._store.writing(durable=True) as conn:
            if await get_value(conn, _off_name(slot.address)) is not None:
                raise InputInvalid(f"{slot.address} has unsubscribed; gazette mail resubscribe takes that back")
            name, now = _SLOT_PREFIX + slot.fingerprint, self._clock()
            if again:
                await set_value(conn, name, MailingState.SENDING, now)
            elif not await insert_value(conn, name, MailingState.SENDING, now):
                sent = await get_value(conn, name) == MailingState.SENT
                said = "was mailed" if sent else "may have been mailed"
                raise InputInvalid(
                    f"this digest {said} to {slot.address} for {slot.name} already: --again mails it again, and "
                    "--slot names another one"
                )
            await delete_oldest(conn, _SLOT_PREFIX, keep=_KEPT_SLOTS)

    async def settle(self, slot: MailSlot, *, sent: bool) -> None:
        """Record that a claimed slot was mailed, or that it certainly was not."""
        async with self._store.writing(durable=True) as conn:
            name = _SLOT_PREFIX + slot.fingerprint
            if sent:
                await set_value(conn, name, MailingState.SENT, self._clock())
            else:
                await delete_value(conn, name)

    async def make_token(self, address: str) -> str:
        """Return a signed text that unsubscribes an address."""
        body = base64.urlsafe_b64encode(address.encode()).decode().rstrip("=")
        return f"{body}.{_sign(await self._key(), body)}"

    async def unsubscribe(self, token: str) -> str:
        """Send no more mail to the address of a token, and return it. Raises InputInvalid."""
        body, _, signature = token.strip().partition(".")
        right = _sign(await self._key(), body)
        if not hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")):
            raise InputInvalid("this is no link or text from one of our mails", "mail-unsubscribe-invalid")
        return await self.stop(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode())

    async def stop(self, address: str) -> str:
        """Send no more mail to an address, and return it. Raises InputInvalid."""
        parsed = parse_mail_address(address)
        async with self._store.writing(durable=True) as conn:
            await set_value(conn, _off_name(parsed), parsed, self._clock())
        return parsed

    async def resubscribe(self, address: str) -> str:
        """Allow mail to an address that unsubscribed, and return it. Raises InputInvalid."""
        parsed = parse_mail_address(address)
        async with self._store.writing(durable=True) as conn:
            await delete_value(conn, _off_name(parsed))
        return parsed

    async def list_unsubscribed(self) -> list[str]:
        """Return the addresses that get no mail."""
        async with self._store.reading() as conn:
            return sorted((await list_values(conn, _OFF_PREFIX)).values())

    async def _key(self) -> bytes:
        """Return the key that signs links, which is made on first use."""
        return bytes.fromhex(
            await KeyValues(self._store, self._clock).get_or_set(_KEY_NAME, secrets.token_hex(_KEY_BYTES))
        )


def _off_name(address: str) -> str:
    return _OFF_PREFIX + hashlib.sha256(address.casefold().encode()).hexdigest()


def _sign(key: bytes, body: str) -> str:
    signature = hmac.new(key, b"unsubscribe " + body.encode("utf-8", "replace"), hashlib.sha256).digest()
    return signature[:_SIGNATURE_BYTES].hex()
