"""Reviews of buyers, reports of readers, invitations.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INDEXES = (
    ('ix_review_product_state', 'review', ['product_id', 'state', 'written_at']),
    ('ix_review_merchant_state', 'review', ['merchant_id', 'state', 'id']),
    ('ix_review_order_id', 'review', ['order_id']),
    ('ix_review_report_review_id', 'review_report', ['review_id']),
    ('ix_review_invitation_due', 'review_invitation', ['sent_at', 'due_at']),
    ('ix_review_invitation_email', 'review_invitation', ['email']),
)


def upgrade() -> None:
    op.create_table('review',
    sa.Column('id', BIG, nullable=False),
    sa.Column('line_id', BIG, nullable=False),
    sa.Column('order_id', BIG, nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('merchant_id', BIG, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stars', BIG, nullable=False),
    sa.Column('fit', sa.String(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('reply', sa.String(), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("fit IN ('small', 'true', 'large')", name=op.f('ck_review_fit_known')),
    sa.CheckConstraint("state IN ('pending', 'published', 'rejected')", name=op.f('ck_review_state_known')),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_review_one_to_five_stars')),
    sa.ForeignKeyConstraint(['line_id'], ['order_line.id'], name=op.f('fk_review_line_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_review_merchant_id')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_review_order_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_review_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('line_id', name=op.f('uq_review_line_id'))
    )
    op.create_table('review_invitation',
    sa.Column('order_id', BIG, nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_review_invitation_order_id')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_review_invitation'))
    )
    op.create_table('review_report',
    sa.Column('id', BIG, nullable=False),
    sa.Column('review_id', BIG, nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_report_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_report'))
    )
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    for table in ('review_report', 'review_invitation', 'review'):
        op.drop_table(table)
