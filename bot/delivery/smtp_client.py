"""Sending of mails by SMTP: refused, failed, or handed over, and known which."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from bot.errors import MailFailed
from bot.settings import MailSettings

__all__ = ["send_mail"]

_ACCEPTED: Final = 250
"""Reply of a server that takes a mail or recipient (RFC 5321)."""

_FORWARDED: Final = 251
"""Reply of a server that takes a recipient and forwards the mail."""


async def send_mail(settings: MailSettings, message: EmailMessage, recipient: str) -> None:
    """Hand a mail over to the server.

    Raises MailFailed; `uncertain` there says that the server may have it nevertheless.
    """
    await asyncio.to_thread(_send, settings, message, recipient)


def _send(settings: MailSettings, message: EmailMessage, recipient: str) -> None:
    sender = parseaddr(settings.sender)[1]
    where = f"{settings.host}:{settings.port}"
    handed_over = False
    try:
        with _connect(settings) as server:
            options = []
            if not recipient.isascii():
                if not server.has_extn("smtputf8"):
                    raise MailFailed(f"the mail server {where} takes no address such as {recipient}")
                options = ["SMTPUTF8", "BODY=8BITMIME"]
            _expect(server.mail(sender, options), f"{where} refuses the sender {sender}")
            _expect(server.rcpt(recipient), f"{where} refuses the recipient {recipient}")
            handed_over = True  # from here on, a connection that ends leaves open whether the server has the mail
            _expect(server.data(message.as_bytes()), f"{where} refuses the mail")
            handed_over = False
    except smtplib.SMTPAuthenticationError as error:
        raise MailFailed(f"the mail server {where} refuses the user or password ({error.smtp_code})") from None
    except smtplib.SMTPResponseException as error:
        raise MailFailed(
            f"the mail server {where} refuses the mail: {error.smtp_code} {_said(error.smtp_error)}"
        ) from None
    except ssl.SSLError as error:
        raise MailFailed(f"no safe connection to the mail server {where}: {error.reason or error}") from None
    except (OSError, smtplib.SMTPException) as error:
        problem = str(error) or type(error).__name__
        if handed_over:
            raise MailFailed(
                f"the mail server {where} took the mail but didn't answer ({problem}); it may have arrived",
                uncertain=True,
            ) from None
        raise MailFailed(f"the mail server {where} can't be reached: {problem}") from None


def _connect(settings: MailSettings) -> smtplib.SMTP:
    """Connect, as safely as the settings say, and log in."""
    context = ssl.create_default_context()
    timeout = settings.timeout_seconds
    if settings.tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=timeout)
    try:
        server.ehlo()
        if settings.tls == "starttls":
            server.starttls(context=context)
            server.ehlo()
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _expect(reply: tuple[int, bytes], refusal: str) -> None:
    code, said = reply
    if code not in (_ACCEPTED, _FORWARDED):
        raise MailFailed(f"the mail server {refusal}: {code} {_said(said)}")


def _said(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
