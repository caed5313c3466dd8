"""Joining with everything that a chat list says of somebody, in one tap."""

from __future__ import annotations

from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands as cart
from app.cart.commands import Wish
from app.cart.cookie import bag_key
from app.cart.errors import BagFull
from app.community.queries.listed import Listed
from app.platform import clock
from app.presale.errors import CampaignFull, NotOpen
from app.presale.queries.pages import CampaignView
from app.storefront.presale_page import Group
from app.storefront.views import presales


def join_as_listed(view: CampaignView, group: Group, listed: Listed) -> BaseResponse:
    """Put the items of an entry into the bag and go on to checkout."""
    now, key = clock.now(), bag_key()
    try:
        for sku_id, units in listed.items:
            wish = Wish(sku_id, link_id=group.link_id, listed_id=listed.id)
            key = cart.join(key, wish, units, now=now)
    except (NotOpen, CampaignFull, BagFull) as error:
        return presales.campaign_page(view, group=group, failure=error, status=error.status)
    return presales.to_checkout(key, name=listed.name)
