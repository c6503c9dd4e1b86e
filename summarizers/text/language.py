"""Language identification by script, function words, letters and what is known beforehand.

Clear texts are identified by votes of function words and letters. A short text without a clear vote is Bayes' case: the
likelihood is py3langid's (character n-grams, naive Bayes), the votes add to it, and a prior says what its feed or page
declares and what its neighbours are. The prior is worth a few n-grams, so that a declared "en" on a Japanese or German
text changes nothing. Figures: docs/quality.md, benchmarks/quality_languages.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeAlias

from summarizers.text import scripts
from summarizers.text.tables import language_words
from summarizers.text.words import stopwords

__all__ = ["LANGUAGES", "NO_PRIOR", "Prior", "clear_language", "identify_language", "language_prior"]

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

_CLEAR_LEAD = 2.0
"""Votes by which the first language must lead to be taken without more: no wrong one of 15,000 slices of 5 to 15 words of
treebanks and WMT in eleven languages has led so far; 57% of them have that lead."""

_VOTE_NATS = 3.0
"""Log likelihood that a vote adds to py3langid's: 2 to 4 are best on these slices and on headlines."""

_DECLARED_NATS = 10.0
"""Log odds of a declared language: of 386 English headlines all are then English instead of 97%; where all slices of
five words in other languages are declared English, 98.2% are still right instead of 98.9%."""

_NEIGHBOUR_NATS = 8.0
"""Log odds of a language that all neighbours have; less where they differ."""

_HAN_NATS = 4.0
"""Log odds against Japanese for a text in ideographs without kana; only a prior can make it Japanese."""

Prior: TypeAlias = Mapping[str, float]
"""Log odds of languages before a text is read; those that it doesn't name have 0."""

NO_PRIOR: Prior = {}

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


def language_prior(declared: str | None = None, neighbours: Iterable[str] = (), *, before: Prior = NO_PRIOR) -> Prior:
    """Return the prior of a text from its declared language and its neighbours' languages.

    `declared` is a tag as feeds and pages write it ("en-GB", "pt_BR"), which counts by its first part. `before` is a
    prior that this adds to.
    """
    prior = dict(before)
    code = (declared or "").strip().replace("_", "-").partition("-")[0].casefold()
    if code in LANGUAGES:
        prior[code] = prior.get(code, 0.0) + _DECLARED_NATS
    counts = Counter(neighbours)
    for language, count in counts.items():
        prior[language] = prior.get(language, 0.0) + _NEIGHBOUR_NATS * count / counts.total()
    return prior


def identify_language(text: str, prior: Prior = NO_PRIOR) -> str:
    """Return the ISO 639-1 code of a text's language: one of `LANGUAGES`, or `th`.

    It is `en` if nothing shows the language. By script first, then by function words and letters that few languages
    share, on the first 700 characters. A short Latin text without a clear vote is given to py3langid, which takes 0.6 s
    to load; what `prior` says counts then, as it does between languages of one script.
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script == "latin":
        return _latin(sample, tuple(sorted(prior.items())) if prior else ())
    if script == "cyrillic":
        return _cyrillic(sample, _lead(prior, "uk", "ru"))
    if script == "han" and _lead(prior, "ja", "zh") > _HAN_NATS:
        return "ja"
    return "zh" if script == "han" else script


def clear_language(text: str) -> str | None:
    """Return the language that a text's words show clearly, or None.

    It loads no model and takes no prior.
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script == "latin":
        return _clear(_scores(sample)[0])
    return None if script in {"cyrillic", "han"} else script


def _script(sample: str) -> str:
    """Return the language of a sample in a script of its own, else `latin`, `cyrillic` or `han`."""
    if sample.isascii():
        return "latin"
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    # An ideograph or a kana says as much as three letters, a Korean syllable as two.
    counts["ko"] *= 2
    ideographic = 3 * (counts["kana"] + counts["han"])
    script, most = max(counts.items(), key=lambda item: item[1])
    if ideographic > most or script in {"kana", "han"}:
        if counts["kana"] * _KANA_WEIGHT > counts["han"]:
            return "ja"
        return "zh" if counts["kana"] else "han"
    return {"arabic": "ar"}.get(script, script) if most else "latin"


def _lead(prior: Prior, language: str, other: str) -> float:
    """Return by how much a prior favours a language over another."""
    return prior.get(language, 0.0) - prior.get(other, 0.0)


def _cyrillic(sample: str, prior: float) -> str:
    """Return Ukrainian or Russian, by letters that the other doesn't have and by function words.

    `prior` is the log odds of Ukrainian.
    """
    low = sample.casefold()
    lead: float = sum(map(low.count, "іїєґ")) - sum(map(low.count, "ыэъё"))
    if not lead:
        words = _LETTERS.findall(low)
        lead = _count_stopwords(words, "uk") - _count_stopwords(words, "ru")
    if not lead:
        likelihood = _likelihoods(sample)
        lead = likelihood["uk"] - likelihood["ru"] + prior
    return "uk" if lead > 0 else "ru"


def _count_stopwords(words: Iterable[str], language: str) -> int:
    """Return how many of the words are function words of a language."""
    stop = stopwords(language)
    return sum(word in stop for word in words)


@lru_cache(maxsize=8)
def _latin(sample: str, prior: tuple[tuple[str, float], ...]) -> str:
    """Return a language in Latin script, by votes of words and letters.

    Cached, since a document and its first story have the same sample.
    """
    title, _, rest = sample.partition("\n")
    if rest and title in rest:  # what is said twice proves no more than once
        sample = rest
    score, has_words = _scores(sample)
    before = dict(prior)
    clear = _clear(score)
    # words that two languages have ("die in") may lead clearly: what is declared then weighs them
    if clear is not None and before.get(clear, 0.0) >= max(before.values(), default=0.0):
        return clear
    if not has_words:
        return max((code for code in before if code in score), key=before.__getitem__, default="en")
    likelihood = _likelihoods(sample)
    return max(
        _LATIN_LANGUAGES,
        key=lambda code: likelihood[code] + _VOTE_NATS * score[code] + before.get(code, 0.0),
    )


def _scores(sample: str) -> tuple[dict[str, float], bool]:
    """Return the votes for each language in Latin script, and whether there are words at all."""
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
    return score, any(len(word) > 2 for word in tokens)


def _clear(score: Mapping[str, float]) -> str | None:
    """Return the language that leads clearly, or None."""
    second, most = sorted(score.values())[-2:]
    return max(score, key=score.__getitem__) if most - second >= _CLEAR_LEAD else None


@lru_cache(maxsize=4096)
def _likelihoods(sample: str) -> Mapping[str, float]:
    """Return py3langid's log likelihoods of Ukrainian, Russian and languages in Latin script."""
    return {code: float(value) for code, value in _identifier().rank(sample)}


@cache
def _identifier() -> Any:
    """Load py3langid's model, limited to the languages that it is asked for."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*_LATIN_LANGUAGES, "uk", "ru"])
    return identifier
