"""Headlines made from a story's lead by leaving words out.

Nothing is added, the words keep their order, and what goes is what a reader of headlines does without: a dateline, who
said it, when, what stands in brackets or between commas about a name, and clauses that trail. That a headline is the
lead with parts left out is Hedge Trimmer's observation (Dorr, Zajic and Schwartz, HLT-NAACL 2003), which cuts a parse
tree until the rest is short enough; we cut at marks and function words, since there is no parser here, and in the same
order: first what is always dispensable, then from the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from summarizers.headlines.given import given_headline
from summarizers.headlines.kicker import find_kicker
from summarizers.text.cues import needs_context
from summarizers.text.datelines import find_dateline
from summarizers.text.dates import any_of, date_forms
from summarizers.text.scripts import HAN, KANA, LATIN_SMALL, RUSSIAN_SMALL
from summarizers.text.sentences import iter_sentence_spans
from summarizers.text.speech import speech_group
from summarizers.text.words import stopwords
from summarizers.types import Story

__all__ = ["MAX_LENGTH", "make_headline"]

MAX_LENGTH = 90
"""Characters of a made headline."""

_MIN_LENGTH = 20
"""Characters below which a headline says too little."""

_CJK_MAX_LENGTH = 40
"""Characters of a made headline in Chinese and Japanese."""

_BODY_READ = 1600
"""Characters of a body that a lead may be taken from."""

_SENTENCES_READ = 3
"""Sentences of a body among which the lead is."""

_FEWEST_WORDS = 4
"""Words, in Chinese and Japanese about, of the shortest sentence that is a lead."""

_SHORTEST_CUT = 45
"""Characters that stay before a comma or preposition where a headline is cut."""

_SHORTEST_CLAUSE = 40
"""Characters that stay before a subordinate clause that is left out."""

_LAST_CLAUSE = 19
"""Characters of a clause that was cut off so early that its beginning goes, too."""

_SHORTEST_CJK_CUT = 8
"""The same as `_SHORTEST_CUT` in Chinese and Japanese."""

_SPACES = re.compile(r"\s+")
_IDEOGRAPH = re.compile(f"[{KANA}{HAN}]")


def make_headline(story: Story, language: str) -> str:
    """Return the document's own title, else the lead or deck, shortened by leaving words out.

    A made headline has at most 90 characters, only words of the story in their order, and doesn't end in an article, a
    preposition or a conjunction.
    """
    if title := given_headline(story):
        return title
    lead = _lead(story, language)
    if not lead:
        return ""
    if language in {"zh", "ja"} or len(_IDEOGRAPH.findall(lead)) * 3 > len(lead):
        return _shorten_cjk(lead)
    return _shorten(lead, language)


def _lead(story: Story, language: str) -> str:
    """Return the first sentence that stands on its own; a deck is one that an editor wrote."""
    if story.deck and len(story.deck) >= _MIN_LENGTH:
        return _SPACES.sub(" ", story.deck)
    body = story.body[:_BODY_READ]
    first = ""
    for number, (start, end) in enumerate(iter_sentence_spans(body, language)):
        sentence = _SPACES.sub(" ", body[start:end]).strip()
        place = find_dateline(sentence)
        if place is not None:
            sentence = sentence[place.body :]
        label = find_kicker(sentence)
        if label is not None and label.body < len(sentence):
            sentence = sentence[label.body :]
        first = first or sentence
        words = sentence.count(" ") + 1 if " " in sentence else len(sentence) // 3
        if words >= _FEWEST_WORDS and not needs_context(sentence, language):
            return sentence
        if number + 1 >= _SENTENCES_READ:
            break
    return first


# Chinese and Japanese

_CJK_PAUSES = (re.compile(r"[，,；;：:]|——|…"), re.compile(r"[、]"))  # clauses first, then what is listed
_CJK_BRACKETS = re.compile(r"[（(【\[〔][^）)】\]〕]{0,60}[）)】\]〕]")
_CJK_CLOSE = "。！？!?，、,；;：:…． 「『（("
_CJK_PARTICLE = re.compile(
    r"(?:と|が|を|に|で|は|の|も|へ|や|和|与|與|及|的|在|对|對|从|從|把|被|向|并|並|而|但|或|将|將|以)\Z"
)
_CJK_ATTRIBUTION = re.compile(
    r"(?:と(?:発表した|述べた|話した|語った|いう|明らかにした|伝えた)|ことが(?:分かった|わかった))\Z"
)


def _shorten_cjk(lead: str) -> str:
    """Return a Chinese or Japanese lead up to the last pause that fits, outside quotations."""
    lead = _CJK_BRACKETS.sub("", lead).strip().rstrip(_CJK_CLOSE)
    lead = _CJK_ATTRIBUTION.sub("", lead)
    if len(lead) <= _CJK_MAX_LENGTH:
        return _without_tail(lead)
    for pause in _CJK_PAUSES:
        for cut in reversed([match.start() for match in pause.finditer(lead, _SHORTEST_CJK_CUT, _CJK_MAX_LENGTH)]):
            short = lead[:cut]
            if short.count("「") == short.count("」") and short.count("“") == short.count("”"):
                return _without_tail(short)
    return _without_tail(lead[:_CJK_MAX_LENGTH])


def _without_tail(text: str) -> str:
    """Take particles and pauses off the end."""
    while (short := _CJK_PARTICLE.sub("", text.rstrip(_CJK_CLOSE))) != text and len(short) > 4:
        text = short
    return text


# Languages with spaces between words

_BRACKETS = re.compile(r"\s?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|<[A-Z.]{1,12}>)")
_NOT_BEFORE = "".join(
    rf"(?<!{word})"
    for word in ("from", "until", "by", "since", "of", "before", "after", "next", "and", "to", "every", r"\bor")
)
_DAY_PHRASES = {
    "en": _NOT_BEFORE
    + r",?\s(?:(?:late|early)\s)?(?:on\s)?(?:{days}(?:\s(?:morning|afternoon|evening|night))?|yesterday|today|"
    r"(?:last|this|earlier this)\s(?:week|month|night|year|weekend))(?=\s[a-z]|,|\Z)",
    "de": r"\s(?:am|seit)\s{days}(?:abend|morgen|nachmittag)?\b|\sam\sMittwoch\b|\sgestern\b",
    "fr": r",?\s{days}(?:\s(?:matin|soir))?\b",
    "es": r",?\s(?:este|el)\s{days}\b",
    "pt": r",?\s(?:n[ao]|nesta|neste)\s(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?\b|\sn(?:o|este)\s(?:sábado|domingo)\b",
    "it": r",?\s{days}\b",
    "nl": r"\s(?:op\s)?{days}\b",
    "pl": r"\swe?\s{days}\b",
    "ru": r"\sво?\s{days}\b",
    "uk": r"\s[ву]\s{days}\b",
}
"""How each language says on which day something happened."""


@cache
def _day_phrase(language: str) -> re.Pattern[str] | None:
    """On which day, as a lead says it; None for a language without a pattern."""
    pattern = _DAY_PHRASES.get(language)
    return re.compile(pattern.replace("{days}", any_of(date_forms(language, "day_in_phrase")))) if pattern else None


@cache
def _closing_attribution(language: str) -> re.Pattern[str] | None:
    """Attribution at the end of a lead; None for a language without verbs of speech."""
    speech = speech_group(language, "closing")
    return re.compile(rf",\s(?:[^,]{{0,70}}\s)?{speech}\b[^,]{{0,80}}\Z") if speech else None


@cache
def _opening_attribution() -> re.Pattern[str]:
    """Attribution at the beginning: "Officials said on Monday that …"."""
    return re.compile(
        r"\A(?:(?:The\s)?(?:[a-z][\w-]+\s){0,3}(?:[Oo]fficials|[Pp]olice|[Aa]uthorities|[Rr]esearchers|[Ss]cientists|"
        r"[Rr]eports?|[Aa]nalysts|[Ee]xperts|[Ww]itnesses|[Ss]ources)\s"
        + speech_group("en", "opening")
        + r"(?:\s(?:on\s)?\w+day)?(?:\sthat)?\s)(?=\S)"
    )


_APPOSITION = re.compile(
    r"(?<=\w),\s(?:(?:who|which|whose|where|a|an|the|one|his|her|its|their|aged|once|formerly|now|himself|herself|also|however|\d{1,3})\b"
    r"[^,]{0,100}|[^,\s]+(?:\s[^,\s]+){0,2}|\d{1,3}),(?=\s)"
)
# Any other words between two commas, unless these make a list or a clause.
_INSERTION = re.compile(r"(?<=\w),\s(?!and\b|or\b|but\b)[^,]{2,80},(?=\s(?!and\b|or\b))")
_CLAUSE_OR_LIST = re.compile(
    r"\b(?:and|or|is|are|was|were|has|have|had|will|would|could|can|may|might|said|says|told|\w{3,}ed|und|oder|et|ou|y|o|e|и|или)\b"
)
# Who says so, and what leads up to the news, where the sentence begins with it
_OPENING_SOURCE = re.compile(
    r"\A(?:According\sto|Citing|Laut|Nach\sAngaben|Selon|D[’']après|Según|De\sacuerdo\scon|Segundo|De\sacordo\scom|Secondo|Volgens|Według|"
    r"По\sданным|По\sсловам|За\sданими|За\sсловами|Enligt)\s[^,]{2,100},\s(?!(?:he|she|it|they|who|which)\b)(?=\S.{24})"
)
_OPENING_PHRASE = re.compile(
    r"\A(?:In|On|At|After|As|With|Despite|Following|While|When|For|Amid|By|Just|Only|Less|More|Since|Under|During|Nearly)\b[^,“\"]{3,110},"
    r"\s(?!(?:he|she|it|they|his|her|its|their|who|which|and|or)\b)(?=\S.{30})"
)
_TRAILING_PHRASE = re.compile(r",\s(?:[a-z]+ing|[a-z]+ed|which|who|whose|where|while|after|as|with|amid|despite|although|though|but|and|in|on|at|"
                         r"according|saying|adding|including|the|a|an|one)\b.*\Z")  # fmt: skip
_CLAUSE = re.compile(
    r"\s(?:after|because|while|when|where|even though|which|who|whose|although|though|amid|despite|following|including|during|since|until|unless|before|"
    r"as|but|whether|so that|in an? (?:attempt|effort|bid|move)|nachdem|weil|während|obwohl|wobei|sodass|après|pendant|tandis|alors|parce|"
    r"afin|après que|después|mientras|porque|aunque|tras|donde|où|dove|onde|waar|gdzie|depois|enquanto|após|dopo|mentre|perché|nadat|terwijl|omdat|"
    r"после|потому|когда|который|которая|которое|которые|чтобы|який|яка|яке|які|щоб|ponieważ|który|która|które|když|protože)\s"
)
_PLACE_OF_SUBJECT = re.compile(
    r"\A(?P<subject>(?:[\w'’-]+\s){1,5}?)(?:in|at|from|near|on)\s(?:the\s)?(?:[A-Z][\w'’-]*\s){1,6}"
    r"(?=(?:will|would|could|has|have|had|is|are|was|were|may|can|should)\s)"
)
# "The club announced that …": the fact, not who made it known; what somebody only says keeps its speaker
_ANNOUNCEMENT = re.compile(r"\A[^,“\"]{8,90}?\s(?:announced|confirmed)\sthat\s(?!(?:he|she|it|they)\b)(?=\S.{34})")
# What is left of "for talks with officials aimed at …" where its end didn't fit
_DANGLING_PHRASE = re.compile(
    r"\s(?:for|after|during|in|following|ahead\sof)\s(?:\w+\s)?(?:talks|negotiations|discussions|consultations|meetings|efforts)\Z"
)
_LAST_WORD = re.compile(r"[\w'’-]+\Z")
_STRAY = ' ,;:–—-(“‘"«„'
_ENGLISH_NEVER_LAST = frozenset(
    word
    for line in (
        "a an the of in on at to for from by with and or but nor that than as into onto over under after before between against about",
        "its their his her our your my is are was were be been being has have had will would could can may might must should who which",
        "whose where when while if because since until during without within through across per via amid despite including said says not",
        "no very more most so such this these those some any each every both either than too also mr mrs ms dr st sen gov rep",
    )
    for word in line.split()
)


def _shorten(lead: str, language: str) -> str:
    """Return a sentence without what can go, until it fits."""
    text = lead.rstrip(" .…;,").removesuffix("..").strip()
    text = _SPACES.sub(" ", _BRACKETS.sub("", text))
    for shorten in _always(language):
        text = _unless_too_short(text, shorten(text))
    if len(text) > MAX_LENGTH:
        for shorten in _when_too_long(language):
            text = _unless_too_short(text, shorten(text))
            if len(text) <= MAX_LENGTH:
                break
    if len(text) > MAX_LENGTH:
        text = _cut_to_fit(text)
        dangling = _DANGLING_PHRASE.search(text, 30)
        text = text[: dangling.start()] if dangling else text
    if (comma := text.rfind(", ", _SHORTEST_CUT)) >= len(text) - _LAST_CLAUSE > 0 and len(text) < len(lead) - 20:
        text = text[:comma]  # the beginning of a clause that was cut off
    return _SPACES.sub(" ", _finished(text, language))


def _always(language: str) -> Iterator[Callable[[str], str]]:
    """Yield what shortens a lead even where there is room: leaving out who said it, and when."""
    closing, when = _closing_attribution(language), _day_phrase(language)
    if closing is not None:
        yield lambda text: closing.sub("", text)
    if language == "en":
        yield lambda text: _capitalise(_opening_attribution().sub("", text))
    yield lambda text: _capitalise(_OPENING_SOURCE.sub("", text))
    if when is not None:
        yield lambda text: when.sub("", text)


def _when_too_long(language: str) -> Sequence[Callable[[str], str]]:
    """Return what shortens a lead that is too long, the most dispensable first."""
    return (
        lambda text: _capitalise(_OPENING_PHRASE.sub("", text)) if language == "en" else text,
        lambda text: _APPOSITION.sub("", text),
        lambda text: _INSERTION.sub(_clause_or_nothing, text),
        lambda text: _TRAILING_PHRASE.sub("", text) if text.find(",") >= _MIN_LENGTH + 10 else text,
        _without_last_clauses,
        lambda text: _without_place(text) if language == "en" else text,
        lambda text: _capitalise(_ANNOUNCEMENT.sub("", text)),
    )


def _without_place(text: str) -> str:
    """Leave out where the subject is, if the rest then fits: better than an end that is cut off."""
    short = _PLACE_OF_SUBJECT.sub(r"\g<subject>", text)
    return short if len(short) <= MAX_LENGTH else text


def _clause_or_nothing(match: re.Match[str]) -> str:
    """Return words between commas that make a clause or a list, else nothing."""
    return match[0] if _CLAUSE_OR_LIST.search(match[0]) else ""


def _unless_too_short(before: str, after: str) -> str:
    """Return the shorter text unless it says too little."""
    after = after.strip(" ,")
    return after if len(after) >= min(_MIN_LENGTH + 5, len(before)) and after.count(" ") >= 2 else before


def _capitalise(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _without_last_clauses(text: str) -> str:
    """Leave out subordinate clauses, from the end on, until it fits."""
    for match in reversed(list(_CLAUSE.finditer(text, _SHORTEST_CLAUSE))):
        text = text[: match.start()]
        if len(text) <= MAX_LENGTH:
            break
    return text


def _cut_to_fit(text: str) -> str:
    """Cut a text so that it fits.

    At a comma or a preposition near the end, else behind a word but not within a name.
    """
    cut = text.rfind(" ", 0, MAX_LENGTH + 1)
    short = text[:cut] if cut > 0 else text[:MAX_LENGTH]
    comma = max(short.rfind(mark) for mark in (", ", "; ", " – ", " — "))
    if comma >= _SHORTEST_CUT:
        return short[:comma]
    places = [
        match.start()
        for match in _CUT_POINT.finditer(text, _SHORTEST_CUT, MAX_LENGTH + 12)
        if match.start() <= len(short)
    ]
    # not behind "expected", "agreed", "likely" or "all", which need what follows
    for place in reversed(places):
        if not _within_name(text, place) and not _NEEDS_COMPLEMENT.search(text, 0, place):
            return text[:place]
    while cut > _MIN_LENGTH and (_within_name(text, cut) or _QUANTITY.search(text, 0, cut)):
        cut = text.rfind(" ", 0, cut)
    return text[:cut] if cut > _MIN_LENGTH else short


# A number or what says how many, cut from what it counts
_QUANTITY = re.compile(
    r"\s(?:[\d.,/-]+(?:-\w+)?|(?:an?\s)?(?:estimated|further|additional|total)|two|three|four|five|six|seven|eight|nine|ten|several|many)\Z"
)
_CUT_POINT = re.compile(
    r"\s(?:to|in|on|at|for|from|by|with|of|off|near|through|between|among|around|across|over|into|against|that|and|or|über|mit|für|von|auf|und|dass|pour|dans|avec|sur|et|que|para|"
    r"con|en|y|por|com|em|di|per|nel|voor|met|van|в|на|для|с|из|и|что|za|na|do|w|z)\s"
)


def _within_name(text: str, place: int) -> bool:
    """Return whether a blank stands within a name.

    Capitals stand on both sides, perhaps with a particle or an article between.
    """
    before = text[text.rfind(" ", 0, place) + 1 : place]
    return before[:1].isupper() and _CAPITAL_FOLLOWS.match(text, place) is not None


_CAPITAL_FOLLOWS = re.compile(
    rf"\s(?:(?:of|and|for|in|the|de|la|del|di|da|der|von|van|&|’s)\s){{0,2}}[^\W\d_{LATIN_SMALL}{RUSSIAN_SMALL}]"
)
_NEEDS_COMPLEMENT = re.compile(
    r"\s(?:\w+ed|likely|unlikely|able|consists?|depends?|rely|relies|set|due|ready|plans?|aims?|seeks?|wants?|hopes?|is|are|was|were|has|have|all|first|little|time|"
    r"right|way|need|attempt|bid|effort|decision|power|move|urged?|one|part|series|number|end|\d+)\Z"
)


def _finished(text: str, language: str) -> str:
    """Leave out words that can't be the last, and quotation marks or brackets that stay open."""
    never = _ENGLISH_NEVER_LAST if language == "en" else stopwords(language)
    while True:
        text = text.rstrip(_STRAY)
        for opening, closing in (("“", "”"), ("„", "“"), ("«", "»"), ("(", ")")):
            if text.count(opening) > text.count(closing):
                at = text.rfind(opening)
                text = text[:at] if opening == "(" and at >= _MIN_LENGTH else text[:at] + text[at + 1 :]
        if text.count('"') % 2:
            at = text.rfind('"')
            text = text[:at] + text[at + 1 :]
        text = text.rstrip(_STRAY)
        last = _LAST_WORD.search(text)
        if last is None or " " not in text or last[0].casefold() not in never or len(text) < 12:
            return text
        if last[0].isupper() and len(last[0]) > 1:  # "US" is no pronoun
            return text
        text = text[: last.start()]
