from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.events.novelty import novel_sentences, sentence_hash

texts = st.lists(st.text(min_size=0, max_size=400), max_size=6)


def test_a_sentence_hash_depends_on_words_only() -> None:
    assert sentence_hash("Ten  people died, he said.") == sentence_hash("ten people died he said")
    assert sentence_hash("Ten people died.") != sentence_hash("Nine people died.")


def test_a_corrected_toll_is_novel_and_the_same_in_other_words_is_not() -> None:
    shown = ["Ten people died on Monday when the ferry Vesla sank, Mayor Ann Kell said."]
    report = [
        "Ten people died when the ferry Vesla sank on Monday, said Mayor Ann Kell.",
        "Mayor Ann Kell said that ten people had died as the ferry Vesla sank.",
        "Twelve people died on Monday when the ferry Vesla sank, Mayor Ann Kell said.",
        "Divers from Skagen search the wreck for the log book.",
        "For the log book, divers from Skagen search the wreck.",
    ]
    assert novel_sentences(report, shown) == [2, 3]


def test_with_nothing_shown_each_sentence_is_novel_once() -> None:
    assert novel_sentences(["The bridge is closed to lorries.", "The bridge is closed to lorries.", "Yes."], []) == [0]


@settings(deadline=None)
@given(texts, texts)
def test_what_was_shown_is_never_novel(sentences: list[str], shown: list[str]) -> None:
    novel = novel_sentences(sentences, shown)
    assert novel == sorted(set(novel))
    assert not {sentences[position] for position in novel} & set(shown)
    assert novel_sentences([sentences[at] for at in novel], [*shown, *(sentences[at] for at in novel)]) == []
