"""The page of one presale, and what is done to it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import clockwork
from app.presale.models import Participation, WaitingEntry
from app.shop.models import Role
from tests.admin.counter import HTMX, clerk, contents, counted_queries
from tests.cast import house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def owner(clock):
    return house(clock.now)


@pytest.fixture
def joined(owner, clock):
    """A presale with two people and three units."""
    campaign = cast.campaign(owner, clock.now)
    medium, large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now, name="Grace Hopper")
    cast.confirmed(owner, {medium.id: 1, large.id: 1}, clock.now, name="林小满")
    return campaign


def verbs() -> set[str]:
    return set(db.session.scalars(select(AuditRow.verb)))


def test_the_page_says_who_is_in_and_what_was_paid(app, owner, joined):
    page = clerk(app, owner.merchant_id, "cleo").read(f"/admin/presales/{joined.id}")

    assert '<div class="figure">2</div><div class="text-sm text-ink-2">people in</div>' in page
    assert '<div class="figure">¥300</div><div class="text-sm text-ink-2">paid for goods' in page
    assert "It has enough to take place." in page


def test_the_living_part_answers_alone_and_nothing_when_nothing_changed(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{joined.id}"

    first = who.get(here, headers=HTMX)
    again = who.get(here, headers={**HTMX, "If-None-Match": first.headers["ETag"]})

    assert b"<html" not in first.data
    assert b'id="live"' in first.data
    assert again.status_code == 304


def test_a_cap_is_raised_on_the_page(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")
    medium, large = cast.skus(joined.id)

    answer = who.post(f"/admin/presales/{joined.id}/skus/{medium.id}/cap", {"cap": "25"})

    assert answer.status_code == 303
    assert [sku.cap for sku in cast.skus(joined.id)] == [25, large.cap]
    assert "presale.set_cap" in verbs()


def test_an_empty_cap_means_there_is_no_limit(app, owner, joined):
    medium, _large = cast.skus(joined.id)
    who = clerk(app, owner.merchant_id, "cleo")

    who.post(f"/admin/presales/{joined.id}/skus/{medium.id}/cap", {"cap": ""})

    assert cast.skus(joined.id)[0].cap is None
    assert "no limit" in who.read(f"/admin/presales/{joined.id}")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("1", "More units than that are already taken."), ("many", "A whole number, such as 3.")],
)
def test_a_cap_that_cannot_be_is_refused_beside_its_field(app, owner, joined, typed, sentence):
    medium, _large = cast.skus(joined.id)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    answer = who.post(f"/admin/presales/{joined.id}/skus/{medium.id}/cap", {"cap": typed})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="cap-{medium.id}-error"' in page
    assert sentence in page
    assert f'value="{typed}"' in page
    assert contents() == before


def test_a_window_is_closed_early(app, owner, joined, clock):
    who = clerk(app, owner.merchant_id, "cleo")

    assert "2 people are in." in who.read(f"/admin/presales/{joined.id}/closing")
    answer = who.post(f"/admin/presales/{joined.id}/closing")

    assert answer.status_code == 303
    assert cast.fresh(joined.id).state == "closing"
    assert cast.fresh(joined.id).closes_at == clock.now + timedelta(seconds=1)
    assert who.post(f"/admin/presales/{joined.id}/closing").status_code == 409


def test_giving_up_needs_a_reason_and_the_number_of_people(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{joined.id}/cancellation"
    before = contents()

    answer = who.post(here, {"reason": "", "count": "3"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "2 people are in. Please type that number." in page
    assert "Please say why" in page
    assert contents() == before


def test_giving_up_pays_everybody_back_and_shows_how_far_it_is(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")

    answer = who.post(
        f"/admin/presales/{joined.id}/cancellation", {"reason": "The mill burned.", "count": "2"}
    )

    page = who.read(f"/admin/presales/{joined.id}")
    assert answer.status_code == 303
    assert "Paying everybody back" in page
    assert "0 of 2" in page
    assert "The mill burned." in page
    assert 'hx-trigger="every 3s"' in page
    clockwork.advance()
    assert "¥300 under way" in who.read(f"/admin/presales/{joined.id}")


def test_names_are_masked_until_somebody_who_may_asks(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{joined.id}/joins"

    masked = who.read(here)
    who.post(f"/admin/presales/{joined.id}/disclosure")
    shown = who.read(here)

    assert "G**" in masked
    assert "Grace Hopper" not in masked
    assert "Grace Hopper" in shown
    assert "林小满" in shown
    assert "campaign.disclose" in verbs()


def test_a_role_without_personal_data_never_sees_a_name(app, owner, joined):
    who = clerk(app, owner.merchant_id, "rui", Role.READONLY)
    here = f"/admin/presales/{joined.id}"

    page = who.read(f"{here}/joins")

    assert "Grace Hopper" not in page
    assert "Show the names" not in page
    assert who.post(f"{here}/disclosure").status_code == 403
    assert "Nobody fits" in who.read(f"{here}/joins?q=Grace")


def test_a_person_is_found_by_number_code_and_name(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{joined.id}/joins"
    second = db.session.scalars(select(Participation).where(Participation.number == 2)).one()
    code = cast.order(second.order_id or 0).code

    for text in (code, "林"):
        page = who.read(f"{here}?q={text}")
        assert "林**" in page
        assert "G**" not in page
    assert "林**" in who.read(f"{here}?q=2")  # other codes may begin with a 2 as well


def test_who_has_not_paid_stands_apart_from_who_is_in(app, owner, joined, clock):
    medium, _large = cast.skus(joined.id)
    cast.joined(owner, {medium.id: 1}, clock.now, name="Zoe Late")
    who = clerk(app, owner.merchant_id, "cleo")

    assert "Z**" not in who.read(f"/admin/presales/{joined.id}/joins")
    unpaid = who.read(f"/admin/presales/{joined.id}/joins?view=unpaid")
    assert "Z**" in unpaid
    assert "G**" not in unpaid


def test_the_list_of_people_asks_as_often_for_two_as_for_many(app, owner, joined, clock):
    medium, _large = cast.skus(joined.id)
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{joined.id}/joins"
    who.read(here)
    with counted_queries() as for_two:
        who.read(here)
    for _ in range(4):
        cast.confirmed(owner, {medium.id: 1}, clock.now)
    with counted_queries() as for_six:
        who.read(here)

    assert len(for_six) == len(for_two)


def test_two_notes_have_two_permissions(app, owner, joined):
    person = db.session.scalars(select(Participation).where(Participation.number == 1)).one()
    here = f"/admin/presales/joins/{person.id}"
    cleo = clerk(app, owner.merchant_id, "cleo")
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)

    cleo.post(f"{here}/visible-note", {"text": "Comes in blue."})
    cleo.post(f"{here}/private-note", {"text": "Cousin of the tailor."})

    assert "Cousin of the tailor." in cleo.read(here)
    page = pan.read(here)
    assert "Comes in blue." in page
    assert "Cousin of the tailor." not in page
    assert pan.post(f"{here}/visible-note", {"text": "x"}).status_code == 403
    assert pan.post(f"{here}/private-note", {"text": "x"}).status_code == 403


def test_a_note_that_is_too_long_is_kept_in_its_field(app, owner, joined):
    person = db.session.scalars(select(Participation).where(Participation.number == 1)).one()
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    answer = who.post(f"/admin/presales/joins/{person.id}/private-note", {"text": "long " * 120})

    assert answer.status_code == 422
    assert "long long" in answer.get_data(as_text=True)
    assert "At most 500 characters." in answer.get_data(as_text=True)
    assert contents() == before


def test_the_waiting_list_is_counted(app, owner, joined, clock):
    medium, _large = cast.skus(joined.id)
    with transaction():
        db.session.add(
            WaitingEntry(
                campaign_id=joined.id, sku_id=medium.id, code="C1", token="T1", quantity=1,
                email="w@example.org", locale="en", person="p", created_at=clock.now,
            )
        )  # fmt: skip

    page = clerk(app, owner.merchant_id, "cleo").read(f"/admin/presales/{joined.id}")

    assert '<div class="figure">1</div><div class="text-sm text-ink-2">on the waiting list' in page
