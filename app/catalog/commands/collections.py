"""Collections: their words and order belong to the house, what is in them to each merchant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.catalog.collecting import Rule
from app.catalog.commands.gathering import gather_all
from app.catalog.commands.products import announce, lock
from app.catalog.commands.relisting import restamp_all
from app.catalog.models import Collection, CollectionProduct, GatheredProduct, Product
from app.catalog.queries.collections import ids_by_slug
from app.catalog.queries.pages import COLLECTION, collection_path
from app.catalog.rules import slugify
from app.platform.actor import Actor
from app.platform.addresses import commands as addresses
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Forbidden, Invalid
from app.platform.i18n import gettext as _
from app.platform.locks import lock_name
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.shop.queries import house_merchant


@dataclass(frozen=True, slots=True)
class Words:
    """What a collection says of itself, by language; unlisted ones are reached by address only.

    `leading` are the filters that its page stands before all others.
    """

    title: Mapping[str, str]
    description: Mapping[str, str]
    listed: bool = True
    leading: tuple[str, ...] = ()


def may_arrange(actor: Actor) -> bool:
    """Whether the actor may change words and order: staff of the house who edit the catalogue."""
    house = house_merchant()
    own = actor.kind == "system" or (house is not None and actor.merchant_id == house.id)
    return own and actor.may("catalog.edit")


@command
def create(words: Words, slug: str, *, actor: Actor, now: datetime) -> str:
    """A new collection after all others; returns its slug, made of the title when none is given."""
    _ensure_house(actor)
    slug = slugify(slug) or slugify(words.title.get("en", ""))
    _ensure_free(slug)
    addresses.take(collection_path(slug))
    last = db.session.scalar(select(func.max(Collection.position)))
    collection = Collection(
        slug=slug,
        title=dict(words.title),
        description=dict(words.description),
        listed=words.listed,
        leading=list(words.leading),
        position=0 if last is None else last + 1,
    )
    db.session.add(collection)
    db.session.flush()
    record(actor, "collection.create", "collection", collection.id, now=now, after={"slug": slug})
    return slug


@command
def create_missing(slugs: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Those that are not there yet, unlisted until somebody has given them their words.

    Raises Forbidden when one is missing and the actor is not of the house.
    """
    for slug in _missing(slugs):
        title = slug.replace("-", " ").capitalize()
        create(Words({"en": title}, {}, listed=False), slug, actor=actor, now=now)


@command
def change(slug: str, words: Words, *, actor: Actor, now: datetime) -> None:
    """Other words, and the same address: people have it."""
    _ensure_house(actor)
    collection = _locked(slug)
    collection.title, collection.description = dict(words.title), dict(words.description)
    collection.listed, collection.leading = words.listed, list(words.leading)
    record(actor, "collection.change", "collection", collection.id, now=now, after={"slug": slug})


def readdress(slug: str, to: str, *, actor: Actor, now: datetime) -> str:
    """Another address; the old one leads to it. Returns the slug; raises Invalid."""
    try:
        return _readdress(slug, slugify(to), actor=actor, now=now)
    except IntegrityError as error:
        # The address was free when it was looked for and taken a moment later.
        raise _taken() from error


@command
def _readdress(slug: str, after: str, *, actor: Actor, now: datetime) -> str:
    _ensure_house(actor)
    collection = _locked(slug)
    if after == slug:
        return slug
    _ensure_free(after)
    collection.slug = after
    record(
        actor, "collection.readdress", "collection", collection.id, now=now,
        before={"slug": slug}, after={"slug": after},
    )  # fmt: skip
    addresses.leave(
        collection_path(slug), COLLECTION, collection.id, to=collection_path(after), now=now
    )
    _tell_members(collection.id, now)
    return after


@command
def move(slug: str, step: int, *, actor: Actor, now: datetime) -> None:
    """One place up (-1) or down (+1); at the end of the line nothing happens."""
    _ensure_house(actor)
    statement = select(Collection).order_by(Collection.position, Collection.id).with_for_update()
    ordered = list(db.session.scalars(statement.execution_options(populate_existing=True)))
    place = next((nth for nth, each in enumerate(ordered) if each.slug == slug), None)
    place = found(place)
    target = min(max(place + step, 0), len(ordered) - 1)
    ordered.insert(target, ordered.pop(place))
    for position, each in enumerate(ordered):
        each.position = position
    record(
        actor, "collection.move", "collection", ordered[target].id, now=now,
        after={"position": target},
    )  # fmt: skip


@command
def set_rule(slug: str, rule: Rule | None, *, actor: Actor, now: datetime) -> None:
    """Gather by this rule from now on, or by none; what was put in by hand stays, before the rest.

    The house's, as words and order are. Raises Invalid for a rule that asks nothing.
    """
    _ensure_house(actor)
    if rule is not None and not rule.asks:
        raise Invalid({"rule": _("At least one condition, or everything would be in it.")})
    collection = _locked(slug)
    collection.rule = rule.stored() if rule else {}
    db.session.flush()
    changed = gather_all(collection.id, rule, now=now)
    restamp_all()
    record(
        actor, "collection.rule", "collection", collection.id, now=now,
        after={"slug": slug, "rule": collection.rule, "changed": len(changed)},
    )  # fmt: skip


@command
def add(slug: str, number: int, *, actor: Actor, now: datetime) -> None:
    """Put one of the actor's products in, by its №; raises Invalid when there is none."""
    ensure(actor, "catalog.edit")
    collection = _locked(slug)
    product_id = db.session.scalar(
        select(Product.id).where(Product.number == number, visible(actor, Product))
    )
    if product_id is None:
        raise Invalid({"number": _("You have no item with this number.")})
    if _membership(collection.id, product_id) is None:
        db.session.add(
            CollectionProduct(collection_id=collection.id, product_id=product_id, position=0)
        )
        _tell(product_id, collection, "collection.add", actor=actor, now=now)


@command
def remove(slug: str, product_id: int, *, actor: Actor, now: datetime) -> None:
    """Take one of the actor's products out; removing twice removes nothing more."""
    ensure(actor, "catalog.edit")
    collection = _locked(slug)
    lock(product_id, actor)
    if _membership(collection.id, product_id) is not None:
        db.session.execute(
            delete(CollectionProduct).where(
                CollectionProduct.collection_id == collection.id,
                CollectionProduct.product_id == product_id,
            )
        )
        _tell(product_id, collection, "collection.remove", actor=actor, now=now)


def _ensure_house(actor: Actor) -> None:
    if not may_arrange(actor):
        raise Forbidden


def _tell_members(collection_id: int, now: datetime) -> None:
    """The index knows its collections by their slugs."""
    members = {
        product_id
        for table in (CollectionProduct, GatheredProduct)
        for product_id in db.session.scalars(
            select(table.product_id).where(table.collection_id == collection_id)
        )
    }
    for product_id in sorted(members):
        announce(product_id, now)


def _missing(slugs: Sequence[str]) -> list[str]:
    """Looked up once more behind their locks: another file may bring the same ones."""
    there = ids_by_slug()
    missing = sorted(set(slugs) - there.keys())
    for slug in missing:
        lock_name("collection", slugify(slug))
    there = ids_by_slug() if missing else there
    return [slug for slug in dict.fromkeys(slugs) if slug not in there]


def _ensure_free(slug: str) -> None:
    if not slug:
        raise Invalid({"slug": _("Latin letters and digits, such as indigo-at-work.")})
    lock_name("collection", slug)
    if db.session.scalar(select(Collection.id).where(Collection.slug == slug)) is not None:
        raise _taken()


def _taken() -> Invalid:
    return Invalid({"slug": _("Another collection has this address.")})


def _locked(slug: str) -> Collection:
    statement = select(Collection).where(Collection.slug == slug).with_for_update()
    row: Collection | None = db.session.scalar(statement.execution_options(populate_existing=True))
    return found(row)


def _membership(collection_id: int, product_id: int) -> CollectionProduct | None:
    return db.session.get(CollectionProduct, (collection_id, product_id))


def _tell(
    product_id: int, collection: Collection, verb: str, *, actor: Actor, now: datetime
) -> None:
    db.session.flush()
    record(actor, verb, "product", product_id, now=now, after={"collection": collection.slug})
    announce(product_id, now)
