"""Zones of delivery that staff write: places, what the steps of their rates count, free from when.

Revision ID: 0024
Revises: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
ZONES = (
    ('mainland', '{"en": "mainland China", "zh-Hans": "中国大陆"}', '{"patterns": ["CN"]}', True),
    (
        'remote',
        '{"en": "Xinjiang, Tibet, Qinghai, Gansu, Ningxia, Inner Mongolia", '
        '"zh-Hans": "新疆、西藏、青海、甘肃、宁夏、内蒙古"}',
        '{"patterns": ["CN-15", "CN-54", "CN-62", "CN-63", "CN-64", "CN-65"]}',
        True,
    ),
    (
        'hong_kong_macau_taiwan',
        '{"en": "Hong Kong, Macau, Taiwan", "zh-Hans": "香港、澳门、台湾"}',
        '{"patterns": ["CN-71", "CN-81", "CN-82"]}',
        False,
    ),
)
FIRST = "'mainland', 'remote', 'hong_kong_macau_taiwan'"


def upgrade() -> None:
    op.create_table('delivery_zone',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('free_over', BIG, nullable=True),
    sa.Column('position', BIG, nullable=False),
    sa.CheckConstraint("basis IN ('weight', 'amount', 'items')", name=op.f('ck_delivery_zone_basis_known')),
    sa.CheckConstraint('free_over IS NULL OR free_over >= 0', name=op.f('ck_delivery_zone_free_over_not_negative')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_delivery_zone'))
    )
    # A limit that was set for the whole shop stands in its zones from now on.
    is_sqlite = op.get_context().dialect.name == 'sqlite'
    amount = "CAST(json_extract(value, '$.value') AS INTEGER)" if is_sqlite else "(value->>'value')::bigint"
    json = '' if is_sqlite else '::json'
    for position, (key, name, places, is_sent) in enumerate(ZONES):
        op.execute(
            'INSERT INTO delivery_zone (key, name, places, basis, free_over, position) '
            f"SELECT '{key}', '{name}'{json}, '{places}'{json}, 'weight', "
            f"{amount if is_sent else 'NULL'}, {position} "
            "FROM shop_setting WHERE key = 'shipping.free_over'"
        )


def downgrade() -> None:
    # Without zones a rate counts grams to one of the first three.
    op.execute(
        f'DELETE FROM shipping_rate WHERE region_group NOT IN ({FIRST}) OR region_group IN '
        "(SELECT key FROM delivery_zone WHERE basis <> 'weight')"
    )
    op.drop_table('delivery_zone')
