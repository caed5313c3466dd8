"""A word for each part of the content, so that kept pages know when they are old.

Revision ID: 0031
Revises: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('content_stamp',
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('stamp', BIG, nullable=False),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_content_stamp'))
    )


def downgrade() -> None:
    op.drop_table('content_stamp')
