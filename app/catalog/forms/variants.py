"""The part of the form about what is bought: SKU, price, weight, options, and the stock of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.catalog.commands.editing import Count
from app.catalog.drafts import VariantDraft
from app.catalog.forms.reading import Fields
from app.catalog.forms.surroundings import Surroundings
from app.catalog.rules import MAX_OPTIONS
from app.platform.i18n import gettext as _

OPTIONS = tuple(range(1, MAX_OPTIONS + 1))
LONGEST_SKU = 60
Words = str | Mapping[str, str]


@dataclass
class Rows:
    """What the rows of the form come to."""

    option_names: tuple[Words, ...] = ()
    drafts: tuple[VariantDraft, ...] = ()
    renamed: dict[int, str] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()


def read(fields: Fields, rows: Sequence[str], around: Surroundings) -> Rows:
    """The variants as typed; what is wrong is noted in `fields`."""
    names = [fields.in_one_or_two(f"option-{place}") for place in OPTIONS]
    used = [place for place, name in zip(OPTIONS, names, strict=True) if name]
    found = Rows(option_names=tuple(name for name in names if name))
    counts: list[Count] = []
    drafts: dict[str, VariantDraft] = {}
    for place, row in enumerate(rows, start=1):
        draft = _variant(fields, row, used, around, place)
        if draft.sku.casefold() in {sku.casefold() for sku in drafts}:
            fields.errors[f"v-{row}-sku"] = _("Another row has the same SKU.")
        drafts[draft.sku] = draft
        known = _known(fields, row, around)
        if known is not None and known[1] != draft.sku:
            found.renamed[known[0]] = draft.sku
        if around.may_count:
            counts += _counts(fields, row, draft.sku, around)
    _check_options(fields, rows, list(drafts.values()))
    _check_removed(fields, rows, around)
    found.drafts = tuple(drafts.values())
    found.counts = tuple(counts)
    return found


def _variant(
    fields: Fields, row: str, used: Sequence[int], around: Surroundings, place: int
) -> VariantDraft:
    price = fields.amount(f"v-{row}-price", around.currency) or 0
    before = fields.amount(f"v-{row}-compare", around.currency)
    if before is not None and before <= price:
        fields.errors[f"v-{row}-compare"] = _("The price before must be higher than the price.")
    values = tuple(fields.in_one_or_two(f"v-{row}-o{option}") for option in used)
    for option, value in zip(used, values, strict=True):
        if not value:
            fields.errors[f"v-{row}-o{option}-en"] = _("Which one is it?")
    return VariantDraft(
        sku=fields.line(f"v-{row}-sku", LONGEST_SKU) or _next_sku(around, place),
        price=price,
        compare_at=before,
        weight_g=fields.grams(f"v-{row}-weight"),
        options=values,
    )


def _next_sku(around: Surroundings, place: int) -> str:
    """What a row without a SKU is called: the № and the row's place."""
    number = f"{around.sheet.product.number:04d}"
    return number if place == 1 else f"{number}-{place}"


def _known(fields: Fields, row: str, around: Surroundings) -> tuple[int, str] | None:
    """The variant a row began as: (id, SKU)."""
    text = fields.text(f"v-{row}-id")
    return next(
        ((known.id, known.sku) for known in around.sheet.variants if str(known.id) == text), None
    )


def _counts(fields: Fields, row: str, sku: str, around: Surroundings) -> list[Count]:
    """Only what was typed over: a figure left alone is no count."""
    counts: list[Count] = []
    total = 0
    for location_id in around.location_ids:
        name = f"v-{row}-at-{location_id}"
        seen = fields.units(f"v-{row}-was-{location_id}") or 0
        counted = fields.units(name)
        total += seen if counted is None else counted
        if counted is not None and counted != seen:
            counts.append(Count(sku, location_id, seen, counted))
    if around.sheet.is_piece and counts and total > 1:
        name = f"v-{row}-at-{counts[0].location_id}"
        fields.errors[name] = _("A piece exists once: 1 at one place, 0 elsewhere.")
    return counts


def _check_options(fields: Fields, rows: Sequence[str], drafts: Sequence[VariantDraft]) -> None:
    """Two rows of the same options cannot be told apart by a shopper."""
    if not drafts:
        fields.errors["variants"] = _("There must be at least one row.")
    seen: list[tuple[Words, ...]] = []
    for row, draft in zip(rows, drafts, strict=False):
        if draft.options in seen and all(draft.options):
            fields.errors[f"v-{row}-o1-en"] = _("Another row has the same options.")
        if len(drafts) > 1 and not draft.options:
            fields.errors["option-1-en"] = _("Say what the rows differ in, such as Size.")
        seen.append(draft.options)


def _check_removed(fields: Fields, rows: Sequence[str], around: Surroundings) -> None:
    """A row cannot go while there are units of it: they would be nowhere."""
    stay = {fields.text(f"v-{row}-id") for row in rows}
    for known in around.sheet.variants:
        units = sum(on_hand for on_hand, _held in known.stock.values())
        if str(known.id) not in stay and units:
            fields.errors["variants"] = _(
                "%(sku)s cannot be removed: %(units)s are on hand. Count them to 0 first.",
                sku=known.sku,
                units=units,
            )
