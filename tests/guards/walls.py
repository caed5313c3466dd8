"""The last walls: constraints by which the database itself refuses what must not be."""

from __future__ import annotations

from tests.guards.guard import Dropped, Guard

TEST = "tests/faults/test_walls.py::test_the_database_itself_refuses"
WALLS = {
    "no more is held than is there": ("I1", "stock:ck_stock_held_within_on_hand"),
    "a shelf has one row": ("I1", "stock:uq_stock_variant_id_location_id"),
    "one ledger row for a transaction": (
        "I4", "ledger_entry:uq_ledger_entry_gateway_transaction_id_kind",
    ),
    "one order for a key": ("I9", "order:uq_order_idempotency_key"),
    "one due for a purpose": ("I7", "order_due:uq_order_due_order_id_purpose_subject"),
    "a line's counters add up": ("I15", "order_line:ck_order_line_counters_add_up"),
    "one row for a callback": ("I18", "inbound_event:uq_inbound_event_source_event_id"),
    "one mail for an event": ("I16", "message:uq_message_event_recipient_channel"),
    "a promotion's uses": ("I12", "promotion:ck_promotion_used_enough"),
    "a code's uses": ("I12", "promotion_code:ck_promotion_code_used_enough"),
    "one use for an order": ("I12", "promotion_use:uq_promotion_use_order_id_promotion_id"),
}  # fmt: skip
GUARDS = tuple(
    Guard(f"wall: {name}", keeps, place, Dropped(), TEST, place.partition(":")[2], "postgresql")
    for name, (keeps, place) in WALLS.items()
)
