"""Who a member of staff is: by password at the door, by session afterwards."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select

from app.platform import passwords
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.rbac import found
from app.platform.transaction import command
from app.shop.models import Merchant, Staff
from app.shop.permissions import permissions_of

_SESSION = re.compile(r"staff:([0-9]{1,18}):([0-9]{1,18})\Z")


def check_password(email: str, password: str, *, now: datetime) -> Staff | None:
    """The member of staff whom these let in, else None.

    An unknown address takes as long as a wrong password, so that neither tells who works here.
    """
    staff: Staff | None = db.session.scalar(
        select(Staff).where(Staff.email == email.strip().lower(), Staff.active)
    )
    kept = staff.password_hash if staff else None
    fits, renewed = passwords.verified(password[: passwords.MAX_LENGTH + 1], kept)
    if staff is None or not fits:
        return None
    _note_sign_in(staff.id, kept, renewed, now=now)
    return staff


def load_staff(session_id: str) -> Staff | None:
    """Whom a session `staff:<id>:<epoch>` names; None once signed out everywhere or dismissed."""
    named = _SESSION.match(session_id)
    if named is None:
        return None
    staff_id, epoch = int(named[1]), int(named[2])
    staff: Staff | None = db.session.scalar(
        select(Staff).where(Staff.id == staff_id, Staff.session_epoch == epoch, Staff.active)
    )
    return staff


def actor_of(staff: Staff) -> Actor:
    """The actor a member of staff is, with what their role allows today."""
    is_house = db.session.scalar(select(Merchant.is_house).where(Merchant.id == staff.merchant_id))
    return Actor(
        "staff",
        id=staff.id,
        merchant_id=staff.merchant_id,
        permissions=permissions_of(staff.role, is_house=bool(is_house)),
        name=staff.name,
    )


def actor_of_member(staff_id: int) -> Actor:
    """Who a member of staff is by now; raises NotFound for one who left."""
    staff: Staff | None = db.session.scalar(select(Staff).where(Staff.id == staff_id, Staff.active))
    return actor_of(found(staff))


@command
def _note_sign_in(staff_id: int, kept: str | None, renewed: str | None, *, now: datetime) -> None:
    staff: Staff = db.session.get_one(Staff, staff_id, populate_existing=True)
    if renewed is not None and staff.password_hash == kept:
        staff.password_hash = renewed
    staff.last_seen_at = now
    record(actor_of(staff), "staff.sign_in", "staff", staff_id, now=now)
