"""An index of products by state, out of which the counter counts them.

Revision ID: 0032
Revises: 0031
"""

from __future__ import annotations

from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_product_merchant_state', 'product', ['merchant_id', 'state', 'id'])


def downgrade() -> None:
    op.drop_index('ix_product_merchant_state', table_name='product')
