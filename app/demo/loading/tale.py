"""One presale of the demo on its way to today: its clock, its shop, who joins and who pays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from app.catalog.queries.sellable import sellable
from app.demo import queries as known
from app.demo.copy.people import BUYERS
from app.demo.copy.presales.types import Presale
from app.demo.copy.types import Buyer
from app.demo.loading import till
from app.demo.loading.addresses import address_of
from app.demo.loading.people import Places
from app.orders.commands import pay, question
from app.orders.commands.place import Contact, NewDelivery, NewLine, NewOrder, place
from app.orders.commands.settle import settle
from app.payments import queries as payments
from app.platform.actor import GUEST, Actor
from app.platform.clock import stopped_at
from app.platform.configuration import settings
from app.platform.transaction import transaction
from app.presale.commands import clockwork, holding, joining
from app.presale.commands.holding import Wanted
from app.presale.commands.joining import Joining
from app.presale.models import SUPPLY
from app.presale.queries.offers import Asked, Offer, offers

FEE = 1200
MOST_ROUNDS = 20
A_WHILE = timedelta(minutes=30)


@dataclass
class Tale:
    """`at` moves on with each step; everything is said to have been done then."""

    presale: Presale
    places: Places
    merchant: Actor
    gateway: str
    at: datetime
    campaign_id: int = 0
    links: list[int] = field(default_factory=list)
    _serial: count[int] = field(default_factory=lambda: count(1))

    def go_to(self, at: datetime) -> None:
        """Let time pass; what falls due by then is done by the shop itself."""
        self.at = at
        with stopped_at(at):
            for _round in range(MOST_ROUNDS):
                if not clockwork.advance():
                    break

    def wait(self, **by: float) -> None:
        self.go_to(self.at + timedelta(**by))

    def join(self, sizes: dict[int, int], *, link: int | None = None) -> int:
        """The next buyer joins with so many of each size and pays; returns the order."""
        turn = next(self._serial)
        buyer = BUYERS[(turn - 1) % len(BUYERS)]
        skus = known.sku_ids(self.campaign_id)
        units = {skus[size]: number for size, number in sizes.items()}
        holder = f"checkout:demo-{self.presale.slug}-{turn}"
        with transaction():
            wanted = [Wanted(sku, number, link) for sku, number in units.items()]
            holding.reserve(holder, wanted, until=self.at + A_WHILE, now=self.at)
            new = self._order(buyer, units, holder)
            order_id = place(new, actor=GUEST, now=self.at)
            joining.join(order_id, self._joining(turn, link), now=self.at)
        self.pay(order_id)
        return order_id

    def pay(self, order_id: int, due_id: int | None = None) -> None:
        """Whatever is due is paid, at the provider or by transfer while there is none."""
        payment_id = pay.open_attempt(
            order_id, self.gateway, actor=GUEST, now=self.at, due_id=due_id
        )
        payment = payments.attempt(payment_id)
        if self.gateway == pay.TRANSFER:
            question.confirm_transfer(
                payment_id, amount=payment.amount, actor=self.merchant, now=self.at,
                transaction_id=f"demo-bank-{payment.reference}",
            )  # fmt: skip
            return
        settle(till.pay(payment, at=self.at), now=self.at)

    def _joining(self, turn: int, link: int | None) -> Joining:
        answers = {"door": f"{turn}栋{turn}01"} if self.presale.question else {}
        return Joining(
            links={self.campaign_id: link} if link else {},
            answers={self.campaign_id: answers},
            is_anonymous=turn % 5 == 0,
        )

    def _order(self, buyer: Buyer, units: dict[int, int], holder: str) -> NewOrder:
        found = offers([Asked(sku) for sku in units], now=self.at, sparing=holder)
        waits = timedelta(hours=24) if self.gateway == pay.TRANSFER else A_WHILE
        return NewOrder(
            idempotency_key=holder.removeprefix("checkout:"),
            holder=holder,
            contact=Contact(buyer.email, buyer.name, buyer.phone, buyer.locale, address_of(buyer)),
            currency=settings().currency,
            lines=tuple(self._line(found[sku], number) for sku, number in units.items()),
            deliveries=(NewDelivery(self.places.merchants["house"], "ship", FEE),),
            fingerprint="0" * 32,
            terms={"returns_days": 7},
            pay_within=waits,
        )

    def _line(self, offer: Offer, units: int) -> NewLine:
        item = sellable([offer.variant_id], now=self.at)[offer.variant_id]
        terms = offer.terms
        return NewLine(
            merchant_id=item.merchant_id,
            product_id=item.product_id,
            variant_id=item.variant_id,
            number=item.number,
            title=item.titles,
            options=item.options,
            sku=item.sku,
            product={
                "grade": item.grade,
                "faults": [],
                "path": offer.path,
                "picture": item.picture.fallback if item.picture else "",
            },
            unit_price=terms.price,
            quantity=units,
            discount=terms.bonus * units,
            total=terms.final_price * units,
            weight_g=item.weight_g,
            supply=SUPPLY,
            source_id=offer.sku_id,
            subject=offer.subject,
            balance=terms.balance * units,
        )
