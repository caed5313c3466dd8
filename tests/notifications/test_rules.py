from datetime import timedelta

import pytest

from app.notifications import rules


def test_waits_grow_threefold_from_ten_seconds():
    waits = [rules.wait_after(tries) for tries in range(1, 6)]

    assert [wait.total_seconds() for wait in waits if wait] == [10, 30, 90, 270, 810]


def test_the_twelfth_try_is_the_last_and_comes_after_about_three_days():
    waits = [rules.wait_after(tries) for tries in range(1, rules.MAX_TRIES + 1)]

    assert waits[-1] is None
    assert None not in waits[:-1]
    total = sum((wait for wait in waits if wait), timedelta())
    assert timedelta(hours=68) < total < timedelta(hours=76)


def test_a_message_id_is_the_same_for_the_same_message():
    first = rules.message_id("orders.paid:42", "ada@example.com", "mail", "vitrine.example")
    again = rules.message_id("orders.paid:42", "ada@example.com", "mail", "vitrine.example")

    assert first == again
    assert first.startswith("<")
    assert first.endswith("@vitrine.example>")


@pytest.mark.parametrize(
    ("event", "recipient", "channel"),
    [
        ("orders.paid:43", "ada@example.com", "mail"),
        ("orders.paid:42", "ben@example.com", "mail"),
        ("orders.paid:42", "ada@example.com", "sms"),
        ("orders.paid:42\nada@example.com", "", "mail"),
    ],
)
def test_a_message_id_differs_for_another_message(event, recipient, channel):
    ours = rules.message_id("orders.paid:42", "ada@example.com", "mail", "vitrine.example")

    assert rules.message_id(event, recipient, channel, "vitrine.example") != ours


def test_kinds_that_let_their_reader_in_are_marked_by_their_name():
    assert rules.is_secret("secret.sign_in_code")
    assert not rules.is_secret("orders.paid")
