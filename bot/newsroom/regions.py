"""Which countries make up a region of the world?

Sub-regions and their members follow the United Nations' M49 standard (Kosovo and Taiwan added where they lie);
`REGIONS` adds the wider names that readers use, each made of sub-regions.
"""

from __future__ import annotations

from functools import cache

__all__ = ["REGIONS", "region_members"]

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
