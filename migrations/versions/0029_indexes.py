"""Indexes for a shop of a hundred thousand orders (docs/indexes.md says what each is for).

Revision ID: 0029
Revises: 0028
"""

from __future__ import annotations

from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

MADE = (
    ('ix_ledger_entry_booked_at', 'ledger_entry', ['booked_at']),
    ('ix_message_state', 'message', ['state', 'id']),
    ('ix_order_line_number', 'order_line', ['number']),
    ('ix_order_line_order_merchant', 'order_line', ['order_id', 'merchant_id']),
    ('ix_order_name', 'order', ['name', 'id']),
    ('ix_order_paid_at', 'order', ['paid_at']),
    ('ix_parcel_tracking_number', 'parcel', ['tracking_number']),
    ('ix_payment_state', 'payment', ['state', 'created_at']),
    ('ix_product_merchant_number', 'product', ['merchant_id', 'number']),
)
DROPPED = (
    ('ix_order_line_order_id', 'order_line', ['order_id']),
    ('ix_product_merchant_id', 'product', ['merchant_id']),
)
"""What begins a wider index serves as that does."""


def upgrade() -> None:
    for name, table, columns in MADE:
        op.create_index(name, table, columns)
    for name, table, _columns in DROPPED:
        op.drop_index(name, table)


def downgrade() -> None:
    for name, table, columns in DROPPED:
        op.create_index(name, table, columns)
    for name, table, _columns in MADE:
        op.drop_index(name, table)
