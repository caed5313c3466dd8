"""Orders in every state, made by the commands that real ones go through, hours or days ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice

from app.catalog.queries.sellable import Sellable, sellable
from app.demo import queries as known
from app.demo.copy.people import BUYERS
from app.demo.copy.types import Buyer
from app.demo.loading import till
from app.demo.loading.addresses import address_of
from app.demo.loading.goods import MARK
from app.demo.loading.people import FIRST_OWNER, Places
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands import parcels
from app.orders import queries
from app.orders.commands import cancel, fulfil, pay, question
from app.orders.commands.place import Contact, NewDelivery, NewLine, NewOrder, place
from app.orders.commands.settle import settle
from app.orders.models import OrderLine
from app.payments import queries as payments
from app.payments.models import Payment
from app.platform.actor import GUEST, Actor
from app.platform.configuration import settings
from app.shop.models import Role
from app.shop.permissions import permissions_of

FEE = 1200
CARRIER = "shunfeng"
REASON = {"en": "It did not fit after all.", "zh-Hans": "试了不合身。"}
Step = Callable[["Story"], None]


@dataclass
class Story:
    """One order on its way through the shop; `at` moves on with each step."""

    key: str
    buyer: Buyer
    places: Places
    at: datetime
    variants: list[int]
    pickup: bool
    gateway: str
    order_id: int = 0
    parcels: int = 0

    @property
    def packer(self) -> Actor:
        merchant_id = self.places.merchants["house"]
        rights = permissions_of(Role.OWNER, is_house=True)
        email, name = FIRST_OWNER
        return Actor("staff", known.staff_id(email), merchant_id, frozenset(rights), name)

    def wait(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at

    def lines(self) -> list[OrderLine]:
        return list(queries.for_mail(self.order_id).lines)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long ago an order of so many pieces was placed, and what happened to it."""

    days_ago: float
    pieces: int
    steps: tuple[Step, ...]
    pickup: bool = False
    gateway: str = till.NAME


def load(places: Places, *, now: datetime) -> int:
    """Make the orders that are missing; returns how many.

    While the sandbox provider is away all of them are paid by transfer.
    """
    gateways = {till.NAME: till.NAME if till.is_open() else pay.TRANSFER}
    # The oldest pieces are sold, so that the newest stay on the rail.
    pieces = iter(known.oldest_pieces(places.locations["house", "hangzhou"], source=MARK))
    made = 0
    for number, (plan, buyer) in enumerate(zip(_PLANS, cycle(BUYERS), strict=False), start=1):
        key = f"demo-{number:02d}"
        chosen = list(islice(pieces, plan.pieces))
        if len(chosen) < plan.pieces:
            break
        if known.has_order(key):
            continue
        began = now - timedelta(days=plan.days_ago)
        gateway = gateways.get(plan.gateway, plan.gateway)
        story = Story(key, buyer, places, began, chosen, plan.pickup, gateway)
        for step in plan.steps:
            step(story)
        made += 1
    return made


def _order(story: Story) -> None:
    goods = sellable(story.variants, now=story.at)
    buyer, house = story.buyer, story.places.merchants["house"]
    method = "pickup" if story.pickup else "ship"
    store = story.places.locations["house", "hangzhou"] if story.pickup else None
    new = NewOrder(
        idempotency_key=story.key,
        holder=f"checkout:{story.key}",
        contact=Contact(
            buyer.email,
            buyer.name,
            buyer.phone,
            buyer.locale,
            None if story.pickup else address_of(buyer),
        ),
        currency=settings().currency,
        lines=tuple(_line(item) for item in goods.values()),
        deliveries=(NewDelivery(house, method, 0 if story.pickup else FEE, store),),
        fingerprint="0" * 32,
        terms={"returns_days": 7},
        pay_within=timedelta(hours=24) if story.gateway == pay.TRANSFER else timedelta(minutes=30),
    )
    story.order_id = place(new, actor=GUEST, now=story.at)
    pay.open_attempt(story.order_id, story.gateway, actor=GUEST, now=story.wait(minutes=1))


def _line(item: Sellable) -> NewLine:
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
            "faults": [dict(fault) for fault in item.faults],
            "path": item.path,
            "picture": item.picture.fallback if item.picture else "",
        },
        unit_price=item.price,
        quantity=1,
        discount=0,
        total=item.price,
        weight_g=item.weight_g,
    )


def _pay(story: Story) -> None:
    _report(story, _payment(story).amount)


def _pay_too_little(story: Story) -> None:
    _report(story, _payment(story).amount - 1000)


def _report(story: Story, amount: int) -> None:
    payment = _payment(story)
    if payment.gateway == pay.TRANSFER:
        question.confirm_transfer(
            payment.id, amount=amount, transaction_id=f"demo-bank-{story.key}", actor=story.packer,
            now=story.wait(hours=3),
        )  # fmt: skip
        return
    settle(till.pay(payment, at=story.wait(minutes=3)), now=story.at)


def _ship(story: Story) -> None:
    _ship_lines(story, [line.id for line in story.lines() if line.shipped < line.quantity])


def _ship_first(story: Story) -> None:
    _ship_lines(story, [story.lines()[0].id])


def _ship_lines(story: Story, line_ids: list[int]) -> None:
    story.parcels += 1
    key = f"{story.key}-{story.parcels}"
    new = parcels.NewParcel(dict.fromkeys(line_ids, 1), CARRIER, _number(story), key)
    parcels.ship(story.order_id, new, actor=story.packer, now=story.wait(hours=5))


def _carrier_says(status: TrackingStatus, text: str) -> Step:
    def step(story: Story) -> None:
        at = story.wait(hours=9)
        event = TrackingEvent(CARRIER, _number(story), at, status, text=text)
        parcels.take_in([event], inbound_event_id=None, now=at)

    return step


def _make_ready(story: Story) -> None:
    fulfil.make_ready(story.order_id, actor=story.packer, now=story.wait(hours=2))


def _hand_over(story: Story) -> None:
    fulfil.hand_over(story.order_id, actor=story.packer, now=story.wait(hours=20))


def _refund(*, whole: bool) -> Step:
    def step(story: Story) -> None:
        lines = story.lines()
        chosen = lines if whole else lines[:1]
        request = cancel.RefundRequest(
            cancel={line.id: 1 for line in chosen},
            shipping=FEE if whole else 0,
            note=REASON[story.buyer.locale],
        )
        cancel.refund(
            story.order_id, request, actor=story.packer, idempotency_key=f"{story.key}-refund",
            now=story.wait(hours=4),
        )  # fmt: skip

    return step


def _refund_sent(story: Story) -> None:
    for refund_id in [refund.id for refund in payments.refunds_of_subject(story.order_id)]:
        question.confirm_refund_sent(
            refund_id,
            transaction_id=f"demo-back-{refund_id}",
            actor=story.packer,
            now=story.wait(hours=6),
        )


def _cancel(cause: str) -> Step:
    def step(story: Story) -> None:
        cancel.cancel_unpaid(
            story.order_id, actor=story.packer, cause=cause, now=story.wait(hours=1)
        )

    return step


def _payment(story: Story) -> Payment:
    return payments.of_subject(story.order_id)[-1]


def _number(story: Story) -> str:
    return f"SF{story.key[-2:]}{story.parcels:02d}00000001"


_TRANSIT = _carrier_says(TrackingStatus.IN_TRANSIT, "快件到达【示例转运中心】")
_OUT = _carrier_says(TrackingStatus.OUT_FOR_DELIVERY, "快件正在派送，快递员：示例")
_HANDED = _carrier_says(TrackingStatus.DELIVERED, "快件已签收，签收人：本人")
_TROUBLE = _carrier_says(TrackingStatus.EXCEPTION, "地址不详，正在联系收件人")
_PAID: tuple[Step, ...] = (_order, _pay)
_SENT: tuple[Step, ...] = (*_PAID, _ship, _TRANSIT)
_PLANS: tuple[Plan, ...] = (
    Plan(0.01, 1, (_order,), gateway=pay.TRANSFER),
    Plan(0.2, 1, _PAID),
    Plan(0.5, 2, _PAID),
    Plan(1.0, 1, _PAID, gateway=pay.TRANSFER),
    Plan(0.4, 1, _PAID, pickup=True),
    Plan(0.8, 1, (*_PAID, _make_ready), pickup=True),
    Plan(4.0, 1, (*_PAID, _make_ready, _hand_over), pickup=True),
    Plan(2.0, 2, (*_PAID, _ship_first)),
    Plan(2.0, 1, _SENT),
    Plan(2.2, 1, (*_SENT, _OUT)),
    Plan(6.0, 1, (*_SENT, _OUT, _HANDED)),
    Plan(9.0, 2, (*_SENT, _OUT, _HANDED)),
    Plan(3.0, 1, (*_SENT, _TROUBLE)),
    Plan(5.0, 1, (_order, _cancel("unpaid"))),
    Plan(5.5, 1, (_order, _cancel("buyer"))),
    Plan(7.0, 1, (*_PAID, _refund(whole=True), _refund_sent), gateway=pay.TRANSFER),
    Plan(3.5, 2, (*_PAID, _refund(whole=False), _refund_sent), gateway=pay.TRANSFER),
    Plan(0.3, 1, (_order, _pay_too_little), gateway=pay.TRANSFER),
)
"""One order for each state an order can be in."""
