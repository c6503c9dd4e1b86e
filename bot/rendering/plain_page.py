"""Pages as plain text: for pipes, mails and whatever shows characters only."""

from __future__ import annotations

from collections.abc import Iterable

from bot.rendering.escape import clean
from bot.rendering.layout import Block, Chart, Group, Page, Paragraph
from bot.rendering.span_texts import paragraph_text, span_texts

__all__ = ["plain_page"]

_PREFIXES = {"quote": "> ", "item": "- "}

_MAX_UNDERLINE = 60
"""Characters of the line below a title: no longer than a short line of a mail."""


def plain_page(page: Page, *, foot: Iterable[Paragraph] = ()) -> str:
    """Return a page as text, with paragraphs below it.

    A paragraph is a line; an address stands behind the words that link to it.
    """
    last = [*foot, *([page.footer] if page.footer is not None else [])]
    parts = [*_parts(page.blocks), *(["-- ", *_parts(last)] if last else [])]
    return "\n\n".join(parts) + "\n"


def _parts(blocks: Iterable[Block]) -> list[str]:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts += _paragraph(block)
        elif isinstance(block, Group):
            lines = [line for inner in block.blocks if isinstance(inner, Paragraph) for line in _paragraph(inner)]
            parts += ["\n".join(lines)] if lines else []
        elif isinstance(block, Chart):
            parts.append(clean(block.alt_text))
    return parts


def _paragraph(line: Paragraph) -> list[str]:
    shown = paragraph_text(line)
    if not shown:
        return []
    if line.size in ("masthead", "title"):
        return [f"{shown}\n{'=' * min(len(shown), _MAX_UNDERLINE)}"]
    text = "".join(
        f"{span.before}{span.text}{f' <{span.url}>' if span.url is not None else ''}{span.after}"
        for span in span_texts(line)
    )
    return [f"{_PREFIXES.get(line.size, '')}{text}"]
