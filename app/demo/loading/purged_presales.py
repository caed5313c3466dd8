"""What purging takes away of the demo's presales: all that nobody real has joined."""

from __future__ import annotations

from app.demo.copy.presales.campaigns import PRESALES
from app.demo.loading.people import LEADER

GUARDED = (
    "campaign_event", "commission_entry", "production_movement", "promise_version",
    "shortage_split",
)  # fmt: skip
"""Append-only tables of presales."""

_SLUGS = ", ".join(f"'{presale.slug}'" for presale in PRESALES)
_MARKED = "(SELECT id FROM \"order\" WHERE idempotency_key LIKE 'demo-%')"
_REAL = (
    "(EXISTS (SELECT 1 FROM participation WHERE campaign_id = campaign.id"
    f" AND (order_id IS NULL OR order_id NOT IN {_MARKED}))"
    " OR EXISTS (SELECT 1 FROM waiting_entry WHERE campaign_id = campaign.id))"
)
IS_JOINED = f"slug IN ({_SLUGS}) AND {_REAL}"
"""A condition on `campaign`: one of the demo's that somebody real joined or waits for."""

_CAMPAIGNS = f"(SELECT id FROM campaign WHERE slug IN ({_SLUGS}) AND NOT {_REAL})"
_STAYING = (
    "(SELECT order_id FROM participation WHERE order_id IS NOT NULL"
    f" AND campaign_id NOT IN {_CAMPAIGNS})"
)
ORDERS = f"(SELECT id FROM \"order\" WHERE idempotency_key LIKE 'demo-%' AND id NOT IN {_STAYING})"
"""The demo's orders, but those in a presale that stays."""

_SKUS = f"(SELECT id FROM campaign_sku WHERE campaign_id IN {_CAMPAIGNS})"
_LINKS = f"(SELECT id FROM share_link WHERE campaign_id IN {_CAMPAIGNS})"
_ENTRIES = f"(SELECT id FROM list_entry WHERE link_id IN {_LINKS})"
_COMMITMENTS = f"(SELECT id FROM commitment WHERE campaign_id IN {_CAMPAIGNS})"
_JOINS = f"(SELECT id FROM participation WHERE campaign_id IN {_CAMPAIGNS})"
_QUESTIONS = f"(SELECT id FROM buyer_question WHERE campaign_id IN {_CAMPAIGNS})"
_SUBSTITUTIONS = f"(SELECT id FROM substitution WHERE campaign_id IN {_CAMPAIGNS})"
_LEADERS = f"(SELECT id FROM staff WHERE email = '{LEADER[0]}')"
_SHARES_NOTHING = "NOT EXISTS (SELECT 1 FROM share_link WHERE group_id = chat_group.id)"

FACTS = {
    "campaign_id": _CAMPAIGNS,
    "participation_id": _JOINS,
    "reminder_id": f"(SELECT id FROM campaign_reminder WHERE campaign_id IN {_CAMPAIGNS})",
}
"""What facts of these presales name, by key of their payload."""

STATEMENTS = (
    f"DELETE FROM compensation WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM commission_entry WHERE commitment_id IN {_COMMITMENTS}",
    f"DELETE FROM buyer_answer WHERE question_id IN {_QUESTIONS}",
    f"DELETE FROM buyer_question WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM substitution_answer WHERE substitution_id IN {_SUBSTITUTIONS}",
    f"DELETE FROM substitution WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM promise_version WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM shortage_split WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM production_movement WHERE sku_id IN {_SKUS}",
    f"DELETE FROM campaign_task WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM campaign_event WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM campaign_rehearsal WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM campaign_person WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM list_item WHERE entry_id IN {_ENTRIES}",
    f"DELETE FROM list_entry WHERE link_id IN {_LINKS}",
    f"DELETE FROM chat_list WHERE link_id IN {_LINKS}",
    f"DELETE FROM campaign_hold WHERE sku_id IN {_SKUS}",
    f"DELETE FROM quota_slice WHERE sku_id IN {_SKUS}",
    f"DELETE FROM reach_goal WHERE link_id IN {_LINKS}",
    f"DELETE FROM link_visitor WHERE link_id IN {_LINKS}",
    f"DELETE FROM link_hour WHERE link_id IN {_LINKS}",
    f"DELETE FROM share_link WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM bag_line WHERE sku_id IN {_SKUS}",
    f"DELETE FROM commitment WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM handed_out WHERE participation_id IN {_JOINS}",
    f"DELETE FROM participation WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM campaign_sku WHERE campaign_id IN {_CAMPAIGNS}",
    f"DELETE FROM campaign_reminder WHERE campaign_id IN {_CAMPAIGNS}",
    f"UPDATE campaign_reminder SET told_of_id = NULL WHERE told_of_id IN {_CAMPAIGNS}",
    f"UPDATE campaign SET origin_id = NULL WHERE origin_id IN {_CAMPAIGNS}",
    f"DELETE FROM campaign WHERE id IN {_CAMPAIGNS}",
    f"DELETE FROM chat_group WHERE leader_id IN {_LEADERS} AND {_SHARES_NOTHING}",
)
DELETE_STAFF = (
    "DELETE FROM staff WHERE email = :email"
    " AND NOT EXISTS (SELECT 1 FROM chat_group WHERE leader_id = staff.id)"
)
