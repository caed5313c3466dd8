"""Checkout over HTTP: what is held, what is asked, what is refused, and the one order of it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from app.catalog.models import Variant
from app.orders.models import OrderLine
from app.orders.queries import token_of
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import piece
from tests.checkout.buying import ADDRESS, begun, filled, hidden, orders
from tests.conftest import MONDAY

UNTYPED = {"key", "fingerprint", "shown", "method"}


def test_an_empty_bag_has_nothing_to_pay_for(client, owner):
    assert "There is nothing to pay for" in client.get("/checkout").text
    assert client.post("/checkout").location == "/bag"
    assert client.post("/checkout/order", data=ADDRESS).location == "/bag"


def test_five_fields_to_ship_and_three_to_collect(client, jacket):
    begun(client, jacket)

    to_ship = client.get("/checkout").text
    to_collect = client.post("/checkout/fields", data={"method": "pickup"}).text

    assert len(re.findall(r"<(?:input|textarea)[^>]* required", to_ship)) == 5
    assert len(re.findall(r"<(?:input|textarea)[^>]* required", to_collect)) == 3


def test_one_pasted_line_fills_the_fields(client, jacket):
    begun(client, jacket)

    text = client.post(
        "/checkout/address",
        data={"pasted": "林晓 138-0013-8000 浙江省杭州市西湖区文三路1号2幢301", "email": "a@b.cn"},
    ).text

    for value in ("林晓", "13800138000", "浙江省杭州市西湖区", "文三路1号2幢301", "a@b.cn"):
        assert f'value="{value}"' in text
    assert "Pay ¥1,280.00" in text


def test_an_order_is_made_of_what_was_accepted(client, jacket):
    begun(client, jacket)

    answer = client.post("/checkout/order", data=filled(client, note="a word", consent=str(jacket)))

    (order,) = orders()
    assert answer.location == f"/o/{token_of(order)}"
    assert (order.total, order.shipping_total, order.buyer_note) == (128000, 0, "a word")
    assert order.address["region_code"] == "330106"
    (line,) = db.session.scalars(select(OrderLine))
    assert line.fault_consent is not None
    assert line.fault_consent["faults"] == [{"en": "a small hole"}]
    assert "Still empty" in client.get("/bag").text


def test_without_a_tick_no_consent_is_kept(client, jacket):
    begun(client, jacket)

    page = client.get("/checkout").text
    client.post("/checkout/order", data=filled(client))

    box = re.search(r'<input type="checkbox"[^>]*name="consent"[^>]*>', page)
    assert box is not None
    assert "checked" not in box[0]
    assert "1 fault listed for No 0001" in page
    assert db.session.scalars(select(OrderLine.fault_consent)).one() is None


def test_a_second_submit_leads_to_the_same_order(client, jacket):
    begun(client, jacket)
    typed = filled(client)

    first = client.post("/checkout/order", data=typed)
    second = client.post("/checkout/order", data=typed)

    assert first.location == second.location
    assert len(orders()) == 1


@pytest.mark.parametrize(
    "changed", [{"street": "别处路2号"}, {"name": "Ben Test"}, {"note": "Ring twice"}]
)
def test_what_is_changed_after_the_order_was_placed_is_said_not_to_be_in_it(
    client, jacket, changed
):
    begun(client, jacket)
    typed = filled(client)

    first = client.post("/checkout/order", data=typed)
    second = client.post("/checkout/order", data=typed | changed)
    page = client.get(second.location).text

    assert "This order was placed already" not in client.get(first.location).text
    assert "This order was placed already" in page
    assert "what you changed in the form afterwards is not in it" in page
    assert len(orders()) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Please enter the name"),
        ("phone", "1380000", "4 digits short"),
        ("email", "ada", "has no @"),
        ("region", "", "Please enter province, city and district."),
        ("region", "Atlantis", "No province is named in it."),
        ("street", "", "Please enter street"),
        ("gateway", "", "Please choose how you want to pay."),
        ("gateway", "gold", "Please choose how you want to pay."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, jacket, field, value, words):
    begun(client, jacket)
    typed = filled(client) | {field: value}

    answer = client.post("/checkout/order", data=typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text
    for name, text in typed.items():
        assert name in {*UNTYPED, "gateway"} or text in answer.text
    assert not orders()


@pytest.mark.parametrize("field", ["name", "phone", "email", "region", "street"])
def test_a_field_left_alone_is_checked_alone(client, jacket, field):
    begun(client, jacket)

    text = client.post(f"/checkout/fields?check={field}", data={"method": "ship"}).text

    assert re.findall(r'id="(\w+)-error"', text) == [field]


def test_another_way_of_delivery_and_back_loses_nothing(client, jacket):
    begun(client, jacket)

    text = client.post("/checkout/fields", data=ADDRESS | {"method": "pickup"}).text
    kept = dict(re.findall(r'name="(region|street)" value="([^"]*)"', text))
    back = client.post("/checkout/fields", data=ADDRESS | kept).text

    assert kept == {"region": ADDRESS["region"], "street": ADDRESS["street"]}
    assert f'value="{ADDRESS["street"]}"' in back


def test_the_only_store_that_has_everything_is_chosen(client, owner, jacket):
    begun(client, jacket)

    text = client.post("/checkout/fields", data={"method": "pickup"}).text

    assert re.search(rf'name="location" value="{owner.store_id}"[^>]* checked', text)


@pytest.mark.parametrize(
    ("region", "is_enough"),
    [
        ("浙江省", False),
        ("Zhejiang Province", False),
        ("浙江省杭州市", True),
        ("Zhejiang, Hangzhou", True),
        ("Shanghai", True),
    ],
)
def test_a_province_alone_is_no_address(client, jacket, region, is_enough):
    begun(client, jacket)

    answer = client.post("/checkout/order", data=filled(client, region=region))

    assert (answer.status_code == 303) is is_enough
    assert ("Please add the city and the district." in answer.text) is not is_enough


def test_typed_text_outlives_the_visit(client, jacket):
    begun(client, jacket)
    client.post("/checkout/fields", data=ADDRESS)

    text = client.get("/checkout").text

    for value in ("Ada Test", "13800000012", "ada@example.org", "测试路1号"):
        assert f'value="{value}"' in text


def test_hostile_text_is_shown_as_text(client, jacket):
    begun(client, jacket)

    text = client.post(
        "/checkout/order",
        data=filled(client) | {"street": '"><script>x</script>', "email": "{{7*7}}"},
    ).text

    assert "<script>x" not in text
    assert "{{7*7}}" in text


def test_another_price_is_shown_and_nothing_ordered(client, jacket):
    begun(client, jacket)
    typed = filled(client)
    with transaction():
        db.session.execute(update(Variant).where(Variant.id == jacket).values(price=150000))

    answer = client.post("/checkout/order", data=typed)

    assert answer.status_code == 409
    assert "It was ¥1,280 and is now ¥1,500." in answer.text
    assert not orders()
    again = client.post("/checkout/order", data=typed | hidden(answer.text))
    assert again.status_code == 303
    assert [order.total for order in orders()] == [150000]


def test_the_fee_of_an_address_is_shown_before_it_is_paid(client, owner):
    begun(client, piece(owner, MONDAY, price=30000))

    answer = client.post("/checkout/order", data=ADDRESS | hidden(client.get("/checkout").text))

    assert answer.status_code == 409
    assert "With the address known, the total is ¥312." in answer.text
    assert not orders()


@pytest.mark.parametrize(
    ("region", "fee"), [("Zhejiang, Hangzhou", "¥12.00"), ("西藏自治区拉萨市城关区", "¥25.00")]
)
def test_the_fee_follows_the_region(client, owner, region, fee):
    begun(client, piece(owner, MONDAY, price=30000))

    text = client.post("/checkout/fields", data=ADDRESS | {"region": region}).text

    assert f"<dd>{fee}</dd>" in text


def test_a_region_nobody_delivers_to_says_so(client, owner):
    begun(client, piece(owner, MONDAY, price=30000))

    typed = filled(client, region="香港特别行政区")
    answer = client.post("/checkout/order", data=typed)

    assert answer.status_code == 409
    assert answer.text.count("We do not deliver to this region yet.") == 2
    assert not orders()


def test_collecting_names_a_store_that_has_everything(client, owner, jacket):
    begun(client, jacket)
    typed = filled(client, method="pickup")

    nowhere = client.post("/checkout/order", data=typed)
    elsewhere = client.post("/checkout/order", data=typed | {"location": "99"})
    here = client.post("/checkout/order", data=typed | {"location": str(owner.store_id)})

    assert "Please choose the store" in nowhere.text
    assert (nowhere.status_code, elsewhere.status_code, here.status_code) == (422, 422, 303)
    assert orders()[0].address is None


def test_going_back_to_checkout_leads_to_the_order_that_waits(client, owner, jacket, clock):
    begun(client, jacket)
    order = client.post("/checkout/order", data=filled(client)).location

    back = client.get("/checkout")
    client.post("/bag", data={"variant": piece(owner, MONDAY)})
    with_more = client.get("/checkout")

    assert back.location == order
    assert with_more.status_code == 200


def test_a_reload_of_a_refused_form_leads_to_checkout(client, jacket):
    for answer in ("address", "fields", "order"):
        assert client.get(f"/checkout/{answer}").location == "/checkout"
