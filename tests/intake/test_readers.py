"""Every format gives its stories, and every hostile file a rejection in bounded time."""

from __future__ import annotations

import json
import os
import socket
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SeedRejected
from bot.intake.file_reader import read_bytes, read_document
from bot.intake.types import DocumentPart, ReadDocument
from bot.newsroom.rejections import RejectReason

MAX_BYTES = 100_000
STORM = "The harbour of Oslo reopened on Monday after a storm closed it for three days, officials said. "
FERRY = "Ferries to Nesodden sailed again at noon, and the mayor thanked the crews who had waited on board. "


def read(text: str | bytes, name: str) -> ReadDocument:
    return read_bytes(text.encode() if isinstance(text, str) else text, name, 1_000_000)


def only_part(document: ReadDocument) -> DocumentPart:
    (part,) = document.parts
    return part


def text_or_rejection(text: str, name: str) -> str:
    try:
        return read(text, name).text
    except SeedRejected as error:
        return error.reason


def reason(text: str | bytes, name: str) -> str:
    with pytest.raises(SeedRejected) as caught:
        read(text, name)
    return caught.value.reason


# Text and Markdown


def test_text_is_one_part_to_be_split() -> None:
    document = read("First story.\r\nSecond story.", "page.TXT")
    assert document == ReadDocument((DocumentPart("First story.\nSecond story."),), "utf-8")


def test_a_name_without_extension_is_text() -> None:
    assert read("First story.", "notes").text == "First story."


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    text = (
        "The *mayor* of [Oslo](https://oslo.example 'site') said **the bridge** opens.[^1] <!-- check -->\n\n"
        "![a bridge](b.png)\n\n> “It is done,” he said.\n\n- One lane\n- Two `lanes`\n\n```\ncode()\n```\n\n[^1]: Note"
    )
    assert read(text, "a.md").text == (
        "The mayor of Oslo said the bridge opens.\n“It is done,” he said.\nOne lane\nTwo lanes"
    )


def test_a_single_heading_is_the_headline() -> None:
    part = only_part(read(f"# Harbour reopens\n\n{STORM}\n\n## Background\n\n{FERRY}", "a.md"))
    assert (part.title, part.one_story) == ("Harbour reopens", True)
    assert part.text == f"{STORM.strip()}\nBackground\n{FERRY.strip()}"


@pytest.mark.parametrize("top", ["", "# Today\n\n", "Today\n=====\n\n"])
def test_headings_of_one_level_separate_stories(top: str) -> None:
    document = read(f"{top}## Harbour\n\n{STORM}\n\n## Ferries\n\n{FERRY}", "a.md")
    assert [(part.title, part.text) for part in document.parts] == [
        ("Harbour", STORM.strip()),
        ("Ferries", FERRY.strip()),
    ]


def test_front_matter_gives_metadata() -> None:
    part = only_part(
        read(f'---\ntitle: "Harbour"\ndate: 2026-11-20\nurl: https://x.example/a\nsource: Post\n---\n{STORM}', "a.md")
    )
    assert part == DocumentPart(
        STORM.strip(), True, "Harbour", "https://x.example/a", datetime(2026, 11, 20, tzinfo=UTC), "Post"
    )


def test_wrapped_lines_are_joined_and_other_lines_kept() -> None:
    assert read("The mayor said\nthe bridge opens.\nIt was closed.", "a.md").text == (
        "The mayor said the bridge opens.\nIt was closed."
    )
    dump = "\n".join([STORM.strip(), FERRY.strip()])
    assert read(dump, "a.md").text == dump


# HTML


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def test_a_page_is_its_article_without_boilerplate() -> None:
    part = only_part(
        read(
            page(
                "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
                f"<main><article><h1>Harbour reopens</h1><time datetime='2026-11-20T09:30:00+01:00'></time>"
                f"<p>{STORM * 3}</p><p>{FERRY * 3}</p></article></main>"
                "<aside>Most read: ten cats</aside><footer>© 2026 Post</footer><script>track('x')</script>",
                "<title>Harbour reopens | Post</title><meta property='og:site_name' content='Harbour Post'>"
                "<link rel='canonical' href='https://post.example/harbour'>",
            ),
            "a.html",
        )
    )
    assert part.text == f"{(STORM * 3).strip()}\n{(FERRY * 3).strip()}"
    assert (part.title, part.source, part.url) == ("Harbour reopens", "Harbour Post", "https://post.example/harbour")
    assert part.published == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def test_metadata_in_json_ld_is_used() -> None:
    data = {"@graph": [{"@type": "NewsArticle", "headline": "Ferries sail", "datePublished": "2026-11-19T12:00:00Z"}]}
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script><title>x</title>"
    part = only_part(read(page(f"<p>{FERRY}</p>", head), "a.html"))
    assert (part.title, part.published) == ("Ferries sail", datetime(2026, 11, 19, 12, tzinfo=UTC))


def test_a_small_page_is_read_too() -> None:
    assert only_part(read("<p>Ferries sail.<p>Crews&nbsp;rest.<br>Ports open.", "a.htm")).text == (
        "Ferries sail.\nCrews rest.\nPorts open."
    )


def test_several_articles_of_similar_size_are_several_stories() -> None:
    document = read(
        page(
            f"<article><h2><a href='https://x.example/1'>Harbour</a></h2><p>{STORM * 2}</p></article>"
            f"<article><h2>Ferries</h2><p>{FERRY * 2}</p></article>"
        ),
        "a.html",
    )
    assert [(part.title, part.text, part.url) for part in document.parts] == [
        ("Harbour", (STORM * 2).strip(), "https://x.example/1"),
        ("Ferries", (FERRY * 2).strip(), None),
    ]


def test_teasers_beside_an_article_are_not_stories() -> None:
    teaser = f"<article><h3>Ferries</h3><p>{FERRY}</p></article>"
    document = read(page(f"<article><h1>Harbour</h1>{f'<p>{STORM * 3}</p>' * 4}</article>{teaser}{teaser}"), "a.html")
    assert only_part(document).title == "Harbour"


def test_the_declared_encoding_of_a_page_is_used() -> None:
    text = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'></head><p>Žižkov</p>"
    document = read(text.encode("iso8859-2"), "a.html")
    assert (document.text, document.encoding) == ("Žižkov", "iso8859-2")


@pytest.mark.parametrize(
    "markup",
    ["<p>Oslo.</p>" + "<div>" * 50_000, "<b>" * 20_000 + "Oslo.", "<table><tr><td>" * 5_000 + "Oslo.", "Oslo.<!--"],
    ids=["divs", "bolds", "tables", "comment"],
)
def test_hostile_nesting_is_read_or_rejected(markup: str) -> None:
    assert text_or_rejection(markup, "a.html").strip()


# JSON


def test_an_object_is_a_story() -> None:
    row = {"title": "Harbour", "text": STORM, "url": "https://x.example/1", "published": "2026-11-20T10:00:00+02:00"}
    assert only_part(read(json.dumps({**row, "source": {"name": "Post"}}), "a.json")) == DocumentPart(
        STORM, True, "Harbour", "https://x.example/1", datetime(2026, 11, 20, 8, tzinfo=UTC), "Post"
    )


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"stories": rows}, lambda rows: {"articles": rows}])
def test_a_list_of_stories_is_found_inside_an_object(wrap: object) -> None:
    rows = [{"headline": "Harbour", "content": STORM}, {"headline": "Ferries", "body": FERRY}, {"headline": "Soon"}]
    document = read(json.dumps(wrap(rows)), "a.json")  # type: ignore[operator] # one of the lambdas above
    assert [(part.title, part.text) for part in document.parts] == [("Harbour", STORM), ("Ferries", FERRY)]
    assert document.notes == ('1 of 3 objects were left out: object 3 has no "text"',)


def test_markup_in_json_becomes_text() -> None:
    assert only_part(read(json.dumps({"text": "<p>Ports open.</p><p>Crews &amp; ferries</p>"}), "a.json")).text == (
        "Ports open.\nCrews & ferries"
    )


def test_a_repeated_headline_is_removed_from_the_text() -> None:
    assert only_part(read(json.dumps({"title": "Ports open", "text": "PORTS  OPEN\nCrews rest."}), "a.json")).text == (
        "Crews rest."
    )


def test_invalid_lines_are_skipped_and_counted() -> None:
    document = read(f'{{"text": "{FERRY}"}}\n\nnonsense\n{{"id": 1}}\n{{"text": "{STORM}"}}', "a.jsonl")
    assert [part.text for part in document.parts] == [FERRY, STORM]
    assert document.notes == (
        '2 of 4 lines were left out: line 3 is not valid JSON: Expecting value; line 4 has no "text"',
    )


def test_json_lines_in_a_json_file_are_read() -> None:
    assert len(read('{"text": "One."}\n{"text": "Two."}\n', "a.json").parts) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"stories": [}', "is not valid JSON: Expecting value, at line 1, column 14"),
        ('{"text": "a",\n\n oops}', "at line 3, column 2"),
        ("[" * 200_000, "nested too deep"),
        ("[]", 'needs a "text"'),
        ('{"title": "Only"}', 'needs a "text"'),
        ("17", 'needs a "text"'),
        ('{"text": "   "}', 'needs a "text"'),
        ('{"text": {"id": 17}}', 'needs a "text"'),
    ],
)
def test_json_without_stories_is_rejected_with_the_reason(text: str, words: str) -> None:
    assert words in reason(text, "a.json")


def test_json_lines_without_any_story_are_rejected() -> None:
    assert reason("nonsense\nmore", "a.jsonl") == "has no story: line 1 is not valid JSON: Expecting value"


def test_single_surrogates_and_nul_in_json_are_removed() -> None:
    assert only_part(read('{"text": "A \\ud83d ship\\u0000 sails."}', "a.json")).text == "A \ufffd ship sails."


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026/11/20 10:30", datetime(2026, 11, 20, 10, 30, tzinfo=UTC)),
        ("2026-11-20T10:30:00.123Z", datetime(2026, 11, 20, 10, 30, 0, 123000, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:30:00 +0100", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        (1795170600, datetime(2026, 11, 20, 10, 30, tzinfo=UTC)),
        (1795170600000, datetime(2026, 11, 20, 10, 30, tzinfo=UTC)),
        ("1795170600", datetime(2026, 11, 20, 10, 30, tzinfo=UTC)),
        *[(bad, None) for bad in list[object](["yesterday", "", 1e300, float("nan"), True, [], {}, "9999-99-99", "0"])],
        ("0001-01-01T00:00:00+23:00", None),
    ],
)
def test_common_forms_of_times_are_read(value: object, moment: datetime | None) -> None:
    assert only_part(read(json.dumps({"text": "One.", "date": value}), "a.json")).published == moment


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["text", "title", "items", "url", "date"]), inner)
        ),
    )
)
def test_any_json_gives_text_or_a_rejection(value: object) -> None:
    for name in ("a.json", "a.jsonl"):
        assert text_or_rejection(json.dumps(value), name).strip()


# Feeds

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Ports &amp; crews</title><link>https://x.example/1</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Ports open.&lt;/p&gt;&lt;p&gt;Crews rest.&lt;/p&gt;</description></item>
<item><title>Nothing more</title></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>tag:1</id>
<title>Ports</title><updated>2026-11-20T10:00:00Z</updated><summary>Short.</summary>
<content type="html">&lt;p&gt;Ports open again.&lt;/p&gt;</content></entry></feed>"""


def test_an_rss_entry_is_a_story() -> None:
    document = read(RSS, "a.xml")
    assert document.parts == (
        DocumentPart(
            "Ports open.\nCrews rest.",
            True,
            "Ports & crews",
            "https://x.example/1",
            datetime(2026, 11, 20, 10, tzinfo=UTC),
            "Harbour Post",
        ),
        DocumentPart("Nothing more", True, "Nothing more", source="Harbour Post", brief=True),
    )
    assert document.notes == ()


def test_an_atom_entrys_content_is_preferred_to_its_summary() -> None:
    assert only_part(read(ATOM, "a.atom")).text == "Ports open again."


def test_other_xml_is_rejected() -> None:
    assert reason("<?xml version='1.0'?><foo><bar/></foo>", "a.xml").startswith(
        "is not a feed: of XML files, only RSS and Atom"
    )
    assert (
        reason("<rss version='2.0'><channel><title>x</title></channel></rss>", "a.rss") == "is a feed without entries"
    )


def test_entity_bombs_are_not_expanded() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12)
    )
    rss = RSS.replace("<rss", f"{bomb}]><rss", 1).replace("Ports open.", "&m;")
    assert len(text_or_rejection(rss, "a.xml")) < 10_000


# Files


def rejected(path: Path, max_bytes: int = MAX_BYTES) -> str:
    with pytest.raises(SeedRejected) as caught:
        read_document(path, max_bytes)
    assert caught.value.path == str(path)
    return caught.value.code


def test_a_file_is_read_and_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(STORM.encode("utf-16"))
    document = read_document(tmp_path / "a.txt", MAX_BYTES)
    assert (document.text, document.encoding) == (STORM, "utf-16-le")


def test_unreadable_files_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\t\n\u3000")
    (tmp_path / "photo.jpeg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "folder.txt").mkdir()
    with zipfile.ZipFile(tmp_path / "zip.txt", "w") as archive:
        archive.writestr("a.txt", STORM)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(100_000_000)  # a hole: takes no room, and would take memory if it were read
    assert rejected(tmp_path / "empty.txt") == RejectReason.EMPTY
    assert rejected(tmp_path / "blank.txt") == RejectReason.NO_TEXT
    assert rejected(tmp_path / "photo.jpeg") == RejectReason.UNSUPPORTED_EXTENSION
    assert rejected(tmp_path / "folder.txt") in (RejectReason.FOLDER, RejectReason.NOT_A_REGULAR_FILE)
    assert rejected(tmp_path / "zip.txt") == RejectReason.ARCHIVE
    assert rejected(tmp_path / "large.txt") == RejectReason.TOO_LARGE
    assert rejected(tmp_path / "absent.txt") == RejectReason.VANISHED
    with pytest.raises(SeedRejected, match="is too large \\(100,000,000 bytes; the limit is 100,000\\)"):
        read_document(tmp_path / "large.txt", MAX_BYTES)


def test_pipes_sockets_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert rejected(tmp_path / "pipe.txt") == RejectReason.NOT_A_REGULAR_FILE
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        assert rejected(tmp_path / "socket.txt") == RejectReason.NOT_A_REGULAR_FILE
    assert rejected(Path("/dev/zero")) == RejectReason.NOT_A_REGULAR_FILE


def test_circular_links_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert rejected(tmp_path / "a.txt") == RejectReason.LINK_LOOP


def test_a_file_without_read_permission_is_rejected() -> None:
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        path = Path(home, "a.txt")
        path.write_text(STORM)
        path.chmod(0)
        with as_nobody():
            assert rejected(path) == RejectReason.PERMISSION_DENIED


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


# Analysing


def test_stories_of_a_document_are_numbered_throughout() -> None:
    rows = [{"title": "Harbour", "text": STORM}, {"title": "Ferries", "text": FERRY}]
    analyses = read(json.dumps(rows), "a.json").analyse(engine="lead", sentences=1)
    assert [analysis.story.position for analysis in analyses] == [0, 1]
    assert [analysis.headline for analysis in analyses] == ["Harbour", "Ferries"]
    assert analyses[1].summary[0].text in FERRY


def test_a_file_that_changes_while_it_is_read_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORM)
    read_on = os.read

    def read_while_another_writes(handle: int, size: int) -> bytes:
        with path.open("a") as file:
            file.write(FERRY)
        return read_on(handle, size)

    monkeypatch.setattr(os, "read", read_while_another_writes)
    assert rejected(path) == RejectReason.CHANGING
