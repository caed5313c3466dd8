"""The list of presales with its views."""

from __future__ import annotations

from flask import Response, url_for

from app.admin import frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.queries.presales.listing import View, counts, listed, next_deadline
from app.admin.words import deadline
from app.platform import clock
from app.platform.web import page
from app.platform.web.actor import current_actor, requires


@bp.get("")
@requires("presales.view")
def index() -> Response:
    """`?view=&q=&after=`: the address is the whole state of the list."""
    actor, text, now = current_actor(), frame.asked("q"), clock.now()
    numbers = counts(actor)
    view = _view(frame.asked("view"), text, has_decisions=numbers[View.TO_DECIDE] > 0)
    found = listed(actor, view, text=text, after=frame.cursor())
    response = page(
        "admin/presales/list.html",
        fragment="table",
        found=found,
        states={row.campaign.id: words.state_of(row.campaign) for row in found.rows},
        deadlines={row.campaign.id: next_deadline(row.campaign) for row in found.rows},
        deadline=lambda due_at: deadline(due_at, now),
        view=view,
        views=words.VIEWS,
        counts=numbers,
        query=text,
        after=frame.cursor(),
        search_action=url_for("admin_presales.index"),
    )
    return frame.unless_unchanged(response)


def _view(name: str, text: str, *, has_decisions: bool) -> View:
    """What must be decided is shown first to whoever asks for nothing else."""
    if name in set(View):
        return View(name)
    if text:
        return View.ALL
    return View.TO_DECIDE if has_decisions else View.RUNNING
