"""Photographs of reviews.

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('review_photo',
    sa.Column('id', number, nullable=False),
    sa.Column('line_id', number, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('alt', sa.String(), nullable=False),
    sa.Column('width', number, nullable=False),
    sa.Column('height', number, nullable=False),
    sa.Column('dominant', sa.String(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['order_line.id'], name=op.f('fk_review_photo_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_photo')),
    sa.UniqueConstraint('line_id', 'sha256', name=op.f('uq_review_photo_line_id_sha256')),
    sa.UniqueConstraint('name', name=op.f('uq_review_photo_name'))
    )


def downgrade() -> None:
    op.drop_table('review_photo')
