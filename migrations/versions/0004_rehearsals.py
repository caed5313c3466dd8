"""Rehearsals of campaigns.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('campaign_rehearsal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('percent', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('word', sa.String(), nullable=False),
    sa.Column('problem', sa.JSON(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("outcome IN ('met', 'default', 'extend', 'run', 'refund', 'ask')", name=op.f('ck_campaign_rehearsal_outcome_known')),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_campaign_rehearsal_state_known')),
    sa.CheckConstraint('percent >= 0 AND percent <= 100', name=op.f('ck_campaign_rehearsal_percent_is_one')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_rehearsal_campaign_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_campaign_rehearsal_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_rehearsal'))
    )
    with op.batch_alter_table('campaign_rehearsal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_rehearsal_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index('ix_campaign_rehearsal_queue', ['state', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('campaign_rehearsal', schema=None) as batch_op:
        batch_op.drop_index('ix_campaign_rehearsal_queue')
        batch_op.drop_index(batch_op.f('ix_campaign_rehearsal_campaign_id'))
    op.drop_table('campaign_rehearsal')
