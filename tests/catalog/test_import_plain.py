"""A table that somebody keeps themselves: its headings are understood, or it is said what lacks."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from app.catalog.commands.importing import Verb
from app.catalog.commands.importing.formats import Circumstances, open_products
from app.catalog.importing.records import RowError, UnreadableFile
from app.catalog.models import Product, Stock, Variant
from app.catalog.own_file.headings import column_of, currency_of
from app.catalog.own_file.whole import WholeProduct
from app.platform.db import db
from app.platform.i18n import speaking
from tests import cast
from tests.catalog.goods import bring
from tests.conftest import MONDAY


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("SKU", "sku"),
        ("Product  Name", "title"),
        ("商品名称", "title"),
        ("售价（元）", "price"),
        ("Price (CNY)", "price"),
        ("原价", "price before"),
        ("库存数量", "stock:"),
        ("Weight (g)", "weight g"),
        ("weight", None),
        ("胸围", "chest cm"),
        ("Chest (cm)", "chest cm"),
        ("chest_cm", "chest cm"),
        ("Chest", None),
        ("Chest (in)", None),
        ("Price per box", None),
    ],
)
def test_a_heading_is_understood_only_when_it_is_sure(heading, column):
    assert column_of(heading) == column


def test_the_currency_in_a_heading_is_seen():
    assert [currency_of(name) for name in ("价格(元)", "Price [EUR]", "Price")] == [
        "CNY",
        "EUR",
        "",
    ]


@pytest.mark.parametrize(
    ("header", "meanings"),
    [
        ("PRICE,sku,Title,Cost", ["price", "SKU", "title", ""]),
        ("库存,标题,货号,供应商", ["stock, at the place of this import", "title", "SKU", ""]),
        ("SKU,Name,Product,title:en", ["SKU", "title", "", "title (en)"]),
    ],
)
def test_what_becomes_of_each_column_is_told(header, meanings):
    with speaking("en"):
        file = open_products(io.BytesIO(f"{header}\n".encode()))

    assert file.format.vocabulary.system == "Vitrine"
    assert [use.meaning for use in file.columns] == meanings


@pytest.mark.parametrize(("locale", "said"), [("en", "no column “SKU”"), ("zh-Hans", "缺少“货号”")])
def test_a_table_without_a_sku_is_told_so(locale, said):
    file = open_products(io.BytesIO("标题,Price\n茶杯,10\n".encode()))

    with pytest.raises(UnreadableFile) as refused:
        list(file.read(Circumstances("CNY", MONDAY)))

    with speaking(locale):
        assert said in str(refused.value.message)


def test_a_plain_table_becomes_goods_with_words_in_their_language(app, clock):
    house = cast.house(clock.now)
    table = (
        "货号,商品名称,售价（元）,库存,品牌,谁知道\n"
        "C-1,青花茶杯,128,3,Alder,x\n"
        "C-2,Tea cup,\"1,280.50\",0,Brook,y\n"
    )  # fmt: skip

    report = bring(house.merchant_id, clock.now).load(io.BytesIO(table.encode("gb18030")))

    assert (report.counts, report.errors) == ({Verb.CREATE: 2}, [])
    rows = db.session.execute(
        select(Variant.sku, Product.title, Product.brand, Variant.price, Stock.on_hand)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .order_by(Variant.sku)
    ).all()
    assert rows == [
        ("C-1", {"zh-Hans": "青花茶杯"}, "Alder", 12800, 3),
        ("C-2", {"en": "Tea cup"}, "Brook", 128050, None),
    ]


@pytest.mark.parametrize(
    ("header", "column"),
    [("Price (EUR),x", "Price (EUR)"), ("Price,List price (USD)", "List price (USD)")],
)
def test_a_price_in_another_currency_is_refused_in_its_row(app, clock, header, column):
    house = cast.house(clock.now)

    report = bring(house.merchant_id, clock.now).load(
        io.BytesIO(f"SKU,Title,{header}\nC-1,Tea cup,12,20\n".encode())
    )

    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    assert db.session.scalar(select(Product.id)) is None


def test_a_cell_of_blanks_says_as_little_as_an_empty_one(app, clock):
    house = cast.house(clock.now)
    for story in ("Made by hand", " ", ""):
        table = f"SKU,Title,Story,Price\nC-1,Tea cup,{story},12\n"
        report = bring(house.merchant_id, clock.now).load(io.BytesIO(table.encode()))
        assert report.errors == []

    assert db.session.scalars(select(Product.story)).one() == {"en": "Made by hand"}


def test_a_quantity_beside_places_is_their_sum_or_its_row_is_refused():
    table = "SKU,Title,Price,stock:main,stock:mill,Quantity\nC-1,Cup,10,2,3,5\nC-2,Cup,10,2,3,2\n"
    found = list(
        open_products(io.BytesIO(table.encode())).read(Circumstances("CNY", MONDAY))
    )  # fmt: skip
    cup, refused = found

    assert isinstance(cup, WholeProduct)
    assert {place: units.on_hand for place, units in cup.stock["C-1"].items()} == {
        "main": 2,
        "mill": 3,
    }
    assert isinstance(refused, RowError)
    assert (refused.row, refused.column) == (3, "Quantity")
