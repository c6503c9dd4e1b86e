"""Which words of a text speak for which country?

`mentions` looks up names of countries, their people, cities, leaders, bodies and money in one pass (territories.py), and
drops what only looks like one: the South China Sea, Michael Jordan, a roast turkey, Paris in Texas.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

from summarizers.labels.country_names import (
    FAINT,
    SIGNS,
    TOWN,
    Entry,
    automaton,
    choices,
    fold,
    rules_of,
    table,
    things,
)
from summarizers.labels.text_regions import TextRegions
from summarizers.text.scripts import (
    GREEK_CAPITALS,
    GREEK_SMALL,
    LATIN_CAPITALS,
    LATIN_SMALL,
    UKRAINIAN_CAPITALS,
    UKRAINIAN_SMALL,
)

__all__ = ["Mention", "mentions", "table"]


@dataclass(slots=True)
class Mention:
    """Words that speak for a country: characters `start` to `end`, excluded. `named` is the country's own name."""

    start: int
    end: int
    code: str
    kind: str
    strength: float
    named: bool
    entry: Entry


def mentions(text: str, folded: str, parts: TextRegions, language: str) -> list[Mention]:
    """All words that speak for a country, in order; disjoint but for words that speak for two. `folded` is `fold(text)`."""
    small = not _has_capitals(text)
    found, people = _matches(text, folded, language, small)
    _clear_away(text, folded, found, people, small)
    found = [mention for mention in found if mention.code]
    _add_states(text, found)
    _add_exchanges(text, found)
    found.sort(key=_start)
    _settle(folded, found, small)
    found = [mention for mention in found if mention.code]
    if parts.dateline is not None:
        _mark_dateline(text, folded, found, parts.dateline)
    if language == "en" and not any(mention.strength > FAINT for mention in found):
        _add_towns(text, found)
    return found


def _start(mention: Mention) -> int:
    return mention.start


_CAPITAL = re.compile(f"[{LATIN_CAPITALS}{UKRAINIAN_CAPITALS}{GREEK_CAPITALS}]")
_CASED = re.compile(f"[{LATIN_SMALL}{UKRAINIAN_SMALL}{GREEK_SMALL}]")


def _has_capitals(text: str) -> bool:
    """Whether a text writes capitals at all; one without letters that have them does as well."""
    return _CAPITAL.search(text) is not None or _CASED.search(text) is None


def _matches(text: str, folded: str, language: str, small: bool) -> tuple[list[Mention], set[str]]:
    """What the automaton finds, the longest at each place, and the names of persons who are known to be no countries.

    Traps hide what they cover and are gone.
    """
    found: list[tuple[int, int, Entry]] = []
    size = len(folded)
    rules = rules_of(language)
    plain = rules is not None and not rules.script and not rules.before
    # A line break before the text opens its first word.
    for end, (length, entries) in automaton(language).iter("\n" + folded):
        start = end - length
        if rules is None and (
            # A number may follow US$.
            (end < size and folded[end].isalnum() and folded[end - 1] not in SIGNS)
            or (start and folded[start - 1].isalnum())
        ):
            continue
        if plain and start and folded[start - 1].isalnum():
            continue
        for entry in entries:
            if rules is not None and not rules.allow(folded, start, end, entry):
                continue
            if small:
                if entry.exact is None or length > 4:
                    found.append((start, -end, entry))
                    break
            elif entry.exact is not None:
                if text.startswith(entry.exact, start):
                    found.append((start, -end, entry))
                    break
            elif all([text[start + at].isupper() for at in entry.capitals]):  # noqa: C419 - a list is faster
                found.append((start, -end, entry))
                break
    found.sort(key=_by_place)
    kept: list[Mention] = []
    people: set[str] = set()
    reached = 0
    for start, minus, entry in found:
        if start >= reached:
            reached = -minus
            codes = entry.codes
            if codes:
                kept.append(Mention(start, reached, codes[0], entry.kind, entry.strength, entry.national, entry))
                if entry.joint:
                    kept.extend(replace(kept[-1], code=code) for code in codes[1:])
            elif entry.kind == "people":
                people.update(entry.word.split())
    return kept, people


def _by_place(found: tuple[int, int, Entry]) -> tuple[int, int]:
    return found[:2]


_NEXT_WORD = re.compile(r"[ ]([^\W\d_]+)")
_AGE = re.compile(r",? (?:\d{1,3},|who |scored|tweeted|pleaded)")
_ADDRESS = re.compile(r"\.(?:com|org|net|gov|co|io)\b|@")
_TO_US = frozenset(
    [
        *("LET", "JOIN", "TELL", "GIVE", "HELP", "ALL", "BOTH", "MAKES", "MAKE", "TRUST", "CALL", "FOLLOW"),
        *("CONTACT", "SHOW", "BRING", "TEACH", "TAKE", "SAVE", "KILL", "AMONG"),
    ]
)


def _clear_away(text: str, folded: str, found: list[Mention], people: set[str], small: bool) -> None:
    """Drop persons, pronouns, web addresses and money's adjectives; a dropped mention has no code.

    A capital that acts ("Tokyo said", not "in Tokyo") names its country. `people` are names known to be persons'.
    """
    titles, _firsts, _places = _persons()
    money = _money()
    for at, mention in enumerate(found):
        entry, start, end = mention.entry, mention.start, mention.end
        before = _word_before(text, start)
        if (before in titles and " " not in entry.word) or _PAPER.match(text, end):
            mention.code = ""
        elif entry.person and not small and _is_person(text, found, at, before):
            people.add(entry.word)
            mention.code = ""
        elif entry.exact == "US" and before in _TO_US:
            mention.code = ""
        elif entry.capital:
            mention.named = before.lower() not in _WHERE
        elif entry.national and entry.kind in {"name", "demonym"}:
            if money.match(folded, end):
                mention.kind, mention.strength, mention.named = "currency", 0.3, False
            elif _ADDRESS.match(text, end) or text[start - 1 : start] == "@":
                mention.code = ""
    if people:
        # After "Michael Jordan" a bare "Jordan" is he, unless Amman or Jordanians come into it.
        others = {mention.code for mention in found if mention.strength > FAINT and mention.entry.word not in people}
        for mention in found:
            if mention.entry.word in people and mention.code not in others:
                mention.code = ""


# The Lebanon Daily News, whether or not it is listed, is no evidence.
_PAPER = re.compile(r" (?:Daily|Times|Herald|Tribune|Gazette|Chronicle|Observer|Mirror|Telegraph)\b")
_WHERE = frozenset(
    {
        "in",
        "at",
        "from",
        "to",
        "near",
        "outside",
        "of",
        "for",
        "through",
        "via",
        "around",
        "leave",
        "left",
        "visit",
        "visited",
    }
)


def _is_person(text: str, found: list[Mention], at: int, before: str) -> bool:
    """Whether a place's name is somebody's: behind a first name, or, where it opens names, before a surname."""
    mention = found[at]
    _titles, firsts, places = _persons()
    if before in firsts:
        return True
    if mention.entry.person < 2 or text[mention.start : mention.end].isupper():
        return False
    if _AGE.match(text, mention.end):
        return True
    following = _NEXT_WORD.match(text, mention.end)
    return (
        following is not None
        and following[1].istitle()
        and following[1] not in places
        and not (at + 1 < len(found) and found[at + 1].start == mention.end + 1)
        and not _title_case(text, following.end())
    )


def _word_before(text: str, start: int) -> str:
    """The word that stands before a place with one blank between, with its full stop."""
    if text[start - 1 : start] != " ":
        return ""
    cut = text[max(0, start - 16) : start - 1]
    return cut[max(cut.rfind(" "), cut.rfind("\n")) + 1 :].lstrip("\"'“‘(")


def _title_case(text: str, end: int) -> bool:
    """Whether the words that follow have capitals as well, as in a headline."""
    following = re.findall(r"[^\W\d_]{4,}", text[end : end + 60].partition("\n")[0])[:3]
    return len(following) > 1 and all(word[0].isupper() for word in following)


@cache
def _persons() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Titles and first names before a person's name; words behind a name that show a place."""
    person = table()["person"]
    return frozenset(person["titles"]), frozenset(person["first"]), frozenset(person["places"])


@cache
def _money() -> re.Pattern[str]:
    return re.compile(r"[ -](?:" + "|".join(table()["money"]).lower() + r")\b")


_STATE = re.compile(r", ([A-Z][A-Za-z]*(?:\.[ ]?[A-Z])*(?: [A-Z][a-z]+)?)(\.?)")


@cache
def _states() -> dict[str, str]:
    """The country of a state's name or short form, without its last stop."""
    found = {}
    for code, words in table()["state"].items():
        for word in words:
            found[word] = code
            if len(word) > 2 or "." in word:
                found[word.upper()] = code
    return found


@cache
def _full_states() -> frozenset[str]:
    """The states' full names."""
    evidence = table()["evidence"]
    named = {city.rstrip("!?*") for code in table()["state"] for city in evidence[code].get("city", "").split("|")}
    return frozenset(named & _states().keys()) | frozenset({"England", "Scotland", "Wales", "Northern Ireland"})


def _add_states(text: str, found: list[Mention]) -> None:
    """A town lies in the state that follows it: "Paris, Texas", "CARSON, CALIF."; the state is evidence itself."""
    states = _states()
    starts = [mention.start for mention in found]
    ending = {mention.end: mention for mention in found}
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
        long = word.title() in _full_states()
        if not long:
            if len(word) == 2 and word.isupper():
                # "Austin, TX" but not "WIN, OR LOSE".
                if text[match.start() - 1 : match.start()].isupper() or stop not in {"", ",", ".", ")", ";", "\n"}:
                    continue
            elif stop not in {".", ","} and not text.startswith((" -", " –", " —"), end):
                continue
            if stop == ".":
                end += 1
        town = ending.get(match.start())
        if town is not None and (town.kind == "city" or (long and town.code != code)):
            town.code, town.kind, town.strength, town.named = code, "city", 0.9, False
            town.entry = _STATE_ENTRY
        at = bisect_left(starts, end)
        if not at or found[at - 1].end <= start:
            found.append(Mention(start, end, code, "city", 0.9, False, _STATE_ENTRY))


_STATE_ENTRY = Entry((), "city", 0.9, (), None, 0, False, "", False)
_EXCHANGE = re.compile(r"\.([A-Z]{1,3})[>)]")


def _add_exchanges(text: str, found: list[Mention]) -> None:
    """A share's symbol names its exchange: <GECL.L>, (7203.T)."""
    exchanges = table()["exchange"]
    for match in _EXCHANGE.finditer(text):
        code = exchanges.get(match[1])
        if code and text[match.start() - 1 : match.start()].isalnum():
            found.append(Mention(match.start(1), match.end(1), code, "body", 0.5, False, _STATE_ENTRY))


def _settle(folded: str, found: list[Mention], small: bool) -> None:
    """Choose among the countries that share a name, and drop things that are no countries."""
    known_things, known_choices = things(), choices()
    sure: dict[str, float] = {}
    for mention in found:
        entry = mention.entry
        if (len(entry.codes) < 2 or entry.joint) and entry.word not in known_things and not (small and entry.doubtful):
            sure[mention.code] = sure.get(mention.code, 0.0) + mention.strength
    # The whole text is searched once for a word, however often it stands there.
    cued: dict[str, str | None] = {}
    thing: dict[str, bool] = {}
    for mention in found:
        entry = mention.entry
        word = entry.word
        if len(entry.codes) > 1 and not entry.joint:
            choice = known_choices.get(word)
            if word not in cued:
                cues = choice.cues if choice is not None else ()
                cued[word] = next((code for code, pattern in cues if pattern.search(folded)), None)
            code = cued[word] or max(entry.codes, key=lambda one: sure.get(one, 0.0))
            if choice is None and not sure.get(code):
                mention.strength = min(mention.strength, FAINT)
            mention.code = code
        if sure.get(mention.code, 0.0) > FAINT:
            continue
        if word in known_things and word not in thing:
            thing[word] = known_things[word].search(folded) is not None
        if (small and entry.doubtful) or thing.get(word, False):
            mention.code = ""


def _mark_dateline(text: str, folded: str, found: list[Mention], place: tuple[int, int]) -> None:
    """What stands in the dateline speaks as dateline; a town that only datelines name is looked up."""
    start, end = place
    inside = [mention for mention in found if mention.start < end + 3 and mention.end > start]
    for mention in inside:
        mention.kind = "dateline"
    if not inside:
        town = folded[start:end].partition(",")[0].strip()
        code = _towns().get(town)
        if code is not None:
            at = folded.index(town, start)
            found.append(Mention(at, at + len(town), code, "dateline", 0.5, False, _STATE_ENTRY))
            found.sort(key=_start)


_SOMEWHERE = re.compile(
    r"\b(?:in|at|near|from|outside|around|of) "
    r"((?:[a-z]{1,2} ){0,2}[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|[a-z]{1,2}))*)"
)


def _add_towns(text: str, found: list[Mention]) -> None:
    """In a text that names no place that everybody knows, "in Regensburg" is looked up among the towns.

    A city whose name is a word as well, Parma or Rio, is then taken for the city.
    """
    for mention in found:
        if mention.kind == "city":
            mention.strength = max(mention.strength, TOWN)
    for match in _SOMEWHERE.finditer(text):
        words = fold(match[1]).split(" ")
        for count in range(min(len(words), 3), 0, -1):
            town = " ".join(words[:count])
            code = _towns().get(town)
            if code is not None:
                start = match.start(1)
                found.append(Mention(start, start + len(town), code, "city", TOWN, False, _STATE_ENTRY))
                break
    found.sort(key=_start)


@cache
def _towns() -> dict[str, str]:
    """The country of a town that is too small to be looked for elsewhere."""
    return {fold(town): code for code, towns in table()["towns"].items() for town in towns.split("|")}
