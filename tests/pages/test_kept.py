"""Pages that everybody shares are made once and given to everybody, as long as they hold."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread, get_ident

import pytest
from flask import Response, request
from sqlalchemy import event, select

from app.catalog.commands import products, stock
from app.catalog.commands.stock import Wanted
from app.catalog.models import Stock
from app.customers.models import Customer
from app.platform.actor import SYSTEM
from app.platform.content import reading
from app.platform.content.models import ContentStamp
from app.platform.db import db
from app.platform.web import kept_pages
from app.platform.web.kept_pages import KeptPage, KeptPages
from app.platform.web.page_key import PageKey
from app.platform.web.sharing import KEY, shared
from app.shop.models import Merchant
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY
from tests.pages.looking import is_kept, said, without_memory
from tests.presale import cast
from tests.storefront.test_pages import address_of

HALF_HOUR = timedelta(minutes=30)
SIZE = kept_pages.BESIDE_BODY


def key(path: str, query: str = "") -> PageKey:
    return PageKey("http", "shop", path, query, "en", "auto", "cm", "")


def kept() -> KeptPage:
    return KeptPage(b"", (), '"e"', "/", (), 0, MONDAY, None)


def hold(variant_id: int) -> None:
    wanted = [Wanted(variant_id, 1)]
    stock.reserve("checkout:1", wanted, until=MONDAY + HALF_HOUR, now=MONDAY)


def stamps() -> dict[str, int]:
    db.session.rollback()
    return {row.tag: row.stamp for row in db.session.execute(select(ContentStamp.__table__))}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def addresses(owner):
    """A page of each kind that is kept."""
    products.save_collection(
        "autumn", title={"en": "Autumn", "zh-Hans": "秋"}, description={"en": "Warm things"},
        position=0, actor=SYSTEM, now=MONDAY,
    )  # fmt: skip
    campaign = cast.campaign(owner, MONDAY)
    return ["/", "/c/autumn", "/c/all", address_of(piece(owner, MONDAY)), f"/pre/{campaign.slug}"]


def test_the_second_visitor_is_given_what_the_first_was(app, visit, addresses):
    for address in addresses:
        first = visit().get(address)

        assert is_kept(visit(), address)
        assert said(visit().get(address)) == said(first)
        with without_memory(app):
            assert said(visit().get(address)) == said(first)


def test_what_changes_is_seen_at_the_next_request(client, addresses, owner):
    variant_id = piece(owner, MONDAY)
    page = address_of(variant_id)
    assert "Add to bag" in client.get(page).text
    assert is_kept(client, page)

    hold(variant_id)

    assert "Someone is paying" in client.get(page).text


def test_a_hold_that_runs_out_is_seen_at_once(client, owner, clock):
    variant_id = piece(owner, MONDAY)
    page = address_of(variant_id)
    hold(variant_id)
    assert "Someone is paying" in client.get(page).text
    clock.advance(minutes=29)
    assert is_kept(client, page)

    clock.advance(minutes=1)

    assert "Someone is paying" not in client.get(page).text


def test_who_has_the_page_is_told_that_it_still_holds(app, client, addresses):
    for address in addresses:
        known = {"If-None-Match": client.get(address).headers["ETag"]}
        with without_memory(app):
            made = client.get(address, headers=known)

        kept = client.get(address, headers=known)

        assert kept.status_code == 304
        assert said(kept) == said(made)
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_who_asks_for_the_head_gets_no_body(app, client, addresses):
    for address in addresses:
        assert client.get(address).status_code == 200
        with without_memory(app):
            made = client.head(address)

        kept = client.head(address)

        assert kept.data == b""
        assert said(kept) == said(made)


def test_languages_modes_and_units_do_not_mix(visit, addresses):
    kinds: tuple[dict[str, str], ...] = ({}, {"lang": "zh-Hans"}, {"mode": "dark"}, {"unit": "in"})
    visitors = [visit() for _kind in kinds]
    for visitor, cookies in zip(visitors, kinds, strict=True):
        for name, value in cookies.items():
            visitor.set_cookie(name, value, domain="127.0.0.1")

    pages = [visitor.get(addresses[3]).data for visitor in visitors]

    assert len(set(pages)) == len(kinds)
    assert [visitor.get(addresses[3]).data for visitor in visitors] == pages


def test_each_answer_has_an_id_of_its_own(client, addresses):
    ids = {client.get("/").headers["X-Request-ID"] for _time in range(3)}

    assert len(ids) == 3
    given = client.get("/", headers={"X-Request-ID": "from-the-proxy"})
    assert given.headers["X-Request-ID"] == "from-the-proxy"


def test_what_changes_while_a_page_is_made_makes_it_old(app, client, owner):
    variant_id = piece(owner, MONDAY)
    page = address_of(variant_id)
    asked: list[str] = []

    def sell() -> None:
        with app.app_context():
            hold(variant_id)

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)
        if len(asked) == 3 and get_ident() == main:
            seller = Thread(target=sell)
            seller.start()
            seller.join()

    main = get_ident()
    event.listen(db.engine, "before_cursor_execute", note)
    client.get(page)
    event.remove(db.engine, "before_cursor_execute", note)

    assert "Someone is paying" in client.get(page).text


def test_addresses_that_are_made_up_take_a_quarter_of_the_room():
    pages = KeptPages(100 * SIZE)
    first = key("/")
    pages.put(first, kept())

    for number in range(1_000):
        pages.put(key("/", f"junk={number}"), kept())

    assert pages.get(first) is not None
    assert pages.size <= 26 * SIZE


def test_a_page_that_read_what_is_somebodys_own_is_not_kept(app):
    with reading.noted() as read:
        db.session.execute(select(Stock.id))
        db.session.execute(select(Merchant.id))
    assert not read.is_complete
    assert read.strangers == {"stock"}
    with reading.noted() as read:
        db.session.execute(select(Customer.email))
    assert read.strangers == {"customer"}


def test_a_page_that_looked_for_a_cookie_of_ones_own_is_nobody_elses(app):
    """Whether the browser has it or not."""

    @shared
    def page(cookie: str) -> Response:
        return Response(request.cookies.get(cookie, ""))

    def is_everybodys(cookie: str) -> bool:
        with app.test_request_context("/", environ_overrides={KEY: key("/")}):
            return "public" in page(cookie).headers.get("Cache-Control", "")

    assert all(map(is_everybodys, ["lang", "mode", "unit"]))
    assert not any(map(is_everybodys, ["bag", "body", "wishes", "groups", "session"]))


def test_a_command_raises_what_it_wrote_and_nothing_else(owner, app):
    variant_id = piece(owner, MONDAY)
    before = stamps()

    hold(variant_id)

    after = stamps()
    raised = {tag for tag in after if after[tag] != before.get(tag)}
    assert raised == {f"stock/{product_of(variant_id)}"}
