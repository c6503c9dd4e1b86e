"""Cues in a sentence's words and marks: needs context, is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizers.text.scripts import HANGUL, IDEOGRAPHIC, THAI_AND_LAO

__all__ = [
    "background_sentences",
    "ends_like_sentence",
    "goes_against",
    "is_fragment",
    "is_loose_quotation",
    "needs_context",
    "no_comment_sentences",
    "positions_needing_context",
]

_POINTS_BACK: dict[str, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:He|She|They|It|His|Her|Hers|Their|Its|This|That|These|Those|Such|Both|Neither|"
        r"But|And|So|Or|Nor|Yet|However|Nevertheless|Nonetheless|Moreover|Furthermore|Therefore|Thus|Hence|"
        r"Meanwhile|Instead|Otherwise|Besides|Also|Then|Likewise|Similarly|Consequently|Still|"
        r"HE|SHE|THEY|HOWEVER|BUT)\b(?!\s+(?:Majesty|Royal|Excellency|Holiness|Honou?r)\b)"
        r"|(?:As a result|In addition|For example|For instance|In contrast|On the other hand|In that case|"
        r"At the same time|Because of this|Despite this|After that|By then|In turn|Among them|In response|"
        r"The (?:latter|former|two|pair|trio|duo)\b|(?:One|Some|Many|Most|Several|None|All|Two) of (?:them|those|these))\b"
        # "In 2019 he …", "When asked, they …": a pronoun before anybody has been named
        r"|(?:After|Although|As|Asked|At|Because|Before|Despite|During|Even|For|From|If|In|Last|Later|On|Once|Since|"
        r"Speaking|Though|Through|Today|Under|Until|When|While|With|Yesterday)(?:,?\s+(?!he\b|she\b|they\b)[a-z\d][\w’'-]*)"
        r"{0,6},?\s+(?:he|she|they|his|her|their)\b"
    ),
    "de": re.compile(
        r"(?:Er|Sie|Es|Sein|Seine|Ihr|Ihre|Dies|Diese|Dieser|Dieses|Das|Aber|Doch|Und|Jedoch|Dennoch|Trotzdem|"
        r"Außerdem|Zudem|Deshalb|Daher|Dabei|Dagegen|Allerdings|Stattdessen|Dann|Dort|Damit|Danach)\b(?=[ ,])"
    ),
    "fr": re.compile(
        r"(?:Il|Elle|Ils|Elles|Ce|Cela|Ceci|Cette|Ces|Son|Sa|Ses|Leur|Leurs|Mais|Et|Or|Cependant|Toutefois|Pourtant|"
        r"Néanmoins|Ainsi|Donc|Ensuite|Puis|De plus|En outre|Par ailleurs|Celui-ci|Celle-ci)\b|C[’']est|C[’']était"
    ),
    "es": re.compile(
        r"(?:Él|Ella|Ellos|Ellas|Este|Esta|Estos|Estas|Esto|Ese|Esa|Eso|Su|Sus|Pero|Y|Sin embargo|No obstante|Además|"
        r"Así|Por eso|Por lo tanto|También|Entonces|Luego|Asimismo)\b"
    ),
    "it": re.compile(
        r"(?:Lui|Lei|Loro|Egli|Ella|Essi|Questo|Questa|Questi|Queste|Ciò|Ma|E|Però|Tuttavia|Inoltre|Quindi|Così|Poi|"
        r"Anche|Il suo|La sua)\b"
    ),
    "pt": re.compile(
        r"(?:Ele|Ela|Eles|Elas|Este|Esta|Isto|Isso|Esse|Essa|Seu|Sua|Mas|E|Porém|Contudo|No entanto|Além disso|"
        r"Assim|Portanto|Também|Depois)\b"
    ),
    "nl": re.compile(
        r"(?:Hij|Zij|Ze|Het is|Dit|Dat|Deze|Die|Zijn|Haar|Hun|Maar|En|Echter|Toch|Daarom|Ook|Bovendien)\b"
    ),
    "ru": re.compile(
        r"(?:Он|Она|Оно|Они|Его|Её|Ее|Их|Это|Этот|Эта|Эти|Такой|Но|А|И|Однако|Также|Кроме того|При этом|Поэтому|"
        r"Тем не менее|Затем|Тогда|По его словам|По её словам|По ее словам|По их словам|Между тем)\b"
    ),
    "uk": re.compile(
        r"(?:Він|Вона|Вони|Його|Її|Їх|Це|Цей|Ця|Ці|Але|А|І|Однак|Також|Крім того|При цьому|Тому|За його словами)\b"
    ),
    "ar": re.compile(
        r"(?:لكن|ولكن|لكنه|لكنها|إلا أن|كما|هو|هي|هم|وهو|وهي|وهم|هذا|هذه|وهذا|وهذه|ذلك|وذلك|تلك|وأضاف|وأضافت|وأوضح|"
        r"وأوضحت|وتابع|وتابعت|وأكد|وأكدت|وقال إن|وقالت إن|وأشار إلى|وأشارت إلى|غير أن|ومع ذلك|في المقابل|لذلك|ولذلك|بالإضافة إلى ذلك)\b"
    ),
    "zh": re.compile(
        r"(?:他们|她们|它们|他|她|它|这|该|此|其|但|然而|不过|此外|另外|因此|所以|同时|而且|并且|随后|"
        r"這|該|他們|她們|不過|同時|隨後)"
    ),
    "ja": re.compile(
        r"(?:彼女|彼ら|彼は|彼が|これ|それ|この|その|こうした|そうした|しかし|だが|また|一方|さらに|ただ|ただし|"
        r"そのため|このため|なお|同時に|ところが|したがって)"
    ),
}
"""How a sentence begins that points back: with a pronoun, a demonstrative or a connective. By language."""

_OPENING_READ = 120
"""Characters of a sentence that are matched."""

_OPENING = "\"'“”„«»‘’「『（([—–- "
_FIRST_CHARACTERS = {
    language: frozenset([*_OPENING, *(word[:2] for word in re.findall(r"[^\W\d_]+", pattern.pattern))])
    for language, pattern in _POINTS_BACK.items()
}
"""First characters of such sentences, one or two: most others are ruled out by these, faster than by the patterns."""

_GOES_AGAINST = re.compile(
    r"(?:But|However|Yet|Still|Nevertheless|Nonetheless|HOWEVER|BUT),?\s+(?=[a-zA-Z])(?!.*\b(?:he|she|they|"
    r"it(?!\s(?:was|is|would be|had been|will be)\b)|his|her|their|its|this|that|these|those|such|both|him|them|there|so|we|"
    r"you|I|our|your|one|here|then)\b)"
)
"""An English sentence that opens with a contrast and has no other word that points back: it says how things came out."""

_BACKGROUND = re.compile(
    r"\b(?:last year|years? ago|months ago|decades|since taking|has led to|previously|(?:19|20)th[- ]century|"
    r"in the (?:19|20)\d0s)\b",
    re.IGNORECASE,
)
_BACKGROUND_PARTS = ("last year", " ago", "decades", "since taking", "has led to", "previously", "century", "0s")
_NO_COMMENT = re.compile(
    r"\b(?:declin(?:ed|es|ing) (?:to )?comment|declined to (?:say|discuss|elaborate|give|be)|refused to comment|"
    r"no (?:immediate )?comment|not (?:be )?(?:immediately )?(?:reached|available) for comment|would not comment|"
    r"not commented|(?:not|n['’]t) (?:immediately )?(?:respond|return|reply))\b",
    re.IGNORECASE,
)

_NO_COMMENT_PARTS = (" comment", "declined to", "respond", " return", " reply")


def goes_against(sentence: str) -> bool:
    """Return whether an English sentence opens with a contrast but stands alone otherwise.

    "However, the talks failed" needs no sentence before it as "However, she doubted it" does.
    """
    return sentence[:1] in "BHYSN" and _GOES_AGAINST.match(sentence) is not None


def background_sentences(sentences: Sequence[str]) -> list[int]:
    """Return the positions of English sentences that say what happened long before."""
    return _matching(sentences, _BACKGROUND, _BACKGROUND_PARTS)


def no_comment_sentences(sentences: Sequence[str]) -> list[int]:
    """Return the positions of English sentences that say that somebody says nothing."""
    return _matching(sentences, _NO_COMMENT, _NO_COMMENT_PARTS)


def _matching(sentences: Sequence[str], pattern: re.Pattern[str], parts: Sequence[str]) -> list[int]:
    """Return the positions of sentences with a pattern; each match has one of the parts."""
    whole = "\n".join(sentences).lower()
    parts = [part for part in parts if part in whole]
    return [
        position
        for position, sentence in enumerate(sentences if parts else ())
        if any(part in sentence.lower() for part in parts) and pattern.search(sentence)
    ]


_FINAL_MARKS = frozenset(".!?…。！？｡؟۔।॥‼⁇”\"’'»」』)）]")
_ENDING = re.compile(r"[.!?…。！？｡؟۔।॥‼⁇”\"’'»」』)）\]]\s*$")


def needs_context(sentence: str, language: str) -> bool:
    """Return whether a sentence begins with a pronoun or connective that points back."""
    pattern = _POINTS_BACK.get(language)
    if pattern is None or (language == "en" and goes_against(sentence)):
        return False
    start = len(sentence) - len(sentence.lstrip(_OPENING)) if sentence[:1] in _OPENING else 0
    return pattern.match(sentence, start, start + _OPENING_READ) is not None


def positions_needing_context(sentences: Sequence[str], positions: Iterable[int], language: str) -> set[int]:
    """Return the positions whose sentence needs context; the first sentence never does.

    A quotation whose speaker the sentence doesn't name needs the one before as much as a pronoun does.
    """
    first_characters = _FIRST_CHARACTERS.get(language, frozenset())
    return {
        at
        for at in positions
        if at > 0
        and (
            (
                ((sentence := sentences[at])[:2] in first_characters or sentence[:1] in first_characters)
                and needs_context(sentence, language)
            )
            or is_loose_quotation(sentence)
        )
    }


_QUOTATION_MARKS = (("“", "”"), ("「", "」"), ("『", "』"))
_OTHER_OPENING = re.compile(r"[„«»‹›]|(?:^|[\s(])[”」]")
"""Opening marks of languages in which a mark of `_QUOTATION_MARKS` closes or does both."""

_WHOLLY_QUOTED = re.compile(r"""["“„«「『][^"“”„«»」』]*(?:["“”»」』]\W?)?""")


def is_loose_quotation(sentence: str) -> bool:
    """Return whether a sentence is nothing but a quotation, or the end of one opened before."""
    if sentence.isascii() and '"' not in sentence:
        return False
    if _WHOLLY_QUOTED.fullmatch(sentence):
        return True
    if '"' in sentence and sentence[0] != '"' and sentence.count('"') == 1 and '"' in sentence[-3:]:
        return True
    for opening, closing in _QUOTATION_MARKS:
        end = sentence.find(closing)
        if end > 0 and sentence.find(opening, 0, end) < 0 and not _OTHER_OPENING.search(sentence, 0, end + 1):
            return True
    return False


_FRAGMENT_WORDS = 4
_FRAGMENT_CHARACTERS = 24
"""Words and characters below which a sentence says nothing without its neighbours: `Wait, what?`, `10 p.m.`. Three long
words are a whole sentence in Turkish or Finnish. By judgement."""

_UNPARTED = re.compile(f"[{IDEOGRAPHIC}{HANGUL}{THAI_AND_LAO}]")


def is_fragment(sentence: str) -> bool:
    """Return whether a sentence is too short to say anything by itself.

    Scripts that don't part words, and Hangul, say more with fewer characters: none of their sentences is one.
    """
    return (
        len(sentence) < _FRAGMENT_CHARACTERS
        and sentence.count(" ") < _FRAGMENT_WORDS - 1
        and _UNPARTED.search(sentence) is None
    )


def ends_like_sentence(sentence: str) -> bool:
    """Return whether a sentence ends with a full stop or another final mark, in any script.

    The mark of an omission in brackets is none: "the mayor said […]".
    """
    if sentence[-1:] in _CLOSING_BRACKETS and _OMITTED.search(sentence[-_OMISSION_READ:]) is not None:
        return False
    return sentence[-1:] in _FINAL_MARKS or _ENDING.search(sentence[-4:]) is not None


_CLOSING_BRACKETS = frozenset("])）］")
_OMITTED = re.compile(r"(?<![.!?。！？।؟])\s*[\[(（［]\s*(?:…|\.{2,4})\s*[\])）］]\Z")
_OMISSION_READ = 12
"""Characters at a sentence's end that may hold the mark of an omission."""
