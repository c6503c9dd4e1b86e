"""The web edition as an application: addresses, and what each answers.

Every page is made of one state of the news and kept until it changes (`page_cache`). New stories may take some seconds
to appear; what is withheld is gone with the next request.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NoReturn
from urllib.parse import quote, urlencode, urlsplit

import structlog
from aiohttp import web

from bot.commands.error_messages import error_message
from bot.errors import FilterInvalid, GazetteError, InputInvalid, StoreError, UnknownName
from bot.newsroom.filters import Filter
from bot.rendering.pages.time_words import day_words
from bot.services.editions import EditionService, MergedInto, StoryList, WentAway
from bot.services.filter_words import filter_words
from bot.settings import WebSettings
from bot.store.story_rows import NewsState
from bot.web.access import COOKIE, COOKIE_SECONDS, AttemptLimiter, SharedSecret
from bot.web.feed_documents import FeedDocument, FeedEntry, atom_document, event_entry, json_document, story_entry
from bot.web.operator_desk import DESK_PATH, OperatorDesk
from bot.web.page_cache import MadePage, PageCache
from bot.web.page_templates import CONTENT_SECURITY_POLICY, StaticFile, TemplateRenderer, static_files
from bot.web.readers import Reader, allowed_host, page_number, reader_of

__all__ = ["build_site"]

log = structlog.get_logger()

_MAX_BODY: Final = 4_096
"""Bytes that a form may have: the login form has a few dozen."""

_MAX_QUERY: Final = 2_000
"""Characters of a value in an address: what a filter may have."""

_PARAMETERS: Final = ("filter", "language", "page", "q")
"""Values in an address that change a page; all others are ignored."""

_STATIC_SECONDS: Final = 365 * 24 * 3600
"""Seconds for which browsers keep style sheet and icon, whose addresses change with them."""

_RETRY_SECONDS: Final = 30
"""Seconds after which to come back when the database doesn't answer."""

_HTML: Final = "text/html"
_ATOM: Final = "application/atom+xml"
_JSON: Final = "application/feed+json"

_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Other sites never learn of a page. With no-referrer browsers wouldn't say that forms come from here, either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""What every answer tells browsers."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """A request for a page: its path, its values, the reader, and the site's own address."""

    path: str
    parts: Mapping[str, str]
    query: Mapping[str, str]
    reader: Reader
    base: str

    @property
    def page(self) -> int:
        """The number of the page."""
        return page_number(self.query.get("page", ""))

    @property
    def wanted(self) -> Filter:
        """The filter of the address. Raises FilterInvalid, UnknownName."""
        return Filter.parse(self.query.get("filter", ""))

    def absolute(self, path: str, **query: object) -> str:
        """Return the whole address of a page."""
        return self.base + self.reader.link(path, **query)


_UNSUBSCRIBE_PATH: Final = "/unsubscribe/"
"""Path of the links by which readers of mails unsubscribe; a signed text follows."""


_Handler = Callable[[_Visit, NewsState], Awaitable[MadePage]]


def build_site(
    editions: EditionService,
    settings: WebSettings,
    clock: Callable[[], datetime],
    hosts: frozenset[str] = frozenset(),
    desk: OperatorDesk | None = None,
    unsubscribe: Callable[[str], Awaitable[str]] | None = None,
) -> web.Application:
    """Return the application; `hosts` are names that it answers to beside those of the settings.

    `desk` is the operator's page, if the site has it. `unsubscribe` takes the signed text of a mail's link, and ends the
    mails to its address.
    """
    site = _Site(editions, settings, clock, hosts)
    app = web.Application(client_max_size=_MAX_BODY, middlewares=[site.protect])
    pages: dict[str, _Handler] = {
        "/": site.front,
        "/digest.{form:atom|json}": site.digest_feed,
        "/news": site.news,
        "/news.{form:atom|json}": site.news_feed,
        "/archive": site.archive,
        "/archive/{day:[0-9]{4}-[0-9]{2}-[0-9]{2}}": site.day,
        "/archive/{week:[0-9]{4}-W[0-9]{2}}": site.week,
        "/countries": site.countries,
        "/countries/{name}": site.country,
        "/topics": site.topics,
        "/topics/{name}": site.topic,
        "/languages/{name}": site.language,
        "/sources": site.sources,
        "/sources/{name}": site.source,
        "/events/{number:[0-9]{1,18}}": site.event,
        "/stories/{number:[0-9]{1,18}}": site.story,
    }
    for path, handler in pages.items():
        app.router.add_get(path, site.cached(handler))
    app.router.add_get("/{kind:[es]}{number:[0-9]{1,18}}", site.short_link)
    app.router.add_get("/search", site.search)
    app.router.add_get("/robots.txt", site.robots)
    for file in static_files().values():
        app.router.add_get(file.path, site.static(file))
    app.router.add_get("/login", site.login_form)
    app.router.add_post("/login", site.log_in)
    if desk is not None:
        desk.add_routes(app, site.pages, secure=settings.address.startswith("https:"))
    if unsubscribe is not None:
        app.router.add_get(_UNSUBSCRIBE_PATH + "{token}", site.unsubscribe_form)
        app.router.add_post(_UNSUBSCRIBE_PATH + "{token}", site.unsubscriber(unsubscribe))
    return app


class _Site:
    """The handlers of the site."""

    def __init__(
        self,
        editions: EditionService,
        settings: WebSettings,
        clock: Callable[[], datetime],
        hosts: frozenset[str],
    ) -> None:
        self._editions, self._settings, self._clock = editions, settings, clock
        self.pages = TemplateRenderer(settings)
        self._cache = PageCache()
        self._making: dict[Hashable, asyncio.Task[MadePage]] = {}
        own = urlsplit(settings.address).hostname
        self._hosts = hosts | ({own} if own else set())
        secret = settings.secret.get_secret_value()
        self._secret = SharedSecret(secret) if secret else None
        self._open_paths = {"/login", "/robots.txt", *(file.path for file in static_files().values())}
        self._attempts = AttemptLimiter(lambda: clock().timestamp())

    @web.middleware
    async def protect(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        """Check host and access, turn errors into pages, and set the headers of every answer."""
        response: web.StreamResponse
        if allowed_host(request.headers.get("Host", ""), self._hosts) is None:
            response = web.Response(status=421, text="Misdirected request: this site has another name.\n")
        elif not self._may_read(request):
            target = urlencode({"next": request.path_qs[:_MAX_QUERY]})
            response = _redirection(web.HTTPSeeOther.status_code, f"/login?{target}")
            if request.path.endswith((".atom", ".json")):
                response = web.Response(status=401, headers={"WWW-Authenticate": 'Basic realm="Gazette"'})
        else:
            response = await self._answer(request, handler)
        response.headers.update(_HEADERS)
        if not self._settings.indexed:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Cache-Control", "no-cache" if self._secret is None else "private, no-cache")
        return response

    async def _answer(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        try:
            response: web.StreamResponse = await handler(request)
            return response
        except web.HTTPRequestEntityTooLarge as error:
            return web.Response(status=error.status, text="That is too long.\n")
        except web.HTTPException as error:
            if error.status < web.HTTPBadRequest.status_code:
                return _redirection(error.status, error.headers["Location"])
            return self._send(request, self._error_page(request, error.status))
        except (FilterInvalid, UnknownName, InputInvalid) as error:
            return self._send(request, self._error_page(request, web.HTTPBadRequest.status_code, error))
        except StoreError as error:
            log.warning("web.store_unavailable", error=str(error))
            response = self._send(request, self._error_page(request, web.HTTPServiceUnavailable.status_code, error))
            response.headers["Retry-After"] = str(_RETRY_SECONDS)
            return response
        except Exception as error:
            log.exception("web.page_failed", path=request.path, exc_info=error)
            return self._send(request, self._error_page(request, web.HTTPInternalServerError.status_code))

    def _may_read(self, request: web.Request) -> bool:
        """Return whether a request proves that its reader knows the secret, or needs no proof."""
        open_path = request.path in self._open_paths or request.path.startswith(_UNSUBSCRIBE_PATH)
        if self._secret is None or open_path or f"{request.path}/".startswith(f"{DESK_PATH}/"):
            return True
        now = self._clock().timestamp()
        if self._secret.accepts_cookie(request.cookies.get(COOKIE, ""), now):
            return True
        header, address = request.headers.get("Authorization"), request.remote or ""
        if header is None or not self._attempts.may_try(address):
            return False
        if self._secret.accepts_header(header):
            return True
        self._attempts.note_failure(address)
        return False

    def cached(self, handler: _Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return a handler that sends the page that was made for the present news, or makes it once."""

        async def send(request: web.Request) -> web.StreamResponse:
            visit = self._visit(request)
            state = await self._editions.state()
            key = (visit.path, tuple(sorted(visit.query.items())), visit.reader, visit.base)
            page = self._cache.get(key, state)
            if page is None:
                making = self._making.get((key, state))
                if making is None:
                    making = asyncio.create_task(self._make(handler, visit, state, key))
                    self._making[key, state] = making
                page = await asyncio.shield(making)
            return self._send(request, page)

        return send

    async def _make(self, handler: _Handler, visit: _Visit, state: NewsState, key: Hashable) -> MadePage:
        """Make a page, and keep it unless it isn't one."""
        try:
            page = await handler(visit, state)
            self._cache.put(key, state, page)
            return page
        finally:
            del self._making[key, state]

    def _visit(self, request: web.Request) -> _Visit:
        query = {name: request.query[name][:_MAX_QUERY] for name in _PARAMETERS if request.query.get(name)}
        reader = reader_of(request.headers.get("Accept-Language", ""), query.get("language", ""))
        host = allowed_host(request.headers.get("Host", ""), self._hosts)
        return _Visit(request.path, request.match_info, query, reader, self._settings.address or f"http://{host}")

    def _send(self, request: web.Request, page: MadePage) -> web.Response:
        """Return a page, or that the reader has it already."""
        headers = {"ETag": f'W/"{page.etag}"', "Vary": "Accept-Encoding, Accept-Language, Cookie"}
        if page.status == web.HTTPOk.status_code and page.etag in {
            tag.strip().removeprefix("W/").strip('"') for tag in request.headers.get("If-None-Match", "").split(",")
        }:
            return web.Response(status=304, headers=headers)
        body = page.body
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = page.compressed, "gzip"
        return web.Response(
            status=page.status, body=body, headers=headers, content_type=page.content_type, charset="utf-8"
        )

    def _html(self, template: str, visit: _Visit, *, status: int = 200, **facts: Any) -> MadePage:
        text = self.pages.render(template, visit.reader, path=visit.path, query=visit.query, **facts)
        return MadePage.of(text, _HTML, status)

    def _error_page(self, request: web.Request, status: int, error: GazetteError | None = None) -> MadePage:
        # Its links lead to the front page: a path that is no page's may be another site's, such as //other.example.
        visit = replace(self._visit(request), path="/", query={})
        words = visit.reader.words
        key = {404: "not-found", 410: "gone", 400: "invalid", 405: "not-found"}.get(status, "broken")
        told = error_message(error, words) if error is not None else words(f"web-{key}-text")
        return self._html("error.html.j2", visit, status=status, title=words(f"web-{key}"), told=told)

    async def front(self, visit: _Visit, state: NewsState) -> MadePage:
        """The front page."""
        wanted = visit.wanted
        page = await self._editions.front_page(state, wanted, languages=visit.reader.languages)
        return self._html(
            "front.html.j2", visit, page=page, wanted=str(wanted), title=filter_words(str(wanted), visit.reader.words)
        )

    async def digest_feed(self, visit: _Visit, state: NewsState) -> MadePage:
        """The front page as a feed: an entry an event."""
        wanted = visit.wanted
        page = await self._editions.front_page(state, wanted, languages=visit.reader.languages)
        entries = [event_entry(each.event, visit.absolute(f"/events/{each.event.id}")) for each in page.events]
        return self._feed(visit, entries, visit.absolute("/", filter=wanted), state, filter=wanted)

    async def news(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories that match a filter."""
        wanted = visit.wanted
        words = visit.reader.words
        title = filter_words(str(wanted), words) or words("web-all-news")
        return self._list(visit, await self._editions.stories(wanted, page=visit.page), title, wanted)

    async def news_feed(self, visit: _Visit, state: NewsState) -> MadePage:
        """The newest stories that match a filter, as a feed."""
        wanted = visit.wanted
        found = await self._editions.stories(wanted)
        entries = [story_entry(each, visit.absolute(f"/stories/{each.id}")) for each in found.stories]
        return self._feed(visit, entries, visit.absolute("/news", filter=wanted), state, filter=wanted)

    def _feed(
        self, visit: _Visit, entries: list[FeedEntry], page_url: str, state: NewsState, **query: Filter
    ) -> MadePage:
        about = filter_words(str(query["filter"]), visit.reader.words)
        updated = max((entry.updated for entry in entries), default=state.newest or datetime.fromtimestamp(0, UTC))
        feed = FeedDocument(
            f"{self._settings.title}: {about}" if about else self._settings.title,
            visit.absolute(visit.path, **query),
            page_url,
            updated,
            visit.reader.locale,
            tuple(entries),
        )
        if visit.parts["form"] == "atom":
            return MadePage.of(atom_document(feed), _ATOM)
        return MadePage.of(json_document(feed), _JSON)

    def _list(
        self, visit: _Visit, found: StoryList, title: str, wanted: Filter | None = None, *, kicker: str = ""
    ) -> MadePage:
        """Return a list of stories; with `wanted` it has a feed."""
        if not found.stories and found.page > 1:
            raise web.HTTPNotFound
        feed = None if wanted is None else visit.reader.link("/news.atom", filter=wanted)
        return self._html("stories.html.j2", visit, found=found, title=title, feed=feed, kicker=kicker)

    async def archive(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The days with news, and the languages."""
        days = await self._editions.days()
        languages = await self._editions.counts("language")
        months: dict[date, list[tuple[date, int]]] = {}
        for day, count in days:
            months.setdefault(day.replace(day=1), []).append((day, count))
        return self._html("archive.html.j2", visit, months=months, languages=languages)

    async def day(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories that were published on a day."""
        day = _day_of(visit.parts["day"])
        found = await self._editions.between(day, day, page=visit.page)
        words = visit.reader.words
        return self._list(visit, found, day_words(day, visit.reader.words), kicker=words("web-archive"))

    async def week(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories that were published in a week."""
        year, _, number = visit.parts["week"].partition("-W")
        try:
            monday = date.fromisocalendar(int(year), int(number), 1)
            sunday = monday + timedelta(days=6)
        except (ValueError, OverflowError):
            raise web.HTTPNotFound from None
        found = await self._editions.between(monday, sunday, page=visit.page)
        words = visit.reader.words
        title = words("web-week", week=int(number), year=year)
        return self._list(visit, found, title, kicker=words("web-archive"))

    async def countries(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The countries in the news."""
        counts = await self._editions.counts("country")
        return self._html(
            "labels.html.j2", visit, counts=counts, kind="country", title=visit.reader.words("countries-title")
        )

    async def topics(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The topics in the news."""
        counts = await self._editions.counts("topic")
        return self._html(
            "labels.html.j2", visit, counts=counts, kind="topic", title=visit.reader.words("topics-title")
        )

    async def country(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories about a country."""
        return await self._labelled(visit, "country", "web-countries")

    async def topic(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories about a topic."""
        return await self._labelled(visit, "topic", "web-topics")

    async def language(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories in a language."""
        return await self._labelled(visit, "lang", "web-languages")

    async def _labelled(self, visit: _Visit, key: str, kicker: str) -> MadePage:
        name = visit.parts["name"]
        if re.fullmatch(r"[A-Za-z][A-Za-z-]{1,60}", name, re.ASCII) is None:
            raise web.HTTPNotFound
        try:
            wanted = Filter.parse(f"{key}:{name}")
        except (FilterInvalid, UnknownName):
            raise web.HTTPNotFound from None
        found = await self._editions.stories(wanted, page=visit.page)
        words = visit.reader.words
        return self._list(visit, found, filter_words(str(wanted), words), wanted, kicker=words(kicker))

    async def sources(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The publishers."""
        return self._html("sources.html.j2", visit, publishers=await self._editions.publishers())

    async def source(self, visit: _Visit, _state: NewsState) -> MadePage:
        """The stories of a publisher."""
        name = visit.parts["name"]
        found = await self._editions.publisher(name, page=visit.page)
        if not found.stories:
            raise web.HTTPNotFound
        shown = found.stories[0].ref.source or name
        return self._list(visit, found, shown, _source_filter(name), kicker=visit.reader.words("web-sources"))

    async def event(self, visit: _Visit, _state: NewsState) -> MadePage:
        """An event with its reports."""
        found = await self._editions.event(int(visit.parts["number"]), languages=visit.reader.languages)
        if isinstance(found, MergedInto):
            raise web.HTTPMovedPermanently(visit.reader.link(f"/events/{found.event_id}"))
        if found is None or isinstance(found, WentAway):
            _refuse(found)
        return self._html("event.html.j2", visit, event=found)

    async def story(self, visit: _Visit, _state: NewsState) -> MadePage:
        """A story."""
        found = await self._editions.story(int(visit.parts["number"]))
        if found is None or isinstance(found, WentAway):
            _refuse(found)
        return self._html("story.html.j2", visit, story=found)

    async def short_link(self, request: web.Request) -> NoReturn:
        """Lead a number as digests have it, such as e34, to its page."""
        kind = {"e": "events", "s": "stories"}[request.match_info["kind"]]
        raise web.HTTPMovedPermanently(f"/{kind}/{request.match_info['number']}")

    async def search(self, request: web.Request) -> web.StreamResponse:
        """The form of the search, and what it found. It is made anew each time."""
        visit = self._visit(request)
        asked = visit.query.get("q", "").strip()
        problem, found = "", None
        if asked:
            try:
                found = await self._editions.search(asked, page=visit.page)
            except (FilterInvalid, UnknownName, InputInvalid) as error:
                problem = error_message(error, visit.reader.words)
        status = 400 if problem else 200
        return self._send(
            request, self._html("search.html.j2", visit, status=status, asked=asked, found=found, problem=problem)
        )

    async def robots(self, _request: web.Request) -> web.Response:
        """The rules for search engines."""
        rule = "Disallow: /login\nDisallow: /search" if self._settings.indexed else "Disallow: /"
        return web.Response(text=f"User-agent: *\n{rule}\n")

    def static(self, file: StaticFile) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Return a handler that sends a file which never changes."""

        async def send(_request: web.Request) -> web.Response:
            headers = {"Cache-Control": f"public, max-age={_STATIC_SECONDS}, immutable"}
            return web.Response(body=file.body, content_type=file.content_type, charset="utf-8", headers=headers)

        return send

    async def login_form(self, request: web.Request) -> web.StreamResponse:
        """The form for the shared secret."""
        if self._secret is None:
            raise web.HTTPNotFound
        return self._login_page(request, _own_path(request.query.get("next", "")), "")

    async def log_in(self, request: web.Request) -> web.StreamResponse:
        """Check a typed secret, and give the cookie that proves it."""
        if self._secret is None:
            raise web.HTTPNotFound
        if not _same_origin(request):
            raise web.HTTPForbidden
        form = await request.post()
        typed, target = str(form.get("secret", "")), _own_path(str(form.get("next", "")))
        address = request.remote or ""
        words = self._visit(request).reader.words
        if not self._attempts.may_try(address):
            return self._login_page(request, target, words("web-login-wait"), web.HTTPTooManyRequests.status_code)
        if not self._secret.matches(typed):
            self._attempts.note_failure(address)
            log.warning("web.login_refused", address=address)
            return self._login_page(request, target, words("web-login-wrong"), web.HTTPForbidden.status_code)
        response = _redirection(web.HTTPSeeOther.status_code, target)
        response.set_cookie(
            COOKIE,
            self._secret.make_cookie(self._clock().timestamp()),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=self._settings.address.startswith("https:"),
        )
        return response

    async def unsubscribe_form(self, request: web.Request) -> web.StreamResponse:
        """The page behind a mail's link: programs that follow links by themselves press no button."""
        return self._unsubscribe_page(request, "")

    def unsubscriber(
        self, unsubscribe: Callable[[str], Awaitable[str]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return a handler that ends the mails to the address of a link, at one press (RFC 8058)."""

        async def end_mails(request: web.Request) -> web.StreamResponse:
            words = self._visit(request).reader.words
            try:
                await unsubscribe(request.match_info["token"])
            except InputInvalid:
                return self._unsubscribe_page(request, words("mail-unsubscribe-invalid"), web.HTTPNotFound.status_code)
            return self._unsubscribe_page(request, words("mail-unsubscribed"))

        return end_mails

    def _unsubscribe_page(self, request: web.Request, result: str, status: int = 200) -> web.Response:
        visit = self._visit(request)
        question = visit.reader.words("mail-unsubscribe-question")
        facts = {"target": quote(request.path), "result": result, "question": question}
        page = self._html("unsubscribe.html.j2", visit, status=status, **facts)
        return self._send(request, page)

    def _login_page(self, request: web.Request, target: str, problem: str, status: int = 200) -> web.Response:
        visit = self._visit(request)
        return self._send(request, self._html("login.html.j2", visit, status=status, target=target, problem=problem))


def _redirection(status: int, location: str) -> web.Response:
    return web.Response(status=status, headers={"Location": location})


def _refuse(found: WentAway | None) -> NoReturn:
    raise web.HTTPGone if found is not None else web.HTTPNotFound


def _day_of(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise web.HTTPNotFound from None


def _source_filter(name: str) -> Filter | None:
    """Return the filter of a publisher; None for a name that the filter language can't write."""
    if set('"*\\').intersection(name):
        return None
    try:
        return Filter.parse(f'source:"{name}"')
    except (FilterInvalid, UnknownName):
        return None


def _own_path(target: str) -> str:
    """Return a path of this site, as it is safe to lead somebody to; else the front page."""
    return target if re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", target, re.ASCII) else "/"


def _same_origin(request: web.Request) -> bool:
    """Return whether a form was sent from a page of this site, as far as the browser tells."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("Host", "").lower()
