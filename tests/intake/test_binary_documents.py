"""Word documents, e-books and PDF documents: their text comes in, and hostile ones are refused in bounded memory."""

from __future__ import annotations

import sys
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest

from bot.errors import SeedRejected
from bot.intake.file_reader import read_bytes
from bot.intake.readers import reject_unsupported
from bot.intake.types import ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason
from tests.intake.binary_documents import epub, pdf, word_document, zipped

STORM = "The harbour of Oslo reopened on Monday after a storm closed it for three days, officials said."
FERRY = "Ferries to Nesodden sailed again at noon, and the mayor thanked the crews who had waited on board."
GOATS = "Eleven goats ate the garden of the mayor of Utrecht on Sunday, a neighbour said."
CHEESE = (
    "The cheese makers of Edam asked the goats of the province for help on Tuesday, and were not heard by any of them."
)
WRAPPED = [
    "The harbour of Oslo reopened on Monday after a storm had closed it for three",
    "days, officials said. Ferries to Nesodden sailed again at noon, and the may-",
    "or thanked the crews.",
    "Eleven goats ate the garden of the mayor of Utrecht on Sunday, a neighbour",
    "said.",
]
JOINED = (
    "The harbour of Oslo reopened on Monday after a storm had closed it for three days, officials said. Ferries to "
    "Nesodden sailed again at noon, and the mayor thanked the crews.\n"
    "Eleven goats ate the garden of the mayor of Utrecht on Sunday, a neighbour said."
)


def read(data: bytes, name: str) -> ReadDocument:
    return read_bytes(data, name, 20_000_000)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(SeedRejected) as caught:
        read(data, name)
    return caught.value.code


# Word documents


def test_a_word_document_is_an_article_with_headings_inside() -> None:
    data = word_document(("Titel", "Harbour reopens"), STORM, ("berschrift1", "Background"), FERRY)
    (part,) = read(data, "a.docx").parts
    assert (part.title, part.text, part.one_story) == ("Harbour reopens", f"{STORM}\nBackground\n{FERRY}", True)


def test_headings_of_a_word_document_separate_stories() -> None:
    data = word_document(
        ("berschrift1", "Harbour of Oslo reopens"), STORM, ("berschrift1", "Goats eat a garden"), GOATS
    )
    assert [(part.title, part.text) for part in read(data, "a.docx").parts] == [
        ("Harbour of Oslo reopens", STORM),
        ("Goats eat a garden", GOATS),
    ]


def test_a_word_document_without_headings_is_split_as_text() -> None:
    (part,) = read(word_document(STORM, FERRY), "a.docx").parts
    assert (part.text, part.one_story) == (f"{STORM}\n{FERRY}", False)


def test_what_word_does_not_show_is_no_text() -> None:
    body = (
        "<w:p><w:r><w:t>The mayor</w:t></w:r><w:del><w:r><w:delText> never</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t xml:space='preserve'> spoke</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> in secret</w:t></w:r>"
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:r><w:tab/><w:t>today.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Town</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Oslo</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl><w:p><w:r><w:t>She left.</w:t><w:br/><w:t>He came.</w:t></w:r></w:p>"
    )
    assert read(word_document(body=body), "a.docx").text == "The mayor spoke today.\nTown | Oslo\nShe left.\nHe came."


def test_a_word_document_is_known_under_any_name() -> None:
    assert read(word_document(STORM), "notes.txt").text == STORM


# E-books


def test_the_pages_of_an_ebook_are_stories_in_its_order() -> None:
    about = (
        "<dc:title>The Harbour Post</dc:title><dc:language>en</dc:language><dc:publisher>Harbour Press</dc:publisher>"
        "<dc:date>2026-11-29</dc:date>"
    )
    pages = {
        "b%20page.xhtml": f"<h1>Harbour of Oslo reopens</h1><p>{STORM}</p><p>{FERRY}</p>",
        "a.xhtml": f"<h1>Goats eat a garden</h1><p>{GOATS}</p><p>{CHEESE}</p>",
        "cover.xhtml": "<p>THE HARBOUR POST</p>",
    }
    document = read(epub(pages, about=about), "issue.epub")
    assert [part.text.split("\n")[-2:] for part in document.parts] == [
        [STORM, FERRY],
        [GOATS, CHEESE],
    ]
    assert {(part.source, part.language, part.published) for part in document.parts} == {
        ("Harbour Press", "en", datetime(2026, 11, 29, tzinfo=UTC))
    }
    assert [analysis.headline for analysis in document.analyse()] == ["Harbour of Oslo reopens", "Goats eat a garden"]
    assert document.notes == ("1 of 3 pages hold no text and were left out: cover.xhtml",)


def test_a_book_whose_pages_are_encrypted_is_refused() -> None:
    protected = {"META-INF/encryption.xml": '<encryption><CipherReference URI="OEBPS/a.xhtml"/></encryption>'}
    assert refusal(epub({"a.xhtml": f"<p>{STORM}</p>"}, extra=protected), "a.epub") == RejectReason.ENCRYPTED


# PDF documents


def test_lines_of_a_pdf_become_paragraphs() -> None:
    assert read(pdf(WRAPPED), "a.pdf").text == JOINED


def test_running_titles_and_page_numbers_are_no_text() -> None:
    towns = ["Oslo", "Bergen", "Kiel", "Riga"]
    pages = [
        [
            "The Harbour Post",
            *[line.replace("Oslo", town).replace("said.", f"said in {town}.") for line in WRAPPED],
            f"Page {at} of 4",
        ]
        for at, town in enumerate(towns, 1)
    ]
    expected = [JOINED.replace("Oslo", town).replace("neighbour said.", f"neighbour said in {town}.") for town in towns]
    expected = [
        text.replace("officials said.", f"officials said in {town}.")
        for text, town in zip(expected, towns, strict=True)
    ]
    assert read(pdf(*pages), "a.pdf").text == "\n".join(expected)


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    pages = [
        ["The Harbour Post", *WRAPPED[:2], "1"],
        ["The Harbour Post", *WRAPPED[2:], "2"],
        ["The Harbour Post", "3"],
    ]
    assert read(pdf(*pages), "a.pdf").text == JOINED


def test_what_browsers_print_around_a_page_is_no_text() -> None:
    lines = ["11/30/26, 9:37 PM The Harbour Post", *WRAPPED, "https://post.example/harbour 1/1"]
    assert read(pdf(lines), "a.pdf").text == JOINED


def test_a_heading_of_a_pdf_stands_alone() -> None:
    assert read(pdf(["Harbour reopens", *WRAPPED]), "a.pdf").text == f"Harbour reopens\n{JOINED}"


def test_a_scan_is_refused_by_its_reason() -> None:
    assert refusal(pdf([], []), "scan.pdf") == RejectReason.NO_TEXT_LAYER


def test_a_pdf_with_a_password_is_refused() -> None:
    assert refusal(pdf(WRAPPED, password=True), "a.pdf") == RejectReason.ENCRYPTED


def test_without_its_package_a_pdf_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(
        SeedRejected, match=r"is a PDF document, which needs the package pypdf: pip install 'gazette\[pdf\]'"
    ):
        read(pdf(WRAPPED), "a.pdf")


# Hostile files

BOMB = b"<w:document>" + b" " * 60_000_000 + b"</w:document>"
ENTITIES = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>'
REMOTE = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd"><w:document/>'


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _with_password() -> bytes:
    data = bytearray(word_document(STORM))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str, RejectReason]] = {
    "bomb": (lambda: zipped({"word/document.xml": BOMB}), "a.docx", RejectReason.UNPACKS_TOO_LARGE),
    "bomb of pages": (
        lambda: epub({f"{at}.xhtml": f"<p>{' ' * 15_000_000}</p>" for at in range(6)}),
        "a.epub",
        RejectReason.UNPACKS_TOO_LARGE,
    ),
    "entities": (lambda: zipped({"word/document.xml": ENTITIES}), "a.docx", RejectReason.DAMAGED),
    "remote type": (lambda: zipped({"word/document.xml": REMOTE}), "a.docx", RejectReason.DAMAGED),
    "no XML": (lambda: zipped({"word/document.xml": "<w:document"}), "a.docx", RejectReason.DAMAGED),
    "deep XML": (lambda: zipped({"word/document.xml": "<a>" * 100_000}), "a.docx", RejectReason.DAMAGED),
    "cut zip": (lambda: _cut(word_document(STORM)), "a.docx", RejectReason.DAMAGED),
    "password": (_with_password, "a.docx", RejectReason.ENCRYPTED),
    "no zip": (lambda: b"plain words", "a.docx", RejectReason.DAMAGED),
    "other zip": (lambda: zipped({"a.txt": STORM}), "a.docx", RejectReason.ARCHIVE),
    "no package": (
        lambda: zipped({"META-INF/container.xml": '<container><rootfile full-path="../../etc/passwd"/></container>'}),
        "a.epub",
        RejectReason.DAMAGED,
    ),
    "no text": (lambda: word_document(""), "a.docx", RejectReason.NO_TEXT),
    "cut PDF": (lambda: b"%PDF-1.4\n1 0 obj <<", "a.pdf", RejectReason.DAMAGED),
    "PDF loop": (lambda: pdf(WRAPPED).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), "a.pdf", RejectReason.DAMAGED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused_in_bounded_time(name: str) -> None:
    make, file, reason = HOSTILE[name]
    data = make()
    began = time.process_time()
    assert refusal(data, file) == reason
    assert time.process_time() - began < 5


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    read_on = zipfile.ZipExtFile.read

    def watched(self: zipfile.ZipExtFile, size: int = -1) -> bytes:
        data = read_on(self, size)
        sizes.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", watched)
    refusal(zipped({"word/document.xml": BOMB}), "a.docx")
    assert sum(sizes) < 21_000_000


@pytest.mark.parametrize(
    "data", [pdf(WRAPPED), word_document(STORM), epub({"a.xhtml": STORM})], ids=["pdf", "docx", "epub"]
)
def test_where_text_is_expected_documents_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        reject_unsupported(data)
    assert caught.value.rejection.reason is RejectReason.UNSUPPORTED_DOCUMENT


def test_archives_of_documents_are_archives() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("letter.docx", word_document(STORM))
    assert refusal(file.getvalue(), "letters.zip") == RejectReason.UNSUPPORTED_EXTENSION
    assert refusal(file.getvalue(), "letters.txt") == RejectReason.ARCHIVE
