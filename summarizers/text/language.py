"""Language identification by script, function words and letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from summarizers.text import scripts
from summarizers.text.tables import language_words
from summarizers.text.words import stopwords

__all__ = ["LANGUAGES", "identify_language"]

LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv"),
    *("uk", "ru", "tr", "ar", "he", "hi", "el", "zh", "ja", "ko"),
)
"""ISO 639-1 codes of the languages that are identified and have rules for sentences."""

_SCRIPTS = tuple(
    (name, re.compile(f"[{span}]"))
    for name, span in (
        ("latin", scripts.LATIN),
        ("cyrillic", scripts.CYRILLIC),
        ("kana", scripts.KANA),
        ("han", scripts.HAN),
        ("ko", scripts.HANGUL),
        ("arabic", scripts.ARABIC_LETTERS),
        ("he", scripts.HEBREW_LETTERS),
        ("hi", scripts.DEVANAGARI_LETTERS),
        ("el", scripts.GREEK),
        ("th", scripts.THAI_LETTERS),
    )
)
_LATIN_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv", "tr")
_DISTINCTIVE = {
    **dict.fromkeys("ß", ("de",)),
    **dict.fromkeys("ä", ("de", "sv")),
    **dict.fromkeys("ö", ("de", "sv", "tr")),
    **dict.fromkeys("ü", ("de", "tr")),
    **dict.fromkeys("å", ("sv",)),
    **dict.fromkeys("ñ¿¡", ("es",)),
    **dict.fromkeys("ãõ", ("pt",)),
    **dict.fromkeys("ç", ("pt", "fr", "tr")),
    **dict.fromkeys("êâ", ("fr", "pt")),
    **dict.fromkeys("ùœîûë", ("fr",)),
    **dict.fromkeys("è", ("fr", "it")),
    **dict.fromkeys("ìò", ("it",)),
    **dict.fromkeys("łąęśćńźż", ("pl",)),
    **dict.fromkeys("řěůčšžďťň", ("cs",)),
    **dict.fromkeys("ýí", ("cs",)),
    **dict.fromkeys("ğış", ("tr",)),
}
"""Letters and marks of Latin script that few languages use, with these languages."""

_DISTINCTIVE_LETTER = re.compile("[" + "".join(_DISTINCTIVE) + "]")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = re.compile(r"[a-z]+")

_SAMPLE = 700
"""Characters that are read."""

# By judgement.
_SHARED_WORD_POWER = 1.5
"""A function word that n languages use votes for each with 1 over n to this power."""

_MOST_WORD_VOTES, _MOST_LETTER_VOTES = 5, 8
"""Occurrences of one word, and of one letter, that vote."""

_LETTER_VOTE = 0.7
"""Vote of a distinctive letter, shared by its languages, where a function word of one language has 1."""

_LEAST_LEAD = 0.3
"""Votes by which the first language must lead, and which it must have."""

_KANA_WEIGHT = 12
"""Ideographs for one kana above which a text is Chinese: Chinese texts quote a Japanese name."""


@cache
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each function word in Latin script its vote for each language that uses it."""
    users: dict[str, list[str]] = {}
    for language in _LATIN_LANGUAGES:
        # A word that the list has twice votes twice.
        for word in language_words(language, "stop"):
            users.setdefault(word, []).append(language)
    return {
        word: tuple((language, 1.0 / len(who) ** _SHARED_WORD_POWER) for language in who) for word, who in users.items()
    }


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language: one of `LANGUAGES`, or `th`.

    It is `en` if nothing shows the language.

    By script first, then by function words and letters that few languages share, on the first 700 characters. Only a
    short Latin text that has neither is given to py3langid, which takes 0.6 s to load.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _latin(sample)
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    # An ideograph or a kana says as much as two letters.
    ideographic = 2 * (counts["kana"] + counts["han"])
    script, most = max(counts.items(), key=lambda item: item[1])
    if ideographic > most or script in {"kana", "han"}:
        return "ja" if counts["kana"] * _KANA_WEIGHT > counts["han"] else "zh"
    if not most or script == "latin":
        return _latin(sample)
    if script == "cyrillic":
        return _cyrillic(sample.casefold())
    return {"arabic": "ar"}.get(script, script)


def _cyrillic(sample: str) -> str:
    """Return Ukrainian or Russian, by letters that the other doesn't have and by function words."""
    ukrainian = sum(map(sample.count, "іїєґ"))
    russian = sum(map(sample.count, "ыэъё"))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    words = _LETTERS.findall(sample)
    return "uk" if _count_stopwords(words, "uk") > _count_stopwords(words, "ru") else "ru"


def _count_stopwords(words: Iterable[str], language: str) -> int:
    """Return how many of the words are function words of a language."""
    stop = stopwords(language)
    return sum(word in stop for word in words)


@lru_cache(maxsize=8)
def _latin(sample: str) -> str:
    """Return a language in Latin script, by votes of words and letters.

    Cached, since a document and its first story have the same sample.
    """
    low = sample.casefold() if "İ" not in sample else sample.replace("İ", "i").casefold()
    votes = _votes()
    score = dict.fromkeys(_LATIN_LANGUAGES, 0.0)
    tokens = Counter((_ASCII_LETTERS if low.isascii() else _LETTERS).findall(low))
    for word, times in tokens.items():
        for language, weight in votes.get(word, ()):
            score[language] += weight * min(times, _MOST_WORD_VOTES)
    if not sample.isascii():
        for letter, times in Counter(_DISTINCTIVE_LETTER.findall(sample.lower())).items():
            for language in _DISTINCTIVE[letter]:
                score[language] += _LETTER_VOTE * min(times, _MOST_LETTER_VOTES) / len(_DISTINCTIVE[letter])
    ranked = sorted(score.items(), key=lambda item: -item[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most - second >= _LEAST_LEAD and most >= _LEAST_LEAD:
        return best
    if not tokens or not any(len(word) > 2 for word in tokens):
        return "en"
    return _classify(sample)


@lru_cache(maxsize=4096)
def _classify(sample: str) -> str:
    """Return the language of a Latin text by py3langid's trained model."""
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:
    """Load py3langid's model, limited to languages in Latin script."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_LATIN_LANGUAGES))
    return identifier
