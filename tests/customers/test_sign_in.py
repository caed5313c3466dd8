"""Codes and passwords: who gets in, how often one may try, and what is left behind."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from passlib.hash import argon2
from sqlalchemy import func, select, update

from app.customers import commands, identity, rules
from app.customers.models import Customer, SignInCode
from app.platform import passwords
from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from app.platform.transaction import transaction
from tests.customers.people import (
    ADA,
    BEN,
    NOBODY,
    PASSWORD,
    account,
    code_for,
    mails_to,
    open_account,
    wrong_code_for,
)


def _ask(clock, email=ADA, locale="en"):
    commands.request_code(email, locale=locale, now=clock.now)
    return code_for(email)


def _try(code, clock, email=ADA, **more):
    return commands.by_code(email, code, locale="en", now=clock.now, **more)


def test_a_code_opens_an_account_and_later_leads_back_to_it(app, clock):
    first = _try(_ask(clock), clock)
    clock.advance(days=1)
    again = _try(_ask(clock), clock)

    assert first is not None
    assert again == first
    assert account(ADA).verified_at == clock.now - timedelta(days=1)


def test_each_sign_in_by_code_tells_that_the_address_is_theirs(app, clock):
    customer_id = _try(_ask(clock), clock)

    names = select(OutboxFact.payload).where(OutboxFact.name == "customers.verified.v1")
    assert db.session.scalars(names).all() == [
        {"customer_id": customer_id, "email": ADA, "at": clock.now.isoformat()}
    ]


@pytest.mark.parametrize(
    ("locale", "subject", "words"),
    [
        ("en", "Your sign-in code for Vitrine · The Old Wardrobe", "Holds until 23 Nov, 10:10"),
        ("zh-Hans", "Vitrine · 旧日衣橱 登录验证码", "11月23日 10:10 前有效"),
    ],
)
def test_the_mail_speaks_the_readers_language(app, clock, locale, subject, words):
    code = _ask(clock, locale=locale)

    (mail,) = mails_to(ADA)
    assert mail["Subject"] == subject
    for kind in ("plain", "html"):
        content = mail.get_body((kind,)).get_content()
        assert code in content
        assert words in content
    assert code not in mail["Subject"]


def test_only_a_keyed_hash_of_the_code_is_kept(app, clock):
    code = _ask(clock)

    kept = db.session.scalars(select(SignInCode)).one()
    assert code not in (kept.code_hash, kept.email, kept.purpose)
    assert kept.code_hash != rules.code_hash("another key", "sign_in", ADA, code)


def test_a_code_works_once(app, clock):
    code = _ask(clock)

    assert _try(code, clock) is not None
    assert _try(code, clock) is None


def test_a_code_works_for_ten_minutes(app, clock):
    code = _ask(clock)

    clock.advance(minutes=10)

    assert _try(code, clock) is None
    assert db.session.scalar(select(func.count(Customer.id))) == 0


def test_a_code_works_to_its_last_second(app, clock):
    code = _ask(clock)

    clock.advance(minutes=9, seconds=59)

    assert _try(code, clock) is not None


def test_a_newer_code_voids_the_older(app, clock):
    older = _ask(clock)
    clock.advance(seconds=1)
    newer = _ask(clock)

    assert older == newer or _try(older, clock) is None
    assert _try(newer, clock) is not None


def test_a_code_works_for_its_own_address_only(app, clock):
    code = _ask(clock)
    _ask(clock, BEN)

    assert _try(code, clock, BEN) is None or code == code_for(BEN)


def test_five_wrong_tries_void_a_code(app, clock):
    code = _ask(clock)
    wrong = wrong_code_for(ADA)

    tries = [_try(wrong, clock) for _each in range(rules.CODE_TRIES)]

    assert tries == [None] * 5
    assert _try(code, clock) is None


def test_four_wrong_tries_do_not(app, clock):
    code = _ask(clock)
    wrong = wrong_code_for(ADA)

    for _each in range(rules.CODE_TRIES - 1):
        _try(wrong, clock)

    assert _try(code, clock) is not None


def _at_once(app, attempts):
    """Run each attempt in a thread of its own, all at the same moment."""
    start = Barrier(len(attempts))

    def run(attempt):
        with app.app_context():
            start.wait(10)
            return attempt()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def test_guesses_made_at_once_are_counted_like_any(app, clock):
    _ask(clock)
    wrong = wrong_code_for(ADA)

    results = _at_once(app, [lambda: _try(wrong, clock)] * 12)

    assert results == [None] * 12
    db.session.rollback()
    assert db.session.scalars(select(SignInCode.attempts)).all() == [rules.CODE_TRIES]


def test_one_code_typed_in_many_places_lets_in_once(app, clock):
    code = _ask(clock)

    results = _at_once(app, [lambda: _try(code, clock)] * 8)

    assert Counter(result is not None for result in results) == {True: 1, False: 7}


def test_an_address_gets_six_codes_an_hour_and_twenty_a_day(app, clock):
    for _each in range(8):
        commands.request_code(ADA, locale="en", now=clock.now)
        clock.advance(minutes=1)
    within_an_hour = len(mails_to(ADA))
    for _each in range(10):
        clock.advance(hours=1)
        for _again in range(6):
            commands.request_code(ADA, locale="en", now=clock.now)

    assert within_an_hour == rules.CODES_AN_HOUR
    assert len(mails_to(ADA)) == rules.CODES_A_DAY
    clock.advance(days=1)
    assert _try(_ask(clock), clock) is not None


def test_codes_are_forgotten_after_a_day(app, clock):
    _ask(clock)
    clock.advance(hours=20)
    _ask(clock, BEN)
    clock.advance(hours=5)

    assert commands.forget_old_codes() == 1

    assert db.session.scalars(select(SignInCode.email)).all() == [BEN]
    clock.advance(days=1)
    assert commands.forget_old_codes() == 1
    assert _try(_ask(clock), clock) is not None
    assert len(mails_to(ADA)) == 2


def test_codes_are_spread_over_all_six_digits():
    codes = [rules.new_code() for _each in range(2000)]

    assert {len(code) for code in codes} == {6}
    assert all(set(position) == set("0123456789") for position in zip(*codes, strict=True))
    assert len(set(codes)) > 1900


def test_a_code_may_be_typed_as_it_is_read_out():
    assert rules.typed_code(" 482 913\n") == "482913"
    assert rules.typed_code("４８２-９１３") == "482913"
    assert rules.typed_code("no digits") == ""


def test_a_password_set_with_a_code_opens_the_account(app, clock):
    customer_id = _try(_ask(clock), clock, new_password=PASSWORD)

    assert commands.by_password(ADA, PASSWORD) == customer_id
    assert (account(ADA).password_hash or "").startswith("$bcrypt-sha256$")


@pytest.mark.parametrize("password", ["", "A coat from 1974", PASSWORD + " ", "a\0b", "x" * 10_000])
def test_another_password_does_not(app, clock, password):
    open_account(ADA, clock.now, password_hash=argon2.hash(PASSWORD))

    assert commands.by_password(ADA, password) is None


def test_without_a_password_none_fits(app, clock):
    open_account(ADA, clock.now)

    assert commands.by_password(ADA, "") is None
    assert commands.by_password(ADA, "nobody has this password") is None
    assert commands.by_password(NOBODY, "nobody has this password") is None


def test_an_argon2_hash_is_renewed_at_sign_in(app, clock):
    old = argon2.hash(PASSWORD)
    customer_id = open_account(ADA, clock.now, password_hash=old)

    assert commands.by_password(ADA, PASSWORD) == customer_id

    renewed = account(ADA).password_hash
    assert renewed != old
    assert passwords.verified(PASSWORD, renewed) == (True, None)
    assert account(ADA).session_epoch == 1


def test_a_wrong_password_renews_nothing(app, clock):
    old = argon2.hash(PASSWORD)
    open_account(ADA, clock.now, password_hash=old)

    commands.by_password(ADA, "a coat from 1975")

    assert account(ADA).password_hash == old


def test_a_password_of_many_bytes_counts_to_its_end(app, clock):
    long = "衣" * 60
    _try(_ask(clock), clock, new_password=long)

    assert commands.by_password(ADA, "衣" * 59 + "物") is None
    assert commands.by_password(ADA, long) is not None


def test_a_new_password_ends_older_sessions(app, clock):
    customer_id = _try(_ask(clock), clock)
    before = f"customer:{customer_id}:1"
    assert identity.load_user(before) is not None

    _try(_ask(clock), clock, new_password=PASSWORD)

    assert identity.load_user(before) is None
    assert identity.load_user(f"customer:{customer_id}:2") == identity.shopper(customer_id or 0)


@pytest.mark.parametrize(
    "session_id",
    [
        "",
        "customer",
        "customer:",
        "customer:1",
        "customer:1:2",
        "customer:2:1",
        "customer:-1:1",
        "customer:1:1 ",
        "customer:1:1:1",
        "Customer:1:1",
        "staff:1:1",
        "customer:99999999999999999999:1",
        "customer:１:1",
    ],
)
def test_a_session_names_one_account_and_its_epoch(app, clock, session_id):
    open_account(ADA, clock.now, id=1)

    assert identity.load_user("customer:1:1") == identity.shopper(1) is not None
    assert identity.load_user(session_id) is None


def test_an_erased_account_is_nobodys(app, clock):
    customer_id = open_account(ADA, clock.now)
    with transaction():
        db.session.execute(update(Customer).values(erased_at=clock.now))

    assert identity.shopper(customer_id) is None
    assert identity.load_user(f"customer:{customer_id}:1") is None
