"""How is a page drawn for Discord, within Discord's limits whatever the text?

`draw` gives the JSON of one or more messages, in one of three looks: Components V2, embeds, plain text. A story
is never parted over two messages while it fits in one. Nothing here imports discord.py: what is drawn can be
stored, sent, and drawn again the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.newsroom.models import Look
from bot.rendering.layout import Block, Button, Group, Line, Menu, Page, Row, Rule, Span
from bot.rendering.palette import accent_of
from bot.rendering.safe import clean, cut, markdown, safe_url

__all__ = ["COMPONENTS_V2", "DrawnMessage", "draw", "draw_messages", "line_markup"]

COMPONENTS_V2: Final = 1 << 15
Payload = dict[str, Any]

_TEXT_LIMIT: Final = 3900  # of Discord's 4000 characters of text in a message of components
_COMPONENT_LIMIT: Final = 40
_EMBED_LIMIT: Final = 3900  # of 4096 in a description; 6000 in a message
_PLAIN_LIMIT: Final = 1950  # of 2000
_LABEL_LIMIT: Final = 80
_LINE_LIMIT: Final = 1500

_PREFIX = {"title": "## ", "heading": "### ", "small": "-# ", "quote": "> ", "body": ""}


@dataclass(frozen=True, slots=True)
class DrawnMessage:
    """One message: `payload` for Discord, and the keys of the groups that begin in it, in order."""

    payload: Payload
    keys: tuple[str, ...]


def draw(page: Page, look: Look = Look.COMPONENTS, *, most: int = 10) -> list[Payload]:
    """The payloads of `draw_messages`."""
    return [message.payload for message in draw_messages(page, look, most=most)]


def draw_messages(page: Page, look: Look = Look.COMPONENTS, *, most: int = 10) -> list[DrawnMessage]:
    """The messages that show `page`, in order; at least one, at most `most`. What doesn't fit is left out.

    Each payload is what POST /channels/{id}/messages takes: mentions nobody, and carries the page's footer.
    """
    footer = line_markup(page.footer) if page.footer else ""
    chunks = list(_chunks(page.blocks, _room(look), len(footer) + 1))[:most] or [_Chunk([])]
    messages = []
    for chunk in chunks:
        shape = {Look.COMPONENTS: _components, Look.EMBEDS: _embeds, Look.PLAIN: _plain}[look]
        payload = shape(chunk, page, footer)
        payload["allowed_mentions"] = {"parse": []}
        messages.append(DrawnMessage(payload, tuple(chunk.keys)))
    return messages


def line_markup(line: Line, most: int = _LINE_LIMIT) -> str:
    """A line as Discord markup, at most `most` characters; "" when nothing visible is in it."""
    prefix = _PREFIX[line.size]
    room = most - len(prefix)
    parts: list[str] = []
    for span in line.spans:
        part = _span(span, room, first=not parts)
        if not part:
            continue
        if len(part) > room:
            break
        parts.append(part)
        room -= len(part)
    body = "".join(parts).strip()
    return prefix + body if body else ""


def _span(span: Span, room: int, *, first: bool) -> str:
    if span.at is not None:
        return f"<t:{int(span.at.timestamp())}:f>"
    if span.trusted:
        return span.text
    lead = " " if span.text[:1].isspace() and not first else ""
    tail = " " if span.text[-1:].isspace() else ""
    marks = {"bold": "**", "italic": "*", "struck": "~~", "code": "`", "plain": ""}[span.style]
    url = safe_url(span.url)
    overhead = len(lead) + len(tail) + 2 * len(marks) + (len(url) + 4 if url else 0)
    raw = clean(span.text)
    if not raw:
        return lead or tail
    escaped = markdown(raw)
    if span.style == "code":
        escaped = raw.replace("`", "'")
    if len(escaped) + overhead > room:
        escaped = cut(escaped, max(room - overhead, 0))
        if not escaped:
            return ""
    if url:
        escaped = f"[{escaped}]({url})"
    return f"{lead}{marks}{escaped}{marks}{tail}"


@dataclass(slots=True)
class _Room:
    """What one message holds: characters of text, and components."""

    text: int
    components: int


def _room(look: Look) -> _Room:
    if look is Look.COMPONENTS:
        return _Room(_TEXT_LIMIT, _COMPONENT_LIMIT - 4)  # container, footer, its rule, a spare one
    if look is Look.EMBEDS:
        return _Room(_EMBED_LIMIT, 5)
    return _Room(_PLAIN_LIMIT, 5)


@dataclass(slots=True)
class _Chunk:
    """The blocks of one message, groups whole or in pieces, and the keys of groups that begin here."""

    blocks: list[Block]
    keys: list[str] = field(default_factory=list)


def _chunks(blocks: Sequence[Block], room: _Room, footer: int) -> Iterator[_Chunk]:
    current: list[Block] = []
    keys: list[str] = []
    text, parts = footer, 0
    for block, key in _pieces(blocks, room, footer):
        size, count = _size(block), _count(block)
        if current and (text + size > room.text or parts + count > room.components):
            yield _Chunk(_trimmed(current), keys)
            current, keys, text, parts = [], [], footer, 0
        current.append(block)
        if key is not None:
            keys.append(key)
        text += size
        parts += count
    if _trimmed(current):
        yield _Chunk(_trimmed(current), keys)


def _pieces(blocks: Sequence[Block], room: _Room, footer: int) -> Iterator[tuple[Block, str | None]]:
    """The same blocks, with groups that fit no message taken apart; a group's key comes with its first block."""
    for block in blocks:
        if not isinstance(block, Group):
            yield block, None
        elif _size(block) > room.text - footer or _count(block) > room.components:
            for number, inner in enumerate(block.blocks):
                yield inner, block.key if number == 0 else None
        else:
            yield block, block.key


def _trimmed(blocks: list[Block]) -> list[Block]:
    start, end = 0, len(blocks)
    while start < end and isinstance(blocks[start], Rule):
        start += 1
    while end > start and isinstance(blocks[end - 1], Rule):
        end -= 1
    return blocks[start:end]


def _size(block: Block) -> int:
    if isinstance(block, Line):
        return len(line_markup(block)) + 1
    if isinstance(block, Group):
        return sum(_size(inner) for inner in block.blocks)
    return 0


def _count(block: Block) -> int:
    if isinstance(block, Group):
        texts = _runs(block.blocks)
        return sum(1 if isinstance(run, str) else _count(run) for run in texts) + (2 if block.aside else 0)
    if isinstance(block, Row):
        return 1 + len(block.items)
    return 1


def _runs(blocks: Sequence[Block]) -> list[str | Block]:
    """Neighbouring lines become one text."""
    runs: list[str | Block] = []
    for block in blocks:
        if isinstance(block, Line):
            markup = line_markup(block)
            if not markup:
                continue
            if runs and isinstance(runs[-1], str):
                runs[-1] += "\n" + markup
            else:
                runs.append(markup)
        else:
            runs.append(block)
    return runs


def _components(chunk: _Chunk, page: Page, footer: str) -> Payload:
    inner: list[Payload] = []
    rows: list[Payload] = []
    for run in _flat_runs(chunk.blocks):
        if isinstance(run, str):
            inner.append({"type": 10, "content": run})
        elif isinstance(run, Rule):
            inner.append({"type": 14, "divider": True, "spacing": 1})
        elif isinstance(run, Row):
            if run.items:
                rows.append(_row(run))
                inner.append(rows[-1])
        elif isinstance(run, Group) and run.aside:
            texts = "\n".join(part for part in _runs(run.blocks) if isinstance(part, str))
            inner.append(
                {"type": 9, "components": [{"type": 10, "content": texts or "\u200b"}], "accessory": _button(run.aside)}
            )
    if footer:
        inner.append({"type": 10, "content": footer})
    if not inner:
        inner.append({"type": 10, "content": "\u200b"})
    container: Payload = {"type": 17, "components": inner}
    color = accent_of(page.accent or _first_accent(chunk.blocks))
    if color is not None:
        container["accent_color"] = color
    return {"components": [container], "flags": COMPONENTS_V2}


def _flat_runs(blocks: Sequence[Block]) -> list[str | Block]:
    """Lines joined to texts, groups without an aside opened, groups of one message kept as texts of their own."""
    result: list[str | Block] = []
    lines: list[Block] = []

    def flush() -> None:
        result.extend(_runs(lines))
        lines.clear()

    for block in blocks:
        if isinstance(block, Group):
            flush()
            if block.aside:
                result.append(block)
            else:
                result.extend(_runs(block.blocks))
        else:
            lines.append(block)
    flush()
    return result


def _embeds(chunk: _Chunk, page: Page, footer: str) -> Payload:
    texts, rows = _text_and_rows(chunk.blocks)
    embed: Payload = {"description": "\n".join(texts)[:4096] or "\u200b"}
    color = accent_of(page.accent or _first_accent(chunk.blocks))
    if color is not None:
        embed["color"] = color
    if footer:
        embed["footer"] = {"text": cut(clean(page.footer.plain if page.footer else ""), 2000)}
    return {"embeds": [embed], "components": rows}


def _plain(chunk: _Chunk, page: Page, footer: str) -> Payload:
    texts, rows = _text_and_rows(chunk.blocks)
    content = "\n".join([*texts, footer] if footer else texts)
    return {"content": content[:2000] or "\u200b", "components": rows, "flags": 1 << 2}


def _text_and_rows(blocks: Sequence[Block]) -> tuple[list[str], list[Payload]]:
    texts: list[str] = []
    rows: list[Payload] = []
    for block in blocks:
        if isinstance(block, Line):
            markup = line_markup(block)
            if markup:
                texts.append(markup)
        elif isinstance(block, Rule):
            texts.append("")
        elif isinstance(block, Row):
            if block.items:
                rows.append(_row(block))
        else:
            inner, inner_rows = _text_and_rows(block.blocks)
            texts += [*inner, ""]
            rows += inner_rows
    while texts and not texts[-1]:
        texts.pop()
    return texts, rows[:5]


def _row(row: Row) -> Payload:
    return {"type": 1, "components": [_button(i) if isinstance(i, Button) else _menu(i) for i in row.items][:5]}


def _button(button: Button) -> Payload:
    url = safe_url(button.url)
    label = cut(clean(button.label), _LABEL_LIMIT) or "…"
    if url:
        return {"type": 2, "style": 5, "label": label, "url": url, "disabled": button.disabled}
    return {
        "type": 2,
        "style": 1 if button.primary else 2,
        "label": label,
        "custom_id": button.action or "none",
        "disabled": button.disabled or button.action is None,
    }


def _menu(menu: Menu) -> Payload:
    options = []
    for choice in menu.choices[:25]:
        option: Payload = {"label": cut(clean(choice.label), 100) or "…", "value": choice.value[:100]}
        if choice.description and clean(choice.description):
            option["description"] = cut(clean(choice.description), 100)
        if choice.chosen:
            option["default"] = True
        options.append(option)
    return {
        "type": 3,
        "custom_id": menu.action,
        "placeholder": cut(clean(menu.placeholder), 150),
        "options": options,
        "min_values": min(menu.least, len(options)),
        "max_values": max(1, min(menu.most, len(options))),
    }


def _first_accent(blocks: Sequence[Block]) -> str | None:
    return next((block.accent for block in blocks if isinstance(block, Group) and block.accent), None)
