"""Guards of stock, of holds and of what search may show (I1, I2, I3, I27)."""

from __future__ import annotations

from tests.guards.guard import Guard, Rewritten

STOCK, SETTLE = "app.catalog.commands.stock", "app.orders.commands.settle"
TESTS, SETTLED = "tests/catalog/test_stock.py", "tests/orders/test_settle.py"
INDEXING = "tests/search/test_indexing.py"
GUARDS = (
    Guard(
        "free units decide", "I1", f"{STOCK}.holding:_take",
        Rewritten(", Stock.on_hand - Stock.held >= quantity", ""),
        f"{TESTS}::test_what_ada_holds_ben_cannot_have",
    ),
    Guard(
        "free units decide under eight buyers", "I1", f"{STOCK}.holding:_take",
        Rewritten(", Stock.on_hand - Stock.held >= quantity", ""),
        f"{TESTS}::test_forty_buyers_at_once_get_exactly_what_there_is", database="postgresql",
    ),
    Guard(
        "all or nothing is held", "I1", f"{STOCK}.holding:_reserve_one",
        Rewritten("raise OutOfStock(variant_id=line.variant_id, free=free)",
                  "return Reserved(line.variant_id, 0, 0)"),
        f"{TESTS}::test_when_one_of_two_is_gone_nothing_is_held",
    ),
    Guard(
        "a count spares what is promised", "I1", f"{STOCK}.counting:count_all",
        Rewritten("stock.held > units", "stock.held > units + 99"),
        f"{TESTS}::test_what_is_promised_cannot_be_counted_away",
    ),
    Guard(
        "an expired hold gives way to who buys", "I2", f"{STOCK}.holding:reserve",
        Rewritten("release_expired([stock.id for stock in stocks], sparing=owner, now=now)", "0"),
        f"{TESTS}::test_an_expired_hold_gives_way_without_any_worker",
    ),
    Guard(
        "an expired hold is free on the page", "I2", "app.catalog.queries.units:free_units",
        Rewritten('"now": now', '"now": now.replace(year=2000)'),
        f"{TESTS}::test_an_expired_hold_counts_as_free_on_the_page",
    ),
    Guard(
        "a late payment asks for its goods", "I3", f"{SETTLE}:_capture",
        Rewritten("if order.closed_at is None and not take_goods(order, now=now):", "if False:"),
        f"{SETTLED}::test_a_late_payment_for_goods_that_are_gone_goes_back_once",
    ),
    Guard(
        "goods are kept as long as their holds are", "I3", f"{STOCK}.holding:holds",
        Rewritten("return all(", "return True or all("),
        f"{SETTLED}::test_a_late_payment_for_goods_that_are_gone_goes_back_once",
    ),
    Guard(
        "a closed order comes back with its goods or not at all", "I3", f"{SETTLE}:_reopen",
        Rewritten("if take_goods(order, now=now):", "if take_goods(order, now=now) or True:"),
        "tests/faults/test_invariants.py"
        "::test_a_payment_for_a_closed_order_whose_goods_were_sold_goes_back_once",
    ),
    Guard(
        "a closed order comes back", "I3", f"{SETTLE}:_capture",
        Rewritten("not _reopen(order, now=now)", "True"),
        f"{SETTLED}::test_a_payment_for_a_closed_order_brings_it_back_while_the_goods_are_there",
    ),
    Guard(
        "what the index finds is asked of the database", "I27",
        "app.catalog.queries.cards:visible_ids",
        Rewritten(", Product.state == ProductState.LIVE", ""),
        "tests/storefront/test_search.py"
        "::test_price_stock_and_visibility_are_the_databases_whatever_the_index_says",
    ),
    Guard(
        "what is not public leaves the index", "I27", "app.search.commands.indexing:sync",
        Rewritten("[key for key in some if key not in found]", "[]"),
        f"{INDEXING}::test_sync_writes_what_changed_and_takes_out_what_is_not_public",
    ),
    Guard(
        "what drifted is mended", "I27", "app.search.commands.indexing:ensure",
        Rewritten("sync(found.missing | found.surplus)", "0"),
        f"{INDEXING}::test_ensure_builds_what_is_missing_and_mends_what_drifted",
    ),
)  # fmt: skip
