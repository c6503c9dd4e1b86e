"""Choice of the headline among what can be left of a story's first sentences.

A linear score of how much of the story's names and words a variant has, its length, its form and where it stands;
weights: data/headlines.json, fitted by training/headlines.py to the headlines of Wikinews' editors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p

from summarizers.headlines.clauses import CONSTITUENT_FEATURES, STEM, LeadWords, Variant
from summarizers.models import LinearModel
from summarizers.text.tables import load_table

__all__ = [
    "CANDIDATE_FEATURES",
    "HeadlineModel",
    "NameWeights",
    "candidate_features",
    "has_unnamed_speaker",
    "headline_model",
    "name_weights",
]

NameWeights = dict[str, float]
"""How much each name of a story's first sentences counts."""

CANDIDATE_FEATURES = (
    "first sentence", "second sentence", "whole clause", "added clause", "length", "squared length", "shortness", "names",
    "sum of weights", "mean weight", "content words", "removed", "last score", "has a subject", "is finite", "whole",
    "subject is a pronoun", "opens with a function word", "opens with a preposition", "has a figure", "has a quotation",
    "has a comma", "opens with a name", "unnamed speaker", "beginning", "beginning up to a pause", "beginning up to a preposition",
    "opens as its sentence does",
)  # fmt: skip
"""Names of what `candidate_features` returns, in its order."""

_SHORT = 0.35
"""Share of the greatest length below which a headline is short."""


def candidate_features(variant: Variant, words: LeadWords, names: NameWeights, limit: int) -> list[float]:
    """Return the features of a variant, for a headline of at most `limit` characters."""
    tree, head = variant.tree, variant.head
    tags, relations = tree.parse.tags, tree.parse.relations
    kept = tree.tokens(variant.kept)
    content = tree.content(variant.kept, words.stopwords)
    length = len(variant.text) / limit
    named = {tree.words[token] for token in kept if tags[token] == "PROPN"}
    covered = sum(names.get(name, 0.0) for name in named) / max(1.0, sum(names.values()))
    weight = sum(log1p(words.weight(word)) for word in set(content))
    first = next((token for token in kept if tree.wordlike[token]), 0)
    subject = tree.subject(head)
    has_subject = any(
        relations[child] in {"nsubj", "csubj", "expl"} and variant.kept >> child & 1 for child in tree.children[head]
    )
    finite = tree.is_finite(head)
    return [
        float(tree.index == 0),
        float(tree.index == 1),
        float(variant.kind == "full"),
        float(variant.kind == "conj"),
        length,
        length * length,
        max(0.0, _SHORT - length),
        covered,
        weight / 5,
        weight / (1 + len(content)),
        len(content) / 10,
        variant.removed / 10,
        variant.last_score,
        float(has_subject),
        float(finite),
        float(has_subject and finite),
        float(subject is not None and tags[subject] == "PRON"),
        float(tags[first] in {"PRON", "CCONJ", "SCONJ"}),
        float(tags[first] == "ADP"),
        float(any(map(str.isdigit, variant.text))),
        float(any(mark in variant.text for mark in '"“「«„')),
        float("," in variant.text or "、" in variant.text or "，" in variant.text),
        float(tags[first] == "PROPN"),
        float(has_unnamed_speaker(variant)),
        *_beginning_features(variant, kept),
    ]


def _beginning_features(variant: Variant, kept: Sequence[int]) -> list[float]:
    """Return the features of a variant that is its sentence's beginning, and of its opening."""
    tree = variant.tree
    opening = next((token for token in range(len(tree.words)) if tree.wordlike[token]), 0)
    opens = float(variant.kept >> opening & 1)
    if variant.kind != "beginning":
        return [0.0, 0.0, 0.0, opens]
    tag = tree.parse.tags[kept[-1] + 1] if kept[-1] + 1 < len(tree.words) else ""
    return [1.0, float(tag == "PUNCT"), float(tag == "ADP"), opens]


def has_unnamed_speaker(variant: Variant) -> bool:
    """Return whether a variant says that somebody without a name said what could stand alone."""
    tree = variant.tree
    tags, relations = tree.parse.tags, tree.parse.relations
    if variant.kind != "full" or not any(
        relations[child] == "ccomp" and variant.kept >> child & 1 for child in tree.children[tree.root]
    ):
        return False
    subject = tree.subject(tree.root)
    return subject is not None and not any(tags[token] == "PROPN" for token in tree.tokens(tree.subtree[subject]))


COMPLETENESS, ENOUGH = 0.14, 0.75
"""Points for a variant that fills three quarters of the room, or has its whole sentence: a headline tells all that fits.

By judgement, and none in Japanese, where editors write far less than there is room for. On Wikinews' headlines more is
no better: ROUGE-1 38.8 with it and 39.0 with 0.1.
"""


LEAD = 0.05
"""Points for the first sentence beside what was learned: where little is left to choose by, it has the news."""


@dataclass(frozen=True, slots=True)
class HeadlineModel:
    """The two linear models behind a headline: of constituents to leave out, and of variants."""

    constituents: LinearModel
    candidates: LinearModel

    def score(self, variant: Variant, words: LeadWords, names: NameWeights, limit: int) -> float:
        """Return a variant's score as a headline of at most `limit` characters.

        Only the order of scores means something.
        """
        points = self.candidates.logit(candidate_features(variant, words, names, limit))
        points += LEAD * (variant.tree.index == 0)
        if variant.tree.language == "ja":
            return points
        room = min(ENOUGH * limit, len(variant.tree.parse.text))
        return points + COMPLETENESS * min(1.0, len(variant.text) / room)


@cache
def headline_model(language: str) -> HeadlineModel:
    """Return the weights for a language: its own, or those fitted to English."""
    table = load_table("headlines.json")
    own = table["languages"].get(table["like"].get(language, language)) or table["languages"]["en"]
    return HeadlineModel(
        LinearModel.from_table(0.0, own["constituents"], CONSTITUENT_FEATURES),
        LinearModel.from_table(0.0, own["candidates"], CANDIDATE_FEATURES),
    )


def name_weights(variants: Sequence[Variant], words: LeadWords) -> NameWeights:
    """Return the weight of each name of the variants' sentences.

    It is 1, and more the more often the story says the name.
    """
    trees = {variant.tree.index: variant.tree for variant in variants}.values()
    return {
        tree.words[token]: 1 + words.weight(tree.lower[token][:STEM])
        for tree in trees
        for token, tag in enumerate(tree.parse.tags)
        if tag == "PROPN"
    }
