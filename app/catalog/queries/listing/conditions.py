"""What is asked for, as conditions of the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_

from app.catalog.fitting import Body, wanted
from app.catalog.models import IN_STOCK, ListedMaterial, ListedProduct
from app.catalog.queries.listing.asking import FACETS, Asked, Moment, Scope
from app.catalog.queries.listing.membership import is_member

Condition = ColumnElement[bool]
Listed = type[ListedProduct]
"""The listed products, or an alias of some of them."""


def conditions(
    scope: Scope,
    asked: Asked,
    moment: Moment,
    *,
    sparing: str = "",
    of: Listed = ListedProduct,
    to_the_end: bool = False,
) -> list[Condition]:
    """All that a product must meet; without what is asked of the facet `sparing`.

    `to_the_end` is for a count, which goes through all of them and not only a page.
    """
    found = within(scope, of, to_the_end=to_the_end)
    chosen = (facet for facet in FACETS if asked.of(facet) and facet != sparing)
    found += [_is_one_of(facet, asked, of) for facet in chosen]
    if sparing != "stock":
        found.append(_stock(scope, asked, moment, of))
    if sparing != "price":
        found += _price(asked, of)
    if asked.body is not None:
        found.append(_fits(asked.body, of))
    return found


def within(
    scope: Scope, of: Listed = ListedProduct, *, to_the_end: bool = False
) -> list[Condition]:
    found: list[Condition] = []
    if scope.collection_id is not None:
        found.append(
            is_member(of, scope.collection_id, is_small=scope.is_small, to_the_end=to_the_end)
        )
    if scope.first:
        found.append(of.product_id.not_in(scope.first))
    if scope.ids is not None:
        found.append(of.product_id.in_(scope.ids))
    return found


def _is_one_of(facet: str, asked: Asked, of: Listed) -> Condition:
    if facet != "material":
        return column_of(facet, of).in_(asked.of(facet))
    return exists().where(
        ListedMaterial.product_id == of.product_id, ListedMaterial.material.in_(asked.material)
    )


def column_of(name: str, of: Listed = ListedProduct) -> ColumnElement[Any]:
    """The column of a facet that has one value for each product, or of a measurement."""
    column: ColumnElement[Any] = getattr(of, name)
    return column


def _stock(scope: Scope, asked: Asked, moment: Moment, of: Listed) -> Condition:
    if not asked.stock:
        shown: Condition = of.gone_at > moment.remembered
        return or_(shown, _is_coming(scope, of)) if scope.coming else shown
    return or_(*(stock_condition(name, scope, of) for name in dict.fromkeys(asked.stock)))


def stock_condition(name: str, scope: Scope, of: Listed = ListedProduct) -> Condition:
    """Whether it is in stock, can be joined in a presale, or has been sold."""
    if name == "in":
        return of.gone_at == IN_STOCK
    gone = of.gone_at < IN_STOCK
    if name == "presale":
        return and_(gone, _is_coming(scope, of)) if scope.coming else false()
    return and_(gone, ~_is_coming(scope, of)) if scope.coming else gone


def _fits(body: Body, of: Listed) -> Condition:
    """As `fitting.fits`: of the parts known of both, one at least, all lie within."""
    kinds = []
    for garment, parts in wanted(body).items():
        columns = {part: column_of(part, of) for part in parts}
        within = [
            or_(columns[part] == 0, columns[part].between(least, most))
            for part, (least, most) in parts.items()
        ]
        compared = or_(*(column > 0 for column in columns.values()))
        kinds.append(and_(of.garment == garment, compared, *within))
    return or_(false(), *kinds)


def _is_coming(scope: Scope, of: Listed) -> Condition:
    return of.product_id.in_(scope.coming)


def _price(asked: Asked, of: Listed) -> list[Condition]:
    found: list[Condition] = []
    if asked.low is not None:
        found.append(of.price >= asked.low)
    if asked.high is not None:
        found.append(of.price <= asked.high)
    return found
