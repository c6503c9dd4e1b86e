"""Regions of the world and their countries.

Sub-regions and their members follow the United Nations' M49 standard (Kosovo and Taiwan added where they lie);
`REGIONS` adds the wider names that readers use, each made of sub-regions.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from babel import Locale

__all__ = ["REGIONS", "absent_regions", "region_members", "region_name"]

_SUBREGIONS = {
    "antarctica": "AQ",
    "australasia": "AU CC CX HM NF NZ",
    "caribbean": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "central-america": "BZ CR GT HN MX NI PA SV",
    "central-asia": "KG KZ TJ TM UZ",
    "east-africa": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
    "east-asia": "CN HK JP KP KR MN MO TW",
    "eastern-europe": "BG BY CZ HU MD PL RO RU SK UA",
    "melanesia": "FJ NC PG SB VU",
    "micronesia": "FM GU KI MH MP NR PW UM",
    "central-africa": "AO CD CF CG CM GA GQ ST TD",
    "north-africa": "DZ EG EH LY MA SD TN",
    "northern-america": "BM CA GL PM US",
    "northern-europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "polynesia": "AS CK NU PF PN TK TO TV WF WS",
    "south-america": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "southeast-asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "southern-africa": "BW LS NA SZ ZA",
    "south-asia": "AF BD BT IN IR LK MV NP PK",
    "southern-europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "west-africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "west-asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "western-europe": "AT BE CH DE FR LI LU MC NL",
}

_WIDER = {
    "africa": ("central-africa", "east-africa", "north-africa", "southern-africa", "west-africa"),
    "sub-saharan-africa": ("central-africa", "east-africa", "southern-africa", "west-africa"),
    "americas": ("caribbean", "central-america", "northern-america", "south-america"),
    "north-america": ("caribbean", "central-america", "northern-america"),
    "latin-america": ("caribbean", "central-america", "south-america"),
    "asia": ("central-asia", "east-asia", "south-asia", "southeast-asia", "west-asia"),
    "europe": ("eastern-europe", "northern-europe", "southern-europe", "western-europe"),
    "oceania": ("australasia", "melanesia", "micronesia", "polynesia"),
    "pacific": ("melanesia", "micronesia", "polynesia"),
}

# Not M49's: what newsrooms mean by the words.
_OWN = {
    "middle-east": "AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "scandinavia": "DK NO SE",
    "nordics": "AX DK FI FO IS NO SE",
    "baltics": "EE LT LV",
    "balkans": "AL BA BG GR HR ME MK RO RS SI XK",
    "caucasus": "AM AZ GE",
    "gulf": "AE BH KW OM QA SA",
}


@cache
def _table() -> dict[str, frozenset[str]]:
    members = {name: frozenset(codes.split()) for name, codes in (_SUBREGIONS | _OWN).items()}
    for name, parts in _WIDER.items():
        members[name] = frozenset().union(*(members[part] for part in parts))
    return members


REGIONS: tuple[str, ...] = tuple(sorted([*_SUBREGIONS, *_WIDER, *_OWN]))
"""The names that `region:` takes."""


def region_members(name: str) -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes of a region in `REGIONS`. Raises KeyError for another name."""
    return _table()[name]


def absent_regions(countries: Collection[str]) -> list[str]:
    """Return the regions in which none of these countries (ISO codes) lies.

    Whole continents, else parts of one; names of `REGIONS`. Islands of the Pacific count as one with Australia: they
    are seldom in the news.
    """
    present = frozenset(countries)
    absent = []
    for continent, parts in _CONTINENTS.items():
        if not region_members(continent) & present:
            absent.append(continent)
        else:
            absent += [part for part in parts if not region_members(part) & present]
    return absent


def region_name(region: str, locale: str = "en") -> str:
    """Return the name of a region in a language, from CLDR, which knows the numbers of M49."""
    named = Locale.parse(locale.replace("-", "_")).territories.get(_NUMBERS[region])
    return str(named or region.replace("-", " ").title())


_CONTINENTS = {name: _WIDER[name] for name in ("africa", "americas", "asia", "europe")} | {"oceania": ()}
_NUMBERS = {
    "africa": "002",
    "americas": "019",
    "asia": "142",
    "europe": "150",
    "oceania": "009",
    "caribbean": "029",
    "central-africa": "017",
    "central-america": "013",
    "central-asia": "143",
    "east-africa": "014",
    "east-asia": "030",
    "eastern-europe": "151",
    "north-africa": "015",
    "northern-america": "021",
    "northern-europe": "154",
    "south-america": "005",
    "south-asia": "034",
    "southeast-asia": "035",
    "southern-africa": "018",
    "southern-europe": "039",
    "west-africa": "011",
    "west-asia": "145",
    "western-europe": "155",
}
"""The numbers that M49 gives them."""
