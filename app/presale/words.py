"""Words that are law: one home for page, bag, checkout, order and mail."""

from __future__ import annotations

from app.platform.i18n import gettext as _
from app.presale.models import DepositKind


def deposit_word(kind: str) -> str:
    """订金 comes back, 定金 does not: the two must never be mixed up."""
    return _("earnest money") if kind == DepositKind.EARNEST else _("deposit")


def deposit_rule(kind: str) -> str:
    """What the word means, in the words of the law."""
    if kind == DepositKind.EARNEST:
        return _(
            "This is 定金 (earnest money): who withdraws loses it, and a shop that does not "
            "deliver pays it back double (Civil Code 586 and 587)."
        )
    return _("This is 订金 (an advance): it is part of the price and can be paid back.")
