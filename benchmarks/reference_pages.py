"""Write docs/settings.md and docs/metrics.md from the options and metrics that the program has.

python -m benchmarks.reference_pages [--check]
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from prometheus_client import Counter, Histogram

from bot.observability.metrics import Metrics
from bot.settings import render_toml

DOCS = Path(__file__).parents[1] / "docs"

_SETTINGS = """# Settings

Every option, its default and its environment variable. Made from the program by `make fix`.

Options stand in a file: the one that `GAZETTE_CONFIG` or `--config` names, else config/gazette.toml in the folder that Gazette
starts in. A variable in the environment counts more than the file. In a variable, commas separate the items of a list.
`gazette doctor` checks them, and `gazette init` writes a file in which all are commented out.
"""

_METRICS = """# Metrics

What `/metrics` tells Prometheus, on `watch.host` and `watch.port` (127.0.0.1:9464). Made from the program by `make fix`.

Labels never hold what people wrote. Counters only grow, until the process restarts; of a histogram there are `_bucket`, `_sum` and
`_count`. Each process serves its own: add them up over processes, but take `gazette_subscriptions` and `gazette_deliveries` from one.

| metric | kind | labels | tells |
|---|---|---|---|
"""


def settings_page() -> str:
    """Return docs/settings.md: a table for each section of config/gazette.toml."""
    page, comment, section = [_SETTINGS], [], ""
    for line in render_toml().split("\n")[2:]:
        option = re.fullmatch(r"(\w+) = (.*)", line)
        if line.startswith("# "):
            comment.append(line[2:])
        elif line.startswith("["):
            section = line.strip("[]")
            page.append(
                f"## {section}\n\n{' '.join(comment)}\n\n| option | default | variable | means |\n|---|---|---|---|"
            )
            comment = []
        elif option:
            name, default = option.groups()
            variable = f"GAZETTE_{section}__{name}".upper()
            means = " ".join(comment).replace("|", r"\|")
            page.append(f"| `{section}.{name}` | `{default}` | `{variable}` | {means} |")
            comment = []
        else:
            page.append("")
    return "\n".join(page).rstrip() + "\n"


def metrics_page() -> str:
    """Return docs/metrics.md: a row for each metric, by the name that is scraped."""
    rows = []
    for metric in vars(Metrics()).values():
        if not hasattr(metric, "describe"):
            continue
        for family in metric.describe():
            kind = (
                "counter" if isinstance(metric, Counter) else "histogram" if isinstance(metric, Histogram) else "gauge"
            )
            name = f"{family.name}_total" if kind == "counter" else family.name
            labels = ", ".join(f"`{label}`" for label in metric._labelnames)  # the library has no public name for them
            rows.append(f"| `{name}` | {kind} | {labels} | {family.documentation} |")
    return _METRICS + "\n".join(sorted(rows)) + "\n"


def pages() -> dict[Path, str]:
    """Return the text of each page that is made from the program."""
    return {DOCS / "settings.md": settings_page(), DOCS / "metrics.md": metrics_page()}


def main() -> None:
    """Write the pages, or with --check name those that differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page differs")
    check = parser.parse_args().check
    for path, text in pages().items():
        if not check:
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            raise SystemExit(f"{path.name} differs from the program: run make fix")


if __name__ == "__main__":
    main()
