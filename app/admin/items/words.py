"""What the parts of an item are called on the counter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from app.catalog.forms import ItemForm
from app.catalog.queries.admin import View
from app.catalog.rules import MEASUREMENT_NAMES
from app.platform.i18n import LazyText, current_locale, lazy_gettext, pick
from app.platform.i18n import gettext as _
from app.shop.taxes import TaxClass

STATES: Mapping[View, tuple[LazyText, str]] = {
    View.LIVE: (lazy_gettext("On sale"), "ok"),
    View.DRAFT: (lazy_gettext("Draft"), "neutral"),
    View.SOLD: (lazy_gettext("Sold"), "ink"),
    View.ARCHIVED: (lazy_gettext("Archived"), "neutral"),
}
VIEWS: Mapping[View, LazyText] = {
    View.ALL: lazy_gettext("All"),
    View.LIVE: lazy_gettext("On sale"),
    View.DRAFT: lazy_gettext("Drafts"),
    View.SOLD: lazy_gettext("Sold"),
    View.ARCHIVED: lazy_gettext("Archive"),
}
ANCHORS = {
    "title": "title-en",
    "images": "photos",
    "price": "variants",
    "sku": "variants",
    "faults": "faults",
    "measurements": "measurements",
    "tags": "tags",
}
"""Where on the page a rule's field is put right; a field of the form is its own anchor."""

FREQUENT_COUNTRIES = ("US", "JP", "FR", "IT", "GB", "DE", "CN", "HK")
_FIELDS: Sequence[tuple[str, LazyText]] = (
    ("title", lazy_gettext("Title")),
    ("story", lazy_gettext("Story")),
    ("material", lazy_gettext("Material")),
    ("brand", lazy_gettext("Brand")),
    ("colour", lazy_gettext("Colour")),
    ("tax_class", lazy_gettext("Tax class")),
    ("garment", lazy_gettext("Kind of thing")),
    ("grade_evidence", lazy_gettext("What the grade rests on")),
    ("grade", lazy_gettext("Grade")),
    ("era_evidence", lazy_gettext("What the year rests on")),
    ("era", lazy_gettext("Era")),
    ("year", lazy_gettext("Year")),
    ("origin_evidence", lazy_gettext("What the origin rests on")),
    ("origin", lazy_gettext("Made in")),
    ("alt", lazy_gettext("Words for a photograph")),
    ("fault", lazy_gettext("Fault")),
    ("option", lazy_gettext("Option")),
)
_VARIANT_FIELDS: Sequence[tuple[str, LazyText]] = (
    ("sku", lazy_gettext("SKU")),
    ("price", lazy_gettext("Price")),
    ("compare", lazy_gettext("Price before")),
    ("weight", lazy_gettext("Weight")),
    ("at", lazy_gettext("On hand")),
    ("o", lazy_gettext("Option")),
)
LANGUAGES = (("en", "en", "English"), ("zh", "zh-Hans", "中文"))
"""How a field's name ends, its language tag, and what that language calls itself."""


def field_name(name: str, form: ItemForm) -> str:
    """What a field of the editor is called, as in “Title · English” or “WP-S · Price”."""
    variant = re.match(r"v-(\d+)-([a-z]+)", name)
    if variant:
        sku = form.typed.get(f"v-{variant[1]}-sku", "")
        return " · ".join(filter(None, (sku, _named(variant[2], _VARIANT_FIELDS))))
    measured = re.match(r"m-[a-z]+-([a-z]+)", name)
    if measured:
        return str(MEASUREMENT_NAMES[measured[1]])
    ending = name.rpartition("-")[2]
    language = next((said for known, _tag, said in LANGUAGES if known == ending), "")
    return " · ".join(filter(None, (_named(name, _FIELDS), language)))


def differences(form: ItemForm, current: ItemForm) -> list[tuple[str, str, str]]:
    """(field, as it is now, as it was typed) for every field that differs."""
    hidden = re.compile(r"version\Z|v-\d+-(id|was-\d+)\Z|fault-\d+-photo\Z")
    garment = form.typed.get("garment", "")
    rows = []
    for name in dict.fromkeys([*current.typed, *form.typed]):
        now, typed = current.typed.get(name, ""), form.typed.get(name, "")
        other_garment = name.startswith("m-") and not name.startswith(f"m-{garment}-")
        if now != typed and not hidden.match(name) and not other_garment and _is_shown(name):
            rows.append((field_name(name, form), now, typed))
    if form.photos != current.photos:
        rows.append((_("Photographs"), str(len(current.photos)), str(len(form.photos))))
    return rows


def countries() -> list[tuple[str, str] | dict[str, object]]:
    """Options of the field “Made in”: frequent ones first, then all by name."""
    names = _countries(current_locale())
    frequent = [(code, names[code]) for code in FREQUENT_COUNTRIES]
    everything = sorted(names.items(), key=lambda pair: pair[1])
    return [
        ("", _("not known")),
        {"label": _("Frequent"), "options": frequent},
        {"label": _("All countries"), "options": everything},
    ]


@lru_cache
def _countries(language: str) -> dict[str, str]:
    territories = Locale.parse(language.replace("-", "_")).territories
    return {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}


def _named(name: str, fields: Sequence[tuple[str, LazyText]]) -> str:
    return next((str(said) for start, said in fields if name.startswith(start)), name)


def _is_shown(name: str) -> bool:
    """Fields of the form itself, not the button or the token that were sent along."""
    starts = (*(start for start, _said in _FIELDS), "v-", "m-")
    return name.startswith(starts)


def tax_options(classes: Sequence[TaxClass]) -> list[tuple[str, str]]:
    """What the tax class is chosen from; nothing where the shop has none."""
    if not classes:
        return []
    usual = _("The usual one: %(name)s", name=pick(classes[0].name))
    return [("", usual), *((each.key, pick(each.name)) for each in classes)]
