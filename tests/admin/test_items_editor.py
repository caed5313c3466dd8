"""The editor: everything typed is saved or still there, and nothing newer is overwritten."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.catalog.commands import products, stock
from app.catalog.commands.stock import MovementReason
from app.catalog.drafts import VariantDraft
from app.catalog.models import ProductState, Stock
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import HTMX, clerk
from tests.admin.forms import form_on
from tests.admin.items import opened, row, sell, send, stocked, text_of, variant_of
from tests.catalog.drafts import piece_of


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo")


@pytest.fixture
def piece(house, clock):
    return cast.product_of(cast.piece(house, clock.now))


def test_everything_typed_is_saved(cleo, piece, house):
    typed = opened(cleo, piece) | {
        "title-en": ["Chore coat"],
        "title-zh": ["劳动外套"],
        "brand": ["Ferme"],
        "colour": ["ecru"],
        "material-en": ["linen"],
        "story-en": ["One.\r\n\r\nTwo."],
        "story-zh": [""],
        "grade": ["A"],
        "era": ["1950s"],
        "year": ["1952"],
        "origin": ["FR"],
        "grade_evidence-en": ["worn twice"],
        "m-top-chest": ["104,5"],
        "m-top-length": ["７０"],
        "v-0-price": ["￥1,280.50"],
        "v-0-compare": ["1480"],
        "v-0-weight": ["950"],
        "v-0-sku": ["CHORE-1"],
        "tag": ["deadstock", "natural_fibre"],
        "fault-0-text-zh": ["一个小洞"],
        "fault-0-repaired": ["1"],
    }

    response = send(cleo, piece, typed)

    assert response.status_code == 303, text_of(response)
    saved, variant = draft_of(row(piece)), variant_of(piece)
    assert saved.title == {"en": "Chore coat", "zh-Hans": "劳动外套"}
    assert (saved.story, saved.material) == ({"en": "One.\n\nTwo."}, {"en": "linen"})
    piece_saved = piece_of(saved)
    assert (piece_saved.grade, piece_saved.year, piece_saved.origin) == ("A", 1952, "FR")
    assert piece_saved.measurements["chest"] == 1045
    assert piece_saved.measurements["length"] == 700
    assert (variant.price, variant.compare_at, variant.weight_g) == (128050, 148000, 950)
    assert (variant.sku, saved.tags) == ("CHORE-1", ("deadstock", "natural_fibre"))
    fault = piece_saved.faults[0]
    assert (fault.description["zh-Hans"], fault.repaired, fault.image) == ("一个小洞", True, 0)


def test_opening_and_saving_changes_nothing(cleo, piece):
    version = row(piece).version

    assert send(cleo, piece, opened(cleo, piece)).status_code == 303

    assert row(piece).version == version


WRONG = {
    "title-en": ("x" * 121, "At most 120 characters."),
    "v-0-price": ("cheap", "Write an amount such as 1280 or 1280.50."),
    "v-0-compare": ("1", "The price before must be higher than the price."),
    "v-0-weight": ("1.5", "Whole grams, such as 950."),
    "m-top-chest": ("1m", "Centimetres with at most one decimal, such as 52.5."),
    "year": ("74", "Four digits, such as 1974."),
    "grade": ("Z", "Please choose one of these."),
    "garment": ("spaceship", "Please choose one of these."),
    "origin": ("Mars", "Please choose one of these."),
    "fault-0-text-en": ("", "Say in one sentence what it is."),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(cleo, piece, field):
    text, sentence = WRONG[field]
    version = row(piece).version
    typed = opened(cleo, piece) | {"story-en": ["A story just typed."], field: [text]}

    response = send(cleo, piece, typed)

    assert response.status_code == 422
    assert sentence in text_of(response)
    again = form_on(response.get_data(as_text=True), "item")
    assert again["story-en"] == ["A story just typed."]
    if field not in {"grade", "garment", "origin"}:
        assert again[field] == [text]
    assert row(piece).version == version


def test_five_selling_points_are_too_many(cleo, piece):
    five = ["deadstock", "natural_fibre", "undyed", "union_made", "handed_down"]

    response = send(cleo, piece, opened(cleo, piece) | {"tag": five})

    assert response.status_code == 422
    assert "At most four selling points." in text_of(response)
    assert form_on(response.get_data(as_text=True), "item")["tag"] == sorted(
        five, key=["deadstock", "natural_fibre", "union_made", "undyed", "handed_down"].index
    )


def test_a_change_meanwhile_shows_both_and_saving_again_is_a_choice(app, house, cleo, piece, clock):
    mine = opened(cleo, piece) | {"brand": ["Mine"], "story-en": ["My story"]}
    dora = clerk(app, house.merchant_id, "dora", Role.EDITOR)
    send(dora, piece, opened(dora, piece) | {"brand": ["Theirs"]})

    refused = send(cleo, piece, mine)

    assert refused.status_code == 409
    page = text_of(refused)
    assert "Somebody else has changed this since you opened it." in page
    assert '<th scope="row">Brand</th><td class="font-normal">Theirs</td>' in page
    assert '<td class="font-normal">Mine</td>' in page
    assert row(piece).brand == "Theirs"
    again = form_on(refused.get_data(as_text=True), "item")
    assert again["story-en"] == ["My story"]
    assert again["version"] == [str(row(piece).version)]

    assert send(cleo, piece, again).status_code == 303
    assert (row(piece).brand, row(piece).story["en"]) == ("Mine", "My story")


def test_what_is_missing_is_listed_with_the_way_to_it(cleo, house, clock):
    response = cleo.post("/admin/items", {"kind": "piece", "key": "k" * 20})
    page = cleo.read(response.headers["Location"])

    for anchor, sentence in (
        ("title-en", "A title in at least one language."),
        ("photos", "At least one photograph."),
        ("variants", "A price above zero."),
        ("faults", "A grade below S needs at least one fault described."),
    ):
        assert f'href="#{anchor}">{sentence}</a>' in page


def test_putting_on_sale_saves_first_and_says_what_is_missing(cleo, piece, clock):
    products.withdraw(piece, ProductState.DRAFT, actor=SYSTEM, now=clock.now)
    typed = opened(cleo, piece) | {"brand": ["Kept"], "m-top-hem": [""]}

    response = send(cleo, piece, typed, do="publish")

    assert response.status_code == 422
    assert "Measurements: Hem." in text_of(response)
    assert (row(piece).state, row(piece).brand) == (ProductState.DRAFT, "Kept")

    complete = form_on(response.get_data(as_text=True), "item") | {"m-top-hem": ["50"]}
    assert send(cleo, piece, complete, do="publish").status_code == 303
    assert row(piece).state == ProductState.LIVE


@pytest.mark.parametrize(
    ("do", "state"), [("withdraw", ProductState.DRAFT), ("archive", ProductState.ARCHIVED)]
)
def test_taking_off_sale_keeps_what_was_typed(cleo, piece, do, state):
    response = send(cleo, piece, opened(cleo, piece) | {"brand": ["Kept"]}, do=do)

    assert response.status_code == 303
    assert (row(piece).state, row(piece).brand) == (state, "Kept")


def test_a_live_item_cannot_be_saved_incomplete(cleo, piece):
    response = send(cleo, piece, opened(cleo, piece) | {"v-0-price": [""]})

    assert response.status_code == 422
    assert "A price above zero." in text_of(response)
    assert variant_of(piece).price == 128000


def test_htmx_gets_the_form_alone_with_the_bar(cleo, piece):
    response = send(cleo, piece, opened(cleo, piece) | {"brand": ["Swapped"]}, headers=HTMX)

    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert html.lstrip().startswith("<form")
    assert '<hx-partial hx-target="#item-bar"' in html
    assert "Saved." in response.headers["HX-Trigger"]
    assert form_on(html, "item")["version"] == [str(row(piece).version)]


def test_markup_in_a_title_is_shown_as_it_is_typed(cleo, client, piece):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    send(
        cleo, piece, opened(cleo, piece) | {"title-en": [evil], "brand": [evil], "story-en": [evil]}
    )

    found = row(piece)
    assert found.title["en"] == evil
    for page in (
        cleo.get(f"/admin/items/{piece}"),
        cleo.get("/admin/items"),
        client.get(f"/i/{found.number:04d}-{found.slug}?lang=en"),
        client.get("/?lang=en"),
    ):
        html = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_the_kind_of_garment_decides_what_is_measured(cleo, piece):
    typed = opened(cleo, piece) | {
        "garment": ["skirt"],
        "m-skirt-waist": ["35"],
        "m-skirt-hip": ["48"],
        "m-skirt-length": ["60"],
    }

    assert send(cleo, piece, typed).status_code == 303

    assert piece_of(draft_of(row(piece))).measurements == {"waist": 350, "hip": 480, "length": 600}


def test_fault_rows_come_and_go_without_saving(cleo, piece):
    version = row(piece).version
    typed = opened(cleo, piece) | {"brand": ["Half typed"]}

    more = send(cleo, piece, typed, do="fault")
    added = form_on(more.get_data(as_text=True), "item")
    assert (added["fault"], added["brand"]) == (["0", "1"], ["Half typed"])

    fewer = send(cleo, piece, added, do="unfault:0")
    assert form_on(fewer.get_data(as_text=True), "item")["fault"] == ["1"]
    assert row(piece).version == version


def test_stocked_goods_have_rows_with_options_and_stock(cleo, house, clock):
    product_id = stocked(cleo, clock)
    typed = opened(cleo, product_id) | {f"v-1-at-{house.store_id}": ["5"]}

    assert send(cleo, product_id, typed).status_code == 303

    draft = draft_of(row(product_id))
    assert draft.option_names == ({"en": "Size", "zh-Hans": "尺码"},)
    assert draft.variants == (
        VariantDraft("WS-S", 39900, options=("S",)),
        VariantDraft("WS-M", 42900, options=({"en": "M", "zh-Hans": "中"},)),
    )
    assert db.session.scalar(select(Stock.on_hand).where(Stock.on_hand > 0)) == 5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"v-1-o1-en": ["S"], "v-1-o1-zh": [""]}, "Another row has the same options."),
        ({"v-1-o1-en": [""], "v-1-o1-zh": [""]}, "Which one is it?"),
        ({"v-1-sku": ["ws-s"]}, "Another row has the same SKU."),
        ({"option-1-en": [""], "option-1-zh": [""]}, "Say what the rows differ in, such as Size."),
    ],
)
def test_rows_that_cannot_be_told_apart_are_refused(cleo, house, clock, changes, sentence):
    product_id = stocked(cleo, clock)

    response = send(cleo, product_id, opened(cleo, product_id) | changes)

    assert response.status_code == 422
    assert sentence in text_of(response)


def test_a_row_with_units_cannot_be_removed(cleo, house, clock):
    product_id = stocked(cleo, clock)
    send(cleo, product_id, opened(cleo, product_id) | {f"v-1-at-{house.store_id}": ["2"]})
    removed = send(cleo, product_id, opened(cleo, product_id), do="unrow:1")

    response = send(cleo, product_id, form_on(removed.get_data(as_text=True), "item"))

    assert response.status_code == 422
    assert "WS-M cannot be removed: 2 are on hand." in text_of(response)
    assert {draft.sku for draft in draft_of(row(product_id)).variants} == {"WS-S", "WS-M"}


def test_stock_left_alone_is_never_counted(cleo, piece, house, clock):
    typed = opened(cleo, piece) | {"brand": ["Edited while it sold"]}
    sell(variant_of(piece).id, clock)

    response = send(cleo, piece, typed)

    assert response.status_code == 303
    assert db.session.scalar(select(Stock.on_hand)) == 0


def test_stock_typed_over_a_sale_is_refused_beside_the_figure(cleo, house, clock):
    variant_id = cast.piece(house, clock.now, units=1)
    product_id = cast.product_of(variant_id)
    typed = opened(cleo, product_id) | {f"v-0-at-{house.store_id}": ["0"]}
    stock.count(
        variant_id, house.store_id, 3, reason=MovementReason.RECEIVED, actor=SYSTEM, now=clock.now
    )

    response = send(cleo, product_id, typed)

    assert response.status_code == 409
    assert "Meanwhile 3 are on hand." in text_of(response)
    assert db.session.scalar(select(Stock.on_hand)) == 3


def test_a_piece_exists_once(cleo, piece, house):
    response = send(cleo, piece, opened(cleo, piece) | {f"v-0-at-{house.store_id}": ["2"]})

    assert response.status_code == 422
    assert "A piece exists once" in text_of(response)


def test_a_form_without_our_token_changes_nothing(cleo, piece):
    typed = opened(cleo, piece) | {"brand": ["Forged"], "csrf_token": ["guessed"]}

    assert send(cleo, piece, typed).status_code == 403
    assert row(piece).brand == "Testmade"


def test_a_grid_makes_a_row_for_each_combination_and_keeps_those_that_are_there(cleo, clock):
    product_id = stocked(cleo, clock)
    typed = opened(cleo, product_id) | {
        "option-2-en": ["Colour"],
        "option-2-zh": ["颜色"],
        "v-0-o2-en": ["Ecru"],
        "v-0-o2-zh": ["米白"],
        "option-1-all": ["S，M/中、 L, S"],
        "option-2-all": ["Ecru/米白, Indigo/靛蓝"],
    }

    made = form_on(text_of(send(cleo, product_id, typed, do="grid")), "item")
    response = send(cleo, product_id, made | {"v-0-price": ["399"], "v-3-price": ["419"]})

    assert response.status_code == 303, text_of(response)
    draft = draft_of(row(product_id))
    told = [(each.options, each.price) for each in draft.variants]
    ecru, indigo = {"en": "Ecru", "zh-Hans": "米白"}, {"en": "Indigo", "zh-Hans": "靛蓝"}
    medium = {"en": "M", "zh-Hans": "中"}
    assert told == [
        (("S", ecru), 39900),
        ((medium, ecru), 42900),
        (("S", indigo), 39900),
        ((medium, indigo), 41900),
        (("L", ecru), 39900),
        (("L", indigo), 39900),
    ]
    assert len({each.sku for each in draft.variants}) == len(told)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "with commas between"),
        ({"option-2-all": ["Ecru"]}, "with commas between"),
        ({"option-1-all": [",".join(map(str, range(101)))]}, "At most 100 rows."),
        ({"option-1-all": ["S"], "option-1-en": [""], "option-1-zh": [""]}, "differ in"),
    ],
)
def test_a_grid_of_nothing_or_too_much_is_refused(cleo, clock, changes, sentence):
    product_id = stocked(cleo, clock)

    response = send(cleo, product_id, opened(cleo, product_id) | changes, do="grid")

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert form_on(text_of(response), "item")["variant"] == ["0", "1"]
