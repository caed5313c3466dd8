"""Products as Google Merchant reads them: RSS 2.0 with its own attributes
(https://support.google.com/merchants/answer/7052112), one <item> per variant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape
from zlib import crc32

from flask import Flask

from app.catalog.queries import feed
from app.catalog.queries.cards import product_path
from app.catalog.queries.feed import Offer
from app.catalog.queries.variants import option_label, option_value
from app.catalog.rules import (
    GARMENT_NAMES,
    GRADES,
    KEY_MEASUREMENT,
    MEASUREMENT_NAMES,
    centimetres,
)
from app.platform.configuration import settings
from app.platform.i18n import current_locale, pick, sentences, speaking
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.rendering import public_url
from app.shop.facts import selling_terms
from app.shop.places import Place
from app.shop.taxes import Taxes

LONGEST_TITLE: Final = 150
LONGEST_TEXT: Final = 5000
LONGEST_WORD: Final = 100
MOST_PICTURES: Final = 10
"""Beside the first one."""
WORN: Final = frozenset({"top", "trousers", "dress", "skirt", "shoes"})
WOMENS: Final = frozenset({"dress", "skirt"})
SIZES: Final = frozenset({"size", "尺码", "尺寸"})
COLOURS: Final = frozenset({"colour", "color", "颜色"})
_COUNTRY = re.compile("[A-Z]{2}")
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry."""


TAX_APART: Final = frozenset({"CA", "US"})
"""Where Google wants prices without tax; it wants them with tax everywhere else
(https://support.google.com/merchants/answer/6324371).
"""


@dataclass(frozen=True, slots=True)
class Market:
    """Where the feed is read, and what goods are taxed there."""

    country: str
    taxes: Taxes

    @property
    def mark(self) -> str:
        """The same mark means the same prices."""
        rates = sorted(
            (key, tax.percent, tax.is_included) for key, tax in self.taxes.by_class.items()
        )
        return f"{self.country}-{crc32(repr((self.taxes.usual, rates)).encode()):08x}"

    def told(self, price: Money, tax_class: str) -> Money:
        """What Google is to be told there of a price of the shop."""
        tax = self.taxes.on_goods(tax_class)
        if tax is None or tax.is_included is not (self.country in TAX_APART):
            return price
        return price - tax.of(price) if tax.is_included else price + tax.of(price)


def market(country: str) -> Market:
    """Of a country (ISO 3166), at home for what is none; one query."""
    place = Place(country) if _COUNTRY.fullmatch(country) else Place()
    return Market(place.country, selling_terms().taxes.at(place))


def google(app: Flask, language: str, market: Market, *, now: datetime) -> Iterator[str]:
    """The feed in a language, a batch of products at a time.

    Each batch opens the application and the database for itself: a download that takes long, or is
    broken off, keeps nothing of either.
    """
    with app.app_context(), speaking(language):
        head = _head()
    yield head
    last: int | None = 0
    while last is not None:
        with app.app_context(), speaking(language):
            batch, last = feed.offers(after=last, now=now)
            text = "".join(_item(offer, market) for offer in batch)
        yield text
    yield "</channel>\n</rss>\n"


def _head() -> str:
    chinese = current_locale() == "zh-Hans"
    name = settings().shop_name_zh if chinese else settings().shop_name_en
    about = _("One-of-a-kind vintage, measured and described honestly; small presales.")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
        f"<title>{_text(name)}</title>\n<link>{_text(public_url('/'))}</link>\n"
        f"<description>{_text(about)}</description>\n"
    )


def _item(offer: Offer, market: Market) -> str:
    lines = "".join(
        f"<g:{name}>{_text(value)}</g:{name}>\n"
        for name, value in _attributes(offer, market)
        if value != ""
    )
    return f"<item>\n{lines}</item>\n"


def _attributes(offer: Offer, market: Market) -> Iterator[tuple[str, str]]:
    product, variant = offer.product, offer.variant
    label = option_label(variant.options)
    title = " · ".join(part for part in (pick(product.title), label) if part)
    path = product_path(product.number, product.slug)
    yield "id", str(variant.id)
    yield "title", title[:LONGEST_TITLE]
    yield "description", (_description(offer) or title)[:LONGEST_TEXT]
    yield "link", public_url(f"{path}?lang={current_locale()}")
    yield "image_link", public_url(offer.pictures[0].full)
    for picture in offer.pictures[1 : MOST_PICTURES + 1]:
        yield "additional_image_link", public_url(picture.full)
    yield "availability", "in_stock" if offer.is_free else "out_of_stock"
    currency = settings().currency
    price, was = (
        _money(market.told(Money(minor, currency), product.tax_class)) if minor else ""
        for minor in (variant.price, offer.was)
    )
    yield "price", was or price
    yield "sale_price", price if was else ""
    yield "condition", _condition(offer)
    yield "brand", product.brand[:70]
    yield "identifier_exists", "no"
    yield "item_group_id", "" if offer.is_only else str(product.id)
    yield "product_type", str(GARMENT_NAMES[product.garment])
    yield from _worn(offer)
    yield "material", pick(product.material)[:200]
    yield "shipping_weight", f"{variant.weight_g} g" if variant.weight_g else ""


def _worn(offer: Offer) -> Iterator[tuple[str, str]]:
    """What Google asks of things that are worn; other things have a colour at most."""
    chosen = _options(offer)
    yield "color", (chosen.get("color") or offer.product.colour)[:LONGEST_WORD]
    yield "size", (chosen.get("size") or _measured(offer))[:LONGEST_WORD]
    if offer.product.garment in WORN:
        yield "gender", "female" if offer.product.garment in WOMENS else "unisex"
        yield "age_group", "adult"


def _options(offer: Offer) -> Mapping[str, str]:
    """Size and colour among the options of a variant, by the names their shop gave them."""
    names = offer.product.option_names.get("names", [])
    values = offer.variant.options.get("values", [])
    chosen = {}
    for name, value in zip(names, values, strict=False):
        spoken = set(name.values()) if isinstance(name, dict) else {str(name)}
        lowered = {word.strip().lower() for word in spoken}
        if lowered & SIZES:
            chosen["size"] = option_value(value)
        elif lowered & COLOURS:
            chosen["color"] = option_value(value)
    return chosen


def _measured(offer: Offer) -> str:
    """`Chest 104 cm`: the size of what has none but its own."""
    key = KEY_MEASUREMENT.get(offer.product.garment, "")
    millimetres = offer.piece.measurements.get(key) if offer.piece is not None else None
    if not millimetres:
        return ""
    return f"{MEASUREMENT_NAMES[key]} {centimetres(int(millimetres))} cm"


def _description(offer: Offer) -> str:
    story = pick(offer.product.story)
    if offer.piece is None:
        return story
    grade = offer.piece.grade
    meaning = str(GRADES[grade])
    return sentences(story, _("Grade %(grade)s: %(meaning)s.", grade=grade, meaning=meaning))


def _condition(offer: Offer) -> str:
    return "used" if offer.piece is not None and offer.piece.grade != "S" else "new"


def _money(amount: Money) -> str:
    """`1280.00 CNY`, as ISO 4217 has it."""
    return f"{amount.decimal()} {amount.currency}"


def _text(text: str) -> str:
    return escape(_UNFIT.sub("", text))
