"""The record: who did what, and whether the chain that guards it holds."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.admin import frame
from app.admin.audit_changes import changes
from app.admin.audit_words import actor_name, deed
from app.admin.queries.audit import entries
from app.platform.audit.commands import verify
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")


@bp.get("")
@requires("audit.view")
def index() -> Response:
    """`?verb=&kind=&id=&after=`; `?verify=1` walks the chain, for those who manage the team."""
    number = frame.asked("id", frame.DIGITS)
    verb, kind = frame.asked("verb"), frame.asked("kind")
    may_verify = current_actor().may("staff.manage")
    return page(
        "admin/audit.html",
        fragment="table",
        found=entries(
            object_kind=kind,
            object_id=int(number) if number.isdecimal() else None,
            verb=verb,
            after=frame.cursor(),
        ),
        verb=verb,
        kind=kind,
        number=number,
        after=frame.cursor(),
        verdict=verify() if may_verify and "verify" in request.args else None,
        may_verify=may_verify,
        deed=deed,
        changes=changes,
        actor_name=actor_name,
    )
