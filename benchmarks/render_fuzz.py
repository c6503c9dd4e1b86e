"""How many of 20,000 random layouts of hostile text would Discord refuse, and does any of it get through?

    python -m benchmarks.render_fuzz [--layouts N] [--seed S]

Each layout is drawn in one of the looks; every message is held against the double's checks (Discord's OpenAPI
description and the documented rules) and searched for live mentions, links, open fences and marks that turn a line.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import get_args

from bot.newsroom.models import DigestStyle
from bot.rendering.discord import draw
from bot.rendering.layout import (
    ActionRow,
    Bar,
    Block,
    Button,
    ChannelMenu,
    Chart,
    Group,
    Menu,
    MenuOption,
    Page,
    Paragraph,
    Rule,
    Size,
    Span,
    Style,
)
from tests.rendering.harmless import faults_of

_PARTS = [
    *("@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#1>", "</news:1>", "<id:home>"),
    *("```", "``", "`", "**", "*", "__", "_", "~~", "||", "\\", "\\\\", "[x](https://evil.example)", "](", "# ", "-# "),
    *("> ", ">>> ", "- ", "1. ", "• ", ":smile:", "<:x:1>", "<a:x:1>", "https://evil.example/a", "discord.gg/evil"),
    *("\u202e", "\u202a", "\u2066", "\u2067", "\u200f", "\u061c", "\u2068", "\u2069", "\u200b", "\ufeff", "\x00"),
    *(
        "\x1b[31m",
        "שלום",
        "مرحبا",
        "فارسی\u200cها",
        "🇯🇵",
        "👩\u200d👩\u200d👧",
        "e" + "\u0301" * 40,
        "\ud800",
        "日本語",
    ),
    *("<t:1:R>", "steam://run", "\n", "\r\n", "\t", "\u2028", "\u2029", "\u3000", "x" * 300, "ﷺ" * 20, "🧨" * 60),
]
_STYLES: tuple[Style, ...] = ("plain", "bold", "italic", "struck", "code")
_SIZES: tuple[Size, ...] = get_args(Size)
_WORDS = [
    "harbour",
    "minister",
    "storm",
    "vote",
    "court",
    "goal",
    "river",
    "price",
    "school",
    "ship",
    "law",
    "strike",
    "border",
    "cup",
    "virus",
    "bank",
]


class _Maker:
    """Makes pages out of a seed."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def text(self) -> str:
        random = self.random
        kind = random.random()
        if kind < 0.05:
            return ""
        count = random.choice((1, 2, 5, 12, 40)) if kind < 0.9 else random.choice((200, 900, 3000))
        parts = [random.choice(_PARTS) if random.random() < 0.5 else random.choice(_WORDS) + " " for _ in range(count)]
        if random.random() < 0.2:
            parts.append("".join(chr(random.randrange(1, 0x2FFFF)) for _ in range(random.randrange(30))))
        return "".join(parts)

    def url(self) -> str | None:
        return self.random.choice(
            (
                None,
                None,
                "https://example.org/a(b)'c",
                "javascript:alert(1)",
                "https://example.org/" + "x" * 600,
                "http://[",
                self.text(),
            )
        )

    def line(self) -> Paragraph:
        random = self.random
        spans = [
            Span(
                self.text(),
                random.choice(_STYLES),
                self.url(),
                datetime(2027, 1, 1, tzinfo=UTC) if random.random() < 0.05 else None,
            )
            for _ in range(random.randrange(4))
        ]
        return Paragraph(tuple(spans), random.choice(_SIZES))

    def action(self) -> str:
        return self.random.choice(
            (f"news:n:{self.random.randrange(9)}", "x" * 101, "", self.text(), f"why:{self.random.random()}")
        )

    def button(self) -> Button:
        random = self.random
        return Button(
            self.text(), random.choice((None, self.action())), self.url(), random.random() < 0.3, random.random() < 0.2
        )

    def row(self) -> ActionRow:
        random = self.random
        items: list[Button | Menu | ChannelMenu] = []
        for _ in range(random.randrange(8)):
            kind = random.random()
            if kind < 0.75:
                items.append(self.button())
            elif kind < 0.95:
                choices = [
                    MenuOption(
                        self.text(),
                        random.choice((self.text(), str(random.randrange(9)))),
                        self.text(),
                        random.random() < 0.3,
                    )
                    for _ in range(random.randrange(30))
                ]
                items.append(
                    Menu(self.action(), self.text(), tuple(choices), random.randrange(30), random.randrange(30))
                )
            else:
                items.append(ChannelMenu(self.action(), self.text(), random.choice((None, random.randrange(2**60)))))
        return ActionRow(tuple(items))

    def group(self) -> Group:
        random = self.random
        inner: list[Paragraph | Rule | ActionRow] = []
        for _ in range(random.randrange(7)):
            kind = random.random()
            inner.append(self.line() if kind < 0.8 else Rule() if kind < 0.85 else self.row())
        return Group(
            tuple(inner),
            random.choice((None, "sport", "weather", "nothing")),
            self.button() if random.random() < 0.3 else None,
            random.choice((None, "e1", "e2")),
        )

    def chart(self) -> Chart:
        random = self.random
        bars = [
            Bar(
                self.text(),
                self.text(),
                tuple(
                    (random.choice((None, "sport", "nothing")), random.randint(1, 10**6))
                    for _ in range(random.randrange(4))
                ),
            )
            for _ in range(random.randrange(9))
        ]
        return Chart(self.text(), tuple(bars))

    def page(self) -> Page:
        random = self.random
        blocks: list[Block] = []
        for _ in range(random.randrange(16)):
            kind = random.random()
            blocks.append(
                self.group()
                if kind < 0.5
                else self.line()
                if kind < 0.75
                else Rule()
                if kind < 0.85
                else self.row()
                if kind < 0.97
                else self.chart()
            )
        return Page(
            tuple(blocks),
            accent=random.choice((None, "sport")),
            footer=self.line() if random.random() < 0.5 else None,
            framed=random.random() < 0.5,
        )


def main() -> int:
    """Print a table; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layouts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    maker = _Maker(Random(chosen.seed))
    looks = list(DigestStyle)
    layouts, messages, faulty = Counter[DigestStyle](), Counter[DigestStyle](), Counter[DigestStyle]()
    drawing = dict.fromkeys(looks, 0.0)
    for number in range(chosen.layouts):
        page, look = maker.page(), looks[number % len(looks)]
        start = time.perf_counter()
        payloads = draw(page, look)
        drawing[look] += time.perf_counter() - start
        layouts[look] += 1
        for payload in payloads:
            messages[look] += 1
            if faults := faults_of(payload):
                faulty[look] += 1
                print(f"layout {number}: {faults[0][:300]}", file=sys.stderr)
    print(f"{'look':<12}{'layouts':>9}{'messages':>10}{'faulty':>8}{'ms a layout':>13}")
    for look in looks:
        milliseconds = 1000 * drawing[look] / max(layouts[look], 1)
        print(f"{look:<12}{layouts[look]:>9,}{messages[look]:>10,}{faulty[look]:>8,}{milliseconds:>13.2f}")
    return 1 if faulty.total() else 0


if __name__ == "__main__":
    raise SystemExit(main())
