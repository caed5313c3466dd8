"""The staff door."""

from __future__ import annotations

import pytest

from app.platform.db import db
from app.platform.web import limits
from app.shop import team
from app.shop.models import Role
from tests.admin.counter import clerk, sign_in, token_in
from tests.conftest import MONDAY, visitor
from tests.shop.people import PASSWORD, actor_of, house, member, staff

pytestmark = pytest.mark.usefixtures("app", "clock")


def test_the_right_password_opens_today(app):
    staff(house(), "cleo", Role.OWNER)
    client = visitor(app)

    response = sign_in(client, "cleo@example.org")

    assert (response.status_code, response.headers["Location"]) == (303, "/admin/")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("cleo@example.org", "wrong wrong"),
        ("nobody@example.org", PASSWORD),
        ("", ""),
        ("\x00", "\x00"),
    ],
)
def test_anything_else_gets_one_answer_and_keeps_the_address(app, email, password):
    staff(house(), "cleo", Role.OWNER)
    client = visitor(app)
    client.get("/admin/login?lang=en")

    response = sign_in(client, email, password)

    assert response.status_code == 422
    text = response.get_data(as_text=True)
    assert "Address and password do not fit together." in text
    assert f'value="{email}"' in text or "\x00" in email
    assert client.get("/admin/").status_code == 303


def test_the_door_leads_back_to_the_page_that_asked(app):
    staff(house(), "cleo", Role.OWNER)
    client = visitor(app)

    asked = client.get("/admin/orders?view=all")
    assert asked.headers["Location"] == "/admin/login?next=/admin/orders%3Fview%3Dall"
    response = sign_in(client, "cleo@example.org", next="/admin/orders?view=all")

    assert response.headers["Location"] == "/admin/orders?view=all"


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "/\\evil.example", "/o/x"]
)
def test_the_door_leads_nowhere_else(app, place):
    staff(house(), "cleo", Role.OWNER)

    response = sign_in(visitor(app), "cleo@example.org", next=place)

    assert response.headers["Location"] == "/admin/"


def test_a_form_without_its_token_is_refused(app):
    staff(house(), "cleo", Role.OWNER)

    response = visitor(app).post(
        "/admin/login", data={"email": "cleo@example.org", "password": PASSWORD}
    )

    assert response.status_code == 403


def test_signing_out_ends_the_session(app):
    owner = clerk(app, house(), "cleo")

    assert owner.post("/admin/logout").headers["Location"] == "/admin/login"

    assert owner.get("/admin/").status_code == 303


def test_signing_out_everywhere_ends_every_session(app):
    owner = clerk(app, house(), "cleo")
    other = visitor(app)
    sign_in(other, "cleo@example.org")

    owner.post("/admin/me/departure")

    assert owner.get("/admin/").status_code == 303
    assert other.get("/admin/").status_code == 303


def test_a_new_password_ends_the_other_sessions_only(app):
    owner = clerk(app, house(), "cleo")
    other = visitor(app)
    sign_in(other, "cleo@example.org")

    typed = {"current": PASSWORD, "password": "a longer winter coat"}
    assert owner.post("/admin/me/password", typed).status_code == 303

    assert owner.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 303
    assert sign_in(visitor(app), "cleo@example.org", "a longer winter coat").status_code == 303


@pytest.mark.parametrize(
    ("current", "password", "said"),
    [
        ("not mine", "a longer winter coat", "not your present password"),
        (PASSWORD, "short", "at least 10 characters"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(app, current, password, said):
    owner = clerk(app, house(), "cleo")

    response = owner.post("/admin/me/password", {"current": current, "password": password})

    assert response.status_code == 422
    assert said in response.get_data(as_text=True)
    assert sign_in(visitor(app), "cleo@example.org").status_code == 303


def test_the_dismissed_are_out_at_once(app):
    merchant = house()
    owner, packer = (
        staff(merchant, "cleo", Role.OWNER),
        clerk(app, merchant, "dora", Role.FULFILMENT),
    )

    team.dismiss(packer.member.id, actor=actor_of(owner), now=MONDAY)

    assert packer.get("/admin/").status_code == 303
    assert sign_in(visitor(app), "dora@example.org").status_code == 422


def test_the_counter_speaks_the_language_its_owner_chose(app):
    owner = clerk(app, house(), "cleo")
    owner.post("/admin/me/language", {"language": "en"})
    db.session.rollback()
    assert member("cleo").locale == "en"

    client = visitor(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    sign_in(client, "cleo@example.org")

    assert 'lang="en"' in client.get("/admin/").get_data(as_text=True)


def test_pages_of_the_counter_are_kept_by_nobody(app):
    owner = clerk(app, house(), "cleo")

    for path in ("/admin/login", "/admin/me"):
        assert owner.get(path).headers["Cache-Control"] == "private, no-store"
    looks_again = owner.get("/admin/orders")
    assert looks_again.headers["Cache-Control"] == "private, no-cache"


def test_tries_are_limited_by_address(make_app, valkey, monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 5)
    house_id = house()
    staff(house_id, "cleo", Role.OWNER)
    app = make_app(environment="development", redis_url=valkey.url)
    client = visitor(app)
    with app.app_context():
        token = token_in(client.get("/admin/login"))
        typed = {"csrf_token": token, "email": "cleo@example.org", "password": "wrong wrong"}

        answers = [client.post("/admin/login", data=typed).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_a_whole_team_signs_in_from_one_address(make_app):
    house_id = house()
    staff(house_id, "cleo", Role.OWNER)
    app = make_app(environment="development")
    with app.app_context():
        answers = [sign_in(visitor(app), "cleo@example.org").status_code for _ in range(12)]

    assert answers == [303] * 12
