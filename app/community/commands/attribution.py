"""Whether somebody who joined came through a group's link."""

from __future__ import annotations

from datetime import datetime

from app.community.commands.commission import follow_order
from app.community.commands.lists import settle_entry
from app.community.queries.attribution import Joined, joined
from app.platform.transaction import command
from app.presale.commands.joining import forget_link, person_key


@command
def settle_join(participation_id: int, *, now: datetime) -> None:
    """Count a confirmed join for its link, or for none when the leader joined themselves; and for
    the entry of the chat list it came by.
    """
    settle_entry(participation_id, now=now)
    join = joined(participation_id)
    if join is None:
        return
    if _is_own(join):
        forget_link(participation_id)
    elif join.order_id is not None:
        follow_order(join.order_id, "confirmed", now=now)


def _is_own(join: Joined) -> bool:
    return person_key(join.campaign_id, join.leader_email) in join.persons
