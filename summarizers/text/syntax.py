"""Dependency parses of sentences in eighteen languages: tags, heads and relations.

`parse` runs a small convolutional network in numpy, one for each family of languages: hashed pieces of words, dilated
convolutions with one layer of attention (Strubell et al., EMNLP 2017, for the convolutions), and a biaffine scorer of
heads (Dozat and Manning, ICLR 2017). Heads are the best tree without crossing arcs (Eisner, COLING 1996). Weights:
data/syntax_*.npz, fitted by training/syntax.py, which prints the attachment scores on sentences set aside.

Tokens are words, numbers and marks; in Chinese and Japanese each character is a token, and the characters of a word
hang on its first one by the relation `part`. So do the pieces of a word that treebanks keep whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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
    """The weights of a family, and their evaluation."""

    def __init__(self, family: str) -> None:
        import numpy as np

        arrays = load_arrays(f"syntax_{family}.npz")
        description = json.loads(arrays.pop("description").tobytes())
        self._languages: list[str] = description["languages"]
        self._relations: list[str] = description["relations"]
        self._tags: list[str] = description["tags"]
        self._tables = [(arrays[f"{name}.rows"], arrays[f"{name}.scale"].astype(np.float32)) for name in BUCKETS]
        self._weights: dict[str, Floats] = {
            name: array.astype(np.float32) for name, array in arrays.items() if not name.endswith((".rows", ".scale"))
        }

    def parse(self, sentences: Sequence[str], language: str, trees: bool) -> list[Parse]:
        """Parse sentences; those without tokens are left out of the network."""
        spans = [tokenize(sentence) for sentence in sentences]
        taken = [number for number, tokens in enumerate(spans) if tokens]
        parses = [Parse(sentence, (), (), (), ()) for sentence in sentences]
        if not taken:
            return parses
        states, present = self._encode([(sentences[number], spans[number]) for number in taken], language)
        heads, relations, tags = self._read_off(states, present, trees)
        for row, number in enumerate(taken):
            count = len(spans[number])
            above = [int(head) - 1 for head in heads[row, :count]]
            parses[number] = Parse(
                sentences[number],
                spans[number],
                tuple(above),
                tuple(
                    "root" if above[token] == ROOT else self._relations[relations[row, token]] for token in range(count)
                ),
                tuple(self._tags[tag] for tag in tags[row, :count]),
            )
        return parses

    def _encode(
        self, sentences: Sequence[tuple[str, Sequence[tuple[int, int]]]], language: str
    ) -> tuple[Floats, Floats]:
        """Return vectors of shape (sentences, longest, width), and 1 where there is a token."""
        import numpy as np

        w = self._weights
        rows = np.array([row for text, tokens in sentences for row in token_features(text, tokens, language)])
        embedded = [
            table[rows[:, column]].astype(np.float32) * scale[rows[:, column], None]
            for column, (table, scale) in enumerate(self._tables)
        ]
        of_language = w["language"][self._languages.index(language)]
        embedded += [w["shape"][rows[:, -1]], np.broadcast_to(of_language, (len(rows), len(of_language)))]
        flat = np.concatenate(embedded, axis=1) @ w["input.weight"] + w["input.bias"]
        counts = [len(tokens) for _, tokens in sentences]
        longest, width = max(counts), flat.shape[1]
        states = np.zeros((len(counts), longest, width), np.float32)
        present = np.zeros((len(counts), longest, 1), np.float32)
        start = 0
        for row, count in enumerate(counts):
            states[row, :count] = flat[start : start + count]
            present[row, :count] = 1
            start += count
        for layer, dilation in enumerate(DILATIONS):
            padded = np.zeros((len(counts), longest + 2 * dilation, width), np.float32)
            padded[:, dilation : dilation + longest] = self._normalize(states, f"norm{layer}") * present
            windows = np.concatenate(
                [padded[:, shift : shift + longest] for shift in (0, dilation, 2 * dilation)], axis=2
            )
            states = states + _gelu(windows @ w[f"convolution{layer}.weight"] + w[f"convolution{layer}.bias"])
            if layer == ATTENTION_BEHIND:
                states = states + self._attend(self._normalize(states, "attention.norm"), present)
        return self._normalize(states, f"norm{len(DILATIONS)}"), present

    def _normalize(self, states: Floats, name: str) -> Floats:
        """Return vectors with mean 0 and variance 1, scaled and moved as learned."""
        import numpy as np

        centred = states - states.mean(-1, keepdims=True)
        variance = np.square(centred).mean(-1, keepdims=True)
        normal: Floats = centred / np.sqrt(variance + _EPSILON) * self._weights[f"{name}.weight"]
        return normal + self._weights[f"{name}.bias"]

    def _attend(self, states: Floats, present: Floats) -> Floats:
        """Return what each token takes from the others of its sentence."""
        import numpy as np

        w = self._weights
        rows, longest, width = states.shape
        part = width // ATTENTION_HEADS
        mixed = states @ w["attention.in.weight"] + w["attention.in.bias"]
        query, key, value = (
            mixed[..., start : start + width].reshape(rows, longest, ATTENTION_HEADS, part).transpose(0, 2, 1, 3)
            for start in (0, width, 2 * width)
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(part))
        scores = np.where(present[:, None, None, :, 0] > 0, scores, np.float32(_UNLIKELY))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        taken = (scores @ value).transpose(0, 2, 1, 3).reshape(rows, longest, width)
        attended: Floats = taken @ w["attention.out.weight"] + w["attention.out.bias"]
        return attended

    def _read_off(self, states: Floats, present: Floats, trees: bool) -> tuple[Any, Any, Any]:
        """Return heads (0 for the root, else position + 1), relations and tags, by number."""
        import numpy as np

        w = self._weights
        rows, longest, width = states.shape
        tags = (states @ w["tag.weight"] + w["tag.bias"]).argmax(-1)
        with_root = np.concatenate([np.broadcast_to(w["root"], (rows, 1, width)), states], axis=1)
        dependents = _gelu(states @ w["dependent.weight"] + w["dependent.bias"])
        governors = _gelu(with_root @ w["governor.weight"] + w["governor.bias"])
        scores = (dependents @ w["arc"]) @ governors.transpose(0, 2, 1)
        scores = scores + (governors @ w["governor.prior"] + w["governor.prior.bias"]).transpose(0, 2, 1)
        apart = np.arange(longest + 1)[None] - np.arange(1, longest + 1)[:, None]
        distance = np.clip(apart, -MAX_DISTANCE, MAX_DISTANCE) + MAX_DISTANCE + 1
        distance[:, 0] = 0
        scores = scores + w["distance"][distance]
        heads = np.zeros((rows, longest), np.int64)
        for row in range(rows):
            count = int(present[row].sum())
            heads[row, :count] = (_tree_heads if trees else _best_heads)(scores[row, :count, : count + 1])
        above = np.take_along_axis(with_root, heads[..., None], axis=1)
        joined: Any = (
            states @ w["relation.dependent.weight"]
            + w["relation.dependent.bias"]
            + above @ w["relation.governor.weight"]
            + w["relation.governor.bias"]
        )
        pairs = _gelu(joined)
        relations = pairs @ w["relation.weight"] + w["relation.bias"]
        relations[..., self._relations.index("root")] = _UNLIKELY
        return heads, relations.argmax(-1), tags


_EPSILON = 1e-5
"""Keeps a variance of 0 from dividing, as in training."""


def _gelu(values: Floats) -> Floats:
    """Return the Gaussian error linear unit, approximated by tanh (Hendrycks and Gimpel, 2016)."""
    import numpy as np

    smooth: Floats = 0.5 * values * (1 + np.tanh(0.7978845608 * (values + 0.044715 * values * values * values)))
    return smooth


def _tree_heads(scores: Floats) -> Any:
    """Return the heads of the best tree with one root and no crossing arcs, 0 for the root.

    `scores` has a row for each token and a column for the root and each token. Eisner's algorithm (1996), each width of
    span in one go: `complete` and `open` spans have their head at the left (0) or the right (1) end.
    """
    import numpy as np

    count = len(scores)
    if count == 1:
        return np.zeros(1, np.int64)
    heads = _best_heads(scores)
    if _is_projective_tree(heads):
        return heads  # nothing beats the best head of each token
    arcs = scores[:, 1:].T  # arcs[head, dependent]
    complete = np.full((2, count, count), _UNLIKELY, np.float32)
    opened = np.full((2, count, count), _UNLIKELY, np.float32)
    complete[:, np.arange(count), np.arange(count)] = 0
    # the seam of each best span, by kind
    open_seam = np.zeros((count, count), np.int64)
    complete_seam = np.zeros((2, count, count), np.int64)
    for width in range(1, count):
        starts = np.arange(count - width)
        ends = starts + width
        inner = starts[:, None] + np.arange(width)[None]
        s, e = starts[:, None], ends[:, None]
        joined = complete[0][s, inner] + complete[1][inner + 1, e]
        seam = joined.argmax(axis=1)
        best = joined[np.arange(len(starts)), seam]
        open_seam[starts, ends] = starts + seam
        opened[0][starts, ends] = best + arcs[starts, ends]
        opened[1][starts, ends] = best + arcs[ends, starts]
        right = opened[0][s, inner + 1] + complete[0][inner + 1, e]
        seam = right.argmax(axis=1)
        complete[0][starts, ends] = right[np.arange(len(starts)), seam]
        complete_seam[0][starts, ends] = starts + 1 + seam
        left = complete[1][s, inner] + opened[1][inner, e]
        seam = left.argmax(axis=1)
        complete[1][starts, ends] = left[np.arange(len(starts)), seam]
        complete_seam[1][starts, ends] = starts + seam
    whole = scores[:, 0] + complete[1][0, :] + complete[0][:, count - 1]
    root = int(whole.argmax())
    heads = np.zeros(count, np.int64)
    spans = [(_COMPLETE, 1, 0, root), (_COMPLETE, 0, root, count - 1)]
    while spans:
        kind, side, start, end = spans.pop()
        if start == end:
            continue
        if kind == _OPEN:
            heads[end if side == 0 else start] = (start if side == 0 else end) + 1
            seam = int(open_seam[start, end])
            spans += [(_COMPLETE, 0, start, seam), (_COMPLETE, 1, seam + 1, end)]
        else:
            seam = int(complete_seam[side][start, end])
            if side == 0:
                spans += [(_OPEN, 0, start, seam), (_COMPLETE, 0, seam, end)]
            else:
                spans += [(_COMPLETE, 1, start, seam), (_OPEN, 1, seam, end)]
    return heads


def _best_heads(scores: Floats) -> Any:
    """Return the best head of each token, 0 for the one that gains most by being the root."""
    import numpy as np

    every = np.arange(len(scores))
    others = scores.copy()
    others[every, every + 1] = _UNLIKELY
    heads = others[:, 1:].argmax(axis=1) + 1
    root = int((scores[:, 0] - others[every, heads]).argmax())
    heads[root] = 0
    return heads


def _is_projective_tree(heads: Any) -> bool:
    """Return whether heads, 0 for the root, make a tree whose arcs don't cross."""
    import numpy as np

    tokens = np.arange(1, len(heads) + 1)
    left, right = np.minimum(heads, tokens), np.maximum(heads, tokens)
    if ((left[:, None] < left) & (left < right[:, None]) & (right[:, None] < right)).any():
        return False
    above = heads.tolist()
    safe = {0}
    for token in range(1, len(above) + 1):
        path: list[int] = []
        at = token
        while at not in safe and len(path) <= len(above):
            path.append(at)
            at = above[at - 1]
        if at not in safe:
            return False
        safe.update(path)
    return True


_OPEN, _COMPLETE = 0, 1
"""Kinds of spans in Eisner's algorithm: with a dependent at the other end, or with all dependents inside."""
