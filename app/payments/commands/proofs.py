"""Keep pictures of bank transfers, for the staff who look for the money."""

from __future__ import annotations

from datetime import datetime

from app.payments.models import PaymentProof
from app.platform.db import db
from app.platform.transaction import command


@command
def keep_proof(payment_id: int, path: str, *, note: str, now: datetime) -> None:
    """Note that the picture at `path`, below the data folder, shows a transfer for an attempt."""
    db.session.add(PaymentProof(payment_id=payment_id, path=path, note=note, uploaded_at=now))
