"""Presales, groups and their links; orders that are paid in two parts.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


APPEND_ONLY = ('campaign_event', 'commission_entry', 'production_movement', 'promise_version', 'shortage_split')
HEADLINES = (
    'awaiting_payment', 'balance_due', 'promised', 'to_ship', 'ready_for_pickup', 'partly_shipped',
    'shipped', 'delivered', 'picked_up', 'cancelled', 'refunded',
)
LINE_STATES = (
    'awaiting_payment', 'promised', 'to_fulfil', 'partly_shipped', 'ready_for_pickup', 'shipped',
    'delivered', 'picked_up', 'cancelled',
)
ROLES = ('owner', 'editor', 'fulfilment', 'support', 'leader', 'readonly')


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def upgrade() -> None:
    op.create_table('campaign',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('story', sa.JSON(), nullable=False),
    sa.Column('risks', sa.JSON(), nullable=False),
    sa.Column('payment_mode', sa.String(), nullable=False),
    sa.Column('supply_mode', sa.String(), nullable=False),
    sa.Column('deposit_kind', sa.String(), nullable=False),
    sa.Column('counts_change_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('balance_hours', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('balance_grace_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('balance_unpaid', sa.String(), nullable=False),
    sa.Column('threshold', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('default_decision', sa.String(), nullable=False),
    sa.Column('decide_within_hours', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shortage_policy', sa.String(), nullable=False),
    sa.Column('per_person_limit', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('is_drop', sa.Boolean(), nullable=False),
    sa.Column('is_draw', sa.Boolean(), nullable=False),
    sa.Column('hold_minutes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('commission_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('after_sales_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('promise_earliest', sa.Date(), nullable=False),
    sa.Column('promise_latest', sa.Date(), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('last_number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decide_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('extended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('balance_closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("balance_unpaid IN ('forfeit', 'refund', 'extend')", name=op.f('ck_campaign_balance_unpaid_known')),
    sa.CheckConstraint("default_decision IN ('extend', 'run', 'refund', 'ask')", name=op.f('ck_campaign_default_decision_known')),
    sa.CheckConstraint("deposit_kind IN ('advance', 'earnest')", name=op.f('ck_campaign_deposit_kind_known')),
    sa.CheckConstraint("payment_mode IN ('full', 'deposit', 'interest')", name=op.f('ck_campaign_payment_mode_known')),
    sa.CheckConstraint("shortage_policy IN ('first_come', 'pro_rata', 'lottery')", name=op.f('ck_campaign_shortage_policy_known')),
    sa.CheckConstraint("state IN ('draft', 'preview', 'scheduled', 'open', 'sold_out', 'closing', 'extended', 'succeeded', 'failed', 'refunding', 'refunded', 'in_production', 'arriving', 'balance_open', 'balance_closed', 'fulfilling', 'completed', 'cancelled')", name=op.f('ck_campaign_state_known')),
    sa.CheckConstraint("supply_mode IN ('stock', 'made_to_order', 'threshold', 'single')", name=op.f('ck_campaign_supply_mode_known')),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_campaign_window_not_empty')),
    sa.CheckConstraint('commission_bp >= 0 AND commission_bp <= 5000', name=op.f('ck_campaign_commission_within_half')),
    sa.CheckConstraint('promise_latest >= promise_earliest', name=op.f('ck_campaign_promise_is_a_range')),
    sa.CheckConstraint('threshold IS NULL OR threshold > 0', name=op.f('ck_campaign_threshold_positive')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_campaign_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('slug', name=op.f('uq_campaign_slug'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.create_index('ix_campaign_clock', ['state', 'opens_at', 'closes_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_merchant_id'), ['merchant_id'], unique=False)

    op.create_table('campaign_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('actor_kind', sa.String(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_name', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_event_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_event'))
    )
    with op.batch_alter_table('campaign_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_event_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('campaign_person',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('units', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_person_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', 'person', name=op.f('pk_campaign_person'))
    )
    op.create_table('campaign_task',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('cursor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('done', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_task_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_task')),
    sa.UniqueConstraint('campaign_id', 'kind', 'key', name=op.f('uq_campaign_task_campaign_id_kind_key'))
    )
    with op.batch_alter_table('campaign_task', schema=None) as batch_op:
        batch_op.create_index('ix_campaign_task_open', ['finished_at', 'due_at'], unique=False)

    op.create_table('chat_group',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('leader_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('app', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['leader_id'], ['staff.id'], name=op.f('fk_chat_group_leader_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_chat_group_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_group')),
    sa.UniqueConstraint('merchant_id', 'leader_id', 'name', name=op.f('uq_chat_group_merchant_id_leader_id_name'))
    )
    with op.batch_alter_table('chat_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chat_group_leader_id'), ['leader_id'], unique=False)

    op.create_table('participation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('customer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('is_anonymous', sa.Boolean(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('visible_note', sa.String(), nullable=False),
    sa.Column('private_note', sa.String(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_participation_campaign_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_participation_customer_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_participation_merchant_id')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_participation_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation')),
    sa.UniqueConstraint('campaign_id', 'number', name=op.f('uq_participation_campaign_id_number')),
    sa.UniqueConstraint('campaign_id', 'order_id', name=op.f('uq_participation_campaign_id_order_id'))
    )
    with op.batch_alter_table('participation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participation_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participation_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index('ix_participation_link', ['link_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participation_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_participation_person', ['campaign_id', 'person'], unique=False)

    op.create_table('promise_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('earliest', sa.Date(), nullable=False),
    sa.Column('latest', sa.Date(), nullable=False),
    sa.Column('reason', sa.JSON(), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('latest >= earliest', name=op.f('ck_promise_version_promise_is_a_range')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_promise_version_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise_version')),
    sa.UniqueConstraint('campaign_id', 'version', name=op.f('uq_promise_version_campaign_id_version'))
    )
    op.create_table('buyer_question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('silence', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('delay', 'threshold')", name=op.f('ck_buyer_question_kind_known')),
    sa.CheckConstraint("silence IN ('keep', 'refund')", name=op.f('ck_buyer_question_silence_known')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_buyer_question_campaign_id')),
    sa.ForeignKeyConstraint(['version_id'], ['promise_version.id'], name=op.f('fk_buyer_question_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_buyer_question'))
    )
    with op.batch_alter_table('buyer_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_buyer_question_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index('ix_buyer_question_open', ['closed_at', 'answer_until'], unique=False)

    op.create_table('campaign_sku',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('location_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('price', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('counts_for', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('counts_for_later', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cap', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('committed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('held', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pack_size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ordered', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('received', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('passed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('packed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('cap IS NULL OR committed + held <= cap', name=op.f('ck_campaign_sku_within_cap')),
    sa.CheckConstraint('committed >= 0 AND held >= 0', name=op.f('ck_campaign_sku_counters_not_negative')),
    sa.CheckConstraint('deposit IS NULL OR (deposit > 0 AND deposit <= counts_for AND counts_for <= price AND deposit <= counts_for_later AND counts_for_later <= price)', name=op.f('ck_campaign_sku_deposit_counts')),
    sa.CheckConstraint('ordered >= 0 AND received >= 0 AND passed >= 0 AND packed >= 0 AND passed <= received', name=op.f('ck_campaign_sku_production_adds_up')),
    sa.CheckConstraint('pack_size > 0', name=op.f('ck_campaign_sku_pack_positive')),
    sa.CheckConstraint('price > 0', name=op.f('ck_campaign_sku_price_positive')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_sku_campaign_id')),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_campaign_sku_location_id')),
    sa.ForeignKeyConstraint(['variant_id'], ['variant.id'], name=op.f('fk_campaign_sku_variant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_sku')),
    sa.UniqueConstraint('campaign_id', 'variant_id', name=op.f('uq_campaign_sku_campaign_id_variant_id'))
    )
    with op.batch_alter_table('campaign_sku', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_sku_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_sku_variant_id'), ['variant_id'], unique=False)

    op.create_table('share_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('leader_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('commission_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('commission_bp >= 0 AND commission_bp <= 5000', name=op.f('ck_share_link_commission_within_half')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_share_link_campaign_id')),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], name=op.f('fk_share_link_group_id')),
    sa.ForeignKeyConstraint(['leader_id'], ['staff.id'], name=op.f('fk_share_link_leader_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_share_link_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_link')),
    sa.UniqueConstraint('campaign_id', 'group_id', 'leader_id', name=op.f('uq_share_link_campaign_id_group_id_leader_id')),
    sa.UniqueConstraint('code', name=op.f('uq_share_link_code'))
    )
    with op.batch_alter_table('share_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_link_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_link_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_link_leader_id'), ['leader_id'], unique=False)

    op.create_table('buyer_answer',
    sa.Column('question_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('participation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("answer IN ('keep', 'refund')", name=op.f('ck_buyer_answer_answer_known')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_buyer_answer_participation_id')),
    sa.ForeignKeyConstraint(['question_id'], ['buyer_question.id'], name=op.f('fk_buyer_answer_question_id')),
    sa.PrimaryKeyConstraint('question_id', 'participation_id', name=op.f('pk_buyer_answer'))
    )
    op.create_table('chat_list',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('leader_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
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
    with op.batch_alter_table('chat_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chat_list_leader_id'), ['leader_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chat_list_link_id'), ['link_id'], unique=False)

    op.create_table('commitment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('participation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('quantity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tolerance', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cut', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_price', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deposit', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('counts_for', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('hold', 'committed', 'confirmed', 'balance_due', 'balance_paid', 'allocated', 'packed', 'shipped', 'ready_for_pickup', 'delivered', 'picked_up', 'closed', 'hold_expired', 'cancel_requested', 'cancelled', 'forfeited', 'waived', 'refunded', 'short_supplied', 'substituted')", name=op.f('ck_commitment_state_known')),
    sa.CheckConstraint('cut >= 0 AND cut <= quantity + tolerance', name=op.f('ck_commitment_cut_within_quantity')),
    sa.CheckConstraint('quantity > 0 AND tolerance >= 0', name=op.f('ck_commitment_quantity_positive')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_commitment_campaign_id')),
    sa.ForeignKeyConstraint(['line_id'], ['order_line.id'], name=op.f('fk_commitment_line_id')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_commitment_participation_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_commitment_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    sa.UniqueConstraint('participation_id', 'sku_id', name=op.f('uq_commitment_participation_id_sku_id'))
    )
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index('ix_commitment_line', ['line_id'], unique=False)
        batch_op.create_index('ix_commitment_sku_state', ['sku_id', 'state'], unique=False)

    op.create_table('link_hour',
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('viewed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_link_hour_link_id')),
    sa.PrimaryKeyConstraint('link_id', 'hour', name=op.f('pk_link_hour'))
    )
    op.create_table('link_visitor',
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('visitor', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_link_visitor_link_id')),
    sa.PrimaryKeyConstraint('link_id', 'day', 'visitor', name=op.f('pk_link_visitor'))
    )
    with op.batch_alter_table('link_visitor', schema=None) as batch_op:
        batch_op.create_index('ix_link_visitor_day', ['day'], unique=False)

    op.create_table('production_movement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage', sa.String(), nullable=False),
    sa.Column('change', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('actor_kind', sa.String(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("stage IN ('ordered', 'received', 'passed', 'packed')", name=op.f('ck_production_movement_stage_known')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_production_movement_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_movement'))
    )
    with op.batch_alter_table('production_movement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_movement_sku_id'), ['sku_id'], unique=False)

    op.create_table('quota_slice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quota', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('used', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('returns_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('quota > 0', name=op.f('ck_quota_slice_quota_positive')),
    sa.CheckConstraint('used >= 0 AND used <= quota', name=op.f('ck_quota_slice_used_within_quota')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_quota_slice_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quota_slice')),
    sa.UniqueConstraint('sku_id', 'link_id', name=op.f('uq_quota_slice_sku_id_link_id'))
    )
    with op.batch_alter_table('quota_slice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quota_slice_link_id'), ['link_id'], unique=False)

    op.create_table('shortage_split',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('policy', sa.String(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('available', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('wanted', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shares', sa.JSON(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_shortage_split_campaign_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_shortage_split_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shortage_split')),
    sa.UniqueConstraint('sku_id', 'round', name=op.f('uq_shortage_split_sku_id_round'))
    )
    with op.batch_alter_table('shortage_split', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shortage_split_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('waiting_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('customer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('rank', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('draw_place', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('offered_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'offered', 'accepted', 'expired', 'declined', 'left')", name=op.f('ck_waiting_entry_state_known')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_waiting_entry_quantity_positive')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_waiting_entry_campaign_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_waiting_entry_customer_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_waiting_entry_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiting_entry')),
    sa.UniqueConstraint('code', name=op.f('uq_waiting_entry_code')),
    sa.UniqueConstraint('sku_id', 'person', name=op.f('uq_waiting_entry_sku_id_person')),
    sa.UniqueConstraint('token', name=op.f('uq_waiting_entry_token'))
    )
    with op.batch_alter_table('waiting_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiting_entry_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_waiting_entry_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index('ix_waiting_entry_offer', ['state', 'offered_until'], unique=False)
        batch_op.create_index('ix_waiting_entry_order', ['sku_id', 'state', 'rank', 'id'], unique=False)

    op.create_table('campaign_hold',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('quantity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_slice', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('live', 'taken', 'released')", name=op.f('ck_campaign_hold_state_known')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_campaign_hold_quantity_positive')),
    sa.ForeignKeyConstraint(['sku_id'], ['campaign_sku.id'], name=op.f('fk_campaign_hold_sku_id')),
    sa.ForeignKeyConstraint(['slice_id'], ['quota_slice.id'], name=op.f('fk_campaign_hold_slice_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_hold'))
    )
    with op.batch_alter_table('campaign_hold', schema=None) as batch_op:
        batch_op.create_index('ix_campaign_hold_live', ['sku_id', 'expires_at'], unique=False, sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'"))
        batch_op.create_index('ix_campaign_hold_owner', ['owner'], unique=False)

    op.create_table('commission_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('commitment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('base', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('accrued', 'reversed')", name=op.f('ck_commission_entry_kind_known')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_commission_entry_commitment_id')),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_commission_entry_link_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commission_entry')),
    sa.UniqueConstraint('commitment_id', 'reference', name=op.f('uq_commission_entry_commitment_id_reference'))
    )
    with op.batch_alter_table('commission_entry', schema=None) as batch_op:
        batch_op.create_index('ix_commission_entry_link', ['link_id', 'booked_at'], unique=False)

    op.create_table('compensation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('commitment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paid_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('proposed', 'approved', 'paid')", name=op.f('ck_compensation_state_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_compensation_amount_positive')),
    sa.CheckConstraint('approved_by IS NULL OR proposed_by IS NULL OR approved_by <> proposed_by', name=op.f('ck_compensation_two_people_decide')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_compensation_campaign_id')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_compensation_commitment_id')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_compensation_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation')),
    sa.UniqueConstraint('commitment_id', name=op.f('uq_compensation_commitment_id'))
    )
    with op.batch_alter_table('compensation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_compensation_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('list_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('list_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('participation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
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

    with op.batch_alter_table('bag_line') as batch_op:
        batch_op.add_column(sa.Column('tolerance', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('waiting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_bag_line_sku_id'), 'campaign_sku', ['sku_id'], ['id'])
        batch_op.create_check_constraint('tolerance_not_negative', 'tolerance >= 0')

    with op.batch_alter_table('order') as batch_op:
        batch_op.add_column(sa.Column('ship_together', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_constraint(batch_op.f('ck_order_headline_known'), type_='check')
        batch_op.create_check_constraint('headline_known', _one_of('headline', HEADLINES))

    with op.batch_alter_table('order_due') as batch_op:
        batch_op.add_column(sa.Column('subject', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_order_due_order_id_purpose'), type_='unique')
        batch_op.create_index('ix_order_due_subject', ['subject', 'closes_at'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_order_due_order_id_purpose_subject'), ['order_id', 'purpose', 'subject'])
        batch_op.create_check_constraint('purpose_known', _one_of('purpose', ('full', 'deposit', 'balance')))

    with op.batch_alter_table('order_line') as batch_op:
        batch_op.add_column(sa.Column('supply', sa.String(), nullable=False, server_default='stock'))
        batch_op.add_column(sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('subject', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('balance', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('balance_paid', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('forfeited', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('available_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_order_line_source', ['supply', 'source_id'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_order_line_state_known'), type_='check')
        batch_op.create_check_constraint('state_known', _one_of('state', LINE_STATES))
        batch_op.create_check_constraint(
            'balance_within_total',
            'balance >= 0 AND balance <= total AND balance_paid >= 0 AND balance_paid <= balance',
        )

    with op.batch_alter_table('staff') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_staff_role_known'), type_='check')
        batch_op.create_check_constraint('role_known', _one_of('role', ROLES))

    _refuse_changes()

    # Whatever was paid before goods could be promised lay on a shelf.
    op.execute(
        'UPDATE order_line SET available_at = (SELECT paid_at FROM "order" WHERE "order".id = order_line.order_id)'
    )


def _refuse_changes() -> None:
    """Rows that are only ever added, on either database."""
    for table in APPEND_ONLY:
        if op.get_context().dialect.name == 'sqlite':
            for verb in ('UPDATE', 'DELETE'):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    # What only a presale can say has no words in the schema before it.
    op.execute("UPDATE \"order\" SET headline = 'to_ship' WHERE headline IN ('promised', 'balance_due')")
    op.execute("UPDATE order_line SET state = 'to_fulfil' WHERE state = 'promised'")
    op.execute("DELETE FROM order_due WHERE purpose = 'balance'")
    op.execute("DELETE FROM bag_line WHERE sku_id IS NOT NULL")
    op.execute("UPDATE staff SET role = 'readonly', active = false WHERE role = 'leader'")

    with op.batch_alter_table('staff') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_staff_role_known'), type_='check')
        batch_op.create_check_constraint('role_known', _one_of('role', ROLES[:4] + ROLES[5:]))

    with op.batch_alter_table('order_line') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_order_line_balance_within_total'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_order_line_state_known'), type_='check')
        batch_op.create_check_constraint('state_known', _one_of('state', LINE_STATES[:1] + LINE_STATES[2:]))
        batch_op.drop_index('ix_order_line_source')
        for name in ('available_at', 'forfeited', 'balance_paid', 'balance', 'subject', 'source_id', 'supply'):
            batch_op.drop_column(name)

    with op.batch_alter_table('order_due') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_order_due_purpose_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_order_due_order_id_purpose_subject'), type_='unique')
        batch_op.drop_index('ix_order_due_subject')
        batch_op.create_unique_constraint(batch_op.f('uq_order_due_order_id_purpose'), ['order_id', 'purpose'])
        batch_op.drop_column('ended_at')
        batch_op.drop_column('subject')

    with op.batch_alter_table('order') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_order_headline_known'), type_='check')
        batch_op.create_check_constraint('headline_known', _one_of('headline', HEADLINES[:1] + HEADLINES[3:]))
        batch_op.drop_column('ship_together')

    with op.batch_alter_table('bag_line') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_bag_line_tolerance_not_negative'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_bag_line_sku_id'), type_='foreignkey')
        for name in ('waiting_id', 'link_id', 'sku_id', 'tolerance'):
            batch_op.drop_column(name)

    op.drop_table('list_entry')
    op.drop_table('compensation')
    op.drop_table('commission_entry')
    op.drop_table('campaign_hold')
    op.drop_table('waiting_entry')
    op.drop_table('shortage_split')
    op.drop_table('quota_slice')
    op.drop_table('production_movement')
    op.drop_table('link_visitor')
    op.drop_table('link_hour')
    op.drop_table('commitment')
    op.drop_table('chat_list')
    op.drop_table('buyer_answer')
    op.drop_table('share_link')
    op.drop_table('campaign_sku')
    op.drop_table('buyer_question')
    op.drop_table('promise_version')
    op.drop_table('participation')
    op.drop_table('chat_group')
    op.drop_table('campaign_task')
    op.drop_table('campaign_person')
    op.drop_table('campaign_event')
    op.drop_table('campaign')
