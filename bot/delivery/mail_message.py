"""A digest as a mail: text and HTML, with one-press unsubscribing (RFC 2369 and 8058)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Final
from urllib.parse import quote

from bot.i18n import Words
from bot.newsroom.mail_addresses import parse_mail_address
from bot.rendering.escape import clean, truncate
from bot.rendering.html_page import html_page, page_title
from bot.rendering.layout import Page, Paragraph, link, paragraph
from bot.rendering.plain_page import plain_page

__all__ = ["MailHead", "build_mail"]

_LONGEST_SUBJECT: Final = 150
"""Characters of a subject: more than any list of mails shows."""


@dataclass(frozen=True, slots=True)
class MailHead:
    """Sender, recipient, and how the recipient unsubscribes.

    `sender` can have a name before its address. `unsubscribe_url` is an https address that takes a POST, or None; `token` is what a mail to the sender says.
    """

    sender: str
    recipient: str
    sent_at: datetime
    message_id: str
    token: str
    unsubscribe_url: str | None = None


def build_mail(page: Page, head: MailHead, words: Words) -> EmailMessage:
    """Return a mail to which no text from outside can add a header.

    Raises InputInvalid for a sender that is no address.
    """
    message = EmailMessage(policy=SMTP.clone(utf8=not head.recipient.isascii()))
    name, address = parseaddr(head.sender)
    sender = parse_mail_address(address)
    domain = sender.rpartition("@")[2]
    message["From"] = Address(clean(name) or "Gazette", addr_spec=sender)
    message["To"] = Address(addr_spec=head.recipient)
    message["Subject"] = truncate(clean(page_title(page)), _LONGEST_SUBJECT)
    message["Date"] = format_datetime(head.sent_at)
    message["Message-ID"] = f"<{head.message_id}@{domain}>"
    message["List-Id"] = f"Gazette <digest.{domain}>"
    by_mail = f"mailto:{quote(sender, safe='@')}?subject={quote(f'unsubscribe {head.token}')}"
    if head.unsubscribe_url is not None:
        message["List-Unsubscribe"] = f"<{head.unsubscribe_url}>, <{by_mail}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        message["List-Unsubscribe"] = f"<{by_mail}>"
    message["Auto-Submitted"] = "auto-generated"
    foot = [_foot(head, sender, words)]
    message.set_content(plain_page(page, foot=foot), cte="base64")
    message.add_alternative(html_page(page, foot=foot), subtype="html", cte="base64")
    return message


def _foot(head: MailHead, sender: str, words: Words) -> Paragraph:
    """Return how to unsubscribe, for those whose program shows no button for it."""
    if head.unsubscribe_url is not None:
        return paragraph(link(words("mail-unsubscribe"), head.unsubscribe_url), size="small")
    return paragraph(
        words("mail-unsubscribe-by-mail", address=sender, subject=f"unsubscribe {head.token}"), size="small"
    )
