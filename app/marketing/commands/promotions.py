"""Verbs of promotions: make one, change what may still be changed, stop it, give it codes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from app.marketing.codes import LONGEST, SHORTEST, meant
from app.marketing.errors import InUse
from app.marketing.models import Promotion, PromotionCode, PromotionKind
from app.marketing.rules import Terms
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.locks import lock_name
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command

ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
"""For codes that are made: nothing that looks or sounds like something else in it."""

MADE_LENGTH = 8
MOST_CODES = 5000
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A promotion as it is typed; amounts in minor units, the window half open."""

    name: Mapping[str, str]
    kind: PromotionKind
    terms: Terms
    needs_code: bool
    starts_at: datetime
    ends_at: datetime | None = None
    combines: bool = False
    with_presales: bool = False
    min_spend: int = 0
    collections: tuple[int, ...] = ()
    max_uses: int | None = None
    max_per_person: int | None = None
    budget: int | None = None

    @property
    def substance(self) -> tuple[object, ...]:
        """What must stay as it was promised once somebody has used it."""
        return (
            self.kind, self.terms.stored(), self.needs_code, self.combines, self.with_presales,
            self.min_spend, sorted(self.collections),
        )  # fmt: skip


@command
def create(draft: Draft, *, actor: Actor, now: datetime) -> int:
    """A new promotion of the actor's merchant; returns its id. Raises Forbidden or Invalid."""
    ensure(actor, "promotions.edit")
    promotion = Promotion(
        merchant_id=found(actor.merchant_id), created_at=now, starts_at=draft.starts_at,
        kind=draft.kind, terms={}, collections={}, name={},
    )  # fmt: skip
    _write(promotion, draft)
    db.session.add(promotion)
    db.session.flush()
    record(actor, "promotion.create", "promotion", promotion.id, now=now, after=_noted(promotion))
    return promotion.id


@command
def change(promotion_id: int, draft: Draft, *, actor: Actor, now: datetime) -> None:
    """Other words, window or limits; other terms only while nobody has used it.

    Raises InUse, or Invalid where a limit is below what is used already.
    """
    ensure(actor, "promotions.edit")
    promotion = _locked(promotion_id, actor)
    before = _noted(promotion)
    if promotion.used and draft.substance != _substance_of(promotion):
        raise InUse
    _ensure_room(promotion, draft)
    _write(promotion, draft)
    promotion.version += 1
    record(
        actor, "promotion.change", "promotion", promotion_id, now=now, before=before,
        after=_noted(promotion),
    )  # fmt: skip


@command
def stop(promotion_id: int, *, actor: Actor, now: datetime) -> None:
    """Nobody gets it from now on; orders that have it keep it. Stopping twice is stopping once, and
    what is over by itself stays so.
    """
    ensure(actor, "promotions.edit")
    promotion = _locked(promotion_id, actor)
    is_over = promotion.ends_at is not None and promotion.ends_at <= now
    if promotion.stopped_at is None and not is_over:
        promotion.stopped_at = now
        record(actor, "promotion.stop", "promotion", promotion_id, now=now)


@command
def resume(promotion_id: int, *, actor: Actor, now: datetime) -> None:
    """Undo a stop."""
    ensure(actor, "promotions.edit")
    promotion = _locked(promotion_id, actor)
    if promotion.stopped_at is not None:
        promotion.stopped_at = None
        record(actor, "promotion.resume", "promotion", promotion_id, now=now)


@command
def add_code(
    promotion_id: int, typed: str, *, label: str, max_uses: int | None, actor: Actor, now: datetime
) -> str:
    """A code of one's own choice; returns it as it is kept. Raises Invalid."""
    ensure(actor, "promotions.edit")
    code = meant(typed)
    lock_name("promotion code", code)
    _locked(promotion_id, actor)
    if not code:
        raise Invalid(
            {"code": _(
                "%(least)s to %(most)s letters, digits or Chinese characters.",
                least=SHORTEST, most=LONGEST,
            )}
        )  # fmt: skip
    if db.session.scalar(select(PromotionCode.id).where(PromotionCode.code == code)) is not None:
        raise Invalid({"code": _("This code is taken. Please choose another.")})
    _add(promotion_id, code, label=label, max_uses=max_uses, now=now)
    record(actor, "promotion.code", "promotion", promotion_id, now=now, after={"code": code})
    return code


@command
def make_codes(
    promotion_id: int, how_many: int, *, label: str, max_uses: int | None, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """So many codes that nobody guesses: 24⁸, some 110 thousand million, for each."""
    ensure(actor, "promotions.edit")
    _locked(promotion_id, actor)
    there = db.session.scalar(
        select(func.count()).where(PromotionCode.promotion_id == promotion_id)
    )
    if how_many < 1 or (there or 0) + how_many > MOST_CODES:
        raise Invalid({"how_many": _("From 1 to %(most)s in all.", most=MOST_CODES)})
    for code in _new_codes(how_many):
        _add(promotion_id, code, label=label, max_uses=max_uses, now=now)
    record(actor, "promotion.codes", "promotion", promotion_id, now=now, after={"made": how_many})


@command
def add_closed_code(
    promotion_id: int, *, label: str, people: int, actor: Actor, now: datetime
) -> int:
    """A made code that opens nothing yet; returns its id.

    Raises NotFound, or Invalid for a promotion that so many people could not have.
    """
    ensure(actor, "promotions.edit")
    _ensure_for_all(_locked(promotion_id, actor), people, now)
    (code,) = _new_codes(1)
    _add(promotion_id, code, label=label, max_uses=None, now=now, is_closed=True)
    record(actor, "promotion.code", "promotion", promotion_id, now=now, after={"label": label})
    return db.session.scalars(select(PromotionCode.id).where(PromotionCode.code == code)).one()


@command
def open_code(code_id: int) -> None:
    """Let a closed code open its promotion from now on."""
    db.session.execute(
        update(PromotionCode).where(PromotionCode.id == code_id).values(is_closed=False)
    )


def _new_codes(how_many: int) -> set[str]:
    made: set[str] = set()
    while len(made) < how_many:
        made |= {_random() for _nth in range(how_many - len(made))}
        taken = select(PromotionCode.code).where(PromotionCode.code.in_(made))
        made -= set(db.session.scalars(taken))
    return made


def _random() -> str:
    return "".join(secrets.choice(ALPHABET) for _nth in range(MADE_LENGTH))


def _add(
    promotion_id: int, code: str, *, label: str, max_uses: int | None, now: datetime,
    is_closed: bool = False,
) -> None:  # fmt: skip
    db.session.add(
        PromotionCode(
            promotion_id=promotion_id, code=code, label=label[:LONGEST_LABEL], max_uses=max_uses,
            created_at=now, is_closed=is_closed,
        )
    )  # fmt: skip
    db.session.flush()


def _locked(promotion_id: int, actor: Actor) -> Promotion:
    return found(
        db.session.scalar(
            select(Promotion)
            .where(Promotion.id == promotion_id, visible(actor, Promotion))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _ensure_for_all(promotion: Promotion, people: int, now: datetime) -> None:
    """What opens for everybody is running, needs a code, counts for presales, and does not end
    before everybody had it.
    """
    is_over = promotion.ends_at is not None and promotion.ends_at <= now
    if promotion.stopped_at is not None or is_over:
        raise Invalid({"promotion": _("This promotion is over.")})
    if not promotion.needs_code or not promotion.with_presales:
        raise Invalid({"promotion": _("It must need a code and count for presales.")})
    if promotion.max_uses is not None and promotion.max_uses < people:
        raise Invalid(
            {"promotion": _("It is for everybody: it must be usable as often as is counted.")}
        )


def _ensure_room(promotion: Promotion, draft: Draft) -> None:
    wrong: dict[str, str] = {}
    if draft.max_uses is not None and draft.max_uses < promotion.used:
        wrong["max_uses"] = _("It was used %(times)s times already.", times=promotion.used)
    if draft.budget is not None and draft.budget < promotion.spent:
        wrong["budget"] = _("More than that was given already.")
    if wrong:
        raise Invalid(wrong)


def _substance_of(promotion: Promotion) -> tuple[object, ...]:
    return (
        promotion.kind, promotion.terms, promotion.needs_code, promotion.combines,
        promotion.with_presales, promotion.min_spend,
        sorted(promotion.collections.get("ids", ())),
    )  # fmt: skip


def _write(promotion: Promotion, draft: Draft) -> None:
    promotion.name = dict(draft.name)
    promotion.kind = draft.kind
    promotion.terms = draft.terms.stored()
    promotion.needs_code = draft.needs_code
    promotion.combines = draft.combines
    promotion.with_presales = draft.with_presales
    promotion.min_spend = draft.min_spend
    promotion.collections = {"ids": sorted(draft.collections)} if draft.collections else {}
    promotion.starts_at, promotion.ends_at = draft.starts_at, draft.ends_at
    promotion.max_uses = draft.max_uses
    promotion.max_per_person = draft.max_per_person
    promotion.budget = draft.budget


def _noted(promotion: Promotion) -> dict[str, object]:
    """What the record keeps of it."""
    return {
        "name": dict(promotion.name),
        "kind": str(promotion.kind),
        "terms": dict(promotion.terms),
        "starts_at": promotion.starts_at.isoformat(),
        "ends_at": promotion.ends_at.isoformat() if promotion.ends_at else None,
        "max_uses": promotion.max_uses,
        "budget": promotion.budget,
    }
