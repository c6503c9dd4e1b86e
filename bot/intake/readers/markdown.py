"""Markdown: its text without marks. Headings that stand beside each other part stories; a page without is split."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.intake.encodings import decode
from bot.intake.readers.metadata import parse_label, parse_time, parse_url
from bot.intake.types import DocumentPart, ReadDocument

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"([A-Za-z_-]{1,40})[ \t]*:[ \t]*(.+)")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*\Z")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_MARKER = re.compile(r"\s*(?:>\s?)*(?:(?:[-+*]|\d{1,3}[.)])[ \t]+)?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = (
    (re.compile(r"!\[[^\]]*\](?:\([^)\s]*(?:\s+[\"'(][^)]*)?\)|\[[^\]]*\])"), ""),
    (re.compile(r"\[\^[^\]]+\](?::.*)?"), ""),
    (re.compile(r"\[([^\]]+)\](?:\([^)\s]*(?:\s+[\"'(][^)]*)?\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_ENDS = tuple('.!?…"”’»)。！？:|')
_LONG_LINE = 120


@dataclass(slots=True)
class _Section:
    """A heading (level 0 for none) and the lines below it."""

    level: int
    title: str | None
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(_paragraphs(self.lines))


def read_markdown(data: bytes) -> ReadDocument:
    """The stories of a page, or its text to be split when no heading parts it. Raises Unreadable."""
    decoded = decode(data)
    text, about = decoded.text, {}
    front = _FRONT.match(text)
    if front is not None:
        text = text[front.end() :]
        about = {
            found[1].lower(): found[2].strip(" \t\"'")
            for found in map(_FRONT_LINE.match, front[1].split("\n"))
            if found
        }
    sections = [part for part in _sections(_COMMENT.sub("", text)) if part.title is not None or part.text]
    pieces = [
        DocumentPart(
            told,
            one_story=title is not None or "title" in about,
            title=title or parse_label(about.get("title")),
            url=parse_url(about.get("url") or about.get("link")),
            published=parse_time(about.get("published") or about.get("date")),
            source=parse_label(about.get("source") or about.get("publisher")),
        )
        for title, told in _stories(sections)
        if told
    ]
    return ReadDocument(tuple(pieces), decoded.encoding, decoded.notes)


def _stories(sections: list[_Section]) -> Iterator[tuple[str | None, str]]:
    """(title, text) of each story: the headings of the highest level that there are several of part them.

    A single heading at the top is the story's when text follows it at once, and otherwise the page's.
    """
    levels = sorted({part.level for part in sections if part.level})
    if not levels:
        yield None, "\n".join(part.text for part in sections)
        return
    top = levels[0]
    heads = [at for at, part in enumerate(sections) if part.level == top]
    if len(heads) == 1 and len(levels) > 1 and not sections[heads[0]].text:
        deeper = [at for at, part in enumerate(sections) if part.level == levels[1]]
        if len(deeper) > 1:
            heads = deeper
    before = "\n".join(part.text for part in sections[: heads[0]] if part.text)
    if before:
        yield None, before
    for head, following in zip(heads, [*heads[1:], len(sections)], strict=True):
        lines = [sections[head].text]
        for part in sections[head + 1 : following]:
            lines += [part.title or "", part.text]
        yield sections[head].title, "\n".join(line for line in lines if line)


def _sections(text: str) -> Iterator[_Section]:
    """The page by its headings, outside of code."""
    section = _Section(0, None)
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark is not None and mark[1].startswith(fence):
                fence = ""
            continue
        if mark is not None:
            fence = mark[1]
            continue
        heading = _ATX.match(line)
        if heading is not None:
            yield section
            section = _Section(len(heading[1]), _plain(heading[2] or "") or None)
            continue
        under = _UNDERLINE.match(line)
        if under is not None and section.lines and section.lines[-1].strip():
            title = section.lines.pop()
            if under[1][0] == "=" or not title.rstrip().endswith(_ENDS):
                yield section
                section = _Section(1 if under[1][0] == "=" else 2, _plain(title))
                continue
            section.lines.append(title)
        section.lines.append("" if _BREAK.match(line) else line)
    yield section


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines without marks; those that were only wrapped are put together again."""
    held = ""
    for line in lines:
        marked = _MARKER.match(line)
        said = _plain(line[marked.end() :] if marked else line)
        begins = bool(marked and marked[0].strip())
        if held and (not said or begins):
            yield held
            held = ""
        if not said:
            continue
        held = f"{held} {said}" if held else said
        if said.endswith(_ENDS) or len(line) >= _LONG_LINE or line.endswith(("  ", "\\")):
            yield held
            held = ""
    if held:
        yield held


def _plain(text: str) -> str:
    for pattern, by in _INLINE:
        text = pattern.sub(by, text)
    return html.unescape(text).strip()
