"""Cues in a sentence's words and marks: needs context, is boilerplate, is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, KeysView, Sequence

from summarizers.text.scripts import HANGUL, IDEOGRAPHIC, THAI_AND_LAO
from summarizers.text.stems import PREFIX_LENGTH

__all__ = ["boilerplate_flags", "ends_like_sentence", "is_fragment", "needs_context", "positions_needing_context"]

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

_BOILERPLATE = (
    "scroll down", "click here", "read more", "sign up for", "sign up to", "subscribe", "follow us", "share this",
    "all rights reserved", "copyright", "getty images", "file photo", "photo by", "photograph by", "image source",
    "image caption", "watch the video", "watch video", "for confidential support", "email us", "e-mail us",
    "contributed to this report", "this article has been", "this story has been", "this article was", "http://",
    "https://", "www.",
)  # fmt: skip
_WITHIN_WORDS = frozenset({"subscribe", "http://", "https://", "www."})
"""Phrases that may begin inside a word."""

_PHRASE_STEMS = {
    cue: "" if cue in _WITHIN_WORDS else re.findall(r"\w+", cue)[0][:PREFIX_LENGTH] for cue in _BOILERPLATE
}
_PHRASES_BY_STEM = {
    stem: tuple(cue.encode() for cue in _BOILERPLATE if _PHRASE_STEMS[cue] == stem) for stem in _PHRASE_STEMS.values()
}
"""Boilerplate phrases by the prefix stem of their first word; those that may begin inside a word by ""."""
_CAPTIONS = (
    b"(pictured", b"(left", b"(right", b"(above", b"(below", b"(centre", b"(center", b"(far left", b"(far right",
    b"(top", b"(bottom", b"(second left", b"(second right", b"(file", b" pictured ", b"pictured:",
)  # fmt: skip
_CAPTION_LABELS = (b"pictured:", b"photo:", b"video:", b"watch:", b"above:", b"left:", b"right:")
_CAPTION = re.compile(rb"\((?:%s)" % b"|".join(cue[1:] for cue in _CAPTIONS if cue.startswith(b"(")))
_LABEL = re.compile(b"\n(?:%s)" % b"|".join(_CAPTION_LABELS))
_FINAL_MARKS = frozenset(".!?…。！？｡؟۔।॥‼⁇”\"’'»」』)）]")
_ENDING = re.compile(r"[.!?…。！？｡؟۔।॥‼⁇”\"’'»」』)）\]]\s*$")


def needs_context(sentence: str, language: str) -> bool:
    """Return whether a sentence begins with a pronoun or connective that points back."""
    pattern = _POINTS_BACK.get(language)
    if pattern is None:
        return False
    start = len(sentence) - len(sentence.lstrip(_OPENING)) if sentence[:1] in _OPENING else 0
    return pattern.match(sentence, start, start + _OPENING_READ) is not None


def positions_needing_context(sentences: Sequence[str], positions: Iterable[int], language: str) -> set[int]:
    """Return the positions whose sentence needs context; the first sentence never does."""
    first_characters = _FIRST_CHARACTERS.get(language, frozenset())
    return {
        at
        for at in positions
        if ((sentence := sentences[at])[:2] in first_characters or sentence[:1] in first_characters)
        and at > 0
        and needs_context(sentence, language)
    }


_BOILERPLATE_READ = 400
"""Characters of a sentence that are searched for boilerplate."""

_LONGEST_BOILERPLATE = 220
"""Characters below which a sentence with a boilerplate phrase is boilerplate; a longer one only mentions it."""


def boilerplate_flags(sentences: Sequence[str], stems: KeysView[str] | None = None) -> list[bool]:
    """Return for each sentence whether it is a caption or addresses the page's reader.

    Phrases that occur anywhere are looked for first: most stories have none, and pay for one pass only. `stems`, the
    prefix stems of the story's words if they are known, spare the search for phrases that begin with none of them.
    """
    starts = [sentence[:_BOILERPLATE_READ] for sentence in sentences]
    whole = "\n".join(["", *starts]).encode(errors="replace").lower()
    candidates = _PHRASES_BY_STEM.keys() if stems is None else ["", *(stems & _PHRASES_BY_STEM.keys())]
    phrases = [phrase for stem in candidates for phrase in _PHRASES_BY_STEM[stem] if phrase in whole]
    captions: list[bytes] = []
    if b"pictured" in whole or (b"(" in whole and _CAPTION.search(whole)):
        captions = [caption for caption in _CAPTIONS if caption in whole]
    labels = b":" in whole and _LABEL.search(whole) is not None
    if not phrases and not captions and not labels:
        return [False] * len(sentences)
    lines = [start.encode(errors="replace").lower() for start in starts]
    return [
        (labels and line.startswith(_CAPTION_LABELS))
        or any(caption in line for caption in captions)
        or (len(sentence) < _LONGEST_BOILERPLATE and any(phrase in line for phrase in phrases))
        for sentence, line in zip(sentences, lines, strict=True)
    ]


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
    """Return whether a sentence ends with a full stop or another final mark, in any script."""
    return sentence[-1:] in _FINAL_MARKS or _ENDING.search(sentence[-4:]) is not None
