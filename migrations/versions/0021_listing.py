"""What lists filter, count and order by; filters a collection leads with.

Lists fill by themselves within minutes of an upgrade: `catalog.commands.relisting.mend`.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
FACETS = ('garment', 'era', 'grade', 'size', 'brand', 'colour')


def upgrade() -> None:
    op.create_table('listed_product',
    sa.Column('product_id', BIG, autoincrement=False, nullable=False),
    sa.Column('first_live_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('price', BIG, nullable=False),
    *(sa.Column(facet, sa.String(), nullable=False) for facet in FACETS),
    *(sa.Column(part, BIG, nullable=False) for part in ('chest', 'waist', 'hip', 'insole')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_listed_product_product_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_listed_product'))
    )
    with op.batch_alter_table('listed_product', schema=None) as batch_op:
        batch_op.create_index('ix_listed_product_newest', ['gone_at', 'first_live_at', 'product_id'], unique=False)
        batch_op.create_index('ix_listed_product_price', ['gone_at', 'price', 'product_id'], unique=False)
        batch_op.create_index('ix_listed_product_garment', ['garment', 'gone_at', 'first_live_at'], unique=False)
        for facet in FACETS[1:]:
            batch_op.create_index(f'ix_listed_product_{facet}', [facet, 'gone_at'], unique=False)

    op.create_table('listed_material',
    sa.Column('material', sa.String(), nullable=False),
    sa.Column('product_id', BIG, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['listed_product.product_id'], name=op.f('fk_listed_material_product_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('material', 'product_id', name=op.f('pk_listed_material'))
    )
    with op.batch_alter_table('listed_material', schema=None) as batch_op:
        batch_op.create_index('ix_listed_material_product_id', ['product_id'], unique=False)

    op.create_table('listing_stamp',
    sa.Column('shelf', BIG, autoincrement=False, nullable=False),
    sa.Column('stamp', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('shelf', name=op.f('pk_listing_stamp'))
    )
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('leading', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.drop_column('leading')
    op.drop_table('listing_stamp')
    op.drop_table('listed_material')
    op.drop_table('listed_product')
