"""Laws that every engine keeps: distinct ascending positions, verbatim sentences, no broken tail."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.analysis import summarise
from summarizers.summarization.engine import UnknownEngine
from summarizers.summarization.registry import ENGINES, get_engine
from summarizers.text.sentences import sentences
from tests.summarizers.summarization.harbour import STORY

NAMES = sorted(ENGINES)

words = st.sampled_from(
    [
        "Budget",
        "harbour",
        "the",
        "of",
        "Minister",
        "12",
        "said,",
        "however",
        "(pictured)",
        "東京",
        "новости",
        "«да»",
        "مدينة",
        "😀",
        "\x00",
        "Dr.",
        "U.S.",
        "\n",
        "\n\n",
        ".",
        "!",
        "?",
        "。",
        "...",
    ]
)
texts = st.one_of(st.lists(words, max_size=60).map(" ".join), st.text(max_size=200))


@pytest.mark.parametrize("name", NAMES)
def test_a_summary_is_verbatim_ascending_and_without_the_broken_tail(name: str) -> None:
    split = sentences(STORY, "en")
    summary = summarise(STORY, engine=name)
    assert len(summary) == 3
    positions = [sentence.position for sentence in summary]
    assert positions == sorted(set(positions))
    assert all(split[sentence.position] == sentence.text for sentence in summary)
    assert len(split) - 1 not in positions


@pytest.mark.parametrize("name", NAMES)
def test_a_repeated_sentence_is_chosen_once(name: str) -> None:
    text = (
        "The bridge is closed until May. " * 12 + "A ferry runs every hour from the north pier. Fares stay as they are."
    )
    texts = [sentence.text for sentence in summarise(text, engine=name)]
    assert len(texts) == len(set(texts)) == 3


@pytest.mark.parametrize("name", NAMES)
def test_short_and_unusual_texts_are_answered(name: str) -> None:
    assert summarise("", engine=name) == []
    assert summarise(" \n ", engine=name) == []
    assert [s.text for s in summarise("Rain fell.", engine=name)] == ["Rain fell."]
    assert summarise("😀 😀 😀", engine=name) == []
    assert summarise("The minister promised that the", engine=name) == []
    assert len(summarise("1 2 3.\n4 5 6.\n7 8 9.\n1 1 1.\n2 2 2.", engine=name)) <= 3
    assert len(summarise("A b c. " * 3 + "D. E. F. G. H. I. J.", engine=name)) <= 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "ja", "ar", "ru", "th", "de", "xx"])
def test_no_language_breaks_an_engine(name: str, language: str) -> None:
    body = [
        "市政府今天宣布新的预算。",
        "反对党批评这一决定。",
        "Мэр города уволен.",
        "قال الوزير إن الميزانية جديدة.",
        "今日は雨が降った。",
    ]
    assert len(ENGINES[name].select(body, 2, language=language)) == 2


@settings(max_examples=60, deadline=None)
@given(text=texts, name=st.sampled_from(NAMES), count=st.integers(0, 5))
def test_laws_hold_on_any_text(text: str, name: str, count: int) -> None:
    split = sentences(text, "en")
    summary = summarise(text, engine=name, sentences=count, language="en")
    positions = [sentence.position for sentence in summary]
    assert len(summary) <= count
    assert positions == sorted(set(positions))
    assert len({sentence.text for sentence in summary}) == len(summary)
    for sentence in summary:
        assert sentence.text in text
        assert sentence.text in split[sentence.position]


@settings(max_examples=60, deadline=None)
@given(
    body=st.lists(st.text(min_size=1, max_size=40), max_size=12), name=st.sampled_from(NAMES), count=st.integers(-1, 14)
)
def test_positions_are_distinct_and_ascending(body: list[str], name: str, count: int) -> None:
    positions = ENGINES[name].select(body, count, language="en")
    assert positions == sorted(set(positions))
    assert len(positions) == max(0, min(count, len(body)))
    assert all(0 <= position < len(body) for position in positions)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"newsrank", "lead"}])
def test_a_long_text_is_reduced_in_windows(name: str) -> None:
    body = [f"Report {number} speaks of item {number % 37} and place {number % 11}." for number in range(450)]
    assert len(ENGINES[name].select(body, 3, language="en")) == 3


def test_kl_sum_is_stopped_early_and_picks_what_sumy_ranks_first() -> None:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.kl import KLSummarizer

    from summarizers.text.stems import prefix_stems, stopword_prefixes

    class Reader:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(prefix_stems(text))

    body = sentences(STORY, "en")
    peer = KLSummarizer()
    peer.stop_words = stopword_prefixes("en")
    chosen = peer(ObjectDocumentModel([Paragraph([Sentence(text, Reader()) for text in body])]), 3)
    assert [body[at] for at in ENGINES["kl"].select(body, 3, language="en")] == [str(sentence) for sentence in chosen]


def test_an_unknown_engine_is_refused_with_the_known_names() -> None:
    with pytest.raises(UnknownEngine, match="newsrank"):
        summarise("A story.", engine="bert")


def test_summarising_with_our_engines_loads_neither_sumy_nor_numpy() -> None:
    code = "import sys; from summarizers.summarization.registry import get_engine; get_engine('newsrank').select(['Rain fell.'] * 5, 3, language='en'); print([m for m in ('sumy', 'numpy', 'scipy', 'sklearn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_registry_names_each_engine_as_the_engine_does() -> None:
    assert {name: ENGINES[name].name for name in ENGINES} == {name: name for name in ENGINES}
    assert "bert" not in ENGINES
    with pytest.raises(UnknownEngine, match="newsrank"):
        get_engine("bert")
