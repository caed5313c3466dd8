"""Writing a presale on one page: nothing typed is lost, and what it means is said beforehand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.admin.presales.form.reading import CampaignFields
from app.platform.db import db
from app.presale.commands import editing
from app.presale.models import Campaign
from app.shop.models import Role
from tests.admin.counter import HTMX, Clerk, clerk, contents
from tests.admin.forms import Typed, form_on
from tests.cast import House, house, product_of
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")

FILLED: dict[str, Any] = {
    "title-en": "Kyoto shirt",
    "title-zh": "京都衬衫",
    "story-en": "Dyed in Kyoto.\nSewn in Hangzhou.",
    "risks-en": "The dyer may be late.",
    "deposit": "100",
    "threshold": "20",
    "cap": "60",
    "opens_at": "2026-11-24T09:00",
    "closes_at": "2026-11-30T20:00",
    "promise_earliest": "2026-12-24",
    "promise_latest": "2027-01-08",
}


@pytest.fixture
def owner(clock) -> House:
    return house(clock.now)


@pytest.fixture
def who(app, owner) -> Clerk:
    return clerk(app, owner.merchant_id, "edda", Role.EDITOR)


@pytest.fixture
def form(owner, who, clock) -> Typed:
    """The form of a new presale of one shirt in two sizes, filled in."""
    product = product_of(cast.shirt(owner, clock.now)[0])
    typed = form_on(who.read(f"/admin/presales/new?product={product}"), "presale")
    return typed | {name: [value] for name, value in FILLED.items()}


def only_campaign() -> Campaign:
    db.session.rollback()
    return db.session.scalars(select(Campaign)).one()


def test_a_presale_is_written_on_one_page_and_published(who, form, owner):
    answer = who.post("/admin/presales", form | {"do": "publish"})

    campaign = only_campaign()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/admin/presales/{campaign.id}"
    assert campaign.state == "scheduled"
    assert campaign.merchant_id == owner.merchant_id
    assert campaign.title == {"en": "Kyoto shirt", "zh-Hans": "京都衬衫"}
    assert campaign.story == {"en": "Dyed in Kyoto.\nSewn in Hangzhou."}
    assert (campaign.threshold, campaign.payment_mode) == (20, "deposit")
    assert [(sku.price, sku.deposit, sku.cap) for sku in cast.skus(campaign.id)] == [
        (39800, 10000, 60),
        (39800, 10000, 60),
    ]


def test_the_window_is_typed_by_the_shops_clock(who, form):
    who.post("/admin/presales", form | {"do": "save"})

    campaign = only_campaign()
    assert campaign.opens_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert campaign.closes_at == datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    page = who.read(f"/admin/presales/{campaign.id}/edit")
    assert 'value="2026-11-30T20:00"' in page
    assert "Mon 30 Nov 2026, 20:00" in page


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-03-28T02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2027-10-31T02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-10-31T03:30", datetime(2027, 10, 31, 2, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_the_clocks_leave_out_or_repeat_is_one_instant(typed, instant):
    fields = CampaignFields({"closes_at": typed}, ZoneInfo("Europe/Berlin"), "EUR")

    assert fields.instant("closes_at") == instant


def test_a_draft_is_looked_at_as_shoppers_would_see_it(who, form, visit):
    answer = who.post("/admin/presales", form | {"do": "preview"})

    campaign = only_campaign()
    assert answer.headers["Location"] == f"/pre/{campaign.slug}"
    assert campaign.state == "preview"
    assert "Kyoto shirt" in who.read(answer.headers["Location"])
    assert visit().get(answer.headers["Location"]).status_code == 404
    edited = who.post(
        f"/admin/presales/{campaign.id}/edit", form | {"threshold": "9", "do": "save"}
    )
    assert edited.status_code == 303
    assert only_campaign().threshold == 9


def test_a_draft_opens_again_as_it_was_typed(who, form):
    rows = form["sku"]
    form |= {
        f"s-{rows[1]}-price": ["428.50"],
        f"s-{rows[1]}-cap": ["5"],
        "counts": ["150"],
        "commission": ["8.5"],
        "commission_cap": ["20"],
        "pack": ["4"],
    }
    who.post("/admin/presales", form | {"do": ["ask:building"]})
    answer = who.post("/admin/presales", form | {"do": "save"})
    page = who.read(answer.headers["Location"])

    again = form_on(page, "presale")
    kept = {name: again[name] for name in form if name in again and name != "csrf_token"}
    assert kept == {name: form[name] for name in kept}
    campaign = only_campaign()
    assert (campaign.commission_bp, campaign.commission_cap) == (850, 2000)
    skus = cast.skus(campaign.id)
    assert [(sku.price, sku.cap, sku.counts_for, sku.pack_size) for sku in skus] == [
        (39800, 60, 15000, 4),
        (42850, 5, 15000, 4),
    ]


def test_what_keeps_it_from_being_published_stands_beside_its_field(who, form):
    form |= {"risks-en": [""], "threshold": ["500"], "do": ["publish"]}

    answer = who.post("/admin/presales", form)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="risks-en-error"' in page
    assert 'id="threshold-error"' in page
    assert "The caps together are lower than the threshold." in page
    assert only_campaign().state == "draft"
    typed = form_on(page, "presale")
    assert typed["story-en"] == form["story-en"]
    assert f"/admin/presales/{only_campaign().id}/edit" in page


def test_nothing_typed_is_lost_when_a_field_is_wrong(who, form):
    form |= {
        "closes_at": ["next monday"],
        "deposit": ["a lot"],
        "cap": ["-3"],
        "commission": ["80"],
        "commission_cap": ["0"],
        "promise_latest": [""],
        "do": ["save"],
    }
    before = contents()

    answer = who.post("/admin/presales", form)

    page = answer.get_data(as_text=True)
    again = form_on(page, "presale")
    assert answer.status_code == 422
    for name in ("closes_at", "deposit", "cap", "commission", "commission_cap", "promise_latest"):
        assert f'id="{name}-error"' in page
    shown = {name: again[name] for name in form if name in again and name != "csrf_token"}
    assert shown == {name: form[name] for name in shown}
    assert contents() == before


def test_a_price_of_nothing_is_refused_where_it_was_typed(who, form):
    row = form["sku"][0]

    answer = who.post("/admin/presales", form | {f"s-{row}-price": "0", "do": "save"})

    assert answer.status_code == 422
    assert f'id="s-{row}-price-error"' in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_an_earnest_deposit_above_a_fifth_is_refused_and_explained(who, form):
    form |= {"deposit_kind": ["earnest"], "do": ["publish"]}

    said = who.post("/admin/presales/consequences", form).get_data(as_text=True)
    answer = who.post("/admin/presales", form)

    assert "¥100 is 25.1 % of ¥398. A 定金 may be at most ¥79.60" in said
    assert answer.status_code == 422
    assert 'id="deposit-kind-error"' in answer.get_data(as_text=True)
    assert only_campaign().state == "draft"
    assert who.post(
        f"/admin/presales/{only_campaign().id}/edit", form | {"deposit": ["79.60"]}
    ).status_code == 303  # fmt: skip
    assert only_campaign().state == "scheduled"


def test_a_deposit_that_counts_for_more_is_measured_by_what_is_paid_in_the_end(who, form):
    form |= {"deposit": ["70"], "counts": ["140"], "deposit_kind": ["earnest"]}

    said = who.post("/admin/presales/consequences", form).get_data(as_text=True)

    assert "Buyers pay ¥70 now and ¥258 when the goods are there: ¥328 in all." in said
    assert "¥70 count for ¥140 of the price of ¥398." in said
    assert "¥70 is 21.3 % of ¥328. A 定金 may be at most ¥65.60" in said


def test_a_second_window_is_told_with_its_day(who, form):
    form |= {
        "deposit": ["50"], "counts": ["100"], "later": ["70"],
        "counts_change_at": ["2026-11-27T20:00"],
    }  # fmt: skip

    said = who.post("/admin/presales/consequences", form).get_data(as_text=True)

    assert "Buyers pay ¥50 now and ¥298 when the goods are there: ¥348 in all." in said
    assert "From Fri 27 Nov 2026, 20:00 on: Buyers pay ¥50 now and ¥328" in said


def test_the_consequences_say_what_happens_below_the_threshold(who, form):
    said = who.post("/admin/presales/consequences", form).get_data(as_text=True)

    assert "With 20 units or more confirmed it takes place at once." in said
    assert "Below it you have 2 hours to choose; if you do not, everybody is paid back." in said
    assert "That is until Mon 30 Nov 2026, 22:00." in said
    assert "from 12 units on" in said
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0


@pytest.mark.parametrize("words", ["分享有礼，转发就送", "Share it to win a shirt", "拉 人 头"])
def test_a_reward_for_sharing_is_refused_with_a_sentence(who, form, words):
    answer = who.post("/admin/presales", form | {"story-zh": [words], "do": ["publish"]})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Nobody may be rewarded for sharing" in page
    assert 'id="story-en-error"' in page
    assert only_campaign().state == "draft"


def test_items_are_found_and_their_variants_added_and_removed(who, form, owner, clock):
    other = cast.shirt(owner, clock.now, sizes=("S", "XL", "XXL"))
    found = who.post("/admin/presales", form | {"find": ["Kyoto"], "do": ["find"]})
    page = found.get_data(as_text=True)
    assert f'value="add:{product_of(other[0])}"' in page

    added = who.post("/admin/presales", form | {"do": [f"add:{product_of(other[0])}"]})
    typed = form_on(added.get_data(as_text=True), "presale")
    assert len(typed["sku"]) == 5

    removed = who.post("/admin/presales", typed | {"do": [f"drop:{typed['sku'][0]}"]})
    assert len(form_on(removed.get_data(as_text=True), "presale")["sku"]) == 4
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_the_enter_key_in_the_search_searches(who, form):
    answer = who.post("/admin/presales", form | {"find": ["Kyoto"], "do": ["enter"]})

    assert answer.status_code == 200
    assert 'value="add:' in answer.get_data(as_text=True)


def test_another_merchants_item_cannot_be_sold(who, form, clock):
    north = house(clock.now, "north", is_house=False)
    theirs = cast.shirt(north, clock.now)
    before = contents()

    shown = who.post("/admin/presales", form | {"do": [f"add:{product_of(theirs[0])}"]})
    forged = form | {f"s-{form['sku'][0]}-variant": [str(theirs[0])], "do": ["save"]}
    answer = who.post("/admin/presales", forged)

    assert "This item cannot be sold in a presale." in shown.get_data(as_text=True)
    assert "Kyoto shirt" not in who.get("/admin/presales/new?product=999999").get_data(as_text=True)
    assert answer.status_code == 404
    assert contents() == before


def test_questions_are_added_by_one_tap_and_kept_with_their_keys(who, form):
    first = who.post("/admin/presales", form | {"do": ["ask:building"]})
    typed = form_on(first.get_data(as_text=True), "presale")
    second = who.post("/admin/presales", typed | {"do": ["ask:own"]})
    typed = form_on(second.get_data(as_text=True), "presale")
    typed |= {"q-own1-label-en": ["Your height"], "q-building-required": ["1"], "do": ["save"]}

    who.post("/admin/presales", typed)

    assert only_campaign().questions == [
        {"key": "building", "label": {"en": "Building", "zh-Hans": "楼号"}, "required": True},
        {"key": "own1", "label": {"en": "Your height"}, "required": False},
    ]


def test_an_empty_question_is_refused(who, form):
    form |= {"question": ["own1"], "do": ["save"]}

    answer = who.post("/admin/presales", form)

    assert answer.status_code == 422
    assert 'id="q-own1-label-en-error"' in answer.get_data(as_text=True)


def test_the_same_form_begins_one_presale_however_often_it_is_sent(who, form):
    first, second = (who.post("/admin/presales", form | {"do": "save"}) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 1


def test_the_same_form_sent_at_once_from_two_windows_begins_one_presale(who, form):
    plain = {name: value for name, value in form.items() if name != "csrf_token"} | {"do": "save"}

    states = who.all_at_once("/admin/presales", [plain, plain, plain])

    assert states == [303, 303, 303]
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 1


def test_a_published_presale_is_not_written_anew(who, form, owner, clock):
    campaign = cast.campaign(owner, clock.now)
    here = f"/admin/presales/{campaign.id}/edit"
    before = contents()

    looked = who.get(here)
    answer = who.post(here, form | {"do": "save"})

    assert looked.status_code == 303
    assert answer.status_code == 409
    assert contents() == before


def test_a_draft_published_by_a_colleague_meanwhile_is_left_alone(who, form, owner, clock):
    who.post("/admin/presales", form | {"do": "save"})
    campaign = only_campaign()
    editing.publish(campaign.id, actor=owner.staff(), now=clock.now)

    answer = who.post(f"/admin/presales/{campaign.id}/edit", form | {"title-en": "Other"})

    assert answer.status_code == 409
    assert only_campaign().title["en"] == "Kyoto shirt"


def test_htmx_gets_the_form_alone(who, form):
    answer = who.post("/admin/presales", form | {"do": ["ask:room"]}, htmx=True)

    assert b"<html" not in answer.data
    assert b'id="presale"' in answer.data
    assert b"q-room-label-en" in answer.data


def test_goods_that_lie_on_a_shelf_must_lie_there(who, form, owner, clock):
    form |= {"supply_mode": ["stock"], "payment_mode": ["full"], "cap": ["3"], "do": ["publish"]}

    answer = who.post("/admin/presales", form)

    assert answer.status_code == 409
    assert only_campaign().state == "draft"
    assert form_on(answer.get_data(as_text=True), "presale")["cap"] == ["3"]


def test_who_may_only_look_does_not_write(app, owner):
    rui = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    assert rui.get("/admin/presales/new").status_code == 403
    assert "New presale" not in rui.read("/admin/presales")


def test_a_fragment_of_the_editor_follows_the_language(who, form):
    who.client.set_cookie("lang", "zh-Hans", domain="127.0.0.1")

    said = who.client.post(
        "/admin/presales/consequences", data=form | {"csrf_token": who.token}, headers=HTMX
    ).get_data(as_text=True)

    assert "先付 ¥100，到货后付 ¥298，共 ¥398。" in said
