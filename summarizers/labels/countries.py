"""Which countries is a story about, and what is a country called?

`countries` takes the words that speak for a country (gazetteer.py) and weighs each country with a logistic model over
a few features: named in the title, in the first sentence, in the dateline, how often and how large a share of all that
is named. Countries that are only listed together are weighed as one. Weights: data/territories_weights.json, fitted by
training/countries.py; names: Unicode CLDR, by way of data/territories.json and, for further locales, babel.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from summarizers.labels.country_names import FAINT, fold, table
from summarizers.labels.gazetteer import Mention, mentions
from summarizers.labels.text_regions import TextRegions, find_regions
from summarizers.text.language import identify_language
from summarizers.text.scripts import DEVANAGARI
from summarizers.types import Country, Evidence

__all__ = ["FEATURES", "countries", "country_name", "features", "names", "resolve"]

_WEIGHTS = Path(__file__).parents[1] / "data" / "territories_weights.json"

FEATURES = (
    "title",  # named in the title
    "lead",  # named in the first sentence
    "dateline",  # the dateline's place
    "named",  # log of how often it is named
    "places",  # log of how often its cities and leaders are
    "bodies",  # log of how often its bodies are
    "share",  # its part of all evidence; countries that are listed together count as one
    "part",  # its part of all that is named
    "alone",  # the text speaks of no other country
    "untitled_dateline",  # the dateline's place, and the title names no country
    "unnamed_dateline",  # the dateline's place, and named nowhere else
    "american_named",  # log of how often the US is named: it is a standard of comparison
    "american_faint",  # the US is neither named nor in the dateline
    "undated",  # the text has no dateline
)


@dataclass(slots=True)
class _Facts:
    """What a text says of one country."""

    title: bool = False
    lead: bool = False
    dateline: bool = False
    named: int = 0
    places: int = 0
    bodies: int = 0
    faint: int = 0

    @property
    def weight(self) -> float:
        """All mentions, each for what it is worth."""
        return self.named + 0.5 * self.places + 0.3 * self.bodies + 0.05 * self.faint


def countries(text: str, language: str | None = None) -> list[Country]:
    """The countries that a text speaks of, the most salient first; equal ones in the order of their codes.

    A story is about a country from a salience of 0.25 on; that is where precision and recall balance best on news.
    `language` is an ISO 639-1 code; without it the text's language is identified. Evidence is in the order of the
    text, each span with `text[start:end] == evidence.text`. A text that names no place gives []. Time grows with the
    text's length.
    """
    rated, found = features(text, language)
    evidence: dict[str, list[Evidence]] = {code: [] for code in rated}
    for one in found:
        evidence[one.code].append(Evidence(one.start, one.end, text[one.start : one.end], one.kind))
    listed = [Country(code, _salience(values), tuple(evidence[code])) for code, values in rated.items()]
    return sorted(listed, key=lambda country: (-country.salience, country.code))


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    """The weights of the features and what is added to their sum."""
    found = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return found["intercept"], tuple(found["weights"][name] for name in FEATURES)


def _salience(values: Sequence[float]) -> float:
    """A number in 0..1 that is 0.25 where the model's best threshold is, to three decimals."""
    intercept, weights = _model()
    return round(1 / (1 + math.exp(-sum(map(float.__mul__, values, weights), intercept))), 3)


# Features


def features(text: str, language: str | None = None) -> tuple[dict[str, list[float]], list[Mention]]:
    """For each country that a text speaks of the values of `FEATURES`, and all mentions in the text's order."""
    parts = find_regions(text)
    found = mentions(text, fold(text), parts, language or identify_language(text))
    known: dict[str, _Facts] = {}
    for one in found:
        facts = known.get(one.code)
        if facts is None:
            facts = known[one.code] = _Facts()
        _note(facts, one, parts)
    return _values(known, _lists(found, text), parts), found


def _note(facts: _Facts, one: Mention, parts: TextRegions) -> None:
    """Add a mention to what is known of its country."""
    if one.kind == "dateline":
        facts.dateline = True
        return
    if one.named:
        facts.named += 1
        if one.start < parts.title_end:
            facts.title = True
        elif len(parts.starts) == 1 or one.start < parts.starts[1]:
            facts.lead = True
    elif one.strength <= FAINT or one.kind == "currency":
        facts.faint += 1
    elif one.kind == "body":
        facts.bodies += 1
    else:
        facts.places += 1


_BETWEEN = re.compile(
    r"(?:[ ,;/&-]|\band\b|\bor\b|\bthe\b|\bfor\b|\bto\b|\bof\b|\bin\b|\bfrom\b|\bwith\b|\bas\b|\bwell\b"
    r"|[\d.]|\bpct\b|\bpercent\b|\bmln\b|\bmillion\b|\btonnes\b|\bbillion\b|\bdlrs\b|\bunits\b|\by\b|\bund\b|\bet\b|、|和|と)*"
)
_FAR = 30


def _lists(found: list[Mention], text: str) -> dict[str, set[str]]:
    """For each country that is listed among others, such as "France, Spain and 20,000 for Italy", those of the list."""
    run: set[str] = set()
    listed: dict[str, set[str]] = {}
    end = -_FAR
    for one in found:
        if not one.named:
            continue
        if 0 <= one.start - end <= _FAR and _BETWEEN.fullmatch(text, end, one.start):
            run.add(one.code)
        else:
            run = {one.code}
        end = one.end
        for code in run if len(run) > 2 else ():
            if len(run) >= len(listed.get(code, ())):
                listed[code] = run
    return listed


_ENOUGH = 0.3  # the weight of one body; a few dollars weigh less


def _values(known: dict[str, _Facts], listed: dict[str, set[str]], parts: TextRegions) -> dict[str, list[float]]:
    """The features of each country among the others."""
    weights = {code: facts.weight for code, facts in known.items()}
    total = sum(weights.values())
    named = sum(facts.named for facts in known.values()) or 1
    titled = any(facts.title for facts in known.values())
    present = {code for code, facts in known.items() if facts.dateline or weights[code] >= _ENOUGH}
    undated = float(parts.dateline is None)
    values = {}
    for code, facts in known.items():
        inside = weights[code]
        if code in listed:
            inside += sum(
                weights[other]
                for other in listed[code]
                if other != code and not known[other].title and not known[other].dateline
            )
        american = code == "US"
        often = math.log1p(facts.named)
        values[code] = [
            float(facts.title),
            float(facts.lead),
            float(facts.dateline),
            often,
            math.log1p(facts.places),
            math.log1p(facts.bodies),
            inside / max(total, 1.0),
            facts.named / named,
            float(code in present and len(present) == 1),
            float(facts.dateline and not titled),
            float(facts.dateline and not facts.named),
            often if american else 0.0,
            float(american and not facts.named and not facts.dateline),
            undated,
        ]
    return values


# Names


def country_name(code: str, locale: str = "en") -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code in a locale such as `de` or `pt-BR`; the code if unknown."""
    return names(locale).get(code.upper(), code)


@lru_cache(maxsize=128)
def names(locale: str) -> Mapping[str, str]:
    """Every country's name in a locale by its code, as CLDR has it; in English for a locale that CLDR doesn't know.

    The codes are ISO 3166-1's and XK for Kosovo, ascending.
    """
    codes = table()["codes"].split()
    language = re.split("[-_]", locale)[0].lower()
    shipped = table()["names"]
    if language in shipped and len(locale) == len(language):
        return MappingProxyType(dict(zip(codes, shipped[language].split("|"), strict=True)))
    from babel import Locale, UnknownLocaleError

    for wanted in (locale.replace("-", "_"), language):
        try:
            territories = Locale.parse(wanted).territories
        except (UnknownLocaleError, ValueError):
            continue
        english = names("en")
        return MappingProxyType({code: territories.get(code) or english[code] for code in codes})
    return names("en")


_LONGEST_NAME = 80


def resolve(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code that somebody means by a word, in any case and with or without accents.

    Accepted are codes of two and three letters, short, official and former names, demonyms, and CLDR's names in twenty
    languages; a flag as well. None for anything else: a city is no country.
    """
    flag = _flag(name)
    return flag or _known().get(_plain(name))


def _flag(name: str) -> str | None:
    """The code of a flag emoji."""
    letters = [ord(c) - 0x1F1E6 for c in name.strip()]
    if len(letters) != 2 or not all(0 <= letter < 26 for letter in letters):
        return None
    code = "".join(chr(ord("A") + letter) for letter in letters)
    return code if code in names("en") else None


def _plain(name: str) -> str:
    """Small letters without accents, marks and an article."""
    letters = unicodedata.normalize("NFKD", name.strip()[:_LONGEST_NAME].casefold().replace("ı", "i"))
    kept = "".join(c for c in letters if not unicodedata.combining(c) or "\u0900" <= c <= "\u097f")
    return re.sub(rf"(?:[^\w{DEVANAGARI}]|_)+", " ", kept).strip().removeprefix("the ")


_ALIASES = {
    "GB": "UK, England, Scotland, Wales, Great Britain, Britain, Northern Ireland",
    "US": "US, USA, U.S., U.S.A., America, the States",
    "KR": "Korea, South Korea, Republic of Korea",
    "NL": "Holland",
    "AE": "UAE, Emirates",
    "CD": "Congo, DRC, DR Congo, Zaire",
    "RU": "USSR, Soviet Union",
    "VA": "Vatican",
    "CZ": "Czech Republic",
    "MK": "Macedonia",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "CV": "Cape Verde",
    "TR": "Turkey",
    "PS": "Palestine, Gaza, West Bank",
    "IE": "Republic of Ireland",
    "CG": "Congo-Brazzaville, Republic of the Congo",
    "CI": "Ivory Coast",
    "MM": "Burma",
    "XK": "XKX, Kosovo",
    "TW": "ROC, Republic of China",
    "CN": "PRC",
    "FM": "Micronesia",
    "VI": "US Virgin Islands",
}


@cache
def _known() -> dict[str, str]:
    """Codes by all that `resolve` takes; what is written first wins."""
    import pycountry

    found: dict[str, str] = {}

    def add(code: str, *listed: str) -> None:
        for name in listed:
            key = _plain(name)
            if key:
                found.setdefault(key, code)

    for code, aliases in _ALIASES.items():
        add(code, *aliases.split(","))
    codes = names("en")
    for code in codes:
        add(code, code)
    for country in pycountry.countries:
        add(country.alpha_2, country.alpha_3, country.name)
        add(country.alpha_2, getattr(country, "official_name", ""), getattr(country, "common_name", ""))
    for language in table()["names"]:
        for code, name in names(language).items():
            # CLDR's "Myanmar (Burma)" is either word.
            add(code, name, *re.split(r"\s*[(（)）]\s*", name))
    for code, name in zip(codes, table()["traditional"].split("|"), strict=True):
        add(code, name)
    for rules in table()["languages"].values():
        for code, kinds in rules["words"].items():
            for kind in ("name", "demonym"):
                # A stem is no word, and a region that stands for a country isn't what somebody means by it.
                listed = kinds.get(kind, "").split("|")
                words = listed[: 2 if kind == "name" else None]
                add(code, *(word for word in words if word[-1:] != "*" and word not in _NO_COUNTRY))
    for code, kinds in table()["evidence"].items():
        for kind in ("name", "demonym"):
            listed = [word.rstrip("!*") for word in kinds.get(kind, "").split("|")]
            add(code, *(word for word in listed if "?" not in word and word not in _NO_COUNTRY))
    return found


# Parts of a country are evidence for it, but somebody who asks for one doesn't mean the whole.
_NO_COUNTRY = frozenset(
    [
        *("Beijing", "Peking", "Dubai", "Abu Dhabi", "Antarctic", "Sino", "Tibet", "Xinjiang", "Chechnya", "Siberia"),
        *("Dagestan", "Crimea", "Donbas", "Donbass", "Bavaria", "Saxony", "Prussia", "Sicily", "Sardinia", "Tuscany"),
        *("Lombardy", "Catalonia", "Basque Country", "Okinawa", "Hokkaido", "Kashmir", "Jammu and Kashmir"),
        *("Bougainville", "Taiwan Strait", "Vojvodina", "Republika Srpska", "Iraqi Kurdistan", "Bohemia", "Moravia"),
        *("mainland China", "eastern Congo", "Puntland", "Somaliland", "Zanzibar", "Tibetan", "Tibetans", "Catalan"),
        *("Sicile", "Catalogne", "Cataluña", "Crimée", "Crimea", "Catalunha", "Krim", "Limburg", "Baviera", "Bavière"),
        *("Sicilia", "Beieren", "Catalonië", "Vlaanderen", "Flandre", "Québec", "チベット", "西藏", "대륙", "大陆"),
        *("Anglia", "Bretagne", "Kırım", "Sincan", "Keşmir", "कश्मीर", "तिब्बत", "क्रीमिया", "القرم", "קרים"),
    ]
)
