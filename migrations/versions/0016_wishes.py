"""Wish lists of accounts.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('wish',
    sa.Column('customer_id', BIG, nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('price_seen', BIG, nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_wish_customer_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_wish_product_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('customer_id', 'product_id', name=op.f('pk_wish'))
    )
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.create_index('ix_wish_product_id', ['product_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.drop_index('ix_wish_product_id')
    op.drop_table('wish')
