"""Chat lists: entries of several items, told again when pasted once more, joined or withdrawn.

The two tables there were had no writer yet; they are made anew.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
CARRIES = ('bag_line', 'participation', 'waiting_entry')
"""Where the entry that somebody joins as is carried along."""


def upgrade() -> None:
    op.drop_table('list_entry')
    op.drop_table('chat_list')

    op.create_table('chat_list',
    sa.Column('id', BIG, nullable=False),
    sa.Column('merchant_id', BIG, nullable=False),
    sa.Column('leader_id', BIG, nullable=False),
    sa.Column('link_id', BIG, nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['leader_id'], ['staff.id'], name=op.f('fk_chat_list_leader_id')),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_chat_list_link_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_chat_list_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_list'))
    )
    _index_lists()

    op.create_table('list_entry',
    sa.Column('id', BIG, nullable=False),
    sa.Column('list_id', BIG, nullable=False),
    sa.Column('link_id', BIG, nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('said', sa.String(), nullable=False),
    sa.Column('position', BIG, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('participation_id', BIG, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_list_entry_link_id')),
    sa.ForeignKeyConstraint(['list_id'], ['chat_list.id'], name=op.f('fk_list_entry_list_id')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_list_entry_participation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_entry')),
    sa.UniqueConstraint('code', name=op.f('uq_list_entry_code')),
    sa.UniqueConstraint('link_id', 'key', name=op.f('uq_list_entry_link_id_key'))
    )
    with op.batch_alter_table('list_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_list_entry_list_id'), ['list_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_list_entry_participation_id'), ['participation_id'], unique=False)

    op.create_table('list_item',
    sa.Column('entry_id', BIG, nullable=False),
    sa.Column('sku_id', BIG, nullable=False),
    sa.Column('quantity', BIG, nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_list_item_quantity_positive')),
    sa.ForeignKeyConstraint(['entry_id'], ['list_entry.id'], name=op.f('fk_list_item_entry_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_list_item_sku_id')),
    sa.PrimaryKeyConstraint('entry_id', 'sku_id', name=op.f('pk_list_item'))
    )

    for table in CARRIES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('listed_id', BIG, nullable=True))


def downgrade() -> None:
    for table in CARRIES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('listed_id')
    op.drop_table('list_item')
    op.drop_table('list_entry')
    op.drop_table('chat_list')

    op.create_table('chat_list',
    sa.Column('id', BIG, nullable=False),
    sa.Column('merchant_id', BIG, nullable=False),
    sa.Column('leader_id', BIG, nullable=False),
    sa.Column('link_id', BIG, nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'confirmed', 'discarded')", name=op.f('ck_chat_list_state_known')),
    sa.ForeignKeyConstraint(['leader_id'], ['staff.id'], name=op.f('fk_chat_list_leader_id')),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_chat_list_link_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_chat_list_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_list'))
    )
    _index_lists()

    op.create_table('list_entry',
    sa.Column('id', BIG, nullable=False),
    sa.Column('list_id', BIG, nullable=False),
    sa.Column('link_id', BIG, nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', BIG, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sku_id', BIG, nullable=False),
    sa.Column('quantity', BIG, nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('participation_id', BIG, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_list_entry_quantity_positive')),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_list_entry_link_id')),
    sa.ForeignKeyConstraint(['list_id'], ['chat_list.id'], name=op.f('fk_list_entry_list_id')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_list_entry_participation_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_list_entry_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_entry')),
    sa.UniqueConstraint('code', name=op.f('uq_list_entry_code'))
    )
    with op.batch_alter_table('list_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_list_entry_link_id'), ['link_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_list_entry_list_id'), ['list_id'], unique=False)


def _index_lists() -> None:
    with op.batch_alter_table('chat_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chat_list_leader_id'), ['leader_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chat_list_link_id'), ['link_id'], unique=False)
