"""Lines of pages that belong to no story, as the terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.cli.json_output import Shape
from bot.rendering.escape import clean

__all__ = ["aside_lines"]

_MOST_SHOWN = 200
"""Characters of a group of lines that are shown; `--json` has all of them."""


def aside_lines(groups: Sequence[Shape]) -> Iterator[str]:
    """Yield a line for each group: why it was set aside, and how it begins."""
    for group in groups:
        text = clean(" · ".join(group["lines"]))
        shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
        yield f"{group['reason']}: {shown}"
