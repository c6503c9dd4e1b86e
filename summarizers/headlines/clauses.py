"""Clauses of a sentence that can be its headline, with dispensable constituents left out.

A headline is often a sentence with parts left out of its parse tree (Dorr, Zajic and Schwartz, Hedge Trimmer, HLT-NAACL
2003). `clause_variants` starts from each clause with a subject of its own, leaves out one constituent after the other,
the most dispensable first, and gives what is left at each step. A constituent may go only where its place shows that
the rest still stands: at an end, between commas, a day, an adverb, a phrase behind a noun. Words keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from math import log, log1p

from summarizers.models import LinearModel
from summarizers.text.dates import calendar, date_forms
from summarizers.text.scripts import HAN, KATAKANA
from summarizers.text.syntax import ROOT, Parse
from summarizers.text.tables import load_table

__all__ = [
    "CONSTITUENT_FEATURES",
    "STEM",
    "VERB_SECOND",
    "LeadWords",
    "SentenceTree",
    "Variant",
    "clause_variants",
    "constituent_features",
    "day_words",
    "headline_endings",
    "headline_words",
    "is_finite",
]

DISPENSABLE = (
    "acl", "advcl", "advmod", "agent", "amod", "appos", "conj", "discourse", "nmod", "obl", "oblarg", "other", "parataxis",
    "relcl", "tmod",
)  # fmt: skip
"""Relations of constituents that a clause can do without."""

PLACES = ("initial", "between", "final", "date", "adverb", "clause", "before", "phrase")
"""Places of a constituent that let it go."""

HEAD_FINAL = frozenset({"hi", "ja", "ko", "tr"})
"""Languages whose modifiers stand before their heads, so that leaving one out leaves nothing open."""

VERB_SECOND = frozenset({"de", "nl", "sv"})
"""Languages whose finite verb would come first if what stands before it went."""

_UNFINISHED = frozenset({"ADP", "DET", "PART", "AUX+", "AUX-", "CCONJ", "SCONJ", "NUM"})
"""Tags of words that need a word behind them."""

_PAIRS = {")": "(", "]": "[", "”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", "»": "«", "“": "„"}
"""Closing marks, each with what opens it."""

_PAUSES = frozenset(",;:，；–—-")
"""Marks that go where one of their neighbours is left out."""

_KEPT_AT_START, _KEPT_AT_END = frozenset("“‘\"'„«「『(（[$€£¥#@"), frozenset("”’“\"'»」』)）]%?!？！")
"""Marks that may begin or end a headline."""

_FINITE_PARTICIPLES = frozenset({"cs", "pl", "ru", "uk"})
"""Languages whose past tense is a participle in Universal Dependencies.

In others a participle with a subject right before it is taken for a past tense, from which it often can't be told."""

MAX_STEPS = 16
"""Constituents left out of a clause one after the other: more leave nothing that is news."""

_SURE = -9.0
"""Score of a constituent that always goes: a bare day."""


@dataclass(frozen=True, slots=True)
class LeadWords:
    """Counts of the first six letters of a story's words, and its language's stop words."""

    counts: dict[str, int]
    stopwords: frozenset[str]

    def weight(self, word: str) -> float:
        """Return how often a story says a word, on a logarithmic scale; 0 for once or never."""
        return log(max(1, self.counts.get(word, 0)))


@dataclass(frozen=True, slots=True)
class Variant:
    """A clause with words left out: the kept tokens as bits, and the text.

    `head` is the clause's verb or predicate; `kind` says where the clause stands in its sentence (full, ccomp or conj), or
    that it is the beginning of one. `removed` counts the constituents left out, but for bare days, and `last_score` is
    the score of the last of them.
    """

    tree: SentenceTree
    head: int
    kind: str
    kept: int
    text: str
    removed: int
    last_score: float


class SentenceTree:
    """A parsed sentence with its subtrees as sets of tokens, a bit for each."""

    def __init__(self, parse: Parse, language: str, index: int) -> None:
        self.parse = parse
        self.language = language
        self.index = index
        self.words = [parse.word(token) for token in range(len(parse.tokens))]
        self.lower = [word.lower() for word in self.words]
        self.wordlike = [any(map(str.isalnum, word)) for word in self.words]
        days = day_words(language)
        self._days = sum(1 << token for token, word in enumerate(self.lower) if word in days)
        self._token_lists: dict[int, list[int]] = {}
        self.articles = self._find_articles()
        ends = [end for _, end in parse.tokens]
        starts = [start for start, _ in parse.tokens]
        self._widths = [
            stop - start for start, stop in zip(starts, [*starts[1:], ends[-1] if ends else 0], strict=True)
        ]
        self.children: list[list[int]] = [[] for _ in self.words]
        self.root = 0
        for token, head in enumerate(parse.heads):
            if head == ROOT:
                self.root = token
            else:
                self.children[head].append(token)
        self.subtree = [1 << token for token in range(len(self.words))]
        for token in self._bottom_up():
            head = parse.heads[token]
            if head != ROOT:
                self.subtree[head] |= self.subtree[token]

    def _bottom_up(self) -> list[int]:
        """Return the tokens so that each stands before its head."""
        order = [self.root] if self.words else []
        for token in order:
            order.extend(self.children[token])
        return order[::-1]

    def tokens(self, kept: int) -> list[int]:
        """Return the positions of the tokens of a set, ascending; not to be changed."""
        found = self._token_lists.get(kept)
        if found is None:
            found = self._token_lists[kept] = [token for token, bit in enumerate(bin(kept)[:1:-1]) if bit == "1"]
        return found

    def length(self, kept: int) -> int:
        """Return about how many characters a set of tokens takes."""
        return sum(map(self._widths.__getitem__, self.tokens(kept)))

    def is_verb(self, token: int) -> bool:
        """Return whether a token is a verb or an auxiliary."""
        return self.parse.tags[token][:4] in {"VERB", "AUX+", "AUX-", "AUXp"}

    def subject(self, head: int) -> int | None:
        """Return the subject of a clause, None where it has none."""
        relations = self.parse.relations
        return next((child for child in self.children[head] if relations[child] in {"nsubj", "csubj"}), None)

    def is_finite(self, head: int) -> bool:
        """Return whether a clause has a finite verb, or what counts as one in its language."""
        return is_finite(self.parse.tags, self.parse.relations, head, self.children[head], self.language)

    def content(self, kept: int, stopwords: Collection[str]) -> list[str]:
        """Return the first six letters of each word of a set that says something."""
        return [
            self.lower[token][:STEM]
            for token in self.tokens(kept)
            if self.parse.tags[token] in _CONTENT and self.wordlike[token] and self.lower[token] not in stopwords
        ]

    def is_day(self, token: int) -> bool:
        """Return whether a token is the name of a day, or a word such as "yesterday"."""
        return bool(self._days >> token & 1)

    def is_bare_day(self, token: int) -> bool:
        """Return whether a subtree says nothing but on which day."""
        if not self.subtree[token] & self._days:
            return False
        words = [at for at in self.tokens(self.subtree[token]) if self.parse.tags[at] not in _FUNCTION]
        parts = headline_words(self.language, "parts_of_day")
        cases = {self.lower[at] for at in self.tokens(self.subtree[token]) if self.parse.tags[at] == "ADP"}
        if cases & headline_words(self.language, "kept_with_days"):
            return False
        return any(map(self.is_day, words)) and all(self.is_day(at) or self.lower[at] in parts for at in words)

    def _find_articles(self) -> int:
        """Return the articles that a headline can do without, outside quotations."""
        articles = headline_words(self.language, "articles")
        before, behind = headline_words(self.language, "kept_before"), headline_words(self.language, "kept_behind")
        found, quoted = 0, False
        for token, word in enumerate(self.lower[:-1] if articles else ()):
            if word in {'"', "“", "”"}:
                quoted = not quoted
            elif (
                word in articles
                and not quoted
                and self.parse.tags[token] == "DET"
                and self.lower[token + 1] not in before
                and (token == 0 or self.lower[token - 1] not in behind)
            ):
                found |= 1 << token
        return found

    def is_last_of_clause(self, token: int) -> bool:
        """Return whether a verb stands at the end of its clause."""
        following = token + 1
        return (
            following >= len(self.words)
            or not self.wordlike[following]
            or self.parse.tags[following] in {"SCONJ", "CCONJ", "PUNCT", "VERB-", "AUX-", "ADP"}
        )

    def bare_days(self) -> int:
        """Return the tokens that say nothing but on which day."""
        bare = 0
        if self._days:
            for token in range(len(self.words)):
                if self.is_bare_day(token):
                    bare |= self.day_with_part(token)
        return bare

    def day_with_part(self, token: int) -> int:
        """Return the subtree of a day with a part of the day before it ("late on Friday")."""
        span = self.subtree[token]
        before = (span & -span).bit_length() - 2
        has_part = before >= 0 and self.lower[before] in headline_words(self.language, "parts_of_day")
        return span | 1 << before if has_part and self.parse.tags[before] in {"ADV", "ADJ"} else span


def is_finite(tags: Sequence[str], relations: Sequence[str], head: int, children: Sequence[int], language: str) -> bool:
    """Return whether a clause has a finite verb, or what counts as one in its language."""
    if tags[head].endswith("+"):
        return True
    below = {relations[child] for child in children}
    if tags[head] == "NOUN" and "nsubj" in below and below & {"obj", "xcomp"} and "cop" not in below:
        return True  # a verb that looks like a noun: "plans to build"
    if any(relations[child] in {"aux", "cop"} and tags[child].endswith("+") for child in children):
        return True
    after_words = head > 0 and tags[head - 1] not in {"PUNCT", "AUX+"}
    return tags[head] == "VERBp" and (language in _FINITE_PARTICIPLES or after_words)


STEM = 6
"""Letters by which two forms of a word are taken for one, in any language."""

_CONTENT = frozenset({"NOUN", "PROPN", "VERB+", "VERB-", "VERBp", "ADJ", "NUM", "X", "ADV"})
_FUNCTION = frozenset({"ADP", "DET", "PUNCT", "PART"})


@cache
def headline_words(language: str, kind: str) -> frozenset[str]:
    """Return words of one kind for a language from data/headlines.toml, if there are any."""
    return frozenset(load_table("headlines.toml").get(language, {}).get(kind, ()))


@cache
def day_words(language: str) -> frozenset[str]:
    """Return the names of days, and words such as "yesterday", in lower case."""
    named = {name.lower() for name in date_forms(language, "day_in_phrase")} | set(calendar(language).days)
    return frozenset(named) | headline_words(language, "days")


def clause_variants(tree: SentenceTree, words: LeadWords, model: LinearModel, limit: int) -> list[Variant]:
    """Return shortened forms of a sentence's clauses, within `limit` characters.

    A text is a clause cut down in the tree, the beginning of its sentence, or both: what one can't show, the other may.

    `model` scores constituents by CONSTITUENT_FEATURES: the lower, the sooner one goes.
    """
    found: dict[tuple[str, bool], Variant] = {}
    if tree.language in CHUNKED:
        for kept, removed in _chunk_sets(tree, limit):
            variant = _variant(tree, tree.root, "full", kept, removed, 0.0)
            if variant.text and len(variant.text) <= limit:
                found.setdefault((variant.text, False), variant)
    for head, kind in _clauses(tree):
        for kept, removed, last in _shorten(tree, head, kind, words, model, limit):
            variant = _variant(tree, head, kind, kept, removed, last)
            if variant.text and len(variant.text) <= limit:
                found.setdefault((variant.text, False), variant)
    for kept, verb in _beginnings(tree, limit):
        variant = _variant(tree, verb, "beginning", kept, 1, 0.0)
        if variant.text and len(variant.text) <= limit:
            found.setdefault((variant.text, True), variant)
    return list(found.values())


def _beginnings(tree: SentenceTree, limit: int) -> Iterator[tuple[int, int]]:
    """Yield what stands before a place where a sentence may end, and its finite verb.

    These places depend on tags alone, which are right more often than the tree of a long sentence. A phrase and its
    comma before the subject may be left out, and what stands between two commas before the verb.
    """
    if tree.language in CHUNKED | HEAD_FINAL or not tree.words:
        return
    bare = tree.bare_days()
    for start in (0, _behind_opening_phrase(tree)):
        if start is not None:
            yield from _beginnings_from(tree, start, bare, limit)


def _behind_opening_phrase(tree: SentenceTree) -> int | None:
    """Return where a sentence goes on behind its opening phrase and comma, if there is one."""
    if tree.parse.tags[0] != "ADP" or tree.language in VERB_SECOND:
        return None
    for token, word in enumerate(tree.words):
        if word == ",":
            return token + 1
        if tree.parse.tags[token][-1] == "+":
            break
    return None


def _beginnings_from(tree: SentenceTree, start: int, bare: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield beginnings from a token on, without the tokens of `bare`."""
    tags, words = tree.parse.tags, tree.words
    relatives, of = headline_words(tree.language, "relatives"), headline_words(tree.language, "of")
    inside = tree.language not in VERB_SECOND  # where verbs stand apart, a clause ends with the second
    verb: int | None = None
    noun, hanging, waiting, behind, depth, open_clauses = False, False, False, 0, 0, 0
    kept, enclosed, opened = 0, 0, None
    phrase = start - _SHORT_PHRASE  # the last preposition
    for token in range(start, len(words)):
        tag = tags[token]
        joins = tag == "SCONJ" or tree.lower[token] in relatives
        pause = words[token] in _CLAUSE_ENDS
        ends = pause or (joins and tags[token - 1] != "ADV")
        if inside and tag == "ADP" and tags[token - 1] in _NOMINAL and token > phrase + _SHORT_PHRASE:
            ends = tree.lower[token] not in of
        if (
            ends
            and verb is not None
            and not (waiting or open_clauses or depth)
            and behind
            and not _is_negated_behind(tree, token)
        ):
            yield from _kept_beginnings(tree, kept, enclosed, verb)
        if joins and not noun:
            return  # what comes first hangs on another clause
        if tree.length(kept) > limit + _ROOM + tree.length(enclosed):
            return
        depth += (words[token] in _CHUNK_OPENING) - (words[token] in _CHUNK_CLOSING)
        if not bare >> token & 1:
            kept |= 1 << token
        if verb is None:
            hanging = (hanging or joins) and not pause
            if pause and opened is not None:
                enclosed, opened = kept & ~((1 << opened) - 1), None
            elif pause and noun:
                opened = token
            is_finite_verb = noun and _may_be_finite(tree, token, is_enclosed=opened is not None)
            if is_finite_verb and hanging:
                hanging = False  # the next one is the sentence's own
            elif is_finite_verb:
                verb, waiting = token, tag[:3] == "AUX"
                if opened is not None or words[token - 1] not in _PAUSES:
                    enclosed = 0
        else:
            waiting = waiting and tag not in {"VERB-", "VERBp", "ADJ", "NOUN", "PROPN"}
            behind += tag in _NOMINAL
            open_clauses += joins  # each needs a finite verb
            if open_clauses and _may_be_finite(tree, token, is_enclosed=False):
                open_clauses -= 1
        noun = noun or tag in _NOMINAL or (tag == "ADJ" and tree.language in _FINITE_PARTICIPLES)
        phrase = token if tag == "ADP" else phrase
    if verb is not None and not (waiting or open_clauses or depth):
        yield from _kept_beginnings(tree, kept, enclosed, verb)


_CLAUSE_ENDS = _PAUSES - {"-"}
"""Marks behind which a clause may end."""

_SHORT_PHRASE = 3
"""Tokens of a phrase such as "in a deal", which needs the one behind it."""


def _kept_beginnings(tree: SentenceTree, kept: int, enclosed: int, verb: int) -> Iterator[tuple[int, int]]:
    """Yield a beginning with and without what two commas enclose, unless that leaves it open."""
    for rest in {kept, kept & ~enclosed}:
        if _stands(tree, rest):
            yield rest, verb


def _may_be_finite(tree: SentenceTree, token: int, *, is_enclosed: bool) -> bool:
    """Return whether a token is a finite verb by its tag or its neighbours.

    A participle right behind the comma that opens an insertion is none.
    """
    tags = tree.parse.tags
    if tags[token][-1] == "+":
        return True
    if tags[token] not in {"VERBp", "AUXp"} or (is_enclosed and tags[token - 1] == "PUNCT"):
        return False
    if tree.language in _FINITE_PARTICIPLES:
        return True
    behind = tags[token + 1] if token + 1 < len(tags) else ""
    return tags[token - 1] in _NOMINAL | {"PUNCT"} and behind in {"DET", "PROPN", "NOUN", "ADJ"}


def _is_negated_behind(tree: SentenceTree, token: int) -> bool:
    """Return whether a negation stands between a token and the next pause."""
    negations = headline_words(tree.language, "negations")
    rest = takewhile(lambda at: tree.words[at] not in _PAUSES, range(token, len(tree.words)))
    return any(tree.lower[at] in negations for at in rest)


_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
"""Tags of words that name something."""


def _chunk_sets(tree: SentenceTree, limit: int) -> Iterator[tuple[int, int]]:
    """Yield sets of what stands between a sentence's commas, and how many parts each leaves out.

    In Japanese the last part, which has the predicate, is in all of them.
    """
    chunks: list[int] = []
    chunk, depth = 0, 0
    for token, word in enumerate(tree.words):
        depth += (word in _CHUNK_OPENING) - (word in _CHUNK_CLOSING)
        if word in _COMMAS and depth == 0:
            if chunk:
                chunks.append(chunk)
            chunk = 0
        else:
            chunk |= 1 << token
    if chunk:
        chunks.append(chunk)
    sources = headline_endings(tree.language, "sources")
    without = [part for part in chunks if not "".join(tree.words[at] for at in tree.tokens(part)).endswith(sources)]
    chunks = without or chunks
    chunks = chunks[:_FIRST_CHUNKS] + chunks[-_LAST_CHUNKS:] if len(chunks) > _FIRST_CHUNKS + _LAST_CHUNKS else chunks
    announcing = headline_endings(tree.language, "announcing")
    opened = sum(
        1 << number
        for number, part in enumerate(chunks)
        if "".join(tree.words[at] for at in tree.tokens(part)).endswith(announcing)
    )
    for chosen in range(1, 1 << len(chunks)):
        if tree.language == "ja" and not chosen >> (len(chunks) - 1) & 1:
            continue
        if (chosen & opened) << 1 & ~chosen:
            continue  # what is announced stands in the next part
        kept = 0
        for number, part in enumerate(chunks):
            if chosen >> number & 1:
                if kept:
                    kept |= (part & -part) >> 1  # the comma before it
                kept |= part
        if tree.length(kept) <= limit + _ROOM:
            yield kept, len(chunks) - chosen.bit_count()


CHUNKED = frozenset({"ja", "zh"})
"""Languages whose sentences are cut at commas, beside their parse, which is less sure character by character."""

_COMMAS = frozenset("、，,；;")
_CHUNK_OPENING, _CHUNK_CLOSING = frozenset("「『（(“《"), frozenset("」』）)”》")
_FIRST_CHUNKS, _LAST_CHUNKS = 4, 2
"""Parts between commas that are combined: 2 to the power of their number are tried."""


def _clauses(tree: SentenceTree) -> Iterator[tuple[int, str]]:
    """Yield the heads of the clauses that can stand alone.

    They are the sentence's own, what is said in it, and what is added.
    """
    yield tree.root, "full"
    if tree.language in CHUNKED:
        return  # a verb such as "forbid" may be left out with the clause around it
    for token in tree.children[tree.root]:
        relation = tree.parse.relations[token]
        kind = {"ccomp": "ccomp", "parataxis": "ccomp", "conj": "conj"}.get(relation)
        if kind == "conj" and tree.language in HEAD_FINAL:
            continue  # it may be who said the rest
        subject = tree.subject(token) if kind else None
        if (
            kind
            and subject is not None
            and tree.parse.tags[subject] != "PRON"
            and tree.is_finite(token)
            and _stands_alone(tree, token)
        ):
            yield token, kind


def _stands_alone(tree: SentenceTree, head: int) -> bool:
    """Return whether a clause is joined by no word but one like "that".

    Words such as "if" and "because" say that there is more.
    """
    joining = {tree.lower[child] for child in tree.children[head] if tree.parse.relations[child] == "mark"}
    if joining and tree.language in VERB_SECOND - {"sv"}:
        return False  # its verb stands at its end
    return joining <= headline_words(tree.language, "that")


def _shorten(
    tree: SentenceTree, head: int, kind: str, words: LeadWords, model: LinearModel, limit: int
) -> Iterator[tuple[int, int, float]]:
    """Yield shortened forms of a clause: the kept tokens, constituents left out, last score.

    They go in several orders, since what fits best may lie on none of one: by score, by score and length, and the
    longest first. Days go before anything is given.
    """
    whole = tree.subtree[head]
    for child in tree.children[head]:
        relation = tree.parse.relations[child]
        if (
            relation in {"mark", "cc"}
            and tree.parse.tags[child] != "PART"
            and (kind != "full" or (relation == "cc" and child <= _FIRST_TOKENS))
        ):
            whole &= ~tree.subtree[child]
    scores = {
        token: _SURE if tree.is_bare_day(token) else model.logit(constituent_features(tree, token, head, words))
        for token in tree.tokens(whole)
        if token != head and tree.parse.relations[token] in DISPENSABLE
    }
    lengths = {token: tree.length(tree.subtree[token]) for token in scores}
    seen: set[int] = set()
    possible: dict[tuple[int, int], bool] = {}

    def may_go(token: int, kept: int) -> bool:
        known = possible.get((token, kept))
        if known is None:
            known = possible[token, kept] = _may_go(tree, token, head, kept)
        return known

    for weight in _LENGTH_WEIGHTS:
        order = sorted(scores, key=lambda token: scores[token] - weight * log1p(lengths[token]))
        kept, removed, last = whole, 0, 0.0
        for _ in range(MAX_STEPS):
            token = next((token for token in order if kept >> token & 1 and may_go(token, kept)), None)
            sure = token is not None and scores[token] == _SURE
            if not sure and kept not in seen and tree.length(kept) <= limit + _ROOM:
                seen.add(kept)
                yield kept, removed, last
            if token is None:
                break
            kept &= ~(tree.day_with_part(token) if sure else tree.subtree[token])
            if not sure:
                removed, last = removed + 1, scores[token]


_LENGTH_WEIGHTS = (0.0, 1.0, 4.0)
"""What the logarithm of a constituent's length counts beside its score, order by order."""

_ROOM = 20
"""Characters over the limit that articles and marks may take."""


def _variant(tree: SentenceTree, head: int, kind: str, kept: int, removed: int, last: float) -> Variant:
    """Return a variant with its texts."""
    kept = _without_stray_marks(tree, kept if tree.language in CHUNKED else _without_stub(tree, kept))
    text = _render(tree, _without_articles(tree, kept))
    if tree.language == "ja":
        text = _without_verb_endings(text)
    return Variant(tree, head, kind, kept, text, removed, last)


def _without_verb_endings(text: str) -> str:
    """Return a Japanese headline that ends in its noun ("逮捕") rather than its verb ("逮捕した")."""
    for kind in ("attributions", "verb_endings"):
        for ending in headline_endings("ja", kind):
            stem = text.removesuffix(ending)
            if (
                len(stem) < len(text)
                and len(stem) > _SHORTEST_STEM
                and (kind == "attributions" or _NOUN_ENDING.search(stem))
            ):
                text = stem
                break
    return text


_NOUN_ENDING = re.compile(rf"[{HAN}{KATAKANA}]{{2}}\Z")
"""Two characters that nouns of Chinese or foreign origin end in; "果たした" has none before its ending."""

_SHORTEST_STEM = 12
"""Characters that stay of a Japanese sentence whose ending goes."""


@cache
def headline_endings(language: str, kind: str) -> tuple[str, ...]:
    """Return endings of one kind, the longest first; see data/headlines.toml."""
    return tuple(sorted(load_table("headlines.toml").get(language, {}).get(kind, ()), key=len, reverse=True))


_FIRST_TOKENS = 2
"""Position up to which a conjunction opens the sentence ("But the talks failed")."""


def _may_go(tree: SentenceTree, token: int, head: int, kept: int) -> bool:
    """Return whether a constituent stands where it can go, and leaves nothing open behind it."""
    return place(tree, token, head, kept) is not None and _stands(tree, kept & ~tree.subtree[token])


def place(tree: SentenceTree, token: int, head: int, kept: int) -> str | None:
    """Return the place of a constituent among the kept tokens, of PLACES; None if it can't go.

    The subtree is one run of tokens, holds no negation, and no word before it waits for it.
    """
    parse, language = tree.parse, tree.language
    relation = parse.relations[token]
    if relation not in DISPENSABLE or token == head or tree.lower[token] in headline_words(language, "negations"):
        return None
    if relation in {"acl", "advcl"} and language not in HEAD_FINAL | CHUNKED and _is_unjoined(tree, token):
        return None
    span = tree.subtree[token]
    start, end = (span & -span).bit_length() - 1, span.bit_length() - 1
    first, last = (kept & -kept).bit_length() - 1, kept.bit_length() - 1
    while last > first and not tree.wordlike[last]:
        last -= 1
    while first < last and not tree.wordlike[first]:
        first += 1
    words = tree.words
    pause_before = (start > first and words[start - 1] in _MARKS_BEFORE) or words[start] in _MARKS_BEFORE
    pause_behind = (end < last and words[end + 1] in _MARKS_BEHIND) or words[end] in _MARKS_BEHIND
    while start < end and not tree.wordlike[start]:
        start += 1
    following = end + 1
    while following < len(words) and not tree.wordlike[following]:
        following += 1
    next_tag = parse.tags[following] if following < len(words) else ""
    head_final = language in HEAD_FINAL
    if head_final and token > parse.heads[token]:
        return None  # an ending
    of_verb = tree.is_verb(parse.heads[token]) or parse.heads[token] == head
    if language == "ja" and (
        parse.tags[end] not in _PHRASE_ENDS or (start > first and parse.tags[start - 1] not in _PHRASE_ENDS)
    ):
        return None  # within a compound
    if relation == "amod" and not (pause_before and pause_behind):
        return None
    if start <= first:
        if language in VERB_SECOND and next_tag.endswith("+"):
            return None
        return "initial" if pause_behind or (of_verb and (relation == "tmod" or head_final)) else None
    if pause_before and pause_behind:
        return "between"
    if end >= last:
        if head_final or (relation == "advmod" and not pause_before and not (of_verb and tree.is_day(token))):
            return None
        return "final"
    if end - start < _LONGEST_DAY and ((of_verb and tree.is_day(token)) or tree.is_bare_day(token)):
        return "date"
    if head_final:
        return "before" if of_verb or relation in {"acl", "relcl", "nmod"} else None
    if language != "zh":
        if (
            relation in {"obl", "nmod", "oblarg"}
            and parse.tags[start] == "ADP"
            and parse.tags[start - 1] in {"NOUN", "PROPN", "NUM", "PUNCT"}
            and (next_tag in {"ADP", "AUX+", "VERB+", "SCONJ"} or pause_behind)
        ):
            return "phrase"
        if relation == "advmod" and of_verb and start == end:
            return "adverb"
    elif relation in {"acl", "relcl", "nmod"} and words[end] == "的":
        return "before"
    return "clause" if relation in {"relcl", "acl", "advcl"} and pause_behind else None


def _is_unjoined(tree: SentenceTree, head: int) -> bool:
    """Return whether a finite clause has neither a subject nor a joining word of its own."""
    relations = tree.parse.relations
    own = {relations[child] for child in tree.children[head]}
    finite = tree.parse.tags[head].endswith("+") or any(
        relations[child] in {"aux", "cop"} and tree.parse.tags[child].endswith("+") for child in tree.children[head]
    )
    return finite and not own & {"nsubj", "csubj", "expl", "mark"}


_MARKS_BEFORE, _MARKS_BEHIND = frozenset(",–—(（、，-;"), frozenset(",–—)）、，-;")
_PHRASE_ENDS = frozenset(
    {"ADP", "PUNCT", "AUX+", "AUX-", "AUXp", "SCONJ", "ADV", "VERB+", "VERB-", "ADJ", "DET", "PART"}
)
"""Tags of the last word of a Japanese phrase."""
_LONGEST_DAY = 5
"""Tokens of a phrase such as "on Tuesday evening"."""


def _stands(tree: SentenceTree, kept: int) -> bool:
    """Return whether no kept word waits for one that is left out: "of the", "will", "and"."""
    if tree.language in HEAD_FINAL:
        return True
    parse = tree.parse
    previous = None
    for token in tree.tokens(kept):
        if (
            previous is not None
            and token > previous + 1
            and parse.tags[previous] in _UNFINISHED
            and parse.heads[previous] > previous
            and not kept >> parse.heads[previous] & 1
        ):
            return False
        if tree.wordlike[token]:
            previous = token
    if previous is None:
        return True
    below = tree.children[previous]
    bare_participle = (
        parse.tags[previous] == "VERBp"
        and tree.language not in _FINITE_PARTICIPLES
        and not any(parse.relations[child] in {"aux", "cop"} for child in below)
    )
    is_open = (
        bare_participle or parse.tags[previous] == "VERB-" or parse.relations[previous] in {"acl", "advcl", "relcl"}
    )
    if is_open and any(child > previous and tree.wordlike[child] for child in below):
        return False  # "turbines made", "relations damaged"
    following = previous + 1
    if (
        tree.language not in CHUNKED
        and following < len(tree.words)
        and not tree.is_day(following)
        and (
            (parse.tags[previous] in {"ADJ", "NOUN", "NUM", "PROPN"} and parse.tags[following] in {"NOUN", "PROPN"})
            or (parse.tags[previous] == "ADV" and parse.tags[following] in {"DET", "NUM"})
        )
    ):
        return False  # "sixteen 2-megawatt", without its turbines; "later", without "this year"
    closes = parse.tags[previous] == "NUM" or (
        parse.tags[previous][:3] == "AUX" and 0 <= parse.heads[previous] < previous and tree.language in VERB_SECOND
    )
    return closes or parse.tags[previous] not in _UNFINISHED


def _without_stub(tree: SentenceTree, kept: int) -> int:
    """Leave out the beginning of a phrase behind the last pause that was cut: ", with the aim"."""
    tokens = tree.tokens(kept)
    pause = max((token for token in tokens if tree.words[token] in _PAUSES), default=None)
    behind = [token for token in tokens if pause is not None and token > pause and tree.wordlike[token]]
    if pause is None or not behind or len(behind) > _LEAST_BEHIND_PAUSE:
        return kept
    if any(map(tree.is_verb, behind)) and tree.parse.tags[behind[0]] != "ADP":
        return kept
    following = behind[-1] + 1
    if following < len(tree.words) and tree.wordlike[following] and not kept >> following & 1:
        return kept & ((1 << pause) - 1)
    return kept


_LEAST_BEHIND_PAUSE = 3
"""Words behind a pause that, without a verb, are only the beginning of a phrase that was cut."""

# The text of what is kept


def _render(tree: SentenceTree, kept: int) -> str:
    """Return the kept tokens as text, spaced as in the sentence and without marks at its ends."""
    kept = _without_ends(tree, kept)
    text, tokens = tree.parse.text, tree.parse.tokens
    parts: list[str] = []
    previous: int | None = None
    for token in tree.tokens(kept):
        start, end = tokens[token]
        if previous is not None:
            if previous == token - 1:
                parts.append(text[tokens[previous][1] : start])
            elif tree.words[token][0] not in _WITHOUT_SPACE and any(
                tokens[at][1] < tokens[at + 1][0] for at in range(previous, token)
            ):
                parts.append(" ")
        parts.append(text[start:end])
        previous = token
    return "".join(parts)


_WITHOUT_SPACE = frozenset(",.;:!?%)]”’、。，")
"""Marks that follow a word without a space."""


def _without_articles(tree: SentenceTree, kept: int) -> int:
    """Leave out articles, as headlines of some languages do, but not within quotations."""
    going = tree.articles & (kept >> 1)  # those whose next word is kept
    return kept & ~going


def _without_stray_marks(tree: SentenceTree, kept: int) -> int:
    """Leave out pauses that lost a neighbour, and brackets and quotation marks without a pair."""
    for token in tree.tokens(kept):
        if (
            tree.words[token] in _PAUSES
            and not (kept >> (token + 1) & 1 and token and kept >> (token - 1) & 1)
            and not _bounds(tree, token, kept)
        ):
            kept &= ~(1 << token)
    previous = ""
    for token in tree.tokens(kept):
        if tree.words[token] in _COMMAS and (previous in _COMMAS or not previous):
            kept &= ~(1 << token)
        else:
            previous = tree.words[token]
    kept = _without_lone_comma(tree, kept)
    opened: list[int] = []
    straight: int | None = None
    lone: list[int] = []
    for token in tree.tokens(kept):
        word = tree.words[token]
        if word == '"':
            straight = token if straight is None else None
        elif word in _PAIRS and opened and tree.words[opened[-1]] == _PAIRS[word]:
            opened.pop()
        elif word in _PAIRS.values():
            opened.append(token)
        elif word in _PAIRS:
            lone.append(token)
    for token in [*lone, *opened, *([] if straight is None else [straight])]:
        kept &= ~(1 << token)
    return kept


def _bounds(tree: SentenceTree, pause: int, kept: int) -> bool:
    """Return whether a pause begins or ends a kept constituent such as a relative clause."""
    if not kept >> (pause + 1) & 1 or not kept & ((1 << pause) - 1) or tree.language in CHUNKED:
        return False
    for token in tree.tokens(kept):
        if tree.parse.relations[token] in _ENCLOSED:
            span = tree.subtree[token]
            start, end = (span & -span).bit_length() - 1, span.bit_length() - 1
            if start in {pause, pause + 1}:
                return True
            opening = start if tree.words[start] in _PAUSES else start - 1
            if end in {pause, pause - 1} and opening >= 0 and tree.words[opening] in _PAUSES and kept >> opening & 1:
                return True
    return False


_ENCLOSED = frozenset({"acl", "advcl", "appos", "relcl"})
"""Relations of constituents that stand between pauses."""


def _without_lone_comma(tree: SentenceTree, kept: int) -> int:
    """Leave out a comma between a subject and its finite verb, where it closes nothing."""
    commas = [token for token in tree.tokens(kept) if tree.words[token] == ","]
    if not commas:
        return kept
    following = [token for token in tree.tokens(kept) if token > commas[0]]
    if any(
        tree.parse.relations[token] in {"ccomp", "parataxis"} or _is_unjoined(tree, token)
        for token in tree.children[tree.root]
        if token < commas[0]
    ):
        return kept  # it closes what somebody said
    if following and tree.parse.tags[following[0]] in {"VERB+", "AUX+"}:
        kept &= ~(1 << commas[0])
    return kept


def _without_ends(tree: SentenceTree, kept: int) -> int:
    """Leave out marks before the first word and behind the last, but those that belong to them."""
    tokens = tree.tokens(kept)
    for token in tokens:
        if tree.wordlike[token] or tree.words[token] in _KEPT_AT_START:
            break
        kept &= ~(1 << token)
    for token in reversed(tokens):
        if tree.wordlike[token] or tree.words[token] in _KEPT_AT_END:
            break
        kept &= ~(1 << token)
    return kept


# How dispensable a constituent is

CONSTITUENT_FEATURES = (
    *(f"relation {relation}" for relation in DISPENSABLE),
    "of a verb", "before its head", "between pauses", "first", "has a name", "has a number", "log of tokens", "length",
    "greatest weight", "mean weight", "case like of", "has a day", "may be a complement", "behind its head", "last",
    "has a finite verb", "has no content", "of the clause", "in the first sentence", "has a case",
    *(f"place {place}" for place in PLACES),
)  # fmt: skip
"""Names of what `constituent_features` returns, in its order."""

_LENGTH_UNIT = 50
"""Characters that count as 1 in the feature `length`, so that weights are of one size."""


def constituent_features(tree: SentenceTree, token: int, head: int, words: LeadWords) -> list[float]:
    """Return the features of the constituent below a token, of a clause with this head."""
    parse = tree.parse
    above = parse.heads[token]
    span = tree.subtree[token]
    members = tree.tokens(span)
    start, end = members[0], members[-1]
    weights = [words.weight(word) for word in tree.content(span, words.stopwords)]
    cases = [tree.lower[child] for child in tree.children[token] if parse.relations[child] == "case"]
    pause_before = (start > 0 and tree.words[start - 1] in _MARKS_BEFORE) or tree.words[start] in _MARKS_BEFORE
    pause_behind = (end + 1 < len(tree.words) and tree.words[end + 1] in _MARKS_BEHIND) or tree.words[
        end
    ] in _MARKS_BEHIND
    of_verb = tree.is_verb(above)
    adjacent = start == above + 1
    has_object = any(parse.relations[child] in {"obj", "ccomp", "xcomp"} for child in tree.children[above])
    where = place(tree, token, head, tree.subtree[head])
    return [
        *(float(parse.relations[token] == relation) for relation in DISPENSABLE),
        float(of_verb),
        float(token < above),
        float(pause_before and pause_behind),
        float(start == 0),
        float(any(parse.tags[member] == "PROPN" for member in members)),
        float(any(parse.tags[member] == "NUM" or tree.words[member][0].isdigit() for member in members)),
        log1p(len(members)),
        (parse.tokens[end][1] - parse.tokens[start][0]) / _LENGTH_UNIT,
        max(weights, default=0.0),
        sum(weights) / len(weights) if weights else 0.0,
        float(bool(cases) and cases[0] in headline_words(tree.language, "of")),
        float(any(map(tree.is_day, members))),
        float(adjacent and of_verb and not has_object),
        float(adjacent),
        float(end >= len(tree.words) - 2),
        float(any(parse.tags[member] == "VERB+" for member in members)),
        float(not weights),
        float(above == head),
        float(tree.index == 0),
        float(bool(cases)),
        *(float(where == name) for name in PLACES),
    ]
