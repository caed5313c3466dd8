"""What people wait and wish for: numbers, never names."""

from __future__ import annotations

from flask import Blueprint, Response

from app.admin.items.words import STATES
from app.catalog.queries.admin import rows_of
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.wishes.queries.alerts import demand

bp = Blueprint("admin_demand", __name__, url_prefix="/admin")


@bp.get("/demand")
@requires("catalog.view")
def index() -> Response:
    wanted = demand(current_actor())
    rows = rows_of([one.product_id for one in wanted]) if wanted else ()
    return page("admin/demand.html", rows=list(zip(wanted, rows, strict=True)), states=STATES)
