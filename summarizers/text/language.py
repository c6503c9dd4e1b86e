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
_LATIN = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv", "tr")
_SIGNS = {
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
_SIGN = re.compile("[" + "".join(_SIGNS) + "]")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = re.compile(r"[a-z]+")


@cache
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """For each function word of a Latin-script language, which languages use it; a shared word counts less."""
    users: dict[str, list[str]] = {}
    for language in _LATIN:
        # A word that the list has twice votes twice.
        for word in language_words(language, "stop"):
            users.setdefault(word, []).append(language)
    return {word: tuple((language, 1.0 / len(who) ** 1.5) for language in who) for word, who in users.items()}


def identify_language(text: str) -> str:
    """The language of a text as ISO 639-1 code, one of `LANGUAGES` or `th`; `en` where nothing can be told.

    By script first, then by function words and letters that few languages share, on the first 700 characters.
    Only a short Latin text that has neither is given to py3langid, which takes 0.6 s to load.
    """
    sample = text[:700]
    if sample.isascii():
        return _latin(sample)
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    # An ideograph or a kana says as much as two letters.
    east = 2 * (counts["kana"] + counts["han"])
    script, most = max(counts.items(), key=lambda item: item[1])
    if east > most or script in {"kana", "han"}:
        return "ja" if counts["kana"] * 12 > counts["han"] else "zh"
    if not most or script == "latin":
        return _latin(sample)
    if script == "cyrillic":
        return _cyrillic(sample.casefold())
    return {"arabic": "ar"}.get(script, script)


def _cyrillic(sample: str) -> str:
    """Ukrainian or Russian, by the letters that the other doesn't have and by function words."""
    ukrainian = sum(map(sample.count, "іїєґ"))
    russian = sum(map(sample.count, "ыэъё"))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    found = _LETTERS.findall(sample)
    return "uk" if _hits(found, "uk") > _hits(found, "ru") else "ru"


def _hits(found: Iterable[str], language: str) -> int:
    """How many of the words are function words of a language."""
    stop = stopwords(language)
    return sum(word in stop for word in found)


@lru_cache(maxsize=8)
def _latin(sample: str) -> str:
    """A language in Latin script, by votes of words and letters; a document and its first story ask the same."""
    low = sample.casefold() if "İ" not in sample else sample.replace("İ", "i").casefold()
    votes = _votes()
    score = dict.fromkeys(_LATIN, 0.0)
    tokens = Counter((_ASCII_LETTERS if low.isascii() else _LETTERS).findall(low))
    for word, times in tokens.items():
        for language, weight in votes.get(word, ()):
            score[language] += weight * min(times, 5)
    if not sample.isascii():
        for sign, times in Counter(_SIGN.findall(sample.lower())).items():
            for language in _SIGNS[sign]:
                score[language] += 0.7 * min(times, 8) / len(_SIGNS[sign])
    ranked = sorted(score.items(), key=lambda item: -item[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most - second >= 0.3 and most >= 0.3:
        return best
    if not tokens or not any(len(word) > 2 for word in tokens):
        return "en"
    return _trained(sample)


@lru_cache(maxsize=4096)
def _trained(sample: str) -> str:
    """What py3langid takes a text for, among the languages in Latin script."""
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_LATIN))
    return identifier
