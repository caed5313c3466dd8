"""The page of a presale says every state in words, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.presale.commands import clockwork, editing, lifecycle
from app.presale.models import CampaignState, DepositKind, PaymentMode, SupplyMode
from tests.cast import house, piece
from tests.conftest import MONDAY
from tests.presale import cast
from tests.storefront.presales import page_of, put, words

LANGUAGES = ("en", "zh-Hans")
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def campaign(owner):
    """A deposit presale that needs three and is open for a week."""
    return cast.campaign(owner, MONDAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("state", "english", "chinese"),
    [
        (CampaignState.SCHEDULED, "Not open yet", "未开始"),
        (CampaignState.OPEN, "Open for joining", "进行中"),
        (CampaignState.EXTENDED, "Open for joining", "进行中"),
        (CampaignState.SOLD_OUT, "All places are taken", "已满"),
        (CampaignState.CLOSING, "Closed, being counted", "已截止，统计中"),
        (CampaignState.SUCCEEDED, "It takes place", "已成团"),
        (CampaignState.IN_PRODUCTION, "Being made", "制作中"),
        (CampaignState.ARRIVING, "Arriving, being checked", "到货质检中"),
        (CampaignState.BALANCE_OPEN, "Balances are due", "付尾款中"),
        (CampaignState.BALANCE_CLOSED, "Balances are in", "尾款已收"),
        (CampaignState.FULFILLING, "Being sent", "发货中"),
        (CampaignState.COMPLETED, "All sent", "已全部发出"),
        (CampaignState.FAILED, "It does not take place", "未成团"),
        (CampaignState.REFUNDING, "It does not take place", "未成团"),
        (CampaignState.REFUNDED, "It does not take place", "未成团"),
    ],
)
def test_every_state_is_said(client, campaign, state, english, chinese, language):
    put(campaign, state=state, opens_at=MONDAY, closes_at=MONDAY + timedelta(days=7))

    answer = page_of(client, campaign, f"?lang={language}")

    assert answer.status_code == 200
    assert (english if language == "en" else chinese) in words(answer)


def test_a_draft_is_nowhere_and_a_preview_is_its_teams(client, owner):
    draft = editing.create(
        cast.draft(cast.shirt(owner, MONDAY), MONDAY), actor=owner.staff(), now=MONDAY
    )
    slug = cast.fresh(draft).slug
    assert client.get(f"/pre/{slug}").status_code == 404

    editing.preview(draft, actor=owner.staff(), now=MONDAY)

    assert client.get(f"/pre/{slug}").status_code == 404
    assert client.get("/pre/nothing-of-the-kind").status_code == 404


@pytest.mark.parametrize(
    ("language", "price", "promise"),
    [
        (
            "en",
            "¥100 deposit + balance ¥298 on arrival · ¥398 in all",
            "Closes Mon 30 Nov 2026, 10:00. Below 3 everybody gets the deposit back in full",
        ),
        (
            "zh-Hans",
            "¥100 订金 ＋ 尾款 ¥298，到货后再付 · 共 ¥398",
            "2026年11月30日 周一 10:00 截止。不到 3 件全额退订金，原路退回，1–3 个工作日。",
        ),
    ],
)
def test_the_price_and_what_happens_below_the_goal_stand_in_one_line_each(
    client, campaign, language, price, promise
):
    said = words(page_of(client, campaign, f"?lang={language}"))

    assert price in said
    assert promise in said


def test_earnest_money_is_called_by_its_own_name(client, owner):
    campaign = cast.campaign(owner, MONDAY, deposit_kind=DepositKind.EARNEST, sku={"deposit": 5000})

    chinese = words(page_of(client, campaign, "?lang=zh-Hans"))

    assert "¥50 定金 ＋ 尾款 ¥348" in chinese
    assert "买家反悔不退，店家违约双倍返还" in chinese
    assert "订金" not in chinese


def test_a_deposit_that_counts_for_more_says_the_final_sum(client, owner):
    campaign = cast.campaign(
        owner,
        MONDAY,
        counts_change_at=MONDAY + timedelta(days=2),
        sku={"deposit": 5000, "counts_for": 10000, "counts_for_later": 8000},
    )

    english = words(page_of(client, campaign, "?lang=en"))
    chinese = words(page_of(client, campaign, "?lang=zh-Hans"))

    assert "¥50 deposit that counts for ¥100 + balance ¥298" in english
    assert "¥348 in all instead of ¥398" in english
    assert "From 25 Nov, 10:00 on it counts for ¥80, and the final price is ¥368." in english
    assert "¥50 订金抵 ¥100 ＋ 尾款 ¥298，到货后再付 · 共 ¥348（原价 ¥398）" in chinese


def test_progress_counts_confirmed_units_only(client, owner, campaign):
    medium, large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1, large.id: 1}, MONDAY)
    cast.joined(owner, {medium.id: 1}, MONDAY)

    said = words(page_of(client, campaign))

    assert "2 / 3 needed" in said
    assert "1 more is needed" in said


def test_a_goal_that_is_reached_is_said_and_one_may_still_join(client, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 3}, MONDAY)

    answer = page_of(client, campaign)

    assert "The goal is reached" in words(answer)
    assert f'action="/pre/{campaign.slug}/joins"' in answer.text


def test_when_every_place_is_taken_the_button_leads_to_the_waiting_list(client, owner):
    campaign = cast.campaign(owner, MONDAY, threshold=2, sku={"cap": 1})
    medium, large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1, large.id: 1}, MONDAY)

    answer = page_of(client, campaign)

    assert "All places are taken" in words(answer)
    assert f'href="/pre/{campaign.slug}/waiting"' in answer.text
    assert f'action="/pre/{campaign.slug}/joins"' not in answer.text


def test_the_window_is_half_open_whether_or_not_the_clockwork_has_run(client, clock, campaign):
    clock.advance(days=7, seconds=-1)
    before = words(page_of(client, campaign))
    clock.advance(seconds=1)
    after = words(page_of(client, campaign))

    assert "Open for joining" in before
    assert "Closed, being counted" in after


def test_below_the_goal_it_says_until_when_it_is_decided(client, clock, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 2}, MONDAY)
    clock.advance(days=7)
    clockwork.advance()

    said = words(page_of(client, campaign))

    assert "Closed below its goal" in said
    assert "It is decided by Mon 30 Nov 2026, 12:00" in said


def test_refunds_are_counted_as_they_arrive(client, clock, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY)
    cast.confirmed(owner, {medium.id: 1}, MONDAY)
    clock.advance(days=7)
    clockwork.advance()
    clock.advance(hours=2)
    clockwork.advance()

    said = words(page_of(client, campaign))

    assert "It does not take place" in said
    assert "0 / 2 paid back" in said


def test_a_cancelled_presale_says_so_and_not_that_too_few_joined(client, owner, campaign):
    lifecycle.cancel(campaign.id, reason="fire", actor=owner.staff(), now=MONDAY)

    said = words(page_of(client, campaign))

    assert "Cancelled" in said
    assert "It does not take place" not in said
    assert "fire" not in said


def test_a_presale_given_up_early_lists_only_what_happened(client, owner, campaign):
    lifecycle.cancel(campaign.id, reason="fire", actor=owner.staff(), now=MONDAY)

    said = words(page_of(client, campaign))

    assert "Joining opens" in said
    assert "Joining closes" not in said


def test_places_are_counted_only_until_the_close(client, owner):
    campaign = cast.campaign(owner, MONDAY, supply_mode=SupplyMode.MADE_TO_ORDER, threshold=None)
    put(campaign, state=CampaignState.OPEN)
    before = words(page_of(client, campaign))

    put(campaign, state=CampaignState.IN_PRODUCTION)
    after = words(page_of(client, campaign))

    assert "places" in before
    assert "joined in all" in after
    assert "places" not in after


def test_a_draw_that_is_over_says_that_lots_are_drawn(client, clock, owner):
    campaign = cast.campaign(
        owner, MONDAY, is_draw=True, supply_mode=SupplyMode.MADE_TO_ORDER, sku={"cap": 2}
    )
    clock.advance(days=7)

    said = words(page_of(client, campaign))

    assert "The lots are drawn" in said
    assert "Payments of the last minutes" not in said


def test_a_single_piece_asks_for_no_quantity(client, owner):
    campaign = cast.campaign(
        owner, MONDAY, variants=[piece(owner, MONDAY)], supply_mode=SupplyMode.SINGLE,
        sku={"cap": 1},
    )  # fmt: skip

    answer = page_of(client, campaign)

    assert 'id="join"' in answer.text
    assert 'name="quantity"' not in answer.text
    assert "1 left" not in words(answer)
    assert "1 place" not in words(answer)


def test_registering_interest_asks_for_no_money(client, owner):
    campaign = cast.campaign(owner, MONDAY, payment_mode=PaymentMode.INTEREST)

    answer = page_of(client, campaign)

    assert "nothing to pay now" in words(answer)
    assert f'action="/pre/{campaign.slug}/interests"' in answer.text
    assert "It is put on sale from 3 on." in words(answer)


def test_a_draw_takes_names_and_says_how_many_places_there_are(client, owner):
    campaign = cast.campaign(
        owner, MONDAY, is_draw=True, supply_mode=SupplyMode.MADE_TO_ORDER, sku={"cap": 2}
    )

    answer = page_of(client, campaign)

    assert "Draw open" in words(answer)
    assert "4 places are drawn" in words(answer)
    assert f'action="/pre/{campaign.slug}/waiting"' in answer.text


def test_before_it_opens_the_opening_can_be_put_into_a_calendar(client, owner):
    opens_at = MONDAY + timedelta(days=2)
    campaign = cast.campaign(owner, MONDAY, opens_at=opens_at, closes_at=opens_at + timedelta(7))

    answer = page_of(client, campaign)
    file = client.get(f"/pre/{campaign.slug}/opening.ics")

    assert "Opens Wed 25 Nov 2026, 10:00." in words(answer)
    assert file.mimetype == "text/calendar"
    assert "DTSTART:20261125T020000Z\r\n" in file.text
