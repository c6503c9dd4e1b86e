"""Text from outside made harmless to show.

`clean` removes what no reader should meet (control and bidirectional characters, line ends); `escape_markdown` makes
the rest literal in Discord: no mention, no style, no link that the text brings along.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.rendering.links import break_invites

__all__ = ["clean", "escape_markdown", "truncate"]

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, but not those that count as blanks
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0\U0001d173-\U0001d17a"  # look like nothing
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters at all, and two of them break XML
    "\ue000-\uf8ff\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    "]"
)
_LINE_START = re.compile(r"^(\s*)(#{1,3}|-#|>{1,3}|[-+*•]|\d+[.)])(?=\s)")
_LINK_START = re.compile(r"(?:(?<=:)/|^/)/?")
_COMBINING_RUN = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def clean(raw: str) -> str:
    """One line of visible characters: blanks run together, controls and direction marks gone.

    Joiners inside words (Persian, Hindi, emoji) stay; piles of combining marks are cut to four.
    """
    text = raw
    if not text.isascii() or not text.isprintable():
        text = _INVISIBLE.sub("", text)
        text = _COMBINING_RUN.sub(r"\1", text)
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=4096)  # members ask for the same stories
def escape_markdown(raw: str) -> str:
    """`raw`, cleaned, as Discord markup that shows exactly these characters."""
    text = clean(raw)
    text = re.sub(r"([\\`*_~|\[\]<>])", r"\\\1", text)
    text = text.replace("@", "@\u200b")  # no name lights up, whatever allowed_mentions says
    text = break_invites(text)
    text = _LINK_START.sub(lambda found: found[0].replace("/", r"\/"), text)
    text = re.sub(r":(?=[A-Za-z0-9_+-]+:)", r"\\:", text)
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def truncate(text: str, most: int) -> str:
    """Return at most `most` characters of `text`, cut after a word and ended with an ellipsis."""
    if len(text) <= most:
        return text
    if most <= 1:
        return "…"[:most]
    head = text[: most - 1]
    space = head.rfind(" ", max(0, most - 60))
    return (head[:space] if space > 0 else head).rstrip(" ,;:–—-\\") + "…"
