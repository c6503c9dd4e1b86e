"""Attempt: bring a withheld story back, by what is read, merged, pruned or imported."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import NotFound
from bot.intake.pipeline import Intake
from bot.intake.types import DocumentPart, ReadDocument
from bot.intake.worker_pool import DeadlineExecutor
from bot.services import Services
from bot.services.event_assignment import assign_events
from bot.services.transfer import export_rows, import_rows, prepare_rows
from bot.settings import DigestSettings, IntakeSettings, SummarySettings
from bot.store import backup
from bot.store.database import Store
from tests.clock import ManualClock
from tests.intake.conftest import NewsFolder, story_text

SECRET = (
    "The harbour board of Split sold its oldest crane to a museum in Zadar on Monday. The crane had stood on the eastern "
    "quay since 1911, and four men were needed to turn it. The museum paid nine thousand euros for it. A ship will carry "
    "the crane along the coast in March. The board wants to plant trees where it stood."
)
REPORT = (
    "A museum in Zadar has bought the oldest crane of the harbour of Split, its director said on Monday. The crane, which "
    "was built in 1911, will be shown beside the old shipyard. Visitors may turn the crane themselves from next summer on."
)


class Newsroom:
    """An intake that clusters, and the services over its store."""

    def __init__(self, store: Store, folder: NewsFolder, workers: DeadlineExecutor, clock: ManualClock) -> None:
        settings = IntakeSettings(seeds=folder.path)
        self.store, self.clock, self._folder, self._workers = store, clock, folder, workers
        self.intake = Intake(store, settings, SummarySettings(), workers, clock, assign_events=assign_events)
        self.services = Services(store, DigestSettings(), SummarySettings(), clock)

    def with_store(self, store: Store) -> Newsroom:
        """Return a newsroom with the same folder over a store, as a program that starts."""
        return Newsroom(store, self._folder, self._workers, self.clock)

    async def read(self) -> None:
        """Scan the folder, a minute later."""
        self.clock.advance(seconds=60)
        await self.intake.scan()

    async def paths(self) -> list[str]:
        """Return the documents whose stories of the crane are found; all questions have to agree."""
        stories = (await self.services.news.search("crane")).stories
        digest = await self.services.digests.compose()
        digested = {ref.path for event in digest.events for ref in event.sources}
        paths = sorted(line.ref.path for line in stories)
        assert {path for path in digested if path.startswith(("crane", "feed:"))} == set(paths)
        assert (await self.services.data.counts())["stories"] == len(paths) + 1
        return paths

    async def name_of(self, path: str) -> str:
        """Return the id of a document's only story."""
        (line,) = [line for line in (await self.services.news.search("crane")).stories if line.ref.path == path]
        return f"s{line.id}"

    async def withhold(self, path: str) -> str:
        """Withhold a document's story; return its id."""
        name = await self.name_of(path)
        await self.services.withholdings.withhold(name, by="editor", reason="a court said so")
        return name


@pytest.fixture
def newsroom(store: Store, folder: NewsFolder, threads: DeadlineExecutor, clock: ManualClock) -> Newsroom:
    """A newsroom with an empty folder, on each kind of database in turn."""
    folder.write("other.txt", story_text(1))
    return Newsroom(store, folder, threads, clock)


async def test_a_document_that_is_read_again_stays_hidden(newsroom: Newsroom, folder: NewsFolder) -> None:
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    assert await newsroom.paths() == ["crane.txt"]
    name = await newsroom.withhold("crane.txt")
    for text in (
        SECRET + "\n",
        SECRET.replace("nine thousand", "ten thousand"),
        "Corrected. " + SECRET.replace("in March", "in early March"),
        SECRET,
    ):
        folder.write("crane.txt", text)
        await newsroom.read()
        assert await newsroom.paths() == []
    for kind in ("story", "why"):
        with pytest.raises(NotFound):
            await (newsroom.services.news.story(name) if kind == "story" else newsroom.services.digests.explain(name))
    await newsroom.services.withholdings.release(name, by="editor")
    assert await newsroom.paths() == ["crane.txt"]


async def test_copies_under_another_path_and_from_a_feed_stay_hidden(newsroom: Newsroom, folder: NewsFolder) -> None:
    folder.write("crane.txt", SECRET)
    folder.write("crane-early.txt", SECRET.upper())
    await newsroom.read()
    assert len(await newsroom.paths()) == 2
    name = await newsroom.withhold("crane.txt")
    assert await newsroom.paths() == []
    folder.write("crane-copy.txt", SECRET + " ")
    folder.write("crane-titled.txt", f"Museum buys a crane\n\n{SECRET}\n")
    part = DocumentPart(SECRET, one_story=True, title="A crane for Zadar", source="Wire")
    await newsroom.read()
    await newsroom.intake.ingest_documents({"feed:https://example.org/news#1": ReadDocument((part,), "utf-8")})
    assert await newsroom.paths() == []
    await newsroom.services.withholdings.release(name, by="editor")
    assert len(await newsroom.paths()) >= 4


@pytest.mark.parametrize(
    ("letters", "others"),
    [
        ("a", "a\u200b"),
        ("o", "o\u00ad"),
        (" ", "\u00a0"),
        ("o", "о"),
        ("ea", "еа"),
        ("T", "Ｔ"),
        ("fi", "ﬁ"),
        ("e", "e\u2060"),
    ],
)
async def test_a_copy_that_only_looks_the_same_stays_hidden(
    newsroom: Newsroom, folder: NewsFolder, letters: str, others: str
) -> None:
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    await newsroom.withhold("crane.txt")
    rows = [{"title": "News from Zadar", "text": SECRET.replace(letters, others)}]
    folder.write("crane-copy.json", json.dumps(rows))
    await newsroom.read()
    assert await newsroom.paths() == []
    assert (await newsroom.services.data.counts())["stories"] == 1


async def test_other_reports_of_the_event_stay_and_may_come(newsroom: Newsroom, folder: NewsFolder) -> None:
    folder.write("crane.txt", SECRET)
    folder.write("crane-report.txt", REPORT)
    await newsroom.read()
    secret = await newsroom.name_of("crane.txt")
    event = (await newsroom.services.digests.explain(secret))[0]
    assert len(event.sources) == 2
    result = await newsroom.services.withholdings.withhold(secret, by="editor")
    assert [f"s{number}" for number in result.left] == [await newsroom.name_of("crane-report.txt")]
    assert await newsroom.paths() == ["crane-report.txt"]
    retold, _ = await newsroom.services.digests.explain(f"e{event.id}")
    assert [sentence.ref.path for sentence in retold.summary] == ["crane-report.txt"] * len(retold.summary)
    folder.write("crane-late.txt", REPORT.replace("Visitors may", "The mayor was glad. Visitors of all ages may"))
    await newsroom.read()
    assert await newsroom.paths() == ["crane-late.txt", "crane-report.txt"]


async def test_reports_that_join_a_withheld_event_are_hidden(newsroom: Newsroom, folder: NewsFolder) -> None:
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    event, _ = await newsroom.services.digests.explain(await newsroom.name_of("crane.txt"))
    await newsroom.services.withholdings.withhold(f"e{event.id}", by="editor")
    folder.write("crane-report.txt", REPORT)
    await newsroom.read()
    assert await newsroom.paths() == []
    await newsroom.services.withholdings.release(f"e{event.id}", by="editor")
    assert await newsroom.paths() == ["crane-report.txt", "crane.txt"]


async def test_a_file_that_goes_and_returns_stays_hidden_and_one_that_is_gone_is_not_revealed(
    newsroom: Newsroom, folder: NewsFolder
) -> None:
    path = folder.write("crane.txt", SECRET)
    await newsroom.read()
    name = await newsroom.withhold("crane.txt")
    path.unlink()
    await newsroom.read()
    folder.write("crane-again.txt", SECRET)
    await newsroom.read()
    assert await newsroom.paths() == []
    (folder.path / "crane-again.txt").unlink()
    await newsroom.read()
    await newsroom.services.withholdings.release(name, by="editor")
    assert await newsroom.paths() == []
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    assert await newsroom.name_of("crane.txt") == name


async def test_two_withholdings_of_a_story_both_have_to_end(newsroom: Newsroom, folder: NewsFolder) -> None:
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    event, _ = await newsroom.services.digests.explain(await newsroom.name_of("crane.txt"))
    name = await newsroom.withhold("crane.txt")
    await newsroom.services.withholdings.withhold(f"e{event.id}", by="editor")
    await newsroom.services.withholdings.release(name, by="editor")
    assert await newsroom.paths() == []
    await newsroom.services.withholdings.release(f"e{event.id}", by="editor")
    assert await newsroom.paths() == ["crane.txt"]


async def test_an_export_from_before_does_not_bring_it_back(newsroom: Newsroom, folder: NewsFolder) -> None:
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    rows = [row async for row in export_rows(newsroom.store)]
    assert any("crane" in row["text"] for row in rows)
    await newsroom.withhold("crane.txt")
    exported = [row async for row in export_rows(newsroom.store)]
    assert "crane" not in str(exported)
    for given in (rows, [{key: value for key, value in row.items() if key != "fingerprint"} for row in rows]):
        await import_rows(newsroom.store, given, "old.jsonl", newsroom.clock, prepare_rows)
        assert (await newsroom.services.news.search("crane")).total == 0


async def test_another_store_that_imports_an_export_withholds_the_same(
    newsroom: Newsroom, folder: NewsFolder, tmp_path: Path
) -> None:
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    name = await newsroom.withhold("crane.txt")
    exported = [json.loads(json.dumps(row)) async for row in export_rows(newsroom.store)]
    async with Store.open(f"sqlite+aiosqlite:///{tmp_path / 'other.sqlite3'}") as store:
        await store.migrate()
        other = newsroom.with_store(store)
        for _ in range(2):
            await import_rows(store, exported, "export.jsonl", newsroom.clock, prepare_rows)
        await other.read()
        assert (await other.services.news.search("crane")).total == 0
        (listed,) = await other.services.withholdings.list_withholdings()
        assert (listed.made_by, listed.reason) == ("editor", "a court said so")
        await other.services.withholdings.release(name, by="editor")
        assert (await other.services.news.search("crane")).total == 1


async def test_a_backup_from_before_does_not_bring_it_back(
    newsroom: Newsroom, folder: NewsFolder, database_url: str, tmp_path: Path
) -> None:
    await newsroom.read()
    empty = await backup.back_up(newsroom.store, tmp_path / "empty")
    folder.write("crane.txt", SECRET)
    await newsroom.read()
    before = await backup.back_up(newsroom.store, tmp_path / "before")
    name = await newsroom.withhold("crane.txt")
    after = await backup.back_up(newsroom.store, tmp_path / "after")
    assert (before.stories, after.stories) == (2, 1)
    for made in (before, empty, after, before):
        await backup.restore(database_url, made.path, replace=True)
        restored = newsroom.with_store(newsroom.store)
        assert (await restored.services.news.search("crane")).total == 0
        await restored.intake.scan()
        assert (await restored.services.news.search("crane")).total == 0
        assert len(await restored.services.withholdings.list_withholdings()) == 1
    await restored.services.withholdings.release(name, by="editor")
    assert await restored.paths() == ["crane.txt"]
    await backup.restore(database_url, after.path, replace=True)
    assert (await restored.services.news.search("crane")).total == 0


async def test_pruning_forgets_the_text_and_not_the_decision(newsroom: Newsroom, folder: NewsFolder) -> None:
    path = folder.write("crane.txt", SECRET)
    await newsroom.read()
    await newsroom.withhold("crane.txt")
    newsroom.clock.advance(seconds=timedelta(days=40).total_seconds())
    assert (await newsroom.services.data.prune(days=30)).stories == 2
    path.unlink()
    await newsroom.intake.scan()
    newsroom.clock.advance(seconds=timedelta(days=40).total_seconds())
    await newsroom.services.data.prune(days=30)
    folder.write("crane-again.txt", SECRET)
    folder.write("crane-edited.txt", SECRET.replace("in March", "in spring"))
    await newsroom.read()
    assert (await newsroom.services.news.search("crane")).total == 0
