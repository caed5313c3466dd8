"""The list of orders and the page of one: views, search, masks, the wall between merchants."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.catalog.models import Stock
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands.parcels import NewParcel, ship, take_in
from app.notifications.models import Message
from app.orders.commands import fulfil
from app.orders.commands.place import NewDelivery, place
from app.orders.models import Order, OrderEvent
from app.orders.queries import for_mail
from app.platform.actor import GUEST
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.shop.models import Role
from tests import cast
from tests.admin.counter import (
    HTMX,
    clerk,
    contents,
    counted_queries,
    lines_of,
    paid_order,
    settle_in_full,
)
from tests.servers.scenes import costly

pytestmark = pytest.mark.usefixtures("app")
NAME, PHONE, STREET = "Ada Test", "13800000012", "测试路1号"


@pytest.fixture
def now(clock):
    return clock.now


def code_of(order_id: int) -> str:
    return db.session.scalars(select(Order.code).where(Order.id == order_id)).one()


def codes_in(text: str, orders: dict[str, int]) -> set[str]:
    return {name for name, order_id in orders.items() if code_of(order_id) in text}


@pytest.fixture
def every_kind(now):
    return one_of_each(now)


@costly
def one_of_each(now):
    """One order under each view."""
    owner = cast.house(now)
    staff = owner.staff()
    orders = {
        "to_pay": cast.placed(owner, [cast.piece(owner, now)], now),
        "to_ship": paid_order(owner, now),
    }
    orders["lay_out"] = paid_order(owner, now, method="pickup", fee=0)
    orders["ready"] = paid_order(owner, now, method="pickup", fee=0)
    fulfil.make_ready(orders["ready"], actor=staff, now=now)
    orders["under_way"] = paid_order(owner, now)
    line = lines_of(orders["under_way"])[0].id
    ship(
        orders["under_way"],
        NewParcel({line: 1}, "shunfeng", "SF100200", "k" * 20),
        actor=staff,
        now=now,
    )
    orders["wrong"] = cast.placed(owner, [cast.piece(owner, now)], now)
    settle_in_full(orders["wrong"], now, amount=5)
    return owner, orders


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("to_pay", {"to_pay", "wrong"}),
        ("to_ship", {"to_ship"}),
        ("to_hand_over", {"lay_out", "ready"}),
        ("under_way", {"under_way"}),
        ("attention", {"wrong"}),
        ("all", {"to_pay", "to_ship", "lay_out", "ready", "under_way", "wrong"}),
    ],
)
def test_a_view_shows_what_it_says_and_counts_it(app, every_kind, view, expected):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")

    text = who.read(f"/admin/orders?view={view}")

    assert codes_in(text, orders) == expected
    assert view == "all" or f'<span class="count">{len(expected)}</span>' in text


def test_without_a_view_the_list_shows_what_is_to_be_shipped(app, every_kind):
    owner, orders = every_kind

    assert codes_in(clerk(app, owner.merchant_id, "cleo").read("/admin/orders"), orders) == {
        "to_ship"
    }


def test_search_finds_by_code_tracking_number_piece_and_phone(app, every_kind):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")
    code = code_of(orders["to_ship"])
    number = lines_of(orders["to_ship"])[0].number

    for text in (code, code.lower(), code[:5], f"{code[:4]}-{code[4:]}", f"№{number}", str(number)):
        assert "to_ship" in codes_in(who.read(f"/admin/orders?q={text}"), orders), text
    for text in ("SF100200", "sf 100 200"):
        assert codes_in(who.read(f"/admin/orders?q={text}"), orders) == {"under_way"}
    assert codes_in(who.read("/admin/orders?q=0012"), orders) == set(orders)
    assert codes_in(who.read("/admin/orders?q=nothing-like-it"), orders) == set()


def test_names_and_addresses_are_found_only_by_those_who_may_see_them(app, every_kind):
    owner, orders = every_kind
    packer = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)
    reader = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    for text in ("ada test", "ADA", "ada@example.org", PHONE):
        assert codes_in(packer.read(f"/admin/orders?q={text}"), orders) == set(orders), text
        assert codes_in(reader.read(f"/admin/orders?q={text}"), orders) == set(), text


def test_searching_by_piece_shows_the_whole_amount(app, now):
    owner = cast.house(now)
    first, second = cast.piece(owner, now), cast.piece(owner, now)
    order_id = cast.placed(owner, [first, second], now, price=10000)
    number = lines_of(order_id)[0].number

    text = clerk(app, owner.merchant_id, "cleo").read(f"/admin/orders?q=№{number}")

    assert "¥200" in text
    assert "2 pieces" in text


def test_the_pages_of_a_list_show_every_order_once(app, now):
    owner = cast.house(now)
    variant = cast.piece(owner, now, units=130)
    ids = [cast.placed(owner, [variant], now + timedelta(seconds=n % 3)) for n in range(120)]
    who = clerk(app, owner.merchant_id, "cleo")
    address, seen = "/admin/orders?view=all", []

    for _ in range(3):
        text = who.read(address)
        seen += [order_id for order_id in ids if f'/admin/orders/{order_id}"' in text]
        more = text.partition('rel="next" href="')[2].partition('"')[0]
        address = more.replace("&amp;", "&")

    assert sorted(seen) == sorted(ids)
    assert address == ""


def test_a_list_costs_the_same_however_long_it_is(app, now):
    owner = cast.house(now)
    who = clerk(app, owner.merchant_id, "cleo")
    counts = []
    for _ in range(2):
        for _ in range(5):
            paid_order(owner, now)
        with counted_queries() as statements:
            who.read("/admin/orders?view=all")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 9


def test_an_order_costs_the_same_however_many_lines_it_has(app, now):
    owner = cast.house(now)
    who = clerk(app, owner.merchant_id, "cleo")
    counts = []
    for lines in (1, 4):
        order_id = cast.placed(owner, [cast.piece(owner, now) for _ in range(lines)], now)
        settle_in_full(order_id, now)
        with counted_queries() as statements:
            who.read(f"/admin/orders/{order_id}")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 24


def test_htmx_gets_the_table_alone(app, every_kind):
    owner, _orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")

    text = who.get("/admin/orders", headers=HTMX).get_data(as_text=True)

    assert text.lstrip().startswith('<div class="grid gap-4" id="orders"')
    assert "<html" not in text


def test_a_page_that_looks_again_gets_nothing_while_nothing_changed(app, every_kind):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")
    address = f"/admin/orders/{orders['to_ship']}"
    first = who.get(address, headers=HTMX)

    again = who.get(address, headers={**HTMX, "If-None-Match": first.headers["ETag"]})
    who.post(f"{address}/notes", {"text": "a new line"})
    changed = who.get(address, headers={**HTMX, "If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200
    assert b"a new line" in changed.data


def test_what_the_shop_asked_for_and_holds_adds_up(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=2, price=10050, fee=1200)

    text = clerk(app, owner.merchant_id, "cleo").read(f"/admin/orders/{order_id}")

    for amount in ("¥201", "¥12", "¥213"):
        assert amount in text


def test_whose_order_it_is_stays_masked_until_somebody_asks_and_that_is_recorded_once(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    packer = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)
    address = f"/admin/orders/{order_id}"
    masked = packer.read(address)
    assert not [text for text in (NAME, PHONE, STREET, "ada@example.org") if text in masked]
    assert "138****0012" in masked

    for _ in range(2):
        packer.post(f"{address}/disclosure")

    shown = packer.read(address)
    assert all(text in shown for text in (NAME, PHONE, STREET, "ada@example.org"))
    looks = select(func.count()).where(AuditRow.verb == "order.disclose")
    assert db.session.scalar(looks) == 1


def test_a_role_that_may_not_see_people_never_does(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    reader = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    assert reader.post(f"/admin/orders/{order_id}/disclosure").status_code == 403

    pages = [
        reader.read(path)
        for path in ("/admin/", "/admin/orders?view=all", f"/admin/orders/{order_id}")
    ]
    assert not [
        text
        for text in (NAME, PHONE, STREET, "ada@example.org")
        if any(text in page for page in pages)
    ]


def shared_order(house: cast.House, other: cast.House, now) -> int:
    """One order with a piece of each merchant: ¥1,280 of the house, ¥55 of the other."""
    new = cast.new_order(house, [cast.piece(house, now)])
    theirs = cast.new_order(other, [cast.piece(other, now)], price=5500)
    both = new.__class__(
        **{
            **{name: getattr(new, name) for name in new.__slots__},
            "lines": new.lines + theirs.lines,
            "deliveries": (*new.deliveries, NewDelivery(other.merchant_id, "ship", 300)),
        }
    )
    order_id = place(both, actor=GUEST, now=now)
    settle_in_full(order_id, now)
    return order_id


def test_in_a_shared_order_each_merchant_sees_their_own_part(app, now):
    house, other = cast.house(now), cast.house(now, "north", is_house=False)
    order_id = shared_order(house, other, now)
    own, theirs = lines_of(order_id)
    ours = clerk(app, house.merchant_id, "cleo")
    nora = clerk(app, other.merchant_id, "nora")

    house_reads, nora_reads = (who.read(f"/admin/orders/{order_id}") for who in (ours, nora))

    assert f"№ {own.number:04d}" in house_reads
    assert f"№ {theirs.number:04d}" not in house_reads
    assert f"№ {theirs.number:04d}" in nora_reads
    assert f"№ {own.number:04d}" not in nora_reads
    assert "¥1,350" in house_reads  # goods, both deliveries
    for amount in ("1,280", "1,335", "1,350", "1,347"):
        assert amount not in nora_reads
    assert "¥58" in nora_reads  # her goods and her delivery


def test_what_the_other_merchant_does_shows_neither_in_state_nor_in_time(app, now):
    house, other = cast.house(now), cast.house(now, "north", is_house=False)
    order_id = shared_order(house, other, now)
    own, _theirs = lines_of(order_id)
    nora = clerk(app, other.merchant_id, "nora")
    addresses = (f"/admin/orders/{order_id}", "/admin/orders?view=to_ship", "/admin/")
    before = [nora.read(address) for address in addresses]

    staff = house.staff()
    ship(order_id, NewParcel({own.id: 1}, "shunfeng", "SF777", "k" * 20), actor=staff, now=now)
    trouble = TrackingEvent("shunfeng", "SF777", now, TrackingStatus.EXCEPTION, text="lost")
    take_in([trouble], inbound_event_id=None, now=now)

    assert [strip(nora.read(address)) for address in addresses] == [strip(text) for text in before]
    assert "No order fits" in nora.read("/admin/orders?q=SF777")


def strip(text: str) -> str:
    """Without tokens, which differ from page to page."""
    return re.sub(r'(value="|X-CSRFToken":")[A-Za-z0-9_.-]{40,}', "", text)


def test_cancelling_frees_the_goods_once(app, now):
    owner = cast.house(now)
    variant = cast.piece(owner, now)
    order_id = cast.placed(owner, [variant], now)
    who = clerk(app, owner.merchant_id, "cleo")
    assert f"Cancel order {code_of(order_id)}" in who.read(f"/admin/orders/{order_id}/cancellation")

    answers = [who.post(f"/admin/orders/{order_id}/cancellation").status_code for _ in range(2)]

    assert answers == [303, 303]
    assert db.session.scalar(select(Stock.held).where(Stock.variant_id == variant)) == 0
    told = select(func.count()).where(
        OrderEvent.order_id == order_id, OrderEvent.kind == "cancelled"
    )
    assert db.session.scalar(told) == 1


def test_a_paid_order_is_not_cancelled_and_the_page_says_so(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    response = who.post(f"/admin/orders/{order_id}/cancellation", htmx=True)

    assert response.status_code == 409
    assert b"moved on" in response.data
    assert b'id="order"' in response.data
    assert contents() == before


def test_notes_and_lines_for_the_buyer_are_kept_apart(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")

    who.post(f"/admin/orders/{order_id}/notes", {"text": "wraps it in blue"})
    who.post(f"/admin/orders/{order_id}/messages", {"text": "it leaves on Friday"})

    public = [event.facts.get("text") for event in for_mail(order_id).events]
    assert "it leaves on Friday" in public
    assert "wraps it in blue" not in public
    text = who.read(f"/admin/orders/{order_id}")
    assert "wraps it in blue" in text
    assert "team only" in text


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_note_that_says_nothing_or_too_much_is_refused_beside_the_order(app, now, text):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    response = who.post(f"/admin/orders/{order_id}/notes", {"text": text})

    assert response.status_code == 422
    assert b"Please write up to 1000 characters." in response.data
    assert contents() == before


def test_the_link_goes_out_once_however_often_somebody_asks(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")

    for _ in range(3):
        assert who.post(f"/admin/orders/{order_id}/link").status_code == 303
    while drain():
        pass

    sent = select(func.count()).where(Message.kind == "orders.link")
    assert db.session.scalar(sent) == 1


def test_somebody_has_looked_at_a_parcel_in_trouble(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    line = lines_of(order_id)[0]
    ship(
        order_id, NewParcel({line.id: 1}, "shunfeng", "SF1", "k" * 20), actor=owner.staff(), now=now
    )
    take_in(
        [TrackingEvent("shunfeng", "SF1", now, TrackingStatus.EXCEPTION)],
        inbound_event_id=None,
        now=now,
    )
    who = clerk(app, owner.merchant_id, "cleo")
    assert "I have looked at it" in who.read(f"/admin/orders/{order_id}")

    response = who.post(f"/admin/orders/{order_id}/attention", htmx=True)

    assert response.status_code == 200
    assert "I have looked at it" not in response.get_data(as_text=True)
    assert '"toast"' in response.headers["HX-Trigger"]


def test_money_in_question_is_not_waved_away(app, now):
    owner = cast.house(now)
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    settle_in_full(order_id, now, amount=5)
    who = clerk(app, owner.merchant_id, "cleo")

    assert who.post(f"/admin/orders/{order_id}/attention").status_code == 409

    assert db.session.scalar(select(Order.attention).where(Order.id == order_id)) == "wrong_amount"


def test_the_next_step_is_the_only_main_button(app, every_kind):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")
    expected = {
        "to_ship": "Ship",
        "lay_out": "It is ready to collect",
        "ready": "Hand over",
        "wrong": "Decide about the payment",
    }

    for name, label in expected.items():
        text = who.read(f"/admin/orders/{orders[name]}")
        assert text.count("btn-primary") == 1, name
        assert f">{label}<" in text, name
    for name in ("to_pay", "under_way"):
        assert "btn-primary" not in who.read(f"/admin/orders/{orders[name]}"), name


def test_goods_are_laid_out_once(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, method="pickup", fee=0)
    who = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)

    for _ in range(2):
        assert who.post(f"/admin/orders/{order_id}/readiness").status_code == 303

    told = select(func.count()).where(OrderEvent.kind == "ready_for_pickup")
    assert db.session.scalar(told) == 1
