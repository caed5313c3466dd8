"""The measurements of a shopper's own body, kept with their account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from app.customers.models import CustomerMeasures
from app.platform.db import db, insert_or_update
from app.platform.transaction import command


@command
def keep_measures(customer_id: int, sizes: Mapping[str, int], *, now: datetime) -> None:
    """Millimetres by part of the body; without any, nothing is kept."""
    if not any(sizes.values()):
        forgotten = CustomerMeasures.customer_id == customer_id
        db.session.execute(delete(CustomerMeasures).where(forgotten))
        return
    insert_or_update(
        CustomerMeasures,
        [{"customer_id": customer_id, "sizes": dict(sizes), "changed_at": now}],
    )
