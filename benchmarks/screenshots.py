"""Pictures for the README: today's digest of seeds/ in Discord's look and in the terminal.

The second is written as terminal.svg beside the first.

    python -m benchmarks.screenshots [--seeds FOLDER] [--out docs/images/digest.png] [--theme dark|light] [--width 720]

The program itself reads, summarises, labels, clusters and draws the stories; nothing is drawn by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.app import open_intake, open_newsroom
from bot.i18n import words
from bot.newsroom.filters import Filter
from bot.newsroom.models import DigestStyle
from bot.rendering import terminal
from bot.rendering.html import write_preview
from bot.rendering.pages.front import front_page
from bot.settings import load_settings

MAX_EVENTS = 9
"""Events in the picture: a README is no channel, and one message is enough of it."""

FILTER = Filter.parse("lang:en")

LIMIT = 9
"""Events that the digest is composed of."""


async def write_page(seeds: Path, page: Path, theme: str) -> str:
    """Read the seeds into a new database, compose the digest and write the page; return the terminal's drawing."""
    store = {"url": f"sqlite:///{page.with_suffix('.sqlite3')}"}
    intake = {"seeds": str(seeds), "quiet_seconds": 0}
    settings = load_settings({}, overrides={"store": store, "intake": intake})
    async with open_newsroom(settings) as newsroom:
        async with open_intake(newsroom) as reader:
            report = await reader.scan()
        print(f"{report.stories} stories from {report.files} files", file=sys.stderr)
        digest = replace(await newsroom.services.digests.compose(FILTER, limit=LIMIT), filter="")
        if len(digest.events) > MAX_EVENTS:
            omitted = digest.omitted + len(digest.events) - MAX_EVENTS
            digest = replace(digest, events=digest.events[:MAX_EVENTS], omitted=omitted)
    digest = replace(digest, issue=17)
    drawn = front_page(digest, words("en"), more="news", details="story")
    write_preview([drawn], page, look=DigestStyle.FRONT, theme="light" if theme == "light" else "dark")
    return terminal.picture(front_page(digest, words("en")))


def take_screenshot(page: Path, out: Path, width: int) -> None:
    """Write a picture of the page's messages."""
    from playwright.sync_api import sync_playwright

    chromium = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("no Chromium: apt-get install chromium fonts-noto-color-emoji")
    out.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": width, "height": 600}, device_scale_factor=2)
        tab.goto(page.as_uri())
        tab.locator("main").screenshot(path=out)
        browser.close()


def main() -> None:
    """Write the pictures."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--out", type=Path, default=Path("docs/images/digest.png"))
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--width", type=int, default=720)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "digest.html"
        drawing = asyncio.run(write_page(arguments.seeds, page, arguments.theme))
        arguments.out.with_name("terminal.svg").write_text(drawing, "utf-8")
        take_screenshot(page, arguments.out, arguments.width)
    print(arguments.out)


if __name__ == "__main__":
    main()
