"""Declared shapes: the fields of a story in the exports of other programs.

A shape is one row of `SHAPES`: the paths by which its records are known, and the paths of what they hold. What a shape
leaves empty, and records of no shape, are read by the names of `COMMON`, under which most programs keep their fields.
docs/formats.md has the recipe for a new shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["COMMON", "LIST_NAMES", "SHAPES", "FieldNames", "Shape", "find_shape", "plain_name", "values_at"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The record of a story in the export of one program.

    All fields are paths, such as `fields.bodyText`; `*` stands for each element of a list. `marks` are what every record
    has, if only as null. Of `text` the first path that isn't empty counts, and of `brief` (a description or excerpt,
    taken where there is no text) the longest. `publisher` is the source of all records that name no other.
    """

    name: str
    marks: tuple[str, ...]
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    publisher: str | None = None


SHAPES: Final = (
    Shape(
        "WordPress REST API",
        ("title.rendered", "content.rendered"),
        title=("title.rendered",),
        text=("content.rendered",),
        brief=("excerpt.rendered",),
        url=("link", "guid.rendered"),
        published=("date_gmt", "date"),
    ),
    Shape(
        "The Guardian's Open Platform",
        ("webTitle", "webUrl"),
        title=("fields.headline", "webTitle"),
        text=("fields.bodyText", "fields.body", "blocks.body.*.bodyTextSummary"),
        brief=("fields.trailText", "fields.standfirst"),
        url=("webUrl",),
        published=("webPublicationDate", "fields.firstPublicationDate"),
        source=("fields.publication",),
        publisher="The Guardian",
    ),
    Shape(
        "New York Times, Article Search and Archive",
        ("web_url", "headline"),
        title=("headline.main", "headline.print_headline", "headline"),
        brief=("lead_paragraph", "abstract", "snippet"),
        url=("web_url",),
        published=("pub_date",),
        publisher="The New York Times",
    ),
    Shape(
        "New York Times, Top Stories, Newswire and Most Popular",
        ("abstract", "published_date", "url", "section"),
        title=("title",),
        brief=("abstract",),
        url=("url",),
        published=("first_published_date", "published_date"),
        publisher="The New York Times",
    ),
    Shape(
        "Hacker News, Algolia",
        ("objectID", "created_at", "title"),
        title=("title", "story_title"),
        text=("story_text", "text"),
        url=("url", "story_url"),
        published=("created_at", "created_at_i"),
        publisher="Hacker News",
    ),
    Shape(
        "Hacker News, Algolia's items",
        ("parent_id", "points", "children", "title"),
        text=("text",),
        url=("url",),
        published=("created_at", "created_at_i"),
        publisher="Hacker News",
    ),
    Shape(
        "Hacker News, Firebase",
        ("by", "id", "time", "title", "type"),
        text=("text",),
        url=("url",),
        published=("time",),
        publisher="Hacker News",
    ),
    Shape(
        "reddit",
        ("subreddit", "permalink", "title"),
        text=("selftext",),
        url=("url_overridden_by_dest", "url"),
        published=("created_utc",),
        source=("subreddit_name_prefixed", "subreddit"),
    ),
    Shape(
        "news-please and its archives of CC-News",
        ("maintext", "date_publish"),
        title=("title", "title_page", "title_rss"),
        text=("maintext",),
        url=("url",),
        published=("date_publish",),
        source=("source_domain",),
    ),
    Shape(
        "newspaper3k and newspaper4k",
        ("publish_date", "text", "url"),
        url=("canonical_link", "url"),
        published=("publish_date",),
        source=("meta_site_name", "meta_data.og.site_name", "source_url"),
    ),
    Shape(
        "trafilatura",
        ("source", "hostname", "fingerprint"),
        text=("text", "raw_text"),
        brief=("excerpt", "description"),
        url=("source", "url"),
        published=("date",),
        source=("source-hostname", "sitename", "hostname"),
    ),
    Shape(
        "Readwise Reader",
        ("source_url", "location", "category"),
        text=("html_content", "content"),
        brief=("summary",),
        url=("source_url",),
        published=("published_date", "created_at"),
        source=("site_name", "author"),
    ),
    Shape(
        "Readwise, highlights",
        ("source_url", "highlights"),
        title=("readable_title", "title"),
        text=("highlights.*.text",),
        brief=("summary",),
        url=("source_url", "unique_url"),
        published=("highlights.*.highlighted_at",),
        source=("author",),
    ),
    Shape(
        "Pocket",
        ("item_id", "resolved_url"),
        title=("resolved_title", "given_title"),
        brief=("excerpt",),
        url=("resolved_url", "given_url"),
        published=("time_added",),
        source=("domain_metadata.name",),
    ),
    Shape(
        "Mastodon",
        ("account.username", "content"),
        text=("content", "reblog.content"),
        url=("url", "reblog.url", "uri"),
        published=("created_at",),
        source=("reblog.account.display_name", "account.display_name", "account.username"),
    ),
    Shape(
        "Google Reader's form: FreshRSS, Inoreader, The Old Reader",
        ("origin.streamId", "title"),
        text=("content.content", "summary.content"),
        url=("canonical.*.href", "alternate.*.href"),
        published=("published", "crawlTimeMsec"),
        source=("origin.title",),
    ),
    Shape(
        "Fundus",
        ("plaintext", "publishing_date"),
        text=("plaintext",),
        url=("html.responded_url", "html.requested_url", "url"),
        published=("publishing_date",),
        source=("html.source_info.publisher", "publisher"),
    ),
)
"""All shapes that need words of their own; the first whose marks a record has counts. NewsAPI, GNews, mediastack,
NewsCatcher, GDELT's lists, JSON Feed, schema.org and many others are read by `COMMON` alone."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Plain names (see `plain_name`) of a story's fields, the best first."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    brief: tuple[str, ...]
    url: tuple[str, ...]
    published: tuple[str, ...]
    source: tuple[str, ...]
    language: tuple[str, ...]
    picture: tuple[str, ...]


COMMON: Final = FieldNames(
    title=(
        *(
            "title",
            "headline",
            "webtitle",
            "heading",
            "subject",
            "resolvedtitle",
            "giventitle",
            "titel",
            "titre",
            "título",
        ),
        *("titulo", "titolo", "name"),
    ),
    text=(
        *("text", "body", "content", "contenttext", "bodytext", "fulltext", "plaintext", "maintext", "rawtext"),
        *("cleanedtext", "textcontent", "selftext", "paragraphs", "story", "article", "note"),
        *("contenthtml", "bodyhtml", "htmlcontent", "html", "markdown", "contentmarkdown", "bodymarkdown"),
        *("liveblogupdate", "inhalt", "texte", "contenu", "texto", "contenido", "conteúdo", "conteudo", "testo"),
    ),
    brief=(
        *("description", "summary", "abstract", "leadparagraph", "lead", "lede", "excerpt", "snippet", "standfirst"),
        *("trailtext", "teaser", "intro", "introduction", "dek", "deck", "subtitle", "preview", "metadescription"),
        *(
            "extract",
            "beschreibung",
            "zusammenfassung",
            "résumé",
            "descripción",
            "descripcion",
            "descrição",
            "descricao",
        ),
    ),
    url=(
        *("url", "link", "href", "weburl", "permalink", "canonicalurl", "canonicallink", "externalurl", "originalurl"),
        *("resolvedurl", "givenurl", "sourceurl", "pageurl", "shareurl", "respondedurl", "requestedurl"),
        *("uri", "loc", "alternate", "guid", "id"),
        *("mainentityofpage", "source"),
    ),
    published=(
        *("published", "publishedat", "datepublished", "pubdate", "publisheddate", "publicationdate", "publishdate"),
        *("datepublish", "publishingdate", "webpublicationdate", "firstpublished", "firstpublishedat", "publishedon"),
        *("publishtime", "publishedtime", "publicationtime", "publicationdatetime", "displaydate", "releasedate"),
        *("issued", "dategmt", "datetime", "date", "pubtime", "time", "timestamp", "ts", "createdat", "createdutc"),
        *("created", "datecreated", "createdtime", "creationdate", "posted", "postedat", "seendate", "updated"),
        *("updatedat", "dateupdated", "modified", "modifiedat", "datemodified", "lastmodified", "dateadded"),
        *("timeadded", "addedat", "savedat", "datum", "fecha", "data"),
    ),
    source=(
        *("source", "sitename", "publisher", "publication", "site", "outlet", "newspaper", "feed", "provider"),
        *("sourcename", "publishername", "sourcetitle", "feedtitle", "feedname", "website", "sourcehostname"),
        *("hostname", "domain", "sourcedomain", "domainname", "cleanurl"),
    ),
    language=("language", "lang", "inlanguage", "languagecode", "locale", "metalang", "contentlanguage"),
    picture=(
        *(
            "image",
            "imageurl",
            "urltoimage",
            "picture",
            "topimage",
            "thumbnail",
            "thumbnailurl",
            "socialimage",
            "bannerimage",
        ),
        *("featuredimage", "leadimage", "leadimageurl", "previewpicture", "coverimage", "coverimageurl"),
    ),
)

LIST_NAMES: Final = (
    *("stories", "items", "articles", "entries", "documents", "news", "results", "data", "rows", "posts", "docs"),
    *("hits", "graph", "itemlistelement", "ordereditems", "records", "list", "edges", "nodes", "value", "children"),
    *("statuses", "response", "rss", "channel", "feed", "item", "entry"),
)
"""Plain names under which documents keep their stories, the likeliest first."""

_PREFIXES: Final = ("article", "post", "news", "story", "item", "entry", "page", "web", "og", "dc", "meta", "rss")
"""What programs put before a field's name: `article_title`, `post_content`, `og:description`, `dc.date`."""

_NOT_ALNUM = re.compile(r"[\W_]+")
_NAMES: Final = frozenset(
    name
    for names in (COMMON.title, COMMON.text, COMMON.brief, COMMON.url, COMMON.published, COMMON.source, COMMON.language)
    for name in names
)


def plain_name(key: str) -> str:
    """Return a key in small letters and digits: `publishedAt` and `published_at` are the same."""
    return _NOT_ALNUM.sub("", key).lower()


def without_prefix(name: str) -> str | None:
    """Return the field that a plain name is with its prefix taken off, or None."""
    for prefix in _PREFIXES:
        rest = name.removeprefix(prefix)
        if rest != name and rest in _NAMES:
            return rest
    return None


def find_shape(record: Mapping[str, Any]) -> Shape | None:
    """Return the first shape whose marks a record has."""
    return next((shape for shape in SHAPES if all(_has(record, mark) for mark in shape.marks)), None)


def _has(record: Mapping[str, Any], path: str) -> bool:
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return True


def values_at(record: Any, path: str) -> Iterator[Any]:
    """Yield what a record has at a path."""
    name, _, rest = path.partition(".")
    if name == "*":
        found = record if isinstance(record, list) else ()
    else:
        found = [record[name]] if isinstance(record, Mapping) and name in record else ()
    for value in found:
        if rest:
            yield from values_at(value, rest)
        else:
            yield value
