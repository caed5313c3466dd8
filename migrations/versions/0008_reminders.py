"""Reminders of campaigns, and what a campaign was copied from.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('campaign_reminder',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('customer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_of_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_reminder_campaign_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_campaign_reminder_customer_id')),
    sa.ForeignKeyConstraint(['told_of_id'], ['campaign.id'], name=op.f('fk_campaign_reminder_told_of_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_reminder')),
    sa.UniqueConstraint('campaign_id', 'email', name=op.f('uq_campaign_reminder_campaign_id_email')),
    sa.UniqueConstraint('token', name=op.f('uq_campaign_reminder_token'))
    )
    with op.batch_alter_table('campaign_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_reminder_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index('ix_campaign_reminder_untold', ['told_at', 'confirmed_at', 'id'], unique=False)

    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_campaign_origin_id'), ['origin_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_campaign_origin_id'), 'campaign', ['origin_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_campaign_origin_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_campaign_origin_id'))
        batch_op.drop_column('origin_id')

    with op.batch_alter_table('campaign_reminder', schema=None) as batch_op:
        batch_op.drop_index('ix_campaign_reminder_untold')
        batch_op.drop_index(batch_op.f('ix_campaign_reminder_customer_id'))
    op.drop_table('campaign_reminder')
