"""Shorter forms of a long sentence in which no clause was whole, to be parsed again.

A title before a name, an opening clause and a phrase between commas go. Where a verb comes second, the subject takes the
place of the clause before it, and phrases go that stand between a noun and the verb at a clause's end. As a sentence without a headline is one that was parsed
badly, the forms rely on tags, not on the tree. Each keeps the sentence's words and ends in a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summarizers.headlines.clauses import VERB_SECOND, SentenceTree, headline_words

__all__ = ["simplified_forms"]

_NAME_TOKENS, _TITLE_TOKENS = 2, 16
"""Tokens of a name that stands without its title, such as "Kevin Rudd", and of the longest title."""

_FINAL_VERBS = 3
"""Verbs at the end of a German or Dutch clause: "verschoben werden müsse"."""

_VERB_AT_END = frozenset({"de", "nl"})
"""Languages with verbs at the ends of clauses."""

_MAX_OPENING = 30
"""Tokens of a clause before the verb."""

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
_BEFORE_NOUN = frozenset({"DET", "NUM", "ADJ", "NOUN", "PROPN", "VERBp"})
"""Tags of words in a subject, up to its noun."""

_NO_SUBJECT = frozenset({"dem", "den", "einem", "einen", "sich", "zich", "sig"})
"""Words with which no subject begins."""

_GENITIVES = frozenset({"der", "des", "eines", "einer"})
"""German articles with which what belongs to a noun begins."""

_CLAUSE_END = frozenset(",.;:!?")


def simplified_forms(tree: SentenceTree, limit: int) -> Iterator[str]:
    """Yield shorter forms of a sentence, each once, the mildest first.

    `limit` is the length of a headline: phrases go until as much is left.
    """
    tokens = list(range(len(tree.words)))
    tokens = _without_title(tree, tokens)
    if len(tokens) < len(tree.words):
        yield _text(tree, tokens)
    main = _before_relative_clause(tree, tokens)
    if len(main) < len(tokens):
        yield _text(tree, main)
    opened = _without_opening_clause(tree)
    if opened:
        tokens = opened
        yield _text(tree, tokens)
    plain = _without_insertions(tree, tokens)
    if len(plain) < len(tokens):
        tokens = plain
        yield _text(tree, tokens)
    single = _without_last_conjunct(tree, tokens)
    if len(single) < len(tokens) and len(_text(tree, tokens)) > limit:
        tokens = single
        yield _text(tree, tokens)
    if tree.language in _VERB_AT_END:
        shorter = _without_phrases(tree, tokens, limit)
        if len(shorter) < len(tokens):
            yield _text(tree, shorter)


def _text(tree: SentenceTree, tokens: list[int]) -> str:
    """Return tokens as a sentence, spaced as they were."""
    source, spans = tree.parse.text, tree.parse.tokens
    parts: list[str] = []
    for token in tokens:
        start, end = spans[token]
        glued = token and spans[token - 1][1] == start
        parts.append(source[start:end] if glued else f" {source[start:end]}")
    text = "".join(parts).strip(" ,;:.")
    return _LOOSE_MARK.sub(r"\1", text[:1].upper() + text[1:]) + "."


_LOOSE_MARK = re.compile(r"\s+([,.;:!?])")


def _without_title(tree: SentenceTree, tokens: list[int]) -> list[int]:
    """Leave out what stands before the name that is the subject.

    In "Ambassador to the US Kevin Rudd", a name that goes on from another one is taken for its last two words.
    """
    tags = tree.parse.tags
    verb = next((token for token in tokens if tags[token].endswith("+")), 0)
    start = verb
    while start and tags[start - 1] in {"PROPN", "X"} and tree.words[start - 1][:1].isupper():
        start -= 1
    behind = start
    while behind and tags[behind - 1] in {"DET", "ADJ"}:
        behind -= 1
    if verb - start > _NAME_TOKENS and behind and tags[behind - 1] == "ADP":
        start = verb - _NAME_TOKENS
    title = tokens[:start]
    if (
        verb - start < _NAME_TOKENS
        or not 1 < start <= _TITLE_TOKENS
        or not any(tags[token] in {"NOUN", "ADP"} for token in title)
        or tags[0] == "ADP"
        or any(tags[token] in {"PUNCT", "CCONJ", "SCONJ", "PRON"} or tree.is_verb(token) for token in title)
    ):
        return tokens
    return tokens[start:]


def _before_relative_clause(tree: SentenceTree, tokens: list[int]) -> list[int]:
    """Leave out the clause behind a sentence's only comma, if it hangs on what stands before."""
    commas = [place for place, token in enumerate(tokens) if tree.words[token] == ","]
    if len(commas) != 1 or tree.lower[0] in headline_words(tree.language, "relatives"):
        return tokens
    behind = [tree.lower[token] for token in tokens[commas[0] + 1 : commas[0] + 3]]
    joins = headline_words(tree.language, "relatives") | headline_words(tree.language, "behind_commas")
    opens = behind[:1] if tree.parse.tags[tokens[commas[0]] + 1] != "ADP" else behind
    return tokens[: commas[0]] if not joins.isdisjoint(opens) else tokens


def _without_opening_clause(tree: SentenceTree) -> list[int]:
    """Return tokens without the clause that opens the sentence.

    [] where there is none or the rest can't be told. Where the verb follows, the subject takes the clause's place.
    """
    tags, words = tree.parse.tags, tree.words
    if tree.lower[0] not in headline_words(tree.language, "openings"):
        return []
    comma = next(
        (at for at in range(1, min(len(words), _MAX_OPENING)) if words[at] == "," and _has_finite(tree, 1, at)), 0
    )
    if not comma or not _has_finite(tree, comma + 1, len(words)):
        return []
    start = comma + 1
    if tags[start][-1] == "+" and tree.language in VERB_SECOND:
        return _with_subject_first(tree, start)
    stays = tags[start] in _BEFORE_NOUN or (tree.language in VERB_ANYWHERE and tags[start][:4] == "VERB")
    return list(range(start, len(words))) if stays and tree.language not in VERB_SECOND else []


VERB_ANYWHERE = frozenset({"cs", "pl", "ru", "uk"})
"""Languages whose sentences may open with their verb."""


def _has_finite(tree: SentenceTree, start: int, end: int) -> bool:
    """Return whether some tokens hold a finite verb, or what counts as one in its language."""
    participles = tree.language in VERB_ANYWHERE
    return any(tag[-1] == "+" or (participles and tag in {"VERBp", "AUXp"}) for tag in tree.parse.tags[start:end])


def _with_subject_first(tree: SentenceTree, verb: int) -> list[int]:
    """Return the tokens from a verb on with the subject before it; [] where that can't be told."""
    tags, words = tree.parse.tags, tree.words
    start = verb + 1
    start += tree.lower[start : start + 1] in _REFLEXIVES
    if start >= len(words) or tags[start] == "PRON" or tree.lower[start] in _NO_SUBJECT:
        return []
    end = _noun_phrase_end(tree, start)
    while end and end < len(words) and tree.language == "de" and tree.lower[end] in _GENITIVES:
        end = _noun_phrase_end(tree, end)
    if not end or (end < len(words) and tree.lower[end] in headline_words(tree.language, "of")):
        return []
    return [*range(start, end), *range(verb, start), *range(end, len(words))]


_REFLEXIVES = (["sich"], ["zich"], ["sig"])


def _noun_phrase_end(tree: SentenceTree, start: int) -> int:
    """Return the end of a noun and its words before it; 0 where there is no noun."""
    tags = tree.parse.tags
    end = start
    while end < len(tags) and tags[end] in _BEFORE_NOUN:
        end += 1
        if tree.language == "de" and tags[end - 1] == "NOUN" and not tree.words[end - 1][:1].isupper():
            return 0  # German nouns have a capital
        if tags[end - 1] in {"NOUN", "PROPN"} and (end == len(tags) or tags[end] not in {"NOUN", "PROPN"}):
            return end
    return 0


def _without_insertions(tree: SentenceTree, tokens: list[int]) -> list[int]:
    """Leave out phrases without a verb between two commas: ", im Bundesstaat Tamil Nadu,"."""
    tags, words = tree.parse.tags, tree.words
    negations = headline_words(tree.language, "negations")
    kept = list(tokens)
    commas = [token for token in tokens[1:] if words[token] == ","]
    for opening, closing in pairwise(commas):
        inside = range(opening + 1, closing)
        if (
            len(inside) > 1
            and tags[opening + 1] == "ADP"
            and tags[opening - 1] in _NOMINAL
            and opening in kept
            and not any(tags[at][:3] in {"VER", "AUX", "PRO"} or tree.lower[at] in negations for at in inside)
        ):
            kept = [token for token in kept if not opening <= token <= closing]
    return kept


def _without_last_conjunct(tree: SentenceTree, tokens: list[int]) -> list[int]:
    """Leave out what a conjunction adds at the end: "and capabilities more broadly"."""
    tags = tree.parse.tags
    place = next((at for at in range(len(tokens) - 1, 0, -1) if tags[tokens[at]] == "CCONJ"), 0)
    added = tokens[place + 1 :]
    if (
        not place
        or tags[tokens[place - 1]] not in _NOMINAL
        or any(tags[token][:3] in {"VER", "AUX", "PRO"} or tree.words[token] == "," for token in added)
        or not headline_words(tree.language, "of_two").isdisjoint(tree.lower[token] for token in tokens[:place])
    ):
        return tokens
    return tokens[:place]


def _without_phrases(tree: SentenceTree, tokens: list[int], limit: int) -> list[int]:
    """Leave out phrases between a noun and the verbs at a clause's end.

    The last goes first, until what is left is no longer than `limit`.
    """
    tags, words = tree.parse.tags, tree.words
    negations = headline_words(tree.language, "negations")
    ends = [place for place, token in enumerate(tokens) if words[token] in _CLAUSE_END and place]
    for place in ends:
        final = place
        while place - final < _FINAL_VERBS and tags[tokens[final - 1]][:4] in {"VERB", "AUX+", "AUX-"}:
            final -= 1
        if final == place or not any(tags[token][-1] == "+" for token in tokens[:final]):
            continue
        start = final
        behind = tokens[place:]
        while len(_text(tree, [*tokens[:start], *tokens[final:place]])) > limit:
            phrase = start - 1
            while (
                phrase > 1
                and tags[tokens[phrase]] not in {"ADP", "SCONJ", "PRON"}
                and words[tokens[phrase]] not in _CLAUSE_END
            ):
                phrase -= 1
            opening = phrase - 1 if words[tokens[phrase - 1]] in '„»“"' else phrase
            if (
                tags[tokens[phrase]] != "ADP"
                or tags[tokens[opening - 1]] not in _NOMINAL
                or any(tree.lower[token] in negations for token in tokens[phrase:start])
            ):
                break
            start = opening
        if start < final:
            return [*tokens[:start], *tokens[final:place], *behind]
    return tokens
