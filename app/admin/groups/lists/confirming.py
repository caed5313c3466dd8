"""Confirm what was read of a list: the one moment at which something of it is kept."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.lists.draft import Draft
from app.admin.groups.lists.pasting import PasteForm, draft_page, paste_page
from app.admin.groups.lists.words import done
from app.community.commands import lists
from app.community.errors import ListClosed, StillUnclear
from app.community.queries import links as queries
from app.platform import clock
from app.platform.web.actor import current_actor, requires


@bp.post("/g/<code>/list")
@requires("groups.share")
def confirm_list(code: str) -> BaseResponse:
    """Keep the ticked lines; `check` only looks again, `edit` goes back to the text."""
    actor, now = current_actor(), clock.now()
    shared = queries.link(code, actor)
    form = PasteForm.read()
    form.link = shared.code
    if form.errors or "edit" in request.form:
        return paste_page(form, status=422 if form.errors else 200)
    draft = Draft.of(shared, form.text, request.form, now)
    if "check" in request.form:
        return draft_page(draft)
    draft.check()
    if draft.errors:
        return draft_page(draft, status=422)
    try:
        result = lists.confirm(code, draft.pasted, actor=actor, now=now)
    except (ListClosed, StillUnclear) as failure:
        return draft_page(draft, failure=failure, status=failure.status)
    address = url_for("admin_groups.show_list", code=code)
    said = done(result, left_out=draft.left_out, left_over=draft.left_over)
    return frame.done(address, said)
