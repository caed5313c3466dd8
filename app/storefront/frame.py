"""What every shop page's frame shows: the shop's name, stores and collections, read once per
request if at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final, cast

from flask import Flask, g

from app.catalog.queries.navigation import LISTED, Listed, listed_collections
from app.platform.configuration import settings
from app.platform.i18n import current_locale, pick
from app.shop import facts
from app.shop.facts import Facts, Seller
from app.shop.places import Place

_ASKED: Final = facts.asked(LISTED)


class Frame:
    """`shop` in templates. Each property asks the database only when a template uses it."""

    @cached_property
    def name(self) -> str:
        current = settings()
        chinese = current_locale() == "zh-Hans"
        return current.shop_name_zh if chinese else current.shop_name_en

    @property
    def wordmark(self) -> str:
        """For the narrow header: of `Vitrine · 旧日衣橱` the part in the reader's script."""
        parts = self.name.split(" · ")
        return parts[-1] if current_locale() == "zh-Hans" else parts[0]

    @cached_property
    def facts(self) -> Facts:
        """What the whole shop has few of, all in one query."""
        return facts.read(_ASKED)

    @cached_property
    def collections(self) -> list[Listed]:
        return listed_collections(self.facts)

    @property
    def sellers(self) -> Sequence[Seller]:
        return self.facts.sellers

    @cached_property
    def nav(self) -> list[dict[str, str]]:
        return [
            {"label": title, "href": f"/c/{slug}"} for _id, slug, title, _text in self.collections
        ]

    @cached_property
    def stores(self) -> list[dict[str, str]]:
        return [
            {"name": pick(store.name), "address": pick(store.address), "hours": pick(store.hours)}
            for store in self.facts.stores
        ]

    @cached_property
    def email(self) -> str:
        house = next((seller for seller in self.sellers if seller.is_house), None)
        return house.email if house else ""

    @cached_property
    def adds_tax(self) -> bool:
        """Whether the usual price that is shown is without its tax."""
        usual = self.facts.terms.taxes.at(Place()).on_goods("")
        return usual is not None and not usual.is_included

    @property
    def phone(self) -> str:
        return ""

    @property
    def filing_number(self) -> str:
        return settings().filing_number


def init_app(app: Flask) -> None:
    app.context_processor(_frame)


def frame_of_request() -> Frame:
    if "frame" not in g:
        g.frame = Frame()
    return cast(Frame, g.frame)


def _frame() -> dict[str, object]:
    return {"shop": frame_of_request()}
