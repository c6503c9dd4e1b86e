"""Cues at the start of a sentence."""

import pytest

from summarizers.text.cues import is_fragment, is_loose_quotation, needs_context


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


@pytest.mark.parametrize(
    ("sentence", "loose"),
    [
        ("Lava doesn't contain any nitrate.\"", True),
        ("Some of them fell ill later,” Devi said.", True),
        ("“It is a good day.”", True),
        ("„All diese Mittel sollten bereitstehen.“", True),
        ("「雨が降った。", True),
        ("また来ます」と話した。", True),
        ("“It is a good day,” the mayor said.", False),
        ("The mayor called it “a good day”.", False),
        ('He paid 12" of cloth for "a good day".', False),
        ("Der Minister nannte es „einen guten Tag“.", False),
        ("Ministern kallade det ”en bra dag”.", False),
        ("Министр назвал это «хорошим днём».", False),
        ("市長は「良い日だ」と話した。", False),
        ("The ferry sank off Oslo.", False),
    ],
)
def test_a_quotation_without_its_speaker_or_beginning_is_loose(sentence: str, loose: bool) -> None:
    assert is_loose_quotation(sentence) is loose
