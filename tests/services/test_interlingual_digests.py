"""An event's face per reader: told in a language that they read, else in the original with its language named."""

from __future__ import annotations

from datetime import time

import pytest

from bot.i18n import words
from bot.newsroom.filters import Filter
from bot.newsroom.models import Event
from bot.rendering.layout import Paragraph
from bot.rendering.pages.digest import event_group
from bot.store.database import Store
from summarizers import analyse
from summarizers.types import Analysis
from tests.clock import ManualClock
from tests.services.digest_scenario import DigestScenario

ENGLISH = """Ferry with 130 aboard sinks off Mindoro

Rescuers pulled 112 people from the sea after the ferry San Rafael capsized off Mindoro island in the Philippines on Friday.
Nine bodies were recovered, the coast guard said."""
GERMAN = """Fähre vor Mindoro gesunken

Vor der philippinischen Insel Mindoro ist am Freitag die Fähre San Rafael gekentert. Die Küstenwache rettete 112 der 130
Menschen an Bord und barg neun Leichen."""
CZECH = """U ostrova Mindoro se potopil trajekt

Trajekt San Rafael se v pátek převrátil u filipínského ostrova Mindoro. Ze 130 lidí na palubě jich záchranáři z moře vylovili
112, devět zahynulo."""
CZECH_TOLL = """Potopený trajekt u Mindora má už 14 obětí

Počet obětí potopení trajektu San Rafael u filipínského ostrova Mindoro stoupl na 14. Ze 130 lidí na palubě jich záchranáři
vylovili 112."""

FRENCH = """Lyon inaugure sa nouvelle ligne de tramway

Le maire de Lyon a inauguré vendredi une ligne de tramway de neuf kilomètres. Elle relie la gare à l'hôpital."""


def story(text: str) -> Analysis:
    (analysis,) = analyse(text, as_one_story=True)
    return analysis


@pytest.fixture
def scenario(store: Store) -> DigestScenario:
    """A scenario without files."""
    return DigestScenario(store, ManualClock())


def shown(event: Event, locale: str) -> str:
    """What a digest shows of an event."""
    blocks = event_group(event, words(locale)).blocks
    return "\n".join("".join(span.text for span in block.spans) for block in blocks if isinstance(block, Paragraph))


async def stored(scenario: DigestScenario, *texts: str) -> None:
    for text in texts:
        analysis = story(text)
        await scenario.add_file(f"{analysis.language}-{len(text)}.txt", analysis, source=f"Paper {analysis.language}")
        scenario.clock.advance(minutes=20)


@pytest.mark.parametrize(
    ("locale", "headline"),
    [("en", "Ferry with 130"), ("de", "Fähre vor"), ("en-US", "Ferry with 130"), ("cs", "U ostrova Mindoro")],
)
async def test_a_reader_gets_the_report_in_their_language(scenario: DigestScenario, locale: str, headline: str) -> None:
    await stored(scenario, CZECH, GERMAN, ENGLISH)
    (event,) = (await scenario.digests.compose(language=locale)).events
    assert event.headline.startswith(headline)
    assert event.language == locale.partition("-")[0]
    assert not event.is_foreign
    assert {sentence.ref.language for sentence in event.summary} == {event.language}
    assert {ref.language for ref in event.sources} == {"cs", "de", "en"}


async def test_without_one_it_is_the_original_with_its_language_named(scenario: DigestScenario) -> None:
    await stored(scenario, CZECH)
    (event,) = (await scenario.digests.compose(language="ja")).events
    assert event.is_foreign
    assert event.language == "cs"
    assert "Paper cs (チェコ語)" in shown(event, "ja")
    (own,) = (await scenario.digests.compose(language="cs")).events
    assert not own.is_foreign
    assert "(" not in shown(own, "en").partition("Paper cs")[2]


async def test_the_languages_of_a_filter_come_before_that_of_the_headings(scenario: DigestScenario) -> None:
    await stored(scenario, ENGLISH, GERMAN)
    (event,) = (await scenario.digests.compose(Filter.parse("lang:de OR lang:en"), language="en")).events
    assert event.language == "de"


async def test_sources_of_all_languages_are_listed(scenario: DigestScenario) -> None:
    await stored(scenario, ENGLISH, GERMAN, CZECH)
    (event,) = (await scenario.digests.compose(language="en")).events
    text = shown(event, "en")
    assert "Paper en" in text
    assert "Paper de (German)" in text
    assert "Paper cs (Czech)" in text


@pytest.mark.parametrize(("later", "is_update"), [(GERMAN, False), (CZECH, False), (CZECH_TOLL, True)])
async def test_a_report_in_another_language_is_an_update_only_if_it_says_something_new(
    scenario: DigestScenario, later: str, is_update: bool
) -> None:
    await stored(scenario, ENGLISH)
    subscription = await scenario.subscribe(times=(time(12),), language="en")
    scenario.clock.advance(hours=1)
    first = await scenario.deliver_slot(subscription)
    assert first.digest is not None
    await stored(scenario, later)
    scenario.clock.advance(hours=24)
    second = await scenario.deliver_slot(subscription)
    assert second.digest is not None
    if not is_update:
        assert second.digest.events == ()
        return
    (event,) = second.digest.events
    assert event.update
    assert event.is_foreign
    assert "14" in " ".join(sentence.text for sentence in event.summary)


async def test_a_full_story_of_an_event_is_the_one_in_the_readers_language(scenario: DigestScenario) -> None:
    await stored(scenario, CZECH, GERMAN, ENGLISH)
    (event,) = (await scenario.digests.compose(language="en")).events
    for locale, language in (("de", "de"), ("cs", "cs"), ("en", "en")):
        told, reports = await scenario.digests.explain(f"e{event.id}", language=locale)
        assert told.language == reports[0].line.language == language


async def test_stories_have_a_report_in_a_chosen_language_and_the_others_are_counted(scenario: DigestScenario) -> None:
    await stored(scenario, CZECH, GERMAN)
    await stored(scenario, FRENCH)
    german = await scenario.digests.compose(language="en", stories=("de",))
    assert [event.language for event in german.events] == ["de"]
    assert not german.events[0].is_foreign
    assert german.other_languages == 1
    everything = await scenario.digests.compose(language="en")
    assert (len(everything.events), everything.other_languages) == (2, 0)


async def test_a_chosen_language_without_stories_gives_none_or_all_if_asked(scenario: DigestScenario) -> None:
    await stored(scenario, CZECH)
    none = await scenario.digests.compose(language="ja", stories=("ja",))
    assert (none.events, none.other_languages) == ((), 1)
    widened = await scenario.digests.compose(language="ja", stories=("ja",), or_all_languages=True)
    assert [event.language for event in widened.events] == ["cs"]
    asked = await scenario.digests.compose(Filter.parse("lang:cs"), language="en", stories=("en",))
    assert [event.language for event in asked.events] == ["cs"]


async def test_a_report_that_came_before_makes_an_event_readable(scenario: DigestScenario) -> None:
    await stored(scenario, ENGLISH)
    subscription = await scenario.subscribe(times=(time(12),), language="de", stories=("en",))
    await stored(scenario, GERMAN)
    first = await scenario.deliver_slot(subscription)
    assert first.digest is not None
    assert [event.language for event in first.digest.events] == ["en"]


async def test_an_update_is_told_in_a_chosen_language_or_not_at_all(scenario: DigestScenario) -> None:
    await stored(scenario, ENGLISH)
    subscription = await scenario.subscribe(times=(time(12),), language="en", stories=("en",))
    scenario.clock.advance(hours=1)
    first = await scenario.deliver_slot(subscription)
    assert first.digest is not None
    assert len(first.digest.events) == 1
    await stored(scenario, CZECH_TOLL)
    scenario.clock.advance(hours=24)
    second = await scenario.deliver_slot(subscription)
    assert second.digest is not None
    assert second.digest.events == ()
