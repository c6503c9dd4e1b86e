"""Cues at the start of a sentence."""

import pytest

from summarizers.text.cues import is_fragment, needs_context


def test_a_sentence_that_opens_with_a_pronoun_or_connective_needs_context() -> None:
    for text in (
        "However, he left.",
        "“But it rained,” she said.",
        "In 2019, he resigned.",
        "They won.",
        "This was new.",
    ):
        assert needs_context(text, "en"), text
    for text in ("Helga left.", "In Paris Macron said he would go.", "Butter is dear.", "Italy voted."):
        assert not needs_context(text, "en"), text
    assert needs_context("Однако он ушёл.", "ru")
    assert needs_context("しかし、雨だった。", "ja")
    assert needs_context("但他拒绝了。", "zh")
    assert needs_context("وأضاف أن الطريق مغلق.", "ar")


@pytest.mark.parametrize(
    ("sentence", "fragment"),
    [
        ("Wait, what?", True),
        ("10 p.m.", True),
        ("Was nun?", True),
        ("The ferry sank off Oslo.", False),
        ("Cumhurbaşkanı açıklamada bulundu.", False),
        ("渡轮沉没。", False),
        ("여객선이 침몰했다.", False),
    ],
)
def test_a_sentence_of_a_few_short_words_is_a_fragment(sentence: str, fragment: bool) -> None:
    assert is_fragment(sentence) is fragment
