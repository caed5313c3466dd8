"""What delivery usually costs, said beside a price before any address is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.cart.queries import BagItem
from app.orders.postage import ShippingState
from app.orders.pricing import Basket, Discount, Line, Quote, quote
from app.orders.tax import summed
from app.orders.tax_words import label
from app.platform.configuration import settings
from app.platform.i18n import current_locale, pick, sentences
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money
from app.shop.facts import Terms, selling_terms
from app.shop.places import Place
from app.shop.zones import NOWHERE, Basis, Zone, usual_zone


def usual(lines: tuple[Line, ...], known: Terms) -> Quote:
    """These, delivered to where most parcels go."""
    return quote(usual_basket(lines, known=known))


def usual_basket(
    lines: tuple[Line, ...], discounts: tuple[Discount, ...] = (), *, known: Terms | None = None
) -> Basket:
    """The basket of these lines on their way to where most parcels go."""
    bare = Basket(currency=settings().currency, lines=lines, discounts=discounts)
    known = known or selling_terms()
    return sent_to(bare, usual_zone(known.zones), Place(), known)


def sent_to(basket: Basket, zone: Zone | None, place: Place, known: Terms) -> Basket:
    """The basket on its way to a place of a zone; None is where nothing is sent."""
    free_over = zone.free_over if zone is not None else None
    return replace(
        basket,
        rates=known.rates,
        free_over=None if free_over is None else Money(free_over, basket.currency),
        zone=zone.key if zone is not None else NOWHERE,
        zone_name=zone.name if zone is not None else {},
        basis=zone.basis if zone is not None else Basis.WEIGHT,
        taxes=known.taxes.at(place),
    )


def lines_of(items: Iterable[BagItem]) -> tuple[Line, ...]:
    """What can be bought of a bag, as pricing takes it."""
    return tuple(_line(item) for item in items)


def discounts_of(items: Iterable[BagItem]) -> tuple[Discount, ...]:
    """What deposits count for beyond themselves, taken off the lines they are paid on (R5)."""
    currency = settings().currency
    return tuple(
        Discount(
            f"deposit:{item.offer.sku_id}",
            Money(item.offer.terms.bonus * item.units, currency),
            frozenset({item.item.variant_id}),
        )
        for item in items
        if item.offer is not None and item.offer.terms.bonus
    )


def _line(item: BagItem) -> Line:
    deposit = item.offer.terms.deposit if item.offer else None
    return Line(
        variant_id=item.item.variant_id,
        merchant_id=item.item.merchant_id,
        unit_price=item.price,
        quantity=item.units,
        weight_g=item.item.weight_g,
        deposit=Money(deposit, settings().currency) if deposit is not None else None,
        part=item.offer.part if item.offer else "",
        tax_class=item.item.tax_class,
    )


def said(priced: Quote) -> str:
    """`Delivery ¥12 in mainland China, free with ¥300 more`."""
    name = pick(priced.zone_name)
    if not priced.can_be_paid:
        return _("What delivery costs is shown at checkout.")
    if all(parcel.state is ShippingState.FREE for parcel in priced.shipping):
        return _("Delivery is free in %(zone)s.", zone=name)
    fee = _written(priced.shipping_total)
    if len(priced.shipping) > 1:
        return _(
            "Delivery %(fee)s in %(zone)s, in parcels from %(count)d sellers.",
            zone=name,
            fee=fee,
            count=len(priced.shipping),
        )
    missing = next((p.missing_for_free for p in priced.shipping if p.missing_for_free), None)
    if missing is None:
        return _("Delivery %(fee)s in %(zone)s.", fee=fee, zone=name)
    return _(
        "Delivery %(fee)s in %(zone)s, free with %(missing)s more.",
        zone=name,
        fee=fee,
        missing=_written(missing),
    )


def tax_said(priced: Quote) -> str:
    """`Tax 13 % is added.` where the price that is shown is not all of it; else empty."""
    taxes = summed(line.tax for line in priced.lines)
    added = [label(tax) for tax in taxes if not tax.is_included]
    return _("%(tax)s is added.", tax=_(", ").join(added)) if added else ""


def tax_of_balance_said(priced: Quote) -> str:
    """The same of a price whose deposit stays what it is."""
    added = tax_said(priced)
    return sentences(added, _("You pay it with the balance.")) if added else ""


def _written(amount: Money) -> str:
    return format_money(amount, current_locale().replace("-", "_"))
