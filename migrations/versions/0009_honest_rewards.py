"""What is earned stands on what was paid, and a number on a payment: said by the tables too.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

EARNED = (
    "(kind = 'accrued' AND base > 0 AND amount >= 0 AND amount <= base) OR "
    "(kind = 'reversed' AND base < 0 AND amount <= 0 AND amount >= base)"
)
NUMBERED = 'number IS NULL OR (number > 0 AND confirmed_at IS NOT NULL)'


def upgrade() -> None:
    with op.batch_alter_table('participation') as batch_op:
        batch_op.create_check_constraint('number_is_confirmed', NUMBERED)
    with op.batch_alter_table('commission_entry') as batch_op:
        batch_op.create_check_constraint('earned_by_payment', EARNED)
    _refuse_changes()


def downgrade() -> None:
    with op.batch_alter_table('commission_entry') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_commission_entry_earned_by_payment'), type_='check')
    _refuse_changes()
    with op.batch_alter_table('participation') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_participation_number_is_confirmed'), type_='check')


def _refuse_changes() -> None:
    """SQLite has written the table anew, without what refused to change its rows."""
    if op.get_context().dialect.name != 'sqlite':
        return
    for verb in ('UPDATE', 'DELETE'):
        op.execute(
            f"CREATE TRIGGER commission_entry_refuses_{verb.lower()} BEFORE {verb} ON commission_entry "
            "BEGIN SELECT RAISE(ABORT, 'commission_entry is append-only'); END"
        )
