"""A worked example of an extension: a summary engine and an input format."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intake.readers import InputFormat
from bot.intake.types import DocumentPart, ReadDocument


class LongestSentences:
    """Chooses the longest sentences."""

    name = "longest"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: object = None) -> list[int]:
        """Return the positions of the longest sentences, in reading order."""
        if sentences and sentences[0].startswith("Fail"):
            raise ValueError("on purpose")
        by_length = sorted(range(len(sentences)), key=lambda place: (-len(sentences[place]), place))
        return sorted(by_length[: max(count, 0)])


def read_telegram(data: bytes) -> ReadDocument:
    """Read a telegram, whose sentences end in STOP."""
    text = data.decode("ascii").replace(" STOP", ".")
    return ReadDocument((DocumentPart(text),), "ascii")


ENGINE = LongestSentences()
FORMAT = InputFormat("telegram", (".telegram",), reader=read_telegram)
