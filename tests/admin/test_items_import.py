"""A product file at the counter: uploaded, looked into, confirmed, and confirmed again."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
import xlsxwriter
from sqlalchemy import func, select

from app.catalog.models import Product, Stock
from app.platform.db import db
from app.platform.outbox.models import OutboxDelivery
from app.shop.models import Role
from tests import cast
from tests.admin.counter import HTMX, clerk
from tests.admin.forms import form_on
from tests.admin.items import text_of
from tests.catalog.goods import SAMPLE, file_of, jacket, product


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


def upload(who, content):
    data = {"csrf_token": who.token, "file": (BytesIO(content), "products.csv")}
    return who.client.post("/admin/imports", data=data)


def products():
    return db.session.scalar(select(func.count()).select_from(Product))


def waiting_fetches():
    statement = select(func.count()).select_from(OutboxDelivery)
    return db.session.scalar(statement.where(OutboxDelivery.handler.contains("fetch_pictures")))


def confirmed(who, address):
    page = who.get(address).get_data(as_text=True)
    return who.client.post(address, data=form_on(page, "confirm"))


def test_a_file_is_looked_into_before_anything_is_done(cleo):
    response = upload(cleo, SAMPLE.read_bytes())
    page = cleo.read(response.headers["Location"])

    assert response.status_code == 303
    for said in (
        "What would be imported",
        "to create",
        "Gift cards cannot be sold here.",
        "left out",
    ):
        assert said in page
    assert '<div class="figure">8</div>' in page
    assert products() == 0


def test_confirming_imports_and_has_the_pictures_fetched(cleo):
    address = upload(cleo, SAMPLE.read_bytes()).headers["Location"]

    response = confirmed(cleo, address)

    assert response.status_code == 200
    assert "What was imported" in text_of(response)
    assert products() == 8
    assert waiting_fetches() == 4


def test_a_workbook_is_taken_in_like_its_csv(cleo):
    text = file_of(jacket(), jacket(Handle="b", Title="B", Variant_SKU="B")).getvalue()
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(csv.reader(text.decode("utf-8-sig").splitlines())):
            sheet.write_row(line, 0, row)

    done = confirmed(cleo, upload(cleo, target.getvalue()).headers["Location"])

    assert "What was imported" in text_of(done)
    assert products() == 2


def test_confirming_twice_imports_once(cleo):
    address = upload(cleo, file_of(jacket()).getvalue()).headers["Location"]
    page = cleo.get(address).get_data(as_text=True)
    typed = form_on(page, "confirm")

    for _twice in range(2):
        assert cleo.client.post(address, data=typed).status_code == 200

    assert products() == 1
    assert db.session.scalar(select(func.sum(Stock.on_hand))) == 1
    assert "There is nothing to do" not in cleo.read(address)


def test_the_same_file_is_the_same_address(cleo):
    first = upload(cleo, file_of(jacket()).getvalue()).headers["Location"]

    assert upload(cleo, file_of(jacket()).getvalue()).headers["Location"] == first


def test_what_takes_too_long_goes_on_where_it_stopped(cleo, monkeypatch):
    rows = [jacket(Handle=f"j{n}", Title=f"J {n}", Variant_SKU=f"J{n}") for n in range(3)]
    address = upload(cleo, file_of(*rows).getvalue()).headers["Location"]
    monkeypatch.setattr("app.admin.imports.SECONDS", -1)

    stopped = confirmed(cleo, address).get_data(as_text=True)
    assert "3 products are still to come." in stopped
    assert products() == 0

    monkeypatch.setattr("app.admin.imports.SECONDS", 60)
    finished = cleo.client.post(address, data=form_on(stopped, "confirm"), headers=HTMX)
    assert '<div class="figure">3</div>' in finished.get_data(as_text=True)
    assert products() == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Please choose a file."),
        (b"PK\x03\x04workbook", "Excel workbook"),
        (b"a;b;c\n1;2;3\n", "None of the columns is known"),
        (b'Handle,Title,Variant Price\na,"b,1\n', "quotation mark"),
        (b"\x00\x01\x02" * 50, "This is not a text file."),
    ],
)
def test_what_is_no_product_file_is_refused_in_words(cleo, content, sentence):
    response = upload(cleo, content)
    if response.status_code == 303:
        response = cleo.get(response.headers["Location"])

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert products() == 0


def test_markup_in_a_file_is_text_on_the_report(cleo):
    evil = "<img src=x onerror=alert(1)>"
    content = file_of(jacket(Title=evil), jacket(Handle=evil, Title=evil)).getvalue()

    page = cleo.get(upload(cleo, content).headers["Location"]).get_data(as_text=True)

    assert "<img src=x" not in page


def test_it_goes_into_ones_own_shop_and_place_only(app, house, cleo, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")
    address = upload(cleo, file_of(jacket()).getvalue()).headers["Location"]

    assert nora.get(address).status_code == 404
    assert nora.post(address).status_code == 404
    foreign_place = {"location": neighbour.store_id}
    assert cleo.post(address, foreign_place).status_code == 404
    assert products() == 0

    confirmed(cleo, address)
    assert product().merchant_id == house.merchant_id


@pytest.mark.parametrize("role", [Role.READONLY, Role.FULFILMENT, Role.SUPPORT])
def test_other_roles_bring_nothing(app, house, role):
    other = clerk(app, house.merchant_id, "olga", role)

    assert other.get("/admin/imports").status_code == 403
    assert upload(other, file_of(jacket()).getvalue()).status_code == 403


@pytest.mark.parametrize("digest", ["0" * 64, "..%2f..%2fvitrine.sqlite3", "x"])
def test_a_file_that_is_not_kept_is_not_there(cleo, digest):
    assert cleo.get(f"/admin/imports/{digest}").status_code == 404
