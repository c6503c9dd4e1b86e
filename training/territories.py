"""Makes territories.json of what is written by hand, of CLDR's names and of GeoNames' cities.

Run: python training/territories.py, with the bench group installed; the file that results is
the same on every machine with the same versions of babel (CLDR) and geotext (which carries GeoNames' cities15000).

Sources
- territories.toml, territories_traps.toml, territories_languages.toml: by hand.
- Names of countries in twenty languages, and of the cities that stand for time zones: Unicode CLDR, by way of babel
  (Unicode License v3); which country a zone lies in: the tz database, by way of babel (public domain).
- Cities: GeoNames, cities15000, by way of geotext (Creative Commons Attribution 3.0, https://www.geonames.org).
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
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
CITY = 200_000  # inhabitants from which a city counts anywhere in a text
TOWN = 30_000  # and from which it counts as a dateline


def by_hand() -> dict[str, dict[str, list[str]]]:
    """territories.toml with its entries divided."""
    table = tomllib.loads((DATA / "territories.toml").read_text(encoding="utf-8"))
    return {
        code: {kind: divided(listed) for kind, listed in kinds.items() if listed.strip()}
        for code, kinds in table.items()
    }


def divided(listed: str) -> list[str]:
    """Entries between commas, each once."""
    return list(dict.fromkeys(" ".join(entry.split()) for entry in listed.split(",") if entry.strip()))


def spelled_out(pattern: str) -> list[str]:
    """Every word that "Japan(|s) (Nord|Süd)" stands for."""
    parts = [part.split("|") for part in re.split(r"[()]", pattern)]
    return ["".join(choice) for choice in product(*parts)]


def languages(codes: list[str]) -> dict[str, dict[str, object]]:
    """territories_languages.toml with its alternatives spelled out."""
    table = tomllib.loads((DATA / "territories_languages.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, object]] = {}
    for language, rules in table.items():
        words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for code in codes:
            parts = split_outside(rules.get(code, ""))
            for kind, listed in zip(("name", "demonym", "city"), parts, strict=False):
                for entry in divided(listed):
                    sort = {"@": "leader", "#": "body"}.get(entry[0], kind)
                    words[code][sort].extend(spelled_out(entry.lstrip("@#")))
        joint = [entry.partition(":") for entry in divided(rules.get("joint", ""))]
        found[language] = {
            "endings": rules["endings"],
            "before": rules.get("before", ""),
            "cut": rules["cut"],
            "joint": {word: codes_of.strip() for word, _colon, codes_of in joint},
            "none": "|".join(word for entry in divided(rules["none"]) for word in spelled_out(entry)),
            "words": {
                code: {kind: "|".join(dict.fromkeys(listed)) for kind, listed in kinds.items()}
                for code, kinds in words.items()
            },
        }
    return found


def split_outside(line: str) -> list[str]:
    """The parts between bars that stand in no bracket."""
    return re.split(r"\|(?![^(]*\))", line)


def cldr_names(codes: list[str]) -> dict[str, str]:
    """For each language the countries' names in the order of their codes; a variant name follows after `;`."""
    found = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        found[language] = "|".join(territories[code] for code in codes)
    return found


def cldr_cities(codes: list[str]) -> dict[str, dict[str, str]]:
    """For each language and country the cities that stand for its time zones."""
    zones: Mapping[str, str] = get_global("zone_territories")
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        cities: dict[str, list[str]] = defaultdict(list)
        named = Locale.parse(language).time_zones
        for zone, code in sorted(zones.items()):
            area, _, place = zone.rpartition("/")
            city = named.get(zone, {}).get("city") or (place.replace("_", " ") if language == "en" else None)
            if code in codes and city and area and "/" not in city and area != "Etc" and area != "Antarctica":
                cities[code].append(city)
        found[language] = {code: "|".join(dict.fromkeys(listed)) for code, listed in cities.items()}
    return found


def geonames(known: set[str], codes: list[str], words: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Cities and further towns by country, of a name that one country has (nearly) to itself and that is no word."""
    spec = importlib.util.find_spec("geotext")
    if spec is None or spec.origin is None:
        raise SystemExit("geotext is not installed: uv sync --group bench")
    people: dict[str, Counter[str]] = defaultdict(Counter)
    with (Path(spec.origin).parent / "data" / "cities15000.txt").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = row[2].replace("`", "'").removesuffix("-shi").removesuffix(" Shi").strip("'")
            people[name][row[8]] += int(row[14])
    cities: dict[str, list[str]] = defaultdict(list)
    towns: dict[str, list[str]] = defaultdict(list)
    for name, counted in sorted(people.items()):
        (code, most), *rest = counted.most_common()
        low = name.casefold()
        # A town of 30,000 must outweigh its namesakes by far: a wrong country is worse than none.
        if code not in codes or low in known or len(name) < 3 or (rest and most < 5 * rest[0][1]):
            continue
        if not re.fullmatch(r"[A-Za-z][A-Za-z .'-]+", name):
            continue
        if most >= CITY and low not in words and len(name) > 3:
            cities[code].append(name)
        elif most >= TOWN:
            towns[code].append(name)
    return {c: "|".join(n) for c, n in cities.items()}, {c: "|".join(n) for c, n in towns.items()}


def build() -> str:
    """The text of territories.json."""
    evidence = by_hand()
    traps = tomllib.loads((DATA / "territories_traps.toml").read_text(encoding="utf-8"))
    codes = sorted(evidence)
    known = {
        entry.rstrip("!?*").casefold() for kinds in evidence.values() for listed in kinds.values() for entry in listed
    } | {name.casefold() for name in traps["either"]}
    cities, towns = geonames(known, codes, frozenset(divided(traps["words"]["common"])))
    table = {
        "source": "By hand (territories*.toml); Unicode CLDR by babel, Unicode License v3; "
        "GeoNames cities15000 by geotext, CC BY 3.0, geonames.org; made by training/territories.py",
        "codes": " ".join(codes),
        "names": cldr_names(codes),
        "traditional": "|".join(Locale.parse("zh_Hant").territories[code] for code in codes),
        "languages": languages(codes),
        "evidence": {code: {kind: "|".join(listed) for kind, listed in evidence[code].items()} for code in codes},
        "cities": cities,
        "towns": towns,
        "zones": cldr_cities(codes),
        "none": "|".join(e for kind, listed in traps["none"].items() if kind != "people" for e in divided(listed)),
        "people": "|".join(divided(traps["none"]["people"])),
        "either": traps["either"],
        "things": {name: divided(cues) for name, cues in traps["things"].items() if cues},
        "lower": divided(traps["lower"]["words"]),
        "person": {kind: divided(listed) for kind, listed in traps["person"].items()},
        "state": {code: divided(listed) for code, listed in traps["state"].items()},
        "money": divided(traps["money"]["words"]),
        "exchange": traps["exchange"],
    }
    return json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


if __name__ == "__main__":
    text = build()
    (DATA / "territories.json").write_text(text, encoding="utf-8")
    print(f"territories.json: {len(text.encode()):,} bytes")
