"""Products are written whole, seen by their own merchant, and sold only when they are complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.catalog.commands import editing, products, stock
from app.catalog.commands.editing import Beginning, Count, Edit
from app.catalog.commands.stock import MovementReason, Wanted
from app.catalog.drafts import FaultDraft, ImageDraft, VariantDraft, with_images
from app.catalog.errors import ChangedMeanwhile, NotPublishable, StockMoved, StockTooLow
from app.catalog.models import (
    Fault,
    Product,
    ProductImage,
    ProductKind,
    ProductState,
    Stock,
    Variant,
)
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.errors import Forbidden, Invalid, NotFound
from app.shop.models import Role
from tests import cast
from tests.catalog.drafts import images_of, piece_of


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def piece(house, clock):
    return cast.product_of(cast.piece(house, clock.now))


def row(product_id):
    return db.session.get_one(Product, product_id, populate_existing=True)


def variant_of(product_id):
    return db.session.scalars(select(Variant).where(Variant.product_id == product_id)).one()


def edit(product_id, **changes):
    return Edit(replace(draft_of(row(product_id)), **changes), row(product_id).version)


def test_handing_in_the_same_changes_nothing(piece, house, clock):
    version = row(piece).version

    editing.save(piece, edit(piece), actor=house.staff(), now=clock.now)

    assert row(piece).version == version


def test_a_change_leaves_an_audit_row_and_raises_the_version(piece, house, clock):
    version = row(piece).version

    editing.save(piece, edit(piece, brand="Other"), actor=house.staff(), now=clock.now)

    assert (row(piece).brand, row(piece).version) == ("Other", version + 1)
    last = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    assert (last.verb, last.object_id, last.actor_kind) == ("product.change", piece, "staff")


def test_two_people_cannot_overwrite_each_other(piece, house, clock):
    mine, theirs = edit(piece, brand="Mine"), edit(piece, brand="Theirs")
    editing.save(piece, theirs, actor=house.staff(), now=clock.now)

    with pytest.raises(ChangedMeanwhile) as refused:
        editing.save(piece, mine, actor=house.staff(), now=clock.now)

    assert refused.value.facts["version"] == row(piece).version
    assert row(piece).brand == "Theirs"


def test_the_same_button_pressed_twice_saves_once(piece, house, clock):
    once = edit(piece, brand="Mine")
    editing.save(piece, once, actor=house.staff(), now=clock.now)
    version = row(piece).version

    editing.save(piece, once, actor=house.staff(), now=clock.now)

    assert row(piece).version == version


def test_another_merchants_staff_find_nothing(piece, house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False).staff()
    wanted, variant_id = edit(piece, brand="Stolen"), variant_of(piece).id

    for attempt in (
        lambda: editing.save(piece, wanted, actor=neighbour, now=clock.now),
        lambda: editing.hang(piece, (), version=wanted.version, actor=neighbour, now=clock.now),
        lambda: editing.reprice(piece, 1, version=wanted.version, actor=neighbour, now=clock.now),
        lambda: products.publish_product(piece, actor=neighbour, now=clock.now),
        lambda: products.withdraw(piece, ProductState.DRAFT, actor=neighbour, now=clock.now),
        lambda: editing.count(
            variant_id,
            Count("", house.store_id, 1, 9),
            reason=MovementReason.RECEIVED,
            actor=neighbour,
            now=clock.now,
        ),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert (row(piece).brand, row(piece).state) == ("Testmade", ProductState.LIVE)


@pytest.mark.parametrize("role", [Role.FULFILMENT, Role.SUPPORT, Role.READONLY])
def test_roles_without_the_catalogue_change_nothing(piece, house, clock, role):
    with pytest.raises(Forbidden):
        editing.save(piece, edit(piece, brand="x"), actor=house.staff(role), now=clock.now)

    assert row(piece).brand == "Testmade"


@pytest.mark.parametrize(
    ("missing", "changes"),
    [
        ("title", {"title": {}}),
        ("images", {"images": ()}),
        ("price", {"variants": (VariantDraft("T-NEW", 0),)}),
    ],
)
def test_what_is_incomplete_neither_goes_nor_stays_on_sale(piece, house, clock, missing, changes):
    with pytest.raises(NotPublishable) as refused:
        editing.save(piece, edit(piece, **changes), actor=house.staff(), now=clock.now)
    assert missing in refused.value.errors

    products.withdraw(piece, ProductState.DRAFT, actor=SYSTEM, now=clock.now)
    editing.save(piece, edit(piece, **changes), actor=house.staff(), now=clock.now)

    with pytest.raises(NotPublishable) as refused:
        products.publish_product(piece, actor=house.staff(), now=clock.now)
    assert missing in refused.value.errors
    assert row(piece).state == ProductState.DRAFT


@pytest.mark.parametrize(
    ("grade", "faults", "measurements", "missing"),
    [
        ("B", (), None, {"faults"}),
        ("S", (), None, set()),
        ("B", (FaultDraft({"en": "hem"}, {"en": "a stain"}),), None, {"faults"}),
        ("S", (), {"chest": 1040}, {"measurements"}),
    ],
)
def test_a_piece_is_honest_before_it_is_sold(
    piece, house, clock, grade, faults, measurements, missing
):
    products.withdraw(piece, ProductState.DRAFT, actor=SYSTEM, now=clock.now)
    changed = replace(piece_of(draft_of(row(piece))), grade=grade, faults=faults)
    if measurements is not None:
        changed = replace(changed, measurements=measurements)
    editing.save(piece, edit(piece, piece=changed), actor=house.staff(), now=clock.now)

    assert set(products.what_is_missing(row(piece))) == missing


def test_a_fault_follows_its_photograph_to_another_place(piece, house, clock):
    draft = draft_of(row(piece))
    cover = ImageDraft(cast.picture(clock.now, 250), {"en": "new cover"})
    images = (cover, *images_of(draft))

    editing.hang(piece, images, version=row(piece).version, actor=house.staff(), now=clock.now)

    shown = db.session.scalars(select(Fault.image_id).where(Fault.product_id == piece)).one()
    assert db.session.get_one(ProductImage, shown).media_id == images_of(draft)[0].media_id
    assert piece_of(draft_of(row(piece))).faults[0].image == 1


def test_a_fault_whose_photograph_went_says_so(piece, house, clock):
    draft = draft_of(row(piece))
    other = (ImageDraft(cast.picture(clock.now, 250)),)
    products.withdraw(piece, ProductState.DRAFT, actor=SYSTEM, now=clock.now)

    products.change(piece, with_images(draft, other), actor=SYSTEM, now=clock.now)

    assert piece_of(draft_of(row(piece))).faults[0].image is None
    assert "photograph" in products.what_is_missing(row(piece))["faults"]


def test_the_first_of_two_equal_pictures_stays_the_cover(piece, house, clock):
    draft = draft_of(row(piece))
    first, other = images_of(draft)[0], ImageDraft(cast.picture(clock.now, 250))

    products.change(piece, with_images(draft, (first, first, other)), actor=SYSTEM, now=clock.now)

    places = db.session.execute(
        select(ProductImage.position, ProductImage.media_id).where(ProductImage.product_id == piece)
    )
    assert {tuple(each) for each in places} == {(0, first.media_id), (1, other.media_id)}


def test_a_renamed_sku_keeps_its_stock(piece, house, clock):
    variant = variant_of(piece)
    draft = draft_of(row(piece))
    renamed = replace(
        Edit(draft, row(piece).version),
        draft=replace(draft, variants=(replace(draft.variants[0], sku="NEW-1"),)),
        renamed={variant.id: "NEW-1"},
    )

    editing.save(piece, renamed, actor=house.staff(), now=clock.now)

    now = variant_of(piece)
    assert (now.id, now.sku, now.retired) == (variant.id, "NEW-1", False)


def test_a_taken_sku_is_refused_and_nothing_is_saved(piece, house, clock):
    other = variant_of(cast.product_of(cast.piece(house, clock.now)))
    variant, draft = variant_of(piece), draft_of(row(piece))
    wanted = Edit(
        replace(draft, brand="x", variants=(replace(draft.variants[0], sku=other.sku),)),
        row(piece).version,
        renamed={variant.id: other.sku},
    )

    with pytest.raises(Invalid) as refused:
        editing.save(piece, wanted, actor=house.staff(), now=clock.now)

    assert other.sku in refused.value.errors["sku"]
    assert (row(piece).brand, variant_of(piece).sku) == ("Testmade", variant.sku)


def test_a_count_made_on_an_old_figure_does_not_undo_a_sale(piece, house, clock):
    variant = variant_of(piece)
    until = clock.now + timedelta(minutes=10)
    stock.reserve("checkout:1", [Wanted(variant.id, 1)], until=until, now=clock.now)
    stock.sell("checkout:1", reference="X", now=clock.now)
    wanted = replace(edit(piece), counts=(Count(variant.sku, house.store_id, 1, 2),))

    with pytest.raises(StockMoved) as refused:
        editing.save(piece, wanted, actor=house.staff(), now=clock.now)

    assert refused.value.facts["on_hand"] == 0
    assert db.session.scalar(select(Stock.on_hand)) == 0


def test_a_count_below_what_is_promised_is_refused(piece, house, clock):
    variant = variant_of(piece)
    until = clock.now + timedelta(minutes=10)
    stock.reserve("order:1", [Wanted(variant.id, 1)], until=until, now=clock.now)

    with pytest.raises(StockTooLow):
        editing.count(
            variant.id,
            Count("", house.store_id, 1, 0),
            reason=MovementReason.LOST,
            actor=house.staff(),
            now=clock.now,
        )

    assert db.session.scalar(select(Stock.on_hand)) == 1


def test_a_price_is_changed_from_the_list_and_a_false_was_price_goes(piece, house, clock):
    draft = draft_of(row(piece))
    with_was = replace(draft.variants[0], compare_at=150000)
    editing.save(piece, edit(piece, variants=(with_was,)), actor=house.staff(), now=clock.now)

    editing.reprice(piece, 160000, version=row(piece).version, actor=house.staff(), now=clock.now)

    assert (variant_of(piece).price, variant_of(piece).compare_at) == (160000, None)


def test_a_new_item_begins_once_with_its_number_as_sku(house, clock):
    new = Beginning(ProductKind.PIECE, {"en": "Coat"}, [cast.picture(clock.now)], "k" * 20)

    first = editing.begin(new, actor=house.staff(), now=clock.now)
    again = editing.begin(new, actor=house.staff(), now=clock.now)

    assert first == again
    assert db.session.scalar(select(func.count()).select_from(Product)) == 1
    assert variant_of(first).sku == f"{row(first).number:04d}"
    assert (row(first).state, row(first).merchant_id) == (ProductState.DRAFT, house.merchant_id)


def test_withdrawing_and_saving_is_one_step(piece, house, clock):
    wanted = replace(edit(piece, title={}), goes_to=ProductState.DRAFT)

    editing.save(piece, wanted, actor=house.staff(), now=clock.now)

    assert (row(piece).state, row(piece).title) == (ProductState.DRAFT, {})
