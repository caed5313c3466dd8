"""The door as a browser sees it: forms that keep what was typed, sessions that begin anew."""

import re
from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import func, select

from app.customers.models import Customer, SignInCode
from app.notifications.models import Message
from app.platform.web import limits
from tests.conftest import visitor
from tests.customers.people import (
    ADA,
    BEN,
    PASSWORD,
    account,
    code_for,
    enter,
    enter_by_password,
    session_of,
    token,
    wrong_code_for,
)


@pytest.fixture
def client(client):
    """A visitor who reads English."""
    client.set_cookie("lang", "en", domain="127.0.0.1")
    return client


def test_a_code_opens_the_door(client, clock):
    asked = client.post("/login", data={"by": "code", "email": " Ada@Example.com "})
    assert (asked.status_code, asked.location) == (303, "/login/code?next=/me")

    entered = client.post("/login/code", data={"code": code_for(ADA)})

    assert (entered.status_code, entered.location) == (303, "/me")
    own = client.get("/me")
    assert own.status_code == 200
    assert ADA in own.text
    assert own.headers["Cache-Control"] == "private, no-store"


def test_a_password_chosen_with_the_code_opens_it_next_time(client, visit, clock):
    enter(client, ADA, new_password=PASSWORD)

    entered = enter_by_password(visit(), "ADA@example.com", PASSWORD)

    assert (entered.status_code, entered.location) == (303, "/me")


def test_a_weak_password_costs_no_try_and_leaves_the_code_valid(client, clock):
    client.post("/login", data={"by": "code", "email": ADA})

    refused = client.post("/login/code", data={"code": code_for(ADA), "new_password": "short"})
    entered = client.post("/login/code", data={"code": code_for(ADA), "new_password": PASSWORD})

    assert refused.status_code == 422
    assert "Please use at least 10 characters." in refused.text
    assert entered.status_code == 303


@pytest.mark.parametrize("by", ["code", "password"])
@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "Please enter an e-mail address."),
        ("ada", "The e-mail address has no @."),
        ("ada@example", "The part after @ is incomplete."),
        ('"><script>@example.com', "No mail can be sent to this address."),
        ("a@" + "x" * 300 + ".com", "The e-mail address is too long"),
    ],
)
def test_an_address_no_mail_can_reach_is_said_beside_the_field(client, clock, by, typed, fault):
    response = client.post("/login", data={"by": by, "email": typed, "password": "x"})

    assert response.status_code == 422
    assert fault in response.text
    assert "<script>@" not in response.text


def test_an_address_is_read_without_its_nul(client, clock, db_session):
    client.post("/login", data={"by": "code", "email": "a\0da@example.com"})

    assert db_session.scalars(select(SignInCode.email)).all() == [ADA]


def test_what_was_typed_stays(client, clock):
    response = client.post("/login", data={"by": "code", "email": "ada.example.com"})

    assert 'value="ada.example.com"' in response.text


def test_a_wrong_password_keeps_the_address_and_opens_that_form(client, clock):
    response = enter_by_password(client, ADA, "guess")

    assert response.status_code == 422
    assert re.search(r'<details[^>]*id="by-password"[^>]* open>', response.text)
    assert f'value="{ADA}"' in response.text
    assert "guess" not in response.text


def test_a_wrong_code_may_be_typed_again(client, clock):
    client.post("/login", data={"by": "code", "email": ADA})

    refused = client.post("/login/code", data={"code": wrong_code_for(ADA)})
    entered = client.post("/login/code", data={"code": code_for(ADA)})

    assert refused.status_code == 422
    assert "This code is not right, or it no longer holds." in refused.text
    assert entered.status_code == 303


@pytest.mark.parametrize("code", ["", "0", "٣" * 6, "1" * 5000, "абвгде", "\0\0\0\0\0\0", "-1e5"])
def test_what_is_no_code_is_refused_kindly(client, clock, code):
    client.post("/login", data={"by": "code", "email": ADA})

    assert client.post("/login/code", data={"code": code}).status_code == 422


def test_without_having_asked_there_is_no_code_to_type(client, clock):
    for response in (
        client.get("/login/code?next=/me/addresses"),
        client.post("/login/code", data={"code": "123456", "next": "/me/addresses"}),
    ):
        assert (response.status_code, response.location) == (303, "/login?next=/me/addresses")


def test_the_person_goes_on_where_they_wanted_to_go(client, clock):
    refused = client.get("/me/addresses?x=1")
    assert (refused.status_code, refused.location) == (303, "/login?next=/me/addresses%3Fx%3D1")
    assert 'name="next" value="/me/addresses?x=1"' in client.get(refused.location).text

    entered = enter(client, ADA, next="/me/addresses?x=1")

    assert entered.location == "/me/addresses?x=1"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "evil.example",
    " /me",
    "/\\t/\\evil.example",
]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_nobody_is_sent_to_another_site(client, visit, clock, headers):
    def entered(target):
        browser = visit()
        browser.post("/login", data={"by": "code", "email": ADA})
        form = {"code": code_for(ADA), "next": target}
        answer = browser.post("/login/code", data=form, headers=headers)
        clock.advance(hours=2)
        return answer.location or answer.headers.get("HX-Redirect")

    assert {target: entered(target) for target in ELSEWHERE} == dict.fromkeys(ELSEWHERE, "/me")


def test_nobody_who_is_in_is_sent_to_another_site_either(client, clock):
    enter(client, ADA)

    seen = [client.get("/login", query_string={"next": target}).location for target in ELSEWHERE]

    assert seen == ["/me"] * len(ELSEWHERE)


def test_a_path_in_any_script_can_be_gone_on_to(client, clock):
    client.post("/login", data={"by": "code", "email": ADA})
    form = {"code": code_for(ADA), "next": "/search?q=大衣"}

    response = client.post("/login/code", data=form, headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/search?q=%E5%A4%A7%E8%A1%A3"


def test_a_session_begins_anew_at_sign_in(client, clock):
    with session_of(client) as planted:
        planted["csrf_token"] = "known to somebody else"
        planted["anything"] = 1
    client.post("/login", data={"by": "code", "email": ADA})

    client.post("/login/code", data={"code": code_for(ADA)})
    token(client)

    with session_of(client) as session:
        assert session["csrf_token"] != "known to somebody else"
        assert "anything" not in session
        assert "code_for" not in session


def test_signing_out_ends_the_session_and_its_cookie(client, clock):
    enter(client, ADA)

    response = client.post("/logout")

    assert (response.status_code, response.location) == (303, "/")
    assert client.get_cookie("session") is None
    assert client.get("/me").location == "/login?next=/me"


def test_another_site_cannot_sign_anybody_out_or_in(client, clock):
    enter(client, ADA)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}

    for path in ("/logout", "/login", "/login/code", "/preferences"):
        assert client.post(path, data={"email": BEN}, headers=foreign).status_code == 403

    assert client.get("/me").status_code == 200


def _cookie(response):
    return next(text for text in response.headers.getlist("Set-Cookie") if "session=" in text)


def test_the_session_ends_with_the_browser_unless_it_is_remembered(client, visit, clock):
    short, long = enter(client, ADA), enter(visit(), ADA, remember="1")

    assert "Expires" not in _cookie(short)
    for part in ("Expires", "HttpOnly", "SameSite=Lax"):
        assert part in _cookie(long)


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 303)])
def test_a_kept_cookie_is_worthless_after_thirty_days(client, clock, monkeypatch, days, status):
    enter(client, ADA, remember="1")
    signed_at = TimestampSigner("").get_timestamp()

    later = signed_at + int(timedelta(days=days).total_seconds())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: later)

    assert client.get("/me").status_code == status


def test_on_https_the_cookie_is_for_https_only(make_app, clock, database_url):
    app = make_app(public_url="https://shop.example", trusted_hosts=("shop.example",))
    with app.app_context():
        client = visitor(app)

        response = client.post("/login", data={"by": "code", "email": ADA})

    assert "Secure" in _cookie(response)


def test_signing_in_twice_is_not_asked_for(client, clock):
    enter(client, ADA)

    assert client.get("/login").location == "/me"


def test_another_browser_with_the_same_cookie_must_show_who_it_is(client, clock):
    enter(client, ADA)

    stolen = client.get("/me/delete", headers={"User-Agent": "another browser"})

    assert stolen.location == "/login?next=/me/delete"


def test_public_pages_do_not_depend_on_the_session(client, clock):
    enter(client, ADA)

    response = client.get("/robots.txt")

    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Set-Cookie" not in response.headers


@pytest.fixture
def limited(make_app, valkey, monkeypatch):
    """The shop with its limits switched on, counted in a real server that may take its time."""
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 5)
    app = make_app(environment="development", redis_url=valkey.url, log_level="ERROR")
    with app.app_context():
        yield visitor(app)


def _statuses(client, path, forms):
    return [client.post(path, data=form).status_code for form in forms]


def test_an_address_may_be_tried_five_times_a_minute_from_anywhere(limited, clock, app):
    forms = [{"by": "password", "email": ADA, "password": "x"}] * 3
    forms += [{"by": "code", "email": " ADA@example.com"}] * 3

    statuses = [
        limited.post("/login", data=form, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})
        for number, form in enumerate(forms)
    ]

    assert [each.status_code for each in statuses] == [422, 422, 422, 303, 303, 429]


def test_a_machine_may_try_five_addresses_a_minute(limited, clock, db_session):
    forms = [{"by": "code", "email": f"buyer{number}@example.com"} for number in range(7)]

    assert _statuses(limited, "/login", forms) == [303] * 5 + [429] * 2
    assert db_session.scalar(select(func.count(SignInCode.id))) == 5
    assert db_session.scalar(select(func.count(Message.id))) == 5


def test_codes_may_be_tried_five_times_a_minute(limited, clock):
    limited.post("/login", data={"by": "code", "email": ADA})

    statuses = _statuses(limited, "/login/code", [{"code": wrong_code_for(ADA)}] * 6)

    assert statuses == [422] * 5 + [429]


def test_fewer_tries_are_left_while_redis_is_away(limited, valkey, clock):
    valkey.stop()

    statuses = _statuses(limited, "/login", [{"by": "code", "email": ADA}] * 4)

    assert statuses == [303] * 2 + [429] * 2


def test_a_refused_sign_in_opens_no_account(client, clock, db_session):
    client.post("/login", data={"by": "code", "email": ADA})
    client.post("/login/code", data={"code": wrong_code_for(ADA), "new_password": PASSWORD})
    enter_by_password(client, ADA, PASSWORD)

    assert db_session.scalar(select(func.count(Customer.id))) == 0


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_account_speaks_the_language_of_its_first_day(client, clock, language):
    client.get(f"/login?lang={language}")

    enter(client, ADA)

    assert account(ADA).locale == language
