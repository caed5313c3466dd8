"""The signed-timestamp header of callbacks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.payments.gateways import signature
from app.payments.gateways.base import (
    BadSignature,
    StaleSignature,
)
from tests.payments.gateway_requests import (
    NOW,
    STAMP,
)

BODY = b'{"id":"evt_1"}'
VECTOR = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925"


def test_the_documented_vector_is_reproduced() -> None:
    assert signature.sign("whsec_test", STAMP, BODY) == VECTOR
    signature.verify(f"t={STAMP},v1={VECTOR}", BODY, "whsec_test", NOW)


def test_any_of_several_signatures_may_match_while_a_secret_rolls() -> None:
    header = f"t={STAMP},v1={'0' * 64},v0=abc,v1={VECTOR}"

    signature.verify(header, BODY, "whsec_test", NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_signature_is_fresh_for_five_minutes_both_ways(seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)

    signature.verify(f"t={STAMP},v1={VECTOR}", BODY, "whsec_test", now)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_a_genuine_signature_goes_stale_both_ways(seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)

    with pytest.raises(StaleSignature):
        signature.verify(f"t={STAMP},v1={VECTOR}", BODY, "whsec_test", now)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "t=,v1=",
        f"v1={VECTOR}",
        f"t={STAMP}",
        f"t={STAMP},v0={VECTOR}",
        f"t={STAMP},v1={VECTOR.upper()}",
        f"t={STAMP},v1={VECTOR[:-1]}",
        f"t={STAMP},v1=é",
        f"t={STAMP + 1},v1={VECTOR}",
        f"t={STAMP},t={STAMP},v1={VECTOR}",
        f"t=-{STAMP},v1={VECTOR}",
        f"t=+{STAMP},v1={VECTOR}",
        f"t=١٧٠٠٠٠٠٠٠٠,v1={VECTOR}",
        f"t={'9' * 400},v1={VECTOR}",
        f"t={STAMP},v1={VECTOR}" + ",v1=0" * 1000,
        VECTOR,
    ],
)
def test_a_header_that_is_not_ours_is_refused(header: str | None) -> None:
    with pytest.raises(BadSignature):
        signature.verify(header, BODY, "whsec_test", NOW)


@pytest.mark.parametrize("body", [b"", b'{"id":"evt_2"}', b'{"id": "evt_1"}', BODY + b"\n"])
def test_the_signature_is_over_the_raw_bytes(body: bytes) -> None:
    with pytest.raises(BadSignature):
        signature.verify(f"t={STAMP},v1={VECTOR}", body, "whsec_test", NOW)


@given(st.text(max_size=300))
def test_no_header_is_accepted_by_chance(header: str) -> None:
    with pytest.raises(BadSignature):
        signature.verify(header, BODY, "whsec_test", NOW)
