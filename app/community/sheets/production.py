"""How far the goods of a campaign have come, SKU by SKU."""

from __future__ import annotations

from collections.abc import Iterable

from app.community.sheets.rows import Occasion, ProducedRow
from app.platform.i18n import gettext as _
from app.platform.sheets.table import Block, Column, Kind, Row, Section, Sheet


def production_sheet(rows: Iterable[ProducedRow], occasion: Occasion) -> Sheet:
    """The four counts of each SKU, what is still missing and what still has to be packed."""

    def count(title: str, *, is_strong: bool = False) -> Column:
        return Column(title, Kind.COUNT, is_summed=True, is_strong=is_strong)

    return Sheet(
        title=_("Production sheet"),
        facts=((_("Campaign"), occasion.subject), *occasion.facts),
        columns=(
            Column(_("SKU")),
            Column(_("Item")),
            Column(_("Options")),
            count(_("Ordered")),
            count(_("Received")),
            count(_("Passed")),
            count(_("Packed")),
            count(_("Missing"), is_strong=True),
            count(_("To pack"), is_strong=True),
        ),
        sections=(Section("", tuple(Block((_row(row),)) for row in rows)),),
        currency=occasion.currency,
        printed_at=occasion.printed_at,
        zone=occasion.zone,
        remarks=(_("Missing is what was ordered and has not passed inspection."),),
    )


def _row(row: ProducedRow) -> Row:
    counts = (row.ordered, row.received, row.passed, row.packed)
    missing, to_pack = max(row.ordered - row.passed, 0), max(row.passed - row.packed, 0)
    return Row((row.sku, row.title, row.options, *counts, missing, to_pack))
