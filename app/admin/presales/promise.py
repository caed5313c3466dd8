"""The promise ledger: what was promised, what buyers answered, and promising other days."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.blueprint import bp
from app.admin.presales.form.reading import CampaignFields
from app.admin.presales.head import head
from app.admin.queries.presales.campaign import own_campaign
from app.admin.queries.presales.promises import asked, promised
from app.catalog.forms.reading import cleaned
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import promises
from app.presale.rules.promise import Promise

LONGEST_REASON = 500
FIELDS = ("earliest", "latest", "reason-en", "reason-zh")


@bp.get("/<row:campaign_id>/promise")
@requires("presales.view")
def show_promise(campaign_id: int) -> Response:
    return _promise(campaign_id)


@bp.post("/<row:campaign_id>/promise")
@requires("presales.decide")
def create_promise(campaign_id: int) -> BaseResponse:
    """Promise other days; everybody is told, and asked where the rules say so."""
    own_campaign(campaign_id, current_actor())
    typed = {name: cleaned(request.form.get(name, "")) for name in FIELDS}
    fields = CampaignFields(typed, settings().zone, settings().currency)
    earliest, latest = fields.day("earliest"), fields.day("latest")
    reason = fields.by_language("reason", LONGEST_REASON, lines=True)
    for name, value in (("earliest", earliest), ("latest", latest)):
        if value is None:
            fields.errors.setdefault(name, _("A day, such as 2026-12-24."))
    if fields.errors or earliest is None or latest is None:
        return _promise(campaign_id, failure=Invalid(fields.errors), typed=typed)
    new = Promise(earliest, latest)
    try:
        promises.change(campaign_id, new, reason=reason, actor=current_actor(), now=clock.now())
    except (Conflict, Invalid) as failure:
        return _promise(campaign_id, failure=failure, typed=typed)
    here = url_for("admin_presales.show_promise", campaign_id=campaign_id)
    return frame.done(here, _("Promised anew; everybody is told."))


def _promise(
    campaign_id: int,
    *,
    failure: DomainError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    campaign = own_campaign(campaign_id, current_actor())
    errors = dict(failure.errors) if isinstance(failure, Invalid) else {}
    if "reason" in errors:
        errors["reason-en"] = errors.pop("reason")
    return page(
        "admin/presales/promise.html",
        status=failure.status if failure else 200,
        head=head(campaign, current_actor()),
        versions=promised(campaign_id),
        asked=asked(campaign_id),
        failure=failure,
        errors=errors,
        typed=typed
        or {
            "earliest": campaign.promise_earliest.isoformat(),
            "latest": campaign.promise_latest.isoformat(),
        },
    )
