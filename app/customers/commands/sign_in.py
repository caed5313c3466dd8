"""Come in by a code from one's mail, which opens the account too, or by a password.

Nothing here tells whether an address has an account: every address is sent a code in the same way,
and an unknown one takes as long as a wrong password.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.customers import mails, rules
from app.customers.events import CustomerVerified
from app.customers.models import Customer, SignInCode
from app.notifications import commands as notifications
from app.platform import clock, passwords
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.facts import publish
from app.platform.transaction import command

SIGN_IN = "sign_in"


def request_code(email: str, *, locale: str, now: datetime) -> None:
    """Mail a code to an address in lower case, with or without an account; the older one is void.

    Says nothing when the address was sent as many as it may be.
    """
    code = rules.new_code()
    letter = mails.code_letter(email, code, until=now + rules.CODE_LIFE, locale=locale)
    _issue(email, code, letter, now=now)


def by_code(
    email: str, code: str, *, new_password: str | None = None, locale: str, now: datetime
) -> int | None:
    """The account of whoever reads this address's mail, opened if need be; None for a wrong code.

    A `new_password` is set with it and ends every other session, for whoever forgot the old one.
    """
    kept = passwords.hashed(new_password) if new_password else None
    return _redeem(email, code, kept, locale=locale, now=now)


def by_password(email: str, password: str) -> int | None:
    """The account these two open, else None; takes as long for an address nobody knows."""
    row = db.session.execute(
        select(Customer.id, Customer.password_hash).where(
            Customer.email == email, Customer.erased_at.is_(None)
        )
    ).one_or_none()
    kept = row.password_hash if row else None
    fits, renewed = passwords.verified(password[: passwords.MAX_LENGTH + 1], kept)
    if row is None or not fits:
        return None
    if renewed is not None:
        _renew_hash(row.id, kept, renewed)
    return int(row.id)


@command
def forget_old_codes() -> int:
    """Delete codes older than a day; returns how many. For the schedule."""
    gone = db.session.execute(
        delete(SignInCode)
        .where(SignInCode.created_at < clock.now() - rules.KEPT_CODES)
        .returning(SignInCode.id)
    )
    return len(gone.all())


@command
def _issue(email: str, code: str, letter: mails.CodeLetter, *, now: datetime) -> None:
    if _issued_since(email, now - timedelta(hours=1)) >= rules.CODES_AN_HOUR:
        return
    if _issued_since(email, now - timedelta(days=1)) >= rules.CODES_A_DAY:
        return
    db.session.execute(
        insert(SignInCode).values(
            email=email,
            code_hash=rules.code_hash(settings().secret_key, SIGN_IN, email, code),
            purpose=SIGN_IN,
            attempts=0,
            created_at=now,
            expires_at=now + rules.CODE_LIFE,
        )
    )
    # Not named for the row: SQLite gives the number of a deleted row to the next one.
    notifications.queue(
        kind="secret.sign_in_code",
        event=f"customers.sign_in_code:{secrets.token_hex(8)}",
        recipient=email,
        now=now,
        **letter,
    )


@command
def _redeem(
    email: str, code: str, password_hash: str | None, *, locale: str, now: datetime
) -> int | None:
    # A wrong code returns instead of raising, so that the try it has cost is committed.
    if not _spend(email, code, now):
        return None
    customer_id = _account_of(email, locale, now)
    if password_hash is not None:
        db.session.execute(
            update(Customer)
            .where(Customer.id == customer_id)
            .values(password_hash=password_hash, session_epoch=Customer.session_epoch + 1)
        )
        actor = Actor("customer", customer_id)
        record(actor, "customers.set_password", "customer", customer_id, now=now)
    publish(CustomerVerified(customer_id, email, now))
    return customer_id


def _spend(email: str, code: str, now: datetime) -> bool:
    """Take one try from the newest code, and all of it when it fits."""
    newest = (
        select(SignInCode.id)
        .where(SignInCode.email == email, SignInCode.purpose == SIGN_IN)
        .order_by(SignInCode.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    tried = db.session.execute(
        update(SignInCode)
        .where(
            SignInCode.id == newest,
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now,
            SignInCode.attempts < rules.CODE_TRIES,
        )
        .values(attempts=SignInCode.attempts + 1)
        .returning(SignInCode.id, SignInCode.code_hash)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    typed = [rules.code_hash(key, SIGN_IN, email, code) for key in settings().secret_keys]
    if tried is None or not any(hmac.compare_digest(tried.code_hash, one) for one in typed):
        return False
    db.session.execute(update(SignInCode).where(SignInCode.id == tried.id).values(used_at=now))
    return True


def _account_of(email: str, locale: str, now: datetime) -> int:
    """The account of an address that was just proved, opened now if there is none."""
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    opened = (
        dialect.insert(Customer)
        .values(
            email=email,
            name="",
            phone="",
            locale=locale,
            verified_at=now,
            session_epoch=1,
            created_at=now,
        )
        .on_conflict_do_update(
            index_elements=["email"],
            set_={"verified_at": func.coalesce(Customer.verified_at, now)},
        )
        .returning(Customer.id)
    )
    return int(db.session.execute(opened).scalar_one())


@command
def _renew_hash(customer_id: int, kept: str | None, renewed: str) -> None:
    """Replace an old kind of hash, unless the password was changed meanwhile."""
    db.session.execute(
        update(Customer)
        .where(Customer.id == customer_id, Customer.password_hash == kept)
        .values(password_hash=renewed)
    )


def _issued_since(email: str, instant: datetime) -> int:
    counted = select(func.count()).where(SignInCode.email == email, SignInCode.created_at > instant)
    return db.session.scalar(counted) or 0
