"""What keeps a campaign from being published: law, honesty and sums that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.platform.i18n import gettext as _
from app.presale.models import (
    BalanceUnpaid,
    Campaign,
    CampaignSku,
    DepositKind,
    PaymentMode,
    SupplyMode,
)
from app.presale.rules import promise
from app.presale.rules.money import is_lawful, terms_at
from app.presale.rules.promise import Promise
from app.presale.rules.wording import inducement_in

SHORTEST_WINDOW = timedelta(hours=1)
LONGEST_WINDOW = timedelta(days=60)
SHORTEST_DROP = timedelta(minutes=1)
Fault = tuple[str, str]


def faults(
    campaign: Campaign, skus: Sequence[CampaignSku], *, zone: ZoneInfo, now: datetime
) -> dict[str, str]:
    """Sentences by field; empty when the campaign may be published. Days are those of the shop."""
    found: dict[str, str] = {}
    for field, sentence in (
        *_words(campaign),
        *_window(campaign, now),
        *_promise(campaign, zone, now),
        *_supply(campaign, skus),
        *_deposit(campaign, skus, now),
    ):
        found.setdefault(field, sentence)
    return found


def _words(campaign: Campaign) -> Iterator[Fault]:
    if not any(campaign.title.values()):
        yield "title", _("Please give it a name.")
    if not any(campaign.risks.values()):
        yield "risks", _("Please say what could go wrong. Buyers decide on it.")
    asked = [text for question in campaign.questions for text in question["label"].values()]
    said = {"title": campaign.title, "story": campaign.story, "risks": campaign.risks}
    yield from offered_for_sharing(said | {"questions": {"": "\n".join(asked)}}).items()


def offered_for_sharing(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Sentences for texts, by field, that offer something for sharing or recruiting."""
    found = {field: inducement_in(text.values()) for field, text in texts.items()}
    return {
        field: _("Nobody may be rewarded for sharing: please take “%(words)s” out.", words=words)
        for field, words in found.items()
        if words
    }


def _window(campaign: Campaign, now: datetime) -> Iterator[Fault]:
    length = campaign.closes_at - campaign.opens_at
    if campaign.closes_at <= now:
        yield "closes_at", _("This close has passed already.")
    if length < (SHORTEST_DROP if campaign.is_drop else SHORTEST_WINDOW):
        yield "closes_at", _("The window is too short: an hour at least.")
    if length > LONGEST_WINDOW:
        yield "closes_at", _("The window is too long: sixty days at most.")


def _promise(campaign: Campaign, zone: ZoneInfo, now: datetime) -> Iterator[Fault]:
    made = Promise(campaign.promise_earliest, campaign.promise_latest)
    if not promise.fits(made, today=now.astimezone(zone).date()):
        yield "promise_latest", _("Please promise a day within 330 days, not in the past.")
    elif campaign.promise_latest < campaign.closes_at.astimezone(zone).date():
        yield "promise_latest", _("Goods cannot be promised before the presale closes.")


def _supply(campaign: Campaign, skus: Sequence[CampaignSku]) -> Iterator[Fault]:
    if not skus:
        yield "skus", _("Please choose at least one variant to sell.")
    if campaign.supply_mode == SupplyMode.THRESHOLD and not campaign.threshold:
        yield "threshold", _("Please say how many are needed for it to take place.")
    if campaign.supply_mode != SupplyMode.THRESHOLD and campaign.threshold:
        yield "threshold", _("Only a presale with a threshold has one.")
    capped = [sku.cap for sku in skus if sku.cap is not None]
    if campaign.threshold and len(capped) == len(skus) and sum(capped) < campaign.threshold:
        yield "threshold", _("The caps together are lower than the threshold.")
    if campaign.supply_mode in {SupplyMode.STOCK, SupplyMode.SINGLE} and len(capped) < len(skus):
        yield "skus", _("Goods that lie on a shelf need a cap.")
    if campaign.supply_mode == SupplyMode.SINGLE and capped != [1]:
        yield "skus", _("A one-of-a-kind presale sells one piece.")
    if campaign.is_draw and len(capped) < len(skus):
        yield "is_draw", _("A draw needs a number of places.")


def _deposit(campaign: Campaign, skus: Sequence[CampaignSku], now: datetime) -> Iterator[Fault]:
    if campaign.payment_mode != PaymentMode.DEPOSIT:
        return
    kind = DepositKind(campaign.deposit_kind)
    for sku in skus:
        if sku.deposit is None:
            yield "skus", _("Please say what the deposit is.")
            continue
        instants = [now] if campaign.counts_change_at is None else [now, campaign.counts_change_at]
        if not all(is_lawful(kind, terms_at(campaign, sku, at)) for at in instants):
            yield "deposit_kind", _("A 定金 may be at most a fifth of the price (Civil Code 586).")
    if kind is DepositKind.ADVANCE and campaign.balance_unpaid == BalanceUnpaid.FORFEIT:
        yield "balance_unpaid", _("Only a 定金 can be lost; a 订金 is simply paid back.")
