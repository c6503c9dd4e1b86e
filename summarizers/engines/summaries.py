"""What is a story in a few of its own sentences?"""

from __future__ import annotations

from collections.abc import Sequence

from summarizers.engines.protocol import Focus
from summarizers.engines.registry import engine_named
from summarizers.model import SummarySentence
from summarizers.text import identify, is_fragment, sentence_spans

__all__ = ["summarise", "summarise_sentences"]


def summarise(
    text: str,
    *,
    engine: str = "newsrank",
    sentences: int = 3,
    language: str | None = None,
    focus: Focus = None,
) -> list[SummarySentence]:
    """Choose a story's summary; positions count in `summarizers.text.sentences(text)`."""
    language = language or identify(text)
    spans = sentence_spans(text, language)
    body = [text[start:end] for start, end in spans]
    return summarise_sentences(body, engine=engine, count=sentences, language=language, focus=focus)


def summarise_sentences(
    sentences: Sequence[str],
    *,
    engine: str = "newsrank",
    count: int = 3,
    language: str = "en",
    truncated: bool = False,
    focus: Focus = None,
) -> list[SummarySentence]:
    """Choose from sentences that are split already; positions count in `sentences`."""
    able = []
    seen: set[str] = set()
    last = len(sentences) - 1
    for position, sentence in enumerate(sentences):
        key = " ".join(sentence.split()).casefold()
        if not key or key in seen or (position == last and truncated):
            continue
        if is_fragment(sentence):
            continue
        seen.add(key)
        able.append(position)
    chosen = engine_named(engine).select([sentences[at] for at in able], count, language=language, focus=focus)
    return [SummarySentence(able[at], sentences[able[at]]) for at in chosen]
