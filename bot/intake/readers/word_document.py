"""Word documents (DOCX, Office Open XML): headings by style, paragraphs, lists and tables.

Deleted, hidden and fallback text is left out; text that was inserted under review is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from bot.intake.encodings import normalize_text
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.readers.text_blocks import TextBlock, stories_of_blocks
from bot.intake.readers.zip_members import ZipMembers
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_word_document"]

_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_LEFT_OUT: Final = frozenset(
    ("del", "moveFrom", "instrText", "delText", "Fallback", "txbxContent", "footnote", "endnote")
)
"""Elements whose text isn't the paragraph's; text boxes have paragraphs of their own."""

_TITLE_LEVEL: Final = 1
_MOST_LEVELS: Final = 9
"""Levels of headings that Word has."""


def read_word_document(data: bytes) -> ReadDocument:
    """Read the stories that headings separate, or the whole text.

    Raises Unreadable.
    """
    members = ZipMembers(data, _BODY)
    root = members.read_xml(_BODY)
    levels = _heading_levels(members.read_xml(_STYLES)) if _STYLES in members else {}
    blocks = [block for block in _blocks(root, levels) if block.text]
    parts = [
        DocumentPart(
            story.text, one_story=story.one_story, title=story.heading.text if story.heading is not None else None
        )
        for story in stories_of_blocks(blocks, titled=False)
        if story.text
    ]
    if not parts:
        raise Unreadable(RejectReason.NO_TEXT)
    return ReadDocument(with_neighbours(parts), "utf-8")


def _name(element: Any) -> str:
    """Return an element's name without its namespace, which differs between kinds of the format."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: Any) -> str:
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == "val"), "")


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _name(child) == name)


def _heading_levels(styles: Any) -> dict[str, int]:
    """Return the level of each style that makes a paragraph a heading."""
    levels: dict[str, int] = {}
    for style in _children(styles, "style"):
        identity = next((value for key, value in style.attrib.items() if etree.QName(key).localname == "styleId"), "")
        name = next((_value(child).lower() for child in _children(style, "name")), "")
        if name == "title":
            levels[identity] = _TITLE_LEVEL
        elif name.startswith("heading ") and name[8:].isdigit():
            levels[identity] = _TITLE_LEVEL + min(int(name[8:]), _MOST_LEVELS)
    return levels


def _blocks(root: Any, levels: dict[str, int]) -> Iterator[TextBlock]:
    rows: set[Any] = set()
    for element in root.iter():
        name = _name(element)
        if name == "tr" and not any(_name(parent) == "tr" for parent in element.iterancestors()):
            cells = (" ".join(filter(None, map(_text, cell.iter()))) for cell in _children(element, "tc"))
            yield TextBlock(" | ".join(filter(None, cells)))
            rows.add(element)
        elif name == "p" and not any(
            parent in rows or _name(parent) in ("Fallback", "del", "moveFrom") for parent in element.iterancestors()
        ):
            level, is_item = _properties(element, levels)
            lines = _text(element).split("\n")
            if level:
                yield TextBlock(" ".join(line.strip() for line in lines).strip(), level)
            else:
                yield from (TextBlock(line.strip(), is_item=is_item) for line in lines)


def _properties(paragraph: Any, levels: dict[str, int]) -> tuple[int, bool]:
    """Return a heading's level, 0 for other paragraphs, and whether it is a list's item."""
    level, is_item = 0, False
    for properties in _children(paragraph, "pPr"):
        for each in properties:
            match _name(each):
                case "pStyle":
                    level = levels.get(_value(each), 0)
                case "outlineLvl" if _value(each).isdigit() and int(_value(each)) < _MOST_LEVELS:
                    level = level or _TITLE_LEVEL + 1 + int(_value(each))
                case "numPr":
                    is_item = True
    return level, is_item


def _text(element: Any) -> str:
    """Return the text of a paragraph; "" for other elements."""
    if _name(element) != "p":
        return ""
    pieces: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        each = waiting.pop()
        match _name(each):
            case "t":
                pieces.append(each.text or "")
            case "tab" | "ptab":
                pieces.append(" ")
            case "br" | "cr":
                pieces.append("\n")
            case "noBreakHyphen":
                pieces.append("\u2011")
            case "r" if _is_hidden(each):
                pass
            case name if name not in _LEFT_OUT and name != "pPr":
                waiting += reversed(each)
    return normalize_text("".join(pieces)).strip()


def _is_hidden(run: Any) -> bool:
    return any(
        _name(each) == "vanish" and _value(each) not in ("0", "false")
        for properties in _children(run, "rPr")
        for each in properties
    )
