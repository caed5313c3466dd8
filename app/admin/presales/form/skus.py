"""The rows of what is sold: what holds for all of them stands above, a row says what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.admin.presales.form.reading import CampaignFields
from app.catalog.forms import amount_typed
from app.presale.drafts import SkuDraft

AMOUNTS = ("price", "deposit", "counts", "later")
NUMBERS = ("cap", "pack")
SHARED = (*AMOUNTS, *NUMBERS)
MOST_UNITS = 100_000
MOST_IN_A_PACK = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One variant as far as it could be read; `key` names its fields."""

    key: str
    variant_id: int
    values: Mapping[str, int | None]

    def draft(self, *, has_deposit: bool) -> SkuDraft:
        """What is sold; without deposits whatever was typed about them is left out."""
        values = self.values
        return SkuDraft(
            variant_id=self.variant_id,
            price=values["price"] or 0,
            cap=values["cap"],
            deposit=values["deposit"] if has_deposit else None,
            counts_for=values["counts"] if has_deposit else None,
            counts_for_later=values["later"] if has_deposit else None,
            pack_size=values["pack"] or 1,
        )


def read(fields: CampaignFields, keys: Sequence[str]) -> tuple[Row, ...]:
    """The rows that name a variant."""
    shared = {name: _value(fields, name, name) for name in SHARED}
    rows = []
    for key in keys:
        variant_id = fields.number(f"s-{key}-variant", least=1, most=2**53)
        if variant_id is None:
            continue
        own = {name: _value(fields, f"s-{key}-{name}", name) for name in SHARED}
        values = {name: shared[name] if own[name] is None else own[name] for name in SHARED}
        rows.append(Row(key, variant_id, values))
    return tuple(rows)


def typed(skus: Sequence[SkuDraft], currency: str) -> tuple[dict[str, str], list[str]]:
    """Fields and row keys of what is sold already: what most rows share stands above them."""
    values = [_texts(sku, currency) for sku in skus]
    shared = {name: _common([each[name] for each in values]) for name in SHARED}
    texts = dict(shared)
    for index, (sku, each) in enumerate(zip(skus, values, strict=True)):
        texts[f"s-{index}-variant"] = str(sku.variant_id)
        for name in SHARED:
            texts[f"s-{index}-{name}"] = "" if each[name] == shared[name] else each[name]
    return texts, [str(index) for index in range(len(skus))]


def field_of(row: Row | None, name: str, texts: Mapping[str, str]) -> str:
    """Where a row's value was typed: its own field, or the one above all rows."""
    own = f"s-{row.key}-{name}" if row else ""
    return own if own and texts.get(own) else name


def written(minor: int | None, currency: str) -> str:
    return "" if minor is None else amount_typed(minor, currency)


def _texts(sku: SkuDraft, currency: str) -> dict[str, str]:
    counts, later = sku.counts_for or sku.deposit, sku.counts_for_later or sku.counts_for
    return {
        "price": written(sku.price, currency),
        "deposit": written(sku.deposit, currency),
        "counts": written(counts, currency) if counts != sku.deposit else "",
        "later": written(later, currency) if later and later != counts else "",
        "cap": "" if sku.cap is None else str(sku.cap),
        "pack": "" if sku.pack_size == 1 else str(sku.pack_size),
    }


def _common(texts: Sequence[str]) -> str:
    """What most rows say, and nothing as soon as one of them says nothing."""
    if not texts or not all(texts):
        return ""
    return Counter(texts).most_common(1)[0][0]


def _value(fields: CampaignFields, field: str, name: str) -> int | None:
    if name in AMOUNTS:
        return fields.minor(field)
    most = MOST_UNITS if name == "cap" else MOST_IN_A_PACK
    return fields.number(field, least=1, most=most)
