"""The recipes of CONTRIBUTING.md, carried out on a copy of the repository and seen to work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.i18n import LOCALES
from tests.recipes.copies import ROOT, Checkout, check_out

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


PUBLISHERS = {
    "en": ("publishers", "List the publishers of the latest stories"),
    "de": ("verlage", "Zeigt die Verlage der neuesten Meldungen"),
    "es": ("editores", "Muestra los editores de las últimas noticias"),
    "fr": ("éditeurs", "Affiche les éditeurs des derniers articles"),
    "ja": ("発行元", "最新記事の発行元を表示します"),
    "pt-BR": ("editoras", "Mostra as editoras das últimas notícias"),
    "zh-TW": ("發行者", "列出最新新聞的發行者"),
}
"""The command's name and description in each language of the interface."""


@pytest.fixture
def copy(tmp_path: Path) -> Checkout:
    return check_out(tmp_path / "gazette")


@pytest.mark.thorough
def test_a_slash_command_is_one_module_and_its_texts(copy: Checkout) -> None:
    copy.insert_after(
        "bot/commands/browse.py",
        r'^            Command\("topics", .*\n',
        '            Command("publishers", self.publishers, (_SINCE,)),\n',
    )
    copy.insert_after(
        "bot/commands/browse.py",
        r"\n(?=    async def about\()",
        "    async def publishers(self, asker: Asker, *, since: str | None = None) -> Reply:\n"
        '        """List the publishers of the latest stories."""\n'
        "        page = await self._services.news.page(Filter.of(since=since), page=1)\n"
        "        named = [story.ref.source or story.ref.path for story in page.stories]\n"
        "        rows = [(name, named.count(name)) for name in dict.fromkeys(named)]\n"
        '        return Reply(counts_page("Publishers", rows, asker.words))\n\n',
    )
    for locale, (name, about) in PUBLISHERS.items():
        copy.append(
            f"bot/i18n/locales/{locale}.ftl", f"\ncommand-publishers = {name}\ncommand-publishers-about = {about}\n"
        )
    copy.insert_after(
        "docs/commands.md",
        r"^\| `/topics` .*\n",
        "| `/publishers` | List the publishers of the latest stories | `since:` |\n",
    )
    copy.run("-m", "bot.cli", "ingest")
    shown = copy.run("-m", "bot.cli", "console", stdin="/publishers since:30d\n/help command:publishers\n/quit\n")
    assert "Publishers" in shown
    assert "Strait Monitor: 2" in shown
    copy.test("tests/commands/test_documented.py", "tests/i18n/test_catalogues.py", "tests/cogs/test_discord_texts.py")
    assert copy.changed == {
        "bot/commands/browse.py",
        "docs/commands.md",
        *(f"bot/i18n/locales/{locale}.ftl" for locale in LOCALES),
    }


def test_a_summary_engine_is_one_file_and_one_line(copy: Checkout) -> None:
    copy.write(
        "summarizers/summarization/longest.py",
        '''"""The longest sentences as a summary."""

from __future__ import annotations

from collections.abc import Sequence

from summarizers.summarization.engine import Focus

__all__ = ["LONGEST"]


class _Longest:
    """Takes the longest sentences."""

    name = "longest"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Return the positions of the longest sentences; see `Engine.select`."""
        ranked = sorted(range(len(sentences)), key=lambda at: (-len(sentences[at]), at))
        return sorted(ranked[: max(count, 0)])


LONGEST = _Longest()
''',
    )
    copy.insert_after(
        "summarizers/summarization/registry.py", r'^    "lead": .*\n', '    "longest": "longest:LONGEST",\n'
    )
    text = (
        "Three sentences of three lengths\n\n"
        "Short one here. This sentence is by far the longest of the three that stand here. A middle one, so to speak."
    )
    shown = json.loads(
        copy.run("-m", "bot.cli", "analyze", "-", "--json", "--engine", "longest", "--sentences", "1", stdin=text)
    )
    assert [item["sentence"] for item in shown["documents"][0]["stories"][0]["summary"]] == [1]
    copy.run("-m", "bot.settings", "--check", "config/gazette.toml")
    copy.test("tests/summarizers/summarization/test_engines.py")
    assert copy.changed == {"summarizers/summarization/longest.py", "summarizers/summarization/registry.py"}


def test_an_input_format_is_one_reader_and_one_row(copy: Checkout) -> None:
    copy.write(
        "bot/intake/readers/news_list.py",
        '''"""A list of news: a title and a text on each line, with a tab between them."""

from __future__ import annotations

from bot.intake.encodings import decode
from bot.intake.types import DocumentPart, ReadDocument

__all__ = ["read_news_list"]


def read_news_list(data: bytes) -> ReadDocument:
    """Return a part for each line."""
    decoded = decode(data)
    rows = [line.split("\\t") for line in decoded.text.splitlines() if "\\t" in line]
    return ReadDocument(tuple(DocumentPart(body, one_story=True, title=title) for title, body in rows), decoded.encoding)
''',
    )
    copy.insert_after(
        "bot/intake/readers/__init__.py", r"(?=^from bot\.intake\.readers\.plain_text)",
        "from bot.intake.readers.news_list import read_news_list\n",
    )  # fmt: skip
    copy.insert_after(
        "bot/intake/readers/__init__.py", r'^    InputFormat\("HTML".*\n',
        '    InputFormat("a list of news", (".news",), reader=read_news_list, as_attachment=True),\n',
    )  # fmt: skip
    copy.write(
        "mine.news", "Bridge opens in Lima\tLima's second bridge opened on Monday. It cost 40 million dollars.\n"
    )
    shown = json.loads(copy.run("-m", "bot.cli", "analyze", "mine.news", "--json"))
    (story,) = shown["documents"][0]["stories"]
    assert story["headline"] == "Bridge opens in Lima"
    assert "PE" in [country["code"] for country in story["countries"]]
    copy.test("tests/intake/test_scanner.py")
    assert copy.changed == {"bot/intake/readers/news_list.py", "bot/intake/readers/__init__.py", "mine.news"}


@pytest.mark.thorough
def test_an_interface_language_is_two_catalogues_and_one_entry(copy: Checkout) -> None:
    for ending in (".ftl", ".discord.ftl"):
        source = (ROOT / "bot" / "i18n" / "locales" / f"en{ending}").read_text("utf-8")
        copy.write(
            f"bot/i18n/locales/it{ending}", source.replace("digest-title = The news", "digest-title = Le notizie")
        )
    copy.edit("bot/i18n/__init__.py", r'"fr", "ja"', '"fr", "it", "ja"')
    copy.run("-m", "bot.cli", "ingest")
    shown = copy.run("-m", "bot.cli", "console", "--locale", "it", stdin="/digest\n/quit\n")
    assert "Le notizie" in shown
    assert re.search(r"Perù|Norvegia|Giappone|Brasile|Stati Uniti", shown), "countries are named by CLDR"
    # The copy holds English texts, which one test rightly refuses.
    copy.test("tests/i18n/test_catalogues.py", "tests/cogs/test_discord_texts.py", "-k", "not left_in_english")
    assert copy.changed == {
        "bot/i18n/__init__.py",
        "bot/i18n/locales/it.ftl",
        "bot/i18n/locales/it.discord.ftl",
    }


@pytest.mark.thorough
def test_a_topic_is_one_row_and_its_vocabulary(copy: Checkout) -> None:
    copy.append(
        "summarizers/data/topics.toml",
        '\n[space]\nnumber = 18\ncolor = 0x3B2F8C\nkana = ["うちゅう"]\nen = "Space"\nde = "Raumfahrt"\nes = "Espacio"\n'
        'fr = "Espace"\nja = "宇宙"\npt-BR = "Espaço"\nzh-TW = "太空"\naliases = ["spaceflight", "astronautics"]\n',
    )
    words = "cosmonaut spacewalk moonbase launchpad spacesuit payload_bay orbiter lander"
    for path in sorted((copy.folder / "training" / "topics_words").glob("*.toml")):
        grades = "" if path.stem != "en" else 'typical = "orbit crater"\nhint = "module"\n'
        copy.append(f"training/topics_words/{path.name}", f'\n[space]\nsure = "{words}"\n{grades}')
    stories = [
        f"A cosmonaut left the orbiter for a spacewalk on {day}, and the lander reached the launchpad of the moonbase."
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    ]
    copy.write("training/topics_stories/space.txt", "\n".join(stories) + "\n")
    copy.run("-m", "training.topics")
    story = (
        "The orbiter is back. A cosmonaut fixed the spacesuit during a spacewalk, then the lander left the moonbase."
    )
    shown = json.loads(copy.run("-m", "bot.cli", "analyze", "-", "--json", stdin=story))
    assert shown["documents"][0]["stories"][0]["topics"][0]["slug"] == "space"
    copy.write("mine/space.txt", story + "\n")
    copy.run("-m", "bot.cli", "ingest", "mine")
    assert "orbiter" in copy.run("-m", "bot.cli", "news", "--topic", "spaceflight")
    assert {path for path in copy.changed if not path.startswith(("training/topics_", "mine/"))} == {
        "summarizers/data/topics.toml"
    }


def test_a_shape_of_an_export_is_one_row(copy: Checkout) -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")
    (row,) = re.findall(r"```python\n(    Shape\(\n.*?)```", page, flags=re.DOTALL)
    copy.insert_after("bot/intake/readers/json_shapes.py", r"^SHAPES: Final = \(\n", row)
    saved = {
        "saved_item": {"caption": "Harbour reopens", "address": "https://post.example/1", "at": "2026-11-29T09:30:00Z"},
        "memo": {"lines": [{"words": "The harbour of Oslo reopened on Monday."}, {"words": "Ferries sailed at noon."}]},
    }
    copy.write("saved.json", json.dumps({"batch": [saved]}))
    (document,) = json.loads(copy.run("-m", "bot.cli", "analyze", "saved.json", "--json"))["documents"]
    (story,) = document["stories"]
    assert story["headline"] == "Harbour reopens"
    assert story["sentences"] == ["The harbour of Oslo reopened on Monday.", "Ferries sailed at noon."]
