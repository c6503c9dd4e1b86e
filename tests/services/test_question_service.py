"""Questions and searches by meaning over a store with reports in many languages."""

from __future__ import annotations

import pytest

from bot.errors import InputInvalid
from bot.newsroom.filters import EVERYTHING, Filter
from bot.services import Services
from bot.services.meaning_search import fuse
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from summarizers import analyse
from summarizers.text.embeddings import OFF_VARIABLE, encoder
from tests.clock import ManualClock
from tests.services.digest_scenario import DigestScenario
from training.interlingual_reports import interlingual_reports

EVENTS = ("quake-hokkaido", "quake-lombok", "strike-bus", "court-banker", "space-moon", "company-battery")


@pytest.fixture
async def services(store: Store) -> Services:
    """Services over reports of six events in ten languages."""
    scenario = DigestScenario(store, ManualClock())
    for report in interlingual_reports("choosing"):
        if report.event in EVENTS:
            (analysis,) = analyse(report.text, as_one_story=True)
            await scenario.add_file(f"{report.event}.{report.language}.txt", analysis, source=report.language)
    return Services(store, DigestSettings(), SummarySettings(), scenario.clock)


@pytest.fixture
def by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoder."""
    monkeypatch.setenv(OFF_VARIABLE, "off")


needs_encoder = pytest.mark.skipif(encoder() is None, reason="the package of the meaning extra isn't installed")


async def found(services: Services, text: str, query: Filter = EVERYTHING) -> list[str]:
    """Languages of what a search finds, the best first."""
    page = await services.news.search(text, query=query)
    return [story.language for story in page.stories]


@needs_encoder
async def test_a_word_finds_stories_that_mean_it_in_other_languages(services: Services) -> None:
    assert {"ja", "zh"} <= set(await found(services, "earthquake"))
    assert "en" in await found(services, "erdbeben"), "small letters are no hindrance"
    assert await found(services, "地震", Filter.parse("lang:en")) == ["en"], "filters hold"


async def test_a_phrase_in_quotation_marks_stays_exact(services: Services) -> None:
    assert await found(services, '"earthquake"') == ["en"]
    assert await found(services, '"lunar south pole"') == ["en"]


async def test_words_alone_are_found_without_the_encoder(services: Services, by_words: None) -> None:
    assert set(await found(services, "erdbeben")) == {"de"}


async def test_a_question_is_answered_by_a_sentence_with_its_story(services: Services) -> None:
    answers = await services.questions.answer("How many jobs does Hansung create in Debrecen?")
    assert any("2,500 jobs" in answer.text or "2500" in answer.text for answer in answers)
    assert {answer.story.ref.source for answer in answers} & {"en", "de", "ko"}
    assert 1 <= len(answers) <= 4


@needs_encoder
async def test_a_question_is_answered_from_another_language(services: Services) -> None:
    answers = await services.questions.answer("¿Cuántas personas murieron en el terremoto de Lombok?")
    assert any("16 Menschen" in answer.text or "Sixteen people" in answer.text for answer in answers)


@pytest.mark.parametrize("question", ["Who won the Super Bowl?", "Wann öffnet der Flughafen in Warschau?"])
async def test_nothing_is_said_where_no_story_answers(services: Services, question: str) -> None:
    assert await services.questions.answer(question) == []


@pytest.mark.parametrize("question", ["", "   ", "???", "who?", '"'])
async def test_a_question_without_words_is_refused(services: Services, question: str) -> None:
    with pytest.raises(InputInvalid):
        await services.questions.answer(question)


def test_ranks_are_fused_by_their_reciprocals() -> None:
    assert fuse([1, 2, 3], [3, 4]) == [3, 1, 2, 4]
    assert fuse([], [5]) == [5]
    assert fuse() == []
