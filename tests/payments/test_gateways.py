"""What every gateway promises, bank transfer, and which gateways there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.payments.gateways.bank_transfer import BankTransferGateway
from app.payments.gateways.base import (
    BadSignature,
    Gateway,
    MalformedEvent,
    PaymentReport,
    PaymentState,
    RefundReport,
    RefundState,
    differences,
)
from app.payments.gateways.registry import offered
from tests.payments.gateway_requests import (
    NOW,
    asked,
    refund_of,
)
from tests.servers.sandbox import KEY, MERCHANT, SECRET


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({}, ()),
        ({"attempt_reference": "A-2"}, ("attempt_reference",)),
        ({"merchant_account": "somebody-else"}, ("merchant_account",)),
        ({"currency": "USD"}, ("currency",)),
        ({"amount_minor": 1}, ("amount",)),
        ({"currency": "USD", "amount_minor": 1}, ("currency", "amount")),
    ],
)
def test_every_difference_from_what_was_asked_is_named(
    change: dict[str, str | int], named: tuple[str, ...]
) -> None:
    report = PaymentReport(
        "sandbox", "A-1", "pay_1", "txn_1", PaymentState.CAPTURED, 128050, "CNY", MERCHANT, NOW
    )

    assert differences(replace(report, **change), asked(), MERCHANT) == named  # type: ignore[arg-type]


@pytest.fixture
def transfer() -> BankTransferGateway:
    return BankTransferGateway(account="Demo Bank · 0000 · Vitrine", currency="CNY")


def test_a_transfer_opens_with_instructions_and_no_page(transfer: BankTransferGateway) -> None:
    session = transfer.create(asked("8XK2M4QF"), "key-1")

    assert session.pay_url is None
    assert session.instructions is not None
    assert session.instructions.account == "Demo Bank · 0000 · Vitrine"
    assert session.instructions.reference == "8XK2M4QF"
    assert (session.instructions.amount_minor, session.instructions.currency) == (128050, "CNY")


def test_only_staff_make_a_transfer_captured(transfer: BankTransferGateway) -> None:
    assert transfer.query("A-1").state is PaymentState.PENDING

    report = transfer.confirm("A-1", transaction_id="bank-77", amount_minor=128050, at=NOW)

    assert (report.state, report.transaction_id) == (PaymentState.CAPTURED, "bank-77")
    assert differences(report, asked("A-1"), transfer.merchant_account) == ()
    assert transfer.close("A-1").state is PaymentState.EXPIRED


def test_only_staff_make_a_transfer_refunded(transfer: BankTransferGateway) -> None:
    started = transfer.refund(refund_of("A-1"), "refund-1")

    done = transfer.confirm_refund("R-1", transaction_id="bank-78", amount_minor=100, at=NOW)

    assert (started.state, started.payment_reference) == (RefundState.PENDING, "A-1")
    assert transfer.query_refund("R-1").state is RefundState.PENDING
    assert (done.state, done.amount_minor) == (RefundState.SUCCEEDED, 100)
    assert isinstance(done, RefundReport)
    assert transfer.statement(NOW, NOW) == ()


def test_no_callback_of_a_bank_is_believed(transfer: BankTransferGateway) -> None:
    with pytest.raises(BadSignature):
        transfer.verify({}, b"{}", NOW)
    with pytest.raises(MalformedEvent):
        transfer.interpret({})


class Chosen:
    """The part of the settings that payments read."""

    currency = "CNY"
    bank_account = "Demo Bank · 0000 · Vitrine"
    sandbox_url = "http://127.0.0.1:9"
    sandbox_key = KEY
    sandbox_secret = SECRET
    sandbox_merchant = MERCHANT

    def __init__(self, *methods: str) -> None:
        self.payment_methods = methods


def test_only_the_methods_that_are_switched_on_are_offered_in_their_order() -> None:
    both = list(offered(Chosen("bank_transfer", "sandbox")))
    one = offered(Chosen("bank_transfer"))

    assert both == ["bank_transfer", "sandbox"]
    assert list(one) == ["bank_transfer"]


def test_a_gateway_is_known_by_its_name_and_our_account() -> None:
    built: dict[str, Gateway] = dict(offered(Chosen("sandbox", "bank_transfer")))

    assert {name: gateway.name for name, gateway in built.items()} == {
        "sandbox": "sandbox",
        "bank_transfer": "bank_transfer",
    }
    assert built["sandbox"].merchant_account == MERCHANT
