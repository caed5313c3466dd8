"""What each variant was sold at, and the lowest price of the 30 days before the one of now.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('price_change',
    sa.Column('id', BIG, nullable=False),
    sa.Column('variant_id', BIG, nullable=False),
    sa.Column('price', BIG, nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('price IS NULL OR price >= 0', name=op.f('ck_price_change_price_not_negative')),
    sa.ForeignKeyConstraint(['variant_id'], ['variant.id'], name=op.f('fk_price_change_variant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_change'))
    )
    with op.batch_alter_table('price_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_price_change_variant_id'), ['variant_id'], unique=False)

    op.add_column('variant', sa.Column('lowest_before', BIG, nullable=True))

    # A product's last change is the latest that its price can have changed: since then it is sure.
    op.execute(
        'INSERT INTO price_change (variant_id, price, at) '
        'SELECT variant.id, variant.price, product.changed_at FROM variant '
        'JOIN product ON product.id = variant.product_id '
        "WHERE product.state = 'live' AND NOT variant.retired ORDER BY variant.id"
    )
    _refuse_changes('price_change')


def _refuse_changes(table: str) -> None:
    if op.get_context().dialect.name != 'sqlite':
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ('UPDATE', 'DELETE'):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    op.drop_column('variant', 'lowest_before')
    op.drop_table('price_change')
