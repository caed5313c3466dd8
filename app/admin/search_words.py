"""Words of the search: what means the same, what is offered first, what was not found."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.search import queries
from app.search.commands import misses, words
from app.search.rules import LONGEST_WORD, MOST_HOT_WORDS, MOST_WORDS, words_typed

bp = Blueprint("admin_search_words", __name__, url_prefix="/admin/search-words")
LONGEST_LIST = LONGEST_WORD * (MOST_WORDS + 2)
GROUP = "/synonyms/<row:group_id>"


@bp.get("")
@requires("search.view")
def index() -> Response:
    return _overview()


@bp.get("/synonyms/new")
@requires("search.edit")
def new() -> Response:
    """`?word=` is what somebody searched for and did not find."""
    return _form(None, frame.asked("word"))


@bp.post("/synonyms")
@requires("search.edit")
def create() -> BaseResponse:
    typed = frame.typed("words", LONGEST_LIST)
    try:
        words.add_synonyms(words_typed(typed), actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _form(None, typed, failure.errors)
    return frame.done(url_for("admin_search_words.index"), _("These words now find the same."))


@bp.get(GROUP)
@requires("search.view")
def show(group_id: int) -> Response:
    row = queries.synonym_row(group_id)
    return _form(row, ", ".join(row.words))


@bp.post(GROUP)
@requires("search.edit")
def update(group_id: int) -> BaseResponse:
    row = queries.synonym_row(group_id)
    typed = frame.typed("words", LONGEST_LIST)
    try:
        words.change_synonyms(group_id, words_typed(typed), actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _form(row, typed, failure.errors)
    return frame.done(url_for("admin_search_words.index"), _("Saved."))


@bp.post(f"{GROUP}/removal")
@requires("search.edit")
def remove(group_id: int) -> BaseResponse:
    words.remove_synonyms(group_id, actor=current_actor(), now=clock.now())
    return frame.done(
        url_for("admin_search_words.index"), _("Each of these words finds only itself again.")
    )


@bp.post("/hot")
@requires("search.edit")
def update_hot() -> BaseResponse:
    """Words that are offered before anybody types."""
    typed = frame.typed("hot", LONGEST_LIST)
    try:
        words.offer_words(words_typed(typed), actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _overview(typed, failure.errors)
    return frame.done(url_for("admin_search_words.index"), _("Saved."))


@bp.get("/misses")
@requires("search.view")
def show_misses() -> Response:
    return page(
        "admin/search_misses.html",
        fragment="table",
        found=queries.misses(offset=frame.cursor() or 0),
        kept_days=misses.KEPT.days,
    )


@bp.post("/misses/<row:miss_id>/removal")
@requires("search.edit")
def remove_miss(miss_id: int) -> BaseResponse:
    misses.forget_miss(miss_id, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_search_words.show_misses"), _("Taken off the list."))


def _overview(hot: str | None = None, errors: Mapping[str, str] | None = None) -> Response:
    return page(
        "admin/search_words.html",
        status=Invalid.status if errors else frame.OK,
        rows=queries.synonym_rows(),
        hot=", ".join(queries.hot_words()) if hot is None else hot,
        most_hot=MOST_HOT_WORDS,
        missed=queries.misses().total,
        errors=errors or {},
    )


def _form(
    row: queries.SynonymRow | None, typed: str, errors: Mapping[str, str] | None = None
) -> Response:
    return page(
        "admin/search_synonyms.html",
        status=Invalid.status if errors else frame.OK,
        row=row,
        typed=typed,
        most=MOST_WORDS,
        longest=LONGEST_LIST,
        errors=errors or {},
        came_from_miss=request.args.get("word") is not None,
    )
