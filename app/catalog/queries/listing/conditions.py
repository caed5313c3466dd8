"""What is asked for, as conditions of the database."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_

from app.catalog.fitting import Body, wanted
from app.catalog.models import (
    IN_STOCK,
    CollectionProduct,
    GatheredProduct,
    ListedMaterial,
    ListedProduct,
)
from app.catalog.queries.listing.asking import FACETS, Asked, Moment, Scope

Condition = ColumnElement[bool]
WAYS_IN = (CollectionProduct, GatheredProduct)
"""By hand and by rule."""


def conditions(scope: Scope, asked: Asked, moment: Moment, *, sparing: str = "") -> list[Condition]:
    """All that a product must meet; without what is asked of the facet `sparing`."""
    found = within(scope)
    found += [_is_one_of(facet, asked) for facet in FACETS if asked.of(facet) and facet != sparing]
    if sparing != "stock":
        found.append(_stock(scope, asked, moment))
    if sparing != "price":
        found += _price(asked)
    if asked.body is not None:
        found.append(_fits(asked.body))
    return found


def within(scope: Scope) -> list[Condition]:
    found: list[Condition] = []
    if scope.collection_id is not None:
        found.append(or_(*(_is_in(way, scope.collection_id) for way in WAYS_IN)))
    if scope.first:
        found.append(ListedProduct.product_id.not_in(scope.first))
    if scope.ids is not None:
        found.append(ListedProduct.product_id.in_(scope.ids))
    return found


def _is_in(way: type[CollectionProduct | GatheredProduct], collection_id: int) -> Condition:
    return exists().where(
        way.product_id == ListedProduct.product_id, way.collection_id == collection_id
    )


def _is_one_of(facet: str, asked: Asked) -> Condition:
    if facet != "material":
        return column_of(facet).in_(asked.of(facet))
    return exists().where(
        ListedMaterial.product_id == ListedProduct.product_id,
        ListedMaterial.material.in_(asked.material),
    )


def column_of(facet: str) -> ColumnElement[str]:
    """The column of a facet that has one value for each product."""
    column: ColumnElement[str] = ListedProduct.__table__.columns[facet]
    return column


def _stock(scope: Scope, asked: Asked, moment: Moment) -> Condition:
    if not asked.stock:
        shown: Condition = ListedProduct.gone_at > moment.remembered
        return or_(shown, _is_coming(scope)) if scope.coming else shown
    ways = {name: stock_condition(name, scope) for name in asked.stock}
    return or_(*ways.values())


def stock_condition(name: str, scope: Scope) -> Condition:
    """Whether it is in stock, can be joined in a presale, or has been sold."""
    if name == "in":
        return ListedProduct.gone_at == IN_STOCK
    gone = ListedProduct.gone_at < IN_STOCK
    if name == "presale":
        return and_(gone, _is_coming(scope)) if scope.coming else false()
    return and_(gone, ~_is_coming(scope)) if scope.coming else gone


def _fits(body: Body) -> Condition:
    """As `fitting.fits`: of the parts known of both, one at least, all lie within."""
    kinds = []
    for garment, parts in wanted(body).items():
        columns = {part: ListedProduct.__table__.columns[part] for part in parts}
        within = [
            or_(columns[part] == 0, columns[part].between(least, most))
            for part, (least, most) in parts.items()
        ]
        compared = or_(*(column > 0 for column in columns.values()))
        kinds.append(and_(ListedProduct.garment == garment, compared, *within))
    return or_(false(), *kinds)


def _is_coming(scope: Scope) -> Condition:
    return ListedProduct.product_id.in_(scope.coming)


def _price(asked: Asked) -> list[Condition]:
    found: list[Condition] = []
    if asked.low is not None:
        found.append(ListedProduct.price >= asked.low)
    if asked.high is not None:
        found.append(ListedProduct.price <= asked.high)
    return found
