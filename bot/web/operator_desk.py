"""The operator's page: the state of the program, and orders.

It is opened by a one-time link and kept open by a cookie that no other site's request carries. Each order has to come from a
form of this page, which a token proves, and from this site, which the browser tells; each is logged. In English, as the
terminal is.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.errors import GazetteError
from bot.i18n import words
from bot.services.operations import OperationsService
from bot.services.operator_access import SESSION_LIFETIME, OperatorAccess
from bot.web.access import AttemptLimiter
from bot.web.page_cache import MadePage
from bot.web.page_templates import TemplateRenderer
from bot.web.readers import Reader

__all__ = ["DESK_PATH", "OperatorDesk"]

log = structlog.get_logger()

DESK_PATH: Final = "/operator"
"""Address of the page; all others of it are below."""

_COOKIE: Final = "gazette_operator"
"""Name of the cookie with the session's token."""

_MAX_TARGET: Final = 500
"""Characters of what an order is about: fifty ids."""

_MAX_NOTES: Final = 100
"""Results of orders that wait to be shown; each is shown once."""

_HINT: Final = "Run gazette web --admin-link where Gazette runs, and open the link that it prints."


class OperatorDesk:
    """The handlers of the page."""

    def __init__(
        self,
        operations: OperationsService,
        access: OperatorAccess,
        clock: Callable[[], datetime],
    ) -> None:
        self._operations, self._access = operations, access
        self._attempts = AttemptLimiter(lambda: clock().timestamp())
        self._notes: dict[str, tuple[str, bool]] = {}
        self._reader = Reader(words("en"), False)
        self._pages: TemplateRenderer | None = None
        self._secure = False

    def add_routes(self, app: web.Application, pages: TemplateRenderer, *, secure: bool) -> None:
        """Add the page's addresses to a site; `secure` says that readers reach it by https."""
        self._pages, self._secure = pages, secure
        app.router.add_get(DESK_PATH, self.show)
        app.router.add_get(f"{DESK_PATH}/enter", self.offer)
        app.router.add_post(f"{DESK_PATH}/enter", self.enter)
        app.router.add_post(f"{DESK_PATH}/order", self.order)
        app.router.add_post(f"{DESK_PATH}/leave", self.leave)

    async def show(self, request: web.Request) -> web.Response:
        """Return the page, or what to do to get it."""
        session = await self._session(request)
        if session is None:
            return self._page("operator_enter.html.j2", 403, token="", told=_HINT)
        note, failed = self._notes.pop(_mark(session), ("", False))
        status = await self._operations.status()
        can_post = self._operations.post_text is not None
        return self._page(
            "operator.html.j2", 200, status=status, csrf=_csrf(session), note=note, failed=failed, can_post=can_post
        )

    async def offer(self, request: web.Request) -> web.Response:
        """Ask whether to open the page: programs that look at links must not use this one up."""
        return self._page("operator_enter.html.j2", 200, token=request.query.get("token", "")[:_MAX_TARGET], told="")

    async def enter(self, request: web.Request) -> web.Response:
        """Use up a link and open a session."""
        address = request.remote or ""
        form = await request.post()
        session = None
        if _is_own(request) and self._attempts.may_try(address):
            session = await self._access.open_session(str(form.get("token", "")))
        if session is None:
            self._attempts.note_failure(address)
            log.warning("operator.link_refused", address=address)
            told = f"This link was used already, or is too old. {_HINT}"
            return self._page("operator_enter.html.j2", 403, token="", told=told)
        log.info("operator.entered", address=address, session=_mark(session))
        response = _see_page()
        response.set_cookie(
            _COOKIE,
            session,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            path=DESK_PATH,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )
        return response

    async def order(self, request: web.Request) -> web.Response:
        """Carry out an order of the page's forms."""
        form = await request.post()
        session = await self._session(request)
        if session is None or not _is_own(request):
            return self._page("operator_enter.html.j2", 403, token="", told=_HINT)
        if not hmac.compare_digest(str(form.get("csrf", "")).encode("utf-8", "replace"), _csrf(session).encode()):
            log.warning("operator.forged_order", session=_mark(session), address=request.remote)
            return self._page("operator_enter.html.j2", 403, token="", told="This form is too old. Reload the page.")
        order, target = str(form.get("order", ""))[:_MAX_TARGET], str(form.get("target", ""))[:_MAX_TARGET].strip()
        try:
            told, failed = await self._operations.carry_out(order, target), False
        except GazetteError as error:
            told, failed = str(error), True
        log.info("operator.order", order=order, target=target, failed=failed, told=told, session=_mark(session))
        self._notes[_mark(session)] = (told, failed)
        while len(self._notes) > _MAX_NOTES:
            del self._notes[next(iter(self._notes))]
        return _see_page()

    async def leave(self, request: web.Request) -> web.Response:
        """End the session."""
        session = await self._session(request)
        if session is not None and _is_own(request):
            await self._access.close_session(session)
            log.info("operator.left", session=_mark(session))
        response = _see_page()
        response.del_cookie(_COOKIE, path=DESK_PATH)
        return response

    async def _session(self, request: web.Request) -> str | None:
        token = request.cookies.get(_COOKIE, "")
        return token if await self._access.is_open(token) else None

    def _page(self, template: str, code: int, **facts: Any) -> web.Response:
        if self._pages is None:
            raise RuntimeError("the desk has no site")
        page = MadePage.of(self._pages.render(template, self._reader, path="/", **facts), "text/html", code)
        headers = {"Cache-Control": "no-store"}
        return web.Response(
            status=page.status, body=page.body, content_type=page.content_type, charset="utf-8", headers=headers
        )


def _see_page() -> web.Response:
    return web.Response(status=web.HTTPSeeOther.status_code, headers={"Location": DESK_PATH})


def _csrf(session: str) -> str:
    """Return the token of a session's forms."""
    return hmac.new(session.encode(), b"gazette-operator-form", hashlib.sha256).hexdigest()


def _mark(session: str) -> str:
    """Return a few characters that tell sessions apart in the log and open none."""
    return hashlib.sha256(b"gazette-operator-log" + session.encode("utf-8", "replace")).hexdigest()[:12]


def _is_own(request: web.Request) -> bool:
    """Return whether a form was sent from a page of this site.

    Browsers always say from where forms come.
    """
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc.lower() == request.headers.get("Host", "").lower()
