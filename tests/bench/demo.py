"""The demo shop as `make run` starts it in an empty folder: how soon it opens, what everything it
starts holds in memory, what a product's page weighs, and what Lighthouse says of it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.bench import lighthouse
from tests.bench.asking import ask_for, get
from tests.bench.processes import can_be_measured
from tests.bench.proxy import compressing
from tests.bench.serving import Served, started
from tests.bench.table import Figure, at_most
from tests.bench.weight import Scales
from tests.servers.process import free_port

EVERYTHING_BAR, TEXT_BAR, JS_BAR, FONTS_BAR = 500.0, 45.0, 18.0, 70.0
DRAWN_WITHIN = 600.0
BROWSING_SECONDS, LOOK_EVERY = 3.0, 2.0
PRODUCT = re.compile(r'href="(/i/[^"?#]+)"')
WAITING = re.compile(r"^vitrine_outbox_waiting ([0-9.]+)$", re.MULTILINE)


def measure() -> list[Figure]:
    """On SQLite, as it is started by everybody at first."""
    return list(_figures())


def _figures() -> Iterator[Figure]:
    began = time.perf_counter()
    with _demo() as served, _client(served.port) as client:
        yield Figure("demo", "opened, its pictures still to be drawn", _since(began), "s")
        _wait_for_pictures(client)
        yield Figure("demo", "every picture drawn", _since(began), "s")
        home = client.get("/").text
        product = PRODUCT.findall(home)[0]
        pages = [get(path) for path in ("/", "/c/all", product, "/search?q=silk")]
        ask_for(served.port, pages, seconds=BROWSING_SECONDS)
        if can_be_measured():
            yield at_most("demo", "memory of everything", served.memory_mb(), "MB", EVERYTHING_BAR)
            yield Figure("demo", "memory of a web worker", served.web_worker_mb(), "MB")
        weight = Scales(client).weigh(f"http://localhost:{served.port}{product}")
        yield at_most("weight", "product page: HTML, CSS and JS", weight.text, "KB", TEXT_BAR)
        yield Figure("weight", "… of it HTML", weight.html, "KB")
        yield at_most("weight", "… of it JS", weight.js, "KB", JS_BAR)
        yield at_most("weight", "its fonts", weight.fonts, "KB", FONTS_BAR)
        with compressing(served.port) as door:
            for what, path in (("home", "/"), ("product", product)):
                yield from lighthouse.scores(f"http://localhost:{door}{path}", what)


@contextmanager
def _demo() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="vitrine-bench-demo-", dir="/tmp"))
    port = free_port()
    told = {
        "PORT": str(port), "DATA_DIR": str(folder), "VITRINE_HOST": "127.0.0.1",
        "VITRINE_SANDBOX_URL": f"http://127.0.0.1:{free_port()}",
    }  # fmt: skip
    try:
        with started(["-m", "workers", "up"], told, open_within=DRAWN_WITHIN) as served:
            yield served
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _client(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://localhost:{port}", timeout=60)


def _wait_for_pictures(client: httpx.Client) -> None:
    """Asking how many are left is work too, so it is done now and then."""
    deadline = time.monotonic() + DRAWN_WITHIN
    while not _is_quiet(client):
        if time.monotonic() > deadline:
            raise TimeoutError("the demo's pictures are not drawn")
        time.sleep(LOOK_EVERY)


def _is_quiet(client: httpx.Client) -> bool:
    """Whether no fact waits for a listener."""
    waiting = WAITING.search(client.get("/metrics").text)
    return waiting is not None and float(waiting[1]) == 0


def _since(began: float) -> float:
    return time.perf_counter() - began
