"""Guards of checkout, prices, promotions and the moves of an order (I9 to I12, I15, I19, I20)."""

from __future__ import annotations

from tests.guards.guard import Guard, Rewritten

CHECKOUT, REDEEMING = "app.checkout.commands", "app.marketing.commands.redeeming"
TESTS, FORM = "tests/faults/test_invariants.py", "tests/checkout/test_views.py"
LIMITS = "tests/marketing/test_redeeming.py::test_no_limit_is_passed_by_those_who_check_out_at_once"
PARCELS = "tests/admin/test_parcels.py"
GUARDS = (
    Guard(
        "a checkout becomes one order", "I9", f"{CHECKOUT}:order",
        Rewritten("if checkout.order_id is not None:", "if False:"),
        f"{TESTS}::test_a_checkout_submitted_twice_is_one_order",
    ),
    Guard(
        "a key places one order", "I9", "app.orders.commands.place:place",
        Rewritten("if again is not None:", "if False:"),
        f"{TESTS}::test_the_same_key_places_one_order",
    ),
    Guard(
        "a second submit leads to the first order", "I9", "app.checkout.views:create_order",
        Rewritten("return _to_order(checkout.order_id, form)", "raise NotFound"),
        f"{FORM}::test_a_second_submit_leads_to_the_same_order",
    ),
    Guard(
        "the price that was shown is the price charged", "I10", f"{CHECKOUT}:order",
        Rewritten("quoted.fingerprint != submitted.fingerprint or ", ""),
        f"{FORM}::test_another_price_is_shown_and_nothing_ordered",
    ),
    Guard(
        "a fee nobody knew is asked about", "I10", f"{CHECKOUT}:order",
        Rewritten("quoted.fingerprint != submitted.fingerprint or ", ""),
        f"{FORM}::test_the_fee_of_an_address_is_shown_before_it_is_paid",
    ),
    Guard(
        "every line is in the fingerprint", "I10", "app.orders.pricing:Quote.fingerprint",
        Rewritten("self.currency, lines, parcels", "self.currency, [], parcels"),
        "tests/orders/test_pricing.py::test_any_changed_term_changes_the_fingerprint",
    ),
    Guard(
        "what came into the bag meanwhile is asked about", "I11", f"{CHECKOUT}:order",
        Rewritten("quoted.fingerprint != submitted.fingerprint or ", ""),
        f"{TESTS}::test_what_is_added_while_somebody_pays_is_asked_about",
    ),
    Guard(
        "only what was ordered leaves the bag", "I11", "app.cart.commands:empty",
        Rewritten(", BagLine.variant_id.in_(variant_ids)", ""),
        f"{TESTS}::test_what_was_not_ordered_stays_in_the_bag",
    ),
    Guard(
        "uses in all", "I12", f"{REDEEMING}:_count",
        Rewritten("or_(Promotion.max_uses.is_(None), Promotion.used < Promotion.max_uses),", ""),
        LIMITS, "in all",
    ),
    Guard(
        "uses of a code", "I12", f"{REDEEMING}:_count",
        Rewritten("PromotionCode.used < PromotionCode.max_uses", "PromotionCode.id > 0"),
        LIMITS, "by code",
    ),
    Guard(
        "a promotion's budget", "I12", f"{REDEEMING}:_count",
        Rewritten("Promotion.spent + taken.amount <= Promotion.budget", "Promotion.id > 0"),
        LIMITS, "budget",
    ),
    Guard(
        "uses of a person", "I12", f"{REDEEMING}:_had_their_share",
        Rewritten(">= most", ">= most + 99"), LIMITS, "one person",
    ),
    Guard(
        "a use is given back once", "I12", f"{REDEEMING}:release",
        Rewritten("if use.released_at is not None:", "if False:"),
        "tests/marketing/test_redeeming.py"
        "::test_a_use_is_given_back_once_and_taken_up_again_once",
    ),
    Guard(
        "a paid order is not cancelled", "I15", "app.orders.commands.cancel:cancel_unpaid",
        Rewritten("if order.paid_at is not None or captured > refunded:", "if False:"),
        "tests/orders/test_question.py"
        "::test_an_order_is_not_cancelled_while_money_for_it_is_here",
    ),
    Guard(
        "an attempt ends once", "I15", "app.payments.commands.attempts:record_ended",
        Rewritten(", Payment.state.in_(OPEN_PAYMENTS)", ""),
        f"{TESTS}::test_a_captured_payment_does_not_fail_afterwards",
    ),
    Guard(
        "a line moves as published", "I15", "app.orders.rules:moved",
        Rewritten("after not in LINE_MOVES[before]", "False"),
        "tests/orders/test_rules.py::test_a_line_moves_as_documented_and_not_otherwise",
    ),
    Guard(
        "unpaid goods are not shipped", "I15", "app.orders.commands.fulfil:mark_shipped",
        Rewritten("order.paid_at is None or ", ""),
        f"{PARCELS}::test_an_unpaid_order_and_one_to_be_collected_are_not_shipped",
    ),
    Guard(
        "no more is shipped than was sold", "I15", "app.orders.commands.fulfil:mark_shipped",
        Rewritten("quantity > line.open_units", "quantity > 99"),
        f"{TESTS}::test_no_more_is_shipped_than_was_sold",
    ),
    Guard(
        "rows are their merchant's", "I19", "app.platform.rbac:merchants_rows",
        Rewritten("return merchant_id == actor.merchant_id", "return merchant_id > 0"),
        "tests/platform/test_rbac.py::test_staff_see_the_rows_of_their_own_merchant",
    ),
    Guard(
        "a link is signed", "I20", "app.platform.ids:token_is_genuine",
        Rewritten("hmac.compare_digest(tag.encode(), one)", "one"),
        "tests/storefront/test_orders.py::test_a_forged_link_opens_nothing",
    ),
)  # fmt: skip
