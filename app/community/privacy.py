"""What is kept about a shopper in the chat lists of groups: names and notes as somebody wrote them.

An entry is known to be somebody's once they have joined by it. What nobody asks to have erased is
forgotten by itself (`commands.lists.forget_lists`).
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import select, update

from app.community.commands.lists import forget_people
from app.community.models import ChatList, ListEntry
from app.community.queries.listed import of_customer
from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command

TABLES = frozenset({"chat_list", "list_entry", "list_item"})


def init_app(_app: Flask) -> None:
    register(PersonalData("community", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    """Every entry the account joined by, as it was confirmed."""
    statement = select(ListEntry).where(of_customer(customer_id)).order_by(ListEntry.id)
    return [
        {
            "name_in_the_chat": row.name,
            "note": row.note,
            "listed_at": row.created_at.isoformat(),
            "joined_at": row.joined_at.isoformat() if row.joined_at else None,
        }
        for row in db.session.scalars(statement)
    ]


@command
def erase(customer_id: int, _now: datetime) -> None:
    """Take the person out of their entries. Of a pasted text one line cannot be taken for certain,
    so the texts of those groups go whole.
    """
    links = select(ListEntry.link_id).where(of_customer(customer_id))
    db.session.execute(
        update(ChatList)
        .where(ChatList.link_id.in_(links))
        .values(text="")
        .execution_options(synchronize_session=False)
    )
    forget_people(of_customer(customer_id))
