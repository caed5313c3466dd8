"""Another variant offered for one that came too few, with the buyers' consent.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('substitution',
    sa.Column('id', BIG, nullable=False),
    sa.Column('campaign_id', BIG, nullable=False),
    sa.Column('sku_id', BIG, nullable=False),
    sa.Column('instead_id', BIG, nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('sku_id <> instead_id', name=op.f('ck_substitution_another_one')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_substitution_campaign_id')),
    sa.ForeignKeyConstraint(['instead_id'], ['campaign_sku.id'], name=op.f('fk_substitution_instead_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_substitution_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substitution'))
    )
    with op.batch_alter_table('substitution', schema=None) as batch_op:
        batch_op.create_index('ix_substitution_campaign', ['campaign_id', 'answer_until'], unique=False)

    op.create_table('substitution_answer',
    sa.Column('substitution_id', BIG, nullable=False),
    sa.Column('participation_id', BIG, nullable=False),
    sa.Column('is_accepted', sa.Boolean(), nullable=False),
    sa.Column('units', BIG, nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('units >= 0', name=op.f('ck_substitution_answer_units_not_negative')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_substitution_answer_participation_id')),
    sa.ForeignKeyConstraint(['substitution_id'], ['substitution.id'], name=op.f('fk_substitution_answer_substitution_id')),
    sa.PrimaryKeyConstraint('substitution_id', 'participation_id', name=op.f('pk_substitution_answer'))
    )


def downgrade() -> None:
    op.drop_table('substitution_answer')
    with op.batch_alter_table('substitution', schema=None) as batch_op:
        batch_op.drop_index('ix_substitution_campaign')
    op.drop_table('substitution')
