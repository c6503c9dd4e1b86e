"""Names of regions and cities in nineteen languages: summarizers/data/toponyms.json.

A place counts in every language that it counts in in English: the entries of territories.toml and GeoNames' cities in
territories.json, with its marks. Their names in other languages come from Unicode CLDR's subdivisions (npm's
package `cldr` holds them; `--cldr` is its folder 3rdparty/cldr/common/subdivisions) and from GeoNames' alternate names
(by geotext, in the bench group), which bear no language and are told apart by script. Chinese names are made
traditional and simplified by OpenCC. A name that stands for places of two countries is left out.

    python -m training.toponyms --cldr DIR [--write]
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from summarizers.labels.gazetteer import ambiguous_names, fold_accents, gazetteer_table
from training.territories import LANGUAGES, geonames_file, split_entries

KINDS = ("name", "city")
"""Kinds of places, as territories.toml has them."""

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "toponyms.json"

LEAST_LETTERS = {"zh": 2, "ja": 2, "ko": 3, "he": 5, "ar": 5, "hi": 4}
"""Letters of a name at least; shorter ones are other words. Languages without an entry need four."""

LEAST_KATAKANA = 4
"""The same for an alternate name in katakana, in which shorter ones are words and persons' names."""

LEAST_HAN_INHABITANTS = 1_000_000
"""Inhabitants of a city outside China whose name of two ideographs counts: many such pairs are words."""

LEAST_CHINESE_INHABITANTS = 4_000_000
"""The same for a city in China, whose lesser cities' names are read in many words and persons' names."""

_SCRIPTS = {
    "ru": r"[А-ЯЁ][а-яё]+(?:[- ][А-Яа-яёЁ]+)*",
    "uk": r"[А-ЩЮЯЄІЇҐ][а-щьюяєіїґ'’]+(?:[- ][А-ЩЬЮЯЄІЇҐа-щьюяєіїґ'’]+)*",
    "el": r"[Α-ΩΆΈΉΊΌΎΏ][α-ωάέήίόύώϊϋΐΰ]+(?:[- ][Α-Ωα-ωάέήίόύώϊϋΐΰΆΈΉΊΌΎΏ]+)*",
    "he": r"[א-ת][א-ת'’׳]+(?:[- ][א-ת'’׳]+)*",
    "ar": r"[ء-غف-ي]+(?: [ء-غف-ي]+)*",
    "hi": r"[\u0905-\u0939][\u0900-\u0963\u0970-\u097f]+(?:[- ][\u0900-\u0963\u0970-\u097f]+)*",
    "ko": r"[가-힣]+(?: [가-힣]+)*",
    "ja": r"[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+)*",
    "zh": r"[一-鿿]+",
}
"""Shape of an alternate name in each language that isn't written in Latin letters."""

_GENERIC = {
    "ar": r"^(?:ولاية|مقاطعة|إقليم|محافظة|منطقة) ",
    "he": r"^(?:מדינת|מחוז) ",
    "ja": r"(?:特別市|自治区|[州県省])$",
    "ko": r" ?(?:주|성|현)$",
    "zh": r"(?:自治区|自治區|[州省邦县縣])$",
}
"""Words for a state or province that a name is written with and without."""

_BELARUSIAN = "Горад "
_ENGLISH_GENERIC = re.compile(r" (?:Province|Oblast|Region|State|Prefecture|County|Governorate|Krai|Municipality)$")
_KATAKANA = re.compile(_SCRIPTS["ja"])


class Place(NamedTuple):
    """A place of the English table, with its marks: "?" for a doubtful name, "*" for a person's."""

    code: str
    name: str
    mark: str
    kind: str
    """`name` for a region that stands for its country, such as Scotland, else `city`."""


def english_places() -> Iterator[Place]:
    """Places that are evidence for a country in English, namesakes included."""
    table = gazetteer_table()
    ambiguous = ambiguous_names()
    for name, choice in ambiguous.items():
        yield from (Place(code, name, "", "city") for code in choice.codes)
    for code, kinds in table["evidence"].items():
        for kind in KINDS:
            for entry in kinds.get(kind, "").split("|"):
                name = entry.rstrip("!?*")
                if name and "!" not in entry and name not in ambiguous:
                    yield Place(code, name, "".join(mark for mark in "?*" if mark in entry), kind)
    for code, cities in table["cities"].items():
        yield from (Place(code, name, "", "city") for name in cities.split("|"))


def key(name: str) -> str:
    """Return an English name without accents, punctuation and a word for its rank."""
    plain = _ENGLISH_GENERIC.sub("", name)
    return re.sub(r"[^\w]+", " ", fold_accents(plain)).strip()


def read_subdivisions(folder: Path, language: str) -> dict[str, str]:
    """Return CLDR's names of subdivisions in one language by their codes, such as `usca`."""
    root = ElementTree.parse(folder / f"{language}.xml").getroot()
    return {element.get("type", ""): element.text or "" for element in root.iter("subdivision")}


def read_cities() -> dict[tuple[str, str], tuple[int, list[str]]]:
    """Return inhabitants and alternate names of cities by country and `key`, the largest's."""
    cities: dict[tuple[str, str], tuple[int, list[str]]] = {}
    with geonames_file().open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            inhabitants, alternates = int(row[14]), row[3].split(",")
            for name in {row[1], row[2], *alternates}:
                if name.isascii() or name == row[1]:
                    at = (row[8], key(name))
                    if at not in cities or cities[at][0] < inhabitants:
                        cities[at] = (inhabitants, alternates)
    return cities


@cache
def converters() -> tuple[Callable[[str], str], ...]:
    """OpenCC's conversions of Chinese."""
    import opencc  # type: ignore[import-not-found,unused-ignore]  # not at import, so that --help works without it

    return tuple(opencc.OpenCC(kind).convert for kind in ("t2s", "s2t", "s2tw"))


def spellings(name: str, language: str) -> Iterator[str]:
    """A name as it is, without its word for a state, and in Chinese in both scripts."""
    names = [name]
    generic = _GENERIC.get(language)
    if generic and (bare := re.sub(generic, "", name)) != name and len(bare) > LEAST_LETTERS[language]:
        names.append(bare)
    if language == "ko" and name not in names[1:]:
        names.append(name.replace(" ", ""))
    for spelling in names:
        yield spelling
        if language == "zh":
            yield from (convert(spelling) for convert in converters())


def names_of(
    place: Place,
    language: str,
    subdivisions: Mapping[tuple[str, str], list[str]],
    cities: Mapping[tuple[str, str], tuple[int, list[str]]],
) -> Iterator[str]:
    """Names of a place in one language."""
    at = (place.code, key(place.name))
    yield from subdivisions.get(at, ())
    pattern = _SCRIPTS.get(language)
    if pattern is None or place.kind != "city" or at not in cities:
        return
    inhabitants, alternates = cities[at]
    least = LEAST_CHINESE_INHABITANTS if place.code in {"CN", "TW"} else LEAST_HAN_INHABITANTS
    for alternate in alternates:
        name = alternate.split("،")[0].strip()
        if not re.fullmatch(pattern, name) or name.startswith(_BELARUSIAN):
            continue
        if language == "ja" and len(name) < LEAST_KATAKANA:
            continue
        if language == "zh" and len(name) == LEAST_LETTERS["zh"] and inhabitants < least:
            continue
        yield name


def is_usable(name: str, place: Place, language: str) -> bool:
    """Return whether a name is long enough, and no English one, which is looked for anyway."""
    return (
        len(name) >= LEAST_LETTERS.get(language, 4)
        and fold_accents(name) != fold_accents(place.name)
        and not re.search(r"[()/,|?*]", name)
        and (
            language != "ja" or len(name) >= (LEAST_KATAKANA if _KATAKANA.fullmatch(name) else LEAST_LETTERS["ja"] + 1)
        )
    )


def common_words(language: str) -> frozenset[str]:
    """Return names of places that are words as well, without accents."""
    traps = tomllib.loads((TABLE.parent / "territories_traps.toml").read_text(encoding="utf-8"))
    return frozenset(fold_accents(word) for word in split_entries(traps["common"].get(language, "")))


def build(folder: Path) -> dict[str, object]:
    """Return the table: names by language, kind and country, with the marks of territories.toml."""
    english = read_subdivisions(folder, "en")
    codes = set(gazetteer_table()["codes"].split())
    cities = read_cities()
    table: dict[str, object] = {
        "source": "Unicode CLDR's subdivisions, Unicode License v3; GeoNames cities15000 by geotext, CC BY 3.0, "
        "geonames.org; made by training/toponyms.py"
    }
    places = list(english_places())
    for language in sorted(set(LANGUAGES) - {"en"}):
        translated: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subdivision, name in read_subdivisions(folder, language).items():
            code = subdivision[:2].upper()
            if code in codes and subdivision in english:
                translated[code, key(english[subdivision])].append(name)
        owners: dict[str, set[str]] = defaultdict(set)
        refused = common_words(language) | {
            fold_accents(name) for name in gazetteer_table()["names"][language].split("|")
        }
        marked: dict[str, str] = {}
        kind_of: dict[str, str] = {}
        spelt: dict[str, str] = {}
        for place in places:
            for name in names_of(place, language, translated, cities):
                for spelling in spellings(name, language):
                    folded = fold_accents(spelling)
                    if is_usable(spelling, place, language) and folded not in refused:
                        owners[folded].add(place.code)
                        spelt.setdefault(folded, spelling)
                        kind_of[folded] = max(kind_of.get(folded, ""), place.kind)
                        marked[folded] = min(marked.get(folded, place.mark), place.mark, key=len)
        by_kind: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
        for folded, sharing in owners.items():
            if len(sharing) == 1:
                by_kind[kind_of[folded]][next(iter(sharing))].append(spelt[folded] + marked[folded])
        table[language] = {
            kind: {code: "|".join(sorted(names)) for code, names in sorted(by_code.items())}
            for kind, by_code in by_kind.items()
        }
    return table


def main() -> None:
    """Build the table, and write it or print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--cldr", type=Path, required=True, help="folder of CLDR's subdivisions, one XML file a language"
    )
    parser.add_argument("--write", action="store_true", help="write the table")
    arguments = parser.parse_args()
    table = build(arguments.cldr)
    text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    if arguments.write:
        TABLE.write_text(text, "utf-8")
    for language, names in sorted(table.items()):
        if isinstance(names, dict):
            print(language, *(f"{kind} {sum(map(len, listed.values())):,}" for kind, listed in names.items()))
    print(f"{len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
