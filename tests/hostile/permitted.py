"""Which tables each form may touch when it is answered with a success, and what a refusal may.

A form that is not listed may touch nothing: whoever adds one says here what it is for.
"""

from __future__ import annotations

TOLD = frozenset(
    {"outbox_fact", "outbox_delivery", "message", "message_attempt", "message_file", "audit_row"}
)
"""What follows any change: facts, mails, the record."""
STAMPED = frozenset({"content_stamp"})
"""Whatever may change something may change what pages show."""
BAG = frozenset({"bag", "bag_line"})
HELD = frozenset({"checkout", "hold", "stock"})
ORDER = frozenset(
    {
        "order", "order_line", "order_delivery", "order_due", "order_event", "hold", "stock",
        "review_invitation",
    }
)  # fmt: skip
MONEY = frozenset({"payment", "refund", "order_refund", "order_refund_line", "ledger_entry"})
SHOWN = frozenset({"listed_product", "listing_stamp"})
"""What lists and filters read, brought up to date with the change."""
MOVED = SHOWN | {"stock_movement"}
GOODS = SHOWN | frozenset(
    {
        "product", "piece", "variant", "price_change", "fault", "product_tag", "product_image",
        "former_address", "media", "collection", "collection_product", "counter",
        "product_import",
    }
)  # fmt: skip
ACCOUNT = frozenset({"customer", "sign_in_code", "order"})
CAMPAIGN = frozenset({"campaign", "campaign_event", "campaign_task"})
LISTED = frozenset({"chat_list", "list_entry", "list_item"})
SUBSTITUTED = frozenset({"substitution", "substitution_answer"})
MADE = frozenset({"campaign_sku", "production_movement"})
LEFT = frozenset({"campaign_person", "campaign_sku", "commitment", "participation"})
"""Places that somebody gives back or exchanges."""
BOOKS = ORDER | MONEY | MOVED | {"participation", "commitment"}
"""Where the books of tests.faults.books are kept."""

BY_ENDPOINT: dict[str, frozenset[str]] = {
    "bag.create_line": BAG,
    "bag.update_line": BAG | HELD | TOLD,
    "bag.accept_prices": BAG,
    "bag.create_restoration": BAG,
    "admin_groups.update_tick": frozenset({"handed_out"}),
    "checkout.begin": BAG | HELD,
    "checkout.read_address": frozenset({"checkout"}),
    "checkout.keep_fields": frozenset({"checkout"}),
    "checkout.create_order": BAG | HELD | ORDER | MONEY | TOLD,
    "orders.create_payment": ORDER | {"payment"},
    "orders.create_cancellation": ORDER | {"payment"} | TOLD,
    "orders.create_proof": frozenset({"payment_proof", "order_event"}) | TOLD,
    "orders.find_by_phone": frozenset(),
    "order_presales.create_substitution": LEFT | ORDER | SUBSTITUTED | TOLD,
    "admin_presales.create_substitution": (
        frozenset({"substitution", "campaign_event", "campaign_task"}) | TOLD
    ),
    "readdressing.update": frozenset({"order", "order_event"}) | TOLD,
    "wishes.update": frozenset({"wish"}),
    "wishes.move": BAG | {"wish"},
    "alerts.create": frozenset({"stock_alert"}) | TOLD,
    "alerts.confirm": frozenset({"stock_alert"}),
    "alerts.withdraw": frozenset({"stock_alert"}),
    "reviews.write": frozenset({"review", "review_photo"}) | TOLD,
    "reviews.decline": frozenset({"review_invitation"}),
    "reviews.report": frozenset({"review_report"}),
    "seen.show": frozenset(),
    "reminders.create": frozenset({"campaign_reminder"}) | TOLD,
    "reminders.confirm": frozenset({"campaign_reminder"}),
    "reminders.withdraw": frozenset({"campaign_reminder"}),
    "order_presales.create_answer": frozenset({"buyer_answer"}) | TOLD,
    "order_presales.create_balance_payment": frozenset({"order_event", "payment"}),
    "order_presales.create_departure": LEFT | ORDER | MONEY | TOLD,
    "waiting.accept": BAG,
    "waiting.refuse": frozenset({"waiting_entry"}) | TOLD,
    "waiting.withdraw": frozenset({"waiting_entry"}) | TOLD,
    "preferences.update": frozenset(),
    "sign_in.create": ACCOUNT | {"wish"} | TOLD,
    "sign_in.create_by_code": ACCOUNT | {"wish"} | TOLD,
    "sign_in.end": frozenset(),
    "account.update": frozenset({"customer"}) | TOLD,
    "account.update_password": frozenset({"customer"}) | TOLD,
    "account.end_sessions": frozenset({"customer"}) | TOLD,
    "account.delete": (
        ACCOUNT
        | {"customer_address", "wish", "stock_alert"}
        | {"review", "review_invitation", "review_photo"}
        | TOLD
    ),
    "address_book.create": frozenset({"customer_address"}),
    "address_book.update": frozenset({"customer_address"}),
    "address_book.delete": frozenset({"customer_address"}),
    "admin_session.create": frozenset({"staff"}) | TOLD,
    "admin_session.delete": frozenset(),
    "admin_presales.create": CAMPAIGN | {"campaign_sku"} | TOLD,
    "admin_presales.update": CAMPAIGN | {"campaign_sku"} | TOLD,
    "admin_presales.update_cap": frozenset({"campaign_sku"}) | TOLD,
    "admin_presales.create_copy": CAMPAIGN | {"campaign_sku"} | TOLD,
    "admin_presales.create_rehearsal": frozenset({"campaign_rehearsal"}) | TOLD,
    "admin_presales.create_closing": CAMPAIGN | TOLD,
    "admin_presales.create_decision": CAMPAIGN | TOLD,
    "admin_presales.start_production": CAMPAIGN | MADE | TOLD,
    "admin_presales.create_arrival": CAMPAIGN | TOLD,
    "admin_presales.create_split": CAMPAIGN | {"shortage_split"} | TOLD,
    "admin_presales.create_fulfilment": CAMPAIGN | TOLD,
    "admin_presales.open_balances": CAMPAIGN | TOLD,
    "admin_presales.create_news": CAMPAIGN | TOLD,
    "admin_presales.update_words": frozenset({"campaign"}) | TOLD,
    "admin_presales.update_address": frozenset({"campaign", "former_address"}) | TOLD,
    "admin_presales.create_more_time": CAMPAIGN | TOLD,
    "admin_presales.create_more_time_for_one": frozenset({"order_due", "order_event"}) | TOLD,
    "admin_presales.create_waiver": ORDER | {"commitment"} | TOLD,
    "admin_presales.grant_leave": LEFT | ORDER | MONEY | TOLD,
    "admin_presales.refuse_leave": frozenset({"commitment", "order_event"}) | TOLD,
    "admin_presales.create_approval": frozenset({"compensation"}) | TOLD,
    "admin_presales.create_compensation_payment": frozenset({"compensation"}) | TOLD,
    "admin_presales.create_disclosure": TOLD,
    "admin_presales.update_private_note": frozenset({"participation"}) | TOLD,
    "admin_presales.update_visible_note": frozenset({"participation"}) | TOLD,
}
BY_SCREEN: dict[str, frozenset[str]] = {
    "admin_actions": ORDER | MOVED | {"payment"} | TOLD,
    "admin_parcels": ORDER | {"parcel", "parcel_line", "parcel_event"} | TOLD,
    "admin_refunds": ORDER | MOVED | MONEY | TOLD,
    "admin_payments": ORDER | MOVED | MONEY | TOLD,
    "admin_pickup": ORDER | TOLD,
    "admin_collection_rules": SHOWN | {"collection", "gathered_product"} | TOLD,
    "admin_home": frozenset({"home_version", "counter"}) | TOLD,
    "admin_collections": (SHOWN | {"collection", "collection_product", "former_address"} | TOLD),
    "admin_reviews": frozenset({"review", "review_report"}) | TOLD,
    "admin_settings": frozenset(
        {"tax_class", "tax_rate", "delivery_zone", "shipping_rate", "location"}
    )
    | TOLD,
    "admin_promotions": frozenset({"promotion", "promotion_code"}) | TOLD,
    "admin_search_words": frozenset({"search_synonym", "search_hot_word", "search_miss"}) | TOLD,
    "admin_imports": GOODS | MOVED | {"stock", "import_run"} | TOLD,
    "admin_exports": frozenset({"export_run"}) | TOLD,
    "admin_items": GOODS | MOVED | {"stock"} | TOLD,
    "admin_stock": frozenset({"stock", "hold"}) | MOVED | TOLD,
    "admin_mails": TOLD,
    "admin_callbacks": frozenset({"inbound_event", "parcel_event", "parcel"}) | TOLD,
    "admin_groups": frozenset(
        {"chat_group", "share_link", "handed_out", "reach_goal", "promotion_code"}
    )
    | LISTED
    | TOLD,
    "admin_team": frozenset({"staff"}) | TOLD,
    "admin_account": frozenset({"staff"}) | TOLD,
}
"""Blueprints of the counter, where each screen has its own tables."""

REFUSED = frozenset({"checkout", "sign_in_code", "payment"})
"""What was typed is kept, a code's tries are counted, a provider is asked."""
RECORDED = frozenset({"admin_callbacks.replay"})
"""Where even a try that fails goes to the record."""


KEPT_ANYWAY = {"reviews.write": frozenset({"review_photo"}) | STAMPED}
"""What was chosen with something that is refused: nobody has to choose it twice."""


def tables(endpoint: str, *, is_refused: bool) -> frozenset[str]:
    """What an answer of this endpoint may have touched."""
    if is_refused:
        kept = REFUSED | {"audit_row"} if endpoint in RECORDED else REFUSED
        return kept | KEPT_ANYWAY.get(endpoint, frozenset())
    known = BY_ENDPOINT.get(endpoint)
    if known is None:
        known = BY_SCREEN.get(endpoint.partition(".")[0], frozenset())
    return known | STAMPED if known else known
