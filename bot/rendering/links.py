"""Links to addresses from outside: which may be clicked, and what their text may claim."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from bot.newsroom.host_names import display_host
from bot.newsroom.web_hosts import ascii_host, valid_port

__all__ = ["break_invites", "label_of_link", "safe_url"]

_MAX_URL: Final = 512
"""Characters of an address: what Discord takes in a button."""

_ADDRESS = re.compile(r"(?ai)(https?)://([^/?#]*)([^#]*)(#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]@]*)(?::([^:]*))?", re.DOTALL)

_INVITE_HOSTS: Final = frozenset(
    [
        *("discord.gg", "discord.me", "discord.io", "discord.li", "discord.link", "discord.new", "discord.st"),
        *("dsc.gg", "invite.gg", "disboard.org", "discadia.com", "discordservers.com", "discords.com", "top.gg"),
    ]
)
"""Hosts that lead to other servers: Discord's own, shorteners of invites, and lists of servers."""

_DISCORD_HOSTS: Final = frozenset(
    {"discord.com", "discordapp.com", "discord.co", "watchanimeattheoffice.com", "bigbeans.solutions"}
)
"""Hosts of Discord itself, with the two that its programs open as if they were discord.com."""

_INVITE_PATHS: Final = frozenset(
    {"invite", "invites", "oauth2", "servers", "guild-discovery", "template", "application-directory"}
)
"""Parts of paths on Discord's own hosts that lead to other servers, or bring another bot into this one."""

_MOST_ENCODINGS: Final = 10
"""Times that an address is decoded to find an invite in it: a server that sends people on decodes it again."""

_INVITE_TEXT = re.compile(
    r"(?i)(?:discord\.gg|dsc\.gg"
    r"|(?:discord(?:app)?\.com|discord\.co|watchanimeattheoffice\.com|bigbeans\.solutions)\.?/+invite)/"
)
"""An invite, wherever it stands: Discord looks for them within addresses, too."""

_BARE_INVITE = re.compile(
    r"(?i)((?:\.gg|discord(?:app|s|servers)?\.(?:com|co|me|io|li|link|new|st)|disboard\.org|discadia\.com"
    r"|watchanimeattheoffice\.com|bigbeans\.solutions)\.?(?::\d*)?)/"
)
_CLAIMED_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,24})|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b", re.IGNORECASE
)
"""Something in a text that looks like a host."""

_FILE_ENDINGS: Final = ("txt", "text", "json", "jsonl", "ndjson", "html", "htm", "xhtml", "xml", "rss", "atom", "csv")
"""Endings of files, which no host has: a source without a name goes by its file's."""

_DOTS = str.maketrans(dict.fromkeys("。．｡․", "."))


@lru_cache(maxsize=4_096)  # members ask for the same stories
def safe_url(url: str | None) -> str | None:
    """Return an address that people may click on, in ASCII, else None.

    It has to be http or https, with a host that can exist, a port that can be connected to and no user name, at most
    512 characters long, and no invite to another server.
    """
    if url is None or len(url) > _MAX_URL or "\\" in url:
        return None
    if any(char.isspace() or unicodedata.category(char)[0] == "C" for char in url):
        return None
    match = _ADDRESS.fullmatch(url)
    authority = _AUTHORITY.fullmatch(match[2]) if match is not None else None
    if match is None or authority is None or not valid_port(authority[2] or ""):
        return None
    host = ascii_host(authority[1])
    if host is None or _invites(host, match[3], url):
        return None
    shown = f"[{host}]" if ":" in host else host
    port = f":{int(authority[2])}" if authority[2] else ""
    rest = quote(match[3] + (match[4] or ""), safe="%/:=&?~#+!$,;@*").replace("'", "%27")
    return f"{match[1].lower()}://{shown}{port}{rest}"


def label_of_link(text: str, url: str) -> str:
    """Return a link's text, with the link's host if the text names another one or an imitation.

    `url` is one of `safe_url`.
    """
    host = urlsplit(url).hostname or ""
    names = _CLAIMED_HOST.findall(unicodedata.normalize("NFKC", _without_marks(text.translate(_DOTS))))
    claimed = {name: ascii_host(name) or name for name in names if not name.lower().endswith(_FILE_ENDINGS)}
    honest = all(_is_same_site(host_of, host) and not _misleads(name, host_of) for name, host_of in claimed.items())
    return text if honest else f"{text} ({display_host(host)})"


def break_invites(markup: str) -> str:
    """Return Discord markup in which invites to other servers are only text."""
    return _BARE_INVITE.sub(r"\1\\/", markup)


def _without_marks(text: str) -> str:
    """Return text without characters that nobody sees, such as soft hyphens within a name."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _misleads(written: str, host: str) -> bool:
    """Tell whether a name in another script looks like another host."""
    return "xn--" in display_host(host) and not written.isascii()


def _is_same_site(claimed: str, host: str) -> bool:
    claimed, host = claimed.removeprefix("www."), host.removeprefix("www.")
    return claimed == host or host.endswith("." + claimed) or claimed.endswith("." + host)


def _invites(host: str, path: str, url: str) -> bool:
    site = ".".join(host.split(".")[-2:])
    if site in _INVITE_HOSTS:
        return True
    decoded = _decoded(url)
    if _INVITE_TEXT.search(decoded):
        return True
    if site not in _DISCORD_HOSTS:
        return False
    parts: list[str] = []
    for part in re.split(r"[/\\?=&]", _decoded(path).lower()):  # a page to log in sends people on, too
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return any(part in _INVITE_PATHS for part in parts)


def _decoded(url: str) -> str:
    """Return an address without percent signs, however often it was encoded."""
    for _ in range(_MOST_ENCODINGS):
        decoded = unquote(url)
        if decoded == url:
            break
        url = decoded
    return url
