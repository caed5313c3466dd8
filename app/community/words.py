"""A campaign in the words that its posters and the messages about it share."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from app.community.rules.commission import Terms
from app.platform.configuration import settings
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web.formats import babel_locale, day, money
from app.presale.models import Decision, DepositKind
from app.presale.queries.pages import CampaignView

_MOMENTS = {"en": "EEE d MMM, HH:mm", "zh-Hans": "M月d日EEE HH:mm"}


def deposit_word(view: CampaignView) -> str:
    """订金 comes back, 定金 does not."""
    is_earnest = view.campaign.deposit_kind == DepositKind.EARNEST
    return _("earnest money") if is_earnest else _("deposit")


def price(view: CampaignView) -> str:
    """What is paid when joining: `¥100 订金`, `¥398`, or that nothing is."""
    terms = view.cheapest.terms
    if view.is_interest:
        return _("nothing to pay now")
    amount = money(view.money(terms.now))
    if terms.deposit is None:
        return amount if view.has_one_price else _("from %(amount)s", amount=amount)
    return _("%(amount)s %(deposit)s", amount=amount, deposit=deposit_word(view))


def price_note(view: CampaignView) -> str:
    """What goes with it: `＋ 到货后尾款 ¥298`; empty when everything is paid at once."""
    terms = view.cheapest.terms
    if view.is_interest or terms.deposit is None:
        return ""
    rest = money(view.money(terms.balance))
    note = _("+ %(rest)s when it arrives", rest=rest)
    if terms.bonus:
        counts = money(view.money(terms.counts_for or 0))
        note = _("counts for %(counts)s, + %(rest)s when it arrives", counts=counts, rest=rest)
    return note if view.has_one_price else _("%(note)s and up", note=note)


def refund(view: CampaignView) -> str:
    """What happens below the goal, where that is to pay everybody back; else nothing is said."""
    campaign = view.campaign
    goal = campaign.threshold
    if goal is None or view.is_interest or campaign.default_decision != Decision.REFUND:
        return ""
    if view.has_deposit:
        return _(
            "Below %(goal)d pieces everybody gets the %(deposit)s back in full.",
            goal=goal,
            deposit=deposit_word(view),
        )
    return _("Below %(goal)d pieces everybody is paid back in full.", goal=goal)


def promised(view: CampaignView) -> str:
    """When the goods are to be sent; nothing where there are none yet."""
    if view.is_interest:
        return ""
    campaign = view.campaign
    first, last = campaign.promise_earliest, campaign.promise_latest
    return _("Sent between %(first)s and %(last)s.", first=day(first), last=day(last))


def commission_terms(terms: Terms, currency: str) -> str:
    """What a link earns: `5 %`, or `5 %, at most ¥20 an order`."""
    percent = f"{terms.rate / 100:g}"
    if terms.most is None or not terms.rate:
        return _("%(percent)s %%", percent=percent)
    most = money(Money(terms.most, currency))
    return _("%(percent)s %%, at most %(most)s an order", percent=percent, most=most)


def moment(instant: datetime) -> str:
    """`Mon 30 Nov, 20:00` on the shop's clock."""
    local = instant.astimezone(settings().zone)
    return format_datetime(local, _MOMENTS[current_locale()], locale=babel_locale())
