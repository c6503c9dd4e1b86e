"""Pages of stories: a list of them, one in full, and counts by country or topic."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal

from bot.i18n import Words
from bot.newsroom.models import (
    AnsweringSentence,
    NewsPage,
    StoryDetail,
    StoryLine,
    story_name,
)
from bot.rendering.layout import (
    ActionRow,
    Block,
    Button,
    Group,
    Menu,
    MenuOption,
    Page,
    Paragraph,
    Rule,
    Span,
    paragraph,
    timestamp,
)
from bot.rendering.links import safe_url
from bot.rendering.pages.parts import (
    MOST_BUTTONS,
    MOST_CHOICES,
    MOST_ROWS,
    babel_locale,
    headline_spans,
    join_sentences,
    label_spans,
    label_text,
    place_spans,
    sample_note,
    source_spans,
)
from bot.rendering.pages.time_words import time_words
from bot.services.filter_words import filter_words

__all__ = ["answers_page", "counts_page", "news_page", "story_page"]


def news_page(
    page: NewsPage,
    words: Words,
    *,
    question: str,
    actions: Sequence[tuple[str, str, bool]] = (),
    title: str | None = None,
    details: str = "",
    buttons: Sequence[Button] = (),
    nothing: str | None = None,
) -> Page:
    """Return one page of /news.

    `question` is the filter's normal form; `actions` are (label, custom id, enabled) for paging. `title` and `nothing`
    replace the usual ones, `details` is the custom id behind the menu of stories.
    """
    wanted = filter_words(question, words)
    if title is None:
        title = (
            words("news-title-of", total=page.total, filter=wanted) if wanted else words("news-title", total=page.total)
        )
    blocks: list[Block] = [
        paragraph(title, size="title"),
        *sample_note((story.ref for story in page.stories), words),
    ]
    if not page.stories:
        blocks.append(paragraph(nothing or words("news-nothing" if wanted else "news-none")))
    for story in page.stories:
        blocks += [Rule(), story_group(story, words)]
    if page.pages > 1:
        blocks += [Rule(), paragraph(words("news-page", page=page.page, pages=page.pages), size="small")]
    if details and page.stories:
        choices = [
            MenuOption(story.headline, story_name(story.id), label_text(story.countries, story.topics, words))
            for story in page.stories[:MOST_CHOICES]
        ]
        blocks.append(ActionRow((Menu(details, words("menu-full"), tuple(choices)),)))
    row = [Button(label, action, disabled=not possible) for label, action, possible in actions if page.pages > 1]
    row = [*row, *buttons][:5]
    if row:
        blocks.append(ActionRow(tuple(row)))
    return Page(tuple(blocks), locale=words.locale)


def answers_page(
    question: str,
    answers: Sequence[AnsweringSentence],
    words: Words,
    *,
    details: str = "",
    buttons: Sequence[Button] = (),
) -> Page:
    """Return the answer to a question: sentences with their sources, or that there is none.

    `details` is the custom id behind the menu of their stories.
    """
    refs = [answer.story.ref for answer in answers]
    blocks: list[Block] = [paragraph(question, size="title"), *sample_note(refs, words)]
    if not answers:
        blocks.append(paragraph(words("answers-nothing")))
    for answer in answers:
        story = answer.story
        note = (
            Span(story_name(story.id)),
            Span(" · "),
            timestamp(story.published_at, time_words(story.published_at, words)),
            *source_spans(story.ref, words),
        )
        blocks.append(Group((paragraph(join_sentences([answer.text], story.language)), Paragraph(note, "small"))))
    if details and answers:
        stories = {answer.story.id: answer.story for answer in answers}
        choices = [
            MenuOption(story.headline, story_name(story.id), label_text(story.countries, story.topics, words))
            for story in stories.values()
        ]
        blocks.append(ActionRow((Menu(details, words("menu-full"), tuple(choices)),)))
    if buttons:
        blocks.append(ActionRow(tuple(buttons)))
    return Page(tuple(blocks), locale=words.locale)


def story_group(story: StoryLine, words: Words) -> Group:
    """A story as lists show it."""
    blocks: list[Paragraph | Rule | ActionRow] = [Paragraph(headline_spans(story.kicker, story.headline), "heading")]
    if story.summary:
        blocks.append(paragraph(join_sentences([sentence.text for sentence in story.summary], story.language)))
    blocks.append(Paragraph(_story_note(story, words), "small"))
    return Group(tuple(blocks), accent=story.topics[0].slug if story.topics else None)


def story_page(story: StoryDetail, words: Words, *, why: str = "", buttons: Sequence[Button] = ()) -> Page:
    """A story in full: headline, all its sentences, where it is from.

    `why` is the action behind "why"; `buttons` stand beside it, as far as there is room for five.
    """
    line = story.line
    blocks: list[Block] = [
        Paragraph(headline_spans(line.kicker, line.headline), "title"),
        *sample_note([line.ref], words),
    ]
    upper = " · ".join(part for part in (story.byline, story.dateline) if part)
    if upper:
        blocks.append(paragraph(upper, size="small"))
    if story.deck:
        blocks.append(paragraph(Span(story.deck, "italic")))
    if story.is_brief:
        blocks.append(paragraph(words("story-brief"), size="small"))
    else:
        blocks += [paragraph(text) for text in story.paragraphs]
    if line.truncated:
        blocks.append(paragraph(words("story-truncated"), size="small"))
    blocks.append(Rule())
    blocks += [paragraph(credit, size="small") for credit in story.credits]
    blocks.append(Paragraph(_story_note(line, words, story.dateline), "small"))
    row = [Button(words("button-why"), why)] if why else []
    if safe_url(line.ref.url):
        row.append(Button(words("button-original"), url=line.ref.url))
    row += buttons
    blocks += [ActionRow(tuple(row[at : at + MOST_BUTTONS])) for at in range(0, len(row), MOST_BUTTONS)]
    accent = line.topics[0].slug if line.topics else None
    return Page(tuple(blocks), accent=accent, locale=words.locale)


def counts_page(
    title: str,
    rows: Sequence[tuple[str, int]],
    words: Words,
    *,
    menu: Menu | None = None,
    nothing: str | None = None,
    note: str | None = None,
) -> Page:
    """Return a list of names with their numbers of stories, the first sixty.

    `menu` leads to their news, `note` ends the page.
    """
    blocks: list[Block] = [paragraph(title, size="title")]
    if not rows:
        blocks.append(paragraph(nothing or words("news-empty")))
    for name, count in rows[:MOST_ROWS]:
        blocks.append(
            paragraph(words("count-line", name=name, count=format_decimal(count, locale=babel_locale(words))))
        )
    if len(rows) > MOST_ROWS:
        blocks.append(paragraph(words("count-more", count=len(rows) - MOST_ROWS), size="small"))
    if note:
        blocks.append(paragraph(note, size="small"))
    if menu is not None and menu.choices:
        blocks.append(ActionRow((menu,)))
    return Page(tuple(blocks), locale=words.locale)


def _story_note(story: StoryLine, words: Words, dateline: str | None = None) -> tuple[Span, ...]:
    """Return where and when a story is from, with a place that no `dateline` above says."""
    return (
        Span(story_name(story.id)),
        Span(" · "),
        timestamp(story.published_at, time_words(story.published_at, words)),
        *place_spans(story.place, [story.headline, dateline, *(sentence.text for sentence in story.summary)]),
        *label_spans(story.countries, story.topics, words),
        *source_spans(story.ref, words),
    )
