"""The table 快团团 exports, so that a merchant's macros go on working."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.community.sheets.columns import domestic, item_of
from app.community.sheets.keys import Key, ordered
from app.community.sheets.rows import Occasion, PackedRow
from app.platform.money import Money
from app.platform.sheets.table import Block, Cell, Column, Kind, Row, Section, Sheet

# Never translated: these words in this order are what the macros look for.
COLUMNS = (
    Column("跟团号", Kind.COUNT),
    Column("下单人"),
    Column("团员备注"),
    Column("支付时间", Kind.INSTANT),
    Column("团长备注"),
    Column("商品"),
    Column("订单金额", Kind.MONEY),
    Column("退款金额", Kind.MONEY),
    Column("订单状态"),
    Column("自提点"),
    Column("收货人"),
    Column("联系电话"),
    Column("详细地址"),
)


def kuaituantuan_sheet(rows: Iterable[PackedRow], occasion: Occasion) -> Sheet:
    """One row for each number, with nothing above the titles and no sums."""
    by_number = groupby(ordered(rows, (Key.NUMBER,)), key=lambda row: row.number)
    orders = (_row(tuple(together), occasion.currency) for _number, together in by_number)
    return Sheet(
        title="订单",
        facts=(("活动", occasion.subject), *occasion.facts),
        columns=COLUMNS,
        sections=(Section("", tuple(Block((order,)) for order in orders)),),
        currency=occasion.currency,
        printed_at=occasion.printed_at,
        zone=occasion.zone,
    )


def _row(together: Sequence[PackedRow], currency: str) -> Row:
    first = together[0]
    cells: tuple[Cell, ...] = (
        first.number,
        first.buyer or first.name,
        _each_once("\n", (row.buyer_note for row in together)),
        min((row.paid_at for row in together if row.paid_at), default=None),
        _each_once("\n", (row.visible_note for row in together)),
        "；".join(f"{item_of(row)}×{row.ordered}" for row in together),
        Money.total((row.amount for row in together), currency),
        Money.total((row.refunded for row in together), currency),
        _each_once("、", (row.state for row in together)),
        _each_once("、", (row.point for row in together)),
        first.name,
        domestic(first.phone),
        first.address or " ".join(filter(None, (first.building, first.room))),
    )
    return Row(cells, is_struck=all(row.is_cancelled for row in together))


def _each_once(between: str, texts: Iterable[str]) -> str:
    return between.join(dict.fromkeys(text for text in texts if text))
