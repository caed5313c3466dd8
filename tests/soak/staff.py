"""Those who work in the shop meanwhile: they restock, ship and pay back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from threading import Event

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.catalog.commands import stock
from app.catalog.models import MovementReason, Stock
from app.fulfilment.commands import parcels
from app.orders.commands import cancel
from app.orders.models import Order, OrderLine
from app.platform import clock
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.transaction import transaction
from tests.cast import House
from tests.soak.tally import Tally

EVERY = 1.0
FEWEST, DELIVERED = 2, 4
"""Units: when so few are free, so many more are brought."""


@dataclass
class Staff:
    """One person at the counter, with commands of the same code on another machine."""

    app: Flask
    owner: House
    variants: Sequence[int]
    tally: Tally
    random: Random

    def work(self, stopping: Event) -> None:
        while not stopping.wait(EVERY):
            for act in (self.restock, self.ship, self.pay_back):
                self._try(act)

    def restock(self) -> None:
        for variant in self.variants:
            with transaction():
                row = db.session.execute(
                    select(Stock.on_hand, Stock.held).where(Stock.variant_id == variant)
                ).one()
                if row.on_hand - row.held < FEWEST:
                    stock.count(
                        variant, self.owner.store_id, row.on_hand + DELIVERED,
                        reason=MovementReason.RECEIVED, actor=self.owner.staff(), now=clock.now(),
                    )  # fmt: skip
                    self.tally.count("restocked")

    def ship(self) -> None:
        order_id = self._some_order("to_ship")
        lines = {line.id: line.quantity - line.cancelled for line in self._lines(order_id)}
        number = f"SF{self.random.randrange(10**10):010d}"
        new = parcels.NewParcel(lines, "shunfeng", number, f"soak-{order_id}")
        parcels.ship(order_id, new, actor=self.owner.staff(), now=clock.now())
        self.tally.count("shipped")

    def pay_back(self) -> None:
        """All of an order, and its goods back on the shelf."""
        order_id = self._some_order("to_ship")
        units = {line.id: line.quantity - line.cancelled for line in self._lines(order_id)}
        cancel.refund(
            order_id, cancel.RefundRequest(cancel=units), actor=self.owner.staff(),
            idempotency_key=f"soak-{order_id}", now=clock.now(),
        )  # fmt: skip
        self.tally.count("paid back")

    def _some_order(self, headline: str) -> int:
        statement = select(Order.id).where(Order.headline == headline).limit(20)
        found = db.session.scalars(statement).all()
        return self.random.choice(found) if found else 0

    def _lines(self, order_id: int) -> Sequence[OrderLine]:
        return db.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).all()

    def _try(self, act: Callable[[], None]) -> None:
        with self.app.app_context():
            try:
                act()
            except (DomainError, SQLAlchemyError) as error:
                self.tally.count(f"staff: {type(error).__name__}")
            finally:
                db.session.remove()
