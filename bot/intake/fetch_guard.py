"""Requests to addresses from outside, which reach nothing private of the operator's.

Every address that is connected to is checked when its socket is made, so that neither a redirect nor a name that
resolves to something else (DNS rebinding) nor an unusual spelling leads to a private one. Only two kinds of hosts may be
private: the one of the source's own address, as the operator named it, and those in `intake.private_hosts`. Proxies of
the environment are not used, since they resolve names out of our sight.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.intake.host_resolver import HostResolver
from bot.newsroom.feed_addresses import address_fault
from bot.newsroom.web_hosts import ascii_host

__all__ = ["Answer", "GuardedSession", "PrivateAddress", "RedirectRefused", "endpoint", "is_public"]

_Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]

_PRIVATE_IPV4: Final[_Networks] = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure's own services for a machine, at a public address
    )
)
"""Networks that are no public host's, by IANA's registry of special purposes (RFC 6890)."""

_PUBLIC_IPV6: Final = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that is given to hosts by now (RFC 4291)."""

_PRIVATE_IPV6: Final[_Networks] = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)
"""Parts of it that are no public host's: protocols such as Teredo, documentation, and 6to4, which embeds IPv4."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses that stand for IPv4 ones in networks without IPv4 (RFC 6052)."""

_IPV4_MASK: Final = 0xFFFF_FFFF
"""The bits of an IPv4 address at the end of an IPv6 one."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
"""Statuses that send the client on."""

_MAX_REDIRECTS: Final = 5
"""Redirects that are followed; a feed that moved needs one or two, a loop any number."""


class PrivateAddress(OSError):
    """The host's address is on the operator's own machine or network, or reserved."""

    def __init__(self) -> None:
        super().__init__("a private address")


class RedirectRefused(aiohttp.ClientError):
    """A redirect that isn't followed: one of too many, or to no web address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, and whether the first address that was asked for is a public one."""

    response: aiohttp.ClientResponse
    is_public: bool


def is_public(address: str) -> bool:
    """Return whether an IP address, as a socket takes it, may be that of a public host."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False  # a spelling that only the system understands
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & _IPV4_MASK) if ip in _NAT64 else None)
        if embedded is None:
            return ip in _PUBLIC_IPV6 and not any(ip in network for network in _PRIVATE_IPV6)
        ip = embedded
    return not any(ip in network for network in _PRIVATE_IPV4)


class GuardedSession:
    """A client for addresses from outside.

    `private_hosts` are those that the operator allows, as host or host:port.
    """

    def __init__(
        self,
        private_hosts: Iterable[str] = (),
        *,
        headers: Mapping[str, str],
        timeout: aiohttp.ClientTimeout,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._private_hosts = frozenset(map(_split_host, private_hosts))
        self._headers, self._timeout, self._resolver = headers, timeout, resolver
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Open the connections."""
        resolver = self._resolver
        if resolver is None:
            resolver = HostResolver()
            self._stack.push_async_callback(resolver.close)
        # Their callers bound the connections: who waited here for one would run out of time before it asks.
        guarded = aiohttp.TCPConnector(resolver=resolver, limit=0, socket_factory=_public_socket)
        self._public = await self._stack.enter_async_context(self._session(guarded))
        self._named = await self._stack.enter_async_context(
            self._session(aiohttp.TCPConnector(resolver=resolver, limit=0))
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._stack.__aexit__(kind, error, trace)

    @asynccontextmanager
    async def get(self, address: str, headers: Mapping[str, str], *, may_be_private: bool) -> AsyncIterator[Answer]:
        """Ask for an address, following redirects.

        Its own host `may_be_private` where the operator named it, and it wasn't public before. Raises PrivateAddress,
        RedirectRefused, and what aiohttp raises.
        """
        target = own = URL(address)
        at_public_host = False
        for _ in range(_MAX_REDIRECTS + 1):
            named = self._is_allowed(target) or (may_be_private and endpoint(target) == endpoint(own))
            response, public = await self._request(target, headers, may_be_private=named)
            at_public_host |= public and target is own
            async with response:
                if response.status not in _REDIRECTS or "Location" not in response.headers:
                    yield Answer(response, at_public_host)
                    return
                target = _redirected(target, response.headers["Location"])
        raise RedirectRefused(f"it redirects more than {_MAX_REDIRECTS} times")

    async def _request(
        self, target: URL, headers: Mapping[str, str], *, may_be_private: bool
    ) -> tuple[aiohttp.ClientResponse, bool]:
        """Send one request; return the answer, and whether the address was public."""
        try:
            return await self._public.get(target, headers=headers, allow_redirects=False), True
        except aiohttp.ClientConnectorError as error:
            if not isinstance(error.os_error, PrivateAddress):
                raise
            if not may_be_private:
                raise PrivateAddress from error
        return await self._named.get(target, headers=headers, allow_redirects=False), False

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            timeout=self._timeout,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    def _is_allowed(self, target: URL) -> bool:
        host, port = endpoint(target)
        return (host, port) in self._private_hosts or (host, None) in self._private_hosts


def _public_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """Make the socket of a connection. Raises PrivateAddress."""
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise PrivateAddress
    return socket.socket(family, kind, protocol)


def _redirected(target: URL, location: str) -> URL:
    """Return the address that a redirect leads to; user name and password stay with their host.

    Raises RedirectRefused.
    """
    try:
        following = target.join(URL(location))
        # Some clients read a backslash as a slash, which would make another host of it.
        fault = "has a backslash in it" if "\\" in location else address_fault(str(following))
    except ValueError:
        fault = "can't be read"
    if fault is not None:
        raise RedirectRefused(f"it redirects to an address that {fault}")
    same = following.scheme == target.scheme and endpoint(following) == endpoint(target)
    return following.with_user(target.user).with_password(target.password) if same else following.with_user(None)


def endpoint(address: URL) -> tuple[str | None, int | None]:
    """Return the host and port of an address, to tell whether two are of one server."""
    return ascii_host(address.raw_host or ""), address.port


def _split_host(host: str) -> tuple[str | None, int | None]:
    """Return the name and port of an entry of `intake.private_hosts`."""
    address = URL(f"http://{host}")
    return ascii_host(address.raw_host or ""), address.explicit_port
