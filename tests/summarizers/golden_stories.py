"""Stories written for the project, by language: tests/summarizers/golden/stories.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

GOLDEN = tomllib.loads((Path(__file__).parent / "golden" / "stories.toml").read_text("utf-8"))["story"]


def stories_in(language: str) -> list[tuple[str, list[str]]]:
    """Headline and paragraphs of each story in a language."""
    return [(story["title"], story["text"].strip().split("\n")) for story in GOLDEN if story["language"] == language]


ENGLISH = stories_in("en")
BODIES = [paragraphs for _, paragraphs in ENGLISH]
