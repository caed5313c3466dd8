"""Keep pictures of bank transfers, for the staff who look for the money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, exists, select

from app.payments.models import Payment, PaymentProof
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.transaction import after_commit, command


@command
def keep_proof(payment_id: int, path: str, *, note: str, now: datetime) -> None:
    """Note that the picture at `path`, below the data folder, shows a transfer for an attempt."""
    db.session.add(PaymentProof(payment_id=payment_id, path=path, note=note, uploaded_at=now))


@command
def forget_proofs(subjects: Iterable[int]) -> None:
    """Remove the pictures of every transfer for these orders; one that others sent as well stays
    theirs.
    """
    attempts = select(Payment.id).where(Payment.subject.in_(list(subjects)))
    removed = delete(PaymentProof).where(PaymentProof.payment_id.in_(attempts))
    paths = set(db.session.scalars(removed.returning(PaymentProof.path)))
    after_commit(lambda: _remove_unused(paths))


def _remove_unused(paths: Iterable[str]) -> None:
    for path in sorted(paths):
        if not db.session.scalar(select(exists().where(PaymentProof.path == path))):
            (settings().data_dir / path).unlink(missing_ok=True)
    db.session.rollback()
