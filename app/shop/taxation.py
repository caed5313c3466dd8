"""The verb that sets how goods and delivery are taxed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.shop.events import TaxesReplaced
from app.shop.facts import selling_terms
from app.shop.models import Merchant, TaxClassRow, TaxRateRow
from app.shop.taxes import TaxTable, fit_taxes


@command
def replace_taxes(table: TaxTable, *, actor: Actor, now: datetime) -> None:
    """Set all classes and rates; orders already placed keep what they were taxed. Raises Invalid.

    Goods of a class that is gone are of the first class from now on.
    """
    ensure(actor, "settings.edit")
    fit_taxes(table)
    db.session.execute(select(Merchant.id).where(Merchant.is_house).with_for_update())
    before = selling_terms().taxes
    db.session.execute(delete(TaxRateRow))
    db.session.execute(delete(TaxClassRow))
    db.session.add_all(
        TaxClassRow(
            key=each.key, name=dict(each.name), is_of_delivery=each.is_of_delivery, position=place
        )
        for place, each in enumerate(table.classes)
    )
    db.session.flush()
    db.session.add_all(
        TaxRateRow(
            tax_class=rate.tax_class, place=rate.place, percent=rate.tax.percent,
            is_included=rate.tax.is_included,
        )
        for rate in table.rates
    )  # fmt: skip
    db.session.flush()
    record(
        actor, "taxes.replace", "tax_rate", None, now=now,
        before={"rates": _noted(before)}, after={"rates": _noted(table)},
    )  # fmt: skip
    publish(TaxesReplaced(at=now))


def _noted(table: TaxTable) -> list[dict[str, object]]:
    return [
        {"class": rate.tax_class, "place": rate.place, **asdict(rate.tax)} for rate in table.rates
    ]
