"""What an export is called at the counter: whose file it is, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from app.catalog.models import ExportKind, ExportState
from app.platform.i18n import LazyText, lazy_gettext

KINDS: Mapping[ExportKind, tuple[LazyText, LazyText]] = {
    ExportKind.XLSX: (
        lazy_gettext("Everything, as Excel"),
        lazy_gettext("To change much at once and bring it back: nothing is lost."),
    ),
    ExportKind.CSV: (
        lazy_gettext("Everything, as CSV"),
        lazy_gettext("The same for other programs; also for texts too long for Excel."),
    ),
    ExportKind.SHOPIFY: (
        lazy_gettext("For Shopify"),
        lazy_gettext("As Shopify's own export; condition and measurements become text."),
    ),
    ExportKind.WOOCOMMERCE: (
        lazy_gettext("For WooCommerce"),
        lazy_gettext("As WooCommerce's own export; condition and measurements become text."),
    ),
}
"""A name, and what it is good for."""

STATES: Mapping[ExportState, tuple[LazyText, str]] = {
    ExportState.WAITING: (lazy_gettext("Begins in a moment"), "neutral"),
    ExportState.WRITING: (lazy_gettext("Being written"), "neutral"),
    ExportState.DONE: (lazy_gettext("Ready"), "ok"),
    ExportState.FAILED: (lazy_gettext("Stopped"), "bad"),
    ExportState.CANCELLED: (lazy_gettext("Cancelled"), "neutral"),
}
"""Words, and the kind of badge they stand in."""
