"""What cannot be done with a campaign."""

from __future__ import annotations

from app.catalog.errors import OutOfStock
from app.platform.errors import Conflict, Invalid
from app.platform.i18n import lazy_gettext


class CampaignFull(OutOfStock):
    """`variant_id` cannot be had any more in this campaign; `free` units are left."""

    code = "campaign_full"
    default_message = lazy_gettext("All places are taken. You can join the waiting list.")


class NotOpen(Conflict):
    """The campaign's window is not open: not yet, or not any more."""

    code = "campaign_not_open"
    default_message = lazy_gettext("This presale is not open for joining.")


class LimitReached(Conflict):
    """One person wants more units than one person may have; `limit` is how many."""

    code = "limit_reached"
    default_message = lazy_gettext("That is more than one person may have in this presale.")


class NotNow(Conflict):
    """The campaign is not in a state that allows it."""

    code = "campaign_not_now"
    default_message = lazy_gettext("The presale has moved on; this is no longer possible.")


class CapTooLow(Invalid):
    """A cap below what is committed and held."""

    code = "cap_too_low"
    default_message = lazy_gettext("More units than that are already taken.")


class NotPublishable(Invalid):
    """What keeps a campaign from being published, by field."""

    code = "campaign_not_publishable"
    default_message = lazy_gettext("This presale cannot be published yet.")


class OfferGone(Conflict):
    code = "offer_gone"
    default_message = lazy_gettext("This offer has passed on to the next person.")


class AnsweredTooLate(Conflict):
    code = "answered_too_late"
    default_message = lazy_gettext("The time to answer is over.")


class SubstituteGone(Conflict):
    """Fewer of what was offered instead are left than this buyer has units."""

    code = "substitute_gone"
    default_message = lazy_gettext("Others were quicker: not enough of these are left for you.")
