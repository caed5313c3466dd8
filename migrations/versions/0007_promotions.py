"""Promotions, their codes and uses; the code entered for a bag.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('promotion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('needs_code', sa.Boolean(), nullable=False),
    sa.Column('combines', sa.Boolean(), nullable=False),
    sa.Column('with_presales', sa.Boolean(), nullable=False),
    sa.Column('min_spend', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('collections', sa.JSON(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('max_uses', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('max_per_person', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('budget', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('used', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('spent', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('percent', 'fixed', 'free_shipping', 'spend_and_save', 'buy_and_get')", name=op.f('ck_promotion_kind_known')),
    sa.CheckConstraint('ends_at IS NULL OR ends_at > starts_at', name=op.f('ck_promotion_window_forward')),
    sa.CheckConstraint('max_per_person IS NULL OR max_per_person > 0', name=op.f('ck_promotion_person_positive')),
    sa.CheckConstraint('min_spend >= 0', name=op.f('ck_promotion_min_spend_not_negative')),
    sa.CheckConstraint('spent >= 0 AND (budget IS NULL OR spent <= budget)', name=op.f('ck_promotion_spent_enough')),
    sa.CheckConstraint('used >= 0 AND (max_uses IS NULL OR used <= max_uses)', name=op.f('ck_promotion_used_enough')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_promotion_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion'))
    )
    with op.batch_alter_table('promotion', schema=None) as batch_op:
        batch_op.create_index('ix_promotion_merchant_stopped', ['merchant_id', 'stopped_at'], unique=False)

    op.create_table('promotion_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('promotion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('max_uses', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('used', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('used >= 0 AND (max_uses IS NULL OR used <= max_uses)', name=op.f('ck_promotion_code_used_enough')),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], name=op.f('fk_promotion_code_promotion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion_code')),
    sa.UniqueConstraint('code', name=op.f('uq_promotion_code_code'))
    )
    with op.batch_alter_table('promotion_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promotion_code_promotion_id'), ['promotion_id'], unique=False)

    op.create_table('promotion_use',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('promotion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email_digest', sa.String(), nullable=False),
    sa.Column('phone_digest', sa.String(), nullable=False),
    sa.Column('beyond_limit', sa.Boolean(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_promotion_use_amount_not_negative')),
    sa.ForeignKeyConstraint(['code_id'], ['promotion_code.id'], name=op.f('fk_promotion_use_code_id')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_promotion_use_order_id')),
    sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id'], name=op.f('fk_promotion_use_promotion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion_use')),
    sa.UniqueConstraint('order_id', 'promotion_id', name=op.f('uq_promotion_use_order_id_promotion_id'))
    )
    with op.batch_alter_table('promotion_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promotion_use_code_id'), ['code_id'], unique=False)
        batch_op.create_index('ix_promotion_use_email', ['promotion_id', 'email_digest'], unique=False)
        batch_op.create_index('ix_promotion_use_phone', ['promotion_id', 'phone_digest'], unique=False)

    with op.batch_alter_table('bag', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(), nullable=False, server_default=''))



def downgrade() -> None:
    with op.batch_alter_table('bag', schema=None) as batch_op:
        batch_op.drop_column('code')

    with op.batch_alter_table('promotion_use', schema=None) as batch_op:
        batch_op.drop_index('ix_promotion_use_phone')
        batch_op.drop_index('ix_promotion_use_email')
        batch_op.drop_index(batch_op.f('ix_promotion_use_code_id'))

    op.drop_table('promotion_use')
    with op.batch_alter_table('promotion_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_promotion_code_promotion_id'))

    op.drop_table('promotion_code')
    with op.batch_alter_table('promotion', schema=None) as batch_op:
        batch_op.drop_index('ix_promotion_merchant_stopped')

    op.drop_table('promotion')
