"""Every table with a column that may tell of a person is registered, or says here why not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.config import load_settings
from app.factory import create_app
from app.platform.db import db
from app.platform.privacy import covered_tables
from workers.schedule import SCHEDULE

PERSONAL = frozenset(
    ("address", "answers", "body", "customer", "email", "facts", "headers", "mail", "message",
     "name", "note", "payload", "person", "phone", "recipient", "text", "typed", "visitor")
)  # fmt: skip
"""Words of which a column's name is made when it may hold something about a shopper."""
OF_THE_SHOP = "words of the shop about itself or its goods"
OF_STAFF = "staff, who are no shoppers; their rows say who did what for as long as that counts"
NOT_REGISTERED = {
    "bag": "a random key; the account is never written",
    "campaign": "how many each may have",
    "campaign_event": OF_STAFF,
    "campaign_person": "a keyed digest, good for counting alone; falls with the campaign",
    "campaign_task": "what is due, by ids",
    "chat_group": "a group as its leader calls it",
    "counter": "the name of a sequence of numbers",
    "delivery_zone": OF_THE_SHOP,
    "import_line": "what was found in a file of products",
    "import_run": OF_STAFF,
    "inbound_event": "what others told us, kept by its sender's number and not by person; emptied"
    " half a year after it was applied (app/platform/inbox/retention.py)",
    "link_visitor": "a hash that lasts a day (app/community/commands/counting.py)",
    "location": OF_THE_SHOP,
    "merchant": "who sells",
    "outbox_fact": "ids and a proved address; forgotten a week after it was told"
    " (app/platform/outbox/retention.py)",
    "parcel": "the last words of its carrier, which name places",
    "parcel_event": "words of a carrier, which name places",
    "production_movement": OF_STAFF,
    "promotion": OF_THE_SHOP,
    "search_miss": "words without anybody, for 90 days (app/search/commands/misses.py)",
    "share_link": "a leader's note on a link",
    "staff": OF_STAFF,
    "tax_class": OF_THE_SHOP,
}


@pytest.fixture(scope="module")
def suspects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The columns to ask about, by table."""
    create_app(load_settings({"DATA_DIR": str(tmp_path_factory.mktemp("shop"))}))
    found = {
        table.name: [column.name for column in table.columns if _may_tell(column.name)]
        for table in db.metadata.tables.values()
    }
    return {table: columns for table, columns in found.items() if columns}


def _may_tell(column: str) -> bool:
    return not PERSONAL.isdisjoint(re.split(r"_", column))


def test_what_may_tell_of_a_person_is_exported_and_erased_or_says_why_not(suspects):
    forgotten = {
        table: columns
        for table, columns in suspects.items()
        if table not in covered_tables() | NOT_REGISTERED.keys()
    }

    assert forgotten == {}


def test_no_reason_outlives_its_table(suspects):
    assert set(NOT_REGISTERED) - suspects.keys() == set()
    assert covered_tables().isdisjoint(NOT_REGISTERED)


def test_what_is_forgotten_by_itself_is_so_every_day():
    daily = {every.verb for every in SCHEDULE if every.seconds == timedelta(days=1).total_seconds()}

    bags, callbacks = (
        "app.checkout.retention:forget_old",
        "app.platform.inbox.retention:forget_bodies",
    )
    assert {bags, callbacks} <= daily


def test_what_is_registered_exists(suspects):
    assert covered_tables() <= db.metadata.tables.keys()
