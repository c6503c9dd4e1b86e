"""Mentions of countries: the words of a text that are evidence for one.

`find_mentions` looks up names of countries, their people, cities, leaders, bodies and money in one pass
(gazetteer.py), and drops what only looks like one: the South China Sea, Michael Jordan, a roast turkey, Paris in
Texas.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter, itemgetter

from summarizers.labels.gazetteer import (
    CURRENCY_SIGNS,
    FAINT_STRENGTH,
    TOWN_STRENGTH,
    GazetteerEntry,
    ambiguous_names,
    automaton,
    fold_accents,
    gazetteer_table,
    namesake_cues,
    word_rules,
)
from summarizers.labels.text_regions import TextRegions
from summarizers.text.scripts import (
    GREEK_CAPITALS,
    GREEK_SMALL,
    HANGUL,
    KATAKANA,
    LATIN_CAPITALS,
    LATIN_SMALL,
    UKRAINIAN_CAPITALS,
    UKRAINIAN_SMALL,
    holds_ideographs,
)

__all__ = ["CountryMention", "find_mentions"]

_CURRENCY_STRENGTH = 0.3
"""Strength of a country's adjective before a currency: "Australian dollars" are traded anywhere."""

_STATE_STRENGTH = 0.9
"""Strength of a state's name behind a town, as that of a city."""

_EXCHANGE_STRENGTH = 0.5
"""Strength of a share's exchange: companies are listed abroad as well."""

_DATELINE_TOWN_STRENGTH = 0.5
"""Strength of a town that only datelines name, as that of a GeoNames city."""

_ABBREVIATION_LETTERS = 4
"""Letters of an abbreviation such as UAE that is looked for in a text without capitals, too; longer ones are
words."""

_PREVIOUS_WORD_CHARACTERS = 16
"""Characters in which the word before a place is looked for: longer than the longest title."""

_HEADLINE_CHARACTERS = 60
"""Characters behind a name in which a headline's further capitals are looked for."""

_DATELINE_MARGIN = 3
"""Characters behind a dateline's place that still belong to it, such as ", N."."""

_TOWN_WORDS = 3
"""Words of the longest town that is looked up."""

_NO_ENTRY = GazetteerEntry((), "city", _STATE_STRENGTH, (), None, 0, False, "", False)
"""Entry of a mention that was found by a pattern."""

_CAPITAL = re.compile(f"[{LATIN_CAPITALS}{UKRAINIAN_CAPITALS}{GREEK_CAPITALS}]")
_SMALL = re.compile(f"[{LATIN_SMALL}{UKRAINIAN_SMALL}{GREEK_SMALL}]")
_NEXT_WORD = re.compile(r"[ ]([^\W\d_]+)")
_PERSON_CONTEXT = re.compile(r",? (?:\d{1,3},|who |scored|tweeted|pleaded)")
_WEB_ADDRESS = re.compile(r"\.(?:com|org|net|gov|co|io)\b|@")
_TITLE_WORD = rf"[{LATIN_CAPITALS}][\w'’-]+"
_HANGUL = re.compile(f"[{HANGUL}]")
_NAME_DOT = re.compile("[・·•＝]")
_KATAKANA_NAME = re.compile(f"[{KATAKANA}]")
_JOINED_NAME = re.compile(f"[{KATAKANA}＝]+(?:さん|氏|容疑者|被告|選手|監督|大統領|首相|議員|教授|博士|記者)")

_BEFORE_PRONOUN = frozenset(
    [
        *("LET", "JOIN", "TELL", "GIVE", "HELP", "ALL", "BOTH", "MAKES", "MAKE", "TRUST", "CALL", "FOLLOW"),
        *("CONTACT", "SHOW", "BRING", "TEACH", "TAKE", "SAVE", "KILL", "AMONG"),
    ]
)
"""Words in capitals before the pronoun US."""

_LOCATIVE_WORDS = frozenset(
    [
        *("in", "at", "from", "to", "near", "outside", "of", "for", "through", "via", "around", "leave", "left"),
        *("visit", "visited"),
    ]
)
"""Words before a capital that is a place; behind others it acts, as in "Tokyo said", and stands for its country."""

_STATE = re.compile(r", ([A-Z][A-Za-z]*(?:\.[ ]?[A-Z])*(?: [A-Z][a-z]+)?)(\.?)")
_EXCHANGE = re.compile(r"\.([A-Z]{1,3})[>)]")
_LOCATION = re.compile(
    r"\b(?:in|at|near|from|outside|around|of) "
    r"((?:[a-z]{1,2} ){0,2}[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|[a-z]{1,2}))*)"
)

_start = attrgetter("start")


@dataclass(slots=True)
class CountryMention:
    """Evidence for a country at characters `start` to `end`, excluded.

    `named` is the country's own name. While mentions are judged, an empty `code` marks one that is dropped.
    """

    start: int
    end: int
    code: str
    kind: str
    strength: float
    named: bool
    entry: GazetteerEntry


def find_mentions(text: str, folded: str, regions: TextRegions, language: str) -> list[CountryMention]:
    """Find all mentions of countries, in order; disjoint but for words that stand for two.

    `folded` is `fold_accents(text)`. A city whose name is a word as well, Parma or Rio, and in other languages than
    English a body that each country has, such as 国会, count in a text that names nothing else.
    """
    caseless = not _has_capitals(text)
    mentions, people = _find_entries(text, folded, language, caseless=caseless)
    _drop_non_places(text, folded, mentions, people, caseless=caseless)
    mentions = [mention for mention in mentions if mention.code]
    _add_states(text, mentions)
    _add_exchanges(text, mentions)
    mentions.sort(key=_start)
    _resolve_ambiguous(folded, mentions, caseless=caseless)
    mentions = [mention for mention in mentions if mention.code]
    if regions.dateline is not None:
        _mark_dateline(folded, mentions, regions.dateline)
    if not any(mention.strength > FAINT_STRENGTH for mention in mentions):
        for mention in mentions:
            if mention.kind == "city" or language != "en":
                mention.strength = max(mention.strength, TOWN_STRENGTH)
        if language == "en":
            _add_towns(text, mentions)
    return mentions


def _has_capitals(text: str) -> bool:
    """Return whether a text uses capitals; one without letters that have any does as well."""
    return _CAPITAL.search(text) is not None or _SMALL.search(text) is None


def _find_entries(text: str, folded: str, language: str, *, caseless: bool) -> tuple[list[CountryMention], set[str]]:
    """Find the longest entry at each place, and the names of people who share a country's name.

    Traps hide what they cover and are dropped.
    """
    matches: list[tuple[int, int, int, GazetteerEntry]] = []
    size = len(folded)
    rules = word_rules(language)
    spaced = rules is not None and not rules.script and not rules.prefixes
    # A line break before the text opens its first word.
    for end, (length, entries) in automaton(language).iter("\n" + folded):
        start = end - length
        if rules is None and (
            # A number may follow US$.
            (end < size and folded[end].isalnum() and folded[end - 1] not in CURRENCY_SIGNS)
            or (start and folded[start - 1].isalnum())
        ):
            continue
        if spaced and start and folded[start - 1].isalnum():
            continue
        match_end = end
        for entry in entries:
            if rules is not None:
                word_end = rules.word_end(folded, start, match_end, entry)
                if word_end is None:
                    continue
                end = word_end
            if caseless:
                if entry.exact is None or length > _ABBREVIATION_LETTERS:
                    matches.append((start, -end, -length, entry))
                    break
            elif entry.exact is not None:
                if text.startswith(entry.exact, start):
                    matches.append((start, -end, -length, entry))
                    break
            elif all([text[start + at].isupper() for at in entry.capitals]):  # noqa: C419 - a list is faster
                if entry.plain and not text[start:end].isascii():
                    continue
                matches.append((start, -end, -length, entry))
                break
    matches.sort(key=itemgetter(0, 1, 2))
    mentions: list[CountryMention] = []
    people: set[str] = set()
    covered = 0
    for start, minus_end, _minus_length, entry in matches:
        if start < covered:
            continue
        covered = -minus_end
        codes = entry.codes
        if codes:
            mentions.append(CountryMention(start, covered, codes[0], entry.kind, entry.strength, entry.national, entry))
            if entry.joint:
                mentions.extend(replace(mentions[-1], code=code) for code in codes[1:])
        elif entry.kind == "people":
            people.update(entry.word.split())
    return mentions, people


def _drop_non_places(
    text: str, folded: str, mentions: list[CountryMention], people: set[str], *, caseless: bool
) -> None:
    """Drop persons, pronouns and web addresses.

    Weaken adjectives of money and places that don't act. `people` are names known to be persons'; more are added.
    """
    titles, _first_names, _place_words = _person_words()
    money = _money()
    for index, mention in enumerate(mentions):
        entry, start, end = mention.entry, mention.start, mention.end
        previous = _previous_word(text, start)
        if (previous in titles and " " not in entry.word) or _media_name().match(text, end):
            mention.code = ""
        elif (entry.person and not caseless and _is_person(text, mentions, index, previous)) or (
            entry.kind == "city" and _is_joined_person(text, start, end) and not _is_beside(mentions, index)
        ):
            people.add(entry.word)
            mention.code = ""
        elif entry.exact == "US" and previous in _BEFORE_PRONOUN:
            mention.code = ""
        elif entry.capital:
            mention.named = previous.lower() not in _LOCATIVE_WORDS
        elif entry.national and entry.kind in {"name", "demonym"}:
            if money.match(folded, end):
                mention.kind, mention.strength, mention.named = "currency", _CURRENCY_STRENGTH, False
            elif _WEB_ADDRESS.match(text, end) or text[start - 1 : start] == "@":
                mention.code = ""
    if people:
        # After "Michael Jordan" a bare "Jordan" is he, unless Amman or Jordanians are mentioned.
        others = {
            mention.code
            for mention in mentions
            if mention.strength > FAINT_STRENGTH and mention.entry.word not in people
        }
        for mention in mentions:
            if mention.entry.word in people and mention.code not in others:
                mention.code = ""


def _is_person(text: str, mentions: list[CountryMention], index: int, previous: str) -> bool:
    """Return whether a place's name is a person's, by a first name or surname beside it."""
    mention = mentions[index]
    _titles, first_names, place_words = _person_words()
    if previous in first_names:
        return True
    if mention.entry.person < 2 or text[mention.start : mention.end].isupper():
        return False
    if _PERSON_CONTEXT.match(text, mention.end):
        return True
    following = _NEXT_WORD.match(text, mention.end)
    return (
        following is not None
        and following[1].istitle()
        and following[1] not in place_words
        and not (index + 1 < len(mentions) and mentions[index + 1].start == mention.end + 1)
        and not _is_title_case(text, following.end())
    )


def _previous_word(text: str, start: int) -> str:
    """The word before a place with one blank between, with its full stop."""
    if text[start - 1 : start] != " ":
        return ""
    before = text[max(0, start - _PREVIOUS_WORD_CHARACTERS) : start - 1]
    return before[max(before.rfind(" "), before.rfind("\n")) + 1 :].lstrip("\"'“‘(")


def _is_title_case(text: str, end: int) -> bool:
    """Return whether the words that follow have capitals as well, as in a headline."""
    line = text[end : end + _HEADLINE_CHARACTERS].partition("\n")[0]
    words = re.findall(r"[^\W\d_]{4,}", line)[:3]
    return len(words) > 1 and all(word[0].isupper() for word in words)


@cache
def _person_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Titles and first names before a person's name, and words behind a name that show a place."""
    person = gazetteer_table()["person"]
    return frozenset(person["titles"]), frozenset(person["first"]), frozenset(person["places"])


@cache
def _media_name() -> re.Pattern[str]:
    """Pattern of what follows a place in a newspaper's or broadcaster's name.

    Lebanon Daily News and 中国新聞 are no evidence whether or not they are listed.
    """
    media = gazetteer_table()["media"]
    titles = "|".join(media["titles"])
    joined = "|".join(
        word if holds_ideographs(word) or _HANGUL.match(word) else rf"{word}\b" for word in media["joined"]
    )
    return re.compile(rf"(?: {_TITLE_WORD}){{0,2}} (?:{titles})\b|[ ・-]?(?i:{joined})")


def _is_beside(mentions: list[CountryMention], index: int) -> bool:
    """Return whether one character parts a mention from another one: ニューヨーク・マンハッタン."""
    start, end = mentions[index].start, mentions[index].end
    return (index > 0 and mentions[index - 1].end == start - 1) or (
        index + 1 < len(mentions) and mentions[index + 1].start == end + 1
    )


def _is_joined_person(text: str, start: int, end: int) -> bool:
    """Return whether a name is joined by dots to a person's others: アデン in アデン・アブディさん.

    A surname stands behind a dot; a first name before one, and the whole before a title.
    """
    if _NAME_DOT.match(text, start - 1) is not None:
        return _KATAKANA_NAME.match(text, start) is None or _KATAKANA_NAME.match(text, start - 2) is not None
    if _NAME_DOT.match(text, end) is None:
        return False
    return _JOINED_NAME.match(text, start) is not None


@cache
def _money() -> re.Pattern[str]:
    return re.compile(r"[ -](?:" + "|".join(gazetteer_table()["money"]).lower() + r")\b")


def _add_states(text: str, mentions: list[CountryMention]) -> None:
    """Move a town to the state that follows it ("Paris, Texas", "CARSON, CALIF.").

    The state is evidence itself.
    """
    states = _states()
    starts = [mention.start for mention in mentions]
    by_end = {mention.end: mention for mention in mentions}
    for match in _STATE.finditer(text):
        word, start = match[1], match.start(1)
        code = states.get(word)
        if code is None:
            word = word.partition(" ")[0]
            code = states.get(word)
            if code is None:
                continue
        end = start + len(word)
        stop = text[end : end + 1]
        is_full_name = word.title() in _full_state_names()
        if not is_full_name:
            if len(word) == 2 and word.isupper():
                # "Austin, TX" but not "WIN, OR LOSE".
                if text[match.start() - 1 : match.start()].isupper() or stop not in {"", ",", ".", ")", ";", "\n"}:
                    continue
            elif stop not in {".", ","} and not text.startswith((" -", " –", " —"), end):
                continue
            if stop == ".":
                end += 1
        town = by_end.get(match.start())
        if town is not None and (town.kind == "city" or (is_full_name and town.code != code)):
            town.code, town.kind, town.strength, town.named = code, "city", _STATE_STRENGTH, False
            town.entry = _NO_ENTRY
        index = bisect_left(starts, end)
        if not index or mentions[index - 1].end <= start:
            mentions.append(CountryMention(start, end, code, "city", _STATE_STRENGTH, False, _NO_ENTRY))


@cache
def _states() -> Mapping[str, str]:
    """Countries by their states' names and short forms, without the last full stop."""
    states = {}
    for code, words in gazetteer_table()["state"].items():
        for word in words:
            states[word] = code
            if len(word) > 2 or "." in word:
                states[word.upper()] = code
    return states


@cache
def _full_state_names() -> frozenset[str]:
    evidence = gazetteer_table()["evidence"]
    cities = {
        city.rstrip("!?*") for code in gazetteer_table()["state"] for city in evidence[code].get("city", "").split("|")
    }
    return frozenset(cities & _states().keys()) | frozenset({"England", "Scotland", "Wales", "Northern Ireland"})


def _add_exchanges(text: str, mentions: list[CountryMention]) -> None:
    """Add the exchange of a share's symbol: <GECL.L>, (7203.T)."""
    exchanges = gazetteer_table()["exchange"]
    for match in _EXCHANGE.finditer(text):
        code = exchanges.get(match[1])
        if code and text[match.start() - 1 : match.start()].isalnum():
            mentions.append(
                CountryMention(match.start(1), match.end(1), code, "body", _EXCHANGE_STRENGTH, False, _NO_ENTRY)
            )


def _resolve_ambiguous(folded: str, mentions: list[CountryMention], *, caseless: bool) -> None:
    """Choose among the countries that share a name, and drop namesakes that are no countries."""
    namesakes, ambiguous = namesake_cues(), ambiguous_names()
    unambiguous: dict[str, float] = {}
    for mention in mentions:
        entry = mention.entry
        if (len(entry.codes) < 2 or entry.joint) and entry.word not in namesakes and not (caseless and entry.doubtful):
            unambiguous[mention.code] = unambiguous.get(mention.code, 0.0) + mention.strength
    # The whole text is searched once for a word, however often it occurs.
    code_by_cue: dict[str, str | None] = {}
    is_namesake: dict[str, bool] = {}
    for mention in mentions:
        entry = mention.entry
        word = entry.word
        if len(entry.codes) > 1 and not entry.joint:
            name = ambiguous.get(word)
            if word not in code_by_cue:
                cues = name.cues if name is not None else ()
                code_by_cue[word] = next((code for code, pattern in cues if pattern.search(folded)), None)
            code = code_by_cue[word] or max(entry.codes, key=lambda code: unambiguous.get(code, 0.0))
            if name is None and not unambiguous.get(code):
                mention.strength = min(mention.strength, FAINT_STRENGTH)
            mention.code = code
        if unambiguous.get(mention.code, 0.0) > FAINT_STRENGTH:
            continue
        if word in namesakes and word not in is_namesake:
            is_namesake[word] = namesakes[word].search(folded) is not None
        if (caseless and entry.doubtful) or is_namesake.get(word, False):
            mention.code = ""


def _mark_dateline(folded: str, mentions: list[CountryMention], place: tuple[int, int]) -> None:
    """Mark the mentions in the dateline; a town that only datelines name is looked up."""
    start, end = place
    inside = [mention for mention in mentions if mention.start < end + _DATELINE_MARGIN and mention.end > start]
    for mention in inside:
        mention.kind = "dateline"
    if not inside:
        town = folded[start:end].partition(",")[0].strip()
        code = _towns().get(town)
        if code is not None:
            at = folded.index(town, start)
            mentions.append(
                CountryMention(at, at + len(town), code, "dateline", _DATELINE_TOWN_STRENGTH, False, _NO_ENTRY)
            )
            mentions.sort(key=_start)


def _add_towns(text: str, mentions: list[CountryMention]) -> None:
    """Look up "in Regensburg" among the towns, in a text that names no well-known place."""
    for match in _LOCATION.finditer(text):
        words = fold_accents(match[1]).split(" ")
        for count in range(min(len(words), _TOWN_WORDS), 0, -1):
            town = " ".join(words[:count])
            code = _towns().get(town)
            if code is not None:
                start = match.start(1)
                mentions.append(CountryMention(start, start + len(town), code, "city", TOWN_STRENGTH, False, _NO_ENTRY))
                break
    mentions.sort(key=_start)


@cache
def _towns() -> Mapping[str, str]:
    """Countries of towns that are too small to be looked for elsewhere."""
    return {fold_accents(town): code for code, towns in gazetteer_table()["towns"].items() for town in towns.split("|")}
