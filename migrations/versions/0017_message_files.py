"""Files that travel with a mail, kept until it was sent.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('message_file',
    sa.Column('id', BIG, nullable=False),
    sa.Column('message_id', BIG, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('mimetype', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_file_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message_file'))
    )
    with op.batch_alter_table('message_file') as batch_op:
        batch_op.create_index(batch_op.f('ix_message_file_message_id'), ['message_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('message_file') as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_file_message_id'))
    op.drop_table('message_file')
