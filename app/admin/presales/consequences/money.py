"""What buyers pay now and later, and what the word for the deposit means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.admin.presales.consequences.lines import Said, amount, when
from app.admin.presales.form import Sketch
from app.admin.presales.form.skus import Row
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.presale.models import BalanceUnpaid, DepositKind, PaymentMode
from app.presale.rules.money import EARNEST_AT_MOST_PERCENT, Terms, earnest_is_lawful

SHOWN = 6


def payments(read: Sketch, names: Mapping[int, str]) -> Iterator[Said]:
    """What one unit costs, now and later; once for all rows that cost the same."""
    if read.payment_mode is PaymentMode.INTEREST:
        yield Said(_("Nobody pays anything. Who is interested gets a number and a mail."))
        return
    priced = [row for row in read.rows if row.values["price"]]
    if not priced:
        yield Said(_("Choose what is sold and type a price to see what buyers pay."))
        return
    grouped: dict[tuple[Terms, Terms], list[Row]] = {}
    for row in priced:
        grouped.setdefault((_terms(row, read, "counts"), _terms(row, read, "later")), []).append(
            row
        )
    for (terms, later), rows in list(grouped.items())[:SHOWN]:
        subject = "" if len(grouped) == 1 else _named(rows, names)
        yield from _paid(terms, later, read, subject)


def deposit_word(read: Sketch) -> Iterator[Said]:
    """What 订金 and 定金 mean for the buyer, and whether the law lets it be as high."""
    if not read.has_deposit:
        return
    if read.deposit_kind is DepositKind.ADVANCE:
        yield Said(
            _("The page says 订金. It is simply paid back when the presale does not come about.")
        )
        return
    yield Said(
        _(
            "The page says 定金. A buyer who does not pay the balance loses it; if you fail to "
            "deliver you return it double."
        )
    )
    yield from _lawful(read)


def unpaid_balance(read: Sketch) -> Iterator[Said]:
    if not read.has_deposit:
        return
    hours = ngettext("%(num)d hour", "%(num)d hours", read.balance_hours)
    yield Said(
        _(
            "When the goods are there you ask for the balances. Buyers have %(hours)s, reminded 24 "
            "and 3 hours before the end.",
            hours=hours,
        )
    )
    if read.balance_grace_days:
        days = ngettext("%(num)d day", "%(num)d days", read.balance_grace_days)
        yield Said(_("After that the balance is still taken for %(days)s.", days=days))
    is_lost = read.balance_unpaid is BalanceUnpaid.FORFEIT
    if is_lost and read.deposit_kind is DepositKind.ADVANCE:
        yield Said(_("A 订金 cannot be lost. Choose 定金, or another rule."), "bad")
        return
    yield Said(
        {
            BalanceUnpaid.FORFEIT: _("Who has not paid by then loses the 定金."),
            BalanceUnpaid.REFUND: _("Who has not paid by then gets the deposit back."),
            BalanceUnpaid.EXTEND: _(
                "Who has not paid by then gets the same time once more, then the deposit back."
            ),
        }[read.balance_unpaid]
    )


def _terms(row: Row, read: Sketch, name: str) -> Terms:
    price, deposit = row.values["price"] or 0, row.values["deposit"]
    if not read.has_deposit or deposit is None:
        return Terms(price)
    counts = row.values["counts"] or deposit
    later = row.values["later"] or counts
    return Terms(price, deposit, counts if name == "counts" else later)


def _paid(terms: Terms, later: Terms, read: Sketch, subject: str) -> Iterator[Said]:
    if terms.deposit is None:
        if read.has_deposit:
            yield Said(subject + _("Type the deposit."), "warn")
        else:
            text = _(
                "Buyers pay %(price)s when they join, nothing later.", price=amount(terms.price)
            )
            yield Said(subject + text)
        return
    if terms.final_price <= 0 or terms.balance < 0:
        yield Said(subject + _("The deposit is higher than the price."), "bad")
        return
    yield Said(subject + _whole(terms))
    if terms.bonus:
        yield Said(
            _(
                "%(deposit)s count for %(counts)s of the price of %(price)s.",
                deposit=amount(terms.deposit),
                counts=amount(terms.counts_for or 0),
                price=amount(terms.price),
            )
        )
    if read.counts_change_at is not None and later != terms:
        yield Said(_("From %(moment)s on: ", moment=when(read.counts_change_at)) + _whole(later))


def _whole(terms: Terms) -> str:
    return _(
        "Buyers pay %(deposit)s now and %(balance)s when the goods are there: %(total)s in all.",
        deposit=amount(terms.now),
        balance=amount(terms.balance),
        total=amount(terms.final_price),
    )


def _lawful(read: Sketch) -> Iterator[Said]:
    """Each different deposit once, measured against what is paid in the end."""
    terms = {_terms(row, read, name) for row in read.rows for name in ("counts", "later")}
    known = [each for each in terms if each.deposit and each.final_price > 0]
    for each in sorted(known, key=lambda one: one.final_price)[:SHOWN]:
        share = Decimal(each.deposit or 0) * 100 / each.final_price
        facts = {
            "deposit": amount(each.deposit or 0),
            "share": f"{share:.1f}".removesuffix(".0"),
            "total": amount(each.final_price),
            "most": amount(each.final_price * EARNEST_AT_MOST_PERCENT // 100),
        }
        if earnest_is_lawful(each):
            yield Said(_("%(deposit)s is %(share)s %% of %(total)s: within the fifth the law "
                         "allows.", **facts), "ok")  # fmt: skip
        else:
            yield Said(_("%(deposit)s is %(share)s %% of %(total)s. A 定金 may be at most "
                         "%(most)s; a 订金 may be any amount.", **facts), "bad")  # fmt: skip


def _named(rows: list[Row], names: Mapping[int, str]) -> str:
    shown = [names.get(row.variant_id, "?") for row in rows[:3]]
    more = "…" if len(rows) > len(shown) else ""
    return _("%(names)s: ", names=_(", ").join(shown) + more)
