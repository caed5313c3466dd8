"""Tax by class and place: in a price or added to it, snapshots of it on lines, deliveries, refunds.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('tax_class',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('is_of_delivery', sa.Boolean(), nullable=False),
    sa.Column('position', BIG, nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_tax_class'))
    )
    op.create_table('tax_rate',
    sa.Column('id', BIG, nullable=False),
    sa.Column('tax_class', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('percent', BIG, nullable=False),
    sa.Column('is_included', sa.Boolean(), nullable=False),
    sa.CheckConstraint('percent >= 0 AND percent <= 100000', name=op.f('ck_tax_rate_percent_possible')),
    sa.ForeignKeyConstraint(['tax_class'], ['tax_class.key'], name=op.f('fk_tax_rate_tax_class')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tax_rate')),
    sa.UniqueConstraint('tax_class', 'place', name=op.f('uq_tax_rate_tax_class_place'))
    )
    # Columns are added and dropped without copying a table, however many orders there are.
    op.add_column('product', sa.Column('tax_class', sa.String(), nullable=False, server_default=''))
    op.add_column('order', _amount('tax_added'))
    for table in ('order_line', 'order_delivery'):
        op.add_column(table, _amount('tax'))
        op.add_column(table, _amount('tax_percent'))
        op.add_column(
            table, sa.Column('is_tax_added', sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column('order_refund', _amount('shipping_tax'))
    op.add_column('order_refund_line', _amount('tax'))


def _amount(name: str) -> sa.Column[int]:
    return sa.Column(name, BIG, nullable=False, server_default='0')


def downgrade() -> None:
    # What was added to a price has no column of its own before: it is in the price again.
    op.execute(
        'UPDATE "order" SET goods_total = goods_total + tax_added WHERE tax_added <> 0'
    )
    op.drop_column('order_refund_line', 'tax')
    op.drop_column('order_refund', 'shipping_tax')
    for table in ('order_delivery', 'order_line'):
        for column in ('is_tax_added', 'tax_percent', 'tax'):
            op.drop_column(table, column)
    op.drop_column('order', 'tax_added')
    op.drop_column('product', 'tax_class')
    op.drop_table('tax_rate')
    op.drop_table('tax_class')
