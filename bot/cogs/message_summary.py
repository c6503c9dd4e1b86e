"""Summaries of a message and its files. Runs in a worker process; nothing here uses Discord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.intake.encodings import decode
from bot.intake.readers import reject_unsupported
from bot.intake.types import Unreadable
from summarizers import analyse

__all__ = ["StorySummary", "summarize_message"]

_SENTENCES = 3
"""Sentences of a summary, as in digests by default."""

_MAX_STORIES = 10
"""Stories in one answer: about what fits in its messages."""

_MAX_CHARACTERS = 200_000
"""Characters of a text that are analysed: some hundred pages, which takes a few seconds."""

_REMARK = 300
"""Characters of a message without sentences that is shown as it is: two lines of chat, which are short already."""


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story's summary in its own sentences; `complete` means that it has no others."""

    headline: str
    sentences: tuple[str, ...]
    complete: bool


def summarize_message(text: str, files: Sequence[tuple[str, bytes]]) -> tuple[list[StorySummary], list[str]]:
    """Summarize a message's text, as one story, and its files, which may have several.

    At most ten stories are summarized.

    Also return the names of the files that can't be read as text.
    """
    analyses = analyse(text[:_MAX_CHARACTERS], sentences=_SENTENCES, as_one_story=True)
    whole = " ".join(text.split())
    remarks = []
    if (
        any(map(str.isalnum, whole)) and len(whole) <= _REMARK and not any(each.summary for each in analyses)
    ):  # "lol ok" is no story
        remarks.append(StorySummary("", (whole,), complete=True))
    unreadable = []
    for name, data in files:
        try:
            reject_unsupported(data)
            content = decode(data).text
        except Unreadable:
            unreadable.append(name)
            continue
        analyses += analyse(content[:_MAX_CHARACTERS], sentences=_SENTENCES)
    summaries = [
        StorySummary(
            each.headline,
            tuple(sentence.text for sentence in each.summary),
            len(each.summary) == len(each.sentences),
        )
        for each in analyses
        if each.summary
    ]
    return [*remarks, *summaries][:_MAX_STORIES], unreadable
