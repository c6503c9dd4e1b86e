"""Hooks of mkdocs.yml: the pages at the repository's root, and links that fit the site.

In the repository a link may lead to a page at the root or to code. On the site the former are pages, too; of the latter
only the words are kept, since code isn't part of it.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]

ROOT_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security-reports.md",
}
"""Pages at the root and their names on the site; docs/ has a security.md of its own."""

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]+)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages at the root."""
    for name, page in ROOT_PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / name).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Return the page with links to where the site has their targets."""
    name = page.file.src_uri
    originals = {site: original for original, site in ROOT_PAGES.items()}
    folder = posixpath.dirname(originals.get(name, f"docs/{name}"))

    def link(match: re.Match[str]) -> str:
        mark, words, target, anchor = match.groups()
        path = posixpath.normpath(posixpath.join(folder, target))
        if (ROOT / path).is_dir():
            path += "/README.md"
        site = ROOT_PAGES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if site is None or files.get_file_from_path(site) is None:
            if not (ROOT / path).exists():
                return match.group()  # mkdocs warns of it
            return words
        return f"{mark}[{words}]({posixpath.relpath(site, posixpath.dirname(name) or '.')}{anchor or ''})"

    return _LINK.sub(link, markdown)
