"""Build the gazetteer, summarizers/data/territories.json, from lists, CLDR and GeoNames.

The result is the same on every machine with the same versions of babel (CLDR) and geotext (which holds GeoNames'
cities15000; it is in the bench group).

Sources
- territories.toml, territories_traps.toml, territories_languages.toml: by hand.
- Names of countries in twenty languages, and of the cities that stand for time zones: Unicode CLDR, by way of babel
  (Unicode License v3); which country a zone lies in: the tz database, by way of babel (public domain).
- Cities: GeoNames, cities15000, by way of geotext (Creative Commons Attribution 3.0, https://www.geonames.org).

    python -m training.territories [--check]

`--check` compares instead of writing.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from babel import Locale
from babel.core import get_global

DATA = Path(__file__).parents[1] / "summarizers" / "data"
LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv"),
    *("uk", "ru", "tr", "ar", "he", "hi", "el", "zh", "ja", "ko"),
)
CITY_INHABITANTS = 200_000
"""Inhabitants from which on a city is looked for anywhere in a text; smaller ones share their names with people."""

TOWN_INHABITANTS = 30_000
"""Inhabitants from which on a town is looked for in datelines, and in texts that name no other place."""

NAMESAKE_RATIO = 5
"""How many times the inhabitants of its largest namesake abroad a city must have: a wrong country is worse than
none."""

LEAST_LETTERS, LEAST_CITY_LETTERS = 3, 4
"""Letters of a town, and of a city that is looked for anywhere, at least; shorter names are abbreviations."""


def read_evidence() -> dict[str, dict[str, list[str]]]:
    """Read territories.toml, its entries split."""
    table = tomllib.loads((DATA / "territories.toml").read_text(encoding="utf-8"))
    return {
        code: {kind: split_entries(listed) for kind, listed in kinds.items() if listed.strip()}
        for code, kinds in table.items()
    }


def split_entries(text: str) -> list[str]:
    """Split entries at commas, each once."""
    return list(dict.fromkeys(" ".join(entry.split()) for entry in text.split(",") if entry.strip()))


def expand(pattern: str) -> list[str]:
    """Return every word that a pattern such as "Japan(|s) (Nord|Süd)" stands for."""
    parts = [part.split("|") for part in re.split(r"[()]", pattern)]
    return ["".join(choice) for choice in product(*parts)]


def read_languages(codes: list[str]) -> dict[str, dict[str, object]]:
    """Read territories_languages.toml, its alternatives expanded."""
    table = tomllib.loads((DATA / "territories_languages.toml").read_text(encoding="utf-8"))
    languages: dict[str, dict[str, object]] = {}
    for language, rules in table.items():
        words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for code in codes:
            parts = split_outside(rules.get(code, ""))
            for kind, listed in zip(("name", "demonym", "city"), parts, strict=False):
                for entry in split_entries(listed):
                    sort = {"@": "leader", "#": "body"}.get(entry[0], kind)
                    words[code][sort].extend(expand(entry.lstrip("@#")))
        joint = [entry.partition(":") for entry in split_entries(rules.get("joint", ""))]
        languages[language] = {
            "endings": rules["endings"],
            "before": rules.get("before", ""),
            "cut": rules["cut"],
            "last": rules.get("last", ""),
            "parts": rules.get("parts", ""),
            "short": rules.get("short", ""),
            "spellings": rules.get("spellings", ""),
            "joint": {word: codes_of.strip() for word, _colon, codes_of in joint},
            "none": "|".join(word for entry in split_entries(rules["none"]) for word in expand(entry)),
            "words": {
                code: {kind: "|".join(dict.fromkeys(listed)) for kind, listed in kinds.items()}
                for code, kinds in words.items()
            },
        }
    return languages


def split_outside(line: str) -> list[str]:
    """Split a line at bars outside brackets."""
    return re.split(r"\|(?![^(]*\))", line)


def cldr_names(codes: list[str]) -> dict[str, str]:
    """Return the countries' names in each language, in the order of their codes."""
    names = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        names[language] = "|".join(territories[code] for code in codes)
    return names


def cldr_cities(
    codes: list[str], known: Mapping[str, set[str]], common: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Return the cities that stand for a country's time zones, by language and country.

    `known` has the cities that are evidence in English: others are hamlets, whose names are persons' and words. Names in
    `common` are words of their language.
    """
    zones: Mapping[str, str] = get_global("zone_territories")
    by_language: dict[str, dict[str, str]] = {}
    english = Locale.parse("en").time_zones
    english_zones = {zone: names["city"] for zone, names in english.items() if "city" in names}
    for language in LANGUAGES:
        cities: dict[str, list[str]] = defaultdict(list)
        zone_names = Locale.parse(language).time_zones
        words = set(split_entries(common.get(language, "")))
        for zone, code in sorted(zones.items()):
            area, _, place = zone.rpartition("/")
            city = zone_names.get(zone, {}).get("city") or (place.replace("_", " ") if language == "en" else None)
            if city in words:
                continue
            if code in codes and english_zones.get(zone, place.replace("_", " ")) not in known[code]:
                continue
            if code in codes and city and area and "/" not in city and area != "Etc" and area != "Antarctica":
                cities[code].append(city)
        by_language[language] = {code: "|".join(dict.fromkeys(names)) for code, names in cities.items()}
    return by_language


def geonames_file() -> Path:
    """Return the path of GeoNames' cities15000 as geotext holds it."""
    spec = importlib.util.find_spec("geotext")
    if spec is None or spec.origin is None:
        raise SystemExit("geotext is not installed: uv sync --group bench")
    return Path(spec.origin).parent / "data" / "cities15000.txt"


def read_cities(taken: set[str], codes: list[str], words: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return cities and smaller towns by country whose names are nearly unambiguous.

    No name is a common word.
    """
    inhabitants: dict[str, Counter[str]] = defaultdict(Counter)
    with geonames_file().open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = row[2].replace("`", "'").removesuffix("-shi").removesuffix(" Shi").strip("'")
            inhabitants[name][row[8]] += int(row[14])
    cities: dict[str, list[str]] = defaultdict(list)
    towns: dict[str, list[str]] = defaultdict(list)
    for name, by_country in sorted(inhabitants.items()):
        (code, most), *rest = by_country.most_common()
        folded = name.casefold()
        if (
            code not in codes
            or folded in taken
            or len(name) < LEAST_LETTERS
            or (rest and most < NAMESAKE_RATIO * rest[0][1])
        ):
            continue
        if not re.fullmatch(r"[A-Za-z][A-Za-z .'-]+", name):
            continue
        if most >= CITY_INHABITANTS and folded not in words and len(name) >= LEAST_CITY_LETTERS:
            cities[code].append(name)
        elif most >= TOWN_INHABITANTS:
            towns[code].append(name)
    return {c: "|".join(n) for c, n in cities.items()}, {c: "|".join(n) for c, n in towns.items()}


def build() -> str:
    """Return the text of territories.json."""
    evidence = read_evidence()
    traps = tomllib.loads((DATA / "territories_traps.toml").read_text(encoding="utf-8"))
    codes = sorted(evidence)
    taken = {
        entry.rstrip("!?*").casefold() for kinds in evidence.values() for listed in kinds.values() for entry in listed
    } | {name.casefold() for name in traps["either"]}
    cities, towns = read_cities(taken, codes, frozenset(split_entries(traps["words"]["common"])))
    known = {
        code: {*(entry.rstrip("!?*") for entry in evidence[code].get("city", ())), *cities.get(code, "").split("|")}
        for code in codes
    }
    table = {
        "source": "By hand (territories*.toml); Unicode CLDR by babel, Unicode License v3; "
        "GeoNames cities15000 by geotext, CC BY 3.0, geonames.org; made by training/territories.py",
        "codes": " ".join(codes),
        "names": cldr_names(codes),
        "traditional": "|".join(Locale.parse("zh_Hant").territories[code] for code in codes),
        "languages": read_languages(codes),
        "evidence": {code: {kind: "|".join(listed) for kind, listed in evidence[code].items()} for code in codes},
        "cities": cities,
        "towns": towns,
        "zones": cldr_cities(codes, known, traps["common"]),
        "none": "|".join(
            e for kind, listed in traps["none"].items() if kind != "people" for e in split_entries(listed)
        ),
        "people": "|".join(split_entries(traps["none"]["people"])),
        "either": traps["either"],
        "things": {name: split_entries(cues) for name, cues in traps["things"].items() if cues},
        "media": {kind: split_entries(listed) for kind, listed in traps["media"].items()},
        "lower": split_entries(traps["lower"]["words"]),
        "person": {kind: split_entries(listed) for kind, listed in traps["person"].items()},
        "state": {code: split_entries(listed) for code, listed in traps["state"].items()},
        "money": split_entries(traps["money"]["words"]),
        "exchange": traps["exchange"],
    }
    return json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def main() -> None:
    """Build the table, and write or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the shipped file; exit 1 if it differs")
    arguments = parser.parse_args()
    path, text = DATA / "territories.json", build()
    if not arguments.check:
        path.write_text(text, "utf-8")
        print(f"{path.name}: {len(text.encode()):,} bytes")
    elif path.read_text("utf-8") != text:
        sys.exit(f"out of date: {path.name}")


if __name__ == "__main__":
    main()
