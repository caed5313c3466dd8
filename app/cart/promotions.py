"""Which offers a bag gets: of those that do not combine the best one wins (docs/pricing.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.cart.queries import BagItem
from app.marketing.codes import NOBODY, Person
from app.marketing.queries import collections_of, offers
from app.marketing.rules import Goods, Offer, Reason, Refusal, Saving, weigh
from app.orders.postage import ShippingState
from app.orders.pricing import Basket, Discount, Quote, quote
from app.platform.money import Money


@dataclass(frozen=True, slots=True)
class Applied:
    """An offer that is taken up, and what it takes off; of the delivery when `on_shipping`."""

    offer: Offer
    amount: Money
    on_shipping: bool


@dataclass(frozen=True, slots=True)
class Priced:
    """A bag's price with the offers in it, and why others are not."""

    quote: Quote
    applied: tuple[Applied, ...] = ()
    refused: tuple[Refusal, ...] = ()

    def of_code(self, code: str) -> Applied | Refusal | None:
        """What became of a code that was entered; None for one that opens nothing."""
        every: tuple[Applied | Refusal, ...] = (*self.applied, *self.refused)
        return next((each for each in every if code and each.offer.code == code), None)


def priced(
    items: Iterable[BagItem],
    basket: Basket,
    *,
    code: str,
    person: Person = NOBODY,
    now: datetime,
) -> Priced:
    """The basket's price with the best of what there is for each merchant's goods."""
    goods = list(items)
    found = offers((line.merchant_id for line in basket.lines), code=code, person=person, now=now)
    if not found:
        return Priced(quote(basket))
    weighed = [
        weigh(offer, _goods_of(goods, found), currency=basket.currency, now=now) for offer in found
    ]
    return choose(basket, weighed)


def choose(basket: Basket, weighed: Iterable[Saving | Refusal]) -> Priced:
    """Pure. For each merchant: all that combine together, or one of the others alone, whichever
    takes most off; of equals the one with the code that was entered, then the older.
    """
    results = list(weighed)
    refused = [result for result in results if isinstance(result, Refusal)]
    chosen: list[Saving] = []
    for rivals in _by_merchant(results).values():
        best = max(_sets(rivals), key=lambda savings: _rank(basket, savings))
        chosen += best
        refused += [
            Refusal(saving.offer, Reason.OTHER_IS_BETTER) for saving in rivals if saving not in best
        ]
    final = quote(_with(basket, chosen))
    applied = [_applied(final, saving) for saving in chosen]
    refused += [
        Refusal(each.offer, Reason.NOTHING_LEFT) for each in applied if _is_idle(final, each)
    ]
    standing = tuple(each for each in applied if not _is_idle(final, each))
    return Priced(final, standing, tuple(refused))


def _goods_of(items: Iterable[BagItem], found: Iterable[Offer]) -> list[Goods]:
    """The lines as promotions see them; collections are looked up only if one asks for them."""
    lines = list(items)
    membership: Mapping[int, frozenset[int]] = {}
    if any(offer.collections for offer in found):
        membership = collections_of(item.item.product_id for item in lines)
    return [
        Goods(
            variant_id=item.item.variant_id,
            merchant_id=item.item.merchant_id,
            unit_price=item.price,
            quantity=item.units,
            collections=membership.get(item.item.product_id, frozenset()),
            is_presale=item.offer is not None,
        )
        for item in lines
    ]


def _by_merchant(results: Iterable[Saving | Refusal]) -> dict[int, list[Saving]]:
    found: dict[int, list[Saving]] = {}
    for result in results:
        if isinstance(result, Saving):
            found.setdefault(result.offer.merchant_id, []).append(result)
    return found


def _sets(rivals: list[Saving]) -> list[list[Saving]]:
    """The sets that may stand together; none at all is one, for what takes goods below the limit
    of free delivery may cost more than it saves.
    """
    combining = [saving for saving in rivals if saving.offer.combines]
    alone = [[saving] for saving in rivals if not saving.offer.combines]
    return [combining, *alone, *([[]] if combining else [])]


def _rank(basket: Basket, savings: list[Saving]) -> tuple[int, bool, bool, int]:
    total = quote(_with(basket, savings)).total
    by_code = any(saving.offer.code for saving in savings)
    oldest = min((saving.offer.id for saving in savings), default=0)
    return (-total.minor, bool(savings), by_code, -oldest)


def _with(basket: Basket, savings: Iterable[Saving]) -> Basket:
    """The basket with these offers taken up."""
    chosen = list(savings)
    discounts = [
        Discount(_key(saving.offer, place), amount, variant_ids)
        for saving in chosen
        for place, (variant_ids, amount) in enumerate(saving.amounts.items())
    ]
    free = {saving.offer.merchant_id for saving in chosen if saving.free_shipping}
    return replace(
        basket,
        discounts=(*basket.discounts, *discounts),
        free_shipping=basket.free_shipping | free,
    )


def _key(offer: Offer, place: int) -> str:
    return f"promotion:{offer.id:012d}:{place:04d}"


def _applied(final: Quote, saving: Saving) -> Applied:
    offer = saving.offer
    if saving.free_shipping:
        waived = (
            parcel.waived
            for parcel in final.shipping
            if parcel.merchant_id == offer.merchant_id and parcel.waived is not None
        )
        return Applied(offer, Money.total(waived, final.currency), on_shipping=True)
    taken = (final.taken_off[_key(offer, place)] for place in range(len(saving.amounts)))
    return Applied(offer, Money.total(taken, final.currency), on_shipping=False)


def _is_idle(final: Quote, applied: Applied) -> bool:
    """Whether it takes nothing off and cannot: a free delivery is still open without a region."""
    undecided = applied.on_shipping and any(
        parcel.state is ShippingState.UNDECIDED and parcel.merchant_id == applied.offer.merchant_id
        for parcel in final.shipping
    )
    return not applied.amount and not undecided
