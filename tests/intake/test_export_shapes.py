"""Exports of other programs: every shape gives title, text, address, time and source; one bad record costs one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import SeedRejected
from bot.intake.file_reader import read_bytes
from bot.intake.readers.json_shapes import SHAPES, find_shape
from bot.intake.types import DocumentPart, ReadDocument

HARBOUR = "Harbour of Oslo reopens after storm"
STORM = (
    "The harbour of Oslo reopened on Monday after a storm closed it for three days, officials said. Ferries to Nesodden "
    "sailed again at noon."
)
GOATS = "Goats eat the garden of a mayor in Utrecht"
GARDEN = "Eleven goats ate the garden of the mayor of Utrecht on Sunday, a neighbour said. They belong to nobody."
URL, URL2 = "https://post.example/harbour", "https://post.example/goats"
TIME = "2026-11-29T09:30:00Z"
MOMENT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())


def read(value: Any, name: str = "export.json") -> ReadDocument:
    return read_bytes(json.dumps(value).encode(), name, 1_000_000)


def fields(part: DocumentPart) -> tuple[Any, ...]:
    return part.title, part.text, part.url, part.published, part.source


EXPORTS: dict[str, Any] = {
    "WordPress REST API": [
        {
            "id": 1,
            "date": "2026-11-29T10:30:00",
            "date_gmt": "2026-11-29T09:30:00",
            "guid": {"rendered": "https://post.example/?p=1"},
            "link": URL,
            "title": {"rendered": "Harbour of Oslo reopens after storm"},
            "content": {"rendered": f"<p>{STORM}</p>", "protected": False},
            "excerpt": {"rendered": "<p>Short.</p>"},
            "source": "Harbour Post",
        }
    ],
    "The Guardian's Open Platform": {
        "response": {
            "status": "ok",
            "total": 1,
            "results": [
                {
                    "id": "world/1",
                    "type": "article",
                    "webPublicationDate": TIME,
                    "webTitle": f"{HARBOUR} – as it happened",
                    "webUrl": URL,
                    "apiUrl": "https://api.example/1",
                    "fields": {"headline": HARBOUR, "bodyText": STORM, "publication": "Harbour Post"},
                }
            ],
        }
    },
    "New York Times, Article Search and Archive": {
        "response": {
            "docs": [
                {
                    "web_url": URL,
                    "snippet": "Short.",
                    "abstract": "The harbour is open.",
                    "lead_paragraph": STORM,
                    "source": "Harbour Post",
                    "headline": {"main": HARBOUR, "kicker": None, "print_headline": "Harbor"},
                    "pub_date": "2026-11-29T09:30:00+0000",
                    "multimedia": [{"url": "images/1.jpg", "caption": "The harbour"}],
                }
            ],
            "meta": {"hits": 1},
        }
    },
    "New York Times, Top Stories, Newswire and Most Popular": {
        "section": "home",
        "last_updated": TIME,
        "results": [
            {
                "section": "world",
                "title": HARBOUR,
                "abstract": STORM,
                "url": URL,
                "published_date": TIME,
                "source": "Harbour Post",
                "multimedia": [{"url": "https://i.example/1.jpg", "caption": "The harbour"}],
            }
        ],
    },
    "Hacker News, Algolia": {
        "hits": [
            {
                "objectID": "1",
                "created_at": TIME,
                "title": HARBOUR,
                "url": URL,
                "story_text": STORM,
                "source": "Harbour Post",
                "_highlightResult": {"title": {"value": "<em>Harbour</em>"}},
            }
        ],
        "nbHits": 1,
    },
    "Hacker News, Algolia's items": {
        "id": 1,
        "created_at": TIME,
        "parent_id": None,
        "points": 5,
        "title": HARBOUR,
        "url": URL,
        "text": STORM,
        "source": "Harbour Post",
        "children": [{"id": 2, "created_at": TIME, "title": None, "text": "<p>Nice harbour."}],
    },
    "Hacker News, Firebase": {
        "by": "anna",
        "id": 1,
        "time": SECONDS,
        "title": HARBOUR,
        "type": "story",
        "url": URL,
        "text": STORM,
        "source": "Harbour Post",
        "kids": [2, 3],
    },
    "reddit": {
        "kind": "Listing",
        "data": {
            "after": None,
            "children": [
                {
                    "kind": "t3",
                    "data": {
                        "subreddit": "oslo",
                        "subreddit_name_prefixed": "Harbour Post",
                        "title": HARBOUR,
                        "selftext": STORM.replace("Monday", "**Monday**"),
                        "permalink": "/r/oslo/comments/1/",
                        "url": URL,
                        "created_utc": float(SECONDS),
                        "preview": {"images": [{"source": {"url": "https://i.example/1.jpg"}}]},
                    },
                }
            ],
        },
    },
    "news-please and its archives of CC-News": {
        "date_download": "2026-11-30 06:00:00",
        "date_publish": "2026-11-29 09:30:00",
        "description": "Short.",
        "maintext": STORM,
        "source_domain": "Harbour Post",
        "title": HARBOUR,
        "url": URL,
    },
    "newspaper3k and newspaper4k": {
        "url": URL,
        "title": HARBOUR,
        "text": STORM,
        "publish_date": "2026-11-29 09:30:00",
        "authors": ["J. Doe"],
        "meta_site_name": "Harbour Post",
        "source_url": "https://post.example",
    },
    "trafilatura": {
        "title": HARBOUR,
        "hostname": "post.example",
        "date": "2026-11-29T09:30:00",
        "fingerprint": "f",
        "raw_text": STORM,
        "text": STORM,
        "source": URL,
        "source-hostname": "Harbour Post",
        "excerpt": "",
        "comments": "",
    },
    "Readwise Reader": {
        "count": 1,
        "results": [
            {
                "id": "1",
                "url": "https://read.readwise.example/1",
                "source_url": URL,
                "title": HARBOUR,
                "source": "Reader RSS",
                "category": "rss",
                "location": "feed",
                "site_name": "Harbour Post",
                "published_date": SECONDS * 1000,
                "summary": "Short.",
                "html_content": f"<p>{STORM}</p>",
            }
        ],
    },
    "Readwise, highlights": {
        "results": [
            {
                "title": HARBOUR,
                "readable_title": HARBOUR,
                "author": "Harbour Post",
                "source_url": URL,
                "highlights": [
                    {"text": STORM.split(" Ferries")[0], "highlighted_at": TIME},
                    {"text": "Ferries" + STORM.split(" Ferries")[1], "highlighted_at": "2026-11-30T00:00:00Z"},
                ],
            }
        ]
    },
    "Pocket": {
        "status": 1,
        "list": {
            "123": {
                "item_id": "123",
                "given_url": "https://short.example/1",
                "resolved_url": URL,
                "resolved_title": HARBOUR,
                "time_added": str(SECONDS),
                "excerpt": STORM,
                "domain_metadata": {"name": "Harbour Post"},
            }
        },
    },
    "Mastodon": [
        {
            "id": "1",
            "created_at": TIME,
            "url": URL,
            "title": HARBOUR,
            "content": f"<p>{STORM}</p>",
            "account": {"username": "a", "display_name": "Harbour Post", "note": "<p>All news of harbours.</p>"},
        }
    ],
    "Google Reader's form: FreshRSS, Inoreader, The Old Reader": {
        "title": "Starred",
        "items": [
            {
                "published": SECONDS,
                "title": HARBOUR,
                "canonical": [{"href": URL}],
                "summary": {"content": f"<p>{STORM}</p>"},
                "origin": {"streamId": "feed/1", "title": "Harbour Post"},
            }
        ],
    },
    "Fundus": {
        "title": HARBOUR,
        "plaintext": STORM,
        "publishing_date": TIME,
        "html": {"responded_url": URL, "content": "<html>", "source_info": {"publisher": "Harbour Post"}},
    },
}
"""A record in each shape's own form; all of them tell the same story."""


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_declared_shape_is_read(shape: Any) -> None:
    (part,) = read(EXPORTS[shape.name]).parts
    title, text, *others = fields(part)
    assert (title, text.replace("\n", " "), *others) == (HARBOUR, STORM, URL, MOMENT, "Harbour Post")
    assert part.one_story


def test_every_shape_is_known_by_its_marks() -> None:
    def records(value: Any) -> list[Any]:
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        return [value, *(each for part in inner for each in records(part))]

    for name, export in EXPORTS.items():
        found = [shape.name for each in records(export) if isinstance(each, dict) and (shape := find_shape(each))]
        assert found == [name]


ARTICLE = {"@type": "NewsArticle", "headline": HARBOUR, "articleBody": STORM, "url": URL, "datePublished": TIME}
PUBLISHER = {"@type": "NewsMediaOrganization", "name": "Harbour Post", "url": "https://post.example"}
COMMON_EXPORTS: dict[str, Any] = {
    "schema.org": ARTICLE | {"@context": "https://schema.org", "publisher": PUBLISHER},
    "schema.org, array": [ARTICLE | {"publisher": PUBLISHER}],
    "schema.org, graph": {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Harbour Post", "url": "https://post.example", "description": "All harbours."},
            ARTICLE,
            {"@type": "Person", "name": "J. Doe", "url": "https://post.example/doe", "description": "Writes."},
            {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Home"}]},
        ],
    },
    "schema.org, address of the page": [
        {key: value for key, value in ARTICLE.items() if key != "url"}
        | {"mainEntityOfPage": {"@type": "WebPage", "@id": URL}, "publisher": PUBLISHER}
    ],
    "schema.org, list": {
        "@type": "ItemList",
        "name": "Harbour Post",
        "itemListElement": [{"@type": "ListItem", "position": 1, "item": ARTICLE}],
    },
    "NewsAPI": {
        "status": "ok",
        "articles": [
            {
                "source": {"id": None, "name": "Harbour Post"},
                "title": f"{HARBOUR} - Harbour Post",
                "description": STORM,
                "url": URL,
                "publishedAt": TIME,
                "content": "The harbour of Os… [+1834 chars]",
            }
        ],
    },
    "mediastack": {
        "pagination": {"limit": 1},
        "data": [{"title": HARBOUR, "description": STORM, "url": URL, "source": "Harbour Post", "published_at": TIME}],
    },
    "NewsData": {
        "results": [
            {
                "title": HARBOUR,
                "link": URL,
                "description": STORM,
                "content": "ONLY AVAILABLE IN PAID PLANS",
                "pubDate": "2026-11-29 09:30:00",
                "source_name": "Harbour Post",
                "source_url": "https://post.example",
            }
        ]
    },
    "Elasticsearch": {
        "hits": {
            "total": {"value": 1},
            "hits": [
                {
                    "_index": "news",
                    "_source": {
                        "title": HARBOUR,
                        "body": STORM,
                        "url": URL,
                        "@timestamp": TIME,
                        "source": "Harbour Post",
                    },
                }
            ],
        }
    },
    "JSON:API": {
        "data": [
            {
                "id": "1",
                "attributes": {
                    "title": HARBOUR,
                    "content": [{"type": "paragraph", "children": [{"type": "text", "text": STORM}]}],
                    "url": URL,
                    "publishedAt": TIME,
                    "site": "Harbour Post",
                },
            }
        ]
    },
    "GraphQL": {
        "data": {
            "posts": {
                "edges": [
                    {"node": {"title": HARBOUR, "html": STORM, "link": URL, "date": TIME, "site": "Harbour Post"}}
                ]
            }
        }
    },
    "ActivityPub": {
        "type": "OrderedCollection",
        "orderedItems": [
            {
                "type": "Create",
                "actor": "https://m.example/a",
                "object": {
                    "type": "Article",
                    "name": HARBOUR,
                    "content": STORM,
                    "url": URL,
                    "published": TIME,
                    "site": "Harbour Post",
                },
            }
        ],
    },
    "MongoDB": [
        {
            "_id": {"$oid": "1"},
            "title": HARBOUR,
            "text": STORM,
            "url": URL,
            "date": {"$date": {"$numberLong": str(SECONDS * 1000)}},
            "source": "Harbour Post",
        }
    ],
    "database dump": [
        {
            "post_title": HARBOUR,
            "post_content": f"<p>{STORM}</p>",
            "post_date": "2026-11-29 09:30:00",
            "guid": URL,
            "site_name": "Harbour Post",
        }
    ],
    "table by columns": {
        "Title": {"0": HARBOUR},
        "Text": {"0": STORM},
        "URL": {"0": URL},
        "Date": {"0": "20261129093000"},
        "Source": {"0": "Harbour Post"},
    },
    "table with a header": {
        "columns": ["title", "text", "url", "date", "source"],
        "data": [[HARBOUR, STORM, URL, "20261129T093000Z", "Harbour Post"]],
    },
    "XML as JSON": {
        "rss": {
            "@version": "2.0",
            "channel": {
                "title": "Harbour Post",
                "link": "https://post.example",
                "description": "All harbours.",
                "item": [
                    {
                        "title": {"#text": HARBOUR},
                        "link": URL,
                        "description": {"__cdata": STORM},
                        "pubDate": "Sun, 29 Nov 2026 09:30:00 GMT",
                    }
                ],
            },
        }
    },
    "unknown names around known ones": {
        "generated": "2026-11-30",
        "digest": {"front": {"pieces": [{"Headline": HARBOUR, "Teaser": STORM, "Link": URL, "Created": TIME}]}},
        "publisher": "Harbour Post",
    },
}


@pytest.mark.parametrize("name", COMMON_EXPORTS)
def test_other_exports_are_read_by_common_names(name: str) -> None:
    (part,) = read(COMMON_EXPORTS[name]).parts
    assert fields(part) == (HARBOUR, STORM, URL, MOMENT, "Harbour Post")


def test_a_list_of_headlines_gives_a_story_each() -> None:
    gdelt = {
        "articles": [
            {
                "url": URL,
                "title": HARBOUR,
                "seendate": "20261129T093000Z",
                "domain": "post.example",
                "language": "English",
            },
            {
                "url": URL2,
                "title": GOATS,
                "seendate": "20261129T093000Z",
                "domain": "post.example",
                "language": "Dutch",
            },
        ]
    }
    parts = read(gdelt).parts
    assert [fields(part) for part in parts] == [
        (HARBOUR, HARBOUR, URL, MOMENT, "post.example"),
        (GOATS, GOATS, URL2, MOMENT, "post.example"),
    ]
    assert [part.language for part in parts] == ["en", "nl"]
    assert all(part.brief for part in parts)


@pytest.mark.parametrize(
    "picture",
    [{"urlToImage": "https://i.example/1.jpg"}, {"image": {"@type": "ImageObject", "url": "https://i.example/1.jpg"}}],
    ids=["NewsAPI", "schema.org"],
)
def test_the_address_of_a_picture_is_kept(picture: dict[str, Any]) -> None:
    (part,) = read({"title": HARBOUR, "text": STORM} | picture).parts
    assert part.picture == "https://i.example/1.jpg"
    assert not part.brief


def test_content_that_is_cut_off_is_known_as_cut() -> None:
    row = {"title": HARBOUR, "content": f"{STORM} The mayor thanked the crews, who ha… [+1834 chars]"}
    (analysis,) = read([row]).analyse(sentences=5)
    assert analysis.story.truncated
    assert analysis.story.body.endswith("who ha […]")
    assert all("[+" not in sentence.text and "mayor" not in sentence.text for sentence in analysis.summary)


@pytest.mark.parametrize("mark", ["[1204 chars]", "[+1,204 chars]", "... [1204 chars]", "[1204 characters]"])
def test_marks_of_cut_content_are_no_text(mark: str) -> None:
    (part,) = read([{"title": HARBOUR, "content": f"{STORM} The may{mark}"}]).parts
    assert part.text == f"{STORM} The may […]"


def test_a_whole_text_is_preferred_to_one_that_is_cut_off() -> None:
    (part,) = read([{"title": HARBOUR, "content": "The harbour of Os… [+183 chars]", "full_text": STORM}]).parts
    assert part.text == STORM


def test_lines_of_plain_text_with_dashes_stay_as_they_are() -> None:
    text = "- Where were you?\n- At the harbour, he said\n- Nobody saw you there."
    assert read([{"title": HARBOUR, "text": text}]).parts[0].text == text


def test_one_bad_record_costs_one_record_and_is_named() -> None:
    rows = [
        {"title": HARBOUR, "text": STORM},
        17,
        {"title": "Only"},
        {"text": ["<p>"]},
        {"title": GOATS, "text": GARDEN},
    ]
    document = read(rows)
    assert [part.title for part in document.parts] == [HARBOUR, GOATS]
    assert document.notes == (
        '3 of 5 objects were left out: object 2 is no object; object 3 has no "text"; object 4 has no "text"',
    )


def test_of_many_bad_records_the_first_are_named() -> None:
    (note,) = read([{"title": HARBOUR, "text": STORM}, *[{"id": at} for at in range(100)]]).notes
    assert note.startswith('100 of 101 objects were left out: object 2 has no "text"; ')
    assert note.endswith("; and 95 more")


def test_what_a_provider_took_back_is_no_story() -> None:
    removed = {"title": "[Removed]", "description": "[Removed]", "url": "https://removed.example", "publishedAt": TIME}
    document = read({"articles": [removed, {"title": HARBOUR, "description": STORM}]})
    assert [part.title for part in document.parts] == [HARBOUR]
    assert len(document.notes) == 1


@pytest.mark.parametrize(
    "beside",
    [
        {"comments": [{"text": "Nice.", "url": URL2, "title": "Re"}]},
        {"related": [{"title": GOATS, "url": URL2}]},
        {"items": [{"title": GOATS, "url": URL2}]},
        {"author": {"name": "J. Doe", "url": "https://post.example/doe", "description": "Writes about harbours."}},
        {"images": [{"title": "A harbour", "url": "https://i.example/1.jpg", "description": "Boats."}]},
    ],
    ids=lambda beside: next(iter(beside)),
)
def test_what_a_story_has_beside_it_is_no_story(beside: dict[str, Any]) -> None:
    (part,) = read({"title": HARBOUR, "text": STORM, "url": URL} | beside).parts
    assert (part.title, part.text, part.url) == (HARBOUR, STORM, URL)


def test_an_error_of_a_server_is_no_story() -> None:
    with pytest.raises(SeedRejected):
        read({"status": "error", "code": "apiKeyInvalid", "message": "Your API key is invalid or incorrect."})


def test_each_line_of_json_lines_may_be_an_answer_with_many_stories() -> None:
    lines = [EXPORTS["Pocket"], EXPORTS["The Guardian's Open Platform"], {"title": GOATS, "text": GARDEN}]
    text = "\n".join(map(json.dumps, lines))
    document = read_bytes(text.encode(), "export.jsonl", 1_000_000)
    assert [part.title for part in document.parts] == [HARBOUR, HARBOUR, GOATS]


@pytest.mark.parametrize("levels", [100, 900])
def test_deep_and_wide_values_are_read_in_bounded_time(levels: int) -> None:
    deep: Any = {"title": HARBOUR, "text": STORM}
    for _ in range(levels):
        deep = {"data": deep}
    wide = {f"key{at}": {"items": [{"x": at}] * 20} for at in range(2_000)}
    (part,) = read({"wide": wide, "stories": [{"title": HARBOUR, "text": STORM}], "deep": deep}).parts
    assert part.title == HARBOUR
