"""The values of news text: a story, and everything that the analysis says about it.

All of them are frozen; texts are the source's own characters, never rewritten. A *body* is a story's paragraphs joined
by one line feed; a story's *text* has title, kicker, deck and dateline before it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "UNKNOWN_NEWS_VALUE",
    "Analysis",
    "Country",
    "Division",
    "Evidence",
    "Furniture",
    "NewsFactor",
    "NewsValue",
    "SetAside",
    "Story",
    "SummarySentence",
    "Topic",
]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that was taken out of a story, and why.

    `reason` is `boilerplate` for one of known words, a group of data/page_words.toml, `notice`, `feed` or `sources`.
    """

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """One report in a document.

    `position` counts from 0 within the document. `paragraphs` is the body: kicker, deck, dateline, byline and credits
    are in their own fields, boilerplate is in `furniture`. `kicker` has no colon. `title` is the headline that the document
    gave, None if it gave none. `place`, `stated_date` and `agency` are the parts of datelines and publication lines, as
    they are written; a stated date is shown and never taken for the time of publication. `truncated` says that the text breaks off before its end. `span` is the story's place in
    the document's text, as (first character, one past the last).
    """

    position: int
    paragraphs: tuple[str, ...]
    kicker: str | None = None
    deck: str | None = None
    title: str | None = None
    dateline: str | None = None
    place: str | None = None
    stated_date: str | None = None
    agency: str | None = None
    byline: str | None = None
    credits: tuple[str, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    truncated: bool = False
    span: tuple[int, int] = (0, 0)

    @property
    def body(self) -> str:
        """Paragraphs, a line each."""
        return "\n".join(self.paragraphs)

    @property
    def text(self) -> str:
        """Title, kicker, deck, dateline and body, a line each."""
        parts = [self.title, self.kicker, self.deck, self.dateline, *self.paragraphs]
        return "\n".join(part for part in parts if part)

    @property
    def undated_text(self) -> str:
        """Title, kicker, deck and body, a line each, without the dateline."""
        return "\n".join(part for part in (self.title, self.kicker, self.deck, *self.paragraphs) if part)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lines of a page that belong to no story: their span in the document, and a reason.

    `reason` is a group of data/page_words.toml, "menu" for lines of names and links.
    """

    span: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True)
class Division:
    """A document's stories, and what of it was set aside as the furniture of a page."""

    stories: tuple[Story, ...]
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence chosen for a summary: its index in the body, and the sentence verbatim."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that indicate a country: characters `start` to `end` (excluded), and their kind.

    `kind` is one of name, demonym, city, body, leader, currency, dateline, flag.
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country of a story: ISO 3166-1 alpha-2 code, salience in 0..1, and the evidence.

    A story is *about* a country from a salience of 0.25 on.
    """

    code: str
    salience: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """An IPTC Media Topic of a story: its slug and a calibrated score in 0..1."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class NewsFactor:
    """A factor of news value in a story, such as `leader`; whether it speaks for the story.

    `amount` is its figure: the number of the dead, the magnitude, the sum of money.
    """

    name: str
    favourable: bool = True
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class NewsValue:
    """Weight of a story for an editor, in 0..1.

    `factors` are those that decided, the strongest first.
    """

    value: float
    factors: tuple[NewsFactor, ...] = ()


UNKNOWN_NEWS_VALUE = NewsValue(0.5)
"""News value of a story that nobody has assessed: as of one for which as much speaks as against it."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A story with its analysis; `sentences` are the body's, verbatim and in order."""

    story: Story
    headline: str
    language: str
    sentences: tuple[str, ...]
    summary: tuple[SummarySentence, ...]
    countries: tuple[Country, ...]
    topics: tuple[Topic, ...]
    news_value: NewsValue = UNKNOWN_NEWS_VALUE
