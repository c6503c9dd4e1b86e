"""The hashes by which the sample news is recognised: bot/newsroom/sample_news.json.

    python -m training.sample_manifest

Has the files of seeds/ as they are and as they ever were, by the history of git: an installation may have an earlier
version's. Run it after a file of seeds/ was changed.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / "bot" / "newsroom" / "sample_news.json"


def current_samples() -> dict[str, int]:
    """Return the sizes in bytes of the present files, by SHA-256 in hex."""
    found = {}
    for path in sorted((ROOT / "seeds").iterdir()):
        content = path.read_bytes()
        found[hashlib.sha256(content).hexdigest()] = len(content)
    return found


def former_samples() -> dict[str, int]:
    """Return those of earlier versions; none outside of a checkout."""
    listing = ["git", "log", "--all", "--format=", "--raw", "--no-abbrev", "--", "seeds"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    blobs = {word for line in done.stdout.splitlines() for word in line.split()[2:4]}
    found = {}
    for blob in sorted(blobs):
        if not blob.strip("0"):
            continue
        shown = ["git", "cat-file", "blob", blob]
        content = subprocess.run(shown, cwd=ROOT, capture_output=True, check=True).stdout
        found[hashlib.sha256(content).hexdigest()] = len(content)
    return found


def main() -> None:
    """Write the manifest."""
    samples = former_samples() | current_samples()
    MANIFEST.write_text(json.dumps(dict(sorted(samples.items())), indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
