"""Cards of what is sold in a presale: they say so and lead there instead of to “sold”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.catalog.queries.cards import Card
from app.platform.i18n import gettext as _
from app.platform.web.formats import moment
from app.presale.queries.in_presale import InPresale, Phase, presales_of


def marked(cards: Sequence[Card], *, now: datetime) -> list[Card]:
    """What can be had from the shelf stays as it is; one query however many cards."""
    asked = gone(cards)
    return marked_by(presales_of(asked, now=now) if asked else {}, cards)


def gone(cards: Sequence[Card]) -> list[int]:
    """Products of which it is worth knowing whether they are sold in a presale."""
    return [card.product_id for card in cards if card.state != "available"]


def marked_by(presales: Mapping[int, InPresale], cards: Sequence[Card]) -> list[Card]:
    return [
        _marked(card, presales[card.product_id])
        if card.state != "available" and card.product_id in presales
        else card
        for card in cards
    ]


def until(presale: InPresale) -> str:
    """“in presale until …”, or from when on."""
    if presale.phase is Phase.OPEN:
        return _("in presale until %(moment)s", moment=moment(presale.closes_at))
    return _("in presale from %(moment)s", moment=moment(presale.opens_at))


def _marked(card: Card, presale: InPresale) -> Card:
    """A presale that has closed keeps the goods for those who joined: nobody is paying any more.
    What was never made was not sold.
    """
    if presale.phase is Phase.CLOSED:
        return replace(card, state="over")
    if presale.phase is Phase.FAILED:
        is_shelf_empty = card.state == "sold"
        note = _("it did not come about")
        return replace(card, state="over", note=note) if is_shelf_empty else card
    return replace(
        card,
        state="presale",
        price=presale.price,
        highest_price=presale.price,
        was=None,
        leads_to=presale.path,
        note=until(presale),
    )
