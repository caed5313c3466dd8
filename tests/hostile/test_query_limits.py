"""How often each page may ask the database, whoever looks at it and however much there is.

What a page shows more of must not make it ask more: no statement is repeated for each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import event

from app.platform.db import db
from tests.hostile.addresses import filled, genuine
from tests.hostile.world import World
from tests.pages.looking import without_memory

LIMITS: Final = {
    "/": 6,
    "/admin/": 23,
    "/admin/audit": 3,
    "/admin/callbacks": 6,
    "/admin/callbacks/<row:event_id>": 3,
    "/admin/collections": 6,
    "/admin/collections/<slug>": 11,
    "/admin/collections/<slug>/rule": 4,
    "/admin/collections/new": 3,
    "/admin/demand": 7,
    "/admin/exports": 5,
    "/admin/exports/<row:export_id>": 5,
    "/admin/exports/<row:export_id>/file": 5,
    "/admin/exports/photographs.zip": 12,
    "/admin/g/<code>": 21,
    "/admin/g/<code>/list": 11,
    "/admin/g/<code>/list/text": 9,
    "/admin/g/<code>/poster": 6,
    "/admin/g/<code>/sheet": 8,
    "/admin/g/<code>/sheets/<sheet>.<file>": 6,
    "/admin/groups": 12,
    "/admin/groups/<row:chat_group_id>": 4,
    "/admin/home": 4,
    "/admin/home/sections/<row:place>": 5,
    "/admin/imports": 4,
    "/admin/imports/<row:run_id>": 8,
    "/admin/imports/<row:run_id>/lines.csv": 5,
    "/admin/items": 8,
    "/admin/items/<row:product_id>": 29,
    "/admin/items/<row:product_id>/price": 7,
    "/admin/items/new": 2,
    "/admin/lists": 3,
    "/admin/lists/draft": 2,
    "/admin/login": 2,
    "/admin/mails": 4,
    "/admin/mails/<row:message_id>": 5,
    "/admin/mails/<row:message_id>/html": 6,
    "/admin/me": 3,
    "/admin/orders": 7,
    "/admin/orders/<row:order_id>": 19,
    "/admin/orders/<row:order_id>/cancellation": 18,
    "/admin/orders/<row:order_id>/parcels/new": 18,
    "/admin/orders/<row:order_id>/questioned/acceptance": 4,
    "/admin/orders/<row:order_id>/questioned/return": 4,
    "/admin/orders/<row:order_id>/refunds/new": 19,
    "/admin/payments": 6,
    "/admin/payments/<row:payment_id>/confirmation": 4,
    "/admin/pickup": 3,
    "/admin/pickup/<token>": 3,
    "/admin/pickup/orders/<row:order_id>": 18,
    "/admin/presales": 8,
    "/admin/presales/<row:campaign_id>": 16,
    "/admin/presales/<row:campaign_id>/balances": 7,
    "/admin/presales/<row:campaign_id>/balances/more-time": 5,
    "/admin/presales/<row:campaign_id>/cancellation": 11,
    "/admin/presales/<row:campaign_id>/closing": 10,
    "/admin/presales/<row:campaign_id>/decision": 25,
    "/admin/presales/<row:campaign_id>/edit": 3,
    "/admin/presales/<row:campaign_id>/joins": 8,
    "/admin/presales/<row:campaign_id>/news": 11,
    "/admin/presales/<row:campaign_id>/production": 6,
    "/admin/presales/<row:campaign_id>/promise": 5,
    "/admin/presales/<row:campaign_id>/rehearsal": 4,
    "/admin/presales/<row:campaign_id>/rehearsal/sheets/<name>.<ending>": 4,
    "/admin/presales/<row:campaign_id>/sheet": 7,
    "/admin/presales/<row:campaign_id>/sheets": 3,
    "/admin/presales/<row:campaign_id>/words": 5,
    "/admin/presales/joins/<row:participation_id>": 10,
    "/admin/presales/joins/<row:participation_id>/more-time": 7,
    "/admin/presales/new": 6,
    "/admin/presales/requests": 10,
    "/admin/promotions": 3,
    "/admin/promotions/<row:promotion_id>": 6,
    "/admin/promotions/<row:promotion_id>/codes.csv": 4,
    "/admin/promotions/<row:promotion_id>/edit": 4,
    "/admin/promotions/new": 3,
    "/admin/proofs/<row:proof_id>": 4,
    "/admin/refunds/<row:refund_id>/confirmation": 3,
    "/admin/reviews": 7,
    "/admin/reviews/photos/<file>": 3,
    "/admin/search": 2,
    "/admin/search-words": 6,
    "/admin/search-words/misses": 4,
    "/admin/search-words/synonyms/<row:group_id>": 3,
    "/admin/search-words/synonyms/new": 2,
    "/admin/settings": 3,
    "/admin/settings/delivery": 4,
    "/admin/settings/taxes": 4,
    "/admin/statements/<month>.<kind>": 3,
    "/admin/stock": 7,
    "/admin/stock/<row:variant_id>": 10,
    "/admin/team": 3,
    "/admin/team/<row:staff_id>": 3,
    "/admin/team/roles": 2,
    "/again/<token>": 2,
    "/again/<token>/<any(confirmation, withdrawal):_answer>": 0,
    "/b/<token>": 2,
    "/b/<token>/payments": 0,
    "/b/<token>/return": 2,
    "/bag": 6,
    "/bag/badge": 1,
    "/c/<slug>": 6,
    "/checkout": 8,
    "/checkout/<any(address, code, fields, order):_step>": 0,
    "/dev/ui": 1,
    "/feeds/google.xml": 8,
    "/g": 3,
    "/g/<code>/<any(joins, interests):_what>": 0,
    "/g/<code>/<any(poster, square, small, card):shape>.<any(png, jpg):kind>": 2,
    "/g/<code>/waiting": 4,
    "/g/<path:heard>": 8,
    "/goodbye": 1,
    "/healthz": 0,
    "/help": 2,
    "/i/<int(max=999999999):number>/reviews": 6,
    "/i/<path:address>": 7,
    "/login": 1,
    "/login/code": 1,
    "/me": 4,
    "/me/addresses": 3,
    "/me/addresses/<int(max=9007199254740991):address_id>": 3,
    "/me/addresses/new": 2,
    "/me/delete": 3,
    "/me/export": 24,
    "/me/orders": 3,
    "/me/password": 3,
    "/me/profile": 4,
    "/measurements": 1,
    "/media/<path:path>": 0,
    "/metrics": 9,
    "/o/<token>": 12,
    "/o/<token>/<any(payments, cancellation, proofs, answers, departures):_answer>": 0,
    "/o/<token>/address": 12,
    "/o/<token>/balances/<int:due_id>.ics": 7,
    "/o/<token>/return": 4,
    "/o/<token>/reviews": 8,
    "/o/<token>/reviews/<_line>": 0,
    "/o/<token>/reviews/photos/<file>": 8,
    "/orders": 1,
    "/pre/<slug>": 6,
    "/pre/<slug>/card.jpg": 3,
    "/pre/<slug>/interests": 0,
    "/pre/<slug>/joins": 0,
    "/pre/<slug>/lots": 3,
    "/pre/<slug>/lots.csv": 3,
    "/pre/<slug>/mine": 5,
    "/pre/<slug>/opening.ics": 2,
    "/pre/<slug>/reminder": 2,
    "/pre/<slug>/waiting": 2,
    "/preview": 8,
    "/readyz": 5,
    "/reviews/<int(max=9223372036854775807):review_id>/report": 2,
    "/reviews/photos/<file>": 1,
    "/robots.txt": 0,
    "/search": 4,
    "/search/suggest": 1,
    "/sitemap.xml": 3,
    "/static/<path:filename>": 0,
    "/tell-me/<int(max=9223372036854775807):variant_id>": 3,
    "/told/<token>": 6,
    "/told/<token>/<any(confirmation, withdrawal):_answer>": 0,
    "/version": 0,
    "/w/<token>": 2,
    "/w/<token>/<any(acceptance, refusal, withdrawal):_answer>": 0,
    "/wishes": 3,
    "/wishes/hearts": 3,
    "/wishes/<int(max=999999999):number>": 0,
    "/wishes/<int(max=999999999):number>/bag": 0,
    "/search?q=jacket": 8,
    "/c/all?era=1970s": 8,
}
"""Every address that can be asked for, with the most queries of its page; who signs in to see it
costs one or two of them.
"""
REPEATED: Final = 2
"""How often a page may ask the same thing about something else; of ten rows, each would be one."""
SEVERAL: Final = {"/me/export": 6}
"""Files that are written a part at a time, by modules that each ask for the proved address."""
on_one_database = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
"""Both are asked the same."""


@on_one_database
def test_every_page_has_a_limit(app, world):
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert pages == {address for address in LIMITS if "?" not in address}


@on_one_database
@pytest.mark.slow
def test_no_page_asks_more_often_than_its_limit(app, world):
    over = []
    for page, limit in LIMITS.items():
        asked = _asked(app, world, page)
        if len(asked) > limit:
            over.append(f"{page} asked {len(asked)} times, its limit is {limit}")
        statement, times = next(iter(Counter(asked).most_common(1)), ("", 0))
        if times > SEVERAL.get(page, REPEATED):
            over.append(f"{page} asked {times} times: {statement}")

    assert not over, "\n".join(over)


def _asked(app: Flask, world: World, page: str) -> list[str]:
    """What the page reads that is made anew, once what is read once per process has been read."""
    path, _mark, query = page.partition("?")
    rules = {rule.rule: rule for rule in app.url_map.iter_rules()}
    address = filled(rules[path], genuine(rules[path], world)) if path in rules else path
    browser = world.browser(app, _who_may(page))
    with without_memory(app):
        browser.get(address, query)
        with _reads() as asked:
            browser.get(address, query)
    return asked


def _who_may(page: str) -> str:
    if page.startswith(("/admin", "/preview")):
        return "owner"
    return "ada" if page == "/me" or page.startswith("/me/") else "anonymous"


@contextmanager
def _reads() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
