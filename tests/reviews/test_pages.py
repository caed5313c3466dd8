"""Reviews: by who received something, after a look, answered, and never silently gone."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from app.catalog.models import Product
from app.customers import queries as customers
from app.customers.commands import erase
from app.orders.commands import claim
from app.platform.actor import Actor
from app.platform.db import db
from app.reviews.commands import inviting
from app.reviews.models import Review, ReviewReport
from app.shop.models import Role
from tests.admin.counter import clerk, lines_of, paid_order
from tests.cast import house
from tests.conftest import MONDAY, visitor
from tests.customers.people import open_account
from tests.reviews.buyers import (
    GOOD,
    arrived,
    kept,
    mails,
    own_page,
    page_of,
    publish,
    write,
)
from tests.storefront.counting import counted


def rating_in(text):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    product = next(entry for entry in map(json.loads, found) if entry["@type"] == "Product")
    return product.get("aggregateRating")


def test_a_review_is_shown_and_counted_once_somebody_has_looked(client, line, cleo):
    answer = write(client, line)
    before = page_of(client, line)

    publish(cleo, line)
    after = page_of(client, line)

    assert answer.status_code == 303
    assert "Just right." not in before
    assert rating_in(before) is None
    assert "Just right.\nWarm." in after
    assert "true to size" in after
    assert "received it" in after
    assert rating_in(after) == {
        "@type": "AggregateRating", "ratingValue": 5.0, "reviewCount": 1, "bestRating": 5,
        "worstRating": 1,
    }  # fmt: skip
    product = db.session.get_one(Product, line.product_id)
    assert "Just right." in client.get(f"/i/{product.number}/reviews").text


def test_only_what_has_arrived_can_be_reviewed_and_only_by_its_buyer(client, owner, line):
    under_way = lines_of(paid_order(owner, MONDAY))[0]
    other = arrived(owner, MONDAY, "2")

    assert write(client, under_way).status_code == 404
    assert client.post(f"{own_page(line)}/{other.id}", data=GOOD).status_code == 404
    assert client.post(f"/o/FORGED-x/reviews/{line.id}", data=GOOD).status_code == 404
    assert "Nothing has arrived yet" in client.get(f"{own_page(under_way)}?lang=en").text
    assert db.session.scalar(select(func.count()).select_from(Review)) == 0


@pytest.mark.parametrize(
    ("typed", "beside"),
    [({"stars": ""}, "stars"), ({"stars": "6"}, "stars"), ({"text": "x" * 2001}, "text")],
)
def test_a_wrong_review_is_refused_beside_its_field_and_kept_as_typed(client, line, typed, beside):
    answer = write(client, line, **typed)

    assert answer.status_code == 422
    assert f'id="line-{line.id}-{beside}-error"' in answer.text
    assert 'value="Ada"' in answer.text


def test_what_is_changed_is_looked_at_again_and_the_same_is_not(client, line, cleo, clock):
    write(client, line)
    publish(cleo, line)
    write(client, line)
    assert kept(line).state == "published"

    write(client, line, stars="2")
    assert (kept(line).state, kept(line).stars) == ("pending", 2)

    clock.advance(days=14)
    late = write(client, line, stars="1")
    assert late.status_code == 409
    assert kept(line).stars == 2


def test_two_clicks_at_the_same_moment_write_one_review(app, line):
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda stars: sent_apart(app, line, stars), "34"))

    assert answers == [303, 303]
    assert kept(line).stars in {3, 4}


def sent_apart(app, line, stars):
    with app.app_context():
        return write(visitor(app), line, stars=stars).status_code


def test_who_is_not_shown_is_told_why_and_nothing_is_deleted(client, line, cleo):
    write(client, line, text="Cleo is stupid.", stars="1")

    unsaid = cleo.post(f"/admin/reviews/{kept(line).id}/rejection", {"reason": "too few stars"})
    cleo.post(f"/admin/reviews/{kept(line).id}/rejection", {"reason": "insulting"})
    cleo.post(f"/admin/reviews/{kept(line).id}/rejection", {"reason": "insulting"})

    assert unsaid.status_code == 422
    assert (kept(line).state, kept(line).reason) == ("rejected", "insulting")
    (told,) = mails("rejected")
    assert "It insults or threatens somebody" in told.text
    assert "It insults or threatens somebody" in client.get(f"{own_page(line)}?lang=en").text
    assert "Cleo is stupid." in cleo.read("/admin/reviews?view=rejected")
    assert "Cleo is stupid." not in page_of(client, line)


def test_the_shop_answers_and_its_author_hears_of_it_once(client, line, cleo):
    write(client, line)
    review_id = kept(line).id
    publish(cleo, line)

    cleo.post(f"/admin/reviews/{review_id}/reply", {"text": "Thank you, Ada."})
    cleo.post(f"/admin/reviews/{review_id}/reply", {"text": "Thank you."})

    assert "Thank you." in page_of(client, line)
    assert len(mails("answered")) == 1


def test_a_reported_review_is_looked_at_again(client, line, cleo):
    write(client, line)
    review_id = kept(line).id
    report = f"/reviews/{review_id}/report"
    assert client.post(report, data={"reason": "personal"}).status_code == 404
    publish(cleo, line)

    empty = client.post(report, data={})
    client.post(report, data={"reason": "personal"})

    assert empty.status_code == 422
    assert client.get(report).headers["Cache-Control"] == "private, no-store"
    assert "It names or shows somebody" in cleo.read("/admin/reviews?view=reported")
    assert "Just right." in page_of(client, line)
    publish(cleo, line)
    assert "No review here" in cleo.read("/admin/reviews?view=reported")
    assert db.session.scalar(select(func.count()).select_from(ReviewReport)) == 1


def test_staff_of_another_merchant_and_roles_without_it_decide_nothing(app, client, owner, line):
    write(client, line)
    review_id = kept(line).id
    nora = clerk(app, house(MONDAY, "north", is_house=False).merchant_id, "nora")
    edith = clerk(app, owner.merchant_id, "edith", Role.EDITOR)

    assert nora.post(f"/admin/reviews/{review_id}/publication").status_code == 404
    assert edith.post(f"/admin/reviews/{review_id}/publication").status_code == 403
    assert "Just right." not in nora.read("/admin/reviews")
    assert kept(line).state == "pending"


def test_a_buyer_is_asked_once_a_week_after_arrival_in_daytime(client, line, clock):
    assert inviting.invite_due() == 0
    clock.advance(days=7, hours=12)  # at night
    assert inviting.invite_due() == 0

    clock.advance(hours=12)
    assert inviting.invite_due() == 1
    assert inviting.invite_due() == 0

    (asked,) = mails("invitation")
    assert asked.recipient == "ada@example.org"
    assert own_page(line) in asked.text


def test_whoever_wants_no_invitations_gets_none_for_any_order(client, owner, line, clock):
    client.post(f"{own_page(line)}/silence")
    arrived(owner, MONDAY, "2")

    clock.advance(days=8)
    inviting.invite_due()

    assert mails("invitation") == []


def test_a_shop_may_ask_nobody(make_app, line, clock):
    clock.advance(days=8)
    with make_app(review_invitations=False).app_context():
        assert inviting.invite_due() == 0


def test_an_erased_buyer_is_nobody_and_what_was_said_stays(client, line, cleo):
    ada = open_account("ada@example.org", MONDAY)
    claim.claim(ada, "ada@example.org")
    write(client, line)
    publish(cleo, line)
    actor = Actor("customer", ada)

    exported: Any = customers.everything_about(actor, now=MONDAY)["kept"]
    erase(actor=actor, now=MONDAY)

    assert [row["text"] for row in exported["reviews"]] == ["Just right.\nWarm."]
    assert kept(line).name == ""
    assert "A buyer" in page_of(client, line)


def test_a_product_without_reviews_asks_once_more_and_with_many_no_more(client, owner, line, cleo):
    product = db.session.get_one(Product, line.product_id)
    address = f"/i/{product.number:04d}-{product.slug}"
    before = counted(client, address)
    write(client, line)
    publish(cleo, line)

    assert counted(client, address) <= before + 1
