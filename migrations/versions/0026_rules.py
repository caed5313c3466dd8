"""Collections that gather by a rule, and what they have gathered.

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('gathered_product',
    sa.Column('collection_id', BIG, nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_gathered_product_collection_id')),
    sa.ForeignKeyConstraint(['product_id'], ['listed_product.product_id'], name=op.f('fk_gathered_product_product_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('collection_id', 'product_id', name=op.f('pk_gathered_product'))
    )
    with op.batch_alter_table('gathered_product', schema=None) as batch_op:
        batch_op.create_index('ix_gathered_product_product_id', ['product_id'], unique=False)
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rule', sa.JSON(), nullable=False, server_default='{}'))


def downgrade() -> None:
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.drop_column('rule')
    op.drop_table('gathered_product')
