"""Headlines made from a story's first sentences by leaving words out.

Nothing is added, and the words keep their order. The candidates are the clauses of the first sentences, cut down in
their parse tree (summarizers.headlines.clauses); a learned score chooses among those that are whole by the same parser
(summarizers.headlines.choice). Where there is no parser, or nothing passes, the headline is the first sentence itself,
cut at a word with an ellipsis where it is too long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise

from summarizers.headlines.choice import HeadlineModel, has_unnamed_speaker, headline_model, name_weights
from summarizers.headlines.clauses import (
    CHUNKED,
    HEAD_FINAL,
    STEM,
    VERB_SECOND,
    LeadWords,
    SentenceTree,
    Variant,
    clause_variants,
    headline_endings,
    headline_words,
)
from summarizers.headlines.given import given_headline
from summarizers.headlines.lead_sentences import iter_lead_sentences, shortest_headline
from summarizers.headlines.simplification import simplified_forms
from summarizers.text.cues import needs_context
from summarizers.text.scripts import HAN, HIRAGANA, KANA
from summarizers.text.speech import speech_group
from summarizers.text.syntax import parse
from summarizers.text.words import stopwords
from summarizers.types import Story

__all__ = [
    "MAX_LENGTH",
    "choose_variant",
    "cut_sentence",
    "iter_lead_trees",
    "length_limit",
    "make_headline",
    "story_words",
    "usable_variants",
]

MAX_LENGTH = 120
"""Characters of a made headline."""

_CJK_MAX_LENGTH = 60
"""Characters of a made headline in Chinese and Japanese, whose editors write about 25."""

_COUNTED = 4000
"""Characters of a body whose words are counted: how often it says a word shows what it is about."""

_WORD = re.compile(r"\w+")
_IDEOGRAPH = re.compile(f"[{KANA}{HAN}]")
_STRAY = " ,;:–—-.…。、，；："
"""Marks that a headline doesn't end in."""


def make_headline(story: Story, language: str) -> str:
    """Return the document's own title, else a clause of the first sentences that stands alone.

    A made headline has at most 120 characters (60 in Chinese and Japanese) and only words of the story in their order.
    It ends in an ellipsis where a sentence had to be cut because no clause of it was whole.
    """
    if title := given_headline(story):
        return title
    sentences = iter_lead_sentences(story, language)
    first = next(sentences, "")
    if not first:
        return ""
    limit = length_limit(language, first)
    words, model = story_words(story.body, language), headline_model(language)
    for trees in iter_lead_trees(chain([first], sentences), language, limit):
        variants = [
            variant
            for tree in trees
            for variant in usable_variants(clause_variants(tree, words, model.constituents, limit))
        ]
        if (found := choose_variant(variants, model, words, limit)) is not None:
            return _capitalise(found.text.rstrip(_STRAY), language)
    return _capitalise(cut_sentence(_without_source(first, language) or first, limit), language)


def length_limit(language: str, sentence: str = "") -> int:
    """Return the greatest length of a made headline in a language, or of one from a sentence."""
    wide = language in {"zh", "ja"} or len(_IDEOGRAPH.findall(sentence)) * 3 > len(sentence) > 0
    return _CJK_MAX_LENGTH if wide else MAX_LENGTH


def story_words(body: str, language: str) -> LeadWords:
    """Return the counts of the words of a body, of its first 4,000 characters."""
    counts = Counter([word[:STEM] for word in _WORD.findall(body[:_COUNTED].lower())])
    return LeadWords(counts, frozenset(stopwords(language)))


def iter_lead_trees(sentences: Iterable[str], language: str, limit: int) -> Iterator[list[SentenceTree]]:
    """Yield the trees of the first sentence that stands alone, then those of the others.

    The first sentence has the news: others count only where it gives no headline although it is no longer than one, such
    as a question, or where they begin with a name of it. Where it ends in who said it, it comes without first: commas within names and titles mislead the
    parser about all that comes before.
    """
    standing = (text for text in sentences if not needs_context(text, language))
    first = next(standing, None)
    if first is None:
        return
    if (rest := _without_source(first, language)) is not None:
        yield _parse_trees([rest], language, 0)
    trees = _parse_trees([first], language, 0)
    yield trees
    for tree in trees if len(first) > limit else ():
        for form in simplified_forms(tree, limit):
            yield _parse_trees([form], language, 0)
    others = [text for text in standing if len(first) <= limit or _goes_on_with(text, first, language)]
    yield _parse_trees([_without_source(text, language) or text for text in others], language, 1)


def _goes_on_with(sentence: str, first: str, language: str) -> bool:
    """Return whether a sentence begins with a name of the first one, or in German a noun.

    A deck has no full stop and says less.
    """
    if language in _WITHOUT_NAMES or not sentence.rstrip(_CLOSING).endswith(_STOPS):
        return False
    names = {word for word in _WORD.findall(first)[1:] if word[0].isupper() and len(word) >= _SHORTEST_NAME}
    return not names.isdisjoint(_WORD.findall(sentence)[:_WORDS_OF_SUBJECT])


_WITHOUT_NAMES = frozenset({"ja", "zh"})
"""Languages without capitals."""

_SHORTEST_NAME, _WORDS_OF_SUBJECT = 4, 4
"""Letters of a name, and the words of a sentence in which its subject begins."""


def _parse_trees(sentences: Sequence[str], language: str, index: int) -> list[SentenceTree]:
    """Return the trees of sentences, numbered from `index`."""
    parses = parse(sentences, language) or ()
    return [SentenceTree(one, language, number) for number, one in enumerate(parses, index) if one.tokens]


def _without_source(sentence: str, language: str) -> str | None:
    """Return a sentence without the clause of speech at its end, None if it has none or quotes.

    It ends in a full stop where what is left is certainly a sentence.
    """
    verbs = _speech_verbs(language)
    rest, comma, source = sentence.rstrip(_STRAY).rpartition(", ")
    if verbs is None or not comma or len(rest) < shortest_headline(language) or len(source) > _LONGEST_SOURCE:
        return None
    if not verbs.search(source.lower()) or _QUOTATION.search(sentence):
        return None
    named = len(source) <= _SHORT_SOURCE and source[:1].isupper() and verbs.match(source.lower()) is None
    room = _ROOM if headline_words(language, "articles") else 0
    if named and len(sentence) <= length_limit(language, sentence) + room:
        return None
    # behind an insertion and a comma, a verb of speech may be the sentence's own
    return rest if "," in rest and verbs.match(source.lower()) else f"{rest}."


_SHORT_SOURCE, _ROOM = 25, 20
"""Characters of a source that a headline keeps with its name before the verb, and those that articles may take."""

_LONGEST_SOURCE = 100
"""Characters of a clause that names a source."""

_QUOTATION = re.compile('["“”„«»]')


def usable_variants(variants: Sequence[Variant]) -> list[Variant]:
    """Return the variants that say who did what and aren't too short for it.

    What somebody without a name said stands without them, where it can stand alone.
    """
    distinct: dict[tuple[int, str], Variant] = {}
    for variant in variants:
        key = variant.tree.index, variant.text  # a text may stand as its sentence's beginning though not as a clause
        if key not in distinct and _says_who(variant):
            distinct[key] = variant
    usable = list(distinct.values())
    said = {variant.tree.index for variant in usable if variant.kind == "ccomp"}
    return [variant for variant in usable if variant.tree.index not in said or not has_unnamed_speaker(variant)]


def choose_variant(variants: Sequence[Variant], model: HeadlineModel, words: LeadWords, limit: int) -> Variant | None:
    """Return the best variant, None if there is none."""
    if not variants:
        return None
    names = name_weights(variants, words)
    return max(variants, key=lambda variant: model.score(variant, words, names, limit))


def _is_sentence(variant: Variant) -> bool:
    """Return whether a variant is a sentence as its author finished it, but for days."""
    return variant.kind == "full" and not variant.removed and variant.tree.parse.text.rstrip(_CLOSING).endswith(_STOPS)


_STOPS, _CLOSING = tuple(".!?。！？।؟"), " \"'”’»」』)）"
"""Marks that finish a sentence, and those that may follow."""


def _says_who(variant: Variant) -> bool:
    """Return whether a variant has a finite verb and a subject that is no pronoun."""
    tree = variant.tree
    if len(variant.text) < shortest_headline(tree.language):
        return False
    subject = tree.subject(variant.head)
    if tree.language in _SUBJECT_OPTIONAL:
        open_end = variant.text.endswith(headline_endings(tree.language, "open"))
        return not open_end and (subject is None or tree.parse.tags[subject] != "PRON")
    if _is_sentence(variant):
        return True
    if not _names_speaker(variant) or _is_subordinate(variant) or _opens_with_verb(variant):
        return False
    if _lacks_consequence(variant) or _lacks_rest(variant):
        return False
    if _says_nothing(variant) or _ends_early(variant) or (tree.language in VERB_SECOND and _lacks_second_verb(variant)):
        return False
    if variant.kind == "beginning":
        return subject is None or tree.parse.tags[subject] != "PRON"
    return (
        tree.is_finite(variant.head)
        and subject is not None
        and bool(variant.kept >> subject & 1)
        and tree.parse.tags[subject] != "PRON"
    )


_WORDS_BEFORE_RELATIVE = 3
"""Words of a clause among which its relative pronoun is."""


def _is_subordinate(variant: Variant) -> bool:
    """Return whether a variant begins as a subordinate clause, or within its own subject."""
    tree = variant.tree
    opening = [token for token in tree.tokens(variant.kept) if tree.wordlike[token]][:_WORDS_BEFORE_RELATIVE]
    first = opening[0] if opening else 0
    if tree.lower[first] in headline_words(tree.language, "relatives"):
        return True
    if any(tree.lower[token] in headline_words(tree.language, "relative_forms") for token in opening):
        return True  # "z nichž většina"
    relation, above = tree.parse.relations[first], tree.parse.heads[first]
    return (relation == "mark" and above == variant.head) or (
        relation == "case" and above == tree.subject(variant.head)
    )


_VERB_BEHIND_SUBJECT = VERB_SECOND | {"en", "fr"}
"""Languages in which a sentence that opens with its verb is a question, or has lost its beginning."""


def _opens_with_verb(variant: Variant) -> bool:
    """Return whether a variant lost what stood before its verb, in a language that needs it."""
    tree = variant.tree
    first = next((token for token in tree.tokens(variant.kept) if tree.wordlike[token]), 0)
    if tree.language not in _VERB_BEHIND_SUBJECT or not tree.is_verb(first) or not any(tree.wordlike[:first]):
        return False
    return tree.language in VERB_SECOND or tree.parse.tags[first].endswith("+")


def _ends_early(variant: Variant) -> bool:
    """Return whether a short variant ends in its verb though a phrase followed it."""
    tree = variant.tree
    last = max((token for token in tree.tokens(variant.kept) if tree.wordlike[token]), default=0)
    return (
        len(variant.text) < _WITH_COMPLEMENT
        and tree.parse.tags[last][-1] in "+p"
        and tree.parse.tags[last + 1 : last + 2] == ("ADP",)
        and tree.language not in VERB_SECOND
    )


_WITH_COMPLEMENT = 50
"""Characters below which a headline says too little without what its verb takes along."""


def _says_nothing(variant: Variant) -> bool:
    """Return whether a variant has a verb such as "said" without what was said."""
    tree = variant.tree
    verbs = headline_words(tree.language, "say")
    kept = tree.tokens(variant.kept)
    said = next((token for token in kept if tree.lower[token] in verbs), None)
    if said is None or any(token < said and tree.words[token] in _CLAUSE_MARKS for token in kept):
        return False
    return not any(
        token > said and (tree.parse.tags[token][-1] in "+p" or tree.words[token] in _QUOTES) for token in kept
    )


_QUOTES = frozenset("“”„«»\"'‘’")
"""Marks of a quotation."""


def _lacks_second_verb(variant: Variant) -> bool:
    """Return whether a clause lost the verb at its end ("hebben de bonden", without "gesloten")."""
    tree = variant.tree
    tags = tree.parse.tags
    finite = next((token for token in tree.tokens(variant.kept) if tags[token][-1] == "+"), None)
    if finite is None:
        return True
    for token in range(finite + 1, len(tags)):
        if tree.words[token] in _CLAUSE_MARKS or tags[token] == "SCONJ":
            # an auxiliary's verb may stand behind an insertion
            kept = tree.tokens(variant.kept)
            return tree.parse.relations[finite] == "aux" and not any(
                at > finite and tags[at][:4] == "VERB" for at in kept
            )
        if tags[token] in {"VERB-", "VERBp"} and tree.is_last_of_clause(token):
            return not variant.kept >> token & 1
    return False


def _lacks_consequence(variant: Variant) -> bool:
    """Return whether a condition lost what follows from it: "said that if it rained"."""
    tree, kept = variant.tree, variant.tree.tokens(variant.kept)
    tags = tree.parse.tags
    for first, second in pairwise(kept):
        if tags[first] == tags[second] == "SCONJ":
            return sum(tags[token][-1] == "+" for token in kept if token > second) < _CONDITION_VERBS
    return False


_CONDITION_VERBS = 2
"""Finite verbs of a condition and what follows from it."""


def _lacks_rest(variant: Variant) -> bool:
    """Return whether a word lost what it needs.

    "Between Baracoa", without the other town; "who" without a verb; "despite signs", without what they show; a relative
    clause whose end and comma are gone.
    """
    tree, kept = variant.tree, variant.tree.tokens(variant.kept)
    if tree.language in HEAD_FINAL | CHUNKED:
        return False
    lower, tags = tree.lower, tree.parse.tags
    of_two, need_verbs = headline_words(tree.language, "of_two"), headline_words(tree.language, "need_verbs")
    for place, token in enumerate(kept):
        if lower[token] not in of_two and lower[token] not in need_verbs:
            continue
        rest = kept[place + 1 :]
        named = tags[token] == "ADP" and rest and tags[rest[0]] == "PROPN"
        if named and lower[token] in of_two and not any(tags[at] == "CCONJ" for at in rest):
            return True
        if tree.words[token] in need_verbs and place and tags[token] != "ADP":
            verbs = [at for at in rest if tags[at][-1] == "+" or tags[at] == "VERBp"]
            if not verbs or (tree.words[kept[place - 1]] == "," and _runs_on(tree, kept, place, verbs)):
                return True
    last = max((token for token in kept if tree.wordlike[token]), default=0)
    that = headline_words(tree.language, "that")
    return lower[last] in headline_words(tree.language, "of_clauses") and not that.isdisjoint(
        lower[last + 1 : last + 2]
    )


def _runs_on(tree: SentenceTree, kept: Sequence[int], opening: int, verbs: Sequence[int]) -> bool:
    """Return whether a clause between two commas lost the second.

    "Who was candidate ended his campaign".
    """
    second = verbs[1] if len(verbs) > 1 else None
    return (
        second is not None
        and tree.parse.tags[second] == "VERB+"
        and kept[opening] + 1 < second
        and not any(tree.words[at] == "," for at in kept[opening:] if at < second)
        and any(tree.words[at] == "," for at in range(kept[opening], second))
    )


_CLAUSE_MARKS = frozenset(",;:")
"""Marks behind which another clause may begin."""


def _names_speaker(variant: Variant) -> bool:
    """Return whether a variant that ends in a verb of speech says who said it, behind a comma."""
    tree = variant.tree
    kept = tree.tokens(variant.kept)
    last = max((token for token in kept if tree.wordlike[token]), default=0)
    if not tree.is_verb(last) or not _is_speech(tree.lower[last], tree.language):
        return True
    comma = max((token for token in kept if tree.words[token] == ","), default=None)
    return comma is not None and any(
        tree.parse.tags[token] in {"NOUN", "PROPN", "PRON"} for token in kept if token > comma
    )


@cache
def _speech_verbs(language: str) -> re.Pattern[str] | None:
    """Return a pattern for verbs of speech; None for a language without a list."""
    group = speech_group(language, "closing")
    return re.compile(rf"\b{group}\b") if group else None


def _is_speech(word: str, language: str) -> bool:
    """Return whether a word is a verb of speech."""
    verbs = _speech_verbs(language)
    return verbs is not None and verbs.fullmatch(word) is not None


_SUBJECT_OPTIONAL = frozenset({"ja", "ko", "zh"})
"""Languages whose sentences often go without a subject."""


def cut_sentence(sentence: str, limit: int) -> str:
    """Return a sentence, cut at a word with an ellipsis where it is too long.

    In Japanese it is cut behind a word that isn't written in hiragana, as particles are.
    """
    sentence = sentence.rstrip(_STRAY)
    if len(sentence) <= limit:
        return sentence
    cut = sentence.rfind(" ", limit // 2, limit)
    if cut < 0:
        return _ENDING.sub("", sentence[: limit - 1]) + "…"
    return sentence[:cut].rstrip(_STRAY) + "…"


_ENDING = re.compile(rf"[{HIRAGANA}{re.escape(_STRAY)}]+\Z")
"""Particles and marks that a cut Japanese or Chinese sentence doesn't end in."""


def _capitalise(text: str, language: str) -> str:
    """Return a text with a capital at its beginning."""
    return ("İ" if language == "tr" and text[:1] == "i" else text[:1].upper()) + text[1:]
