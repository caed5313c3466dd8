"""Write a campaign, change it while that is still free, publish it, copy it."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.catalog.commands import stock
from app.catalog.errors import OutOfStock
from app.platform.actor import Actor
from app.platform.addresses import commands as addresses
from app.platform.audit.commands import record
from app.platform.configuration import settings
from app.platform.db import changed_rows, db
from app.platform.errors import Invalid
from app.platform.facts import publish as tell
from app.platform.i18n import gettext as _
from app.platform.ids import spoken_code
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.presale.commands.standing import recount_places
from app.presale.commands.waiting import serve
from app.presale.drafts import CampaignDraft, SkuDraft
from app.presale.errors import CapTooLow, NotNow, NotPublishable
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign, move, note, skus_of
from app.presale.models import (
    OFF_THE_SHELF,
    Campaign,
    CampaignSku,
    CampaignState,
    PromiseVersion,
    SupplyMode,
)
from app.presale.queries.drafts import draft_of
from app.presale.queries.goods import ensure_own_variant, place_of_arrival
from app.presale.queries.pages import path_of
from app.presale.rules.moves import ENDED
from app.presale.rules.publishing import faults, offered_for_sharing

UNPUBLISHED = frozenset({CampaignState.DRAFT, CampaignState.PREVIEW})
HANDED_ON_OR_GIVEN_UP = ENDED | {
    CampaignState.FAILED,
    CampaignState.CANCELLED,
    CampaignState.REFUNDING,
    CampaignState.FULFILLING,
}
"""States in which nothing is kept on a shelf any more."""


def create(draft: CampaignDraft, *, actor: Actor, now: datetime) -> int:
    """A new draft of the actor's merchant; returns its id. The same slug is created once."""
    try:
        return _create(draft, actor=actor, now=now)
    except IntegrityError:
        # The slug was free when it was looked for and taken a moment later.
        begun = _begun(draft, actor)
        if begun is None:
            raise
        return begun


@command
def _create(draft: CampaignDraft, *, actor: Actor, now: datetime) -> int:
    ensure(actor, "presales.edit")
    begun = _begun(draft, actor)
    if begun is not None:
        return begun
    if actor.merchant_id is None:
        raise AssertionError("a campaign belongs to a merchant")
    _check_ranges(draft)
    campaign = Campaign(
        merchant_id=actor.merchant_id, slug=draft.slug or spoken_code().lower(), terms={},
        created_at=now, **draft.columns(),
    )  # fmt: skip
    db.session.add(campaign)
    db.session.flush()
    _write_skus(campaign, draft.skus, actor)
    note(campaign.id, "created", {}, actor=actor, now=now)
    record(actor, "presale.create", "campaign", campaign.id, now=now)
    return campaign.id


@command
def change(campaign_id: int, draft: CampaignDraft, *, actor: Actor, now: datetime) -> None:
    """Write an unpublished campaign anew. Raises NotNow once it is published."""
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    if campaign.state not in UNPUBLISHED:
        raise NotNow
    _check_ranges(draft)
    for name, value in draft.columns().items():
        setattr(campaign, name, value)
    if draft.slug:
        campaign.slug = draft.slug
    db.session.execute(delete(CampaignSku).where(CampaignSku.campaign_id == campaign_id))
    _write_skus(campaign, draft.skus, actor)
    record(actor, "presale.change", "campaign", campaign_id, now=now)


@command
def change_words(
    campaign_id: int, *, story: dict[str, str], risks: dict[str, str], actor: Actor, now: datetime
) -> None:
    """What may still be said better after publishing; terms and dates have verbs of their own."""
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    wrong = offered_for_sharing({"story": story, "risks": risks})
    if not any(text.strip() for text in risks.values()):
        wrong["risks"] = _("Please say what could go wrong. Buyers decide on it.")
    if wrong:
        raise Invalid(wrong)
    campaign.story, campaign.risks = dict(story), dict(risks)
    record(actor, "presale.change_words", "campaign", campaign_id, now=now)
    tell(StandingChanged(campaign_id, now))


@command
def set_cap(campaign_id: int, sku_id: int, cap: int | None, *, actor: Actor, now: datetime) -> None:
    """Raise or lower how many there are; a campaign that was sold out is open again with it, or the
    other way round. Raises CapTooLow below what is taken (R14), Invalid above what lies on the
    shelf it sells from.
    """
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    statement = update(CampaignSku).where(
        CampaignSku.id == sku_id, CampaignSku.campaign_id == campaign_id
    )
    if cap is not None:
        statement = statement.where(CampaignSku.committed + CampaignSku.held <= cap)
    if not changed_rows(statement.values(cap=cap)):
        raise CapTooLow({f"cap-{sku_id}": str(CapTooLow.default_message)})
    if campaign.supply_mode in OFF_THE_SHELF:
        _keep_as_many(campaign, sku_id, cap, now=now)
    record(
        actor, "presale.set_cap", "campaign", campaign_id, now=now,
        after={"sku": sku_id, "cap": cap},
    )  # fmt: skip
    serve([sku_id], now=now)
    recount_places(campaign_id, now=now)
    tell(StandingChanged(campaign_id, now))


@command
def preview(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """Let the team look at the page as shoppers will see it."""
    ensure(actor, "presales.edit")
    move(lock_campaign(campaign_id, actor), CampaignState.PREVIEW, actor=actor, now=now)


@command
def publish(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """Freeze the terms, make the first promise, and schedule or open it.

    Raises NotPublishable with a sentence for each field; OutOfStock when goods that must lie on a
    shelf do not.
    """
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    skus = skus_of(campaign_id)
    wrong = faults(campaign, skus, zone=settings().zone, now=now)
    if wrong:
        raise NotPublishable(wrong)
    addresses.take(path_of(campaign.slug))
    campaign.published_at = now
    campaign.seed = secrets.token_hex(32)
    campaign.terms = _frozen_terms(campaign, skus)
    db.session.add(
        PromiseVersion(
            campaign_id=campaign.id, version=1, earliest=campaign.promise_earliest,
            latest=campaign.promise_latest, reason={}, announced_at=now,
        )
    )  # fmt: skip
    if campaign.supply_mode in OFF_THE_SHELF:
        keep_off_the_shelf(campaign, skus, now=now)
    after = CampaignState.OPEN if campaign.opens_at <= now else CampaignState.SCHEDULED
    move(campaign, after, actor=actor, now=now)


def keep_off_the_shelf(campaign: Campaign, skus: list[CampaignSku], *, now: datetime) -> None:
    """Hold the goods a campaign sells where they lie, so that nobody else buys them meanwhile."""
    stock.reserve(
        campaign.subject,
        [stock.Wanted(sku.variant_id, sku.cap or 0, sku.location_id) for sku in skus],
        until=campaign.shelf_until,
        now=now,
    )


def _keep_as_many(campaign: Campaign, sku_id: int, cap: int | None, *, now: datetime) -> None:
    """Have the shelf keep another number of a SKU for a campaign that has not handed on yet."""
    wrong = _("Goods that lie on a shelf need a cap.") if cap is None else ""
    if campaign.supply_mode == SupplyMode.SINGLE and cap != 1:
        wrong = _("A one-of-a-kind presale sells one piece.")
    if wrong:
        raise Invalid({f"cap-{sku_id}": wrong})
    if campaign.published_at is None or campaign.state in HANDED_ON_OR_GIVEN_UP:
        return
    try:
        keep_off_the_shelf(campaign, skus_of(campaign.id), now=now)
    except OutOfStock as failure:
        sentence = _("Fewer than that lie on the shelf.")
        raise Invalid({f"cap-{sku_id}": sentence}) from failure


@command
def duplicate(campaign_id: int, *, actor: Actor, now: datetime) -> int:
    """A new draft with the same contents, its days moved so that it opens tomorrow at the same
    hour.
    """
    ensure(actor, "presales.edit")
    known = found(
        db.session.scalar(
            select(Campaign).where(Campaign.id == campaign_id, visible(actor, Campaign))
        )
    )
    draft = draft_of(known, skus_of(campaign_id))
    zone = settings().zone
    opened, today = (instant.astimezone(zone).date() for instant in (known.opens_at, now))
    shift = timedelta(days=max((today - opened).days + 1, 0))

    def later(instant: datetime) -> datetime:
        """At the same hour where the shop is, whatever its clocks have changed to since."""
        return (instant.astimezone(zone) + shift).astimezone(UTC)

    copy_id = create(
        replace(
            draft,
            slug="",
            opens_at=later(draft.opens_at),
            closes_at=later(draft.closes_at),
            counts_change_at=later(draft.counts_change_at) if draft.counts_change_at else None,
            promise_earliest=draft.promise_earliest + shift,
            promise_latest=draft.promise_latest + shift,
        ),
        actor=actor,
        now=now,
    )
    db.session.get_one(Campaign, copy_id).origin_id = known.origin_id or known.id
    return copy_id


def _begun(draft: CampaignDraft, actor: Actor) -> int | None:
    if not draft.slug:
        return None
    statement = select(Campaign.id).where(Campaign.slug == draft.slug, visible(actor, Campaign))
    return db.session.scalar(statement)


def _check_ranges(draft: CampaignDraft) -> None:
    """What the tables would refuse, said in words."""
    wrong: dict[str, str] = {}
    if draft.closes_at <= draft.opens_at:
        wrong["closes_at"] = _("It must close after it opens.")
    if draft.promise_latest < draft.promise_earliest:
        wrong["promise_latest"] = _("The last day must not be before the first.")
    for index, sku in enumerate(draft.skus):
        if sku.price <= 0:
            wrong[f"price-{index}"] = _("Please enter a price.")
        counted = (sku.counts_for or sku.deposit, sku.counts_for_later or sku.deposit)
        if sku.deposit is not None and not all(
            0 < sku.deposit <= (counts or 0) <= sku.price for counts in counted
        ):
            wrong[f"deposit-{index}"] = _(
                "A deposit counts for at least itself and at most the price."
            )
    if wrong:
        raise Invalid(wrong)


def _write_skus(campaign: Campaign, skus: tuple[SkuDraft, ...], actor: Actor) -> None:
    """Raises NotFound for another merchant's variant."""
    shelf = place_of_arrival(campaign.merchant_id)
    for position, sku in enumerate(skus):
        ensure_own_variant(sku.variant_id, actor)
        db.session.add(
            CampaignSku(
                campaign_id=campaign.id, variant_id=sku.variant_id, location_id=shelf,
                position=position, price=sku.price, deposit=sku.deposit,
                counts_for=sku.counts_for or sku.deposit,
                counts_for_later=sku.counts_for_later or sku.counts_for or sku.deposit,
                cap=sku.cap, pack_size=sku.pack_size,
            )
        )  # fmt: skip
    db.session.flush()


def _frozen_terms(campaign: Campaign, skus: list[CampaignSku]) -> dict[str, object]:
    """What everybody who joins accepts, and its hash (R18)."""
    terms: dict[str, object] = {
        "payment_mode": campaign.payment_mode,
        "supply_mode": campaign.supply_mode,
        "deposit_kind": campaign.deposit_kind,
        "threshold": campaign.threshold,
        "balance_hours": campaign.balance_hours,
        "balance_grace_days": campaign.balance_grace_days,
        "balance_unpaid": campaign.balance_unpaid,
        "shortage_policy": campaign.shortage_policy,
        "closes_at": campaign.closes_at.isoformat(),
        "promise": [campaign.promise_earliest.isoformat(), campaign.promise_latest.isoformat()],
        "skus": [
            {
                "variant": sku.variant_id,
                "price": sku.price,
                "deposit": sku.deposit,
                "counts_for": sku.counts_for,
                "counts_for_later": sku.counts_for_later,
            }
            for sku in skus
        ],
    }
    written = json.dumps(terms, sort_keys=True, ensure_ascii=False)
    return terms | {"hash": hashlib.sha256(written.encode()).hexdigest()}
