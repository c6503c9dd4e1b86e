"""What is there to say about a document: its stories, and for each of them everything at once?"""

from __future__ import annotations

from dataclasses import replace

from summarizers.headlines.made import make_headline
from summarizers.labels.countries import countries
from summarizers.labels.topics import topics
from summarizers.segmentation.split import single_story as one_story
from summarizers.segmentation.split import split_stories
from summarizers.summarization.summarize import summarise_sentences
from summarizers.text.language import identify_language
from summarizers.text.sentences import sentences
from summarizers.types import Analysis, Story

__all__ = ["analyse", "analyse_story"]


def analyse(
    text: str,
    *,
    engine: str = "newsrank",
    sentences: int = 3,
    as_one_story: bool = False,
    title: str | None = None,
) -> list[Analysis]:
    """Split a document into its stories and analyse each; in the order of the document.

    `sentences` is the length of a summary. `as_one_story` leaves the text whole, for sources that say where a
    story ends; `title` is then its headline, where the source gives one. Text without words gives [].
    """
    if as_one_story or title is not None:
        story = one_story(text)
        stories = [replace(story, title=title or story.title)] if story.paragraphs else []
    else:
        stories = split_stories(text)
    return [analyse_story(story, engine=engine, count=sentences) for story in stories]


def analyse_story(story: Story, *, engine: str = "newsrank", count: int = 3) -> Analysis:
    """Analyse a story that is already cut out: language, sentences, headline, summary, countries, topics."""
    body, text = story.body, story.text
    language = identify_language(text)
    body_sentences = tuple(sentences(body, language))
    return Analysis(
        story=story,
        headline=make_headline(story, language),
        language=language,
        sentences=body_sentences,
        summary=tuple(
            summarise_sentences(
                body_sentences, engine=engine, count=count, language=language, truncated=story.truncated
            )
        ),
        countries=tuple(countries(text, language)),
        topics=tuple(topics(text, language)),
    )
