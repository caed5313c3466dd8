"""What a chat shows of a campaign's address: title with its standing, the price, the picture."""

from __future__ import annotations

from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.rendering import public_url
from app.platform.web.formats import moment, money
from app.presale.queries.pages import CampaignView
from app.presale.rules.stage import BEFORE_CLOSE, Stage
from app.presale.words import deposit_word
from app.storefront.presale_words import heading_of


def card_of(view: CampaignView, path: str) -> dict[str, str]:
    """Open Graph values; the picture says how it stands, and whose link it is at `path`."""
    return {
        "title": _title(view),
        "description": _description(view),
        "type": "product",
        "image": public_url(f"{path}/card.jpg?lang={current_locale()}"),
    }


def _title(view: CampaignView) -> str:
    goal = view.campaign.threshold
    if goal is not None and view.stage in {Stage.OPEN, Stage.MET, Stage.FULL}:
        return _("%(title)s · %(joined)d of %(goal)d joined", title=view.title,
                 joined=view.joined, goal=goal)  # fmt: skip
    return f"{view.title} · {heading_of(view)}"


def _description(view: CampaignView) -> str:
    parts = []
    terms = view.cheapest.terms
    if view.has_deposit:
        word = deposit_word(view.campaign.deposit_kind)
        parts.append(f"{word} {money(view.money(terms.now))}")
    elif not view.is_interest:
        parts.append(money(view.money(terms.now)))
    if view.stage in BEFORE_CLOSE:
        parts.append(_("closes %(moment)s", moment=moment(view.campaign.closes_at)))
    if view.campaign.threshold is not None and not view.is_interest:
        parts.append(_("everything back if too few join"))
    return _(", ").join(parts)
