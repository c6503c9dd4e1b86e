"""Decks: the clause under a headline that sums the story up.

In plain text a deck is often glued to the body.
"""

from __future__ import annotations

import re
from functools import cache

from summarizers.text.dates import any_of, date_forms
from summarizers.text.scripts import LATIN_CAPITALS
from summarizers.text.sentences import sentence_ending
from summarizers.text.speech import speech_group

__all__ = ["find_deck_end"]

_SEAM = re.compile(rf"(?<=[\w’”%)\]])\s+(?=[“‘\"]?[{LATIN_CAPITALS}])")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?][”’\"']?\s|[a-z)]\.\s(?=[A-Z“])")
_OPENING_WORD = re.compile(
    r"[“‘\"]?(?:The|A|An|In|On|At|It|He|She|They|We|There|This|These|Those|After|As|When|While|Following|Despite|Two|Three|Four|"
    r"Five|Six|More|Some|Many|Several|Dozens|Hundreds|Thousands|Nearly|Police|Officials|Scientists|Researchers|Residents|"
    r"Workers|Farmers|Former|Senior|President|Prime)\b"
)
_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|said|says|say|did|does|do|told|made|took|won|lost|led|"
    r"came|went|began|left|met|saw|set|put|hit|fell|rose|held|kept|gave|found|plans?|aims?|seeks?|calls?|\w{3,}ed)\b"
)
_CAPITALISED = re.compile(rf"[{LATIN_CAPITALS}][\w’'-]*")
_ENDS_IN_NAME = re.compile(rf"[{LATIN_CAPITALS}][\w.’'-]*\Z")

_SHORTEST_DECK, _LONGEST_DECK = 20, 260
"""Characters of a deck."""

_THRESHOLD = 3.0
"""Points from which a seam is taken. These points and those of `_rate` are by judgement."""

_SHORTEST_SENTENCE = 40
"""Characters that the body's first sentence has at least."""


@cache
def _time_word() -> re.Pattern[str]:
    """A day or month, which a capital doesn't make the beginning of a sentence."""
    days, months = any_of(date_forms("en", "day_in_phrase")), any_of(date_forms("en", "month_in_phrase"))
    return re.compile(rf"{days}\b|{months}\b\.?")


@cache
def _attribution() -> re.Pattern[str]:
    """Attribution at the end of a deck."""
    return re.compile(rf",\s(?:the\s)?[^,;]{{2,45}}\s{speech_group('en', 'deck_end')}\Z")


@cache
def _open_speech() -> re.Pattern[str]:
    """A word at the end that wants a continuation."""
    return re.compile(rf"\b{speech_group('en', 'deck_inside')}\Z", re.IGNORECASE)


def find_deck_end(text: str, start: int) -> int | None:
    """Return where the body begins behind a deck that was glued to it.

    None if `text[start:]` is all body.

    A deck is a clause without a full stop that the body's first sentence follows, so the seam is a capital within what
    reads as one sentence. Each such place gets points for what could end a clause before it and what could open a
    report behind it; the best is taken when it has more than a threshold.
    """
    stop = _SENTENCE_END.search(text, start)
    end = stop.end() if stop else len(text)
    best, where = _THRESHOLD, None
    for match in _SEAM.finditer(text, start + _SHORTEST_DECK, min(end, start + _LONGEST_DECK)):
        points = _rate(text[start : match.start()], text[match.end() : end], text[match.end() : match.end() + 400])
        if points > best:
            best, where = points, match.end()
    return where


def _rate(deck: str, sentence: str, behind: str) -> float:
    """Return how much a place looks like the seam of a deck and a body, in points."""
    if _time_word().match(sentence) or len(sentence) < _SHORTEST_SENTENCE:
        return -9.0
    opens = _OPENING_WORD.match(sentence) is not None
    points = 4.0 if opens else 0.0
    if sentence_ending(deck, "en") == "cut":
        # a clause may end in "it" or "up"; a name may stand behind any other of these words
        points -= 2.5 if opens else 6.0
    if not opens:
        if _ENDS_IN_NAME.search(deck):
            points -= 5.0
        if len(_CAPITALISED.findall(sentence[:60])) >= 2:
            points += 1.0
    if _attribution().search(deck):
        points += 3.0
    elif _open_speech().search(deck):
        points -= 4.0
    points += 1.0 if _FINITE_VERB.search(deck) else -4.0
    points += 1.0 if _FINITE_VERB.search(sentence, 0, 160) else -3.0
    points += 1.0 if 50 <= len(deck) <= 200 else 0.0
    # A deck sums up what the body says again.
    names = {word for word in _CAPITALISED.findall(deck) if len(word) > 2}
    return points + min(2.0, 0.7 * sum(word in behind for word in names))
