"""Words of the search: synonyms, what is offered first, what was not found.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('search_synonym',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_synonym'))
    )
    op.create_table('search_hot_word',
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('word', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_search_hot_word'))
    )
    op.create_table('search_miss',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_miss')),
    sa.UniqueConstraint('text', name=op.f('uq_search_miss_text'))
    )
    with op.batch_alter_table('search_miss', schema=None) as batch_op:
        batch_op.create_index('ix_search_miss_last_at', ['last_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('search_miss', schema=None) as batch_op:
        batch_op.drop_index('ix_search_miss_last_at')
    op.drop_table('search_miss')
    op.drop_table('search_hot_word')
    op.drop_table('search_synonym')
