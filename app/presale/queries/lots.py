"""Lots that were drawn, with all it takes to draw them again: of a draw, and of a shortage (R22).

The seed is fixed at publish; its seal is public from then on, itself only once it decides nothing
any more that somebody could still act on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.platform.db import db
from app.presale.models import (
    Campaign,
    CampaignState,
    Commitment,
    Participation,
    ShortagePolicy,
    ShortageSplit,
    WaitingEntry,
)
from app.presale.queries.pages import CampaignView
from app.presale.rules.moves import RUNNING
from app.presale.rules.shortage import sealed, ticket


@dataclass(frozen=True, slots=True)
class Lot:
    """`name` is the code in a draw, the number in a shortage; the lowest `ticket` comes first."""

    place: int
    name: str
    ticket: str
    wanted: int
    given: int | None = None


@dataclass(frozen=True, slots=True)
class Lots:
    """The lots of one SKU, in drawn order: `units` were there for them."""

    label: str
    seed: str
    units: int
    of_shortage: bool
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`seed` is empty while it still decides something."""

    seal: str
    seed: str
    groups: tuple[Lots, ...]


def has_lots(campaign: Campaign) -> bool:
    """Whether chance decides anything in a campaign."""
    return campaign.is_draw or campaign.shortage_policy == ShortagePolicy.LOTTERY


def drawn(view: CampaignView) -> Drawn:
    """What was drawn so far, two queries."""
    campaign = view.campaign
    labels = {sku.id: sku.label for sku in view.skus}
    caps = {sku.id: sku.cap or 0 for sku in view.skus}
    is_over = campaign.is_draw and _draw_is_over(campaign)
    groups = list(_of_draw(campaign, labels, caps)) if is_over else []
    groups += _of_shortages(campaign, labels)
    return Drawn(
        seal=sealed(campaign.seed) if campaign.seed else "",
        seed=campaign.seed if groups or is_over else "",
        groups=tuple(groups),
    )


def _draw_is_over(campaign: Campaign) -> bool:
    """A campaign below its threshold may open again: until that is decided nothing is said."""
    if campaign.state in RUNNING | {CampaignState.SCHEDULED}:
        return False
    return campaign.threshold is None or campaign.state != CampaignState.CLOSING


def _of_draw(campaign: Campaign, labels: dict[int, str], caps: dict[int, int]) -> Iterator[Lots]:
    entries = db.session.scalars(
        select(WaitingEntry)
        .where(WaitingEntry.campaign_id == campaign.id, WaitingEntry.draw_place.is_not(None))
        .order_by(WaitingEntry.sku_id, WaitingEntry.draw_place)
    ).all()
    for sku_id, label in labels.items():
        lots = tuple(
            Lot(
                entry.draw_place or 0, entry.code, ticket(campaign.seed, entry.code), entry.quantity
            )
            for entry in entries
            if entry.sku_id == sku_id
        )
        if lots:
            yield Lots(label, campaign.seed, caps[sku_id], of_shortage=False, lots=lots)


def _of_shortages(campaign: Campaign, labels: dict[int, str]) -> Iterator[Lots]:
    splits = db.session.scalars(
        select(ShortageSplit)
        .where(
            ShortageSplit.campaign_id == campaign.id,
            ShortageSplit.policy == ShortagePolicy.LOTTERY,
        )
        .order_by(ShortageSplit.id)
    ).all()
    if not splits:
        return
    rows = db.session.execute(
        select(Commitment.id, Participation.number, Commitment.quantity)
        .join(Participation, Participation.id == Commitment.participation_id)
        .where(Commitment.campaign_id == campaign.id)
    )
    joined = {str(row[0]): (str(row[1]), int(row[2])) for row in rows}
    for split in splits:
        tickets = sorted(
            (ticket(split.seed, joined[wish][0]), *joined[wish], int(units))
            for wish, units in split.shares.items()
            if wish in joined
        )
        lots = tuple(
            Lot(place, name, found, wanted, given)
            for place, (found, name, wanted, given) in enumerate(tickets, start=1)
        )
        label = labels.get(split.sku_id, "")
        yield Lots(label, split.seed, split.available, of_shortage=True, lots=lots)
