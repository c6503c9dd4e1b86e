"""Dependency parses of sentences in eighteen languages: tags, heads and relations.

`parse` runs a small convolutional network in numpy, one for each family of languages: hashed pieces of words, dilated
convolutions with one layer of attention (Strubell et al., EMNLP 2017, for the convolutions), and a biaffine scorer of
heads (Dozat and Manning, ICLR 2017). Heads make a tree without crossing arcs: each token's best head where these do,
else the best such tree (Eisner, COLING 1996) for what crosses. Weights: data/syntax_*.npz, fitted by
training/syntax.py, which prints the attachment scores on sentences set aside.

Tokens are words, numbers and marks; in Chinese and Japanese each character is a token, and the characters of a word
hang on its first one by the relation `part`. So do the pieces of a word that treebanks keep whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from zlib import crc32

from summarizers.text.scripts import HAN, KANA, MARKS_IN_WORDS
from summarizers.text.tables import load_arrays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["BUCKETS", "FAMILIES", "ROOT", "Parse", "family_of", "parse", "token_features", "tokenize"]

FAMILIES = {
    "west": ("en", "de", "nl", "sv", "fr", "es", "it", "pt", "tr"),
    "slavic": ("cs", "pl", "ru", "uk"),
    "east": ("zh", "ja", "ko"),
    "south": ("ar", "hi"),
}
"""Languages that share a network, in the order of their embeddings."""

ROOT = -1
"""Head of the token that a sentence hangs on."""

MAX_TOKENS = 96
"""Tokens of a sentence that are parsed: longer ones are lists, and time grows with the square."""

DILATIONS = (1, 1, 2, 4, 8)
"""Tokens between the inputs of a convolution, layer by layer."""

ATTENTION_BEHIND, ATTENTION_HEADS = 2, 4
"""The convolution that the attention follows, and the number of its heads."""

MAX_DISTANCE = 63
"""Tokens between a head and its dependent, from which on the distance no longer counts."""

BUCKETS = {"word": 1 << 14, "prefix": 1 << 12, "suffix3": 1 << 13, "suffix2": 1 << 11, "suffix5": 1 << 13}
"""Rows of each table of hashed word pieces: so large that the weights of a family stay below 3 MB."""

_UNLIKELY = -1e9
"""Score of a head that is ruled out."""

_INFINITE_ROOT = -2.0
"""What is added to the score of an infinitive or gerund as the root.

It changes no attachment score of a treebank by more than .1, and finds the verb of some long sentences of news.
"""

_IDEOGRAPH = f"[{KANA}{HAN}]"
_LETTER = rf"(?:(?!{_IDEOGRAPH})[^\W\d_]|[{MARKS_IN_WORDS}])"
_TOKEN = re.compile(
    rf"{_IDEOGRAPH}|\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){{2,}}|{_LETTER}+(?:[’'](?:(?!{_IDEOGRAPH})[^\W\d_])+)*|[^\w\s]|_+|\w"
)


@dataclass(frozen=True, slots=True)
class Parse:
    """The syntax of a sentence, a value for each of its tokens.

    `tokens` are spans of `text`; `heads` are positions among the tokens, ROOT for one of them; `relations` are names of
    Universal Dependencies (some of them joined, `part` for a piece of a word); `tags` are its parts of speech, with `+`
    behind finite verbs, `-` behind other forms and `p` behind participles.
    """

    text: str
    tokens: tuple[tuple[int, int], ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]

    def word(self, token: int) -> str:
        """Return a token as it is written."""
        start, end = self.tokens[token]
        return self.text[start:end]


def tokenize(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a sentence's tokens, the first MAX_TOKENS of them."""
    spans = []
    for match in _TOKEN.finditer(text):
        spans.append(match.span())
        if len(spans) == MAX_TOKENS:
            break
    return tuple(spans)


def family_of(language: str) -> str | None:
    """Return the family whose network parses a language, None where no treebank was to be had."""
    return next((family for family, languages in FAMILIES.items() if language in languages), None)


def token_features(text: str, tokens: Sequence[tuple[int, int]], language: str) -> list[tuple[int, ...]]:
    """Return each token's rows in the tables of embeddings: its hashed pieces, then its shape."""
    rows = []
    end = 0
    for position, (start, stop) in enumerate(tokens):
        glued = position > 0 and start == end
        shape = _word_shape(text[start:stop]) + (_GLUED if glued else 0) + (_FIRST if position == 0 else 0)
        rows.append((*_word_pieces(text[start:stop], language), shape))
        end = stop
    return rows


_GLUED, _FIRST = 64, 128
"""What is added to a shape behind no space, and at a sentence's beginning."""


@lru_cache(maxsize=20_000)
def _word_pieces(word: str, language: str) -> tuple[int, ...]:
    """Return the buckets of a word, its beginning and its ends."""
    lower = word.lower()
    return tuple(
        crc32(f"{language}:{piece}".encode()) % size
        for piece, size in zip(
            (lower, "p" + lower[:3], "s" + lower[-3:], "t" + lower[-2:], "u" + lower[-5:]),
            BUCKETS.values(),
            strict=True,
        )
    )


def _word_shape(word: str) -> int:
    """Return the shape of a word, below 64.

    A number, one of forty marks, capitals, or a length in small letters.
    """
    if word[0].isdigit():
        return 1
    if len(word) == 1 and not word.isalnum():
        return 2 + crc32(word.encode()) % 40
    if word.isupper() and len(word) > 1:
        return 44
    if word[0].isupper():
        return 45
    return 46 + min(len(word), 8)


def parse(sentences: Sequence[str], language: str, *, trees: bool = True) -> list[Parse] | None:
    """Parse sentences of one language in one go; None for a language without a network.

    Without `trees` each token has its best head, which is quicker and may leave a cycle. A sentence is parsed up to its
    first MAX_TOKENS tokens, and one without any gives a parse without any.
    """
    family = family_of(language)
    return None if family is None else _network(family).parse(sentences, language, trees)


@cache
def _network(family: str) -> _Network:
    """Return the network of a family of languages, read from its file."""
    return _Network(family)


class _Network:
    """The weights of a family, and their evaluation.

    Sentences lie one behind the other in one table of tokens, so that each layer is one product of matrices.
    """

    def __init__(self, family: str) -> None:
        import numpy as np

        arrays = load_arrays(f"syntax_{family}.npz")
        description = json.loads(arrays.pop("description").tobytes())
        self._languages: list[str] = description["languages"]
        self._relations: list[str] = description["relations"]
        self._tags: list[str] = description["tags"]
        self._tables = [
            (arrays[f"{name}.rows"], arrays[f"{name}.scale"].astype(np.float32)[:, None]) for name in BUCKETS
        ]
        w: dict[str, Floats] = {
            name: array.astype(np.float32) for name, array in arrays.items() if not name.endswith((".rows", ".scale"))
        }
        pieces = sum(rows.shape[1] for rows, _ in self._tables)
        shapes = pieces + w["shape"].shape[1]
        self._of_pieces = np.ascontiguousarray(w["input.weight"][:pieces])
        self._of_shape = w["shape"] @ w["input.weight"][pieces:shapes]
        self._of_language = w["language"] @ w["input.weight"][shapes:] + w["input.bias"]
        self._root = w["root"][None]
        apart = np.arange(MAX_TOKENS + 1)[None] - np.arange(1, MAX_TOKENS + 1)[:, None]
        distance = np.clip(apart, -MAX_DISTANCE, MAX_DISTANCE) + MAX_DISTANCE + 1
        distance[:, 0] = 0
        self._distance = w["distance"][distance]
        self._no_root = np.zeros(len(self._relations), np.float32)
        self._no_root[self._relations.index("root")] = _UNLIKELY
        self._as_root = np.array([_INFINITE_ROOT * (tag in {"VERB-", "AUX-"}) for tag in self._tags], np.float32)
        self._weights = w

    def parse(self, sentences: Sequence[str], language: str, trees: bool) -> list[Parse]:
        """Parse sentences; those without tokens are left out of the network."""
        import numpy as np

        spans = [tokenize(sentence) for sentence in sentences]
        rows = [
            row for text, tokens in zip(sentences, spans, strict=True) for row in token_features(text, tokens, language)
        ]
        if not rows:
            return [Parse(sentence, (), (), (), ()) for sentence in sentences]
        ends = list(accumulate(map(len, spans)))
        bounds = list(zip([0, *ends], ends, strict=False))
        heads, relations, tags = self._read_off(self._encode(np.array(rows), bounds, language), bounds, trees)
        return [
            Parse(
                sentence,
                tokens,
                tuple(heads[start:end]),
                tuple(
                    "root" if head == ROOT else self._relations[relation]
                    for head, relation in zip(heads[start:end], relations[start:end], strict=True)
                ),
                tuple(self._tags[tag] for tag in tags[start:end]),
            )
            for sentence, tokens, (start, end) in zip(sentences, spans, bounds, strict=True)
        ]

    def _encode(self, rows: Any, bounds: Sequence[tuple[int, int]], language: str) -> Floats:
        """Return a vector for each token, given its rows in the tables and the sentences' bounds."""
        import numpy as np

        w = self._weights
        pieces = [table[rows[:, column]] * scale[rows[:, column]] for column, (table, scale) in enumerate(self._tables)]
        states: Floats = np.concatenate(pieces, axis=1) @ self._of_pieces
        states += self._of_shape[rows[:, -1]]
        states += self._of_language[self._languages.index(language)]
        gap = max(DILATIONS)  # rows of zeros between sentences, which convolutions may read
        places = np.concatenate([np.arange(start, end) + gap * (n + 1) for n, (start, end) in enumerate(bounds)])
        padded = np.zeros((len(rows) + gap * (len(bounds) + 1), states.shape[1]), np.float32)
        for layer, dilation in enumerate(DILATIONS):
            padded[places] = self._normalize(states, f"norm{layer}")
            windows = padded[places[:, None] + np.array((-dilation, 0, dilation))].reshape(len(rows), -1)
            states += _gelu(windows @ w[f"convolution{layer}.weight"] + w[f"convolution{layer}.bias"])
            if layer == ATTENTION_BEHIND:
                states += self._attend(self._normalize(states, "attention.norm"), bounds)
        return self._normalize(states, f"norm{len(DILATIONS)}")

    def _normalize(self, states: Floats, name: str) -> Floats:
        """Return vectors with mean 0 and variance 1, scaled and moved as learned."""
        import numpy as np

        normal: Floats = states - states.mean(-1, keepdims=True)
        variance = np.einsum("ij,ij->i", normal, normal) / np.float32(states.shape[1])
        normal /= np.sqrt(variance + np.float32(_EPSILON))[:, None]
        normal *= self._weights[f"{name}.weight"]
        normal += self._weights[f"{name}.bias"]
        return normal

    def _attend(self, states: Floats, bounds: Sequence[tuple[int, int]]) -> Floats:
        """Return what each token takes from the others of its sentence."""
        import numpy as np

        w = self._weights
        width = states.shape[1]
        mixed = states @ w["attention.in.weight"] + w["attention.in.bias"]
        mixed[:, :width] /= np.float32(np.sqrt(width // ATTENTION_HEADS))
        taken = np.empty_like(states)
        for start, end in bounds:
            if start == end:
                continue
            query, key, value = mixed[start:end].reshape(end - start, 3, ATTENTION_HEADS, -1).transpose(1, 2, 0, 3)
            scores = query @ key.transpose(0, 2, 1)
            scores -= scores.max(-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(-1, keepdims=True)
            taken[start:end] = (scores @ value).transpose(1, 0, 2).reshape(end - start, width)
        attended: Floats = taken @ w["attention.out.weight"] + w["attention.out.bias"]
        return attended

    def _read_off(
        self, states: Floats, bounds: Sequence[tuple[int, int]], trees: bool
    ) -> tuple[list[int], list[int], list[int]]:
        """Return heads (ROOT or a position in the sentence), relations and tags, by number."""
        import numpy as np

        w = self._weights
        tags = (states @ w["tag.weight"] + w["tag.bias"]).argmax(-1)
        with_root = np.concatenate([self._root, states])
        governors = _gelu(with_root @ w["governor.weight"] + w["governor.bias"])
        prior = (governors @ w["governor.prior"] + w["governor.prior.bias"])[:, 0]
        dependents = _gelu(states @ w["dependent.weight"] + w["dependent.bias"]) @ w["arc"]
        heads: list[int] = []
        above: list[int] = []
        for start, end in bounds:
            count = end - start
            if not count:
                continue
            scores: Any = np.empty((count, count + 1), np.float32)
            np.matmul(dependents[start:end], governors[0], out=scores[:, 0])
            np.matmul(dependents[start:end], governors[start + 1 : end + 1].T, out=scores[:, 1:])
            scores[:, 0] += prior[0]
            scores[:, 1:] += prior[start + 1 : end + 1]
            scores += self._distance[:count, : count + 1]
            scores[:, 0] += self._as_root[tags[start:end]]
            found = (_tree_heads if trees else _best_heads)(scores).tolist()
            heads += [head - 1 for head in found]
            above += [head + start if head else 0 for head in found]
        pairs = states @ w["relation.dependent.weight"] + w["relation.dependent.bias"] + w["relation.governor.bias"]
        pairs += (with_root @ w["relation.governor.weight"])[above]
        relations = _gelu(pairs) @ w["relation.weight"] + w["relation.bias"] + self._no_root
        return heads, relations.argmax(-1).tolist(), tags.tolist()


_EPSILON = 1e-5
"""Keeps a variance of 0 from dividing, as in training."""


def _gelu(values: Floats) -> Floats:
    """Return the Gaussian error linear unit, approximated by tanh (Hendrycks and Gimpel, 2016)."""
    import numpy as np

    inner: Floats = values * values
    inner *= np.float32(0.7978845608 * 0.044715)
    inner += np.float32(0.7978845608)
    inner *= values
    np.tanh(inner, out=inner)
    inner += 1
    inner *= values
    inner *= np.float32(0.5)
    return inner


def _tree_heads(scores: Floats) -> Any:
    """Return the heads of a good tree with one root and no crossing arcs, 0 for the root.

    `scores` has a row for each token and a column for the root and each token. Mostly the best head of each token makes
    such a tree. Else Eisner's algorithm chooses among the tokens whose arcs cross or make a circle, and those above
    them; where its arcs cross others', among all.
    """
    import numpy as np

    heads = _best_heads(scores)
    if len(heads) == 1:
        return heads
    unsettled = _unsettled_tokens(heads)
    if not unsettled:
        return heads  # nothing beats the best head of each token
    if len(unsettled) < len(heads):
        chosen = np.array(unsettled)
        among = np.concatenate([[0], chosen + 1])
        joined = heads.copy()
        joined[chosen] = among[_best_projective_heads(scores[chosen[:, None], among])]
        if not _crossing(joined).any():
            return joined
    return _best_projective_heads(scores)


def _unsettled_tokens(heads: Any) -> list[int]:
    """Return the tokens whose arcs cross or make a circle, and those above them, ascending."""
    above = [head - 1 for head in heads.tolist()]
    unsettled = _crossing(heads).nonzero()[0].tolist()
    reached = [False] * len(above)
    for token in range(len(above)):
        path: list[int] = []
        on_path: set[int] = set()
        at = token
        while at != ROOT and not reached[at] and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = above[at]
        if at in on_path:
            unsettled += path[path.index(at) :]
        for passed in path:
            reached[passed] = True
    if not unsettled:
        return []
    found = {above.index(ROOT)}
    for token in unsettled:
        at = token
        while at != ROOT and at not in found:
            found.add(at)
            at = above[at]
    return sorted(found)


def _crossing(heads: Any) -> Any:
    """Return for each token whether its arc crosses another's; the root hangs before the first."""
    import numpy as np

    tokens = np.arange(1, len(heads) + 1)
    left, right = np.minimum(heads, tokens), np.maximum(heads, tokens)
    crossed = (left[:, None] < left) & (left < right[:, None]) & (right[:, None] < right)
    return crossed.any(0) | crossed.any(1)


def _best_projective_heads(scores: Floats) -> Any:
    """Return the heads of the best tree with one root and no crossing arcs (Eisner, 1996).

    All spans of one width in one go. A span is complete (0) or open (1), and has its head at the left (0) or the right
    (1) end. Best scores are kept by the span's start and width and by its end and width, so that those of the parts
    of all spans are slices.
    """
    import numpy as np

    count = len(scores)
    arcs = scores[:, 1:].T  # arcs[head, dependent]
    by_start = np.full((3, count, count), _UNLIKELY, np.float32)  # complete left, complete right, open left
    by_end = np.full((3, count, count), _UNLIKELY, np.float32)  # complete left, complete right, open right
    by_start[:2, :, 0] = by_end[:2, :, 0] = 0
    seams = np.zeros((3, count, count), np.int64)  # complete left, complete right, open: by start and width
    for width in range(1, count):
        some = count - width
        joined = by_start[0, :some, :width] + by_end[1, width:, width - 1 :: -1]
        seams[2, :some, width] = joined.argmax(1)
        best = joined.max(1)
        by_start[2, :some, width] = best + arcs.diagonal(width)
        by_end[2, width:, width] = best + arcs.diagonal(-width)
        joined = by_start[2, :some, 1 : width + 1] + by_end[0, width:, width - 1 :: -1]
        seams[0, :some, width] = joined.argmax(1)
        by_start[0, :some, width] = by_end[0, width:, width] = joined.max(1)
        joined = by_start[1, :some, :width] + by_end[2, width:, width:0:-1]
        seams[1, :some, width] = joined.argmax(1)
        by_start[1, :some, width] = by_end[1, width:, width] = joined.max(1)
    root = int(
        (
            scores[:, 0]
            + by_end[1, np.arange(count), np.arange(count)]
            + by_start[0, np.arange(count), np.arange(count)[::-1]]
        ).argmax()
    )
    heads = np.zeros(count, np.int64)
    spans = [(_COMPLETE, 1, 0, root), (_COMPLETE, 0, root, count - 1)]
    while spans:
        kind, side, start, end = spans.pop()
        if start == end:
            continue
        if kind == _OPEN:
            heads[end if side == 0 else start] = (start if side == 0 else end) + 1
            seam = start + int(seams[2, start, end - start])
            spans += [(_COMPLETE, 0, start, seam), (_COMPLETE, 1, seam + 1, end)]
        elif side == 0:
            seam = start + 1 + int(seams[0, start, end - start])
            spans += [(_OPEN, 0, start, seam), (_COMPLETE, 0, seam, end)]
        else:
            seam = start + int(seams[1, start, end - start])
            spans += [(_COMPLETE, 1, start, seam), (_OPEN, 1, seam, end)]
    return heads


def _best_heads(scores: Floats) -> Any:
    """Return the best head of each token, 0 for the one that gains most by being the root."""
    import numpy as np

    every = np.arange(len(scores))
    scores[every, every + 1] = _UNLIKELY  # none is its own head
    heads = scores[:, 1:].argmax(axis=1) + 1
    root = int((scores[:, 0] - scores[every, heads]).argmax())
    heads[root] = 0
    return heads


_OPEN, _COMPLETE = 0, 1
"""Kinds of spans in Eisner's algorithm: with a dependent at the other end, or with all dependents inside."""
