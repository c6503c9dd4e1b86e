"""The shared secret: who gets in, for how long, and how fast it can be guessed."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.errors import SettingsInvalid
from bot.settings import WebSettings
from bot.web.access import COOKIE_SECONDS, AttemptLimiter, SharedSecret
from bot.web.server import check_web_settings
from tests.clock import ManualClock

Browser = TestClient[Any, Any]


async def sign_in(browser: Browser, secret: str, target: str = "/", **headers: str) -> tuple[int, str]:
    form = {"secret": secret, "next": target}
    async with browser.post("/login", data=form, headers=headers, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


async def status_of(browser: Browser, path: str, **headers: str) -> int:
    async with browser.get(path, headers=headers, allow_redirects=False) as answer:
        return answer.status


async def test_nothing_is_shown_without_the_secret(locked: Browser) -> None:
    for path in ("/", "/news", "/stories/2", "/nonsense", "/search?q=rivers", "/e2", "/stories/99"):
        async with locked.get(path, allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.headers["Location"].startswith("/login?next=")
            assert "private" in answer.headers["Cache-Control"]
    for path in ("/digest.atom", "/news.json"):
        async with locked.get(path, allow_redirects=False) as answer:
            assert answer.status == 401
            assert "Basic" in answer.headers["WWW-Authenticate"]


async def test_the_secret_opens_the_page_that_was_asked_for(locked: Browser, clock: ManualClock) -> None:
    assert await sign_in(locked, "open sesame", "/news?filter=lang:pt") == (303, "/news?filter=lang:pt")
    assert await status_of(locked, "/news") == 200
    clock.advance(seconds=COOKIE_SECONDS + 1)
    assert await status_of(locked, "/news") == 303


async def test_the_cookie_is_for_this_site_and_no_script(locked: Browser) -> None:
    form = {"secret": "open sesame"}
    async with locked.post("/login", data=form, allow_redirects=False) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "sesame" not in cookie


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=1", "news"]
)
async def test_nobody_is_led_to_another_site(locked: Browser, target: str) -> None:
    assert await sign_in(locked, "open sesame", target) == (303, "/")


async def test_forms_of_other_sites_are_refused(locked: Browser) -> None:
    assert (await sign_in(locked, "open sesame", Origin="https://evil.example"))[0] == 403
    assert (await sign_in(locked, "open sesame", Origin="null"))[0] == 403
    assert await status_of(locked, "/") == 303


async def test_guessing_is_slowed_down(locked: Browser, clock: ManualClock) -> None:
    assert [(await sign_in(locked, f"guess {at}"))[0] for at in range(11)] == [403] * 10 + [429]
    assert (await sign_in(locked, "open sesame"))[0] == 429
    assert await status_of(locked, "/", Authorization="Basic Om9wZW4gc2VzYW1l") == 303
    clock.advance(seconds=61)
    assert (await sign_in(locked, "open sesame"))[0] == 303


async def test_feed_readers_send_the_secret_as_a_password(locked: Browser) -> None:
    right = base64.b64encode(b"anybody:open sesame").decode()
    assert await status_of(locked, "/digest.atom", Authorization=f"Basic {right}") == 200
    for wrong in ("Basic", "Basic ####", f"Bearer {right}", "Basic " + base64.b64encode(b"open sesame").decode()):
        assert await status_of(locked, "/digest.atom", Authorization=wrong) == 401


def test_only_cookies_that_were_made_with_the_secret_count() -> None:
    secret, other = SharedSecret("one"), SharedSecret("two")
    cookie = secret.make_cookie(1000)
    assert secret.accepts_cookie(cookie, 1000)
    assert not other.accepts_cookie(cookie, 1000)
    until, _, signature = cookie.partition(".")
    for forged in (
        "",
        ".",
        until,
        f"{int(until) + 1}.{signature}",
        f"{until}.{signature[:-1]}x",
        "x.y",
        "٣.٣",
        f"{until}.é",
    ):
        assert not secret.accepts_cookie(forged, 1000)


def test_attempts_are_counted_for_each_address_and_few_are_remembered() -> None:
    now = [0.0]
    limiter = AttemptLimiter(lambda: now[0])
    for at in range(10):
        assert limiter.may_try("here"), at
        limiter.note_failure("here")
    assert not limiter.may_try("here")
    assert limiter.may_try("there")
    for at in range(10_001):
        limiter.note_failure(f"host {at}")
    assert len(limiter._left) == 10_000


async def test_the_login_page_is_only_there_with_a_secret(browser: Browser, locked: Browser) -> None:
    assert await status_of(browser, "/login") == 404
    assert await status_of(locked, "/login") == 200
    async with locked.post("/login", data={"secret": "x" * 10_000}) as answer:
        assert answer.status == 413


@pytest.mark.parametrize(
    "options", [{"host": "192.0.2.8"}, {"host": "192.0.2.7"}, {"public": True, "secret": "x"}, {"host": "::"}]
)
def test_nothing_is_shown_to_strangers_by_mistake(options: dict[str, object]) -> None:
    with pytest.raises(SettingsInvalid):
        check_web_settings(WebSettings.model_validate(options))
    check_web_settings(WebSettings.model_validate({"host": "192.0.2.8", "public": True}))
    check_web_settings(WebSettings.model_validate({"host": "::", "secret": "x"}))
    check_web_settings(WebSettings())
