"""Guards of payments, refunds and the books (I4 to I8)."""

from __future__ import annotations

from tests.guards.guard import Guard, Rewritten

SETTLE, PAY, REFUNDS = (
    "app.orders.commands.settle", "app.orders.commands.pay", "app.payments.commands.refunds",
)  # fmt: skip
SIGNED = "app.payments.gateways.signature:verify"
TESTS, SETTLED = "tests/faults/test_invariants.py", "tests/orders/test_settle.py"
END_TO_END, COUNTER = "tests/payments/test_end_to_end.py", "tests/admin/test_refunds.py"
SIGNATURES = "tests/payments/test_gateways_signature.py"
GUARDS = (
    Guard(
        "a transaction is booked once", "I4", f"{SETTLE}:_capture",
        Rewritten("if not _book(order, payment, report, now=now):",
                  "if not _book(order, payment, report, now=now) and False:"),
        f"{SETTLED}::test_the_same_payment_reported_five_times_changes_nothing_more",
    ),
    Guard(
        "what is paid is not paid twice", "I4", f"{SETTLE}:_capture",
        Rewritten("if due.is_settled:", "if False:"),
        f"{SETTLED}::test_a_second_payment_of_a_paid_order_goes_back_once",
    ),
    Guard(
        "the amount is compared", "I5", f"{SETTLE}:_difference",
        Rewritten("report.amount_minor != payment.amount", "False"),
        f"{SETTLED}::test_a_wrong_amount_waits_for_a_person",
    ),
    Guard(
        "the currency is compared", "I5", f"{SETTLE}:_difference",
        Rewritten("report.currency != payment.currency", "False"),
        f"{TESTS}::test_another_currency_waits_for_a_person",
    ),
    Guard(
        "the account is ours", "I5", "app.payments.gateways.sandbox_objects:_our_account",
        Rewritten("named != merchant", "False"),
        "tests/payments/test_gateways_answers.py"
        "::test_an_event_for_another_merchant_is_not_addressed_to_us",
    ),
    Guard(
        "the provider is the attempt's own", "I5", f"{SETTLE}:settle",
        Rewritten(" or payment.gateway != report.gateway", ""),
        f"{TESTS}::test_a_report_of_another_provider_pays_nothing",
    ),
    Guard(
        "a callback is signed", "I5", SIGNED, Rewritten("if not any(matches):", "if False:"),
        f"{SIGNATURES}::test_the_signature_is_over_the_raw_bytes",
    ),
    Guard(
        "a callback is fresh", "I5", SIGNED,
        Rewritten("abs(now.timestamp() - timestamp) > TOLERANCE_SECONDS", "False"),
        f"{SIGNATURES}::test_a_genuine_signature_goes_stale_both_ways",
    ),
    Guard(
        "a silent provider cancels nothing", "I6", f"{PAY}:_is_over",
        Rewritten("if report is None:\n        return False",
                  "if report is None:\n        return True"),
        f"{END_TO_END}::test_an_order_stays_open_while_its_provider_is_silent",
    ),
    Guard(
        "the provider is asked", "I6", f"{PAY}:ask_provider",
        Rewritten("settle(report, now=clock.now())", "0"),
        f"{END_TO_END}::test_when_every_callback_is_lost_the_poller_finds_out",
    ),
    Guard(
        "what is unknown is asked again", "I6", "app.payments.queries:silent_attempts",
        Rewritten(".where(Payment.state.in_(OPEN_PAYMENTS), Payment.ask_at <= now)",
                  '.where(Payment.state == "pending", Payment.ask_at <= now)'),
        f"{TESTS}::test_an_attempt_whose_start_was_never_answered_is_asked_about",
    ),
    Guard(
        "shares lose nothing", "I7", "app.platform.money:Money.allocate",
        Rewritten("shares[index] += 1", "shares[index] += 0"),
        "tests/platform/test_money.py::test_allocation_loses_nothing",
    ),
    Guard(
        "an order that does not add up is named", "I7", "app.orders.bookkeeping:_odd_orders",
        Rewritten("goods + Order.shipping_total != Order.total", "Order.id < 0"),
        "tests/payments/test_books.py::test_an_order_that_does_not_add_up_is_named",
    ),
    Guard(
        "both sides' books are compared", "I7", "app.orders.bookkeeping:compare",
        Rewritten("if here != there:", "if False:"),
        "tests/payments/test_books.py"
        "::test_every_difference_is_named_once_and_seen_from_both_sides",
    ),
    Guard(
        "no payment gives back more than it took", "I8", f"{REFUNDS}:intend_refund",
        Rewritten("if amount > refundable(payment_id, payment.captured_amount or 0):",
                  "if False:"),
        f"{TESTS}::test_a_payment_gives_back_no_more_than_it_took",
    ),
    Guard(
        "a refund on its way counts", "I8", f"{REFUNDS}:refundable",
        Rewritten("return captured - int(promised or 0)", "return captured"),
        f"{TESTS}::test_a_payment_gives_back_no_more_than_it_took",
    ),
    Guard(
        "no line gives back more than it cost", "I8", "app.orders.commands.cancel:_amounts",
        Rewritten("if wanted > left:", "if False:"),
        f"{TESTS}::test_a_line_gives_back_no_more_than_it_cost",
    ),
    Guard(
        "a refund is decided once", "I8", "app.orders.commands.cancel:refund",
        Rewritten("if again is not None:", "if False:"),
        f"{COUNTER}::test_a_form_sent_twice_pays_back_once",
    ),
    Guard(
        "a refund ends once", "I8", f"{SETTLE}:_refund_succeeded",
        Rewritten("if not ended:", "if False:"),
        f"{TESTS}::test_a_refund_reported_twice_is_booked_once",
    ),
)  # fmt: skip
