"""Fetching from strangers' addresses: only the open internet, only so much, only so long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from app.catalog.gateways import pictures
from app.catalog.gateways.pictures import PictureUnreachable, Unfetched, WebPictures, is_public

PUBLIC = "93.184.215.14"


def fetching(handler, *, resolve=lambda _host, _port: [PUBLIC], **more):
    return WebPictures(resolve=resolve, transport=httpx.MockTransport(handler), **more)


def reason_of(web, address="https://shop.example/a.jpg"):
    with pytest.raises(PictureUnreachable) as refused, web:
        web.fetch(address)
    return refused.value.reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1",
        "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "ff02::1", "not an address",
    ],
)  # fmt: skip
def test_no_address_inside_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::6810:85e5", "64:ff9b::5db8:d70e"])
def test_addresses_of_the_open_internet_are(address):
    assert is_public(address)


def test_the_connection_goes_to_the_address_that_was_checked():
    asked = []

    def handler(request):
        asked.append(request)
        return httpx.Response(200, content=b"picture")

    with fetching(handler) as web:
        assert web.fetch("https://shop.example/files/a.jpg?v=1") == b"picture"

    (request,) = asked
    assert request.url.host == PUBLIC
    assert request.headers["Host"] == "shop.example"
    assert request.extensions["sni_hostname"] == "shop.example"
    assert request.url.raw_path == b"/files/a.jpg?v=1"


def test_a_name_that_leads_inside_is_never_called():
    def handler(request):
        raise AssertionError(f"called {request.url}")

    for found in (["10.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1"]):
        web = fetching(handler, resolve=lambda _host, _port, found=found: found)

        assert reason_of(web) == Unfetched.NOT_PUBLIC


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/a.jpg", "http://[::1]:80/a.jpg", "http://2130706433/a.jpg",
                "http://0x7f.1/a.jpg", "http://localhost:9/a.jpg"],
)  # fmt: skip
def test_addresses_of_this_machine_are_refused_however_they_are_written(address):
    assert reason_of(WebPictures(), address) in {Unfetched.NOT_PUBLIC, Unfetched.NO_ANSWER}


def test_a_redirect_is_checked_like_the_first_address():
    def handler(request):
        return httpx.Response(302, headers={"Location": "http://inside.example/a.jpg"})

    web = fetching(
        handler, resolve=lambda host, _port: ["10.0.0.5" if "inside" in host else PUBLIC]
    )

    assert reason_of(web) == Unfetched.NOT_PUBLIC


def test_a_redirect_to_a_public_place_is_followed():
    def handler(request):
        if request.headers["Host"] == "old.example":
            return httpx.Response(301, headers={"Location": "https://new.example/b.jpg"})
        return httpx.Response(200, content=b"picture")

    with fetching(handler) as web:
        assert web.fetch("http://old.example/a.jpg") == b"picture"


@pytest.mark.parametrize(
    "location", ["ftp://x.example/a", "file:///etc/passwd", "//user:pass@x.example/"]
)
def test_a_redirect_to_anything_else_is_not(location):
    web = fetching(lambda _request: httpx.Response(302, headers={"Location": location}))

    assert reason_of(web) == Unfetched.BAD_ADDRESS


def test_redirects_end():
    web = fetching(lambda _request: httpx.Response(302, headers={"Location": "/again"}))

    assert reason_of(web) == Unfetched.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://u:p@shop.example/a",
     "https://x.example:99999/a", "data:image/png;base64,AAAA", "http://\x00/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address):
    assert reason_of(fetching(lambda _request: httpx.Response(200)), address) == (
        Unfetched.BAD_ADDRESS
    )


@pytest.mark.parametrize("status", [204, 304, 401, 404, 500])
def test_only_a_picture_is_an_answer(status):
    web = fetching(lambda _request: httpx.Response(status))

    assert reason_of(web) == Unfetched.NOT_THERE


def test_a_packed_answer_is_refused_before_it_is_unpacked():
    packed = {"Content-Encoding": "gzip"}
    web = fetching(lambda _request: httpx.Response(200, headers=packed, content=b"x"))

    assert reason_of(web) == Unfetched.NOT_THERE


def test_a_name_nobody_knows_has_no_answer():
    def nobody(_host, _port):
        raise OSError("no such name")

    assert reason_of(fetching(lambda _request: httpx.Response(200), resolve=nobody)) == (
        Unfetched.NO_ANSWER
    )


class Stranger(BaseHTTPRequestHandler):
    """Sends too much, or too slowly."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        if self.path == "/announced":
            self.send_header("Content-Length", str(pictures.MOST_BYTES + 1))
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _part in range(64):
                self.wfile.write(b"x" * (1024 * 1024 if self.path == "/large" else 16))
                self.wfile.flush()
                if self.path == "/slow":
                    time.sleep(0.1)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@pytest.fixture
def stranger() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_is_announced_or_sent_too_large_is_dropped(stranger):
    for path in ("/announced", "/large"):
        web = WebPictures(allows=lambda _address: True)

        assert reason_of(web, stranger + path) == Unfetched.TOO_LARGE


def test_a_trickle_is_cut_off(stranger):
    began = time.monotonic()

    reason = reason_of(WebPictures(allows=lambda _address: True, seconds=0.5), stranger + "/slow")

    assert reason == Unfetched.TOO_SLOW
    assert time.monotonic() - began < 4
