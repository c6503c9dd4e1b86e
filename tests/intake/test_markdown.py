"""Markdown as notes, site generators and readers of pages write it: articles stay whole, lists stay lists."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.intake.file_reader import read_bytes
from bot.intake.types import DocumentPart, ReadDocument

STORM = "The harbour of Oslo reopened on Monday after a storm closed it for three days, officials said."
FERRY = "Ferries to Nesodden sailed again at noon, and the mayor thanked the crews who had waited on board."
GOATS = "Eleven goats ate the garden of the mayor of Utrecht on Sunday, a neighbour said."
HEADLINE = "Harbour of Oslo reopens after storm"
URL = "https://post.example/harbour"
MOMENT = datetime(2026, 11, 29, 14, 30, tzinfo=UTC)
SECTIONS = f"{STORM}\n\n## Background\n\n{FERRY}\n\n## Reactions\n\n{GOATS}\n"
WHOLE = f"{STORM}\nBackground\n{FERRY}\nReactions\n{GOATS}"


def read(text: str) -> ReadDocument:
    return read_bytes(text.encode(), "page.md", 1_000_000)


def only_part(text: str) -> DocumentPart:
    (part,) = read(text).parts
    return part


def stories(text: str) -> list[tuple[str | None, str]]:
    return [(part.title, part.text) for part in read(text).parts]


HEADS = {
    "YAML": f'---\ntitle: "{HEADLINE}"\ndate: 2026-11-29T09:30:00-05:00\ntags: [oslo, sea]\nurl: {URL}\ndraft: false\n---\n',
    "YAML, invalid": f"---\ntitle: {HEADLINE}\nsubtitle: a: b: c\ndate: 2026-11-29 09:30:00 -0500\nlink: {URL}\n---\n",
    "Obsidian's clipper": (
        f'---\ntitle: "{HEADLINE}"\nsource: "{URL}"\nauthor:\n  - "[[J. Doe]]"\npublished: 2026-11-29T14:30:00Z\n'
        'created: 2026-11-30\ndescription: "Short."\ntags:\n  - "clippings"\n---\n'
    ),
    "Jekyll": f"---\nlayout: post\ntitle:  '{HEADLINE}'\ndate:   2026-11-29 09:30:00 -0500\npermalink: {URL}\n---\n",
    "TOML": f'+++\ntitle = "{HEADLINE}"\ndate = 2026-11-29T09:30:00-05:00\ndraft = false\n[params]\nx = 1\n+++\n'.replace(
        "draft", f'canonicalURL = "{URL}"\ndraft'
    ),
    "JSON": f'{{\n  "title": "{HEADLINE}",\n  "date": "2026-11-29T09:30:00-05:00",\n  "url": "{URL}"\n}}\n\n',
    "trafilatura": (
        f"---\ntitle: {HEADLINE}\nauthor: J. Doe\nurl: {URL}\nhostname: post.example\ndescription: Short.\n"
        "sitename: Harbour Post\ndate: 2026-11-29T14:30:00Z\n---\n"
    ),
    "Jina's reader": (
        f"Title: {HEADLINE}\n\nURL Source: {URL}\n\nPublished Time: 2026-11-29T14:30:00Z\n\nMarkdown Content:\n"
    ),
    "Pelican": f"Title: {HEADLINE}\nDate: 2026-11-29 14:30\nCategory: News\nURL: {URL}\n\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_an_article_with_front_matter_stays_one_story(head: str) -> None:
    part = only_part(HEADS[head] + SECTIONS)
    assert (part.title, part.text, part.url, part.published) == (HEADLINE, WHOLE, URL, MOMENT)
    assert part.one_story


def test_the_site_is_the_source_and_an_address_is_not_a_name() -> None:
    assert only_part(HEADS["trafilatura"] + STORM).source == "Harbour Post"
    assert only_part(HEADS["Obsidian's clipper"] + STORM).source == "post.example"


def test_a_headline_repeated_below_front_matter_is_no_text() -> None:
    assert only_part(f"{HEADS['YAML']}\n# {HEADLINE}\n\n{SECTIONS}").text == WHOLE


def test_an_article_without_front_matter_stays_one_story() -> None:
    assert stories(f"# {HEADLINE}\n\n{SECTIONS}") == [(HEADLINE, WHOLE)]
    assert stories(SECTIONS) == [(None, WHOLE)]


def test_an_article_whose_headings_are_sentences_stays_one_story() -> None:
    lead = "\n\n".join([STORM, FERRY, GOATS, FERRY, STORM])
    text = f"{lead}\n\n## Why storms hit the fjord more often now\n\n{FERRY}\n\n## What the council wants to do about it\n\n{GOATS}"
    assert len(read(text).parts) == 1


def test_front_matter_alone_is_told_by_its_description() -> None:
    part = only_part(f"---\ntitle: {HEADLINE}\ndescription: {STORM}\nurl: {URL}\n---\n")
    assert (part.title, part.text, part.url) == (HEADLINE, STORM, URL)


LISTS: dict[str, str] = {
    "headlines": f"## {HEADLINE}\n\n{STORM}\n\n## Goats eat the garden of a mayor\n\n{GOATS}\n",
    "headlines below an introduction": (
        f"Good morning. Here is what happened.\n\n## {HEADLINE}\n\n{STORM}\n\n## Goats eat the garden of a mayor\n\n{GOATS}\n"
    ),
    "headlines below a title": (
        f"# The week\n\n## {HEADLINE}\n\n{STORM}\n\n## Goats eat the garden of a mayor\n\n{GOATS}\n"
    ),
    "headlines below a title and a date": (
        f"# The week\n\n*Monday, 30 November 2026*\n\n## {HEADLINE}\n\n{STORM}\n\n"
        f"## Goats eat the garden of a mayor\n\n{GOATS}\n"
    ),
    "headlines in groups": (
        f"# The week\n\n## Norway\n\n### {HEADLINE}\n\n{STORM}\n\n## Netherlands\n\n"
        f"### Goats eat the garden of a mayor\n\n{GOATS}\n"
    ),
    "linked headlines below front matter": (
        f"---\ntitle: The week\n---\n## [{HEADLINE}]({URL})\n\n{STORM}\n\n"
        f"## [Goats eat the garden of a mayor](https://post.example/goats)\n\n{GOATS}\n"
    ),
    "links": f"# Links\n\n- [{HEADLINE}]({URL}) – {STORM}\n- [Goats eat the garden of a mayor](https://x.example) – {GOATS}\n",
    "links with text below": (
        f"1. [{HEADLINE}]({URL})\n\n   {STORM}\n2. **[Goats eat the garden of a mayor](https://x.example)**: {GOATS}\n"
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_stories_stays_a_list(name: str) -> None:
    found = [part for part in read(LISTS[name]).parts if not part.text.startswith("Good morning")]
    assert [part.title for part in found] == [HEADLINE, "Goats eat the garden of a mayor"]
    assert [part.text.split("\n")[-1] for part in found] == [STORM, GOATS]
    assert all(part.one_story for part in found)


def test_the_link_of_a_headline_is_the_storys_address() -> None:
    for name in ("linked headlines below front matter", "links", "links with text below"):
        assert read(LISTS[name]).parts[0].url == URL


def test_links_inside_an_article_make_no_list() -> None:
    text = f"# {HEADLINE}\n\n{STORM}\n\n{FERRY}\n\n{GOATS}\n\n## See also\n\n- [One](https://a.example)\n- [Two](https://b.example)\n"
    assert [part.title for part in read(text).parts] == [HEADLINE]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ('The {{< ref "oslo.md" >}}mayor spoke.', "The mayor spoke."),
        ('{{< figure src="a.jpg" caption="A bridge." >}}\n\nThe mayor spoke.', "The mayor spoke."),
        ("{% include figure.html %}\n\nThe mayor spoke.\n{: .lead}", "The mayor spoke."),
        ("The [[Mayors/Oslo|mayor]] of [[Oslo]] spoke. ^block1", "The mayor of Oslo spoke."),
        ("![[bridge.png]]\n\nThe mayor spoke. %%check this%%", "The mayor spoke."),
        ("> [!quote] The mayor\n> “It is open,” she said.", "The mayor “It is open,” she said."),
        ("#news #oslo/harbour\n\nThe ==mayor== spoke.", "The mayor spoke."),
        ("The mayor spoke.[^1]\n\n[^1]: In a letter.\n    It was long.\n\nShe left.", "The mayor spoke.\nShe left."),
        ("| Town | Seats |\n|---|---|\n| Oslo | 12 |\n", "Town | Seats\nOslo | 12"),
        ("The ~~old~~ mayor  \nspoke.", "The old mayor\nspoke."),
        ("    The mayor spoke.\n\n    She left.", "The mayor spoke.\nShe left."),
        ("<div class='x'><p>The mayor spoke.</p><script>track()</script></div>", "The mayor spoke."),
        ("[TOC]\n\nThe mayor spoke at <https://oslo.example>.", "The mayor spoke at https://oslo.example."),
        ("- The mayor spoke.\n  - She left.\n\n1. He came.", "The mayor spoke.\nShe left.\nHe came."),
        ("The mayor &amp; the council \\*spoke\\*.", "The mayor & the council *spoke*."),
    ],
)
def test_marks_of_markdown_and_its_programs_are_no_text(marked: str, plain: str) -> None:
    assert only_part(marked).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "a: &a [1]\nb: *a\n" * 2_000 + "---\n" + STORM,
        "---\n" + "a: " + "[" * 3_000 + "\n---\n" + STORM,
        "---\nx: !!python/object/apply:os.system ['true']\n---\n" + STORM,
        "+++\nx = " + "[" * 3_000 + "\n+++\n" + STORM,
        "{\n" + '"a": [' * 3_000 + "\n" + STORM,
        "---\n" + "x\n" * 50_000 + STORM,
        STORM + "\n\n" + "[" * 40_000,
        STORM + "\n\n" + "![" * 20_000,
        STORM + "\n\n" + "> " * 5_000 + "x",
        STORM + "\n\n" + "*a _b " * 10_000,
        STORM + "\n\n" + "{%" * 20_000 + "{{" * 20_000 + "%%" * 20_001 + "[[" * 20_000 + "==a" * 20_000,
    ],
    ids=[
        "aliases",
        "nested YAML",
        "tags",
        "nested TOML",
        "nested JSON",
        "no end",
        "brackets",
        "images",
        "quotes",
        "marks",
        "own",
    ],
)
def test_hostile_markdown_keeps_its_text(text: str) -> None:
    assert any(STORM in part.text or part.title == STORM for part in read(text).parts)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert STORM in read(f"---\n\n{STORM}\n\n---\n\n{GOATS}").text
