"""The team and the record: who may do what, who did what."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from app.orders import queries
from app.platform.actor import SYSTEM
from app.platform.audit.commands import record, seal
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.transaction import transaction
from app.shop.models import Role, Staff
from app.shop.permissions import PERMISSIONS, ROLES
from tests import cast
from tests.admin.counter import clerk, contents, paid_order, sign_in
from tests.conftest import visitor
from tests.shop.people import PASSWORD, member, staff

pytestmark = pytest.mark.usefixtures("app")
NEW = {"name": "Ines", "email": "ines@example.org", "role": "support", "password": PASSWORD}


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def owner(app, now):
    return clerk(app, cast.house(now).merchant_id, "cleo")


def test_somebody_new_can_sign_in(app, owner):
    assert owner.post("/admin/team", NEW).status_code == 303

    assert sign_in(visitor(app), "ines@example.org").status_code == 303
    assert member("ines").role == "support"
    assert "ines@example.org" in owner.read("/admin/team")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Please enter a name"),
        ({"name": "x" * 200}, "Please enter a name"),
        ({"email": "nobody"}, "Please enter an e-mail address"),
        ({"email": "cleo@example.org"}, "already belongs to a member of staff"),
        ({"role": "emperor"}, "Choose a role."),
        ({"password": "short"}, "at least 10 characters"),
    ],
)
def test_what_cannot_be_says_why_and_keeps_what_was_typed(owner, changes, said):
    before = contents()

    response = owner.post("/admin/team", {**NEW, **changes})

    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert said in page
    assert 'value="Ines"' in page or "name" in changes
    assert PASSWORD not in page
    assert contents() == before


def test_a_role_changes_at_once(app, owner, now):
    packer = clerk(app, owner.member.merchant_id, "dora", Role.FULFILMENT)
    assert packer.get("/admin/items").status_code == 403

    owner.post(f"/admin/team/{packer.member.id}/role", {"role": "editor"})

    assert packer.get("/admin/items").status_code == 200
    assert packer.get("/admin/orders").status_code == 403


def test_a_team_keeps_an_owner(owner):
    before = contents()

    role = owner.post(f"/admin/team/{owner.member.id}/role", {"role": "editor"})
    dismissed = owner.post(f"/admin/team/{owner.member.id}/dismissal")

    assert role.status_code == dismissed.status_code == 409
    assert b"needs an owner" in role.data
    assert b"cannot dismiss yourself" in dismissed.data
    assert contents() == before


def test_two_owners_who_dismiss_each_other_leave_one(app, owner):
    second = clerk(app, owner.member.merchant_id, "otto")
    token = second.token

    owner.post(f"/admin/team/{second.member.id}/dismissal")
    answer = second.client.post(
        f"/admin/team/{owner.member.id}/dismissal", data={"csrf_token": token}
    ).status_code

    assert answer in {303, 403}
    active = select(Staff.name).where(Staff.active, Staff.role == Role.OWNER)
    assert db.session.scalars(active).all() == ["Cleo"]


def test_the_dismissed_come_back_with_what_they_had(app, owner):
    packer = staff(owner.member.merchant_id, "dora", Role.FULFILMENT)

    for path, signs_in in (("dismissal", 422), ("return", 303)):
        for _ in range(2):
            assert owner.post(f"/admin/team/{packer.id}/{path}").status_code == 303
        assert sign_in(visitor(app), "dora@example.org").status_code == signs_in
    assert member("dora").role == "fulfilment"


def test_a_forgotten_password_is_replaced(app, owner):
    packer = clerk(app, owner.member.merchant_id, "dora", Role.FULFILMENT)

    short = owner.post(f"/admin/team/{packer.member.id}/password", {"password": "short"})
    owner.post(f"/admin/team/{packer.member.id}/password", {"password": "a red woollen scarf"})

    assert short.status_code == 422
    assert packer.get("/admin/").status_code == 303
    assert sign_in(visitor(app), "dora@example.org", "a red woollen scarf").status_code == 303


def test_the_matrix_says_what_the_code_does(owner):
    page = owner.read("/admin/team/roles")

    assert page.count('aria-label="yes"') == sum(len(granted) for granted in ROLES.values())
    assert page.count('<th scope="row">') == len(PERMISSIONS)


def test_the_record_names_who_did_what(app, owner, now):
    other = cast.house(now, "north", is_house=False)
    order_id = paid_order(other, now)
    nora = clerk(app, other.merchant_id, "nora")
    nora.post(f"/admin/orders/{order_id}/notes", {"text": "private words"})

    page = owner.read(f"/admin/audit?kind=order&id={order_id}")

    assert "Wrote a note for the team" in page
    assert queries.for_mail(order_id).order.code in page
    assert "Nora" in page
    assert "private words" not in page
    assert "Nothing is recorded here" in owner.read("/admin/audit?verb=nonsense")
    assert nora.get("/admin/audit").status_code == 403


def test_the_table_of_the_record_can_be_asked_for_alone(owner):
    part = owner.get("/admin/audit", headers={"HX-Request": "true"})

    assert part.status_code == 200
    assert 'id="record"' in part.text
    assert "<html" not in part.text


def test_what_changed_is_said_in_words(owner, now):
    with transaction():
        record(
            SYSTEM, "orders.refund", "order", 1, now=now,
            before={"attention": "wrong_amount"},
            after={"amount": 87200, "cancelled": {"19": 1}, "version": 3},
        )  # fmt: skip

    page = owner.read("/admin/audit?verb=orders.refund")

    for said in ("Another amount came than was asked for.", "¥872", "taken off", "× 1"):
        assert said in page
    for raw in ("{", "87200", "wrong_amount", "version"):
        assert raw not in page[page.index('id="record"') :].partition("</table>")[0]


def test_the_chain_is_checked_and_tampering_shows(owner):
    seal()
    assert "The chain holds" in owner.read("/admin/audit?verify=1")

    change_behind_the_shops_back("UPDATE audit_row SET verb = 'nothing.happened'")

    assert "The chain is broken at seal 1" in owner.read("/admin/audit?verify=1")


def change_behind_the_shops_back(statement: str) -> None:
    """As somebody with the database's own password could: the triggers are put to sleep first."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for trigger in connection.scalars(text(named)).all():
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(statement))


def test_only_those_who_manage_the_team_check_the_chain(app, owner):
    reader = clerk(app, owner.member.merchant_id, "rui", Role.READONLY)

    assert "The chain" not in reader.read("/admin/audit?verify=1")
    assert db.session.scalar(select(AuditRow.id).limit(1)) is not None
