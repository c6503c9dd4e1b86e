"""Names of countries: in the languages of the interface, and as people write them.

Names: Unicode CLDR, from data/territories.json and, for further locales, babel; codes of three letters and official
names: pycountry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from summarizers.labels.gazetteer import gazetteer_table
from summarizers.text.scripts import DEVANAGARI

__all__ = ["country_aliases", "country_name", "country_names", "country_spellings", "name_key", "resolve_country"]

_NAME_CHARACTERS = 80
"""Characters of an input that are read: longer than any country's official name."""

_NAMES_PER_ENTRY = 2
"""Names of a country in the table of another language that mean the country: later ones are its regions."""

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
"""English names that come before all others; where two countries share one, the one that people mean."""

_FOREIGN_ALIASES = {
    "GB": "Großbritannien, England, Grande-Bretagne, Angleterre, Gran Bretaña, Inglaterra, Grã-Bretanha, イングランド, 大ブリテン, えいこく, 大不列顛, 大不列颠, 英格蘭, 英格兰",
    "US": "Amerika, Vereinigte Staaten von Amerika, EEUU, EUA, Estados Unidos de América, Estados Unidos da América, États-Unis d'Amérique, べいこく, あめりか",
    "NL": "Hollande, Holanda, オランダ, 荷蘭, 荷兰, ホーランド",
    "DE": "BRD, Bundesrepublik, Bundesrepublik Deutschland",
    "CZ": "Tschechei, Tschechische Republik, République tchèque, República Checa, República Tcheca",
    "BY": "Weißrussland, Biélorussie, Bielorrusia, Bielorrússia, 白ロシア",
    "JP": "日本国, にほん, にっぽん, ニッポン, 日本國",
    "CN": "Volksrepublik China, 中国大陸, 中國大陸, 中華人民共和国, 中华人民共和国, ちゅうごく",
    "KP": "朝鮮民主主義人民共和国, きたちょうせん",
    "KR": "大韓民国, かんこく",
    "TW": "中華民国, 中華民國, たいわん, 福爾摩沙",
    "ZA": "みなみあふりか",
    "RU": "Sowjetunion, Russische Föderation, Fédération de Russie, Federación Rusa, Federação Russa, ろしあ",
    "AE": "VAE, Emirate, EAU, Émirats, Emiratos, Emirados",
    "MM": "Birmanie, Birmania, Birmânia",
    "CH": "Helvetia, Eidgenossenschaft",
    "IR": "Persien",
    "SA": "Arabie saoudite, KSA",
    "XK": "Kosowo",
    "VA": "Vatikan, Vatican, Vaticano",
    "MK": "Mazedonien, Macédoine, Macedônia",
    "CD": "RDC, Kongo, DR Kongo",
}
"""Names in other languages that CLDR lacks: older, shorter or spoken ones, and kana as they are typed."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_REGIONS = frozenset(
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
"""Names of regions and cities in the tables: evidence for their country, but not what somebody means by asking for
it."""

_FLAG_LETTER_A = 0x1F1E6
"""REGIONAL INDICATOR SYMBOL LETTER A; two such letters are a flag."""


def country_name(code: str, locale: str = "en") -> str:
    """Return a country's name in a locale, such as `pt-BR`, by its ISO 3166-1 alpha-2 code.

    An unknown code is returned as it is.
    """
    return country_names(locale).get(code.upper(), code)


@lru_cache(maxsize=128)
def country_names(locale: str) -> Mapping[str, str]:
    """Return every country's name in a locale by its code, as CLDR has it.

    English for a locale that CLDR doesn't know. The codes are ISO 3166-1's and XK for Kosovo, ascending.
    """
    codes = gazetteer_table()["codes"].split()
    language = re.split("[-_]", locale)[0].lower()
    shipped = gazetteer_table()["names"]
    if language in shipped and len(locale) == len(language):
        return MappingProxyType(dict(zip(codes, shipped[language].split("|"), strict=True)))
    from babel import Locale, UnknownLocaleError  # not at import: most processes need shipped languages only

    for tag in (locale.replace("-", "_"), language):
        try:
            territories = Locale.parse(tag).territories
        except (UnknownLocaleError, ValueError):
            continue
        english = country_names("en")
        return MappingProxyType({code: territories.get(code) or english[code] for code in codes})
    return country_names("en")


def country_aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the further names of countries that people type, by code, in any language."""
    codes = {**_ALIASES, **_FOREIGN_ALIASES}
    return {
        code: tuple(name for names in (_ALIASES, _FOREIGN_ALIASES) for name in names.get(code, "").split(", ") if name)
        for code in codes
    }


def resolve_country(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code for a name, in any case, accented or not.

    Accepted are codes of two and three letters, short, official and former names, demonyms, CLDR's names in twenty
    languages, and a flag. None for anything else: a city is no country.
    """
    flag = _flag_code(name)
    if flag:
        return flag
    key = name_key(name)
    return country_spellings().get(key) or country_spellings().get(_joined_letters(key))


def _joined_letters(key: str) -> str:
    """Return an abbreviation without its gaps: "e u a" of E.U.A."""
    return key.replace(" ", "") if all(len(word) == 1 for word in key.split()) else key


def _flag_code(name: str) -> str | None:
    letters = [ord(character) - _FLAG_LETTER_A for character in name.strip()]
    if len(letters) != 2 or not all(0 <= letter < 26 for letter in letters):
        return None
    code = "".join(chr(ord("A") + letter) for letter in letters)
    return code if code in country_names("en") else None


def name_key(name: str) -> str:
    """Return a name in lower case without accents, marks and an article.

    Devanagari keeps its vowel signs.
    """
    letters = unicodedata.normalize("NFKD", name.strip()[:_NAME_CHARACTERS].casefold().replace("ı", "i"))
    plain = "".join(c for c in letters if not unicodedata.combining(c) or _DEVANAGARI.match(c))
    return _GAPS.sub(" ", plain).strip().removeprefix("the ")


_DEVANAGARI = re.compile(f"[{DEVANAGARI}]")
_GAPS = re.compile(rf"(?:[^\w{DEVANAGARI}]|_)+")


@cache
def country_spellings() -> Mapping[str, str]:
    """Return the codes by the key of every name that `resolve_country` accepts.

    The first entry of a name wins. Names with ä, ö or ü are also there with ae, oe or ue.
    """
    import pycountry  # not at import: it reads its own tables

    codes: dict[str, str] = {}

    def add(code: str, *names: str) -> None:
        for name in names:
            expanded = name.casefold().translate(_UMLAUTS)
            for key in (name_key(name), name_key(expanded) if expanded != name.casefold() else ""):
                if key:
                    codes.setdefault(key, code)

    for code, aliases in _ALIASES.items():
        add(code, *aliases.split(","))
    all_codes = country_names("en")
    for code in all_codes:
        add(code, code)
    for country in pycountry.countries:
        add(country.alpha_2, country.alpha_3, country.name)
        add(country.alpha_2, getattr(country, "official_name", ""), getattr(country, "common_name", ""))
    for language in gazetteer_table()["names"]:
        for code, name in country_names(language).items():
            # CLDR's "Myanmar (Burma)" gives both names.
            add(code, name, *re.split(r"\s*[(（)）]\s*", name))
    for code, name in zip(all_codes, gazetteer_table()["traditional"].split("|"), strict=True):
        add(code, name)
    for code, foreign in _FOREIGN_ALIASES.items():
        add(code, *foreign.split(", "))
    for rules in gazetteer_table()["languages"].values():
        for code, kinds in rules["words"].items():
            for kind in ("name", "demonym"):
                words = kinds.get(kind, "").split("|")[: _NAMES_PER_ENTRY if kind == "name" else None]
                # a stem, marked by a star, is no word
                add(code, *(word for word in words if word[-1:] != "*" and word not in _REGIONS))
    for code, kinds in gazetteer_table()["evidence"].items():
        for kind in ("name", "demonym"):
            words = [word.rstrip("!*") for word in kinds.get(kind, "").split("|")]
            add(code, *(word for word in words if "?" not in word and word not in _REGIONS))
    return codes
