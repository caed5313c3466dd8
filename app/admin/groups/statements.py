"""A leader's month as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from flask import Response

from app.admin.groups.blueprint import bp
from app.community.queries.statement import statement
from app.community.sheets.rows import Occasion
from app.community.sheets.statement import statement_sheet
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.sheets import Sheet, to_csv, to_pdf, to_xlsx
from app.platform.web.actor import current_actor, requires

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])\Z", re.ASCII)
FILES: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv"),
    "pdf": (to_pdf, "application/pdf"),
}


@bp.get("/statements/<month>.<kind>")
@requires("groups.view")
def statement_of(month: str, kind: str) -> Response:
    """`2026-11`: everything booked in that month on one's own links."""
    matched = _MONTH.match(month)
    if matched is None or kind not in FILES:
        raise NotFound
    now, current = clock.now(), settings()
    first = date(int(matched[1]), int(matched[2]), 1)
    occasion = Occasion(subject=month, printed_at=now, zone=current.zone, currency=current.currency)
    rows = statement(first, current_actor(), now=now)
    write, mimetype = FILES[kind]
    response = Response(write(statement_sheet(rows, occasion)), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{month}.{kind}"'
    return response
