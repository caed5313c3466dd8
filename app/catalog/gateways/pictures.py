"""Fetch pictures from addresses that strangers wrote down.

Only http and https; every hop's host is resolved once, each of its addresses must be public, and
the connection goes to the address that was checked, so that a name which changes its mind between
check and call gains nothing.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Protocol, Self

import httpx

from app.platform.certificates import trusted

MOST_SECONDS = 10.0
MOST_BYTES = 30 * 1024 * 1024
MOST_REDIRECTS = 3
MOST_ADDRESSES = 3
SCHEMES = ("https", "http")
LAST_PORT = 65535
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "Vitrine-import"}
NAT64 = IPv6Network("64:ff9b::/96")


class Unfetched(StrEnum):
    """Why a picture did not come; what is said of each is for whoever shows it."""

    BAD_ADDRESS = "bad_address"
    NOT_PUBLIC = "not_public"
    NO_ANSWER = "no_answer"
    NOT_THERE = "not_there"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"


class PictureUnreachable(Exception):
    """The picture did not come; `reason` says why."""

    def __init__(self, reason: Unfetched) -> None:
        self.reason = reason
        super().__init__(reason.value)


class PictureSource(Protocol):
    def fetch(self, address: str) -> bytes:
        """The bytes behind an address; raises PictureUnreachable."""


def addresses_of(host: str, port: int) -> list[str]:
    """What a host name stands for, in the order in which it should be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also behind an IPv6 disguise."""
    try:
        bare = _undisguised(ip_address(address))
    except ValueError:
        return False
    return bare.is_global and not (bare.is_multicast or bare.is_reserved or bare.is_unspecified)


class WebPictures:
    """The open web. `resolve`, `allows` and `transport` are other ones in tests only."""

    def __init__(
        self,
        *,
        resolve: Callable[[str, int], Sequence[str]] = addresses_of,
        allows: Callable[[str], bool] = is_public,
        transport: httpx.BaseTransport | None = None,
        seconds: float = MOST_SECONDS,
    ) -> None:
        self._resolve = resolve
        self._allows = allows
        self._seconds = seconds
        # A connection kept open would be reused for another name at the same address.
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,
            verify=trusted(),
            follow_redirects=False,
            headers=HEADERS,
            timeout=httpx.Timeout(seconds, connect=min(seconds, 4.0)),
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._client.close()

    def fetch(self, address: str) -> bytes:
        until = time.monotonic() + self._seconds
        url = _parsed(address)
        for _hop in range(MOST_REDIRECTS + 1):
            content, location = self._hop(url, until)
            if location is None:
                return content
            try:
                url = _checked(url.join(location))
            except httpx.InvalidURL as error:
                raise PictureUnreachable(Unfetched.BAD_ADDRESS) from error
        raise PictureUnreachable(Unfetched.TOO_MANY_REDIRECTS)

    def _hop(self, url: httpx.URL, until: float) -> tuple[bytes, str | None]:
        """What one address answers: a picture's bytes, or where to go on."""
        addresses = self._addresses(url)
        for place, address in enumerate(addresses, start=1):
            if time.monotonic() > until:
                raise PictureUnreachable(Unfetched.TOO_SLOW)
            try:
                return self._ask(url, address, until)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if place == len(addresses):
                    raise PictureUnreachable(Unfetched.NO_ANSWER) from error
            except httpx.TimeoutException as error:
                raise PictureUnreachable(Unfetched.TOO_SLOW) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise PictureUnreachable(Unfetched.NO_ANSWER) from error
        raise AssertionError("unreachable")

    def _addresses(self, url: httpx.URL) -> Sequence[str]:
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = self._resolve(url.raw_host.decode("ascii").strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise PictureUnreachable(Unfetched.NO_ANSWER) from error
        if not found:
            raise PictureUnreachable(Unfetched.NO_ANSWER)
        if not all(self._allows(address) for address in found):
            raise PictureUnreachable(Unfetched.NOT_PUBLIC)
        return found[:MOST_ADDRESSES]

    def _ask(self, url: httpx.URL, address: str, until: float) -> tuple[bytes, str | None]:
        request = self._client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = self._client.send(request, stream=True)
        try:
            if response.status_code in REDIRECTS:
                return b"", response.headers.get("location", "")
            if response.status_code != httpx.codes.OK or "content-encoding" in response.headers:
                raise PictureUnreachable(Unfetched.NOT_THERE)
            return _body(response, until), None
        finally:
            response.close()


def _body(response: httpx.Response, until: float) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise PictureUnreachable(Unfetched.TOO_LARGE)
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise PictureUnreachable(Unfetched.TOO_LARGE)
        if time.monotonic() > until:
            raise PictureUnreachable(Unfetched.TOO_SLOW)
    return b"".join(parts)


def _parsed(address: str) -> httpx.URL:
    try:
        return _checked(httpx.URL(address))
    except (httpx.InvalidURL, ValueError) as error:
        raise PictureUnreachable(Unfetched.BAD_ADDRESS) from error


def _checked(url: httpx.URL) -> httpx.URL:
    """Without name and password, which no picture of a shop needs."""
    is_complete = url.scheme in SCHEMES and url.host and (url.port or 1) <= LAST_PORT
    if not is_complete or url.userinfo:
        raise PictureUnreachable(Unfetched.BAD_ADDRESS)
    return url


def _undisguised(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one leads to, by mapping, 6to4, Teredo or NAT64."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address.teredo:
        inner = address.teredo[1]
    if inner is None and address in NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address
