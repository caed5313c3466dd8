"""What an ordinary run leaves to a long one: `SOAK=1 make test` runs all of it.

An ordinary run has to be so quick that nobody puts it off. Where the second database, the fifth
variant or the two hundredth shopper has little left to prove, it is marked `soak` and waits.

Commands, queries, races and migrations are tried on both databases every time. A test of a page
or of a mail asks what is written above them; each is dealt one of the two, always the same one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from zlib import crc32

import pytest

SOAK = int(os.environ.get("SOAK", "0"))
"""0 for an ordinary run; some tests take a number above one at its word."""


def rarely(*values: object, id: str | None = None) -> object:  # noqa: A002  (as pytest calls it)
    """A parameter that is tried in long runs alone."""
    return pytest.param(*values, marks=pytest.mark.soak, id=id)


def first_on(database: str, other: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("stage", [database, rarely(other)], indirect=True)


on_sqlite = first_on("sqlite", "postgresql")
"""For tests of what is the same code on either database; long runs try both."""
on_postgresql = first_on("postgresql", "sqlite")
"""For tests of what the stricter database is the likelier to refuse; long runs try both."""


PAGES = ("tests/admin/", "tests/cart/", "tests/checkout/", "tests/storefront/")
"""What is in these folders is about pages; elsewhere it is what asks for a visitor."""
VISITORS = {"client", "visit", "page", "new_page"}
ABOVE_TABLES = (
    "tests/catalog/test_import_bad_files.py", "tests/catalog/test_import_cli.py",
    "tests/catalog/test_import_killed.py", "tests/payments/test_end_to_end.py",
    "tests/community/test_messages.py", "tests/community/test_commission.py",
    "tests/community/test_pictures.py", "tests/customers/", "tests/demo/", "tests/notifications/",
    "tests/presale/test_edges.py", "tests/presale/test_fulfilling.py",
    "tests/presale/test_interest.py", "tests/presale/test_mails.py",
    "tests/presale/test_more_time.py", "tests/presale/test_production.py",
    "tests/presale/test_promises.py", "tests/presale/test_substituting.py",
)  # fmt: skip
"""What is told and decided here stands on commands whose locks and tables are tried on both."""
DATABASES = ("postgresql", "sqlite")


def waiting(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Those of the collected tests that an ordinary run leaves to a long one."""
    collected = {item.nodeid for item in items}
    return [
        item
        for item in items
        if item.get_closest_marker("soak") or _twin_was_dealt(item) in collected
    ]


def _twin_was_dealt(item: pytest.Item) -> str | None:
    """The same test on the other database, when it is tried there alone."""
    variant = getattr(item, "callspec", None)
    database = variant.params.get("stage") if variant else None
    if database not in DATABASES or not _is_dealt(item):
        return None
    dealt = DATABASES[crc32(item.nodeid.replace(database, "").encode()) % 2]
    return item.nodeid.replace(database, dealt) if dealt != database else None


def _is_dealt(item: pytest.Item) -> bool:
    asked = getattr(item, "fixturenames", ())
    return item.nodeid.startswith((*PAGES, *ABOVE_TABLES)) or not VISITORS.isdisjoint(asked)
