"""What states, choices and tasks of presales are called, and the tone each is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.admin.queries.presales.joins import JoinView
from app.admin.queries.presales.listing import View
from app.admin.words import Said
from app.platform.i18n import LazyText, lazy_gettext
from app.presale.models import (
    BalanceUnpaid,
    Campaign,
    CampaignState,
    CommitmentState,
    CompensationState,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    Stage,
    SupplyMode,
)

VIEWS: Mapping[View, LazyText] = {
    View.RUNNING: lazy_gettext("Running"),
    View.TO_DECIDE: lazy_gettext("To decide"),
    View.IN_PRODUCTION: lazy_gettext("In production"),
    View.BALANCES: lazy_gettext("Balances open"),
    View.DRAFTS: lazy_gettext("Drafts"),
    View.DONE: lazy_gettext("Done"),
    View.ALL: lazy_gettext("All"),
}
STATES: Mapping[CampaignState, Said] = {
    CampaignState.DRAFT: (lazy_gettext("Draft"), "neutral"),
    CampaignState.PREVIEW: (lazy_gettext("Preview"), "neutral"),
    CampaignState.SCHEDULED: (lazy_gettext("Scheduled"), "info"),
    CampaignState.OPEN: (lazy_gettext("Open for joining"), "ok"),
    CampaignState.SOLD_OUT: (lazy_gettext("All places taken"), "accent"),
    CampaignState.CLOSING: (lazy_gettext("Closed, being settled"), "warn"),
    CampaignState.EXTENDED: (lazy_gettext("Extended"), "ok"),
    CampaignState.SUCCEEDED: (lazy_gettext("Takes place"), "ok"),
    CampaignState.FAILED: (lazy_gettext("Does not take place"), "bad"),
    CampaignState.REFUNDING: (lazy_gettext("Paying back"), "warn"),
    CampaignState.REFUNDED: (lazy_gettext("Everybody paid back"), "neutral"),
    CampaignState.IN_PRODUCTION: (lazy_gettext("In production"), "info"),
    CampaignState.ARRIVING: (lazy_gettext("Arriving"), "info"),
    CampaignState.BALANCE_OPEN: (lazy_gettext("Balances open"), "warn"),
    CampaignState.BALANCE_CLOSED: (lazy_gettext("Balances closed"), "info"),
    CampaignState.FULFILLING: (lazy_gettext("Being sent"), "info"),
    CampaignState.COMPLETED: (lazy_gettext("Completed"), "ok"),
    CampaignState.CANCELLED: (lazy_gettext("Given up"), "bad"),
}
JOIN_VIEWS: Mapping[JoinView, LazyText] = {
    JoinView.IN: lazy_gettext("In"),
    JoinView.UNPAID: lazy_gettext("Not paid yet"),
    JoinView.OWING: lazy_gettext("Owe the balance"),
    JoinView.LEAVING: lazy_gettext("Want to leave"),
    JoinView.LEFT: lazy_gettext("Left"),
    JoinView.ALL: lazy_gettext("All"),
}
COMMITMENTS: Mapping[CommitmentState, Said] = {
    CommitmentState.HOLD: (lazy_gettext("Not paid yet"), "neutral"),
    CommitmentState.COMMITTED: (lazy_gettext("Interested"), "info"),
    CommitmentState.CONFIRMED: (lazy_gettext("Confirmed"), "ok"),
    CommitmentState.BALANCE_DUE: (lazy_gettext("Balance due"), "warn"),
    CommitmentState.BALANCE_PAID: (lazy_gettext("Balance paid"), "ok"),
    CommitmentState.ALLOCATED: (lazy_gettext("To pack"), "warn"),
    CommitmentState.PACKED: (lazy_gettext("Packed"), "info"),
    CommitmentState.SHIPPED: (lazy_gettext("Under way"), "info"),
    CommitmentState.READY_FOR_PICKUP: (lazy_gettext("Ready"), "info"),
    CommitmentState.DELIVERED: (lazy_gettext("Delivered"), "ok"),
    CommitmentState.PICKED_UP: (lazy_gettext("Collected"), "ok"),
    CommitmentState.CLOSED: (lazy_gettext("Done"), "ok"),
    CommitmentState.HOLD_EXPIRED: (lazy_gettext("Not paid in time"), "neutral"),
    CommitmentState.CANCEL_REQUESTED: (lazy_gettext("Wants to leave"), "warn"),
    CommitmentState.CANCELLED: (lazy_gettext("Taken off"), "neutral"),
    CommitmentState.FORFEITED: (lazy_gettext("Deposit lost"), "bad"),
    CommitmentState.WAIVED: (lazy_gettext("Balance waived"), "info"),
    CommitmentState.REFUNDED: (lazy_gettext("Refunded"), "neutral"),
    CommitmentState.SHORT_SUPPLIED: (lazy_gettext("Cut short"), "warn"),
    CommitmentState.SUBSTITUTED: (lazy_gettext("Replaced"), "info"),
}
PAYMENT_MODES: Mapping[PaymentMode, tuple[LazyText, LazyText]] = {
    PaymentMode.DEPOSIT: (
        lazy_gettext("Deposit now, balance later"),
        lazy_gettext("The balance is asked for when the goods are there."),
    ),
    PaymentMode.FULL: (
        lazy_gettext("All of it now"),
        lazy_gettext("One payment on joining; nothing is asked for later."),
    ),
    PaymentMode.INTEREST: (
        lazy_gettext("Interest only"),
        lazy_gettext("Nobody pays. You learn how many would buy."),
    ),
}
SUPPLY_MODES: Mapping[SupplyMode, tuple[LazyText, LazyText]] = {
    SupplyMode.THRESHOLD: (
        lazy_gettext("Made only if enough join"),
        lazy_gettext("Below the number at the close you decide, or the default does."),
    ),
    SupplyMode.MADE_TO_ORDER: (
        lazy_gettext("Made to order"),
        lazy_gettext("As many as join are made, up to the cap if there is one."),
    ),
    SupplyMode.STOCK: (
        lazy_gettext("In stock already"),
        lazy_gettext("The units are taken off the shelf when it is published."),
    ),
    SupplyMode.SINGLE: (
        lazy_gettext("One single piece"),
        lazy_gettext("It lies here; one person can have it."),
    ),
}
DEPOSIT_KINDS: Mapping[DepositKind, tuple[LazyText, LazyText]] = {
    DepositKind.ADVANCE: (
        lazy_gettext("订金 · advance"),
        lazy_gettext("Simply paid back when it does not come about. Any size."),
    ),
    DepositKind.EARNEST: (
        lazy_gettext("定金 · earnest money"),
        lazy_gettext(
            "Lost by a buyer who withdraws, returned double by a shop that fails; at most a fifth "
            "of the price (Civil Code 586, 587)."
        ),
    ),
}
UNPAID: Mapping[BalanceUnpaid, LazyText] = {
    BalanceUnpaid.REFUND: lazy_gettext("Take it off and pay the deposit back"),
    BalanceUnpaid.EXTEND: lazy_gettext("Give the same time once more, then pay back"),
    BalanceUnpaid.FORFEIT: lazy_gettext("The buyer loses the 定金"),
}
DECISIONS: Mapping[Decision, LazyText] = {
    Decision.REFUND: lazy_gettext("Pay everybody back"),
    Decision.EXTEND: lazy_gettext("Extend it"),
    Decision.RUN: lazy_gettext("Make it all the same"),
    Decision.ASK: lazy_gettext("Ask the buyers"),
}
POLICIES: Mapping[ShortagePolicy, tuple[LazyText, LazyText]] = {
    ShortagePolicy.FIRST_COME: (
        lazy_gettext("First come"),
        lazy_gettext("The lower number is served first."),
    ),
    ShortagePolicy.PRO_RATA: (
        lazy_gettext("In proportion"),
        lazy_gettext("Everybody gets the same share of what they ordered."),
    ),
    ShortagePolicy.LOTTERY: (
        lazy_gettext("By lot"),
        lazy_gettext("A seed fixed at publishing decides; anybody can compute it again."),
    ),
}
STAGES: Mapping[Stage, LazyText] = {
    Stage.ORDERED: lazy_gettext("Ordered"),
    Stage.RECEIVED: lazy_gettext("Received"),
    Stage.PASSED: lazy_gettext("Passed"),
    Stage.PACKED: lazy_gettext("Packed"),
}
_TASKS: Mapping[str, LazyText] = {
    "refund": lazy_gettext("Paying everybody back"),
    "ask_balance": lazy_gettext("Asking for the balances"),
    "remind_balance": lazy_gettext("Reminding of the balance"),
    "balance_unpaid": lazy_gettext("Closing unpaid balances"),
    "more_time": lazy_gettext("Giving more time for the balance"),
    "cut": lazy_gettext("Taking off what is missing, paying it back"),
    "substitute": lazy_gettext("Offering another variant"),
    "allocate": lazy_gettext("Handing the goods on to orders"),
    "answers": lazy_gettext("Doing as the buyers answered"),
}
_NOTICES: Mapping[str, LazyText] = {
    "extended": lazy_gettext("Telling everybody of the new close"),
    "succeeded": lazy_gettext("Telling everybody that it takes place"),
    "in_production": lazy_gettext("Telling everybody that it is being made"),
    "asked": lazy_gettext("Asking everybody what they would like"),
    "promise_changed": lazy_gettext("Telling everybody of the new dates"),
    "update": lazy_gettext("Sending everybody the update"),
}


COMPENSATION = lazy_gettext(
    "A 定金 is returned double by a shop that fails (Civil Code 587). The first half is the "
    "ordinary refund; the second stands here, is agreed by two people and paid by transfer."
)
COMPENSATIONS: Mapping[CompensationState, Said] = {
    CompensationState.PROPOSED: (lazy_gettext("To approve"), "warn"),
    CompensationState.APPROVED: (lazy_gettext("To be paid"), "warn"),
    CompensationState.PAID: (lazy_gettext("Paid"), "ok"),
}
ANCHORS: Mapping[str, str] = {
    "skus": "goods",
    "deposit_kind": "deposit-kind",
    "questions": "questions-head",
}
"""Where to put right what a sentence is about, where that is not a field of its name."""


def choices(options: Mapping[Any, Any]) -> list[tuple[str, LazyText]]:
    """Options of a select; of two words about one the first."""
    return [
        (choice.value, said[0] if isinstance(said, tuple) else said)
        for choice, said in options.items()
    ]


def state_of(campaign: Campaign) -> tuple[str, str]:
    """(words, tone) of a campaign's state; what waits for the merchant says so."""
    words, tone = STATES[CampaignState(campaign.state)]
    if campaign.state == CampaignState.CLOSING and campaign.decide_by is not None:
        words = VIEWS[View.TO_DECIDE]
    return str(words), tone


def task_name(kind: str, key: str) -> str:
    """What a task does; an unknown one by its own name."""
    if kind == "notice":
        return str(_NOTICES.get(key.partition(":")[0], lazy_gettext("Telling everybody")))
    return str(_TASKS.get(kind, kind))
