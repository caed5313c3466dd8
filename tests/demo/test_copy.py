"""The demo shop's words: complete in both languages, honest, and free of claims."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass

import pytest

from app.demo.copy.catalogue import PIECES, PRODUCTS
from app.demo.copy.people import BUYERS
from app.demo.copy.shop import COLLECTIONS, COLOURS, HERO, MERCHANTS, STORES, TAGS
from app.demo.copy.types import MEASURED, Piece, Product, Text

EVERYTHING: tuple[Piece | Product, ...] = (*PIECES, *PRODUCTS)
BANNED_ZH = re.compile(
    "最|第一|唯一|国家级|世界级|顶级|顶尖|极品|极致|完美|绝对|百分之百|100%|独一无二|史上|全网|首选|永久|万能|特供|稀缺|王牌"
)
BANNED_EN = re.compile(
    r"\b(best|finest|greatest|ultimate|perfect|perfectly|unique|premium|luxury|luxurious|amazing|"
    r"world-class|unparalleled|number one|the only|guaranteed|flawless|must-have|iconic)\b|!",
    re.IGNORECASE,
)
CHINESE = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH_AMID_CHINESE = re.compile("[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
TYPED_SPACE = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]")


def texts(value: object) -> list[Text]:
    """Every Text inside a value, however deep."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for member in value for text in texts(member)]
    if is_dataclass(value):
        found = [text for field in fields(value) for text in texts(getattr(value, field.name))]
        pictures = value.pictures if isinstance(value, Piece) else ()
        return found + texts(pictures)
    return []


ALL_TEXTS = texts((*EVERYTHING, *COLLECTIONS, *TAGS, *MERCHANTS, *STORES, HERO, *COLOURS.values()))


def test_there_is_a_shopful():
    assert len(PIECES) == 48
    assert len(PRODUCTS) == 14
    assert sum(piece.merchant == "consignor" for piece in PIECES) == 12
    assert {piece.store for piece in PIECES} == {"hangzhou", "shanghai"}


def test_slugs_are_unique():
    skus = [item.sku for item in EVERYTHING]
    variants = [variant.sku for product in PRODUCTS for variant in product.variants]

    assert [sku for sku, times in Counter(skus).items() if times > 1] == []
    assert [sku for sku, times in Counter(variants).items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", sku) for sku in skus)


def test_both_languages_are_present_everywhere():
    assert len(ALL_TEXTS) > 900
    assert [text for text in ALL_TEXTS if not text.en.strip() or not text.zh.strip()] == []


def test_chinese_is_chinese_and_english_is_english():
    labels = {choice.name for p in PRODUCTS for option in p.options for choice in option.choices}
    names = {product.brand for product in PRODUCTS}
    prose = [text for text in ALL_TEXTS if text not in labels]

    assert [text for text in prose if not CHINESE.search(text.zh)] == []
    assert [text for text in prose if CHINESE.search(text.en) and not names & {text.en}] == []


def test_no_superlatives_in_either_language():
    assert [text.zh for text in ALL_TEXTS if BANNED_ZH.search(text.zh)] == []
    assert [text.en for text in ALL_TEXTS if BANNED_EN.search(text.en)] == []


def test_chinese_punctuation_is_full_width_and_spaces_are_left_to_the_browser():
    assert [text.zh for text in ALL_TEXTS if HALF_WIDTH_AMID_CHINESE.search(text.zh)] == []
    body = [text.zh for item in EVERYTHING for text in texts((item.story, item.material))]
    assert [zh for zh in body if TYPED_SPACE.search(zh)] == []


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: item.sku)
def test_an_item_says_enough_and_not_too_much(item: Piece | Product):
    known = {tag.key for tag in TAGS}

    assert 0 < len(item.tags) <= 4
    assert set(item.tags) <= known
    assert len(set(item.tags)) == len(item.tags)
    assert item.collections
    assert set(item.collections) <= {collection.slug for collection in COLLECTIONS}
    assert item.colour in COLOURS
    assert re.fullmatch("[A-Z]{2}", item.origin)
    assert len(item.story.en) > 100
    assert 40 < len(item.story.zh) < 160
    assert len(item.title.zh) <= 24
    assert item.pictures[0].view == "front"


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.sku)
def test_a_piece_is_measured_priced_and_weighed(piece: Piece):
    assert set(piece.measurements) == set(MEASURED[piece.garment])
    may_be_absent = {"sleeve", "strap"}
    for part, length in piece.measurements.items():
        assert 0 < length < 2000 or (part in may_be_absent and length == 0)
    assert 12000 <= piece.price <= 380000
    assert piece.price % 100 == 0
    assert piece.compare_at is None or piece.compare_at > piece.price
    assert piece.weight > 0
    assert re.fullmatch(r"(19|20)\d0s", piece.era)
    assert piece.year is None or f"{piece.year // 10}0s" == piece.era


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.sku)
def test_a_grade_below_s_is_explained_by_faults_with_pictures(piece: Piece):
    pictures = piece.pictures

    assert bool(piece.faults) == (piece.grade != "S")
    for number, fault in enumerate(piece.faults, start=1):
        picture = pictures[fault.image - 1]
        assert picture.view == "fault"
        assert picture.garment.mark is not None
        assert picture.garment.mark.number == number
        assert fault.description.zh in picture.alt.zh
        assert fault.description.en in picture.alt.en


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.sku)
def test_a_repaired_grade_d_shows_its_repairs(piece: Piece):
    assert piece.grade != "D" or any(fault.repaired for fault in piece.faults)


def test_every_grade_and_every_collection_is_represented():
    assert {piece.grade for piece in PIECES} == set("SABCD")
    for collection in COLLECTIONS:
        assert sum(collection.slug in item.collections for item in EVERYTHING) >= 10


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.sku)
def test_a_product_has_a_variant_for_every_combination(product: Product):
    expected = 1
    for option in product.options:
        expected *= len(option.choices)

    assert len(product.variants) == expected
    for variant in product.variants:
        assert len(variant.choices) == len(product.options)
        assert variant.price > 0
        assert variant.weight > 0
        assert variant.compare_at is None or variant.compare_at > variant.price
        assert set(variant.stock) == {"hangzhou", "shanghai"}
        assert min(variant.stock.values()) >= 0
        assert set(variant.measurements) == set(MEASURED[product.garment])


def test_few_prices_claim_to_have_been_higher():
    assert sum(piece.compare_at is not None for piece in PIECES) <= 4


def test_buyers_are_plainly_invented():
    assert len(BUYERS) == 12
    assert len({buyer.phone for buyer in BUYERS}) == 12
    for buyer in BUYERS:
        assert re.fullmatch(r"138000000\d\d", buyer.phone)
        assert buyer.email.endswith("@example.org")
        assert buyer.district == "示例区"


def test_stores_and_merchants_are_plainly_invented():
    assert {store.key for store in STORES} == {"hangzhou", "shanghai"}
    assert all("示例" in store.address.zh and "Sample" in store.address.en for store in STORES)
    assert {merchant.key for merchant in MERCHANTS} == {"house", "consignor"}
    assert all(merchant.email.endswith("@example.org") for merchant in MERCHANTS)
