"""Stems: the same whether a text is plain, Latin or of any script, one sentence at a time or all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizers.text.stems import PREFIX_LENGTH, prefix_stems, prefix_stems_of_all

_PIECES = st.sampled_from(
    [
        "Elections",
        "élections",
        "it’s",
        "“no”",
        "—",
        " ",
        " ",
        "\0",
        "\n",
        "9½",
        "Straße",
        "выборы",
        "选举",
        "カナダ",
        "ال",
        "K",
    ]
)
_SENTENCES = st.lists(_PIECES, max_size=8).map("".join)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The council’s 12 “elections” — called off.", ["the", "counci", "s", "12", "electi", "called", "off"]),
        ("Élections à Nîmes", ["électi", "à", "nîmes"]),
        ("Выборы отменены", ["выбор", "отмен"]),
        ("选举取消", ["选举", "举取", "取消"]),
        ("الانتخابات", ["انتخا"]),
        ("선거가 취소됐다", ["선거", "거가", "취소", "소됐", "됐다"]),
    ],
)
def test_words_are_cut_so_that_forms_meet(sentence: str, found: list[str]) -> None:
    assert prefix_stems(sentence) == found
    assert prefix_stems_of_all([sentence, ""]) == [found, []]


@given(st.lists(_SENTENCES, max_size=4))
def test_all_at_once_gives_what_one_at_a_time_gives(sentences: list[str]) -> None:
    found = prefix_stems_of_all(sentences)
    assert found == [prefix_stems(sentence) for sentence in sentences]
    assert all(0 < len(stem) <= PREFIX_LENGTH for sentence in found for stem in sentence)


@given(_SENTENCES)
def test_what_stands_beside_a_word_of_another_script_changes_no_stem(sentence: str) -> None:
    # the last word sends the sentence the long way, by patterns
    assert prefix_stems(sentence + " ж") == [*prefix_stems(sentence), "ж"]
