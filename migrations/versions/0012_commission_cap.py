"""The most that one order earns its leader.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
TABLES = ('campaign', 'share_link')


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('commission_cap', BIG, nullable=True))
            batch_op.create_check_constraint(
                'commission_cap_positive', 'commission_cap IS NULL OR commission_cap > 0'
            )


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_commission_cap_positive'), type_='check')
            batch_op.drop_column('commission_cap')
