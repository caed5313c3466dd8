"""The shop's own file edited by a person: what is taken, what stays, what is refused where."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.catalog.commands import importing, stock
from app.catalog.commands.importing import Verb
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.commands.stock import MovementReason, Wanted
from app.catalog.models import Collection, Product, Stock, Variant
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.db import db
from tests import cast
from tests.catalog.drafts import piece_of
from tests.catalog.goods import FRONT, bring, web
from tests.catalog.wholes import exported


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def jacket(house, clock):
    return cast.piece(house, clock.now)


def rows_of(content):
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text))


def file_of(*rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def product(variant_id):
    statement = select(Product).join(Variant).where(Variant.id == variant_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def sku_of(variant_id):
    return db.session.get_one(Variant, variant_id, populate_existing=True).sku


def on_hand(variant_id):
    return db.session.scalar(select(func.sum(Stock.on_hand)).where(Stock.variant_id == variant_id))


def sell_one(variant_id, clock):
    until = clock.now + timedelta(minutes=10)
    stock.reserve("checkout:9", [Wanted(variant_id, 1)], until=until, now=clock.now)
    stock.sell("checkout:9", reference="SOLD1", now=clock.now)


def test_a_list_of_prices_changes_prices_and_nothing_else(house, jacket, clock):
    before = draft_of(product(jacket))

    report = bring(house.merchant_id, clock.now).load(
        file_of({"sku": sku_of(jacket), "price": "99.50"})
    )

    assert report.outcomes[0].changed == ("variants",)
    after = draft_of(product(jacket))
    assert after.variants[0].price == 9950
    assert (after.title, after.piece, after.images, after.variants[0].weight_g) == (
        before.title,
        before.piece,
        before.images,
        700,
    )


def test_a_piece_sold_while_the_file_was_edited_stays_sold(house, jacket, clock):
    (row,) = rows_of(exported(house))
    sell_one(jacket, clock)

    report = bring(house.merchant_id, clock.now).load(file_of({**row, "title:en": "New words"}))

    assert report.outcomes[0].changed == ("title",)
    assert on_hand(jacket) == 0


def test_what_was_counted_in_the_file_is_taken_unless_it_was_sold_meanwhile(house, clock):
    shirt = cast.piece(house, clock.now, units=0)
    (row,) = rows_of(exported(house))
    counted = {**row, "stock:store-house": "1"}

    taken = bring(house.merchant_id, clock.now).load(file_of(counted))
    assert (taken.outcomes[0].changed, on_hand(shirt)) == (("stock",), 1)

    sell_one(shirt, clock)
    again = bring(house.merchant_id, clock.now).load(file_of(counted))
    assert on_hand(shirt) == 1 or again.counts == {Verb.UNCHANGED: 1}


def test_a_count_made_on_figures_that_are_no_longer_true_is_not_taken(house, jacket, clock):
    (row,) = rows_of(exported(house))
    stock.count(
        jacket, house.store_id, 3, reason=MovementReason.CORRECTED, actor=SYSTEM, now=clock.now
    )

    report = bring(house.merchant_id, clock.now).load(file_of({**row, "stock:store-house": "0"}))

    assert "sold or counted since" in report.outcomes[0].notes[0]
    assert on_hand(jacket) == 3


def test_a_file_without_keys_is_told_by_its_skus_and_twice_is_once(house, clock):
    rows = [
        {"title:en": "Shirt", "option 1:en": "Size", "sku": "S-1", "option 1 value:en": "S",
         "price": "10", "stock:store-house": "2"},
        {"title:en": "", "sku": "S-2", "option 1 value:en": "M", "price": "10"},
        {"title:en": "Scarf", "sku": "S-3", "price": "5"},
    ]  # fmt: skip

    first = bring(house.merchant_id, clock.now).load(file_of(*rows))
    second = bring(house.merchant_id, clock.now).load(file_of(*rows))

    assert (first.counts, second.counts) == ({Verb.CREATE: 2}, {Verb.UNCHANGED: 2})
    assert [variant.sku for variant in draft_of(db.session.get_one(Product, 1)).variants] == [
        "S-1",
        "S-2",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_it_comes_back_however_the_office_saved_it(house, jacket, clock, encoding, separator):
    rows = csv.reader(io.StringIO(exported(house).decode("utf-8-sig"), newline=""))
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=separator, lineterminator="\n").writerows(rows)

    report = bring(house.merchant_id, clock.now).load(io.BytesIO(saved.getvalue().encode(encoding)))

    assert report.counts == {Verb.UNCHANGED: 1}


def test_rows_may_be_sorted_and_left_out(house, jacket, clock):
    coat = cast.piece(house, clock.now)
    rows = rows_of(exported(house))

    report = bring(house.merchant_id, clock.now).load(file_of(*reversed(rows)))
    assert report.counts == {Verb.UNCHANGED: 2}

    bring(house.merchant_id, clock.now).load(file_of(rows[0]))
    assert product(coat).state == "live"


def test_faults_stay_tied_to_the_photographs_they_count(house, jacket, clock):
    (row,) = rows_of(exported(house))
    more = {"key": row["key"], "sku": "", "fault:en": "a stain", "fault image": "1"}

    bring(house.merchant_id, clock.now).load(file_of(row, more))

    faults = piece_of(draft_of(product(jacket))).faults
    assert [(fault.description["en"], fault.image) for fault in faults] == [
        ("a small hole", 0),
        ("a stain", 0),
    ]


def test_a_fault_is_tied_to_its_photograph_when_that_comes_late(house, clock):
    row = {
        "kind": "piece", "state": "live", "title:en": "Coat", "garment": "other", "grade": "B",
        "sku": "C-1", "price": "10", "image": FRONT, "fault:en": "a stain", "fault image": "1",
    }  # fmt: skip
    bring(house.merchant_id, clock.now).load(file_of(row))
    coat = db.session.scalars(select(Product)).one()
    assert (coat.state, piece_of(draft_of(coat)).faults[0].image) == ("draft", None)

    importing.fetch_missing(coat.id, Pictures(None, web(), now=clock.now), now=clock.now)

    db.session.refresh(coat)
    assert (coat.state, piece_of(draft_of(coat)).faults[0].image) == ("live", 0)


def test_a_number_that_is_taken_is_replaced_and_said(house, jacket, clock):
    report = bring(house.merchant_id, clock.now).load(
        file_of({"no": "1", "title:en": "Shirt", "sku": "S-1", "price": "10"})
    )

    assert "№ 1 is taken; it became № 2" in report.outcomes[0].notes[0]


def test_a_collection_that_is_missing_is_made_unlisted(house, clock):
    row = {"title:en": "Shirt", "sku": "S-1", "price": "10", "collections": "work-wear"}

    report = bring(house.merchant_id, clock.now).load(file_of(row))

    assert "work-wear" in report.outcomes[0].notes[0]
    made = db.session.scalars(select(Collection)).one()
    assert (made.slug, made.title, made.listed) == ("work-wear", {"en": "Work wear"}, False)


def test_who_may_make_no_collection_leaves_it_out_and_is_told(house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    row = file_of({"title:en": "Shirt", "sku": "S-1", "price": "10", "collections": "work-wear"})
    work = bring(neighbour.merchant_id, clock.now, actor=neighbour.staff())

    first, second = work.load(row), work.load(row)

    assert "no collection “work-wear”" in first.outcomes[0].notes[0]
    assert (first.counts, second.counts) == ({Verb.CREATE: 1}, {Verb.UNCHANGED: 1})
    assert db.session.scalars(select(Collection)).all() == []


GOOD = {"title:en": "Shirt", "sku": "S-1", "price": "10"}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("price", "ten"),
        ("price", ""),
        ("price before", "9"),
        ("currency", "EUR"),
        ("weight g", "heavy"),
        ("title:en", ""),
        ("title:en", "x" * 300),
        ("kind", "thing"),
        ("state", "sold"),
        ("garment", "hat"),
        ("grade", "E"),
        ("year", "198x"),
        ("origin", "Japan"),
        ("no", "12345678"),
        ("tags", "cheap"),
        ("tags", "undyed, deadstock, union_made, hand_knitted, handed_down"),
        ("chest cm", "wide"),
        ("stock:store-house", "many"),
        ("option 1 value:en", "S"),
        ("option 2:en", "Colour"),
        ("fault repaired", "perhaps"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_and_stops_nothing_else(house, clock, column, text):
    other = {"key": "b", "title:en": "Scarf", "sku": "S-2", "price": "5"}

    report = bring(house.merchant_id, clock.now).load(
        file_of({"key": "a", **GOOD, column: text}, other)
    )

    assert report.counts == {Verb.CREATE: 1, Verb.REFUSED: 1}
    error = next(error for error in report.errors if error.is_left_out)
    assert error.row == 2
    assert error.column.partition(":")[0] in {column.partition(":")[0], "option 1"}


def test_a_piece_exists_once(house, jacket, clock):
    (row,) = rows_of(exported(house))

    report = bring(house.merchant_id, clock.now).load(file_of({**row, "stock:store-house": "2"}))

    assert [(error.row, error.column) for error in report.errors] == [(2, "sku")]
    assert on_hand(jacket) == 1


def test_stock_of_a_place_that_is_not_here_is_said(house, clock):
    report = bring(house.merchant_id, clock.now).load(file_of({**GOOD, "stock:attic": "3"}))

    assert "no place “attic”" in report.outcomes[0].notes[0]


def test_another_merchants_products_are_in_no_file(house, jacket, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    cast.piece(neighbour, clock.now)

    assert len(rows_of(exported(house))) == len(rows_of(exported(neighbour))) == 1
    report = bring(neighbour.merchant_id, clock.now, actor=neighbour.staff()).load(
        file_of({"sku": sku_of(jacket), "price": "1"})
    )
    assert report.counts == {Verb.REFUSED: 1}
    assert draft_of(product(jacket)).variants[0].price == 128000
