"""A leader's month as a file, and to their own mailbox."""

from __future__ import annotations

import re
from datetime import date

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.community.statements import FORMS, mail_month, month_file
from app.platform import clock
from app.platform.errors import NotFound
from app.platform.i18n import gettext as _
from app.platform.web.actor import current_actor, requires

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])\Z", re.ASCII)


@bp.get("/statements/<month>.<kind>")
@requires("groups.view")
def statement_of(month: str, kind: str) -> Response:
    """`2026-11`: everything booked in that month on one's own links."""
    first = _first_of(month)
    if kind not in FORMS:
        raise NotFound
    file = month_file(first, kind, current_actor(), now=clock.now())
    response = Response(file.content, mimetype=file.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@bp.post("/statements/<month>/mails")
@requires("groups.view")
def mail_statement(month: str) -> BaseResponse:
    """The same to one's own address: chat apps let nobody keep a file."""
    address = mail_month(_first_of(month), current_actor(), now=clock.now())
    said = _("It is on its way to %(address)s.", address=address)
    return frame.done(url_for("admin_groups.index"), said)


def _first_of(month: str) -> date:
    matched = _MONTH.match(month)
    if matched is None:
        raise NotFound
    return date(int(matched[1]), int(matched[2]), 1)
