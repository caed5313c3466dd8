"""How each way to pay is called, and what choosing it means, for those who pay."""

from __future__ import annotations

from collections.abc import Mapping

from app.platform.i18n import LazyText, lazy_gettext

METHODS: Mapping[str, LazyText] = {
    "sandbox": lazy_gettext("Test payment"),
    "bank_transfer": lazy_gettext("Bank transfer"),
    "rehearsal": lazy_gettext("Rehearsal payment"),
}
METHOD_DETAILS: Mapping[str, LazyText] = {
    "sandbox": lazy_gettext("Opens the test provider's page; no money moves."),
    "bank_transfer": lazy_gettext("We show you the account and keep the goods for 24 hours."),
    "rehearsal": lazy_gettext("Plays a provider in a rehearsal; no money moves."),
}
