"""Proof of a bank transfer, sent under the order's signed link."""

from __future__ import annotations

from datetime import datetime

from werkzeug.datastructures import FileStorage

from app.orders.commands.standing import tell
from app.orders.errors import NotNow
from app.orders.locks import lock_order
from app.payments import queries as payments
from app.payments.commands.proofs import keep_proof
from app.platform.actor import SYSTEM
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.images import read_upload, write_once
from app.platform.transaction import command

FOLDER = "proofs"
MOST_PROOFS = 5
LONGEST_NOTE = 300


def add(order_id: int, file: FileStorage | None, *, note: str, now: datetime) -> None:
    """Keep a picture of a transfer.

    Raises Invalid for what is no picture, NotNow when no transfer is open.
    """
    if file is None or not file.filename:
        raise Invalid({"picture": _("Please choose the picture of your transfer.")})
    picture = read_upload(file.stream)
    path = f"{FOLDER}/{picture.sha256}.jpg"
    write_once(settings().data_dir / path, picture.jpeg)
    _note(order_id, path, note[:LONGEST_NOTE], now=now)


@command
def _note(order_id: int, path: str, note: str, *, now: datetime) -> None:
    lock_order(order_id, SYSTEM)
    transfers = [p for p in payments.open_attempts(order_id) if p.gateway == "bank_transfer"]
    if not transfers:
        raise NotNow
    known = payments.proofs_of([transfer.id for transfer in transfers])
    if any(proof.path == path for proof in known):
        return
    if len(known) >= MOST_PROOFS:
        raise Invalid({"picture": _("Five pictures are enough. We will look at them.")})
    keep_proof(transfers[-1].id, path, note=note, now=now)
    tell(order_id, "proof_sent", actor=SYSTEM, now=now)
