"""The wish list: of an account, or of this browser. Nobody else sees it, it has no address to
share.
"""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands as cart
from app.cart.cookie import bag_key, remember
from app.cart.errors import BagFull
from app.catalog.errors import OutOfStock
from app.checkout.queries import holder_for
from app.platform import clock
from app.platform.errors import DomainError, NotFound
from app.platform.web import page, see_other, wants_fragment
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.storefront.presale_marks import marked
from app.wishes import cookie
from app.wishes.commands import lists as commands
from app.wishes.errors import ListFull
from app.wishes.kept import MOST, Kept
from app.wishes.queries import lists as queries

bp = Blueprint("wishes", __name__)
NUMBER = "/wishes/<int(max=999999999):number>"


@bp.get("/wishes")
def show() -> BaseResponse:
    return _list(_kept())


@bp.get("/wishes/hearts")
def refresh() -> BaseResponse:
    """This browser's copy of an account's list, up to date: another device may have changed it.

    Asked for by pages with hearts, which everybody shares and which therefore cannot bring it.
    """
    answer = Response(status=204)
    answer.headers["Cache-Control"] = "private, no-store"
    owner = _owner()
    return answer if owner is None else _mirrored(answer, queries.of_customer(owner))


@bp.post(NUMBER)
@limiter.limit("120/minute")
def update(number: int) -> BaseResponse:
    """`wanted` is 1 to put a product on the list, 0 to take it off; either may be said twice."""
    try:
        kept = _put(number) if request.form.get("wanted", "1") == "1" else _taken_off(number)
    except ListFull as failure:
        if not wants_fragment():
            return _list(_kept(), failure=failure)
        toast = {"toast": {"text": failure.message, "tone": "error"}}
        headers = {"HX-Trigger": json.dumps(toast), "HX-Reswap": "none"}
        return Response(status=failure.status, headers=headers)
    answer = Response(status=204) if wants_fragment() else see_other(url_for("wishes.show"))
    return _mirrored(answer, kept)


@bp.post(f"{NUMBER}/bag")
@limiter.limit("120/minute")
def move(number: int) -> BaseResponse:
    """Into the bag and off the list; a product of several sizes leads to where one is chosen."""
    wishes = queries.wished([Kept(number, 0)], now=clock.now())
    if not wishes:
        raise NotFound
    only = wishes[0].variant_id
    if only is None:
        return see_other(f"{wishes[0].card.url}?unchosen=1#variants")
    key = bag_key()
    try:
        key = cart.add(key, only, 1, now=clock.now(), sparing=holder_for(key))
    except (OutOfStock, BagFull) as failure:
        return _list(_kept(), failure=failure)
    return _mirrored(remember(see_other(url_for("bag.show")), key), _taken_off(number))


@bp.get(NUMBER)
@bp.get(f"{NUMBER}/bag", endpoint="show_instead_of_bag")
def show_instead(number: int) -> BaseResponse:  # noqa: ARG001
    """A reload of what answers a form leads to the list."""
    return see_other(url_for("wishes.show"))


def _owner() -> int | None:
    actor = current_actor()
    return actor.id if actor.kind == "customer" else None


def _kept() -> tuple[Kept, ...]:
    owner = _owner()
    return queries.of_customer(owner) if owner is not None else cookie.kept()


def _put(number: int) -> tuple[Kept, ...]:
    owner = _owner()
    if owner is not None:
        commands.keep(owner, number, now=clock.now())
        return queries.of_customer(owner)
    kept = cookie.kept()
    if any(one.number == number for one in kept):
        return kept
    if len(kept) >= MOST:
        raise ListFull
    return (Kept(number, queries.offered(number).price), *kept)


def _taken_off(number: int) -> tuple[Kept, ...]:
    owner = _owner()
    if owner is not None:
        commands.drop(owner, number)
        return queries.of_customer(owner)
    return tuple(one for one in cookie.kept() if one.number != number)


def _list(kept: tuple[Kept, ...], *, failure: DomainError | None = None) -> BaseResponse:
    now = clock.now()
    wishes = queries.wished(kept, now=now)
    cards = marked([wish.card for wish in wishes], now=now)
    response = page(
        "storefront/wishes.html",
        status=failure.status if failure else 200,
        wishes=[replace(wish, card=card) for wish, card in zip(wishes, cards, strict=True)],
        hidden=len(kept) - len(wishes),
        is_account=_owner() is not None,
        failure=failure,
        robots="noindex",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return _mirrored(response, kept)


def _mirrored(response: BaseResponse, kept: tuple[Kept, ...]) -> BaseResponse:
    """The browser's copy, which fills the hearts, says the same as the list."""
    return cookie.remember(response, kept, is_account=_owner() is not None)
