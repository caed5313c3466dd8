"""Collections: their words in both languages, their order, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.items.words import LANGUAGES, STATES
from app.catalog.commands import collections
from app.catalog.commands.collections import Words
from app.catalog.forms.item import texts_typed
from app.catalog.forms.reading import Fields, cleaned
from app.catalog.queries.admin import rows_of
from app.catalog.queries.collections import (
    CollectionRow,
    collection,
    counted_collections,
    members,
)
from app.catalog.queries.listing.rules import gathered_count
from app.catalog.queries.pages import COLLECTION
from app.catalog.rules import FACET_NAMES, MOST_LEADING
from app.platform import clock
from app.platform.addresses.queries import former
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_collections", __name__, url_prefix="/admin")

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SLUG = 80, 1000, 60
STEPS = {"up": -1, "down": 1}
SLUG = "/collections/<slug>"


@bp.get("/collections")
@requires("catalog.view")
def index() -> Response:
    actor = current_actor()
    return page(
        "admin/collections.html",
        rows=counted_collections(actor),
        may_arrange=collections.may_arrange(actor),
    )


@bp.get("/collections/new")
@requires("catalog.edit")
def new() -> Response:
    return _form(None, {"listed": "1"}, {})


@bp.post("/collections")
@requires("catalog.edit")
def create() -> BaseResponse:
    typed, words, errors = _read()
    if words is None:
        return _form(None, typed, errors, status=Invalid.status)
    try:
        slug = collections.create(
            words, typed.get("slug", ""), actor=current_actor(), now=clock.now()
        )
    except Invalid as failure:
        return _form(None, typed, failure.errors, status=failure.status)
    return frame.done(url_for("admin_collections.show", slug=slug), _("Saved."))


@bp.get(SLUG)
@requires("catalog.view")
def show(slug: str) -> Response:
    row = collection(slug)
    return _form(row, _typed(row), {})


@bp.post(SLUG)
@requires("catalog.edit")
def update(slug: str) -> BaseResponse:
    row = collection(slug)
    typed, words, errors = _read()
    if words is None:
        return _form(row, typed, errors, status=Invalid.status)
    collections.change(slug, words, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_collections.show", slug=slug), _("Saved."))


@bp.post(f"{SLUG}/address")
@requires("catalog.edit")
def update_address(slug: str) -> BaseResponse:
    """Another address; whoever has the old one is led to it."""
    row = collection(slug)
    typed = cleaned(request.form.get("slug", ""))[:LONGEST_SLUG]
    try:
        after = collections.readdress(slug, typed, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _form(row, _typed(row) | {"slug": typed}, failure.errors, status=failure.status)
    return frame.done(url_for("admin_collections.show", slug=after), _("The address is changed."))


@bp.post(f"{SLUG}/position")
@requires("catalog.edit")
def update_position(slug: str) -> BaseResponse:
    """`step` is up or down."""
    step = STEPS.get(request.form.get("step", ""), 0)
    collections.move(slug, step, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_collections.index"), _("The order is changed."))


@bp.post(f"{SLUG}/members")
@requires("catalog.edit")
def add_member(slug: str) -> BaseResponse:
    """By the number on its label, with or without №."""
    row = collection(slug)
    text = cleaned(request.form.get("number", "")).lstrip("№# ")
    fields = Fields({"number": text})
    hint = _("A number such as 0427.")
    number = fields.whole("number", most=999_999_999, hint=hint)
    if number is None:
        fields.errors.setdefault("number", hint)
        return _form(row, _typed(row) | {"number": text}, fields.errors, status=Invalid.status)
    try:
        collections.add(slug, number, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _form(row, _typed(row) | {"number": text}, failure.errors, status=failure.status)
    return frame.done(url_for("admin_collections.show", slug=slug), _("It is in the collection."))


@bp.post(f"{SLUG}/members/<row:product_id>/removal")
@requires("catalog.edit")
def remove_member(slug: str, product_id: int) -> BaseResponse:
    collections.remove(slug, product_id, actor=current_actor(), now=clock.now())
    return frame.done(
        url_for("admin_collections.show", slug=slug), _("It is taken out of the collection.")
    )


def _read() -> tuple[dict[str, str], Words | None, dict[str, str]]:
    """What was typed, the words it comes to, and what is wrong by field."""
    typed = {name: cleaned(text) for name, text in request.form.items()}
    fields = Fields(typed)
    title = fields.by_language("title", LONGEST_TITLE)
    description = fields.by_language("description", LONGEST_DESCRIPTION, lines=True)
    if not title:
        fields.errors["title-en"] = _("A title in at least one language.")
    if fields.errors:
        return typed, None, fields.errors
    return typed, Words(title, description, typed.get("listed") == "1", _leading(typed)), {}


def _leading(typed: Mapping[str, str]) -> tuple[str, ...]:
    """The filters chosen to lead, each once; a name that is none leads nothing."""
    chosen = (typed.get(f"leading-{place}", "") for place in range(1, MOST_LEADING + 1))
    return tuple(dict.fromkeys(facet for facet in chosen if facet in FACET_NAMES))


def _typed(row: CollectionRow) -> dict[str, str]:
    return {
        **texts_typed("title", row.titles),
        **texts_typed("description", row.descriptions),
        "listed": "1" if row.listed else "",
        "slug": row.slug,
        **{f"leading-{place}": facet for place, facet in enumerate(row.leading, start=1)},
    }


def _form(
    row: CollectionRow | None, typed: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200,
) -> Response:  # fmt: skip
    actor = current_actor()
    return page(
        "admin/collections_form.html",
        status=status,
        collection=row,
        typed=typed,
        errors=errors,
        rows=rows_of(members(row.id, actor)) if row else (),
        states=STATES,
        gathered=gathered_count(row.id) if row else 0,
        former=former(COLLECTION, row.id) if row else (),
        languages=LANGUAGES,
        facets=[("", _("as usual")), *((key, str(name)) for key, name in FACET_NAMES.items())],
        most_leading=MOST_LEADING,
        may_arrange=collections.may_arrange(actor),
    )
