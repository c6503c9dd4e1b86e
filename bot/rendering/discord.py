"""Pages as Discord messages, within Discord's limits whatever the text.

`draw_messages` gives the JSON of one or more messages, in one of three looks: Components V2, embeds, plain text. Each
block is drawn first and measured as drawn; messages are then filled with what fits, so that Discord can't refuse any of
them. A story is split over two messages only if it doesn't fit in one, and then between words. Nothing here imports
discord.py: a drawn message can be stored, sent, and drawn again the same.

Limits: https://docs.discord.com/developers/components/reference and /resources/message (read 2026).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from bot.newsroom.models import DigestStyle
from bot.rendering import charts
from bot.rendering.escape import clean, escape_markdown, truncate
from bot.rendering.layout import ActionRow, Block, Button, ChannelMenu, Chart, Group, Menu, Page, Paragraph, Rule, Span
from bot.rendering.links import label_of_link, safe_url
from bot.rendering.theme import accent_of

__all__ = [
    "CHANNEL_TYPES",
    "COMPONENTS_V2",
    "FILES_KEY",
    "DrawnMessage",
    "Payload",
    "draw",
    "draw_messages",
    "front_fits",
    "paragraph_markup",
    "permitted_look",
]

COMPONENTS_V2: Final = 1 << 15
"""The message flag that asks for Components V2."""

CHANNEL_TYPES: Final = (0, 2, 5, 10, 11, 12, 15)
"""Text, voice, announcements, threads, forums: the channels that can have a digest."""

FILES_KEY: Final = "files"
"""The payload's key for files to attach: each name with its contents in base64."""

Payload = dict[str, Any]

_SUPPRESS_EMBEDS: Final = 1 << 2
"""The message flag that hides previews of links."""

_TEXT: Final = 10
"""The type of the component that shows text."""

_THUMBNAIL: Final = 11
"""The type of the component that is a small picture beside a text."""

_BLANK: Final = "\u200b"

_LABEL_LIMIT: Final = 80  # characters of a button's label: Discord's limit
_ACTION_LIMIT: Final = 100  # characters of a custom id or an option's value: Discord's limit
_CHOICES: Final = 25  # options of a menu: Discord's limit
_BUTTONS: Final = 5  # buttons in a row: Discord's limit
_LINE_LIMIT: Final = 1500  # characters of a paragraph: with a footer it always fits in the plain look's 2,000
_FOOTER_LIMIT: Final = 300  # characters of a footer: beside the longest paragraph there is room for it

_PREFIX = {
    "masthead": "# ",
    "title": "## ",
    "heading": "### ",
    "section": "### ",
    "body": "",
    "item": "- ",
    "small": "-# ",
    "quote": "> ",
}
_MARKS: Final = "*~`"
_BLOCK_START = re.compile(r"^(?:#{1,3}|-#|>{1,3}|[-+*•]|\d+[.)])(?=\s)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_FRAME_COMPONENTS: Final = 3  # of a message beside its blocks: frame, footer, one spare
_ADMINISTRATOR: Final = 1 << 3  # a bit of Discord's permissions
_EMBED_LINKS: Final = 1 << 14  # as above
_ATTACH_FILES: Final = 1 << 15  # as above
_DESCRIPTION_LIMIT: Final = 1024  # characters of a picture's alternative text: Discord's limit
_MOST_FILES: Final = 10  # files of a message: Discord's limit


@dataclass(frozen=True, slots=True)
class DrawnMessage:
    """One message: `payload` for Discord, and the keys of the groups that begin in it, in order.

    `texts` has, by key, the markup of the groups and lines that are wholly or partly in it.
    """

    payload: Payload
    keys: tuple[str, ...]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Capacity:
    """The most that one message holds: characters of text, components, rows of buttons."""

    text: int
    components: int
    rows: int


_CAPACITIES: Final = {
    DigestStyle.CARDS: _Capacity(text=3900, components=40, rows=40),  # Discord: 4000 characters, 40 components
    DigestStyle.EMBEDS: _Capacity(text=3900, components=1000, rows=5),  # 4096 in a description, 6000 in a message
    DigestStyle.PLAIN: _Capacity(text=1950, components=1000, rows=5),  # 2000
}


def permitted_look(look: DigestStyle, permissions: int) -> DigestStyle:
    """The look that may be used with these permissions (Discord's bits).

    Without Embed Links it is plain text, without Attach Files there is no chart.
    """
    if look is DigestStyle.PLAIN or not permissions & (_ADMINISTRATOR | _EMBED_LINKS):
        return DigestStyle.PLAIN
    if look is DigestStyle.CHART and not permissions & (_ADMINISTRATOR | _ATTACH_FILES):
        return DigestStyle.CARDS
    return look


def draw(page: Page, look: DigestStyle = DigestStyle.CARDS, *, most: int = 10) -> list[Payload]:
    """The payloads of `draw_messages`."""
    return [message.payload for message in draw_messages(page, look, most=most)]


def draw_messages(page: Page, look: DigestStyle = DigestStyle.CARDS, *, most: int = 10) -> list[DrawnMessage]:
    """Return the messages that show `page`, in order: at least one, at most `most`.

    Each payload is what POST /channels/{id}/messages takes (without `FILES_KEY`, whose files go along as form fields).
    It mentions nobody and carries the page's footer.
    """
    footer = paragraph_markup(page.footer, _FOOTER_LIMIT) if page.footer else ""
    if look is DigestStyle.CHART:
        look = DigestStyle.CARDS
    else:
        page = replace(page, blocks=tuple(block for block in page.blocks if not isinstance(block, Chart)))
        look = DigestStyle.CARDS if look is DigestStyle.FRONT else look
    messages = []
    for chunk in list(_chunks(page, look, footer))[:most] or [_Chunk()]:
        shape = {DigestStyle.CARDS: _components, DigestStyle.EMBEDS: _embeds, DigestStyle.PLAIN: _plain}[look]
        payload = shape(chunk, page, footer)
        payload["allowed_mentions"] = {"parse": []}
        messages.append(DrawnMessage(payload, tuple(chunk.keys), chunk.texts))
    return messages


def front_fits(page: Page, characters: int) -> bool:
    """Return whether a front page is one message of at most so many characters."""
    needs = [_need(block) for block in page.blocks]
    text = sum(need.text for need in needs) + (len(paragraph_markup(page.footer)) + 1 if page.footer else 0)
    capacity = _CAPACITIES[DigestStyle.CARDS]
    components = sum(need.components for need in needs) + _FRAME_COMPONENTS
    return text <= min(characters, capacity.text) and components <= capacity.components


# A line as markup


@lru_cache(maxsize=256)  # a line is measured before it is drawn
def paragraph_markup(line: Paragraph, most: int = _LINE_LIMIT) -> str:
    """A line as Discord markup, at most `most` characters; "" when nothing visible is in it."""
    prefix = _PREFIX[line.size]
    room = most - len(prefix) - 1
    parts: list[str] = []
    own = False
    for span in line.spans:
        part = "" if span.typed else _span(span, room, first=not parts)
        if not part:
            continue
        if parts and parts[-1][-1] in _MARKS and part[0] in _MARKS:
            part = _BLANK + part  # or *a* and *b* would make *a**b*
        if len(part) > room:
            break
        if not parts:
            own = span.trusted
        parts.append(part)
        room -= len(part)
    body = "".join(parts).strip()
    if not body:
        return ""
    if not own:  # spans that are harmless alone can make a heading or a list together
        body = _BLOCK_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", body)
    return prefix + body


def _span(span: Span, room: int, *, first: bool) -> str:
    if span.at is not None:
        return f"<t:{int(span.at.timestamp())}:f>"
    if span.trusted:
        return span.text
    lead = " " if span.text[:1].isspace() and not first else ""
    tail = " " if span.text[-1:].isspace() else ""
    raw = clean(span.text)
    if not raw:
        return lead or tail
    marks = {"bold": "**", "italic": "*", "struck": "~~", "code": "`", "plain": ""}[span.style]
    start, end = (marks, marks)
    url = safe_url(span.url)
    label = label_of_link(raw, url) if url else raw
    if url and len(url) + (20 if label == raw else len(escape_markdown(label)) + 20) < room:
        raw = label
        start, end = f"{start}[", f"]({url}){end}"
    if _RIGHT_TO_LEFT.search(raw):
        start, end = f"{start}\u2068", f"\u2069{end}"  # so that it turns nothing around that stands beside it
    escaped = raw.replace("`", "'") if span.style == "code" else escape_markdown(raw)
    overhead = len(lead) + len(tail) + len(start) + len(end)
    if len(escaped) + overhead > room:
        escaped = truncate(escaped, max(room - overhead, 0))
        if not escaped:
            return ""
    return f"{lead}{start}{escaped}{end}{tail}"


def _parted(line: Paragraph) -> Iterator[Paragraph]:
    """The same line, or several that fit one message each when it is a long one of plain text."""
    if (
        len(line.spans) != 1
        or len(line.spans[0].text) <= _LINE_LIMIT // 2
        or len(paragraph_markup(line)) < _LINE_LIMIT - 99
    ):
        yield line
        return
    span, rest = line.spans[0], clean(line.spans[0].text)
    while rest:
        head = rest[: _LINE_LIMIT - 150]
        while len(escape_markdown(head)) > _LINE_LIMIT - 100:
            head = head[: len(head) * 2 // 3]
        if len(head) < len(rest) and (space := head.rfind(" ")) > 0:
            head = head[:space]
        yield replace(line, spans=(replace(span, text=head),))
        rest = rest[len(head) :].lstrip()


# Blocks into messages


@dataclass(slots=True)
class _Chunk:
    """The blocks of one message.

    `keys` are those of the groups that begin in it, `texts` the markup of each group and line by key.
    """

    blocks: list[Block] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, block: Block, key: str | None) -> None:
        """Add a block; `key` is given for the first part of a group."""
        self.blocks.append(block)
        lines = block.blocks if isinstance(block, Group) else (block,)
        shown = [line for line in lines if isinstance(line, Paragraph)]
        keyed = {line.key: paragraph_markup(line) for line in shown if line.key is not None}
        self.keys += [*([key] if key is not None else []), *keyed]
        self.texts |= keyed
        if isinstance(block, Group) and block.key is not None:
            self.texts[block.key] = "\n".join(map(paragraph_markup, shown))


def _chunks(page: Page, look: DigestStyle, footer: str) -> Iterator[_Chunk]:
    room = _CAPACITIES[look]
    room = replace(room, text=room.text - len(footer) - 1, components=room.components - _FRAME_COMPONENTS)
    current = _Chunk()
    used = _Capacity(0, 0, 0)
    for block, key in _pieces(page.blocks, room):
        need = _need(block)
        total = _Capacity(used.text + need.text, used.components + need.components, used.rows + need.rows)
        if current.blocks and (total.text > room.text or total.components > room.components or total.rows > room.rows):
            if _trimmed(current.blocks):
                yield replace(current, blocks=_trimmed(current.blocks))
            current, total = _Chunk(), need
        if isinstance(block, Paragraph) and current.blocks and isinstance(current.blocks[-1], Paragraph):
            total = replace(total, components=total.components - 1)  # it joins the text before it
        current.add(block, key)
        used = total
    if _trimmed(current.blocks):
        yield replace(current, blocks=_trimmed(current.blocks))


def _pieces(blocks: Sequence[Block], room: _Capacity) -> Iterator[tuple[Block, str | None]]:
    """Yield pieces that each fit in a message; large paragraphs and groups are split."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for part in _parted(block):
                if paragraph_markup(part):
                    yield part, None
        elif isinstance(block, ActionRow):
            for row in _rows(block):
                yield row, None
        elif isinstance(block, Rule):
            yield block, None
        elif isinstance(block, Chart):
            if block.bars:
                yield block, None
        else:
            yield from _pieces_of(block, room)


def _pieces_of(group: Group, room: _Capacity) -> Iterator[tuple[Block, str | None]]:
    inner = tuple(piece for piece, _ in _pieces(group.blocks, room))
    whole = replace(group, blocks=inner)  # type: ignore[arg-type] # a group has no groups in it
    need = _need(whole)
    if need.text <= room.text and need.components <= room.components and need.rows <= room.rows:
        if inner:
            yield whole, group.key
        return
    key, part = group.key, replace(group, blocks=())
    for piece in inner:
        longer = replace(part, blocks=(*part.blocks, piece))  # type: ignore[arg-type] # as above
        need = _need(longer)
        if part.blocks and (need.text > room.text or need.components > room.components or need.rows > room.rows):
            yield part, key
            key, longer = None, replace(group, blocks=(piece,), aside=None, picture=None)  # type: ignore[arg-type] # as above
        part = longer
    yield part, key


def _rows(row: ActionRow) -> Iterator[ActionRow]:
    """Rows as Discord has them: up to five buttons, or one menu."""
    buttons: list[Button] = []
    for each in row.items:
        if isinstance(each, Button):
            buttons.append(each)
        elif isinstance(each, ChannelMenu) or each.choices:
            if buttons:
                yield ActionRow(tuple(buttons))
                buttons = []
            yield ActionRow((each,))
        if len(buttons) == _BUTTONS:
            yield ActionRow(tuple(buttons))
            buttons = []
    if buttons:
        yield ActionRow(tuple(buttons))


def _trimmed(blocks: list[Block]) -> list[Block]:
    start, end = 0, len(blocks)
    while start < end and isinstance(blocks[start], Rule):
        start += 1
    while end > start and isinstance(blocks[end - 1], Rule):
        end -= 1
    return blocks[start:end]


def _need(block: Block) -> _Capacity:
    """Return the most characters, components and rows that a block takes in any look."""
    if isinstance(block, Paragraph):
        return _Capacity(len(paragraph_markup(block)) + 1, 1, 0)
    if isinstance(block, ActionRow):
        return _Capacity(0, 1 + len(block.items), 1)
    if isinstance(block, Rule):
        return _Capacity(1, 1, 0)
    if isinstance(block, Chart):
        return _Capacity(0, 2, 0)
    needs = [_need(inner) for inner in block.blocks]
    lines = sum(isinstance(inner, Paragraph) for inner in block.blocks)
    return _Capacity(
        sum(need.text for need in needs) + 2,
        sum(need.components for need in needs) - max(lines - 1, 0) + 1 + (2 if block.aside or block.picture else 0),
        sum(need.rows for need in needs) + (1 if block.aside else 0),
    )


# Looks


def _components(chunk: _Chunk, page: Page, footer: str) -> Payload:
    """Draw each story in a container of its topic's colour; a page without stories in one."""
    taken: set[str] = set()
    framed = page.framed or not any(isinstance(block, Group) for block in chunk.blocks)
    drawn: list[Payload] = []
    lines: list[str] = []
    files: dict[str, str] = {}
    attached: list[Payload] = []

    def flush() -> None:
        if lines:
            drawn.append({"type": _TEXT, "content": "\n".join(lines)})
            lines.clear()

    for number, block in enumerate(chunk.blocks):
        if isinstance(block, Paragraph):
            lines.append(paragraph_markup(block))
            continue
        flush()
        if isinstance(block, ActionRow):
            drawn += _row(block, taken)
        elif isinstance(block, Group):
            drawn += _group(block, taken) if framed else [_frame(_group(block, taken), block.accent)]
        elif isinstance(block, Chart):
            drawn += _picture(block, files, attached)
        elif framed or not _beside_group(chunk.blocks, number):
            drawn.append({"type": 14, "divider": True, "spacing": 1})
    if footer:
        lines.append(footer)
    flush()
    if not any(each["type"] != 1 for each in drawn):
        drawn.insert(0, {"type": _TEXT, "content": _BLANK})
    more = {"attachments": attached, FILES_KEY: files} if files else {}
    return {"components": [_frame(drawn, page.accent)] if framed else drawn, "flags": COMPONENTS_V2, **more}


def _picture(chart: Chart, files: dict[str, str], attached: list[Payload]) -> list[Payload]:
    """Return the chart as a gallery and add it to `files`; nothing when they are full."""
    number = len(files)
    if number == _MOST_FILES:
        return []
    name, description = f"chart-{number + 1}.png", truncate(clean(chart.alt_text), _DESCRIPTION_LIMIT)
    files[name] = base64.b64encode(charts.png(chart.bars)).decode()
    attached.append({"id": number, "filename": name, "description": description})
    return [{"type": 12, "items": [{"media": {"url": f"attachment://{name}"}, "description": description}]}]


def _frame(inner: list[Payload], accent: str | None) -> Payload:
    container: Payload = {"type": 17, "components": inner or [{"type": _TEXT, "content": _BLANK}]}
    color = accent_of(accent)
    if color is not None:
        container["accent_color"] = color
    return container


def _group(group: Group, taken: set[str]) -> list[Payload]:
    drawn: list[Payload] = []
    lines: list[str] = []
    for block in (*group.blocks, None):
        if isinstance(block, Paragraph):
            lines.append(paragraph_markup(block))
            continue
        if lines:
            drawn.append({"type": _TEXT, "content": "\n".join(lines)})
            lines = []
        if isinstance(block, ActionRow):
            drawn += _row(block, taken)
        elif isinstance(block, Rule):
            drawn.append({"type": 14, "divider": True, "spacing": 1})
    aside = _button(group.aside, taken) if group.aside else None
    if aside is None and group.picture and any(each["type"] == _TEXT for each in drawn):
        aside = {"type": _THUMBNAIL, "media": {"url": group.picture}}
    if aside is not None:
        first = next((each for each in drawn if each["type"] == _TEXT), None)
        if first is None:
            drawn.append({"type": 1, "components": [aside]})
        else:
            drawn[drawn.index(first)] = {"type": 9, "components": [first], "accessory": aside}
    return drawn


def _beside_group(blocks: Sequence[Block], number: int) -> bool:
    """Return True if a container stands above or below, which separates well enough."""
    return any(isinstance(each, Group) for each in blocks[max(number - 1, 0) : number + 2])


def _embeds(chunk: _Chunk, page: Page, footer: str) -> Payload:
    texts, rows = _text_and_rows(chunk.blocks, set())
    embed: Payload = {"description": "\n".join(texts) or _BLANK}
    color = accent_of(page.accent or _first_accent(chunk.blocks))
    if color is not None:
        embed["color"] = color
    if (picture := _first_picture(chunk.blocks)) is not None:
        embed["thumbnail"] = {"url": picture}
    if footer and page.footer:
        embed["footer"] = {"text": truncate(clean(page.footer.plain), _LINE_LIMIT)}
    return {"embeds": [embed], "components": rows}


def _plain(chunk: _Chunk, page: Page, footer: str) -> Payload:
    texts, rows = _text_and_rows(chunk.blocks, set())
    content = "\n".join([*texts, footer] if footer else texts)
    return {"content": content or _BLANK, "components": rows, "flags": _SUPPRESS_EMBEDS}


def _text_and_rows(blocks: Sequence[Block], taken: set[str]) -> tuple[list[str], list[Payload]]:
    texts: list[str] = []
    rows: list[Payload] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(paragraph_markup(block))
        elif isinstance(block, Rule):
            if texts and texts[-1]:
                texts.append("")
        elif isinstance(block, ActionRow):
            rows += _row(block, taken)
        elif isinstance(block, Group):
            inner, inner_rows = _text_and_rows(block.blocks, taken)
            texts += [*inner, ""]
            rows += inner_rows
            aside = _button(block.aside, taken) if block.aside else None
            if aside is not None:
                rows.append({"type": 1, "components": [aside]})
    while texts and not texts[-1]:
        texts.pop()
    return texts, rows


def _first_picture(blocks: Sequence[Block]) -> str | None:
    return next((block.picture for block in blocks if isinstance(block, Group) and block.picture), None)


def _first_accent(blocks: Sequence[Block]) -> str | None:
    return next((block.accent for block in blocks if isinstance(block, Group) and block.accent), None)


# Buttons and menus: `taken` are the actions that the message has already, since Discord wants each once


def _row(row: ActionRow, taken: set[str]) -> list[Payload]:
    """The row, or nothing when none of its parts can be shown."""
    drawn = [_item(each, taken) for each in row.items]
    shown = [each for each in drawn if each is not None]
    return [{"type": 1, "components": shown}] if shown else []


def _item(item: Button | Menu | ChannelMenu, taken: set[str]) -> Payload | None:
    if isinstance(item, Button):
        return _button(item, taken)
    if not _take(item.action, taken):
        return None
    drawn = _menu(item) if isinstance(item, Menu) else _channel_menu(item)
    if drawn is None:
        return None
    if placeholder := truncate(clean(item.placeholder), 150):
        drawn["placeholder"] = placeholder
    return drawn


def _usable(value: str) -> bool:
    """Return True if Discord accepts a button's or option's value and keeps it unchanged."""
    return 0 < len(value) <= _ACTION_LIMIT and value.isprintable() and value == value.strip()


def _take(action: str, taken: set[str]) -> bool:
    if not _usable(action) or action in taken:
        return False
    taken.add(action)
    return True


def _button(button: Button, taken: set[str]) -> Payload | None:
    """The button; None for one that leads nowhere."""
    label = truncate(clean(button.label), _LABEL_LIMIT) or "…"
    url = safe_url(button.url)
    if url and len(url) <= 512:
        return {"type": 2, "style": 5, "label": label, "url": url, "disabled": button.disabled}
    if button.action is None or not _take(button.action, taken):
        return None
    style = 4 if button.danger else 1 if button.primary else 2
    return {"type": 2, "style": style, "label": label, "custom_id": button.action, "disabled": button.disabled}


def _menu(menu: Menu) -> Payload | None:
    """The menu; None for one that has nothing to choose."""
    options: dict[str, Payload] = {}
    for choice in menu.choices:
        if not _usable(choice.value) or choice.value in options or len(options) == _CHOICES:
            continue
        option: Payload = {"label": truncate(clean(choice.label), 100) or "…", "value": choice.value}
        if choice.description and (description := truncate(clean(choice.description), 100)):
            option["description"] = description
        options[choice.value] = option
    if not options:
        return None
    least = max(0, min(menu.min_values, len(options)))
    most = max(1, least, min(menu.max_values, len(options)))
    chosen = [choice.value for choice in menu.choices if choice.selected and choice.value in options]
    for value in list(dict.fromkeys(chosen))[:most]:
        options[value]["default"] = True
    return {
        "type": 3,
        "custom_id": menu.action,
        "options": list(options.values()),
        "min_values": least,
        "max_values": most,
    }


def _channel_menu(menu: ChannelMenu) -> Payload:
    drawn: Payload = {"type": 8, "custom_id": menu.action, "channel_types": list(CHANNEL_TYPES)}
    if menu.selected is not None:
        drawn["default_values"] = [{"id": str(menu.selected), "type": "channel"}]
    return drawn
