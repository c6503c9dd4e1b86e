"""Compression of sentences."""

from __future__ import annotations

from summarizers.summarization.compression import compress_sentence


def test_compression_drops_asides_and_attributions_only() -> None:
    assert compress_sentence("The firm (TMC, 台) sold two plants in the north, the board said on Monday.") == (
        "The firm sold two plants in the north."
    )
    assert compress_sentence("“We stay,” he said.") == "“We stay,” he said."
    assert compress_sentence("(…)") == "(…)"
