"""One's own pages: nobody else's, nothing without a token, a copy of everything, and leaving."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.customers import commands
from app.customers.models import Customer, CustomerAddress, SignInCode
from app.notifications.models import Message
from app.platform import passwords, privacy
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from tests.customers.people import (
    ADA,
    ADDRESS,
    BEN,
    PASSWORD,
    account,
    enter,
    enter_by_password,
    send,
    session_of,
    token,
)
from tests.notifications.letters import queue_letter

OWN_PAGES = [
    "/me",
    "/me/profile",
    "/me/addresses",
    "/me/addresses/new",
    "/me/addresses/1",
    "/me/password",
    "/me/delete",
    "/me/export",
]
OWN_FORMS = {
    "/me/profile": {"name": "Eve", "phone": "", "locale": "en"},
    "/me/password": {"new_password": "something long"},
    "/me/sessions/end": {},
    "/me/addresses/new": ADDRESS,
    "/me/addresses/1": {**ADDRESS, "name": "Eve"},
    "/me/addresses/1/delete": {},
    "/me/delete": {"sure": "1"},
}


@pytest.fixture
def ada(client, clock):
    """Ada's browser, signed in, in English, with one address kept."""
    client.set_cookie("lang", "en", domain="127.0.0.1")
    enter(client, ADA)
    send(client, "/me/addresses/new", **ADDRESS)
    return client


@pytest.fixture
def ben(visit, ada):
    client = visit()
    enter(client, BEN)
    return client


def everything():
    """All rows a shopper may change, to see that nothing changed."""
    db.session.rollback()
    customers = select(
        Customer.email, Customer.name, Customer.password_hash, Customer.session_epoch
    ).order_by(Customer.id)
    addresses = select(
        CustomerAddress.customer_id, CustomerAddress.recipient, CustomerAddress.is_default
    ).order_by(CustomerAddress.id)
    return [tuple(row) for query in (customers, addresses) for row in db.session.execute(query)]


def test_a_stranger_is_shown_the_door(client):
    doors = {path: client.get(path).location for path in OWN_PAGES}

    assert doors == {path: f"/login?next={path}" for path in OWN_PAGES}


def test_a_stranger_changes_nothing(ada, visit):
    stranger, before = visit(), everything()

    doors = {path: stranger.post(path, data=form).location for path, form in OWN_FORMS.items()}

    assert doors == dict.fromkeys(OWN_FORMS, "/login")
    assert everything() == before


def _posted(client, sent, headers=None):
    """The status each form is answered with when `sent` comes along."""
    return {
        path: client.post(path, data={**form, **sent}, headers=headers).status_code
        for path, form in OWN_FORMS.items()
    }


def test_without_ones_own_token_nothing_changes(ada, ben):
    foreign = [{}, {"csrf_token": ""}, {"csrf_token": "guessed"}, {"csrf_token": token(ben)}]
    before = everything()

    statuses = [_posted(ada, sent) for sent in foreign]

    assert statuses == [dict.fromkeys(OWN_FORMS, 403)] * 4
    assert everything() == before


def test_another_site_changes_nothing_even_with_the_token(ada):
    own_token, before = {"csrf_token": token(ada)}, everything()

    statuses = _posted(ada, own_token, {"Sec-Fetch-Site": "cross-site"})

    assert statuses == dict.fromkeys(OWN_FORMS, 403)
    assert everything() == before


@pytest.mark.parametrize("path", ["/me/addresses/1", "/me/addresses/1/delete"])
def test_another_shoppers_address_is_not_there(ada, ben, path):
    before = everything()

    answers = [
        send(ben, path, **OWN_FORMS[path]),
        send(ben, path.replace("1", "404"), **OWN_FORMS[path]),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert ben.get("/me/addresses/1").status_code == 404
    assert everything() == before


def test_an_address_cannot_be_smuggled_into_anothers_account(ada, ben):
    ada_id = account(ADA).id

    send(ben, "/me/addresses/new", **ADDRESS, customer_id=str(ada_id), id="1")
    send(ben, "/me/profile", name="Ben", phone="", locale="en", email=ADA, id=str(ada_id))

    assert [row.customer_id for row in db.session.scalars(select(CustomerAddress))] == [
        ada_id,
        account(BEN).id,
    ]
    assert (account(ADA).name, account(BEN).name) == ("", "Ben")


def test_an_odd_address_number_is_not_there(ada):
    own_token = {"csrf_token": token(ada)}
    paths = [f"/me/addresses/{number}" for number in ("0", "-1", "9" * 30, "1.0", "x")]

    assert {ada.get(path).status_code for path in paths} == {404}
    assert {ada.post(path, data=own_token).status_code for path in paths} <= {404, 405}


def test_staff_have_no_shoppers_page(client, clock, app: Flask):
    with session_of(client) as session:
        session["_user_id"] = "staff:1:1"

    assert client.get("/me").location == "/login?next=/me"


def test_the_overview_leads_to_everything(ada):
    page = ada.get("/me").text

    for path in ("/me/addresses", "/me/profile", "/me/export", "/me/delete", "/logout"):
        assert f'"{path}"' in page
    assert 'hx-get="/me/orders"' in page
    assert '<a class="link" href="/me/orders">' in page
    assert "文三路 1 号 2 幢 301" in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_profile_is_kept(ada):
    response = send(ada, "/me/profile", name=" 林 晓 ", phone="138 0013 8000", locale="zh-Hans")

    assert (response.status_code, response.location) == (303, "/me/profile")
    assert (account(ADA).name, account(ADA).phone, account(ADA).locale) == (
        "林 晓",
        "13800138000",
        "zh-Hans",
    )
    assert "Saved." in ada.get("/me/profile").text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"phone": "1380013"}, "The mobile number is 4 digits short."),
        ({"locale": "fr"}, "Please choose a language."),
        ({"locale": ""}, "Please choose a language."),
    ],
)
def test_a_profile_that_cannot_be_is_given_back(ada, typed, fault):
    form = {"name": "<b>Ada</b>", "phone": "", "locale": "en", **typed}

    response = send(ada, "/me/profile", **form)

    assert response.status_code == 422
    assert fault in response.text
    assert "&lt;b&gt;Ada&lt;/b&gt;" in response.text
    assert account(ADA).name == ""


@pytest.mark.parametrize(
    "text", ["\0", "x" * 100_000, "\ud7ff\U0001f9e5", "' OR 1=1 --", "\x1b[2J"]
)
def test_hostile_text_is_kept_as_text_or_refused(ada, text):
    for path, form in OWN_FORMS.items():
        if path not in {"/me/delete", "/me/sessions/end", "/me/addresses/1/delete"}:
            status = send(ada, path, **dict.fromkeys(form, text)).status_code
            assert status in {303, 422}, path

    assert ada.get("/me").status_code == 200


def test_a_new_password_signs_out_other_browsers(ada, visit):
    other = visit()
    enter(other, ADA)

    response = send(ada, "/me/password", new_password=PASSWORD)

    assert (response.status_code, response.location) == (303, "/me/profile")
    assert ada.get("/me").status_code == 200
    assert other.get("/me").location == "/login?next=/me"
    assert enter_by_password(other, ADA, PASSWORD).status_code == 303


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_weak_password_is_refused(ada, password):
    assert send(ada, "/me/password", new_password=password).status_code == 422
    assert account(ADA).password_hash is None


def test_signing_out_everywhere_ends_every_session(ada, visit):
    other = visit()
    enter(other, ADA, remember="1")

    response = send(ada, "/me/sessions/end")

    assert response.location == "/login"
    assert [each.get("/me").status_code for each in (ada, other)] == [303, 303]


@pytest.mark.parametrize("path", ["/me/password", "/me/delete"])
def test_lasting_things_ask_again_after_half_an_hour(ada, clock, path):
    assert ada.get(path).status_code == 200
    form = {**OWN_FORMS[path], "csrf_token": token(ada)}
    before = everything()

    clock.advance(minutes=31)

    for response in (ada.get(path), ada.post(path, data=form)):
        assert (response.status_code, response.location) == (303, f"/login?next={path}")
    assert everything() == before
    assert ada.get("/me").status_code == 200
    again = ada.get(f"/login?next={path}")
    assert "Before you go on" in again.text
    assert f'value="{ADA}"' in again.text
    assert enter(ada, ADA, next=path).location == path


def test_a_copy_holds_all_that_is_ones_own_and_nothing_else(ada, ben, clock):
    for email, text in ((ADA, "Ada's order is paid."), (BEN, "Ben's order is paid.")):
        queue_letter(now=clock.now, recipient=email, text=text)
    send(ben, "/me/addresses/new", **{**ADDRESS, "name": "Ben Buyer"})
    send(ada, "/me/password", new_password=PASSWORD)

    response = ada.get("/me/export")

    assert response.mimetype == "application/json"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "private, no-store"
    kept = json.loads(response.data)["kept"]
    assert set(kept) >= {"customers", "notifications"}
    assert kept["customers"][0]["email"] == ADA
    assert kept["customers"][1]["address"]["street"] == ADDRESS["street"]
    assert [mail["text"] for mail in kept["notifications"]] == ["", "Ada's order is paid."]
    for foreign in ("Ben Buyer", BEN, "Ben's order", "bcrypt"):
        assert foreign not in response.text
    assert not re.search(r"\b\d{6}\b", json.dumps(kept["notifications"]))


def test_an_account_is_deleted_only_with_the_tick(ada):
    response = send(ada, "/me/delete")

    assert response.status_code == 422
    assert "Please tick this" in response.text
    assert account(ADA).erased_at is None


def test_a_deleted_account_leaves_nothing_that_names_anybody(ada, ben, visit, clock):
    send(ada, "/me/profile", name="Ada Lovelace", phone="13800138000", locale="en")
    send(ada, "/me/password", new_password=PASSWORD)
    ada_id = account(ADA).id

    response = send(ada, "/me/delete", sure="1")

    assert (response.status_code, response.location) == (303, "/goodbye")
    assert ada.get("/goodbye").status_code == 200
    assert ada.get("/me").status_code == 303
    db.session.rollback()
    left = db.session.get_one(Customer, ada_id)
    assert (left.email, left.name, left.phone) == (f"erased-{ada_id}", "", "")
    assert (left.password_hash, left.verified_at, left.erased_at) == (None, None, clock.now)
    assert db.session.scalar(select(func.count(CustomerAddress.id))) == 0
    assert db.session.scalars(select(SignInCode.email)).all() == [BEN]
    mails = db.session.scalars(select(Message).where(Message.recipient != BEN)).all()
    assert [(mail.subject, mail.text, mail.html) for mail in mails] == [("", "", "")]
    assert ben.get("/me").status_code == 200


def test_leaving_is_told_and_noted(ada):
    ada_id = account(ADA).id

    send(ada, "/me/delete", sure="1")

    db.session.rollback()
    verbs = select(AuditRow.verb).where(AuditRow.actor_id == ada_id).order_by(AuditRow.id)
    assert db.session.scalars(verbs).all()[-1] == "customers.erase"
    names = db.session.scalars(select(OutboxFact.name)).all()
    assert "customers.erased.v1" in names


def test_whoever_left_may_come_again_as_somebody_new(ada, visit):
    first_id = account(ADA).id
    send(ada, "/me/delete", sure="1")

    again = visit()
    assert enter(again, ADA).status_code == 303

    assert account(ADA).id != first_id
    assert ADDRESS["street"] not in again.get("/me").text


def test_a_failure_in_any_module_erases_nothing(ada, monkeypatch):
    from app.platform.actor import Actor

    def fail(_customer_id, _now):
        raise RuntimeError("a module cannot erase")

    broken = privacy.PersonalData("broken", frozenset(), lambda _customer_id: [], fail)
    monkeypatch.setitem(privacy._registered, "broken", broken)
    before = everything()

    with pytest.raises(RuntimeError):
        commands.erase(actor=Actor("customer", account(ADA).id), now=account(ADA).created_at)

    assert everything() == before


def test_a_password_is_never_shown(ada):
    send(ada, "/me/password", new_password=PASSWORD)

    kept = account(ADA).password_hash
    assert passwords.verified(PASSWORD, kept)[0]
    for path in OWN_PAGES:
        text = ada.get(path).text
        assert PASSWORD not in text
        assert str(kept) not in text
