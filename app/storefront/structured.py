"""What search engines read: JSON-LD (https://schema.org) and Open Graph values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.catalog.queries.cards import Card
from app.catalog.queries.pages import ProductView
from app.catalog.queries.variants import VariantView
from app.orders.pricing import Quote
from app.platform.configuration import settings
from app.platform.money import Money
from app.platform.rendering import public_url
from app.presale.queries.in_presale import InPresale, Phase
from app.presale.queries.pages import CampaignView
from app.presale.rules.stage import BEFORE_CLOSE, Stage
from app.reviews.rules import Summary
from app.shop.taxes import Tax
from app.storefront.presenting import tax_in

Entry = dict[str, Any]
_AVAILABILITY = {"available": "InStock", "reserved": "LimitedAvailability", "sold": "SoldOut"}

_RETURNS = {
    "@type": "MerchantReturnPolicy",
    "applicableCountry": "CN",
    "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
    "merchantReturnDays": 7,
    "returnMethod": "https://schema.org/ReturnByMail",
}


def home(newest: Sequence[Card]) -> list[Entry]:
    name = settings().shop_name_en
    return [
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": name,
            "url": public_url("/"),
        },
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": name,
            "url": public_url("/"),
            "potentialAction": {
                "@type": "SearchAction",
                "target": public_url("/search?q={search_term_string}"),
                "query-input": "required name=search_term_string",
            },
        },
        _list(newest),
    ]


def collection(title: str, path: str, cards: Sequence[Card]) -> list[Entry]:
    return [_trail([_shop(), (path, title)]), _list(cards)]


def product(
    view: ProductView, priced: Quote, presale: InPresale | None = None, *, reviews: Summary
) -> list[Entry]:
    """`priced` is what one of it usually costs, delivered; the offer of a presale stands on its own
    page. Stars are told only where somebody gave some.
    """
    in_presale = presale is not None and presale.phase is Phase.OPEN
    shipping, tax = _shipping(priced.shipping_total), tax_in(priced)
    offers = [
        {
            "@type": "Offer",
            "price": str(variant.price.decimal()),
            "priceCurrency": variant.price.currency,
            "availability": f"https://schema.org/{_availability(variant, in_presale)}",
            "itemCondition": f"https://schema.org/{_condition(view)}",
            "url": public_url(view.path),
            "sku": variant.sku,
            "hasMerchantReturnPolicy": _RETURNS,
            "shippingDetails": shipping,
            **_taxed(variant.price, tax),
        }
        for variant in view.variants
    ]
    entry: Entry = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": view.title,
        "description": view.story,
        "sku": f"{view.number:04d}",
        "image": [public_url(picture.full) for picture in view.pictures],
        "url": public_url(view.path),
        "offers": offers[0] if len(offers) == 1 else offers,
    }
    if view.brand:
        entry["brand"] = {"@type": "Brand", "name": view.brand}
    if reviews.count:
        entry["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": reviews.average,
            "reviewCount": reviews.count,
            "bestRating": 5,
            "worstRating": 1,
        }
    trail = [_shop(), *((f"/c/{slug}", title) for slug, title in view.collections[:1])]
    return [entry, _trail([*trail, (view.path, view.title)])]


def presale(view: CampaignView, story: str, priced: Quote) -> list[Entry]:
    """A campaign as an offer of what does not exist yet; `priced` as of a product."""
    campaign, tax = view.campaign, tax_in(priced)
    offers = [
        {
            "@type": "Offer",
            "name": sku.label or view.title,
            "price": str(view.money(sku.terms.final_price).decimal()),
            "priceCurrency": settings().currency,
            "availability": _presale_availability(view, is_free=sku.is_free),
            "availabilityStarts": campaign.opens_at.isoformat(),
            "availabilityEnds": campaign.closes_at.isoformat(),
            "itemCondition": "https://schema.org/NewCondition",
            "url": public_url(view.path),
            "hasMerchantReturnPolicy": _RETURNS,
            **_taxed(view.money(sku.terms.final_price), tax),
        }
        for sku in view.skus
    ]
    entry: Entry = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": view.title,
        "description": story,
        "image": [public_url(picture.full) for picture in view.pictures],
        "url": public_url(view.path),
        "offers": offers[0] if len(offers) == 1 else offers,
    }
    return [entry, _trail([_shop(), (view.path, view.title)])]


def _taxed(price: Money, tax: Tax | None) -> Entry:
    """Whether the price that is told holds the tax, or it is added to it."""
    if tax is None:
        return {}
    told = {
        "@type": "UnitPriceSpecification",
        "price": str(price.decimal()),
        "priceCurrency": price.currency,
        "valueAddedTaxIncluded": tax.is_included,
    }
    return {"priceSpecification": told}


def _availability(variant: VariantView, in_presale: bool) -> str:  # noqa: FBT001
    if in_presale and variant.availability != "available":
        return "PreOrder"
    return _AVAILABILITY[variant.availability]


def _presale_availability(view: CampaignView, *, is_free: bool) -> str:
    if view.stage in {Stage.REFUNDING, Stage.REFUNDED}:
        return "https://schema.org/Discontinued"
    if view.stage not in BEFORE_CLOSE or (not is_free and not view.campaign.is_draw):
        return "https://schema.org/SoldOut"
    return "https://schema.org/PreOrder"


def _shop() -> tuple[str, str]:
    return "/", settings().shop_name_en


def _shipping(fee: Money) -> Entry:
    return {
        "@type": "OfferShippingDetails",
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "CN"},
        "shippingRate": {
            "@type": "MonetaryAmount",
            "value": str(fee.decimal()),
            "currency": fee.currency,
        },
    }


def _condition(view: ProductView) -> str:
    used = view.piece is not None and view.piece.grade != "S"
    return "UsedCondition" if used else "NewCondition"


def _list(cards: Sequence[Card]) -> Entry:
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "url": public_url(card.url),
                "name": card.title,
            }
            for place, card in enumerate(cards, start=1)
        ],
    }


def _trail(steps: Sequence[tuple[str, str]]) -> Entry:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": public_url(path)}
            for place, (path, name) in enumerate(steps, start=1)
        ],
    }
