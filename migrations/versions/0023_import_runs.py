"""Imports that a worker does for the counter.

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('import_run',
    sa.Column('id', number, nullable=False),
    sa.Column('merchant_id', number, nullable=False),
    sa.Column('location_id', number, nullable=False),
    sa.Column('staff_id', number, nullable=False),
    sa.Column('staff_name', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('system', sa.String(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('passed', number, nullable=False),
    sa.Column('expected', number, nullable=False),
    sa.Column('created', number, nullable=False),
    sa.Column('changed', number, nullable=False),
    sa.Column('unchanged', number, nullable=False),
    sa.Column('waiting', number, nullable=False),
    sa.Column('missing', number, nullable=False),
    sa.Column('lease_token', sa.String(), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'looking', 'ready', 'confirmed', 'loading', 'done', 'failed', 'cancelled')", name=op.f('ck_import_run_state_known')),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_import_run_location_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_import_run_merchant_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_import_run_staff_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run'))
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.create_index('ix_import_run_merchant', ['merchant_id', 'id'], unique=False)
        batch_op.create_index('ix_import_run_queue', ['state', 'id'], unique=False)
    op.create_table('import_line',
    sa.Column('id', number, nullable=False),
    sa.Column('run_id', number, nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('row', number, nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('message', sa.String(), nullable=False),
    sa.Column('product_id', number, nullable=True),
    sa.CheckConstraint("kind IN ('refused', 'mended', 'changed', 'missing')", name=op.f('ck_import_line_kind_known')),
    sa.ForeignKeyConstraint(['run_id'], ['import_run.id'], name=op.f('fk_import_line_run_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_line'))
    )
    with op.batch_alter_table('import_line', schema=None) as batch_op:
        batch_op.create_index('ix_import_line_run', ['run_id', 'kind', 'id'], unique=False)


def downgrade() -> None:
    op.drop_table('import_line')
    op.drop_table('import_run')
