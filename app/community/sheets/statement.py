"""What a leader earned in a month, order by order."""

from __future__ import annotations

from collections.abc import Iterable

from app.community.sheets.rows import Occasion, StatementRow
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.sheets.table import Block, Column, Kind, Place, Row, Sheet, in_sections


def statement_sheet(rows: Iterable[StatementRow], occasion: Occasion) -> Sheet:
    """A section for each campaign; commission is summed apart by whether a return can change it."""
    arranged = sorted(rows, key=lambda row: (row.campaign, row.at, row.number))
    return Sheet(
        title=_("Monthly statement"),
        facts=((_("Month"), occasion.subject), *occasion.facts),
        columns=_columns(),
        sections=in_sections((row.campaign, Block((_row(row),))) for row in arranged),
        currency=occasion.currency,
        printed_at=occasion.printed_at,
        zone=occasion.zone,
        remarks=(_("Pending commission is confirmed when the time for returns is over."),),
    )


def _columns() -> tuple[Column, ...]:
    def amount(title: str, *, is_strong: bool = False) -> Column:
        return Column(title, Kind.MONEY, is_summed=True, is_strong=is_strong)

    return (
        Column(_("When"), Kind.INSTANT),
        Column(_("Campaign"), place=Place.FILE),
        Column(_("Group")),
        Column("№", Kind.COUNT, is_strong=True),
        Column(_("Buyer")),
        amount(_("Paid")),
        amount(_("Refunded")),
        amount(_("Confirmed commission"), is_strong=True),
        amount(_("Pending commission")),
        Column(_("Agreed")),
        Column(_("State")),
    )


def _row(row: StatementRow) -> Row:
    nothing = Money.zero(row.commission.currency)
    confirmed, pending = (
        (row.commission, nothing) if row.is_confirmed else (nothing, row.commission)
    )
    return Row(
        (
            row.at,
            row.campaign,
            row.group,
            row.number,
            row.buyer,
            row.paid,
            row.refunded,
            confirmed,
            pending,
            row.terms,
            row.state,
        )
    )
