"""What on a page is not the story's own sentences: kicker, dateline, byline, credits, and the page's furniture?

Everything here looks at one line or at a paragraph's first words, by rule; the words of each language are in
data/furniture.toml, written by hand. Spans are given, never rewritten text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from summarizers.text.sentences import sentence_ending

__all__ = [
    "Dateline",
    "Kicker",
    "LineKind",
    "dateline_at",
    "deck_end",
    "hangs",
    "kicker_at",
    "kind_of_line",
    "trailing_credit",
]

_DATA = Path(__file__).parents[1] / "data" / "furniture.toml"

LineKind = Literal["text", "rule", "furniture", "byline", "credit", "date"]

# Lines

_LONGEST = 240
_RULE = re.compile(r"(?:[-–—_=*#~•·.+⁂⸻※☆★◆─━═]\s*){3,}\Z|(?:⁂|⸻|\*|•|#{1,6}|%%|\* \*)\Z")
_LETTERLESS = re.compile(r"[\W_]*\Z")
_END_SIGN = re.compile(
    r"[\W_]*(?:30|ends|end|endit|ende|fin|конец)[\W_]*\Z|(?:story|article|item|news|text|report|artikel|meldung|article|noticia)"
    r"\s?(?:no\.?\s?)?#?\d{1,3}\W{0,3}\Z",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"(?:\d[\d.,]*\s?[KMkm]?\s(?:shares?|comments?|likes?|views?|retweets?|reactions?|followers?|replies|"
    r"votes?|points?)\b(?:[\s|·•,]*\d[\d.,]*\s?[KMkm]?\s(?:shares?|comments?|likes?|views?|retweets?|reactions?|replies))*"
    r"|(?:share|tweet|pin|like|likes|email|print|comments?|views?|shares?)[\s:(]*\d[\d.,]*\s?[KMkm]?\)?"
    r"|\d{1,2}[\s-]min(?:ute)?s?\s(?:read|ago)|(?:(?:last )?updated |published |posted )?\d+ (?:mins?|minutes?|hrs?|hours?|days?|weeks?) ago)\W*\Z",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z|\S+@\S+\.\w+\Z|@\w{2,20}\Z", re.IGNORECASE)
_NAMED = r"[^\W\d_a-z][\w.'’-]*(?:\s(?:[^\W\d_a-z][\w.'’-]*|de|da|di|del|der|den|van|von|bin|al|el|la|le|du|dos|ter|y|e)){0,4}"
_BYLINE_NAME = re.compile(
    rf"{_NAMED}(?:\s*(?:,|and|und|et|y|e|en|og|och|i|&|/|и|та)\s*{_NAMED}){{0,5}}"
    r"(?:\s*(?:,|\||-|–|—|/|\bin\b|\bat\b|\bfor\b|\bof\b|@)\s*[^\Wa-z].{1,60})?\s*(?:\|.*)?\Z"
)
_ROLE_WORD = re.compile(
    r"staff|report|writer|correspond|editor|column|contrib|photographer|bureau|redakt|korresp|redac|redaz",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"{_NAMED}\s*(?:,|\||-|–|—|/)\s*(?:[A-Z][\w'’&.]*\s){{0,4}}(?:(?i:staff|senior|chief|political|sports?|business|science|special|"
    r"contributing|local|foreign|health|technology|education|deputy)\s)*(?i:staff|reporter|writer|correspondent|editor|columnist|"
    r"contributor|photographer|bureau|redakteur(?:in)?|korrespondent(?:in)?|correspondant|corresponsal|redactor|redazione)"
    r"(?:\s(?:in|at|for|of)\s.{2,40})?\Z"
)
_DATE_WORD = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|janu|märz|mai|juni|juli|okt|dez|"
    r"janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)\w*"
)
_DATE_PART = re.compile(
    rf"{_DATE_WORD}|\d{{1,4}}(?:st|nd|rd|th)?|[ap]|m|[ap]m|[a-z]{{1,3}}t|gmt|utc|at|on|um|uhr|h|à|de|le|kl|[年月日時时分년월일]|"
    r"(?:\d{1,4}[年月日時时分년월일]){1,6}|\d{1,2}(?::\d\d){1,2}(?:am|pm)?|\d{1,2}[ap]m|first|last|published|posted|updated|created|modified|"
    r"filed|date|veröffentlicht|stand|publié|publie|mis|jour|actualizado|publicado|pubblicato|gepubliceerd|опубликовано|обновлено"
)
_PARTS = re.compile(r"[\s,/:.|@()+·•–—-]+")
_HAS_DATE = re.compile(rf"\b(?:19|20)\d\d(?:\b|年)|\b{_DATE_WORD}\b|\d{{1,2}}[./]\d{{1,2}}|[年월]", re.IGNORECASE)
_INVITES = re.compile(
    r"\b(?:follow|find|like|join|sign up|subscribe|send|visit|download|abonnieren|folgen|suivez|síguenos|siga|segui|volg)\b",
    re.IGNORECASE,
)


@cache
def _phrases() -> tuple[Mapping[LineKind, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]], tuple[str, ...]]:
    """For each kind the lines that are it whole, and beginnings by their first four characters; then byline words."""
    with _DATA.open("rb") as file:
        table = tomllib.load(file)
    kinds: dict[LineKind, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]] = {}
    names: tuple[tuple[LineKind, str], ...] = (("furniture", "furniture"), ("credit", "credit"))
    for kind, key in names:
        begins: dict[str, tuple[str, ...]] = {}
        for phrase in sorted(entry.casefold().lstrip(_AROUND) for entry in table[key]["begins"]):
            begins[phrase[:4]] = (*begins.get(phrase[:4], ()), phrase)
        kinds[kind] = (frozenset(phrase.casefold() for phrase in table[key]["whole"]), begins)
    return kinds, tuple(table["byline"]["begins"])


def kind_of_line(line: str) -> LineKind:
    """What a line of a page is: `text` where nothing says that it is something else.

    `rule`: a drawn line or other sign that parts. `furniture`: words of the page and not of a story. `byline`: who
    wrote it. `credit`: agency, further reporters, photographer, copyright. `date`: when it was published.
    """
    line = line.strip()
    length = len(line)
    if length > _LONGEST:
        return "text"
    if not _LETTER.search(line, 0, 12) and _LETTERLESS.match(line):
        return "rule" if not line or _RULE.match(line) else "furniture"
    if length < 20 and _END_SIGN.match(line) and (line[0] in "-–—(*[#" or line[-1].isdigit() or line.isupper()):
        return "rule"
    kinds, bylines = _phrases()
    bare = line.strip(_AROUND).casefold()
    for kind, (whole, begins) in kinds.items():
        # nearly all lines differ in their first four characters from every phrase
        if bare in whole or (bare[:4] in begins and bare.startswith(begins[bare[:4]])):
            return kind
    if "©" in line[:20] or ("contribu" in bare and _CONTRIBUTED.search(bare)):
        return "credit"
    if _social(bare):
        return "furniture"
    if length >= 120 or (line[-1] in ".!?" and length > 40):
        return "text"
    if line[0] in "(©[–—-" or line[0].isupper():
        if _AGENCY_ONLY.match(line):
            return "credit"
        if line.startswith(bylines) and _BYLINE_NAME.match(_named_in(line)):
            return "byline"
        if _ROLE_WORD.search(bare) and _ROLE.match(line.rstrip(".")):
            return "byline"
    elif line.startswith(bylines) and _BYLINE_NAME.match(_named_in(line)):
        return "byline"
    if length < 90:
        if _SHARES.match(line) or _ADDRESS.match(line):
            return "furniture"
        if _DIGIT.search(line) and _HAS_DATE.search(line) and _is_date(bare):
            return "date"
    return "text"


def hangs(line: str, language: str) -> bool:
    """Whether a line breaks off, so that it can't be a headline.

    Headlines end in words that few sentences end in ("walk out", "tritt ab"), but not in an article or "and".
    """
    if not line[-1:].isalnum():
        return sentence_ending(line, language) == "cut"
    if line.count("(") > line.count(")") or line.count("（") > line.count("）"):
        return True
    return line[-24:].split()[-1].casefold().lstrip(_AROUND) in _never_last(language)


@cache
def _never_last(language: str) -> frozenset[str]:
    """Words that no headline of a language ends in."""
    with _DATA.open("rb") as file:
        table: Mapping[str, str] = tomllib.load(file)["never last"]
    return frozenset(table.get(language, "").split())


def _named_in(line: str) -> str:
    """What follows a byline's first word, or its "by"."""
    return (
        re.split(r"\bby\s", line, maxsplit=1)[-1].rstrip(" .")
        if " by " in line[:14]
        else line.split(None, 1)[-1].rstrip(" .")
    )


def _social(bare: str) -> bool:
    """Whether a casefolded line asks to follow, like or subscribe; a quotation doesn't."""
    named = "facebook" in bare or "twitter" in bare or "instagram" in bare or "newsletter" in bare or "whatsapp" in bare
    if len(bare) < 60 and len(words := _PARTS.split(bare)) > 1 and all(word in _NETWORKS for word in words):
        return True
    return named and '"' not in bare and "“" not in bare and _INVITES.search(bare) is not None


_NETWORKS = frozenset(
    {"facebook", "twitter", "x", "whatsapp", "email", "e-mail", "linkedin", "instagram", "telegram", "reddit", "pinterest", "print",
     "share", "tweet", "on", "via", "copy", "link", "pin", "it", "bluesky", "threads", "messenger", "save", "comment", "like", "sms", "mail"}
)  # fmt: skip
_LETTER = re.compile(r"[^\W_]")
_AROUND = " \t\u00a0>»›→▶►•·|-–—*_[]()#:.…!"
_CONTRIBUTED = re.compile(
    r"contribut\w+ (?:reporting|to (?:this|the) (?:report|story|article))|(?:trug|haben) zu diesem (?:bericht|artikel)|"
    r"ont? contribué à cet article|contribuy\w+ (?:a|con) est\w",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def _is_date(bare: str) -> bool:
    """Whether a casefolded line is nothing but the parts of a date."""
    parts = [part for part in _PARTS.split(bare) if part]
    return len(parts) < 16 and all(_DATE_PART.fullmatch(part) for part in parts)


_AGENCIES = (
    r"(?:Thomson )?Reuters|Associated Press|The Associated Press|AP|AFP|Agence France[- ]Presse|dpa|DPA|EFE|ANSA|Xinhua|Kyodo(?: News)?|Jiji(?: Press)?|"
    r"TASS|Interfax|Yonhap|UPI|PTI|ANI|IANS|CNN|BBC(?: News)?|Bloomberg|CNA|PA(?: Media)?|Lusa|PAP|ČTK|TT|APA|ATS|Belga|Ukrinform|"
    r"RIA Novosti|PRNewswire|PR Newswire|Business Wire|GLOBE NEWSWIRE|staff|Staff|Agencies|agencies"
)
_AGENCY_ONLY = re.compile(
    rf"[(\[–—-]?\s*(?:(?:{_AGENCIES})[\s,/&;+and-]*)+[)\]]?(?:\s(?:contributed|photo|Photo).{{0,60}})?[.\s]*\Z"
)
_TRAILING = re.compile(
    rf"\s*(?:[–—-]\s*(?:{_AGENCIES})|\((?:{_AGENCIES})(?:[/,\s]+(?:{_AGENCIES}|[a-z]{{2,4}}))*\)|(?:REUTERS?|Reuter|ENDS)(?:\^M|\.\.\.|;)?)\s*\Z"
)


def trailing_credit(paragraph: str) -> int | None:
    """Where a credit begins that closes a paragraph ("… he said. (AFP)"), or None."""
    tail = paragraph[-60:]
    if not tail or (tail[-1] not in ").;" and not tail[-1].isalpha()):
        return None
    found = _TRAILING.search(tail)
    if found is None or not found.start():
        return None
    before = tail[: found.start()].rstrip()
    return len(paragraph) - len(tail) + found.start() if before[-1:] in '.!?”"’»' else None


# Datelines


class Dateline(NamedTuple):
    """Where a paragraph's own words begin, and what stands before them."""

    text: str
    body: int


_PLACE = r"[^\W\d_a-z][\w.'’-]*(?:[ /-][^\W\d_a-z][\w.'’-]*| de| la| del| do| di| am| an der| sur| of){0,4}"
_DAY = rf"(?:{_DATE_WORD}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?|\d{{1,2}}\.?\s{_DATE_WORD}\.?(?:\s\d{{4}})?|{_DATE_WORD}day|\d{{1,2}}[./]\d{{1,2}}[./]?(?:\d{{2,4}})?)"
_DATELINE = re.compile(
    rf"(?P<head>(?P<place>{_PLACE})(?:,\s(?P<land>{_PLACE}|(?:[A-Z]\.){{1,3}}))?(?:[,/]\s?(?P<day>(?i:{_DAY})))?"
    rf"(?:\s?[,/]?\s?(?P<agency>\((?:[A-Z][\w .&/-]{{1,30}}|dpa(?:/\w+)?|ots)\)|/[A-ZА-Я]{{2,9}}/|dpa|AFP|AP))?"
    r"(?:\s(?P<day2>(?i:" + _DAY + r")))?)"
    r"(?P<sign>\s*(?:--|[-–—―_|])\s+|\.\s?[-–—]\s|:\s(?=[A-ZÀ-Þ\"“‘'])|\s(?=[A-ZÀ-Þ\"“‘']))"
)
_AGENCY_START = re.compile(rf"\((?P<agency>{_AGENCIES}|[A-Z][\w .&/]{{1,24}})\)\s*(?:--?|[-–—_|:])?\s*(?=\S)")
_EAST_DATELINE = re.compile(
    r"[【（(\[［](?=[^】）)\]］]{0,40}(?:社|电|電|日|讯|訊|訊息|报|報|＝|=|通信|新聞|新闻|記者|记者|기자|뉴스|연합|특파원))[^】）)\]］]{2,60}[】）)\]］]\s*(?:[-–—=＝]\s*)?"
    r"|[^\s，。、]{2,12}(?:社|网|網)[^\s，。、]{1,10}\d{1,2}月?\d{0,2}日?[电電讯訊]\s*(?:[（(][^）)]{1,30}[）)])?\s*"
    r"|\((?:서울|부산|도쿄|워싱턴|베이징)=[^)]{1,30}\)\s*(?:[가-힣]{2,4}\s(?:기자|특파원)\s*=\s*)?"
)
_RUSSIAN_DATELINE = re.compile(
    r"[А-ЯЁІЇЄҐ][А-Яа-яёіїєґ-]+(?:[ -][А-Я][а-яё-]+)?[.,]\s\d{1,2}\s[а-яіїє]{3,9}[.,]?(?:\s\d{4})?\s?(?:г\.)?\s*"
    r"(?:/[А-ЯA-Z]{2,12}/|[–—-]\s?[А-ЯA-Z][\w. ]{2,20}|[A-ZА-Я][\w.]{3,20})\.?\s*(?:[–—-]\s*)?"
)


_PARTING = re.compile(r"[-–—―_|:)\]】）］/日]|\d[電电讯訊]")

_PARTED = re.compile(r"[-–—―_|:)/]\s")  # without such a sign no dateline in Latin letters ends


def dateline_at(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with: place, date and agency in the usual orders and signs, or None."""
    head = paragraph[:140]
    first = head[:1]
    if not first or not _PARTING.search(head):
        return None
    if first in "【（([［" or ord(first) > 0x2E7F:
        found = _EAST_DATELINE.match(head)
        if found:
            return _dateline(paragraph, found.group().rstrip(" -–—=＝"), found.end())
    if first == "(":
        found = _AGENCY_START.match(head)
        return _dateline(paragraph, head[: found.end("agency") + 1], found.end()) if found else None
    if not first.isupper():
        return None
    if "\u0400" <= first <= "\u04ff":
        found = _RUSSIAN_DATELINE.match(head)
        if found:
            return _dateline(paragraph, found.group().rstrip(" -–—"), found.end())
    found = _DATELINE.match(head) if _PARTED.search(head) else None
    if found is None:
        return None
    sign = found["sign"]
    proof = found["day"] or found["agency"]
    if not sign.strip():
        # "Paris (AFP) The president": only the bracket says that the words before it are a dateline
        if not (found["agency"] and found["agency"][0] in "(/"):
            return None
    elif ":" in sign:
        if not found["day"]:
            return None
    elif not proof and not (found["land"] or "").endswith(".") and not _is_place(found["place"], sign.strip()):
        return None
    return _dateline(paragraph, found["head"].strip(), found.end())


def _is_place(words: str, sign: str) -> bool:
    """Whether words before a bare dash are a place: in capitals, the way agencies write them."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters) and sign in {"-", "–", "—", "--", "_"}


def _dateline(paragraph: str, text: str, body: int) -> Dateline | None:
    """A dateline that leaves words behind it."""
    return Dateline(text.strip(), body) if body < len(paragraph) and text.strip() else None


# Kickers


class Kicker(NamedTuple):
    """The label before a story, without its colon or brackets, and where the words after it begin."""

    text: str
    body: int


_KICKER = re.compile(r"(?P<label>[‘“\"'«„]?[^\W_][^:：\n]{1,38}?[’”\"'»“!?]?)\s?[:：](?:\s+(?=\S)|\Z)")
_EAST_KICKER = re.compile(r"[【〈《［\[](?P<label>[^】〉》］\]\d\s][^】〉》］\]]{1,14})[】〉》］\]]\s*(?=\S)")
_NOT_KICKERS = frozenset(
    {"ceo", "cfo", "cto", "faq", "note", "update", "photo", "photos", "video", "watch", "source", "sources", "caption",
     "tip", "tel", "fax", "isbn", "url", "editor", "correction"}
)  # fmt: skip


def kicker_at(paragraph: str) -> Kicker | None:
    """The kicker a paragraph begins with: a few words in capitals and a colon, or a label in CJK brackets."""
    first = paragraph[:1]
    if first in "【〈《［":
        found = _EAST_KICKER.match(paragraph)
        if found and not _EAST_DATELINE.match(paragraph[:80]):
            return Kicker(found["label"].strip(), found.end())
        return None
    head = paragraph[:60]
    found = _KICKER.match(head) if ":" in head or "：" in head else None
    if found is None:
        return None
    label = found["label"]
    letters = [letter for letter in label if letter.isalpha()]
    if len(letters) < 3 or any(letter != letter.upper() or letter == letter.lower() for letter in letters):
        return None
    if len(label.split()) > 6 or label.strip("‘’“”\"'«»„").casefold() in _NOT_KICKERS:
        return None
    return Kicker(label, found.end())


# Decks

_MEETING = re.compile(r"(?<=[\w’”%)\]])\s+(?=[“‘\"]?[A-ZÀ-ÖØ-Þ])")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?][”’\"']?\s|[a-z)]\.\s(?=[A-Z“])")
_OPENING_WORD = re.compile(
    r"[“‘\"]?(?:The|A|An|In|On|At|It|He|She|They|We|There|This|These|Those|After|As|When|While|Following|Despite|Two|Three|Four|"
    r"Five|Six|More|Some|Many|Several|Dozens|Hundreds|Thousands|Nearly|Police|Officials|Scientists|Researchers|Residents|"
    r"Workers|Farmers|Former|Senior|President|Prime)\b"
)
_TIME_WORD = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|said|says|say|did|does|do|told|made|took|won|lost|led|"
    r"came|went|began|left|met|saw|set|put|hit|fell|rose|held|kept|gave|found|plans?|aims?|seeks?|calls?|\w{3,}ed)\b"
)
_ATTRIBUTION = re.compile(r",\s(?:the\s)?[^,;]{2,45}\s(?:said|says|say|show|shows|showed|told|reported|warned|added)\Z")
_SPEECH = re.compile(r"\b(?:said|says|say|told|that|reported|warned|added|announced|called|named|by)\Z", re.IGNORECASE)
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*")
_NAMES_MEET = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.’'-]*\Z")
_LONGEST_DECK = 260
_SURE = 3.0


def deck_end(text: str, start: int) -> int | None:
    """Where the body begins behind a deck that was glued to it, or None where `text[start:]` is all body.

    A deck is a clause without a full stop, and the body's first sentence follows it: so the seam is a capital within
    what reads as one sentence. Each such place is rated by what could end a clause before it and what could open a
    report behind it; the best is taken when it is rated well enough.
    """
    stop = _SENTENCE_END.search(text, start)
    end = stop.end() if stop else len(text)
    best, where = _SURE, None
    for found in _MEETING.finditer(text, start + 20, min(end, start + _LONGEST_DECK)):
        rated = _seam(text[start : found.start()], text[found.end() : end], text[found.end() : found.end() + 400])
        if rated > best:
            best, where = rated, found.end()
    return where


def _seam(deck: str, sentence: str, behind: str) -> float:
    """How much a place between two words looks like the seam of a deck and a body."""
    if _TIME_WORD.match(sentence) or len(sentence) < 40:
        return -9.0
    opens = _OPENING_WORD.match(sentence) is not None
    rated = 4.0 if opens else 0.0
    if sentence_ending(deck, "en") == "cut":
        # a clause may end in "it" or "up"; a name may stand behind any other of these words
        rated -= 2.5 if opens else 6.0
    if not opens:
        if _NAMES_MEET.search(deck):
            rated -= 5.0
        if len(_CAPITALISED.findall(sentence[:60])) >= 2:
            rated += 1.0
    if _ATTRIBUTION.search(deck):
        rated += 3.0
    elif _SPEECH.search(deck):
        rated -= 4.0
    rated += 1.0 if _FINITE.search(deck) else -4.0
    rated += 1.0 if _FINITE.search(sentence, 0, 160) else -3.0
    rated += 1.0 if 50 <= len(deck) <= 200 else 0.0
    # A deck says beforehand what the body says again.
    told = {word for word in _CAPITALISED.findall(deck) if len(word) > 2}
    return rated + min(2.0, 0.7 * sum(word in behind for word in told))
