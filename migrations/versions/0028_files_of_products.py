"""Exports that a worker writes for the counter, and imports that go on where they broke off.

Revision ID: 0028
Revises: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('export_run',
    sa.Column('id', number, nullable=False),
    sa.Column('merchant_id', number, nullable=False),
    sa.Column('staff_id', number, nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('passed', number, nullable=False),
    sa.Column('expected', number, nullable=False),
    sa.Column('size', number, nullable=False),
    sa.Column('lease_token', sa.String(), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('csv', 'xlsx', 'shopify', 'woocommerce')", name=op.f('ck_export_run_kind_known')),
    sa.CheckConstraint("state IN ('waiting', 'writing', 'done', 'failed', 'cancelled')", name=op.f('ck_export_run_state_known')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_export_run_merchant_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_export_run_staff_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_run'))
    )
    with op.batch_alter_table('export_run', schema=None) as batch_op:
        batch_op.create_index('ix_export_run_asker', ['staff_id', 'id'], unique=False)
        batch_op.create_index('ix_export_run_queue', ['state', 'id'], unique=False)
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('broke_off', sa.String(), server_default='', nullable=False))
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.alter_column('broke_off', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_column('broke_off')
    op.drop_table('export_run')
