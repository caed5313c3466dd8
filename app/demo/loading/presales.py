"""Presales in every state, told by the shop's own commands with a fast clock, the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import cycle

from app.community.chat_list.reading import read
from app.community.chat_list.repeats import lines_of
from app.community.commands import counting, groups, links, lists
from app.community.commands.groups import GroupWords
from app.community.commands.lists import NewEntry, PastedList
from app.community.queries.lists import sku_names
from app.demo import queries as known
from app.demo.copy.presales import campaigns as copy
from app.demo.copy.presales.types import Presale
from app.demo.loading import till
from app.demo.loading.goods import MARK
from app.demo.loading.people import FIRST_OWNER, LEADER, Places
from app.demo.loading.tale import Tale
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands import parcels
from app.orders import queries as orders
from app.orders.commands import pay
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.transaction import transaction
from app.presale.commands import balances, editing, production, promises
from app.presale.commands.production import Count
from app.presale.drafts import CampaignDraft, Question, SkuDraft
from app.presale.models import Stage
from app.presale.rules.promise import Promise
from app.shop.models import Role
from app.shop.permissions import permissions_of

CARRIER = "shunfeng"
OPENINGS = 14
LATER = timedelta(days=12)
REASON = {
    "en": "One of the four knitters has hurt her wrist. It takes twelve days longer.",
    "zh-Hans": "四位阿姨里有一位伤了手腕，要晚十二天。",
}


def load(places: Places, *, now: datetime) -> int:
    """Tell the presales that are missing, each up to now; returns how many."""
    gateway = till.NAME if till.is_open() else pay.TRANSFER
    told = 0
    for presale in copy.PRESALES:
        if known.campaign_id(presale.slug) is not None:
            continue
        began = min(now + timedelta(days=presale.opens), now)
        tale = Tale(presale, places, _staff(FIRST_OWNER, Role.OWNER, places), gateway, began)
        _publish(tale, now)
        _STORIES[presale.slug](tale, now)
        tale.go_to(now)
        told += 1
    return told


def _publish(tale: Tale, now: datetime) -> None:
    draft = _draft(tale.presale, now)
    tale.campaign_id = editing.create(draft, actor=tale.merchant, now=tale.at)
    editing.publish(tale.campaign_id, actor=tale.merchant, now=tale.at)


def _draft(presale: Presale, now: datetime) -> CampaignDraft:
    terms, asked = presale.terms, presale.question
    today = now.astimezone(settings().zone).date()
    first, last = (today + timedelta(days=days) for days in presale.promise)
    prices = {variant.price for variant in presale.goods.variants}
    return CampaignDraft(
        title=presale.title.bilingual(), story=presale.story.bilingual(),
        risks=presale.risks.bilingual(), slug=presale.slug, payment_mode=terms.payment,
        supply_mode=terms.supply, opens_at=now + timedelta(days=presale.opens),
        closes_at=now + timedelta(days=presale.closes), promise_earliest=first,
        promise_latest=last, deposit_kind=terms.kind, balance_unpaid=terms.unpaid,
        threshold=terms.threshold, default_decision=terms.default,
        decide_within_hours=terms.decide_hours, shortage_policy=terms.shortage,
        per_person_limit=terms.limit, is_drop=terms.is_drop, commission_bp=terms.commission_bp,
        questions=(Question("door", asked.bilingual(), required=True),) if asked else (),
        skus=tuple(
            SkuDraft(variant, max(prices), terms.cap, terms.deposit, terms.counts_for)
            for variant in known.variants_of(MARK + presale.goods.sku)
        ),
    )  # fmt: skip


def _upcoming(_tale: Tale, _now: datetime) -> None:
    """Nothing has happened yet."""


def _below_goal(tale: Tale, _now: datetime) -> None:
    (first, *_others) = _share(tale, kept=False)
    _fill(tale, ({1: 2}, {0: 1}, {1: 1, 2: 1}, {2: 2}, {0: 1}, {1: 2}, {2: 1}), hours=11)
    _paste_list(tale, first)


def _met(tale: Tale, _now: datetime) -> None:
    _share(tale, kept=False)
    _fill(tale, ({0: 2}, {1: 3}, {2: 1}, {0: 2, 1: 1}, {1: 2}, {2: 2}), hours=18)


def _to_decide(tale: Tale, now: datetime) -> None:
    _fill(tale, ({0: 2}, {1: 3}, {2: 2}, {0: 1}, {1: 3}, {2: 2}), hours=24)
    tale.go_to(now + timedelta(days=tale.presale.closes))


def _making(tale: Tale, now: datetime) -> None:
    _fill(tale, ({0: 1}, {1: 2}, {1: 1}, {2: 1}, {0: 1}), hours=30)
    tale.go_to(now + timedelta(days=tale.presale.closes))
    production.start_production(tale.campaign_id, actor=tale.merchant, now=tale.at)
    tale.go_to(now - timedelta(days=6))
    first, last = (tale.at.date() + timedelta(days=6 + days) for days in tale.presale.promise)
    new = Promise(first + LATER, last + LATER)
    promises.change(tale.campaign_id, new, reason=REASON, actor=tale.merchant, now=tale.at)


def _balances(tale: Tale, now: datetime) -> None:
    _share(tale, kept=False)
    _fill(tale, ({0: 1}, {0: 2}, {0: 1}, {0: 1}, {0: 2}, {0: 1}), hours=24)
    tale.go_to(now + timedelta(days=tale.presale.closes))
    _make(tale, now - timedelta(days=2))
    tale.go_to(now - timedelta(days=1))
    balances.open_balance(tale.campaign_id, actor=tale.merchant, now=tale.at)
    tale.wait(hours=1)
    for order_id, due_id in known.open_balances(tale.campaign_id)[:3]:
        tale.pay(order_id, due_id)
        tale.wait(hours=4)


def _done(tale: Tale, now: datetime) -> None:
    _fill(tale, ({0: 1}, {0: 2}, {0: 1}, {0: 1}), hours=36)
    tale.go_to(now + timedelta(days=tale.presale.closes))
    _make(tale, now - timedelta(days=27))
    production.start_fulfilling(tale.campaign_id, actor=tale.merchant, now=tale.at)
    tale.wait(days=2)
    for order_id in known.orders_of(tale.campaign_id):
        _send(tale, order_id)
    tale.wait(days=3)


def _drop(tale: Tale, _now: datetime) -> None:
    _share(tale, kept=True)
    _fill(tale, ({0: 2}, {0: 1}, {0: 2}, {0: 1}, {0: 2}), minutes=12)


def _fill(tale: Tale, joins: tuple[dict[int, int], ...], **every: float) -> None:
    """Somebody joins every so often, through the links in turn where there are any."""
    through = cycle([*tale.links, None])
    for sizes in joins:
        tale.wait(**every)
        tale.join(sizes, link=next(through))


def _make(tale: Tale, arrives_at: datetime) -> None:
    """All of it is made, received and passed."""
    production.start_production(tale.campaign_id, actor=tale.merchant, now=tale.at)
    tale.go_to(arrives_at)
    for sku_id in known.sku_ids(tale.campaign_id):
        for stage in (Stage.RECEIVED, Stage.PASSED):
            counted = Count(sku_id, stage, known.committed(sku_id))
            production.record_production(
                tale.campaign_id, counted, actor=tale.merchant, now=tale.at
            )
    production.mark_arriving(tale.campaign_id, actor=tale.merchant, now=tale.at)


def _send(tale: Tale, order_id: int) -> None:
    units = {line.id: line.quantity for line in orders.for_mail(order_id).lines}
    number = f"SFP{order_id:011d}"
    new = parcels.NewParcel(units, CARRIER, number, f"demo-presale-{order_id}")
    parcels.ship(order_id, new, actor=tale.merchant, now=tale.at)
    handed = tale.at + timedelta(days=2)
    event = TrackingEvent(
        CARRIER, number, handed, TrackingStatus.DELIVERED, text="快件已签收，签收人：本人"
    )
    parcels.take_in([event], inbound_event_id=None, now=handed)


def _share(tale: Tale, *, kept: bool) -> list[str]:
    """The leader shares it in the groups, where people open the link; of a drop some is kept.

    Returns the codes of the links.
    """
    leader, codes = _staff(LEADER, Role.LEADER, tale.places), []
    for turn, (name, app) in enumerate(copy.GROUPS):
        group = known.group_id(leader.id or 0, name) or groups.create(
            GroupWords(name, app), actor=leader, now=tale.at
        )
        code = links.share(tale.campaign_id, group, actor=leader, now=tale.at)
        if kept:
            quotas = dict.fromkeys(known.sku_ids(tale.campaign_id), 4)
            links.keep_units(code, quotas, actor=tale.merchant, now=tale.at)
        link = known.link_id(code)
        tale.links.append(link)
        codes.append(code)
        with transaction():
            for opening in range(OPENINGS - 3 * turn):
                seen_at = tale.at + timedelta(minutes=9 * opening)
                counting.note_open(link, f"demo-{opening // 2}", "demo", now=seen_at)
    return codes


def _paste_list(tale: Tale, code: str) -> None:
    """A group keeps its list by hand; the leader has pasted and confirmed it."""
    leader = _staff(LEADER, Role.LEADER, tale.places)
    found = lines_of(read(copy.CHAT_LIST, sku_names(tale.campaign_id)))
    lines = [
        NewEntry(
            line.key, line.said, at, line.entry.name,
            {int(item.sku): item.quantity for item in line.entry.items if item.sku},
            line.entry.note.text,
        )
        for at, line in enumerate(found, 1)
    ]  # fmt: skip
    lists.confirm(code, PastedList(copy.CHAT_LIST, lines, {}), actor=leader, now=tale.at)


def _staff(member: tuple[str, str], role: Role, places: Places) -> Actor:
    email, name = member
    rights = frozenset(permissions_of(role, is_house=True))
    return Actor("staff", known.staff_id(email), places.merchants["house"], rights, name)


_STORIES: Mapping[str, Callable[[Tale, datetime], None]] = {
    copy.UPCOMING.slug: _upcoming,
    copy.BELOW_GOAL.slug: _below_goal,
    copy.MET.slug: _met,
    copy.TO_DECIDE.slug: _to_decide,
    copy.MAKING.slug: _making,
    copy.BALANCES.slug: _balances,
    copy.DONE.slug: _done,
    copy.DROP.slug: _drop,
}
