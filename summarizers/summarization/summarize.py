"""Summaries of one story: its own sentences, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizers.summarization.compression import compress_sentence
from summarizers.summarization.engine import Focus
from summarizers.summarization.registry import get_engine
from summarizers.text.cues import ends_like_sentence
from summarizers.text.scripts import HANGUL, IDEOGRAPHIC
from summarizers.text.sentences import is_fragment
from summarizers.types import SummarySentence

__all__ = ["eligible_positions", "summarise_sentences"]

# These decide for most sentences, so that few need the slower test for fragments.
_LETTER = re.compile(r"[^\W_]")
_WIDE = re.compile(f"[{IDEOGRAPHIC}{HANGUL}]")

_QUESTION_MARKS = ("?", "？", "؟")
_OPENING = "\"'“‘„«»「『(（"
_CLOSING = "\"'”’“»«」』)）"

_LONGEST_SENTENCE = 600
"""Characters of the longest sentence that an entry should have: three times a long one of a newspaper. Of the 9,742
sentences of the development rows one is longer: captions and a paragraph run into one."""

_WIDE_CHARACTER = 2
"""Characters that an ideograph or a syllable of Hangul counts for."""

_PLAIN_STOP = re.compile(r"[^\W_]{3}[.!?。！？][\"”’]?$")


def summarise_sentences(
    sentences: Sequence[str],
    *,
    engine: str = "newsrank",
    count: int | None = 3,
    language: str = "en",
    truncated: bool = False,
    focus: Focus = None,
    characters: int | None = None,
    compress: bool = False,
) -> list[SummarySentence]:
    """Choose the sentences that together say most of a story, in the story's order.

    `position` counts in `sentences`. `sentences` is the story's body. A sentence that the text breaks off is never
    chosen, nor the same words twice. `truncated` says that the body breaks off, so that its last sentence counts only
    if it ends like one. At most `count` (None: as many as `characters` allow) of at most `characters` in all, a space
    between two counted; if not even one fits, the answer is []. A body without a whole sentence gives [].

    `language` is an ISO 639-1 code; `focus` is what the reader asked about: a query in words, a country's code or a
    topic's slug, or a list of these. `compress` takes parentheses and attributions off, so that sentences are no
    longer verbatim; the budget is for what is left. Raises UnknownEngine, and EngineUnavailable when the engine's
    package is missing.
    """
    chosen_engine = get_engine(engine)
    eligible = eligible_positions(sentences, language, truncated=truncated)
    texts = {at: compress_sentence(sentences[at]) if compress else sentences[at] for at in eligible}
    if characters is not None:
        eligible = [at for at in eligible if len(texts[at]) <= characters]
    limit = len(eligible) if count is None else min(count, len(eligible))
    if characters is not None and eligible:
        limit = min(limit, _most_that_fit((len(texts[at]) for at in eligible), characters))
    if limit <= 0:
        return []
    offered = [sentences[at] for at in eligible]

    def select(number: int) -> list[int]:
        return [eligible[at] for at in chosen_engine.select(offered, number, language=language, focus=focus)]

    selected = select(limit)
    if characters is not None and _total_length(texts, selected) > characters:
        low, high, selected = 1, limit - 1, select(1)
        while low < high:  # bisect for the longest selection that fits
            middle = (low + high + 1) // 2
            trial = select(middle)
            if _total_length(texts, trial) <= characters:
                low, selected = middle, trial
            else:
                high = middle - 1
    return [SummarySentence(position, texts[position]) for position in selected]


def eligible_positions(sentences: Sequence[str], language: str, *, truncated: bool = False) -> list[int]:
    """Return the positions that a summary may use: whole sentences, each wording once.

    A question, or a run-on sentence such as a table or a transcript without full stops, may be used only if there is
    nothing else.
    If no line ends like a sentence (a list, a table, lyrics, a script without full stops), all lines but the last may
    be used; if there is only one, none.
    """
    seen: set[str] = set()
    distinct: list[int] = []
    for position, sentence in enumerate(sentences):
        # most sentences have single blanks inside, none around, and begin with a letter
        plain = sentence.isprintable() and "  " not in sentence and sentence[:1] != " " != sentence[-1:]
        key = (sentence if plain else " ".join(sentence.split())).casefold()
        if key and key not in seen and (sentence[0].isalnum() or _LETTER.search(sentence)):
            seen.add(key)
            distinct.append(position)
    last = len(sentences) - 1
    whole = [
        position
        for position in distinct
        # inside a text a plain full stop is proof enough; the last sentence always gets the full test
        if (position != last and _has_plain_stop(sentences[position]))
        or not (
            is_fragment(sentences[position], language)
            or (truncated and position == last and not ends_like_sentence(sentences[position]))
        )
    ]
    usable = whole or [position for position in distinct if position != last]
    statements = [position for position in usable if not _is_question(sentences[position], language)] or usable
    if max([len(sentences[position]) for position in statements], default=0) <= _LONGEST_SENTENCE // _WIDE_CHARACTER:
        return statements
    return [position for position in statements if not _is_run_on(sentences[position])] or statements


def _is_question(sentence: str, language: str) -> bool:
    """Return whether a sentence asks, as an interviewer does, and doesn't report a question."""
    tail = sentence[-3:].rstrip()
    bare = tail.rstrip(_CLOSING)
    if bare != tail and sentence[0] not in _OPENING:
        return False
    return bare.endswith(_QUESTION_MARKS) or (language == "el" and bare.endswith(";"))


def _is_run_on(sentence: str) -> bool:
    if len(sentence) <= _LONGEST_SENTENCE // _WIDE_CHARACTER:
        return False
    wide = len(_WIDE.findall(sentence))
    return len(sentence) + (_WIDE_CHARACTER - 1) * wide > _LONGEST_SENTENCE


def _has_plain_stop(sentence: str) -> bool:
    """Return whether a stop follows a word of three letters or more.

    The usual case is decided without the pattern.
    """
    tail = sentence[-4:]
    if tail[-1:] == "." and len(tail) == 4 and tail[:3].isalnum():
        return True
    return _PLAIN_STOP.search(sentence[-5:]) is not None


def _most_that_fit(lengths: Iterable[int], characters: int) -> int:
    """Return the number of sentences that fit if the shortest are taken.

    A space between two is counted.
    """
    room, count = characters + 1, 0
    for length in sorted(lengths):
        room -= length + 1
        if room < 0:
            break
        count += 1
    return count


def _total_length(texts: dict[int, str], positions: Sequence[int]) -> int:
    return sum(len(texts[position]) + 1 for position in positions) - 1
