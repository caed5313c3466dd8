"""Addresses that want to be told when something can be had.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INDEXES = {
    'ix_stock_alert_email': ['email', 'asked_at'],
    'ix_stock_alert_like': ['garment', 'told_at'],
    'ix_stock_alert_waiting': ['told_at', 'confirmed_at', 'id'],
    'ix_stock_alert_product_id': ['product_id'],
    'ix_stock_alert_customer_id': ['customer_id'],
}


def upgrade() -> None:
    op.create_table('stock_alert',
    sa.Column('id', BIG, nullable=False),
    sa.Column('variant_id', BIG, nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('customer_id', BIG, nullable=True),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('garment', sa.String(), nullable=False),
    sa.Column('era', sa.String(), nullable=False),
    sa.Column('measured', BIG, nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found_id', BIG, nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_stock_alert_customer_id')),
    sa.ForeignKeyConstraint(['found_id'], ['product.id'], name=op.f('fk_stock_alert_found_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_stock_alert_product_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['variant_id'], ['variant.id'], name=op.f('fk_stock_alert_variant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_alert')),
    sa.UniqueConstraint('token', name=op.f('uq_stock_alert_token')),
    sa.UniqueConstraint('variant_id', 'email', name=op.f('uq_stock_alert_variant_id_email'))
    )
    with op.batch_alter_table('stock_alert', schema=None) as batch_op:
        for name, columns in INDEXES.items():
            batch_op.create_index(name, columns, unique=False)


def downgrade() -> None:
    with op.batch_alter_table('stock_alert', schema=None) as batch_op:
        for name in INDEXES:
            batch_op.drop_index(name)
    op.drop_table('stock_alert')
