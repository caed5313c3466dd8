"""A goal of a group's link that opens a code for everybody on it; codes that are closed until then.

Revision ID: 0025
Revises: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.add_column(
        'promotion_code',
        sa.Column('is_closed', sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table('reach_goal',
    sa.Column('link_id', BIG, nullable=False),
    sa.Column('code_id', BIG, nullable=False),
    sa.Column('counts', sa.String(), nullable=False),
    sa.Column('target', BIG, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("counts IN ('visitors', 'joins')", name=op.f('ck_reach_goal_counts_known')),
    sa.CheckConstraint('target >= 2', name=op.f('ck_reach_goal_more_than_one_person')),
    sa.ForeignKeyConstraint(['code_id'], ['promotion_code.id'], name=op.f('fk_reach_goal_code_id')),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_reach_goal_link_id')),
    sa.PrimaryKeyConstraint('link_id', name=op.f('pk_reach_goal')),
    sa.UniqueConstraint('code_id', name=op.f('uq_reach_goal_code_id'))
    )


def downgrade() -> None:
    op.drop_table('reach_goal')
    # A code that opened nothing yet must not open its promotion.
    op.execute('DELETE FROM promotion_code WHERE is_closed')
    op.drop_column('promotion_code', 'is_closed')
