"""The measurements of a shopper's own body.

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('customer_measures',
    sa.Column('customer_id', BIG, autoincrement=False, nullable=False),
    sa.Column('sizes', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_measures_customer_id')),
    sa.PrimaryKeyConstraint('customer_id', name=op.f('pk_customer_measures'))
    )


def downgrade() -> None:
    op.drop_table('customer_measures')
