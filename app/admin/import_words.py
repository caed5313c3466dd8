"""What an import is called at the counter, by its state, and what each of its lines is."""

from __future__ import annotations

from collections.abc import Mapping

from app.catalog.models import LineKind, RunState
from app.platform.i18n import LazyText, lazy_gettext

STATES: Mapping[RunState, tuple[LazyText, str]] = {
    RunState.WAITING: (lazy_gettext("Looked into in a moment"), "neutral"),
    RunState.LOOKING: (lazy_gettext("Being looked into"), "neutral"),
    RunState.READY: (lazy_gettext("To be confirmed"), "warn"),
    RunState.CONFIRMED: (lazy_gettext("Begins in a moment"), "neutral"),
    RunState.LOADING: (lazy_gettext("Being taken in"), "neutral"),
    RunState.DONE: (lazy_gettext("Taken in"), "ok"),
    RunState.FAILED: (lazy_gettext("Stopped"), "bad"),
    RunState.CANCELLED: (lazy_gettext("Cancelled"), "neutral"),
}
"""Words, and the kind of badge they stand in."""

KINDS: Mapping[LineKind, LazyText] = {
    LineKind.REFUSED: lazy_gettext("left out"),
    LineKind.MENDED: lazy_gettext("taken in all the same"),
    LineKind.CHANGED: lazy_gettext("changes"),
    LineKind.MISSING: lazy_gettext("photograph missing"),
}
