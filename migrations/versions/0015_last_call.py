"""To be reminded before a campaign closes, beside when it opens.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('campaign_reminder') as batch_op:
        batch_op.add_column(sa.Column('occasion', sa.String(), nullable=False, server_default='opening'))
        batch_op.create_check_constraint('occasion_known', "occasion IN ('opening', 'closing')")


def downgrade() -> None:
    with op.batch_alter_table('campaign_reminder') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_campaign_reminder_occasion_known'), type_='check')
        batch_op.drop_column('occasion')
