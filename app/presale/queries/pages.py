"""A campaign as its public page shows it: two queries however many SKUs and however many joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.catalog.models import ProductState
from app.catalog.queries.pictures import Picture, of_products
from app.catalog.queries.variants import option_label
from app.platform.actor import Actor
from app.platform.addresses import queries as addresses
from app.platform.configuration import settings
from app.platform.content.reading import holds_until
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.i18n import pick
from app.platform.money import Money
from app.platform.rbac import visible
from app.presale.models import Campaign, CampaignState, PaymentMode
from app.presale.queries.page_rows import Found, rows
from app.presale.rules import threshold
from app.presale.rules.money import Terms, terms_at
from app.presale.rules.stage import GIVEN_UP, Facts, Stage, stage_of

UNSEEN = (CampaignState.DRAFT, CampaignState.PREVIEW)


@dataclass(frozen=True, slots=True)
class SkuView:
    """One variant that can be joined.

    `free` is None without a cap; `later` are the terms of the second deposit window while it has
    not begun. `joined` units are confirmed, `tolerance` of them only if a pack needs them; `sent`
    units have left; `waiting` people wait for one, or take part in the draw.
    """

    id: int
    variant_id: int
    weight_g: int
    tax_class: str
    label: str
    terms: Terms
    later: Terms | None
    cap: int | None
    free: int | None
    is_live: bool
    pack_size: int
    joined: int
    tolerance: int
    sent: int
    waiting: int

    @property
    def is_free(self) -> bool:
        return self.is_live and self.free != 0

    @property
    def packs(self) -> int:
        """How many whole packs are ordered as things stand."""
        return threshold.packs(
            quantity=self.joined - self.tolerance,
            tolerance=self.tolerance,
            pack_size=self.pack_size,
        )


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign with everything its page says of it, but who joined and what was promised."""

    campaign: Campaign
    skus: tuple[SkuView, ...]
    pictures: tuple[Picture, ...]
    option_names: tuple[str, ...]
    stage: Stage

    @property
    def title(self) -> str:
        return pick(self.campaign.title)

    @property
    def path(self) -> str:
        return path_of(self.campaign.slug)

    @property
    def joined(self) -> int:
        """Confirmed units, what a pack may need on top left out."""
        return sum(sku.joined - sku.tolerance for sku in self.skus)

    @property
    def tolerance(self) -> int:
        return sum(sku.tolerance for sku in self.skus)

    @property
    def sent(self) -> int:
        return sum(sku.sent for sku in self.skus)

    @property
    def waiting(self) -> int:
        return sum(sku.waiting for sku in self.skus)

    @property
    def cap(self) -> int | None:
        """How many there are in all; None when any SKU is without a limit."""
        caps = [sku.cap for sku in self.skus if sku.cap is not None]
        return sum(caps) if len(caps) == len(self.skus) else None

    @property
    def missing(self) -> int:
        """How many units the threshold still needs."""
        return threshold.missing(
            quantity=self.joined, tolerance=self.tolerance, threshold=self.campaign.threshold
        )

    @property
    def is_given_up(self) -> bool:
        """Whether nothing comes of it any more and whoever has paid is paid back."""
        return self.stage in GIVEN_UP

    @property
    def is_interest(self) -> bool:
        return self.campaign.payment_mode == PaymentMode.INTEREST

    @property
    def has_deposit(self) -> bool:
        return self.campaign.payment_mode == PaymentMode.DEPOSIT

    @property
    def was_cancelled(self) -> bool:
        return self.campaign.cancelled_at is not None

    @property
    def cheapest(self) -> SkuView:
        return min(self.skus, key=lambda sku: (sku.terms.final_price, sku.id))

    @property
    def has_one_price(self) -> bool:
        return len({sku.terms for sku in self.skus}) == 1

    def money(self, minor: int) -> Money:
        return Money(minor, settings().currency)


CAMPAIGN = "campaign"
"""What campaigns are called among the addresses that changed."""


def path_of(slug: str) -> str:
    """Where a campaign's page is."""
    return f"/pre/{slug}"


def shown(slug: str, actor_of_preview: Actor | None, *, now: datetime) -> CampaignView:
    """A published campaign, or a preview for those it is shown to, by its address or one it had
    before; raises NotFound.
    """
    seen: ColumnElement[bool] = Campaign.state.not_in(UNSEEN) & Campaign.published_at.is_not(None)
    if actor_of_preview is not None:
        is_mine = visible(actor_of_preview, Campaign)
        seen = or_(seen, (Campaign.state == CampaignState.PREVIEW) & is_mine)
    found = rows(Campaign.slug == slug, seen, now=now) or _moved(slug, seen, now=now)
    return _view(found, now=now)


def by_id(campaign_id: int, *, now: datetime) -> CampaignView:
    """A campaign for a caller who has been shown it already, whatever its state."""
    return _view(rows(Campaign.id == campaign_id, now=now), now=now)


def id_of(slug: str) -> int:
    """A published campaign's id; raises NotFound."""
    statement = select(Campaign.id).where(Campaign.slug == slug, Campaign.published_at.is_not(None))
    campaign_id = db.session.scalar(statement)
    if campaign_id is None:
        raise NotFound
    return campaign_id


def _moved(slug: str, seen: ColumnElement[bool], *, now: datetime) -> list[Found]:
    """Of the campaign that had this address before."""
    campaign_id = addresses.now_at(path_of(slug), CAMPAIGN)
    return rows(Campaign.id == campaign_id, seen, now=now) if campaign_id is not None else []


def _view(found: list[Found], *, now: datetime) -> CampaignView:
    if not found:
        raise NotFound
    campaign, *_rest = found[0]
    products = {row.Product.id: row.Product for row in found}
    skus = tuple(_sku(row, now=now, with_title=len(products) > 1) for row in found)
    pictures = of_products(products)
    holds_until(campaign.opens_at, campaign.closes_at, now=now)
    names = found[0].Product.option_names.get("names", [])
    return CampaignView(
        campaign=campaign,
        skus=skus,
        pictures=tuple(picture for id_ in products for picture in pictures.get(id_, [])),
        option_names=tuple(_value(name) for name in names),
        stage=stage_of(_facts(campaign, skus, is_asking=found[0].questions > 0), now=now),
    )


def _facts(campaign: Campaign, skus: tuple[SkuView, ...], *, is_asking: bool) -> Facts:
    goal = campaign.threshold
    is_met = goal is not None and threshold.reached(
        quantity=sum(sku.joined - sku.tolerance for sku in skus),
        tolerance=sum(sku.tolerance for sku in skus),
        threshold=goal,
    )
    return Facts(
        state=CampaignState(campaign.state),
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        has_free=campaign.is_draw or any(sku.is_free for sku in skus),
        is_met=is_met,
        decide_by=campaign.decide_by,
        is_asking=is_asking,
    )


def _sku(row: Found, *, now: datetime, with_title: bool) -> SkuView:
    campaign, sku, variant, product, spare, spare_at, tolerance, sent, _questions, waiting = row
    holds_until(spare_at, campaign.counts_change_at, now=now)
    terms = terms_at(campaign, sku, now)
    change = campaign.counts_change_at
    later = terms_at(campaign, sku, change) if change is not None and change > now else None
    free = None if sku.cap is None else max(sku.cap - sku.committed - sku.held + int(spare), 0)
    if waiting and not campaign.is_draw:
        free = 0
    options = option_label(variant.options)
    title = pick(product.title) if with_title or not options else ""
    return SkuView(
        id=sku.id,
        variant_id=variant.id,
        weight_g=variant.weight_g,
        tax_class=product.tax_class,
        label=" · ".join(part for part in (title, options) if part),
        terms=terms,
        later=later if later != terms else None,
        cap=sku.cap,
        free=free,
        is_live=product.state == ProductState.LIVE and not variant.retired,
        pack_size=sku.pack_size,
        joined=sku.committed,
        tolerance=int(tolerance),
        sent=int(sent),
        waiting=int(waiting),
    )


def _value(value: Mapping[str, str] | str) -> str:
    return pick(value) if isinstance(value, dict) else str(value)
