"""The window: invented buyers come through the shop's own checkout, or find no place and wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from app.cart import commands as cart
from app.cart.commands import Wish
from app.checkout import commands as checkout
from app.checkout.commands import Ordered
from app.checkout.composing import Submitted
from app.checkout.errors import SomethingGone
from app.checkout.queries import Way, bag_of, person, price
from app.checkout.rules import PICKUP, SHIP, Details
from app.platform.actor import GUEST
from app.platform.errors import DomainError
from app.platform.i18n import LANGUAGES, speaking
from app.presale.commands import joining, leaving, waiting
from app.presale.commands.joining import Interest
from app.presale.commands.waiting import NewWish
from app.presale.errors import CampaignFull
from app.presale.models import PaymentMode
from app.presale.rules.leaving import Leaving
from app.rehearsal.acts import till
from app.rehearsal.invented import REGION_CODE, Buyer, answers, buyer, by_email
from app.rehearsal.queries import people
from app.rehearsal.rules import Manner, Part
from app.rehearsal.stage import Stage

PICKUP_EVERY = 4
"""One buyer in so many collects, where the merchant has a store."""
STAYS = timedelta(hours=5)
"""How long somebody is in who leaves again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Units by SKU that somebody wants, by an offer of the waiting list if they have one."""

    who: Buyer
    units: Mapping[int, int]
    offer: int | None = None


def fill(stage: Stage, parts: Sequence[Part]) -> None:
    """Play the window from now until its close, everybody at their own time."""
    stage.reacts = lambda: _take_offer(stage)
    campaign = stage.campaign
    opened, length = stage.now, campaign.closes_at - stage.now
    for part in parts:
        comes_at = opened + length * part.at
        stage.plan(comes_at, partial(_come, stage, part))
        if part.manner is Manner.LEAVES:
            leaves_at = comes_at + min(STAYS, length / 8)
            stage.plan(leaves_at, partial(_leave, stage, buyer(part.buyer)))
    stage.go_to(campaign.closes_at)


def _come(stage: Stage, part: Part) -> None:
    who, campaign = buyer(part.buyer), stage.campaign
    skus = zip(people.skus(), part.units, strict=True)
    asked = Asked(who, {sku.id: count for sku, count in skus if count})
    if campaign.is_draw:
        _wish(stage, asked)
    elif campaign.payment_mode == PaymentMode.INTEREST:
        _say_interested(stage, asked)
    else:
        _buy(stage, part.manner, asked)


def _buy(stage: Stage, manner: Manner, asked: Asked) -> None:
    try:
        ordered = _ordered(stage, asked)
    except (CampaignFull, SomethingGone):
        _wish(stage, asked)
        return
    except DomainError as error:
        refuse(stage, asked.who, error)
        return
    if ordered.payment_id is None:
        return
    if manner is Manner.NEVER_PAYS:
        stage.note("never_pays", name=asked.who.name)
    elif manner is Manner.PAYS_TWICE:
        till.pay_twice(stage, ordered.order_id, ordered.payment_id, asked.who)
    elif manner is Manner.PAYS_LATE:
        till.pay_late(stage, ordered.payment_id, asked.who)
    else:
        till.pay_soon(stage, ordered.payment_id, asked.who)


def _take_offer(stage: Stage) -> bool:
    """Whoever is offered a place joins and pays; whether anybody was."""
    offer = next(iter(people.offers()), None)
    if offer is None:
        return False
    who = by_email(offer.email)
    stage.note("takes_offer", name=who.name, units=offer.quantity)
    try:
        ordered = _ordered(stage, Asked(who, {offer.sku_id: offer.quantity}, offer.entry_id))
    except DomainError as error:
        refuse(stage, who, error)
        waiting.decline(offer.token, now=stage.now)
        return True
    if ordered.payment_id is not None:
        till.pay_soon(stage, ordered.payment_id, who)
    return True


def _ordered(stage: Stage, asked: Asked) -> Ordered:
    """Bag, checkout, order. Raises what these raise."""
    who, key = asked.who, None
    for sku_id, units in asked.units.items():
        key = cart.join(key, Wish(sku_id, waiting_id=asked.offer), units, now=stage.now)
    if key is None:
        raise AssertionError("somebody who joins wants something")
    begun = checkout.begin(key, now=stage.now)
    details = _details(stage, who)
    items = bag_of(key, begun, now=stage.now).items
    priced = price(
        items,
        Way(details.region_code, pickup=details.method == PICKUP),
        code="",
        person=person(who.email, who.phone),
        now=stage.now,
    )
    sent = Submitted(begun.key, key, details, priced.quote.fingerprint, who.locale)
    return checkout.order(sent, actor=GUEST, now=stage.now)


def _details(stage: Stage, who: Buyer) -> Details:
    campaign = stage.campaign
    store = people.place_of_pickup() if who.index % PICKUP_EVERY == PICKUP_EVERY - 1 else None
    return Details(
        method=SHIP if store is None else PICKUP,
        location_id=store,
        email=who.email,
        name=who.name,
        phone=who.phone,
        address=who.address if store is None else None,
        region_code=REGION_CODE if store is None else "",
        note="",
        gateway=stage.till.name,
        consents=frozenset(sku.variant_id for sku in people.skus()),
        answers={campaign.id: answers(tuple(campaign.questions), who)},
    )


def _wish(stage: Stage, asked: Asked) -> None:
    """Put a wish on the waiting list, which is also how one takes part in a draw."""
    who, campaign = asked.who, stage.campaign
    for sku_id, units in asked.units.items():
        new = NewWish(sku_id, units, who.email, who.locale, who.name)
        try:
            waiting.wish(campaign.id, new, actor=GUEST, now=stage.now)
        except DomainError as error:
            refuse(stage, who, error)
        else:
            stage.note("waits", name=who.name, units=units)


def _say_interested(stage: Stage, asked: Asked) -> None:
    who, campaign = asked.who, stage.campaign
    for sku_id, units in asked.units.items():
        interest = Interest(sku_id, units, who.name, who.email, who.locale)
        try:
            joining.express_interest(campaign.id, interest, actor=GUEST, now=stage.now)
        except DomainError as error:
            refuse(stage, who, error)
        else:
            stage.note("is_interested", name=who.name, units=units)


def _leave(stage: Stage, who: Buyer) -> None:
    participation = people.participation_of(who.email)
    if participation is None:
        return
    stage.note("leaves", name=who.name)
    try:
        way = leaving.leave(participation.id, now=stage.now)
    except DomainError as error:
        refuse(stage, who, error)
        return
    if way is Leaving.ASK:
        stage.note("is_let_go", name=who.name)
        leaving.grant(participation.id, actor=stage.merchant, now=stage.now)


def refuse(stage: Stage, who: Buyer, error: DomainError) -> None:
    """Note that the shop would not let somebody do what they wanted, in both languages."""
    stage.note("refused", name=who.name, said=in_both(error))


def in_both(error: DomainError) -> dict[str, str]:
    """What an error says, by language."""
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = error.message
    return said
