"""Verbs of a team's members: their language, password and sessions, and leaving or coming back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.platform import passwords
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import lazy_gettext
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.shop.commands import count_owners, locked_member, set_password
from app.shop.errors import LastOwner
from app.shop.models import Role, Staff
from app.shop.queries import staff_member


class NotOneself(Conflict):
    """Nobody shuts the door behind themselves by mistake."""

    code = "not_oneself"
    default_message = lazy_gettext("You cannot dismiss yourself. Somebody else has to do it.")


@command
def set_language(staff_id: int, language: str, *, actor: Actor, now: datetime) -> None:
    """The language that somebody's own sign-in begins in."""
    _be_oneself(staff_id, actor)
    db.session.execute(update(Staff).where(Staff.id == staff_id).values(locale=language))
    record(actor, "staff.set_language", "staff", staff_id, now=now, after={"language": language})


def change_own_password(
    staff_id: int, current: str, password: str, *, actor: Actor, now: datetime
) -> None:
    """Replace one's own password; raises Invalid for a wrong present one or an unfit new one."""
    _be_oneself(staff_id, actor)
    stored = staff_member(staff_id, actor).password_hash
    fits, _renewed = passwords.verified(current[: passwords.MAX_LENGTH + 1], stored)
    if not fits:
        raise Invalid({"current": _("This is not your present password.")})
    set_password(staff_id, password, actor=actor, now=now)


@command
def end_sessions(staff_id: int, *, actor: Actor, now: datetime) -> None:
    """Sign somebody out on every device; one may always do so oneself."""
    if actor.id != staff_id:
        ensure(actor, "staff.manage")
    locked_member(staff_id, actor)
    _change(staff_id, session_epoch=Staff.session_epoch + 1)
    record(actor, "staff.end_sessions", "staff", staff_id, now=now)


@command
def dismiss(staff_id: int, *, actor: Actor, now: datetime) -> None:
    """Shut the door to somebody at once; once. Raises NotOneself, LastOwner."""
    ensure(actor, "staff.manage")
    member = locked_member(staff_id, actor)
    if staff_id == actor.id:
        raise NotOneself
    if not member.active:
        return
    if member.role == Role.OWNER and count_owners(member.merchant_id) == 1:
        raise LastOwner
    _change(staff_id, active=False, session_epoch=Staff.session_epoch + 1)
    record(actor, "staff.dismiss", "staff", staff_id, now=now)


@command
def take_back(staff_id: int, *, actor: Actor, now: datetime) -> None:
    """Let somebody in again, with the password and role they had; once."""
    ensure(actor, "staff.manage")
    if locked_member(staff_id, actor).active:
        return
    _change(staff_id, active=True)
    record(actor, "staff.take_back", "staff", staff_id, now=now)


def _change(staff_id: int, **values: object) -> None:
    db.session.execute(update(Staff).where(Staff.id == staff_id).values(**values))


def _be_oneself(staff_id: int, actor: Actor) -> None:
    if not actor.is_staff or actor.id != staff_id:
        raise Forbidden
