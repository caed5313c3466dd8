"""Fill the editor's form from the item as it is."""

from __future__ import annotations

from collections.abc import Mapping

from app.catalog.drafts import FaultDraft, PieceDraft, VariantDraft
from app.catalog.forms.item import ItemForm, texts_typed
from app.catalog.queries.admin import ItemSheet, VariantSheet
from app.catalog.rules import MEASUREMENTS, centimetres
from app.platform.money import Money


def filled(sheet: ItemSheet, currency: str, location_ids: tuple[int, ...]) -> ItemForm:
    """The form as it is opened."""
    draft = sheet.draft
    hashes = [photo.sha256 for photo in sheet.photos]
    form = ItemForm(
        typed={
            "version": str(sheet.product.version),
            **texts_typed("title", draft.title),
            **texts_typed("story", draft.story),
            **texts_typed("material", draft.material),
            "garment": draft.garment,
            "brand": draft.brand,
            "colour": draft.colour,
            "tax_class": draft.tax_class,
        },
        photos=hashes,
        tags=list(draft.tags),
        collections=list(draft.collections or ()),
    )
    for sha256, image in zip(hashes, draft.images or (), strict=True):
        form.typed |= texts_typed(f"alt-{sha256[:16]}", image.alt)
    for place, name in enumerate(draft.option_names, start=1):
        form.typed |= _words_typed(f"option-{place}", name)
    for row, (variant, known) in enumerate(zip(draft.variants, sheet.variants, strict=True)):
        form.variants.append(str(row))
        form.typed |= _variant_typed(f"v-{row}", variant, known, currency)
        form.typed |= _stock_typed(f"v-{row}", known, location_ids)
    if draft.piece:
        _fill_piece(form, draft.piece, hashes)
    return form


def _words_typed(name: str, words: str | Mapping[str, str]) -> dict[str, str]:
    return texts_typed(name, words if isinstance(words, Mapping) else {"en": words})


def _variant_typed(
    name: str, variant: VariantDraft, known: VariantSheet, currency: str
) -> dict[str, str]:
    typed = {
        f"{name}-id": str(known.id),
        f"{name}-sku": variant.sku,
        f"{name}-price": amount_typed(variant.price, currency) if variant.price else "",
        f"{name}-compare": amount_typed(variant.compare_at, currency) if variant.compare_at else "",
        f"{name}-weight": str(variant.weight_g) if variant.weight_g else "",
    }
    for place, value in enumerate(variant.options, start=1):
        typed |= _words_typed(f"{name}-o{place}", value)
    return typed


def _stock_typed(name: str, known: VariantSheet, location_ids: tuple[int, ...]) -> dict[str, str]:
    typed: dict[str, str] = {}
    for location_id in location_ids:
        on_hand = str(known.stock.get(location_id, (0, 0))[0])
        typed |= {f"{name}-at-{location_id}": on_hand, f"{name}-was-{location_id}": on_hand}
    return typed


def amount_typed(minor: int, currency: str) -> str:
    """An amount as a person would type it: 1280, or 1280.50."""
    text = f"{Money(minor, currency).decimal():f}"
    whole, point, decimals = text.partition(".")
    return text if point and decimals.strip("0") else whole


def _fill_piece(form: ItemForm, piece: PieceDraft, hashes: list[str]) -> None:
    form.typed |= {
        "grade": piece.grade,
        "era": piece.era,
        "year": str(piece.year or ""),
        "origin": piece.origin,
        **texts_typed("grade_evidence", piece.grade_evidence),
        **texts_typed("era_evidence", piece.era_evidence),
        **texts_typed("origin_evidence", piece.origin_evidence),
    }
    # What is known of one kind of garment is offered when another kind is chosen.
    for garment, keys in MEASUREMENTS.items():
        for key in keys:
            value = piece.measurements.get(key)
            form.typed[f"m-{garment}-{key}"] = centimetres(value) if value else ""
    for row, fault in enumerate(piece.faults):
        form.faults.append(str(row))
        form.typed |= _fault_typed(f"fault-{row}", fault, hashes)


def _fault_typed(name: str, fault: FaultDraft, hashes: list[str]) -> dict[str, str]:
    return {
        **texts_typed(f"{name}-place", fault.place),
        **texts_typed(f"{name}-text", fault.description),
        f"{name}-photo": hashes[fault.image] if fault.image is not None else "",
        f"{name}-repaired": "1" if fault.repaired else "",
    }
