"""A campaign in words: what it costs, how it stands, what follows and by when."""

from __future__ import annotations

from dataclasses import dataclass

from app.cart import delivery
from app.orders.pricing import Quote
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext, sentences
from app.platform.money import Money
from app.platform.web.formats import day, full_moment, moment, money
from app.presale.models import CampaignState, Decision
from app.presale.queries.pages import CampaignView, SkuView
from app.presale.queries.paid_back import PaidBack
from app.presale.rules.stage import BEFORE_CLOSE, GIVEN_UP, Stage
from app.presale.words import deposit_word


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid when joining, large; all the rest of it in one line beside it."""

    now: Money
    note: str
    later: str
    """What changes with the second window of a deposit; empty when nothing does."""


def price_of(view: CampaignView) -> Price:
    """The one line of ux.md: ¥100 订金 ＋ 尾款 ¥298，到货后再付 · 共 ¥398."""
    sku = view.cheapest
    note = _price_note(view, sku)
    if not view.has_one_price:
        note = _("and up: %(rest)s", rest=note)
    return Price(now=view.money(sku.terms.now), note=note, later=_later(view, sku))


def _price_note(view: CampaignView, sku: SkuView) -> str:
    terms = sku.terms
    if view.is_interest:
        return _("nothing to pay now")
    if terms.deposit is None:
        return _("paid when you join")
    rest = _said(view, terms.balance)
    total = _said(view, terms.final_price)
    word = deposit_word(view.campaign.deposit_kind)
    if terms.bonus:
        return _(
            "%(deposit)s that counts for %(counts)s + balance %(rest)s on arrival · "
            "%(total)s in all instead of %(price)s",
            deposit=word,
            counts=_said(view, terms.counts_for or 0),
            rest=rest,
            total=total,
            price=_said(view, terms.price),
        )
    return _(
        "%(deposit)s + balance %(rest)s on arrival · %(total)s in all",
        deposit=word,
        rest=rest,
        total=total,
    )


def costs_of(view: CampaignView, priced: Quote) -> str:
    """What comes on top of the price, while somebody may still decide on it."""
    if view.stage not in BEFORE_CLOSE:
        return ""
    said = delivery.tax_of_balance_said if view.has_deposit else delivery.tax_said
    return sentences(delivery.said(priced), said(priced))


def _later(view: CampaignView, sku: SkuView) -> str:
    change = view.campaign.counts_change_at
    if sku.later is None or change is None or sku.later.deposit is None:
        return ""
    return _(
        "From %(moment)s on it counts for %(counts)s, and the final price is %(total)s.",
        moment=moment(change),
        counts=_said(view, sku.later.counts_for or 0),
        total=_said(view, sku.later.final_price),
    )


def join_words(view: CampaignView) -> str:
    """What the button says: what is done, and what that costs for one."""
    if not view.has_one_price:
        return _("Join")
    amount = _said(view, view.cheapest.terms.now)
    if not view.has_deposit:
        return _("Join for %(amount)s", amount=amount)
    word = deposit_word(view.campaign.deposit_kind)
    return _("Join with %(amount)s %(deposit)s", amount=amount, deposit=word)


def heading_of(view: CampaignView) -> str:
    """The stage in a few words, as the badge beside the progress says it."""
    stage = view.stage
    if stage is Stage.FULL:
        full = view.campaign.state == CampaignState.SOLD_OUT
        return _("All places are taken") if full else _("All places are being paid for")
    if stage in GIVEN_UP:
        return given_up_words(view)
    if view.campaign.is_draw and stage is Stage.COUNTING:
        return _("The lots are drawn")
    if view.campaign.is_draw and stage in {Stage.OPEN, Stage.MET}:
        return _("Draw open")
    if view.is_interest and stage is Stage.DONE:
        return _("Registration is over")
    return {
        Stage.PREVIEW: _("Preview"),
        Stage.UPCOMING: _("Not open yet"),
        Stage.OPEN: _("Open for joining"),
        Stage.MET: _("It takes place"),
        Stage.COUNTING: _("Closed, being counted"),
        Stage.DECIDING: _("Closed below its goal"),
        Stage.ASKING: _("The buyers are being asked"),
        Stage.AGREED: _("It takes place"),
        Stage.MAKING: _("Being made"),
        Stage.ARRIVING: _("Arriving, being checked"),
        Stage.BALANCE: _("Balances are due"),
        Stage.BALANCE_OVER: _("Balances are in"),
        Stage.SENDING: _("Being sent"),
        Stage.DONE: _("All sent"),
    }[stage]


def given_up_words(view: CampaignView) -> str:
    """Why nothing comes of it, in a few words; how far the money is stands beside it."""
    return _("Cancelled") if view.was_cancelled else _("It does not take place")


TONES = {
    Stage.MET: "ok",
    Stage.AGREED: "ok",
    Stage.DONE: "ok",
    Stage.FULL: "ink",
    Stage.BALANCE: "warn",
    Stage.DECIDING: "warn",
    Stage.ASKING: "warn",
    Stage.MAKING: "info",
    Stage.ARRIVING: "info",
    Stage.BALANCE_OVER: "info",
    Stage.SENDING: "info",
}


def sentence_of(view: CampaignView, paid: PaidBack | None) -> str:
    """What follows, and by when."""
    campaign, stage = view.campaign, view.stage
    if stage in {Stage.PREVIEW, Stage.UPCOMING}:
        return _("Opens %(moment)s.", moment=full_moment(campaign.opens_at))
    if stage in {Stage.OPEN, Stage.MET}:
        return sentences(_closes(view), _below(view))
    if stage is Stage.FULL:
        return _full(view)
    if stage in GIVEN_UP:
        return sentences(_too_few(view), paid_back_words(view, paid))
    return _after_close(view)


def _too_few(view: CampaignView) -> str:
    """Why it does not take place, where that is known."""
    goal = view.campaign.threshold
    if goal is None or view.was_cancelled or view.is_interest:
        return ""
    return _("Fewer had joined than the %(goal)d needed.", goal=goal)


def _closes(view: CampaignView) -> str:
    return _("Closes %(moment)s.", moment=full_moment(view.campaign.closes_at))


def _below(view: CampaignView) -> str:
    """What happens when too few have joined by then."""
    campaign = view.campaign
    if campaign.threshold is None or view.stage is Stage.MET:
        return _promised(view)
    count = campaign.threshold
    if view.is_interest:
        return _("It is put on sale from %(count)d on.", count=count)
    said = {
        Decision.RUN: _(
            "Below %(count)d it is made all the same, or you are paid back.", count=count
        ),
        Decision.EXTEND: _(
            "Below %(count)d it is extended once, by seven days at most, or you are paid back.",
            count=count,
        ),
        Decision.ASK: _(
            "Below %(count)d you are asked whether you wait or want your money back.", count=count
        ),
    }
    return said.get(Decision(campaign.default_decision)) or _refunded_below(view, count)


def _refunded_below(view: CampaignView, count: int) -> str:
    if view.has_deposit:
        return _(
            "Below %(count)d everybody gets the %(deposit)s back in full, the way it was paid, "
            "within one to three working days.",
            count=count,
            deposit=deposit_word(view.campaign.deposit_kind),
        )
    return _(
        "Below %(count)d everybody gets everything back, the way it was paid, within one to three "
        "working days.",
        count=count,
    )


def _promised(view: CampaignView) -> str:
    if view.is_interest:
        return _("We write to everybody when it goes on sale.")
    return _("Sent between %(first)s and %(last)s.", **promised_range(view))


def promised_range(view: CampaignView) -> dict[str, str]:
    """The first and the last promised day, as sentences take them."""
    campaign = view.campaign
    return {"first": day(campaign.promise_earliest), "last": day(campaign.promise_latest)}


def _full(view: CampaignView) -> str:
    if view.campaign.state == CampaignState.SOLD_OUT:
        return _(
            "The waiting list costs nothing: whose turn it is gets a mail and a day to join. "
            "Closes %(moment)s.",
            moment=full_moment(view.campaign.closes_at),
        )
    return _("If somebody does not pay, their place is free again within minutes.")


def _after_close(view: CampaignView) -> str:
    campaign, stage = view.campaign, view.stage
    if stage is Stage.COUNTING:
        return _counting(view)
    if stage is Stage.DECIDING and campaign.decide_by is not None:
        return _(
            "Fewer have joined than were needed. It is decided by %(moment)s; everybody gets a "
            "mail.",
            moment=full_moment(campaign.decide_by),
        )
    if stage is Stage.ASKING:
        return _(
            "Everybody who joined is asked whether they wait or want their money back. "
            "No answer counts as money back."
        )
    if stage is Stage.BALANCE and campaign.balance_closes_at is not None:
        return _(
            "The goods are here. Balances can be paid until %(moment)s.",
            moment=full_moment(campaign.balance_closes_at),
        )
    if stage is Stage.DONE:
        return _("Everything has left. Thank you for waiting.") if not view.is_interest else ""
    return _promised(view)


def _counting(view: CampaignView) -> str:
    if view.campaign.is_draw:
        return _(
            "Whoever was drawn has a mail and a day to join. A place that is not taken goes to the "
            "next lot."
        )
    return _("The window is over. Payments of the last minutes are still being counted.")


def paid_back_words(view: CampaignView, paid: PaidBack | None) -> str:
    """How far the money is on its way back."""
    if view.is_interest or paid is None or paid.total == 0:
        return _("Nobody had paid anything.")
    if view.stage is Stage.REFUNDED:
        return ngettext(
            "The one order is paid back in full.",
            "All %(num)d orders are paid back in full.",
            paid.total,
        )
    return _(
        "%(done)d of %(total)d orders are paid back so far. Banks take one to three working days.",
        done=paid.done,
        total=paid.total,
    )


def _said(view: CampaignView, minor: int) -> str:
    return money(view.money(minor))
