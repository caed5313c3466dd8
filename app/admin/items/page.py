"""Put the editor's page together."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from app.admin.items import words
from app.catalog.commands.products import what_is_missing
from app.catalog.errors import ChangedMeanwhile
from app.catalog.forms import ItemForm, Surroundings, filled
from app.catalog.queries.admin import ItemSheet, View, item_sheet, photos_by_hash, rows_of
from app.catalog.queries.collections import all_collections
from app.catalog.queries.price_history import price_sheets
from app.catalog.rules import (
    DRAWINGS,
    GARMENT_NAMES,
    GRADES,
    MAX_IMAGES,
    MEASUREMENT_NAMES,
    MEASUREMENTS,
    TAGS,
)
from app.platform.addresses.queries import former
from app.platform.configuration import settings
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor
from app.shop.facts import selling_terms
from app.shop.queries import locations

VOCABULARY = {
    "garments": GARMENT_NAMES,
    "drawings": DRAWINGS,
    "grades": GRADES,
    "measurements": MEASUREMENTS,
    "measurement_names": MEASUREMENT_NAMES,
    "tag_names": TAGS,
    "most_images": MAX_IMAGES,
}


def surroundings(product_id: int, form: ItemForm) -> Surroundings:
    """What the form is checked against; raises NotFound."""
    actor = current_actor()
    return Surroundings(
        sheet=item_sheet(product_id, actor),
        photos=photos_by_hash(form.photos),
        currency=settings().currency,
        location_ids=tuple(place.id for place in locations(actor)),
        collections=tuple(each.slug for each in all_collections()),
        may_count=actor.may("stock.edit"),
        tax_classes=tuple(each.key for each in selling_terms().taxes.classes),
    )


def editor_page(
    product_id: int,
    form: ItemForm | None = None,
    *,
    failure: DomainError | None = None,
    status: int | None = None,
    events: dict[str, object] | None = None,
    refused: Sequence[tuple[str, str]] = (),
) -> Response:
    """The editor with what was typed, or as the item is; raises NotFound."""
    actor = current_actor()
    sheet = item_sheet(product_id, actor)
    places = locations(actor)
    current = filled(sheet, settings().currency, tuple(place.id for place in places))
    form = form or current
    refresh_stock(form, current)
    if isinstance(failure, ChangedMeanwhile):
        # Both are on the page now: saving again is made on what is shown there.
        form.typed["version"] = current.typed["version"]
    row = rows_of([product_id])[0]
    return page(
        "admin/item.html",
        fragment="form",
        partials={"#item-bar": "admin/_item_bar.html"},
        events=events,
        status=status or (failure.status if failure else 200),
        sheet=sheet,
        held={str(each.id): each.stock for each in sheet.variants},
        before={str(key): each for key, each in price_sheets(product_id, actor).items()},
        row=row,
        languages=words.LANGUAGES,
        state=words.STATES[row.view],
        is_archived=row.view is View.ARCHIVED,
        form=form,
        failure=failure,
        refused=[*form.refused_files, *refused],
        summary=_summary(form),
        has_wrong_words=any(name.startswith("alt-") for name in form.errors),
        missing=missing_lines(sheet),
        differences=words.differences(form, current)
        if isinstance(failure, ChangedMeanwhile)
        else (),
        photos=photos_by_hash(form.photos),
        places=places,
        collections=all_collections(),
        former=former("product", product_id),
        countries=words.countries(),
        tax_options=words.tax_options(selling_terms().taxes.classes),
        may_edit=actor.may("catalog.edit"),
        may_count=actor.may("stock.edit"),
        currency=settings().currency,
        known=VOCABULARY,
    )


def refresh_stock(form: ItemForm, current: ItemForm) -> None:
    """A figure that was left alone shows what is on hand now, so that nothing is counted unseen."""
    if form is current:
        return
    now = {current.typed[f"v-{row}-id"]: row for row in current.variants}
    for row in form.variants:
        other = now.get(form.typed.get(f"v-{row}-id", ""))
        prefix = f"v-{other}-was-"
        for name in [each for each in current.typed if other and each.startswith(prefix)]:
            place = name.removeprefix(prefix)
            at, was = f"v-{row}-at-{place}", f"v-{row}-was-{place}"
            if form.typed.get(at, "") == form.typed.get(was, ""):
                form.typed[at] = form.typed[was] = current.typed[name]


def missing_lines(sheet: ItemSheet) -> list[tuple[str, str]]:
    """(where to put it right, what is missing) before the item as it is saved can go on sale."""
    missing = what_is_missing(sheet.product)
    if "measurements" in missing:
        missing["measurements"] = _unmeasured(sheet)
    return [(words.ANCHORS.get(field, field), text) for field, text in missing.items()]


def _unmeasured(sheet: ItemSheet) -> str:
    known = sheet.draft.piece.measurements if sheet.draft.piece else {}
    names = [
        str(MEASUREMENT_NAMES[key])
        for key in MEASUREMENTS.get(sheet.product.garment, ())
        if key not in known
    ]
    return _("Measurements: %(names)s.", names=_(", ").join(names))


def _summary(form: ItemForm) -> list[tuple[str, str]]:
    return [(words.ANCHORS.get(field, field), text) for field, text in form.errors.items()]
