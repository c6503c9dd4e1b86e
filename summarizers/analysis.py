"""Analysis of documents: stories with language, headline, summary and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizers.headlines.given import given_headline
from summarizers.headlines.made import make_headline
from summarizers.headlines.repetition import repeated_sentence
from summarizers.labels.countries import countries
from summarizers.labels.topics import topics
from summarizers.news_value.value import news_value
from summarizers.segmentation.split import single_story, split_stories
from summarizers.summarization.engine import Focus
from summarizers.summarization.summarize import summarise_sentences
from summarizers.text.language import NO_PRIOR, Prior, identify_language, language_prior
from summarizers.text.sentences import sentences as split_sentences
from summarizers.types import Analysis, Story, SummarySentence

__all__ = ["analyse", "analyse_story", "headline", "summarise"]

_SKIPPED_SENTENCES = 50
"""Sentences of the text, taken off as boilerplate, that may lie between two of the body when one is looked up."""


def analyse(
    text: str,
    *,
    engine: str = "newsrank",
    sentences: int = 3,
    as_one_story: bool = False,
    title: str | None = None,
    prior: Prior = NO_PRIOR,
) -> list[Analysis]:
    """Split a document into its stories and analyse each, in the order of the document.

    `sentences` is the length of a summary. `as_one_story` leaves the text whole, for sources that say where a story
    ends; `title` is then its headline, where the source gives one. `prior` is what is known of the language before the
    text is read, see `language_prior`; the stories of a document are each other's neighbours besides. Text without
    words gives [].
    """
    if as_one_story or title is not None:
        heard = f"{title}\n{text}" if title else text
        story = single_story(text, identify_language(heard, prior))
        stories = [replace(story, title=title or story.title)] if story.paragraphs else []
    else:
        stories = split_stories(text, prior)
    if len(stories) > 1:
        whole = identify_language(text, prior)
        prior = language_prior(before=prior, neighbours=(whole,))
    return [analyse_story(story, engine=engine, count=sentences, prior=prior) for story in stories]


def analyse_story(story: Story, *, engine: str = "newsrank", count: int = 3, prior: Prior = NO_PRIOR) -> Analysis:
    """Analyse a story: language, headline, sentences, summary, labels and news value.

    The summary goes on with what the headline doesn't say: a sentence that the headline was made from, and says a
    good part of, is left out unless it is the only one.
    """
    body, text = story.body, story.text
    language = identify_language(story.undated_text, prior)
    body_sentences = tuple(split_sentences(body, language))
    title = make_headline(story, language)
    about = tuple(countries(text, language))
    repeated = None if given_headline(story) else repeated_sentence(title, body_sentences, language)
    return Analysis(
        story=story,
        headline=title,
        language=language,
        sentences=body_sentences,
        summary=_summary_without(
            repeated, body_sentences, engine=engine, count=count, language=language, truncated=story.truncated
        ),
        countries=about,
        topics=tuple(topics(text, language)),
        news_value=news_value(story, title, body_sentences, about, language=language),
    )


def _summary_without(
    repeated: int | None, sentences: Sequence[str], *, engine: str, count: int, language: str, truncated: bool
) -> tuple[SummarySentence, ...]:
    """Summarise a body without one of its sentences, which counts for the others' weight."""

    def choose(number: int) -> tuple[SummarySentence, ...]:
        return tuple(
            summarise_sentences(sentences, engine=engine, count=number, language=language, truncated=truncated)
        )

    if repeated is None:
        return choose(count)
    chosen = choose(count + 1)
    others = tuple(sentence for sentence in chosen if sentence.position != repeated)
    return (others or chosen) if len(others) <= count else choose(count)


def headline(text: str) -> str:
    """Return the headline of a text that is one story; "" for a text without words.

    A headline that the text doesn't give itself is made, of at most 120 characters.
    """
    story = single_story(text)
    return make_headline(story, identify_language(story.undated_text)) if story.paragraphs or story.title else ""


def summarise(
    text: str,
    *,
    engine: str = "newsrank",
    sentences: int | None = 3,
    language: str | None = None,
    focus: Focus = None,
    characters: int | None = None,
    compress: bool = False,
) -> list[SummarySentence]:
    """Summarise a text that is one story, after boilerplate is stripped.

    See `summarise_sentences`.

    Kicker, deck and dateline are taken off if they are still there. `.position` counts among
    `summarizers.text.sentences.sentences(text)`, and `.text` is that sentence (without a kicker that was glued to its
    front). `language` is an ISO 639-1 code, identified when it is None.
    """
    language = language or identify_language(text)
    given = split_sentences(text, language)
    body, positions = _body_sentences(text, given, language)
    summary = summarise_sentences(
        body,
        engine=engine,
        count=sentences,
        language=language,
        focus=focus,
        characters=characters,
        compress=compress,
    )
    return [SummarySentence(positions[sentence.position], sentence.text) for sentence in summary]


def _body_sentences(text: str, sentences: list[str], language: str) -> tuple[list[str], list[int]]:
    """Return the body's sentences, and the position of each among `sentences`, the text's."""
    body = single_story(text, language).body
    if not body or body == text.strip() or body.split() == text.split():
        return sentences, list(range(len(sentences)))
    kept: list[str] = []
    positions: list[int] = []
    start = 0
    for sentence in split_sentences(body, language):
        end = min(start + _SKIPPED_SENTENCES, len(sentences))
        position = next((at for at in range(start, end) if sentence in sentences[at]), None)
        if position is not None:
            kept.append(sentence)
            positions.append(position)
            start = position
    return (kept, positions) if kept else (sentences, list(range(len(sentences))))
