"""Datelines: the place, date and agency that a report opens with.

Two recognisers. `find_dateline` reads how agencies of many countries write them and says where the body begins.
`find_dateline_place` only finds the place, in English and anywhere near a text's beginning; it takes more for a
dateline. The salience of countries was fitted with it, so that the two can be merged only together with a new fit.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from summarizers.text.dates import any_of, date_forms
from summarizers.text.scripts import (
    CYRILLIC_CAPITALS,
    CYRILLIC_SMALL,
    HANGUL,
    LATIN_CAPITALS_TO_THORN,
    RUSSIAN_SMALL,
    UKRAINIAN_CAPITALS,
)

__all__ = [
    "AGENCIES",
    "Dateline",
    "date_word",
    "find_dateline",
    "find_dateline_place",
    "starts_with_cjk_dateline",
]

AGENCIES = (
    r"(?:Thomson )?Reuters|Associated Press|The Associated Press|AP|AFP|Agence France[- ]Presse|dpa|DPA|EFE|ANSA|Xinhua|Kyodo(?: News)?|Jiji(?: Press)?|"
    r"TASS|Interfax|Yonhap|UPI|PTI|ANI|IANS|CNN|BBC(?: News)?|Bloomberg|CNA|PA(?: Media)?|Lusa|PAP|ČTK|TT|APA|ATS|Belga|Ukrinform|"
    r"RIA Novosti|PRNewswire|PR Newswire|Business Wire|GLOBE NEWSWIRE|staff|Staff|Agencies|agencies"
)
"""Names of news agencies as an alternation."""

_READ = 140
"""Characters that may hold a dateline with all its parts."""

_CJK_READ = 80
"""The same in Chinese, Japanese and Korean."""


@cache
def date_word() -> str:
    """Return a regular expression for a word of a date, lower case, in any language."""
    return rf"{any_of(date_forms('any', 'date_word_prefix'))}\w*"


# The dateline before a body


class Dateline(NamedTuple):
    """A dateline's text, and where the body begins behind it."""

    text: str
    body: int


_PLACE = r"[^\W\d_a-z][\w.'’-]*(?:[ /-][^\W\d_a-z][\w.'’-]*| de| la| del| do| di| am| an der| sur| of){0,4}"


@cache
def _latin_dateline() -> re.Pattern[str]:
    """Place, country, day and agency in the usual orders, and the sign behind them."""
    word = date_word()
    day = (
        rf"(?:{word}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?|\d{{1,2}}\.?\s{word}\.?(?:\s\d{{4}})?|{word}day"
        r"|\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?)"
    )
    capital = rf"[{LATIN_CAPITALS_TO_THORN}\"“‘']"
    return re.compile(
        rf"(?P<head>(?P<place>{_PLACE})(?:,\s(?P<land>{_PLACE}|(?:[A-Z]\.){{1,3}}))?(?:[,/]\s?(?P<day>(?i:{day})))?"
        rf"(?:\s?[,/]?\s?(?P<agency>\((?:[A-Z][\w .&/-]{{1,30}}|dpa(?:/\w+)?|ots)\)|/[A-Z{CYRILLIC_CAPITALS}]{{2,9}}/|dpa|AFP|AP))?"
        rf"(?:\s(?P<day2>(?i:{day})))?)"
        rf"(?P<sign>\s*(?:--|[-–—―_|])\s+|\.\s?[-–—]\s|:\s(?={capital})|\s(?={capital}))"
    )


_AGENCY_FIRST = re.compile(rf"\((?P<agency>{AGENCIES}|[A-Z][\w .&/]{{1,24}})\)\s*(?:--?|[-–—_|:])?\s*(?=\S)")
_CJK_DATELINE = re.compile(
    r"[【（(\[［](?=[^】）)\]］]{0,40}(?:社|电|電|日|讯|訊|訊息|报|報|＝|=|通信|新聞|新闻|記者|记者|기자|뉴스|연합|특파원))[^】）)\]］]{2,60}[】）)\]］]\s*(?:[-–—=＝]\s*)?"
    r"|[^\s，。、]{2,12}(?:社|网|網)[^\s，。、]{1,10}\d{1,2}月?\d{0,2}日?[电電讯訊]\s*(?:[（(][^）)]{1,30}[）)])?\s*"
    rf"|\((?:서울|부산|도쿄|워싱턴|베이징)=[^)]{{1,30}}\)\s*(?:[{HANGUL}]{{2,4}}\s(?:기자|특파원)\s*=\s*)?"
)
_CYRILLIC_DATELINE = re.compile(
    rf"[{UKRAINIAN_CAPITALS}][{CYRILLIC_CAPITALS}{CYRILLIC_SMALL}ёіїєґ-]+(?:[ -][{CYRILLIC_CAPITALS}][{RUSSIAN_SMALL}-]+)?"
    rf"[.,]\s\d{{1,2}}\s[{CYRILLIC_SMALL}іїє]{{3,9}}[.,]?(?:\s\d{{4}})?\s?(?:г\.)?\s*"
    rf"(?:/[{CYRILLIC_CAPITALS}A-Z]{{2,12}}/|[–—-]\s?[{CYRILLIC_CAPITALS}A-Z][\w. ]{{2,20}}|[A-Z{CYRILLIC_CAPITALS}][\w.]{{3,20}})"
    r"\.?\s*(?:[–—-]\s*)?"
)
_SIGN = re.compile(r"[-–—―_|:)\]】）］/日]|\d[電电讯訊]")
"""Without one of these no dateline ends."""
_LATIN_SIGN = re.compile(r"[-–—―_|:)/]\s")
_CJK_FROM = 0x2E7F
"""Code points above this one are Chinese, Japanese or Korean where a text begins with them."""


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that a paragraph begins with, or None.

    Place, date and agency are read in the usual orders and signs; a paragraph that is nothing but a dateline has none.
    """
    head = paragraph[:_READ]
    first = head[:1]
    if not first or not _SIGN.search(head):
        return None
    if first in "【（([［" or ord(first) > _CJK_FROM:
        match = _CJK_DATELINE.match(head)
        if match:
            return _with_body(paragraph, match.group().rstrip(" -–—=＝"), match.end())
    if first == "(":
        match = _AGENCY_FIRST.match(head)
        return _with_body(paragraph, head[: match.end("agency") + 1], match.end()) if match else None
    if not first.isupper():
        return None
    if "\u0400" <= first <= "\u04ff":
        match = _CYRILLIC_DATELINE.match(head)
        if match:
            return _with_body(paragraph, match.group().rstrip(" -–—"), match.end())
    match = _latin_dateline().match(head) if _LATIN_SIGN.search(head) else None
    if match is None or not _is_confirmed(match):
        return None
    return _with_body(paragraph, match["head"].strip(), match.end())


def _is_confirmed(match: re.Match[str]) -> bool:
    """Return whether day, agency, country or form show that a match is a dateline."""
    sign = match["sign"]
    if not sign.strip():
        # "Paris (AFP) The president": only the bracket says that the words before it are a dateline
        return bool(match["agency"]) and match["agency"][0] in "(/"
    if ":" in sign:
        return bool(match["day"])
    return (
        bool(match["day"] or match["agency"])
        or (match["land"] or "").endswith(".")
        or _is_agency_style(match["place"], sign.strip())
    )


def _is_agency_style(place: str, sign: str) -> bool:
    """Return whether the words before a bare dash are a place in capitals."""
    letters = [letter for letter in place if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters) and sign in {"-", "–", "—", "--", "_"}


def _with_body(paragraph: str, text: str, body: int) -> Dateline | None:
    """Return a dateline that leaves words behind it, else None."""
    return Dateline(text.strip(), body) if body < len(paragraph) and text.strip() else None


def starts_with_cjk_dateline(paragraph: str) -> bool:
    """Return whether a paragraph begins with a dateline in CJK brackets or of a CJK agency."""
    return _CJK_DATELINE.match(paragraph[:_CJK_READ]) is not None


# The place of a dateline, for salience


@cache
def _english_dateline() -> re.Pattern[str]:
    """A place, with a date, an agency or a dash behind it, at the beginning of a line."""
    month = any_of(date_forms("en", "month_in_phrase"))
    return re.compile(
        rf"^[^\w\n]{{0,6}}(?P<place>[^\W\d_][^\n\d(:]{{1,70}}?)"
        rf"(?:,?[ ](?P<date>{month}\.?[ ]\d{{1,2}}(?:,?[ ]\d{{4}})?[ ]*(?:\([^)\n]{{2,40}}\)[ ]*)?)(?:[-–—]+(?=\s)|$)"
        r"|[ ](?P<agency>\([A-Z][^)\n]{1,30}\))[ ]*[-–—]+(?=\s)"
        r"|[ ]?[-–—]{1,2}(?=\s))",
        re.IGNORECASE | re.MULTILINE,
    )


_MOST_BLANKS = 6
"""Blanks in the longest place name; more are the words of a sentence."""


def find_dateline_place(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a dateline's place between `start` and `end`, or None.

    The dateline begins a line.

    A date or an agency follows the place, or it is in capitals before a dash.
    """
    for match in _english_dateline().finditer(text, start, end):
        place = match["place"]
        if (match["date"] or match["agency"] or place.isupper()) and place.count(" ") <= _MOST_BLANKS:
            return match.span("place")
    return None
