"""What fits and reasons are called."""

from __future__ import annotations

from collections.abc import Mapping

from app.platform.i18n import LazyText, lazy_gettext
from app.reviews.models import Fit, Reason

FITS: Mapping[Fit, LazyText] = {
    Fit.SMALL: lazy_gettext("ran small"),
    Fit.TRUE: lazy_gettext("true to size"),
    Fit.LARGE: lazy_gettext("ran large"),
}
VERDICTS: Mapping[Fit, LazyText] = {
    Fit.SMALL: lazy_gettext("Most say it runs small."),
    Fit.TRUE: lazy_gettext("Most say it is true to size."),
    Fit.LARGE: lazy_gettext("Most say it runs large."),
}
REASONS: Mapping[Reason, LazyText] = {
    Reason.PERSONAL: lazy_gettext("It names or shows somebody"),
    Reason.INSULTING: lazy_gettext("It insults or threatens somebody"),
    Reason.ELSEWHERE: lazy_gettext("It is about something else than this product"),
    Reason.ADVERTISING: lazy_gettext("It advertises something"),
    Reason.UNLAWFUL: lazy_gettext("It is against the law"),
}
