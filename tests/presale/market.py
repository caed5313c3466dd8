"""One campaign and everybody around it: buyers, a provider, the shop's staff, and time.

Each verb is what somebody may try at any moment. What the shop refuses is refused with an error
meant for a person; anything else is a fault of the shop. People and orders are named by any number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select, update

from app.orders.commands import pay
from app.orders.commands.place import place
from app.orders.commands.settle import settle, settle_refund
from app.orders.models import OrderLine
from app.payments.commands import attempts
from app.payments.gateways.base import PaymentReport
from app.payments.models import Payment
from app.platform import clock
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.outbox.commands import drain
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from app.platform.transaction import transaction
from app.presale.commands import clockwork, joining, leaving, questions, waiting
from app.presale.commands.holding import Wanted, reserve
from app.presale.commands.joining import Joining
from app.presale.commands.waiting import NewWish
from app.presale.models import Answer, BuyerQuestion, Campaign, Participation, WaitingEntry
from tests.cast import house
from tests.presale import cast
from tests.presale.provider import Provider

GROUP = 7
One = TypeVar("One")


@contextmanager
def perhaps() -> Iterator[None]:
    """Try; the shop may refuse."""
    try:
        yield
    except DomainError:
        db.session.rollback()


def pick(of: Sequence[One], number: int) -> One | None:
    """One of them, by any number; None when there is none."""
    return of[number % len(of)] if of else None


def rows(statement: Any) -> list[Any]:
    """What the database says now."""
    db.session.rollback()
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


class Market:
    """`terms` are those of `cast.campaign`; `tests.presale.shopkeepers` has what staff does."""

    def __init__(
        self, provider: Provider, pass_time: Callable[[timedelta], None], **terms: Any
    ) -> None:
        self.provider = provider
        self.pass_time = pass_time
        self.began = clock.now()
        self.owner = house(self.now)
        self.staff = self.owner.staff()
        self.campaign_id = cast.campaign(self.owner, self.now, **terms).id
        self.skus = [sku.id for sku in cast.skus(self.campaign_id)]
        self.orders: list[int] = []
        self.favoured: set[int] = set()
        """Orders staff was generous to, or that were accepted with another amount."""
        self.reports: list[PaymentReport] = []
        self.serial = count(1)

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def campaign(self) -> Campaign:
        return cast.fresh(self.campaign_id)

    def sku(self, number: int) -> int:
        return self.skus[number % len(self.skus)]

    # Buyers

    def join(self, who: int, sku: int, units: int, **how: Any) -> None:
        """Hold and order in one step, as a checkout does in two."""
        sku_id, holder = self.sku(sku), f"checkout:{next(self.serial)}"
        entry_id, method = how.get("entry_id"), how.get("method", "ship")
        wanted = Wanted(sku_id, units, GROUP if how.get("in_group") else None, entry_id)
        with_what = Joining(
            tolerance={sku_id: how.get("tolerance", 0)},
            offered=frozenset({self.campaign_id} if entry_id else ()),
        )
        with perhaps(), transaction():
            until = self.now + timedelta(minutes=15)
            reserve(holder, [wanted], until=until, now=self.now)
            new = cast.wanted(
                self.owner, {sku_id: units}, self.now, holder=holder, method=method,
                email=f"person{who}@example.org", phone=f"1390000000{who}",
                fee=0 if method == "pickup" else 1200,
            )  # fmt: skip
            order_id = place(new, actor=GUEST, now=self.now)
            joining.join(order_id, with_what, now=self.now)
            self.orders.append(order_id)

    def go_to_pay(self, order: int) -> str | None:
        """Open a page at the provider for whatever is due; returns its reference."""
        order_id, reference = pick(self.orders, order), None
        if order_id is not None:
            with perhaps():
                payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=self.now)
                attempts.start(payment_id, description="x", return_path="/o/x", locale="en")
                reference = db.session.get_one(Payment, payment_id).reference
        return reference

    def pay(self, page: int, more: int = 0) -> None:
        """Pay on a page that was opened once; the shop does not know of it yet."""
        reference = pick(self.provider.references, page)
        if reference is not None:
            self.reports.append(self.provider.pay(reference, more))
            self._forgive_if_unlike(self.reports[-1])

    def pay_at_once(self, order: int) -> None:
        """And the shop is told."""
        reference = self.go_to_pay(order)
        if reference is not None and reference in self.provider.references:
            self.reports.append(self.provider.pay(reference))
            self.report(-1)

    def pay_on_every_page(self) -> None:
        """Whoever has opened a page pays on it, however late, and the shop is told."""
        for page in range(len(self.provider.references)):
            self.pay(page)
            self.report(-1)

    def leave(self, order: int) -> None:
        with perhaps():
            leaving.leave(self.part(order), now=self.now)

    def wish(self, who: int, sku: int, units: int) -> None:
        new = NewWish(self.sku(sku), units, f"person{who}@example.org", "en", f"Person {who}")
        with perhaps():
            waiting.wish(self.campaign_id, new, actor=GUEST, now=self.now)

    def take_up(self, entry: int) -> None:
        found = pick(rows(select(WaitingEntry).order_by(WaitingEntry.id)), entry)
        if found is not None:
            who = int(found.email.removeprefix("person").partition("@")[0])
            self.join(who, self.skus.index(found.sku_id), found.quantity, entry_id=found.id)

    def turn_down(self, entry: int, *, for_good: bool) -> None:
        found = pick(rows(select(WaitingEntry).order_by(WaitingEntry.id)), entry)
        if found is not None:
            with perhaps():
                verb = waiting.withdraw if for_good else waiting.decline
                verb(found.token, now=self.now)

    def answer(self, order: int, *, keeps: bool) -> None:
        asked = rows(select(BuyerQuestion).order_by(BuyerQuestion.id.desc()))
        if asked:
            choice = Answer.KEEP if keeps else Answer.REFUND
            with perhaps():
                questions.answer(asked[0].id, self.part(order), choice, now=self.now)

    # The provider

    def report(self, number: int) -> None:
        """A callback, for the first time or once more."""
        report = pick(self.reports, number)
        if report is not None:
            settle(report, now=self.now)

    def report_refund(self, number: int) -> None:
        report = pick(self.provider.refunds, number)
        if report is not None:
            settle_refund(report, now=self.now)

    # Time

    def tick(self) -> None:
        """Everything the schedule and the workers do; letters are another test's matter."""
        clockwork.advance()
        with transaction():
            letters = OutboxDelivery.handler.contains("mails:")
            db.session.execute(
                update(OutboxDelivery).where(letters).values(state=DeliveryState.DONE)
            )
        while drain():
            pass
        pay.close_unpaid()
        pay.ask_silent(100)

    def wait(self, **how_long: float) -> None:
        self.pass_time(timedelta(**how_long))

    def reach_the_close(self) -> None:
        left = self.campaign.closes_at - self.now
        self.wait(seconds=max(left.total_seconds(), 0))
        self.tick()

    # What everybody here may look up

    def line(self, order: int) -> OrderLine | None:
        order_id = pick(self.orders, order)
        found = rows(select(OrderLine).where(OrderLine.order_id == order_id))
        return found[0] if found else None

    def part(self, order: int) -> int:
        """Somebody's participation; 0 is nobody's."""
        order_id = pick(self.orders, order)
        found = rows(select(Participation.id).where(Participation.order_id == order_id))
        return int(found[0]) if found else 0

    def _forgive_if_unlike(self, report: PaymentReport) -> None:
        (payment,) = rows(select(Payment).where(Payment.reference == report.attempt_reference))
        if report.amount_minor != payment.amount:
            self.favoured.add(payment.subject)
