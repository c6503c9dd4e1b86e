"""Pages as a browser shows them: a preview of messages in Discord."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from babel import Locale
from babel.dates import format_datetime
from markupsafe import Markup, escape

from bot.newsroom.models import DigestStyle
from bot.newsroom.timezones import zone
from bot.rendering.discord import FILES_KEY, draw
from bot.rendering.html_page import TEMPLATES
from bot.rendering.layout import Page

__all__ = ["html_of", "markup_html", "write_preview"]

Theme = Literal["auto", "dark", "light"]

# The types of Discord's components, and the style of a button that opens a link.
_TEXT, _ROW, _SECTION, _GALLERY, _SEPARATOR, _FRAME, _LINK = 10, 1, 9, 12, 14, 17, 5

_NOTHING: Final = Markup("")
_LINES: Final = {
    "h1": Markup('<h2 class="masthead" dir="auto">{}</h2>'),
    "item": Markup('<p class="item" dir="auto">{}</p>'),
    "h2": Markup('<h2 dir="auto">{}</h2>'),
    "h3": Markup('<h3 dir="auto">{}</h3>'),
    "small": Markup('<p class="small" dir="auto">{}</p>'),
    "quote": Markup('<blockquote dir="auto">{}</blockquote>'),
    "p": Markup('<p dir="auto">{}</p>'),
}
_STYLES: Final = {
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "struck": Markup("<s>{}</s>"),
    "isolated": Markup("<bdi>{}</bdi>"),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that a message shows: `kind` chooses how the template draws it."""

    kind: str
    html: Markup = _NOTHING
    parts: tuple[_Part, ...] = ()
    accent: str = ""
    label: str = ""
    href: str = ""
    primary: bool = False
    disabled: bool = False


def write_preview(
    pages: Sequence[Page],
    path: Path,
    *,
    look: DigestStyle = DigestStyle.CARDS,
    timezone: str = "UTC",
    theme: Theme = "auto",
) -> None:
    """Write `html_of` the pages to a file."""
    path.write_text(html_of(pages, look=look, timezone=timezone, theme=theme), encoding="utf-8")


def html_of(
    pages: Sequence[Page], *, look: DigestStyle = DigestStyle.CARDS, timezone: str = "UTC", theme: Theme = "auto"
) -> str:
    """Return an HTML document that shows each page as the bot's messages in a channel.

    Times are those of `timezone`.
    """
    shown = []
    for page in pages:
        reader = _Reader(page.locale, timezone)
        shown.append(
            {
                "locale": page.locale,
                "messages": [tuple(reader.parts(payload)) for payload in draw(page, look, most=50)],
            }
        )
    template = TEMPLATES.get_template("preview.html.j2")
    return template.render(pages=shown, theme=theme, locale=pages[0].locale if pages else "en")


def markup_html(text: str, *, locale: str = "en", timezone: str = "UTC") -> Markup:
    """Discord's markup as HTML, as far as we write it; everything else is text."""
    return _Reader(locale, timezone).text(text)


_INLINE = re.compile(
    r"\\(?P<escaped>[^\sA-Za-z0-9])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)"
    r"|~~(?P<struck>(?:\\.|[^\\])+?)~~"
    r"|\*(?P<italic>(?:\\.|[^\\*])+?)\*(?!\*)"
    r"|\[(?P<label>(?:\\.|[^\\\]])+)\]\((?P<url>https?://[^\s)]+)\)"
    r"|<t:(?P<moment>-?\d{1,13}):f>"
    r"|<#(?P<channel>\d+)>"
    r"|\u2068(?P<isolated>[^\u2069]*)\u2069"
    r"|\u200b",
    re.DOTALL,
)
_BLOCKS = (("### ", "h3"), ("## ", "h2"), ("# ", "h1"), ("- ", "item"), ("-# ", "small"), ("> ", "quote"))


class _Reader:
    """Reads messages as Discord's client would, for a reader of a language in a time zone."""

    def __init__(self, locale: str, timezone: str) -> None:
        self._locale, self._zone = Locale.parse(locale.replace("-", "_")), zone(timezone)
        self._files: Mapping[str, str] = {}

    def parts(self, payload: Mapping[str, Any]) -> Iterator[_Part]:
        """Return what a message shows, from top to bottom."""
        if payload.get("content"):
            yield _Part("text", self.text(payload["content"]))
        for embed in payload.get("embeds") or ():
            inner = [_Part("text", self.text(embed["description"]))]
            if embed.get("footer"):
                inner.append(_Part("text", Markup("<p class=small>{}</p>").format(embed["footer"]["text"])))
            yield _Part("embed", parts=tuple(inner), accent=_color(embed.get("color")))
        self._files = payload.get(FILES_KEY) or {}
        for component in payload.get("components") or ():
            yield from self._component(component)

    def _component(self, component: Mapping[str, Any]) -> Iterator[_Part]:
        kind = component["type"]
        if kind == _TEXT:
            yield _Part("text", self.text(component["content"]))
        elif kind == _SEPARATOR:
            yield _Part("separator")
        elif kind == _GALLERY:
            for item in component["items"]:
                data = self._files.get(item["media"]["url"].removeprefix("attachment://"), "")
                yield _Part("image", label=item.get("description") or "", href=f"data:image/png;base64,{data}")
        elif kind == _FRAME:
            inner = tuple(part for each in component["components"] for part in self._component(each))
            yield _Part("frame", parts=inner, accent=_color(component.get("accent_color")))
        elif kind == _SECTION:
            texts = tuple(part for each in component["components"] for part in self._component(each))
            yield _Part("section", parts=(*texts, _control(component["accessory"])))
        elif kind == _ROW:
            yield _Part("row", parts=tuple(_control(each) for each in component["components"]))

    def text(self, markup: str) -> Markup:
        """Paragraphs, headings, notes and quotes."""
        lines = []
        for line in markup.split("\n"):
            prefix, name = next(((mark, name) for mark, name in _BLOCKS if line.startswith(mark)), ("", "p"))
            inner = self._inline(line[len(prefix) :])
            if inner:
                lines.append(_LINES[name].format(inner))
        return _NOTHING.join(lines)

    def _inline(self, text: str) -> Markup:
        done: list[Markup] = []
        end = 0
        for found in _INLINE.finditer(text):
            done += [escape(text[end : found.start()]), self._styled(found)]
            end = found.end()
        done.append(escape(text[end:]))
        return _NOTHING.join(done)

    def _styled(self, found: re.Match[str]) -> Markup:
        kind = found.lastgroup
        if kind == "escaped":
            return escape(found["escaped"])
        if kind == "code":
            return Markup("<code>{}</code>").format(found["code"])
        if kind in _STYLES:
            return _STYLES[kind].format(self._inline(found[kind]))
        if kind == "url":
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(
                found["url"], self._inline(found["label"])
            )
        if kind == "moment":
            at = datetime.fromtimestamp(int(found["moment"]), UTC).astimezone(self._zone)
            shown = str(format_datetime(at, "medium", tzinfo=at.tzinfo, locale=self._locale))
            return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)
        if kind == "channel":
            return Markup('<span class="mention">#{}</span>').format(found["channel"])
        return _NOTHING


def _control(component: Mapping[str, Any]) -> _Part:
    """A button or a menu."""
    if component["type"] == 2:
        return _Part(
            "button",
            label=component.get("label", ""),
            href=component.get("url", ""),
            primary=component.get("style") == 1,
            disabled=bool(component.get("disabled")),
        )
    chosen = [option["label"] for option in component.get("options") or () if option.get("default")]
    return _Part("menu", label=", ".join(chosen) or component.get("placeholder") or "…")


def _color(number: int | None) -> str:
    return "" if number is None else f"#{number:06x}"
