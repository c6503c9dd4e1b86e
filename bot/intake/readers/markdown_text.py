"""The text of Markdown: headings, paragraphs and rules, without their marks.

What programs add to CommonMark is understood where notes and pages have it: tables, wiki links, callouts, comments and
marks of Obsidian, shortcodes of Hugo, tags of Jekyll, footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.intake.readers.html import text_of_html
from bot.intake.readers.limits import cut_references, remove_comments
from bot.intake.readers.metadata import parse_url
from bot.intake.readers.text_blocks import RULE, TextBlock

__all__ = ["has_markdown", "markdown_blocks", "text_of_markdown"]

_MOST_LEVELS: Final = 20
"""Levels of lists, quotes and brackets that are read: the parser looks at a bracket once for each."""

_BRACKETS = re.compile(r"(?:!?\[){8,}")
"""Opening brackets that no text has."""

_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,2000}[>%]\}\}|\{%[^{}]{0,2000}%\}|\{\{[^{}]{0,500}\}\}")
"""A call of Hugo's, Jekyll's or another generator's templates."""

_ATTRIBUTES = re.compile(r"\{:[^{}\n]{0,200}\}|(?<=\S)[ \t]*\{[#.][^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
"""Classes and ids that kramdown and Pandoc write behind an element."""

_NOTE_COMMENT = re.compile(r"%%(?:[^%]|%(?!%)){0,20000}%%")
_EMBED = re.compile(r"!\[\[[^\[\]\n]{0,300}\]\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_CALLOUT = re.compile(r"^((?:[ \t]{0,3}>)+[ \t]*)\[![\w-]{1,40}\][+-]?[ \t]*", re.MULTILINE)
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]{1,40}[ \t]*$", re.MULTILINE)
_CONTENTS = re.compile(r"^[ \t]*(?:\[TOC\]|\[\[_TOC_\]\]|\{:toc\})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TAGS = re.compile(r"^[ \t]*(?:#[\w/-]{1,60}[ \t]*)+$", re.MULTILINE)
"""A line of nothing but tags; a heading has a blank behind its hashes."""

_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\[\]\n]{1,60}\]:.*(?:\n(?: {4}|\t).*)*", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\[\]\n]{1,60}\]")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,1000}?)(?<=\S)==")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_SENTENCE_ENDINGS: Final = tuple('.!?…"”’»)。！？:|')
_WRAPPED_LINE: Final = 120
"""Characters from which on a line isn't part of a wrapped paragraph: editors wrap at 72 to 100."""

_SIGNS = re.compile(r"^ {0,3}#{1,6} \S|\]\(https?://|\*\*\S[^*\n]{0,300}\S\*\*", re.MULTILINE)
"""Marks that plain text hasn't; dashes and numbers before lines it has."""


def has_markdown(text: str) -> bool:
    """Return whether a text has headings, links or strong words of Markdown."""
    return _SIGNS.search(text) is not None


def text_of_markdown(text: str) -> str:
    """Return the text of Markdown, one line a paragraph."""
    return "\n".join(block.text for block in markdown_blocks(text) if block.text != RULE)


def markdown_blocks(text: str) -> list[TextBlock]:
    """Return the blocks of a Markdown text in order, without code, pictures and comments."""
    tokens = _parser().parse(_without_extensions(cut_references(remove_comments(text))))
    return [block for block in _blocks(tokens) if block.text]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_LEVELS}).enable(["table", "strikethrough"])
    return parser.disable("code")  # what is indented in notes and pages is text


def _without_extensions(text: str) -> str:
    """Return the text without what CommonMark doesn't know."""
    if "{" in text:
        text = _ATTRIBUTES.sub("", _SHORTCODE.sub("", text))
    if "%%" in text:
        text = _NOTE_COMMENT.sub("", text)
    if "[" in text:
        text = _BRACKETS.sub("", text)
        text = _CONTENTS.sub("", text)
        text = _FOOTNOTE_MARK.sub("", _FOOTNOTE.sub("", text))
        text = _CALLOUT.sub(r"\1", _WIKI_LINK.sub(r"\1", _EMBED.sub("", text)))
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\1", text)
    if "^" in text:
        text = _BLOCK_ID.sub("", text)
    return _TAGS.sub("", text) if "#" in text else text


def _blocks(tokens: Sequence[Token]) -> Iterator[TextBlock]:
    level = 0
    cells: list[str] | None = None
    item = False
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "list_item_open":
                item = True
            case "list_item_close":
                item = False
            case "tr_open":
                cells = []
            case "tr_close":
                yield TextBlock(" | ".join(filter(None, cells or [])))
                cells = None
            case "hr":
                yield TextBlock(RULE)
            case "html_block":
                for line in text_of_html(token.content).split("\n"):
                    yield TextBlock(line.strip())
            case "inline":
                lines = _lines(token)
                if cells is not None:
                    cells.append(" ".join(lines).strip())
                elif level:
                    yield from _heading(token, lines, level)
                else:
                    link, linked = _first_link(token)
                    for line in _joined(lines):
                        yield TextBlock(line, link=link, linked=linked, is_item=item)
                        link, linked = None, ""


def _heading(token: Token, lines: Sequence[str], level: int) -> Iterator[TextBlock]:
    """Yield a heading, or the paragraph that dashes below it would make one.

    A text that ends like a sentence is no heading, and the dashes are a rule.
    """
    text = " ".join(filter(None, (line.strip() for line in lines)))
    if token.map is not None and level == 2 and token.map[1] - token.map[0] > 1 and text.endswith(_SENTENCE_ENDINGS):
        yield from (TextBlock(line) for line in _joined(lines))
        yield TextBlock(RULE)
    else:
        yield TextBlock(text, level, *_first_link(token))


def _lines(token: Token) -> list[str]:
    """Return the lines of a paragraph as they are written; a hard break ends in a line feed."""
    text: list[str] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                text.append(child.content)
            case "softbreak":
                text.append("\n")
            case "hardbreak":
                text.append("\v")
            case "html_inline":
                text.append("\v" if _LINE_BREAK.fullmatch(child.content) else "")
    return "".join(text).replace("\v", "\n\n").split("\n")


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Join lines that were only wrapped.

    A line that ends a sentence, or is long, ends a line of text.
    """
    paragraph: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            if paragraph:
                yield " ".join(paragraph)
            paragraph = []
            continue
        paragraph.append(text)
        if text.endswith(_SENTENCE_ENDINGS) or len(line) >= _WRAPPED_LINE:
            yield " ".join(paragraph)
            paragraph = []
    if paragraph:
        yield " ".join(paragraph)


def _first_link(token: Token) -> tuple[str | None, str]:
    """Return address and text of the link that a paragraph or heading begins with."""
    address: str | None = None
    text: list[str] = []
    for child in token.children or ():
        if child.type == "link_open":
            address = parse_url(str(child.attrs.get("href") or ""))
        elif child.type == "link_close":
            break
        elif child.type in ("text", "code_inline"):
            text.append(child.content)
            if address is None and child.content.strip():
                return None, ""
    return address, "".join(text).strip() if address is not None else ""
