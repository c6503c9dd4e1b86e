"""Pages as Markdown: CommonMark, and what forges and chats add to it.

Discord's markup is another dialect: `bot.rendering.escape` is for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.rendering.escape import clean
from bot.rendering.layout import Block, Chart, Group, Page, Paragraph
from bot.rendering.span_texts import SpanText, span_texts

__all__ = ["escape_commonmark", "markdown_page"]

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~$@^=]")
"""Characters that mean something wherever they stand, in CommonMark or in what forges and chats add to it."""

_BARE_ADDRESS = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\bwww)\.|(?<=mailto):|(?<=xmpp):")
"""Parts by which addresses become links without any markup."""

_EMOJI = re.compile(r":(?=[A-Za-z0-9_+-]+:)")
_LINE_START = re.compile(r"^(?:(#{1,6}|[-+])(?=\s|$|[-+])|(\d{1,9})([.)])(?=\s|$))")
_BACKTICKS = re.compile(r"`+")
_SIZES: Final = {
    "masthead": "# ",
    "title": "# ",
    "heading": "## ",
    "section": "## ",
    "body": "",
    "item": "- ",
    "small": "",
    "quote": "> ",
}
_MARKS: Final = {"bold": "**", "italic": "*", "struck": "~~"}


def escape_commonmark(text: str) -> str:
    """Return one line of text as Markdown that shows exactly these characters."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    escaped = _BARE_ADDRESS.sub(r"\\\g<0>", escaped)
    return _EMOJI.sub(r"\\:", escaped)


def markdown_page(page: Page, *, foot: Iterable[Paragraph] = ()) -> str:
    """Return a page as Markdown, with paragraphs below it. Pictures and buttons are left out."""
    last = [*foot, *([page.footer] if page.footer is not None else [])]
    parts = [*_parts(page.blocks), *(["---", *_parts(last)] if last else [])]
    return "\n\n".join(parts) + "\n"


def _parts(blocks: Iterable[Block]) -> list[str]:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts += _paragraph(block)
        elif isinstance(block, Group):
            parts += _parts(block.blocks)
        elif isinstance(block, Chart):
            parts.append(_guard_start(escape_commonmark(clean(block.alt_text))))
    return parts


def _paragraph(line: Paragraph) -> list[str]:
    heads = line.is_heading
    text = ""
    for span in span_texts(line):
        text += span.before
        text += _span(span, heads=heads, after=text[-1:]) + span.after
    text = text.strip()
    if not text:
        return []
    if heads and text.endswith("#"):  # closing number signs are no part of a heading
        text = f"{text[:-1]}\\#"
    return [_SIZES[line.size] + (text if heads else _guard_start(text))]


def _guard_start(text: str) -> str:
    """Return a line that begins no heading, list, rule or code."""
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)


def _span(span: SpanText, *, heads: bool, after: str) -> str:
    if span.style == "code" and span.text and after != "`":
        shown = _code(span.text)
    else:
        shown = escape_commonmark(span.text)
        mark = "" if heads and span.style == "bold" else _MARKS.get(span.style, "")
        # Between letters or digits marks always open and close; beside punctuation that depends on the neighbours.
        if mark and after not in ("*", "~") and shown[:1].isalnum() and shown[-1:].isalnum():
            shown = f"{mark}{shown}{mark}"
    if span.url is not None:
        return f"[{shown}](<{span.url}>)"
    return shown


def _code(text: str) -> str:
    """Return a code span with a fence that is longer than any run of backticks in it."""
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(text)), default=0) + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"
