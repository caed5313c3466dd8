"""Addresses of pages that have moved.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('former_address',
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('target_id', BIG, nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('path', name=op.f('pk_former_address'))
    )
    with op.batch_alter_table('former_address', schema=None) as batch_op:
        batch_op.create_index('ix_former_address_target', ['kind', 'target_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('former_address', schema=None) as batch_op:
        batch_op.drop_index('ix_former_address_target')
    op.drop_table('former_address')
