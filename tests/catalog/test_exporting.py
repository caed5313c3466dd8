"""Products written as Shopify and WooCommerce write them, read again as theirs are."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from app.catalog.drafts import FaultDraft, PieceDraft, ProductDraft, VariantDraft
from app.catalog.exporting import shopify, woocommerce
from app.catalog.exporting.speech import Speech
from app.catalog.importing.body import plain_text
from app.catalog.importing.files import open_table
from app.catalog.importing.records import ImportedProduct, ImportedStatus
from app.catalog.importing.shopify import read_table as read_shopify
from app.catalog.importing.woocommerce import read_table as read_woocommerce
from app.catalog.own_file.files import csv_of
from app.catalog.own_file.whole import Picture, Units, WholeProduct
from tests.conftest import MONDAY

SPEECH = Speech("en", "CNY", "https://shop.example/media")
READERS = {
    "shopify": (shopify, lambda table: read_shopify(table, currency="CNY")),
    "woocommerce": (
        woocommerce, lambda table: read_woocommerce(table, currency="CNY", now=MONDAY)
    ),
}  # fmt: skip
SHIRT = WholeProduct(
    key="no:12",
    number=12,
    slug="linen-shirt",
    state="live",
    draft=ProductDraft(
        title={"en": "Linen, and <more>", "zh-Hans": "亚麻"},
        story={"en": "Washed & worn.\nTwice."},
        garment="top",
        brand="Le Laboureur",
        tags=("hand_washed",),
        option_names=({"en": "Size", "zh-Hans": "尺码"}, "Colour"),
        variants=(
            VariantDraft("S-1", 42050, 50000, 300, ("S", {"en": "White, undyed"})),
            VariantDraft("S-2", 42050, None, 1250, ("M", "Blue")),
        ),
    ),
    pictures=(Picture("ab12.jpg", {"en": "Front"}), Picture("cd34.jpg"), Picture("ef56.jpg")),
    stock={"S-1": {"store": Units(2), "attic": Units(1)}, "S-2": {"store": Units(0)}},
)
COAT = replace(
    SHIRT,
    key="shopify:old-coat",
    number=7,
    state="draft",
    draft=ProductDraft(
        title={"zh-Hans": "大衣"},
        garment="top",
        variants=(VariantDraft("=C-1", 128000, None, 0),),
        piece=PieceDraft(
            grade="B",
            era="1950s",
            measurements={"chest": 525},
            faults=(FaultDraft({"en": "Cuff"}, {"en": "Frayed"}),),
        ),
    ),
    pictures=(),
    stock={"=C-1": {"store": Units(1)}},
)


def written(system, *products):
    rows = (row for product in products for row in system.rows_of(product, SPEECH))
    return b"".join(csv_of(system.HEADER, rows))


def read_again(name, *products):
    system, read = READERS[name]
    table = open_table(io.BytesIO(written(system, *products)), lambda _name: True)
    return list(read(table))


@pytest.mark.parametrize("name", [*READERS])
def test_what_is_written_for_another_system_reads_as_its_own(name):
    shirt, coat = read_again(name, SHIRT, COAT)

    assert isinstance(shirt, ImportedProduct)
    assert (shirt.title, shirt.vendor, shirt.tags) == (
        "Linen, and <more>", "Le Laboureur", ("Washed by hand",)
    )  # fmt: skip
    assert plain_text(shirt.body_html).split("\n") == ["Washed & worn.", "Twice."]
    assert shirt.options == ("Size", "Colour")
    assert [
        (each.sku, each.price.minor, each.compare_at and each.compare_at.minor, each.quantity,
         each.weight_grams, each.options)
        for each in shirt.variants
    ] == [
        ("S-1", 42050, 50000, 3, 300, ("S", "White, undyed")),
        ("S-2", 42050, None, 0, 1250, ("M", "Blue")),
    ]  # fmt: skip
    assert [image.source.text for image in shirt.images] == [
        f"https://shop.example/media/{name}"
        for name in ("ab/ab12.jpg", "cd/cd34.jpg", "ef/ef56.jpg")
    ]
    assert (coat.title, coat.status, coat.options) == ("大衣", ImportedStatus.DRAFT, ())
    assert [(each.price.minor, each.quantity) for each in coat.variants] == [(128000, 1)]


@pytest.mark.parametrize("name", [*READERS])
def test_condition_measures_and_faults_become_words(name):
    (coat,) = read_again(name, COAT)

    assert plain_text(coat.body_html).split("\n") == [
        "Grade B", "Chest: 52.5 cm", "Fault: Cuff – Frayed"
    ]  # fmt: skip
    assert coat.tags == ("1950s",)


@pytest.mark.parametrize("name", [*READERS])
def test_nothing_in_a_foreign_file_is_computed_by_a_spreadsheet(name):
    evil = replace(COAT, draft=replace(COAT.draft, title={"en": "=1+1"}, brand="@SUM(A1)"))

    text = written(READERS[name][0], evil).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_shopify_gets_back_the_handle_it_gave():
    assert [each.handle for each in read_again("shopify", SHIRT, COAT)] == [
        "12-linen-shirt", "old-coat"
    ]  # fmt: skip
