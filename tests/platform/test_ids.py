"""Codes that survive being read aloud, and links that open one thing and can be revoked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.ids import (
    ALPHABET,
    heard_code,
    sign_token,
    spoken_code,
    token_code,
    token_is_genuine,
)

SECRET = "one secret of the shop"
CODES = st.text(ALPHABET, min_size=1, max_size=16)


@pytest.mark.parametrize("length", [1, 8, 16])
def test_a_code_is_as_long_as_asked_and_has_no_look_alikes(length):
    codes = [spoken_code(length) for _ in range(200)]

    assert {len(code) for code in codes} == {length}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


def test_codes_do_not_repeat():
    assert len({spoken_code() for _ in range(10_000)}) == 10_000


def test_every_letter_is_as_likely():
    drawn = spoken_code(64_000)

    counts = [drawn.count(letter) for letter in ALPHABET]

    assert min(counts) > 1_700
    assert max(counts) < 2_300


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("k7q2-m0pf", "K7Q2M0PF"),
        (" K7Q2 M0PF ", "K7Q2M0PF"),
        ("kiQlmOpF", "K1Q1M0PF"),
        ("", ""),
    ],
)
def test_a_code_is_understood_as_people_write_it(heard, meant):
    assert heard_code(heard) == meant


@given(code=CODES)
def test_a_code_that_was_read_aloud_is_the_same_code(code):
    spoken = " ".join(code.lower().replace("0", "o").replace("1", "l"))

    assert heard_code(spoken) == code


@given(code=CODES, purpose=st.text(min_size=1), version=st.integers(1, 1000))
def test_what_we_signed_is_genuine_and_says_its_code(code, purpose, version):
    token = sign_token(SECRET, purpose, code, version)

    assert token_code(token) == code
    assert token_is_genuine((SECRET,), purpose, token, version)


@pytest.mark.parametrize(
    ("secret", "purpose", "version"),
    [("another secret", "order", 1), (SECRET, "refund", 1), (SECRET, "order", 2)],
    ids=["secret", "purpose", "version"],
)
def test_a_token_is_good_for_one_thing_only(secret, purpose, version):
    token = sign_token(SECRET, "order", "K7Q2")

    assert not token_is_genuine((secret,), purpose, token, version)


def test_while_a_secret_is_replaced_both_count():
    token = sign_token(SECRET, "order", "K7Q2")

    assert token_is_genuine(("another secret", SECRET), "order", token, 1)
    assert not token_is_genuine(("another secret", "a third"), "order", token, 1)
    assert not token_is_genuine((), "order", token, 1)


@given(token=st.text())
def test_no_made_up_token_is_genuine(token):
    assert not token_is_genuine((SECRET,), "order", token, 1)


@pytest.mark.parametrize("place", range(len("K7Q2-") + 22))
def test_no_letter_of_a_token_can_be_changed(place):
    token = sign_token(SECRET, "order", "K7Q2")
    other = "x" if token[place] != "x" else "y"

    forged = token[:place] + other + token[place + 1 :]

    assert not token_is_genuine((SECRET,), "order", forged, 1)


@pytest.mark.parametrize("cut", [0, 4, 5, 26])
def test_no_part_of_a_token_is_enough(cut):
    token = sign_token(SECRET, "order", "K7Q2")

    assert not token_is_genuine((SECRET,), "order", token[:cut], 1)
