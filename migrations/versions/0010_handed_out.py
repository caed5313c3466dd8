"""Ticks on a leader's sheet: who has been handed their goods.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('handed_out',
    sa.Column('participation_id', BIG, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_handed_out_participation_id')),
    sa.PrimaryKeyConstraint('participation_id', name=op.f('pk_handed_out'))
    )


def downgrade() -> None:
    op.drop_table('handed_out')
