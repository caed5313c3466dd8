"""Orders brought on their way without a browser."""

from __future__ import annotations

from app.fulfilment.commands import parcels
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.orders.queries import for_mail
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.db import db
from app.shop.models import Role
from tests.cast import captured, piece, placed
from tests.journeys.conftest import Shop


def paid(shop: Shop, **facts: object) -> int:
    order_id = placed(shop.owner, [piece(shop.owner, shop.now)], shop.now, **facts)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=shop.now)
    payment = db.session.get_one(Payment, payment_id)
    settle(captured(payment.reference, payment.amount, shop.now), now=shop.now)
    return order_id


def shipped(shop: Shop) -> int:
    order_id = paid(shop)
    lines = {line.id: line.quantity for line in for_mail(order_id).lines}
    new = parcels.NewParcel(lines, "shunfeng", "SF1234567890", idempotency_key="one")
    parcels.ship(order_id, new, actor=shop.owner.staff(Role.FULFILMENT), now=shop.now)
    return order_id
