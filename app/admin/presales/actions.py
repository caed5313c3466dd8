"""What is done to a campaign at once: close it, give it up, copy it, change how many there are."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head, may_close_early, may_give_up
from app.admin.presales.overview import overview
from app.admin.queries.presales.campaign import own_campaign
from app.admin.queries.presales.figures import figures
from app.catalog.forms.reading import Fields, cleaned
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import editing, lifecycle
from app.presale.errors import NotNow

MOST_UNITS = 100_000
LONGEST_REASON = 300


@bp.post("/<row:campaign_id>/copies")
@requires("presales.edit")
def create_copy(campaign_id: int) -> BaseResponse:
    """A new draft with the same contents."""
    own_campaign(campaign_id, current_actor())
    copy = editing.duplicate(campaign_id, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_presales.edit", campaign_id=copy), _("Copied into a draft."))


@bp.post("/<row:campaign_id>/skus/<row:sku_id>/cap")
@requires("presales.edit")
def update_cap(campaign_id: int, sku_id: int) -> BaseResponse:
    """How many there are of one SKU; an empty field takes the cap away."""
    own_campaign(campaign_id, current_actor())
    typed = {f"cap-{sku_id}": cleaned(request.form.get("cap", ""))[:20]}
    fields = Fields(typed)
    hint = _("A whole number, such as 3.")
    cap = fields.whole(f"cap-{sku_id}", most=MOST_UNITS, hint=hint)
    if fields.errors:
        return overview(campaign_id, failure=Invalid(fields.errors), typed=typed)
    try:
        editing.set_cap(campaign_id, sku_id, cap, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return overview(campaign_id, failure=failure, typed=typed)
    return _shown(campaign_id, _("The cap is changed."))


@bp.get("/<row:campaign_id>/closing")
@requires("presales.decide")
def ask_closing(campaign_id: int) -> BaseResponse:
    campaign = own_campaign(campaign_id, current_actor())
    if not may_close_early(campaign):
        return overview(campaign_id, failure=NotNow())
    return page(
        "admin/presales/close_early.html",
        head=head(campaign, current_actor()),
        figures=figures(campaign_id),
    )


@bp.post("/<row:campaign_id>/closing")
@requires("presales.decide")
def create_closing(campaign_id: int) -> BaseResponse:
    """End the window now; nobody can join any more."""
    return answer(
        campaign_id,
        lambda: lifecycle.close_early(campaign_id, actor=current_actor(), now=clock.now()),
        _("The window is closed."),
    )


@bp.get("/<row:campaign_id>/cancellation")
@requires("presales.decide")
def ask_cancellation(campaign_id: int) -> BaseResponse:
    campaign = own_campaign(campaign_id, current_actor())
    if not may_give_up(campaign):
        return overview(campaign_id, failure=NotNow())
    return _cancellation(campaign_id, {}, {})


@bp.post("/<row:campaign_id>/cancellation")
@requires("presales.decide")
def create_cancellation(campaign_id: int) -> BaseResponse:
    """Give it up and pay everybody back, once the number of people was typed."""
    campaign = own_campaign(campaign_id, current_actor())
    if not may_give_up(campaign):
        return overview(campaign_id, failure=NotNow())
    typed = {name: cleaned(request.form.get(name, "")) for name in ("reason", "count")}
    errors = _wrong(typed, figures(campaign_id).joined)
    if errors:
        return _cancellation(campaign_id, typed, errors)
    return answer(
        campaign_id,
        lambda: lifecycle.cancel(
            campaign_id, reason=typed["reason"], actor=current_actor(), now=clock.now()
        ),
        _("It is given up; everybody is paid back."),
    )


def answer(campaign_id: int, act: Callable[[], object], said: str) -> BaseResponse:
    """Do something with a campaign and show it as it is then; what cannot be done is said on it."""
    own_campaign(campaign_id, current_actor())
    try:
        act()
    except (Conflict, Invalid) as failure:
        return overview(campaign_id, failure=failure)
    return _shown(campaign_id, said)


def _shown(campaign_id: int, said: str) -> BaseResponse:
    return frame.done(url_for("admin_presales.show", campaign_id=campaign_id), said)


def _wrong(typed: dict[str, str], joined: int) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 < len(typed["reason"]) <= LONGEST_REASON:
        errors["reason"] = _("Please say why, in up to %(count)s characters.", count=LONGEST_REASON)
    if joined and typed["count"] != str(joined):
        errors["count"] = ngettext(
            "%(num)d person is in. Please type that number.",
            "%(num)d people are in. Please type that number.",
            joined,
        )
    return errors


def _cancellation(campaign_id: int, typed: dict[str, str], errors: dict[str, str]) -> Response:
    actor = current_actor()
    return page(
        "admin/presales/give_up.html",
        status=Invalid.status if errors else 200,
        head=head(own_campaign(campaign_id, actor), actor),
        figures=figures(campaign_id),
        typed=typed,
        errors=errors,
        longest=LONGEST_REASON,
    )
