"""What is the gist of a message and the files in it? Runs in a worker process; nothing here touches Discord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.intake.encodings import decode
from bot.intake.readers import reject_unsupported
from bot.intake.types import Unreadable
from summarizers import analyse

__all__ = ["Short", "shorten"]

_SENTENCES = 3
_MOST_STORIES = 10
_MOST_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Short:
    """A story in a few of its own sentences; `whole` says that there are no others."""

    headline: str
    sentences: tuple[str, ...]
    whole: bool


def shorten(said: str, files: Sequence[tuple[str, bytes]]) -> tuple[list[Short], list[str]]:
    """The stories in a message (`said`, taken as one) and in its files (which may hold several); at most ten.

    Also gives the names of the files that can't be read as text.
    """
    found = analyse(said[:_MOST_CHARACTERS], sentences=_SENTENCES, as_one_story=True)
    refused = []
    for name, data in files:
        try:
            reject_unsupported(data)
            text = decode(data).text
        except Unreadable:
            refused.append(name)
            continue
        found += analyse(text[:_MOST_CHARACTERS], sentences=_SENTENCES)
    shorts = [
        Short(
            each.headline, tuple(sentence.text for sentence in each.summary), len(each.summary) == len(each.sentences)
        )
        for each in found
        if each.summary
    ]
    return shorts[:_MOST_STORIES], refused
