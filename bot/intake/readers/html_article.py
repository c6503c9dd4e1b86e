"""The article of a page: which of its blocks belong to it.

Boosted trees judge each block by the features of html_features.py, among them what trafilatura takes in two modes.
A page that is too deep or too large for trafilatura is judged without it. Weights and thresholds:
data/article_blocks.json, fitted by training/article_blocks.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any, Final

from bot.intake.encodings import normalize_text, remove_invisible
from bot.intake.readers.html_blocks import Block
from bot.intake.readers.html_dates import SENTENCE_STOPS
from bot.intake.readers.html_features import FEATURES, PAGE_WORDS, Floats, block_features
from bot.intake.readers.html_tree import within_limits
from summarizers.models import TreeEnsemble, read_thresholds
from summarizers.segmentation.furniture_model import is_notice
from summarizers.text.language import identify_language
from summarizers.text.tables import load_table

__all__ = ["ALONE", "TABLE", "article_blocks", "extracted_texts", "page_language", "recovered_text"]

TABLE: Final = "article_blocks.json"
"""File name of the weights in summarizers/data."""

ALONE: Final = tuple(name for name in FEATURES if "vote" not in name)
"""Features of the model that judges without trafilatura."""


_PAGE_WORDS: Final = [FEATURES.index(name) for name in PAGE_WORDS]

_MIN_SHARE: Final = 0.25
"""Share of what is chosen without trafilatura, below which trafilatura missed the article. By judgement."""

_MAX_RECOVERED: Final = 2_000
"""Blocks up to which trafilatura is asked for all its methods: jusText, one of them, compares each with all others."""

_READ: Final = 2_000
"""Characters of an article in which its language is identified."""


@dataclass(frozen=True, slots=True)
class _Model:
    trees: TreeEnsemble
    columns: tuple[int, ...]
    threshold: float
    page_words: float
    """Taken off the logit for each block's share of page words."""


def article_blocks(
    blocks: Sequence[Block], votes: Sequence[str | None], title: str | None, language: str
) -> list[Block]:
    """Return the blocks of the article, in order and each text once; [] where there is none.

    `votes` are the texts of html_features.VOTES, None where there is none.
    """
    if not blocks:
        return []
    rows = block_features(blocks, votes, title, language)
    alone = _choose(blocks, rows, _models()["alone"], language)
    if not (votes[0] or votes[1]):
        return alone
    chosen = _choose(blocks, rows, _models()["with trafilatura"], language)
    return chosen if _size(chosen) >= _size(alone) * _MIN_SHARE else alone


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _choose(blocks: Sequence[Block], rows: Floats, model: _Model, language: str) -> list[Block]:
    limits = (model.threshold + model.page_words * rows[:, _PAGE_WORDS].sum(axis=1)).tolist()
    judged = zip(reversed(blocks), reversed(rows[:, model.columns].tolist()), reversed(limits), strict=True)
    kept = {block.text: block for block, row, limit in judged if model.trees.logit(row) >= limit}
    return _with_siblings(blocks, [block for block in blocks if kept.get(block.text) is block], language)


def _with_siblings(blocks: Sequence[Block], chosen: Sequence[Block], language: str) -> list[Block]:
    """Return chosen blocks with the sentences beside them that are set as most of them are.

    Pages that set each paragraph in a div of its own tell nothing else of the first and the last.
    """
    places = Counter(_place(block) for block in chosen)
    if not places:
        return []
    place, count = places.most_common(1)[0]
    if count < _FEWEST_SIBLINGS:
        return list(chosen)
    texts = {block.text for block in chosen}

    def fits(block: Block) -> bool:
        return (
            _place(block) == place
            and _is_sentence(block)
            and block.text not in texts
            and not is_notice(block.text, language)
        )

    places_of = [at for at, block in enumerate(blocks) if block is chosen[0] or block is chosen[-1]]
    before = list(takewhile(fits, reversed(blocks[: places_of[0]])))
    return [*reversed(before), *chosen, *takewhile(fits, blocks[places_of[-1] + 1 :])]


def _place(block: Block) -> tuple[int, str, tuple[int, ...]]:
    return block.section, block.tag, block.hints


_FEWEST_SIBLINGS: Final = 2
"""Chosen blocks in one place of a page that say what its paragraphs look like."""

_SHORTEST_SENTENCE: Final = 40
"""Characters of a paragraph that is a sentence."""


def _is_sentence(block: Block) -> bool:
    return (
        len(block.text) >= _SHORTEST_SENTENCE
        and block.links * 4 < len(block.text)
        and block.text[-1] in SENTENCE_STOPS
        and not block.furniture
    )


@cache
def _models() -> Mapping[str, _Model]:
    table = load_table(TABLE)
    thresholds = read_thresholds(table["thresholds"])
    return {
        name: _Model(
            TreeEnsemble.from_table(entry["start"], entry["trees"], entry["features"], features),
            tuple(map(FEATURES.index, features)),
            thresholds[name],
            thresholds["page words"],
        )
        for name, features in (("with trafilatura", FEATURES), ("alone", ALONE))
        for entry in [table[name]]
    }


def page_language(tree: Any, texts: Sequence[str | None]) -> str:
    """Return the language that a page declares, else that of its article's text."""
    declared = (tree.get("lang") or "").strip().lower()[:2]
    if declared.isalpha() and declared in load_table("calendar.json"):
        return declared
    return identify_language(next(filter(None, texts), "")[:_READ])


def extracted_texts(tree: Any) -> tuple[str | None, str | None]:
    """Return the article as trafilatura takes it, the first two of `VOTES`.

    None for a page beyond its limits, and where it finds nothing.
    """
    if not within_limits(tree):
        return None, None
    extract = _trafilatura()
    # Neither call asks for metadata: that is read once, by html_metadata.py.
    found = [extract(tree, include_comments=False, favor_precision=precise, fast=True) for precise in (True, False)]
    precise, default = (document.text or None if document is not None else None for document in found)
    return precise, default


def recovered_text(tree: Any, blocks: Sequence[Block]) -> str:
    """Return what trafilatura finds with all its methods, for a page without article blocks."""
    if len(blocks) > _MAX_RECOVERED or not within_limits(tree):
        return ""
    document = _trafilatura()(tree, include_comments=False)
    return remove_invisible(normalize_text(document.text or "")) if document is not None else ""


@cache
def _trafilatura() -> Any:
    from trafilatura import bare_extraction

    return bare_extraction
