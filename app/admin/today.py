"""Today: what is to be done, nearest deadline first, and yesterday in figures."""

from __future__ import annotations

from flask import Blueprint, Response

from app.admin import frame
from app.admin.queries import figures, todo
from app.admin.words import deadline
from app.platform import clock
from app.platform.configuration import settings
from app.platform.web import page
from app.platform.web.actor import current_actor

bp = Blueprint("admin_today", __name__, url_prefix="/admin")


@bp.get("/")
@frame.any_staff
def show() -> Response:
    actor, now = current_actor(), clock.now()
    sees_orders = actor.may("orders.view")
    response = page(
        "admin/today.html",
        fragment="today",
        tasks=todo.tasks(actor, now=now),
        deadline=lambda due_at: deadline(due_at, now),
        yesterday=figures.of_yesterday(actor, now=now, zone=settings().zone)
        if sees_orders
        else None,
    )
    return frame.unless_unchanged(response)
