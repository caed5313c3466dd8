"""The list as it stands, written back as chat text."""

from __future__ import annotations

from flask import Response

from app.admin.groups.blueprint import bp
from app.admin.groups.lists.entries import asked_language, occasion_of
from app.community.list_words import current_list
from app.community.queries import links as queries
from app.community.queries.lists import entries, people
from app.platform.web import page
from app.platform.web.actor import current_actor, requires


@bp.get("/g/<code>/list/text")
@requires("groups.view")
def show_list_text(code: str) -> Response:
    """`?text=` is the language it is written in."""
    shared = queries.link(code, current_actor())
    occasion = occasion_of(shared, asked_language())
    return page(
        "admin/groups/lists/text.html",
        link=shared,
        language=occasion.language,
        text=current_list(occasion, people(shared.id), entries(shared.id)),
    )
