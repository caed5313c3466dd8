"""Two machines with two processes each over one database: a change is seen at the next request,
whichever of them answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from app.catalog.commands import products, stock
from app.catalog.commands.stock import MovementReason, Wanted
from app.catalog.drafts import ProductDraft
from app.catalog.models import Product
from app.catalog.queries.drafts import draft_of
from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.certificates import trusted
from app.platform.db import db
from app.platform.money import Money
from tests.cast import house, piece, product_of
from tests.servers.process import free_port
from tests.servers.web import serving
from tests.soaking import on_sqlite
from tests.storefront.test_pages import address_of

ASKED = 6
"""Times that each machine is asked, so that both of its processes are likely to have answered."""
KEPT = re.compile(r'vitrine_page_cache_total\{found="kept"\} (\d+)')


@dataclass(frozen=True)
class Machine:
    port: int
    host: str

    def get(self, address: str) -> str:
        """On a connection of its own, which either process may take."""
        headers = {"Host": self.host, "Accept-Language": "en"}
        answer = httpx.get(
            f"http://127.0.0.1:{self.port}{address}",
            headers=headers,
            timeout=30,
            verify=trusted(),
        )
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def machines(stage, app, tmp_path) -> Iterator[list[Machine]]:
    """On the machine's own time; each counts its requests into a folder of its own."""
    host = urlsplit(stage.settings.public_url).netloc
    made = [Machine(free_port(), host) for _each in range(2)]
    with ExitStack() as running:
        for machine in made:
            folder = {"DATA_DIR": str(tmp_path / str(machine.port)), "PORT": str(machine.port)}
            running.enter_context(serving({**stage.environment, **folder}))
        yield made


@on_sqlite
def test_what_changes_is_seen_at_the_next_request_on_every_machine(machines):
    now = clock.now()
    owner = house(now)
    variant_id = piece(owner, now)
    page = address_of(variant_id)

    def rewrite() -> None:
        _edit(variant_id, lambda draft: replace(draft, story={"en": "Told anew."}))

    def reprice() -> None:
        _edit(variant_id, lambda draft: replace(
            draft, variants=(replace(draft.variants[0], price=Money(777_700, "CNY").minor),)
        ))  # fmt: skip

    def hold() -> None:
        wanted = [Wanted(variant_id, 1)]
        stock.reserve("checkout:1", wanted, until=now + timedelta(minutes=30), now=clock.now())

    def let_go() -> None:
        stock.release("checkout:1")

    def sell_elsewhere() -> None:
        stock.count(variant_id, owner.store_id, 0, reason=MovementReason.CORRECTED, actor=SYSTEM,
                    now=clock.now())  # fmt: skip

    deeds: list[tuple[Callable[[], None], str, bool]] = [
        (rewrite, "Told anew.", True), (reprice, "7,777", True),
        (hold, "Someone is paying", True), (let_go, "Someone is paying", False),
        (sell_elsewhere, "Add to bag", False),
    ]  # fmt: skip
    for deed, words, is_said in deeds:
        assert _said(machines, page, words) == {not is_said}

        deed()

        assert _said(machines, page, words) == {is_said}
    for machine in machines:
        found = KEPT.search(machine.get("/metrics"))
        assert found is not None
        assert int(found[1]) > 0


def _said(machines: list[Machine], page: str, words: str) -> set[bool]:
    """Whether they say so: one answer if all of them agree, each asked several times."""
    return {words in machine.get(page) for _time in range(ASKED) for machine in machines}


def _edit(variant_id: int, change: Callable[[ProductDraft], ProductDraft]) -> None:
    product_id = product_of(variant_id)
    before = draft_of(db.session.get_one(Product, product_id))
    db.session.rollback()
    products.change(product_id, change(before), actor=SYSTEM, now=clock.now())
