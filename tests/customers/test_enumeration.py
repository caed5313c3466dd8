"""Nobody finds out at the door whether an address has an account."""

from statistics import median
from time import thread_time

import pytest

from app.platform import passwords
from tests.customers.people import (
    ADA,
    BEN,
    NOBODY,
    PASSWORD,
    code_for,
    enter,
    mails_to,
    open_account,
    send,
    wrong_code_for,
)


@pytest.fixture
def cast(app, clock):
    """Ada has a password, Ben has none, nobody has no account."""
    open_account(ADA, clock.now, password_hash=passwords.hashed(PASSWORD))
    open_account(BEN, clock.now)


def seen(response, email):
    """All that a response shows, with the address that was typed made neutral."""
    headers = [
        (name, value)
        for name, value in response.headers.items()
        if name not in {"X-Request-ID", "Date", "Content-Length", "Set-Cookie"}
    ]
    cookies = [cookie.partition("=")[0] for cookie in response.headers.getlist("Set-Cookie")]
    text = response.text.replace(email, "…").replace(email.replace("@", "%40"), "…")
    return response.status_code, sorted(headers), cookies, text


def test_a_wrong_password_looks_like_no_account(cast, visit):
    shown = [
        seen(
            visit().post("/login", data={"by": "password", "email": email, "password": "guess"}),
            email,
        )
        for email in (ADA, BEN, NOBODY)
    ]

    assert shown[0] == shown[1] == shown[2]
    assert shown[0][0] == 422


def test_asking_for_a_code_looks_the_same_and_sends_one_to_each(cast, visit):
    shown = []
    for email in (ADA, BEN, NOBODY):
        client = visit()
        asked = seen(client.post("/login", data={"by": "code", "email": email}), email)
        shown.append((asked, seen(client.get("/login/code"), email)))

    assert shown[0] == shown[1] == shown[2]
    assert [len(mails_to(email)) for email in (ADA, BEN, NOBODY)] == [1, 1, 1]
    texts = [
        mails_to(email)[0].get_body(("plain",)).get_content()
        .replace(code_for(email), "…")
        .replace(email, "…")
        for email in (ADA, BEN, NOBODY)
    ]  # fmt: skip
    assert texts[0] == texts[1] == texts[2]


def test_a_wrong_code_looks_the_same(cast, visit):
    shown = []
    for email in (ADA, BEN, NOBODY):
        client = visit()
        client.post("/login", data={"by": "code", "email": email})
        wrong = wrong_code_for(email)
        shown.append(seen(client.post("/login/code", data={"code": wrong}), email))

    assert shown[0] == shown[1] == shown[2]
    assert shown[0][0] == 422


def test_opening_an_account_looks_like_coming_back(cast, visit):
    shown = [seen(enter(visit(), email), email) for email in (ADA, NOBODY)]

    assert shown[0] == shown[1]
    assert shown[0][0] == 303


def test_an_address_with_too_many_codes_looks_like_any(cast, visit):
    client = visit()
    shown = [
        seen(client.post("/login", data={"by": "code", "email": NOBODY}), NOBODY)
        for _each in range(10)
    ]

    assert all(answer[:2] == shown[0][:2] and answer[3] == shown[0][3] for answer in shown)


def test_an_erased_account_looks_like_none(cast, client, visit):
    enter(client, ADA)
    assert send(client, "/me/delete", sure="1").status_code == 303

    shown = [
        seen(
            visit().post("/login", data={"by": "password", "email": email, "password": PASSWORD}),
            email,
        )
        for email in (ADA, NOBODY)
    ]

    assert shown[0] == shown[1]
    assert seen(visit().get("/goodbye"), "")[0] == 200


def _work(client, form):
    """Seconds of computing for an answer: what a watch shows, whatever else the machine does."""
    began = thread_time()
    client.post("/login", data=form)
    return thread_time() - began


@pytest.mark.parametrize("by", ["password", "code"])
def test_an_address_without_account_takes_as_long(slow_passwords, cast, client, by):
    forms = {
        email: {"by": by, "email": email, "password": "a wrong guess"} for email in (ADA, NOBODY)
    }
    for form in forms.values():
        _work(client, form)

    times: dict[str, list[float]] = {email: [] for email in forms}
    for _each in range(3):
        for email, form in forms.items():
            times[email].append(_work(client, form))

    fastest, slowest = sorted(median(each) for each in times.values())
    assert slowest < fastest * 2
