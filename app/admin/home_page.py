"""The home page at the counter: its sections in their order, what they say, draft and published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.items.words import LANGUAGES
from app.catalog.forms.item import texts_typed
from app.catalog.forms.reading import Fields, cleaned
from app.catalog.queries.collections import all_collections
from app.platform import clock, numbers
from app.platform.errors import DomainError, Invalid, NotFound
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.shop import arranging, home
from app.shop.arranging import PERMISSION
from app.shop.home import BY_LANGUAGE, FIELDS, KINDS, Section

bp = Blueprint("admin_home", __name__, url_prefix="/admin")
SECTION: Final = "/home/sections/<row:place>"
"""Places are counted from 1."""
LONGEST: Final = {"title": 80, "text": 2000}
MOST_PIECES: Final = 24
_MOST_NUMBER: Final = 999_999_999
STEPS: Final = {"up": -1, "down": 1}


@bp.get("/home")
@requires(PERMISSION)
def show() -> Response:
    return _list()


@bp.post("/home")
@requires(PERMISSION)
def update() -> BaseResponse:
    """`do` is publish or undo, of the version the page was `seen` at."""
    do = request.form.get("do", "")
    if do not in {"publish", "undo"}:
        return _list(status=Invalid.status)
    verb, said = {
        "publish": (arranging.publish, _("Everybody sees it now.")),
        "undo": (arranging.undo, _("The last step is taken back.")),
    }[do]
    verb(seen=_seen(), actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_home.show"), said)


@bp.post("/home/sections")
@requires(PERMISSION)
def create() -> BaseResponse:
    """A section of a kind at the end; one that has something to say is opened."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        return _list({"kind": _("Choose one of them.")}, status=Invalid.status)
    try:
        place = arranging.add(Section(kind), seen=_seen(), actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _list(failure.errors, status=failure.status)
    if kind in FIELDS:
        return frame.done(
            url_for("admin_home.show_section", place=place + 1), _("It is at the end.")
        )
    return frame.done(url_for("admin_home.show"), _("It is at the end."))


@bp.post(f"{SECTION}/position")
@requires(PERMISSION)
def move(place: int) -> BaseResponse:
    """`step` is up, down, or away (the section is taken out)."""
    step, now = request.form.get("step", ""), clock.now()
    if step == "away":
        arranging.remove(place - 1, seen=_seen(), actor=current_actor(), now=now)
        return frame.done(url_for("admin_home.show"), _("It is taken out. Undo brings it back."))
    arranging.move(place - 1, STEPS.get(step, 0), seen=_seen(), actor=current_actor(), now=now)
    return frame.done(url_for("admin_home.show"), _("The order is changed."))


@bp.get(SECTION)
@requires(PERMISSION)
def show_section(place: int) -> Response:
    section = _section(place)
    return _form(place, section.kind, _typed(section), {})


@bp.post(SECTION)
@requires(PERMISSION)
def update_section(place: int) -> BaseResponse:
    section = _section(place)
    typed = {name: cleaned(text) for name, text in request.form.items()}
    said, errors = _read(section.kind, typed)
    if errors:
        return _form(place, section.kind, typed, errors, status=Invalid.status)
    try:
        arranging.change(
            place - 1, Section(section.kind, said), seen=_seen(), actor=current_actor(),
            now=clock.now(),
        )  # fmt: skip
    except DomainError as failure:
        refused = {"form": failure.message}
        return _form(place, section.kind, typed, refused, status=failure.status)
    return frame.done(url_for("admin_home.show"), _("Saved in the draft."))


def _seen() -> int:
    return numbers.whole(request.form.get("seen")) or 0


def _section(place: int) -> Section:
    sections = home.draft().sections
    if place > len(sections) or sections[place - 1].kind not in FIELDS:
        raise NotFound
    return sections[place - 1]


def _read(kind: str, typed: Mapping[str, str]) -> tuple[dict[str, Any], Mapping[str, str]]:
    """What the section says, and what is wrong by field."""
    fields = Fields(dict(typed))
    said: dict[str, Any] = {
        name: fields.by_language(name, LONGEST[name], lines=name == "text")
        for name in BY_LANGUAGE
        if name in FIELDS[kind]
    }
    if kind == "text" and not (said["title"] and said["text"]):
        fields.errors["title-en"] = _("A title and a text in at least one language.")
    if "slug" in FIELDS[kind]:
        said["slug"] = typed.get("slug", "")
        known = {one.slug for one in all_collections()}
        if said["slug"] not in known and (said["slug"] or kind == "collection"):
            fields.errors["slug"] = _("Choose one of them.")
    if "count" in FIELDS[kind] and typed.get("count"):
        said["count"] = fields.whole("count", most=MOST_PIECES, hint=_("A number up to 24."))
    if "number" in FIELDS[kind] and typed.get("number"):
        bare = Fields({"number": typed["number"].lstrip("№# ")})
        said["number"] = bare.whole("number", most=_MOST_NUMBER, hint=_("A number such as 0427."))
        fields.errors.update(bare.errors)
    return {name: value for name, value in said.items() if value}, fields.errors


def _typed(section: Section) -> dict[str, str]:
    said = section.said
    texts = [texts_typed(name, said.get(name) or {}) for name in BY_LANGUAGE]
    plain = {name: str(said[name]) for name in ("slug", "count", "number") if said.get(name)}
    return {**texts[0], **texts[1], **plain}


def _form(
    place: int, kind: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    return page(
        "admin/home_section.html",
        status=status,
        place=place,
        kind=kind,
        name=KINDS[kind],
        fields=FIELDS[kind],
        typed=typed,
        errors=errors,
        seen=typed.get("seen") or home.draft().id,
        languages=LANGUAGES,
        collections=[(one.slug, one.title) for one in all_collections()],
    )


def _list(errors: Mapping[str, str] | None = None, status: int = 200) -> Response:
    version, titles = home.draft(), {one.slug: one.title for one in all_collections()}
    rows = [
        {
            "name": KINDS[section.kind],
            "about": pick(section.said.get("title"))
            or titles.get(section.said.get("slug", ""), ""),
            "is_editable": section.kind in FIELDS,
        }
        for section in version.sections
    ]
    return page(
        "admin/home.html",
        status=status,
        rows=rows,
        version=version,
        has_draft=version.id != 0 and version.published_at is None,
        kinds=[("", _("Choose")), *((kind, str(name)) for kind, name in KINDS.items())],
        errors=errors or {},
    )
