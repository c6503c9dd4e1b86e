"""Digests by mail, and `gazette mail …`: who gets none."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import print_json, print_note, run_in_newsroom, stdout_console
from bot.cli.options import JsonFlag
from bot.errors import InputInvalid, MailFailed, SettingsInvalid

if TYPE_CHECKING:
    from bot.app import Newsroom
    from bot.newsroom.models import Digest
    from bot.settings import MailSettings

__all__ = ["MailResult", "app", "mail_digest", "show_results"]

app = typer.Typer(
    name="mail",
    help="List and change who gets no mail.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="Mail address.")]


@dataclass(frozen=True, slots=True)
class MailResult:
    """Outcome of a mail to one address; `problem` is "" if it was sent."""

    address: str
    slot: str
    message_id: str
    problem: str = ""


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """List the addresses that unsubscribed."""
    addresses = run_in_newsroom(lambda newsroom: newsroom.services.mailings.list_unsubscribed())
    if as_json:
        print_json({"unsubscribed": addresses})
        return
    for address in addresses:
        stdout_console().print(address, markup=False)


@app.command("unsubscribe")
def unsubscribe(
    who: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Mail address, or the text after `unsubscribe` in a reader's mail.")
    ],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Send no more mail to an address."""

    async def stop(newsroom: Newsroom) -> str:
        mailings = newsroom.services.mailings
        return await (mailings.stop(who) if "@" in who else mailings.unsubscribe(who))

    _show(run_in_newsroom(stop), "gets no more mail", as_json=as_json)


@app.command("resubscribe")
def resubscribe(address: _Address, *, as_json: JsonFlag = False) -> None:
    """Allow mail to an address that unsubscribed."""
    allowed = run_in_newsroom(lambda newsroom: newsroom.services.mailings.resubscribe(address))
    _show(allowed, "can get mail again", as_json=as_json)


def _show(address: str, outcome: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"address": address})
    else:
        stdout_console().print(f"{address} {outcome}.", markup=False)


async def mail_digest(
    newsroom: Newsroom,
    digest: Digest,
    addresses: Sequence[str],
    language: str,
    *,
    slot: str | None,
    again: bool,
) -> list[MailResult]:
    """Mail a digest to each address, once for its slot, and return what became of each.

    Raises SettingsInvalid, and InputInvalid for what is no address, before anything is sent.
    """
    from bot.delivery.mail_message import MailHead, build_mail
    from bot.delivery.smtp_client import send_mail
    from bot.i18n import words
    from bot.newsroom.mail_addresses import parse_mail_address
    from bot.newsroom.timezones import zone
    from bot.rendering.pages.digest import digest_page
    from bot.services.mailings import MailSlot

    settings, web, mailings = newsroom.settings.mail, newsroom.settings.web, newsroom.services.mailings
    _check_mail_settings(settings)
    recipients = list(dict.fromkeys(parse_mail_address(address) for address in addresses))
    now = newsroom.clock()
    name = slot or now.astimezone(zone(newsroom.settings.digest.timezone)).date().isoformat()
    vocabulary = words(language)
    page = digest_page(digest, vocabulary)
    results = []
    for recipient in recipients:
        claimed = MailSlot(recipient, digest.filter, name)
        token = await mailings.make_token(recipient)
        # The same slot has the same id, so that a mail which was sent twice after all is shown once.
        identity = f"{claimed.fingerprint}.{secrets.token_hex(4)}" if again else claimed.fingerprint
        public = web.public and web.address.startswith("https:")
        url = f"{web.address}/unsubscribe/{token}" if public else None
        message = build_mail(page, MailHead(settings.sender, recipient, now, identity, token, url), vocabulary)
        try:
            await mailings.claim(claimed, again=again)
            await send_mail(settings, message, recipient)
        except MailFailed as error:
            if not error.uncertain:
                await mailings.settle(claimed, sent=False)
            results.append(MailResult(recipient, name, message["Message-ID"], str(error)))
        except InputInvalid as error:
            results.append(MailResult(recipient, name, message["Message-ID"], str(error)))
        else:
            await mailings.settle(claimed, sent=True)
            results.append(MailResult(recipient, name, message["Message-ID"]))
    return results


def show_results(results: Sequence[MailResult], *, as_json: bool) -> None:
    """Print what became of each mail; exit 1 unless all were sent."""
    if as_json:
        print_json(
            {
                "mailed": [
                    {"to": each.address, "slot": each.slot, "message_id": each.message_id, "sent": not each.problem}
                    | ({"reason": each.problem} if each.problem else {})
                    for each in results
                ]
            }
        )
    for each in results:
        if each.problem:
            print_note(f"gazette: {each.problem}")
        elif not as_json:
            stdout_console().print(f"mailed to {each.address} for {each.slot}", markup=False)
    if any(each.problem for each in results):
        raise typer.Exit(1)


def _check_mail_settings(settings: MailSettings) -> None:
    """Check that mail can be sent as the settings say. Raises SettingsInvalid."""
    if not settings.host or not settings.sender:
        raise SettingsInvalid("[mail] host and sender are needed for --mail: set them in config/gazette.toml")
    if settings.tls == "none" and settings.user:
        raise SettingsInvalid("[mail] tls: a password is sent over TLS only; choose starttls or implicit")
