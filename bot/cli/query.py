"""`gazette digest`, `news`, `search`, `ask`, `story`, `why`: answers in a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import json_output
from bot.cli.aside import aside_lines
from bot.cli.common import load_configured, print_json, print_note, print_text, program, run_in_newsroom, stdout_console
from bot.cli.json_output import Shape
from bot.cli.options import Countries, FilterText, JsonFlag, Server, Since, Topics, filter_of
from bot.cli.reader import Language, StoriesIn, story_languages, system_locale
from bot.cli.withholdings import withholding_lines
from bot.errors import InputInvalid, NotFound
from bot.newsroom.audience import OPERATOR, Audience
from bot.newsroom.models import DigestSize, SectionOrder
from bot.rendering.escape import clean
from bot.rendering.format_names import DigestFormat

if TYPE_CHECKING:
    from uuid import UUID

    from bot.app import Newsroom
    from bot.cli.mail import MailResult
    from bot.newsroom.models import AnsweringSentence, Digest, Event, NewsPage, StoryDetail
    from bot.rendering.layout import Page
    from bot.services.withholdings import Withholding

__all__ = ["ask", "digest", "news", "print_next_page", "search", "show_digest", "story", "why"]


def digest(
    *,
    country: Countries = None,
    topic: Topics = None,
    filter_text: FilterText = None,
    since: Since = None,
    limit: Annotated[int | None, typer.Option(min=1, max=25, help="Maximum number of events.")] = None,
    form: Annotated[
        DigestFormat | None,
        typer.Option("--format", help="Print it for other programs, as a document of this format."),
    ] = None,
    mail: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Mail it instead, once a day; repeatable ([mail] settings)."),
    ] = None,
    slot: Annotated[
        str | None, typer.Option(help="With --mail: name of the slot that is mailed once (default: today's date).")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="With --mail: mail a slot that was mailed before.")] = False,
    page: Annotated[int, typer.Option(min=1, max=1000, help="Page of the digest, as many stories each.")] = 1,
    sections: Annotated[SectionOrder | None, typer.Option(help="Sections of the front page.")] = None,
    size: Annotated[DigestSize | None, typer.Option(help="Length of the front page.")] = None,
    server: Server = None,
    language: Language = None,
    stories_in: StoriesIn = None,
    as_json: JsonFlag = False,
) -> None:
    """Print the digest that a channel would get now, or mail it."""
    if (slot is not None or again) and not mail:
        raise InputInvalid("--slot and --again need --mail")
    if mail and form is not None:
        raise InputInvalid("a mail has text and HTML: leave --format out")
    if as_json and form not in (None, DigestFormat.JSON):
        raise InputInvalid(f"--json prints JSON and --format {form} another format: use one of them")
    query = filter_of(country, topic, filter_text)
    languages = story_languages(stories_in, language, query)

    async def compose(newsroom: Newsroom) -> tuple[Digest, UUID | None, list[MailResult]]:
        await _warn_if_empty(newsroom)
        composed = await newsroom.services.digests.compose(
            query,
            since=since,
            limit=limit,
            page=page,
            language=language or system_locale(),
            stories=languages.stories,
            or_all_languages=languages.or_all_languages,
            audience=Audience(server),
        )

        if mail:
            from bot.cli.mail import mail_digest

            headings = language or system_locale()
            return composed, None, await mail_digest(newsroom, composed, mail, headings, slot=slot, again=again)
        if form is not DigestFormat.ATOM:
            return composed, None, []
        from bot.services.installation import installation_id

        return composed, await installation_id(newsroom.services.key_values), []

    composed, installation, mailed = run_in_newsroom(compose)
    composed = replace(composed, sections=sections or composed.sections, size=size or composed.size)
    if mail:
        from bot.cli.mail import show_results

        show_results(mailed, as_json=as_json)
        return
    if form is None or form is DigestFormat.JSON:
        show_digest(composed, as_json=as_json or form is not None, language=language)
        if composed.omitted and not as_json and form is None:
            print_next_page(page + 1)
        return
    from bot.i18n import words
    from bot.rendering.digest_formats import format_digest

    print_text(format_digest(composed, words(language or system_locale()), form, installation=installation))


def print_next_page(page: int) -> None:
    """Print the command that shows a later page of the digest."""
    print_note(f"gazette: the next stories: {program()} digest --page {page}")


def show_digest(digest: Digest, *, as_json: bool, language: str | None = None) -> None:
    """Print a digest with headings in a language, by default in the system's.

    The title in JSON is English by default.
    """
    from bot.i18n import words
    from bot.rendering.layout import Paragraph
    from bot.rendering.pages.front import front_page

    page = front_page(digest, words(language or ("en" if as_json else system_locale())))
    if as_json:
        heads = [block for block in page.blocks if isinstance(block, Paragraph)]
        title = next(block.plain for block in heads if block.size == "masthead")
        print_json(json_output.digest_shape(digest, title))
    else:
        _print_page(page)


def news(
    *,
    country: Countries = None,
    topic: Topics = None,
    filter_text: FilterText = None,
    since: Since = None,
    page: Annotated[int, typer.Option(min=1, help="Page number.")] = 1,
    server: Server = None,
    as_json: JsonFlag = False,
) -> None:
    """List the newest stories, as /news does."""
    query = filter_of(country, topic, filter_text, since)

    async def list_news(newsroom: Newsroom) -> NewsPage:
        await _warn_if_empty(newsroom)
        return await newsroom.services.news.page(query, page=page, audience=Audience(server))

    _show_stories(run_in_newsroom(list_news), str(query), as_json=as_json)


def search(
    terms: Annotated[list[str], typer.Argument(help='Words, and phrases in quotes: "sea drills".', metavar="WORD")],
    *,
    page: Annotated[int, typer.Option(min=1, help="Page number.")] = 1,
    server: Server = None,
    as_json: JsonFlag = False,
) -> None:
    """Find stories that contain all words, best match first."""
    # The shell removes quotes. Around one of several terms they make a phrase; around all of them they mean nothing.
    single = len(terms) == 1
    text = " ".join(term if single or " " not in term or '"' in term or ":" in term else f'"{term}"' for term in terms)

    async def find(newsroom: Newsroom) -> NewsPage:
        await _warn_if_empty(newsroom)
        return await newsroom.services.news.search(text, page=page, audience=Audience(server))

    _show_stories(run_in_newsroom(find), text, as_json=as_json, query=text)


def ask(
    terms: Annotated[list[str], typer.Argument(help="A question, in any language.", metavar="QUESTION")],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Print sentences that answer a question."""
    question = " ".join(terms)

    async def find(newsroom: Newsroom) -> list[AnsweringSentence]:
        await _warn_if_empty(newsroom)
        return await newsroom.services.questions.answer(question)

    answers = run_in_newsroom(find)
    if as_json:
        print_json(json_output.answers_shape(question, answers))
        return
    from bot.i18n import words
    from bot.rendering.pages.stories import answers_page

    _print_page(answers_page(question, answers, words()))


def story(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Story id, such as s12.")],
    *,
    server: Server = None,
    as_json: JsonFlag = False,
) -> None:
    """Print a story in full."""
    detail = run_in_newsroom(lambda newsroom: newsroom.services.news.story(identity, audience=Audience(server)))
    if as_json:
        print_json(json_output.story_shape(detail))
        return
    from bot.i18n import words
    from bot.rendering.pages.stories import story_page

    _print_page(story_page(detail, words()))


def why(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Event id (e34) or story id (s12).")],
    *,
    server: Server = None,
    as_json: JsonFlag = False,
) -> None:
    """Explain an event: rank, reports, sentences, hidden stories."""

    async def explain(newsroom: Newsroom) -> tuple[tuple[Event, list[StoryDetail]] | None, list[Withholding]]:
        withheld = await newsroom.services.withholdings.explain(identity)
        try:
            return await newsroom.services.digests.explain(identity, audience=Audience(server)), withheld
        except NotFound:
            if not withheld:
                raise
            return None, withheld

    explained, withheld = run_in_newsroom(explain)
    aside = _set_aside(explained[0]) if explained is not None else {}
    shapes = [json_output.withholding_shape(each) for each in withheld]
    if as_json:
        found = json_output.why_shape(*explained) if explained is not None else {}
        print_json({**found, "withheld": shapes, "set_aside": aside} if found else {"withheld": shapes})
        return
    for each in withheld:
        for line in withholding_lines(each):
            stdout_console().print(line, markup=False)
    if explained is None:
        return
    event, reports = explained
    from bot.i18n import words
    from bot.newsroom.models import story_name
    from bot.rendering.pages.digest import why_page

    _print_page(why_page(event, reports, words()))
    for path, groups in aside.items():
        stdout_console().print(f"\nSet aside in {clean(path)}:", markup=False)
        for line in aside_lines(groups):
            stdout_console().print(line, markup=False, style="dim")
    for report in reports:
        for cut in report.furniture:
            stdout_console().print(
                f"taken out of {story_name(report.line.id)} ({cut.reason}): {cut.text}", markup=False
            )


def _set_aside(event: Event) -> dict[str, list[Shape]]:
    """Return what was set aside of the pages that an event's stories came from, by path."""
    from bot.intake.set_aside import read_set_aside

    intake = load_configured().intake
    found: dict[str, list[Shape]] = {}
    for path in dict.fromkeys(ref.path for ref in event.sources):
        aside = read_set_aside(intake.seeds, path, intake.max_bytes)
        if aside:
            found[path] = [json_output.aside_shape(each) for each in aside]
    return found


async def _warn_if_empty(newsroom: Newsroom) -> None:
    """Note on standard error where stories come from if there are none at all."""
    if await newsroom.services.news.latest_arrival(OPERATOR) is None:
        print_note(f"gazette: no stories yet; `{program()} ingest` reads the seeds folder")


def _show_stories(page: NewsPage, question: str, *, as_json: bool, **more: object) -> None:
    from bot.i18n import words
    from bot.rendering.pages.stories import news_page

    if as_json:
        print_json(json_output.news_shape(page, **more))
    else:
        _print_page(news_page(page, words(), question=question))


def _print_page(page: Page) -> None:
    from bot.rendering import terminal

    stdout_console().print(terminal.draw(page, buttons=False))
