"""Heads of invented pages: what stands around a headline, up to its text.

An article's page is taken apart at its headline and at the first line of its text, and another head is put between:
standfirst, byline, date, share bar, captions with their credits, a list of other headlines. Captions and standfirsts
are sentences that are taken out of the text itself, so that they speak of the same matter, as real ones do. The words
are those of layout_heads.toml and of the pages' own (data/page_words.toml), in twenty languages.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarizers.text.sentences import sentences
from summarizers.text.tables import load_table

__all__ = ["LONGEST_LIST", "Head", "vary_head"]

HEADS = Path(__file__).parent / "layout_heads.toml"

ASIDE, DOUBTFUL, TEXT = 0, -1, 1
"""Marks of lines: no text, either, text."""

STANDFIRST, CAPTION, SECOND_CAPTION, SHARE, BYLINE, DATE, READING = 0.35, 0.5, 0.2, 0.4, 0.7, 0.7, 0.15
"""Shares of heads with each part."""

LABEL, LIST_ABOVE, LIST_BETWEEN, AGAIN, BREADCRUMB, BULLETS = 0.25, 0.25, 0.2, 0.25, 0.2, 0.2
"""Shares of heads with a label, lists of other headlines, the headline once more, a breadcrumb, bullets before details."""

CUT_ABOVE, NOTICE, FILM = 0.25, 0.15, 0.12
"""Shares of pages that begin at the headline, and of heads with a notice to readers and with a film's title and length."""

LONGEST_LIST = 6
SHORTEST_SENTENCE, LONGEST_SENTENCE = 30, 260
SHORTEST_UNSPACED = 12
"""Lines of a list, and characters of a sentence that is taken out for a caption; the last in scripts without spaces."""

FEWEST_PARAGRAPHS = 3
"""Lines of the shortest text that sentences are taken out of."""

BARE_CAPTION = 0.35
"""Share of captions without a credit; a third of these have no full stop, either."""


@dataclass(slots=True)
class Head:
    """A page's lines, their marks, and the lines of its headline."""

    lines: list[str]
    body: list[int]
    titles: frozenset[int]


@cache
def _invented() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(HEADS.read_text("utf-8"))


@cache
def _group(language: str, group: str) -> Sequence[str]:
    """Return a group's words of a language, as a line begins with them."""
    entries = load_table("page_words.toml")[language].get(group, "").split("|")
    found = [entry.strip() for entry in entries if entry.strip() and "*" not in entry]
    return [entry[:1].upper() + entry[1:] for entry in found] or ["Share"]


def vary_head(
    lines: Sequence[str],
    body: Sequence[int],
    titles: frozenset[int],
    others: Sequence[str],
    notices: Sequence[str],
    language: str,
    rng: random.Random,
) -> Head | None:
    """Return a page with another head, None where its headline doesn't stand above its text.

    `others` are headlines of other pages, `notices` what a site says to its readers.
    """
    first = next((at for at, mark in enumerate(body) if mark == TEXT), None)
    above = [at for at in titles if first is not None and at < first]
    if first is None or not above or language not in _invented():
        return None
    title = max(above)
    text = list(lines[first:])
    marks = list(body[first:])
    taken = _take_sentences(text, marks, language, rng)
    # a page that is pasted often begins at its headline, or a line or two above
    cut = max(0, title - rng.randint(0, 3)) if rng.random() < CUT_ABOVE else 0
    found = _Builder(_invented()[language], language, rng, list(lines[cut:title]), list(body[cut:title]), set())
    found.titles |= {at - cut for at in titles if cut <= at < title}
    found.build(lines[title], others, notices, taken)
    shift = len(found.lines) - first
    behind = frozenset(at + shift for at in titles if at >= first)
    return Head(found.lines + text, found.marks + marks, frozenset(found.titles) | behind)


def _take_sentences(text: list[str], marks: list[int], language: str, rng: random.Random) -> list[str]:
    """Take up to three sentences out of the text's later paragraphs of several."""
    places = [at for at, mark in enumerate(marks) if mark == TEXT][1:]
    if len(places) + 1 < FEWEST_PARAGRAPHS:
        return []
    shortest = SHORTEST_UNSPACED if language in {"zh", "ja", "ko"} else SHORTEST_SENTENCE
    found: list[str] = []
    for at in rng.sample(places, len(places)):
        pieces = sentences(text[at], language)
        fitting = [number for number, piece in enumerate(pieces) if shortest <= len(piece) <= LONGEST_SENTENCE]
        if len(pieces) > 1 and fitting:
            found.append(pieces.pop(rng.choice(fitting)))
            text[at] = " ".join(pieces)
        if len(found) > 2:
            break
    return found


@dataclass(slots=True)
class _Builder:
    """A head under construction."""

    words: Mapping[str, Sequence[str]]
    language: str
    rng: random.Random
    lines: list[str]
    marks: list[int]
    titles: set[int]

    def add(self, *some: str, mark: int = ASIDE) -> None:
        self.lines.extend(some)
        self.marks.extend([mark] * len(some))

    def add_title(self, title: str) -> None:
        self.titles.add(len(self.lines))
        self.add(title)

    def name(self) -> str:
        return self.rng.choice(self.words["names"])

    def byline(self) -> str:
        return self.rng.choice(self.words["bylines"]).format(name=self.name())

    def credit(self) -> str:
        return self.rng.choice(self.words["credits"]).format(name=self.name())

    def said(self, group: str) -> str:
        return self.rng.choice(_group(self.language, group))

    def moment(self) -> str:
        rng = self.rng
        form = rng.choice(
            ["{d}.{m:02}.{y} {h}:{n:02}", "{y}-{m:02}-{d:02}", "{d}/{m:02}/{y}", "{h}:{n:02}", "{y}.{m}.{d}"]
        )
        when = form.format(
            d=rng.randint(1, 28), m=rng.randint(1, 12), y=rng.randint(2010, 2026), h=rng.randint(7, 22), n=rng.randint(0, 59)
        )  # fmt: skip
        return rng.choice(
            [when, f"{self.said('ages')} {when}", f"{self.said('ages')}: {when}", f"{self.name()} | {when}"]
        )

    def others(self, others: Sequence[str]) -> None:
        """Add a list of other headlines, often below a heading, often with bullets."""
        rng = self.rng
        mark = rng.choice(["", "", "* ", "+ ", "» "])
        if rng.random() < 0.6:
            self.add(self.said("related"))
        self.add(*(mark + other for other in rng.sample(others, min(len(others), rng.randint(1, LONGEST_LIST)))))

    def caption(self, sentence: str) -> None:
        """Add a caption: with its credit in the line or below, or without any."""
        rng = self.rng
        bare = sentence.rstrip(".。।") if rng.random() < 0.4 else sentence
        way = rng.random()
        if way < BARE_CAPTION:
            self.add(bare)
        elif way < 0.8:
            self.add(f"{bare} {self.credit()}")
        else:
            self.add(bare, self.credit())

    def build(self, title: str, others: Sequence[str], notices: Sequence[str], taken: list[str]) -> None:
        """Add headline and details in one of the orders of real pages."""
        rng = self.rng
        title = title.lstrip("*+»-• ")
        if others and rng.random() < LIST_ABOVE:
            self.others(others)
        if rng.random() < BREADCRUMB:
            self.add(" > ".join([self.said("menu"), self.said("menu"), *([title] if rng.random() < 0.5 else [])]))
        if rng.random() < LABEL:
            self.add(rng.choice([*self.words["labels"], self.said("menu")]))
        self.add_title(title)
        parts: list[Callable[[], None]] = []
        if taken and rng.random() < STANDFIRST:
            standfirst = taken.pop()
            self.add(standfirst if rng.random() < 0.7 else standfirst.rstrip(".。।"), mark=DOUBTFUL)
        mark = "* " if rng.random() < BULLETS else ""
        if rng.random() < BYLINE:
            parts.append(lambda: self.add(mark + self.byline()))
        if rng.random() < DATE:
            parts.append(lambda: self.add(mark + self.moment()))
        if rng.random() < READING:
            parts.append(lambda: self.add(f"{rng.randint(1, 15)} {self.said('ages')}"))
        if rng.random() < SHARE:
            parts.append(lambda: self.add(*(mark + self.said("share") for _ in range(rng.randint(1, 5)))))
        if notices and rng.random() < NOTICE:
            parts.append(lambda: self.add(self.said("offers"), rng.choice(notices), self.said("offers")))
        if others and rng.random() < FILM:
            parts.append(
                lambda: self.add(
                    rng.choice(self.words["labels"]), rng.choice(others), f"{rng.randint(0, 9)}:{rng.randint(10, 59)}"
                )
            )
        rng.shuffle(parts)
        captions = [taken.pop() for share in (CAPTION, SECOND_CAPTION) if taken and rng.random() < share]
        if captions and rng.random() < 0.3:
            parts.insert(0, lambda: self.caption(captions.pop()))
        for part in parts:
            part()
        if others and rng.random() < LIST_BETWEEN:
            self.others(others)
        if rng.random() < AGAIN:
            self.add_title(title)
        if captions:
            if rng.random() < LABEL:
                self.add(rng.choice(self.words["labels"]))
            if others and rng.random() < 0.15:
                self.add(rng.choice(others))
            self.caption(captions.pop())
