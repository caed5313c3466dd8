"""Values of a product in the shapes the components take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel import Locale

from app.cart import delivery
from app.catalog.queries.pages import ProductView
from app.catalog.rules import MEASUREMENT_NAMES, centimetres, inches
from app.orders.pricing import Line, Quote
from app.platform.i18n import current_locale, pick
from app.platform.i18n import gettext as _
from app.presale.queries.pages import CampaignView
from app.shop.facts import Seller, Terms
from app.shop.taxes import Tax

LETTERS = "ABCDEF"


def facts_of(view: ProductView) -> list[dict[str, Any]]:
    """Grade, year and origin with the evidence for each; empty for stocked goods."""
    piece = view.piece
    if piece is None:
        return []
    found = [
        (_("Grade"), piece.grade, piece.grade_evidence),
        (_("Year"), str(piece.year) if piece.year else piece.era, piece.era_evidence),
        (_("Made in"), country_name(piece.origin), piece.origin_evidence),
    ]
    return [
        {"label": label, "value": value, "evidence": evidence or None}
        for label, value, evidence in found
        if value
    ]


def measurement_rows(view: ProductView, unit: str) -> list[dict[str, Any]]:
    """Rows of `ui.measurement_table`, lettered as in the drawing."""
    if view.piece is None:
        return []
    show = inches if unit == "in" else centimetres
    return [
        {"letter": LETTERS[place], "label": str(MEASUREMENT_NAMES[key]), "value": show(millimetres)}
        for place, (key, millimetres) in enumerate(view.piece.measurements)
    ]


def one_of(view: ProductView, terms: Terms) -> Quote:
    """What one of the first variant usually costs, delivered."""
    variant = view.variants[0]
    line = Line(
        variant_id=variant.id,
        merchant_id=view.merchant_id,
        unit_price=variant.price,
        quantity=1,
        weight_g=variant.weight_g,
        tax_class=view.tax_class,
    )
    return delivery.usual((line,), terms)


def one_of_presale(view: CampaignView, terms: Terms) -> Quote:
    """What one of the cheapest variant of a campaign usually costs in the end, delivered."""
    sku = view.cheapest
    line = Line(
        variant_id=sku.variant_id,
        merchant_id=view.campaign.merchant_id,
        unit_price=view.money(sku.terms.final_price),
        quantity=1,
        weight_g=sku.weight_g,
        tax_class=sku.tax_class,
    )
    return delivery.usual((line,), terms)


def tax_in(priced: Quote) -> Tax | None:
    """What is in or on the price of a quote's only line."""
    taxed = priced.lines[0].tax
    return Tax(taxed.percent, taxed.is_included) if taxed is not None else None


def trail_of(view: ProductView) -> list[dict[str, str | None]]:
    """`ui.breadcrumb`: home, its first collection, itself."""
    steps: list[tuple[str, str | None]] = [(_("Home"), "/")]
    steps += [(title, f"/c/{slug}") for slug, title in view.collections[:1]]
    steps.append((view.title, None))
    return [{"label": label, "href": href} for label, href in steps]


def seller_of(view: ProductView, sellers: Iterable[Seller]) -> dict[str, str]:
    """Name and e-mail address of whoever sells it."""
    seller = next(one for one in sellers if one.id == view.merchant_id)
    return {"name": pick(seller.name), "email": seller.email}


def name_of_seller(merchant_id: int, sellers: Iterable[Seller]) -> str:
    """What a merchant is called, for whoever reads."""
    return next((pick(one.name) for one in sellers if one.id == merchant_id), "")


def country_name(code: str) -> str:
    """The country's name in the reader's language, for an ISO 3166 code."""
    locale = Locale.parse(current_locale().replace("-", "_"))
    return str(locale.territories.get(code.upper(), code))
