"""What is a story in a few of its own sentences?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizers.summarization.compression import compress_sentence
from summarizers.summarization.engine import Engine, Focus
from summarizers.summarization.registry import engine_named
from summarizers.text.cues import ends_like_sentence
from summarizers.text.language import identify_language
from summarizers.text.sentences import is_fragment
from summarizers.text.sentences import sentences as split_sentences
from summarizers.types import SummarySentence

__all__ = ["eligible", "summarise", "summarise_sentences"]


def summarise(
    text: str,
    *,
    engine: str = "newsrank",
    sentences: int | None = 3,
    language: str | None = None,
    focus: Focus = None,
    characters: int | None = None,
    compress: bool = False,
) -> list[SummarySentence]:
    """Choose the sentences that together say most of a story, in the story's order, verbatim.

    `text` is a story's body; kicker, deck and dateline are taken off first where they are still there.
    `.position` counts among `summarizers.text.sentences.sentences(text)`, and `.text` is that sentence (without a kicker
    that was glued to its front). A sentence that the text breaks off is never chosen, nor the same words twice.
    At most `sentences` (None: as many as `characters` allow) of at most `characters` in all, a space between two
    counted; where not even one fits, the answer is []. Text without a whole sentence gives [].

    `language` is an ISO 639-1 code, found out when it is None; `focus` is what the reader asked about: a query
    in words, a country's code or a topic's slug, or a list of these. `compress` takes parentheses and
    attributions off, so that sentences are no longer verbatim; the budget is for what is left.
    Raises UnknownEngine, and EngineUnavailable when the engine's package is missing.
    """
    chooser = engine_named(engine)
    if not text.strip():
        return []
    language = language or identify_language(text)
    whole = split_sentences(text, language)
    bare, at = _without_furniture(text, whole, language)
    chosen = _choose(
        bare, chooser, count=sentences, language=language, focus=focus, characters=characters, compress=compress
    )
    return [SummarySentence(at[found.position], found.text) for found in chosen]


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
    """`summarise` for a body that is split already; positions count in `sentences`.

    `truncated` says that the body breaks off, so that its last sentence is no sentence unless it ends like one.
    """
    return _choose(
        sentences,
        engine_named(engine),
        count=count,
        language=language,
        focus=focus,
        characters=characters,
        compress=compress,
        truncated=truncated,
    )


def eligible(sentences: Sequence[str], language: str, *, truncated: bool = False) -> list[int]:
    """The positions that a summary may use: whole sentences, each wording once.

    Where no line ends like a sentence (a list, a table, lyrics, a script without full stops), all lines but the
    last may be used; where there is only one, none.
    """
    seen: set[str] = set()
    once: list[int] = []
    for position, sentence in enumerate(sentences):
        # most sentences have single blanks inside and none around, and a letter at once
        plain = sentence.isprintable() and "  " not in sentence and sentence[:1] != " " != sentence[-1:]
        key = (sentence if plain else " ".join(sentence.split())).casefold()
        if key and key not in seen and (sentence[0].isalnum() or _SAYS.search(sentence)):
            seen.add(key)
            once.append(position)
    last = len(sentences) - 1
    whole = [
        position
        for position in once
        # inside a text, a plain full stop is proof enough; the end is looked at closely
        if (position != last and _stops_plainly(sentences[position]))
        or not (
            is_fragment(sentences[position], language)
            or (truncated and position == last and not ends_like_sentence(sentences[position]))
        )
    ]
    return whole or [position for position in once if position != last]


_SAYS = re.compile(r"[^\W_]")
_PLAIN_STOP = re.compile(r"[^\W_]{3}[.!?。！？][\"”’]?$")


def _stops_plainly(sentence: str) -> bool:
    """Whether a stop stands behind a word of three letters or more; the usual end is told without the pattern."""
    tail = sentence[-4:]
    if tail[-1:] == "." and len(tail) == 4 and tail[:3].isalnum():
        return True
    return _PLAIN_STOP.search(sentence[-5:]) is not None


def _choose(
    sentences: Sequence[str],
    chooser: Engine,
    *,
    count: int | None,
    language: str,
    focus: Focus,
    characters: int | None,
    compress: bool,
    truncated: bool = False,
) -> list[SummarySentence]:
    able = eligible(sentences, language, truncated=truncated)
    shown = {at: compress_sentence(sentences[at]) if compress else sentences[at] for at in able}
    if characters is not None:
        able = [at for at in able if len(shown[at]) <= characters]
    wanted = len(able) if count is None else min(count, len(able))
    if characters is not None and able:
        # no more than fit when the shortest are taken
        room, fit = characters + 1, 0
        for length in sorted(len(shown[at]) + 1 for at in able):
            room -= length
            if room < 0:
                break
            fit += 1
        wanted = min(wanted, fit)
    if wanted <= 0:
        return []
    offered = [sentences[at] for at in able]

    def chosen(number: int) -> list[int]:
        return [able[at] for at in chooser.select(offered, number, language=language, focus=focus)]

    picked = chosen(wanted)
    if characters is not None and _length(shown, picked) > characters:
        low, high, picked = 1, wanted - 1, chosen(1)
        while low < high:  # the longest choice that fits
            middle = (low + high + 1) // 2
            trial = chosen(middle)
            if _length(shown, trial) <= characters:
                low, picked = middle, trial
            else:
                high = middle - 1
    return [SummarySentence(at, shown[at]) for at in picked]


def _length(shown: dict[int, str], picked: Sequence[int]) -> int:
    return sum(len(shown[at]) + 1 for at in picked) - 1


def _without_furniture(text: str, whole: list[str], language: str) -> tuple[list[str], list[int]]:
    """The body's sentences and, for each, its position among `whole`, the sentences of the text as it came."""
    from summarizers.segmentation.split import single_story

    body = single_story(text, language).body
    if not body or body == text.strip() or body.split() == text.split():
        return whole, list(range(len(whole)))
    bare: list[str] = []
    positions: list[int] = []
    at = 0
    for sentence in split_sentences(body, language):
        found = next((here for here in range(at, min(at + 50, len(whole))) if sentence in whole[here]), None)
        if found is not None:
            bare.append(sentence)
            positions.append(found)
            at = found
    return (bare, positions) if bare else (whole, list(range(len(whole))))
