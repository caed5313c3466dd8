"""News of a campaign: what the seller tells everybody who is in, and has told."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.forms import new_key
from app.admin.presales.blueprint import bp
from app.admin.presales.editor import LANGUAGES as NAMED
from app.admin.presales.head import head, is_unpublished
from app.admin.presales.overview import overview
from app.admin.queries.presales.campaign import own_campaign
from app.admin.queries.presales.figures import figures
from app.catalog.forms.reading import LANGUAGES, Fields, cleaned
from app.platform import clock
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import writing
from app.presale.errors import NotNow
from app.presale.queries.history import UPDATE, history

LONGEST = 1000
FIELDS = ("key", "text-en", "text-zh")


@bp.get("/<row:campaign_id>/news")
@requires("presales.view")
def show_news(campaign_id: int) -> Response:
    return _news(campaign_id)


@bp.post("/<row:campaign_id>/news")
@requires("presales.edit")
def create_news(campaign_id: int) -> BaseResponse:
    """Put it on the page and mail it to everybody who is in; the same form sent twice, once."""
    campaign = own_campaign(campaign_id, current_actor())
    if is_unpublished(campaign):
        return overview(campaign_id, failure=NotNow())
    typed = {name: cleaned(request.form.get(name, "")) for name in FIELDS}
    fields = Fields(typed)
    text = fields.by_language("text", LONGEST, lines=True)
    if fields.errors:
        return _news(campaign_id, failure=Invalid(fields.errors), typed=typed)
    actor, now = current_actor(), clock.now()
    try:
        writing.post_update(campaign_id, text, key=typed["key"][:64], actor=actor, now=now)
    except Invalid as failure:
        errors = beside_fields(failure.errors, typed)
        return _news(campaign_id, failure=Invalid(errors), typed=typed)
    here = url_for("admin_presales.show_news", campaign_id=campaign_id)
    return frame.done(here, _("It is on the page; the mails are on their way."))


def beside_fields(errors: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """Sentences about a text in two languages, beside the field that was filled in first."""
    placed = {}
    for name, sentence in errors.items():
        endings = [ending for ending, _tag in LANGUAGES if typed.get(f"{name}-{ending}")]
        placed[f"{name}-{endings[0] if endings else 'en'}"] = sentence
    return placed


def _news(
    campaign_id: int,
    *,
    failure: DomainError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    campaign = own_campaign(campaign_id, current_actor())
    told = [one for one in history(campaign_id).updates if one.kind == UPDATE]
    return page(
        "admin/presales/news.html",
        status=failure.status if failure else 200,
        head=head(campaign, current_actor()),
        languages=NAMED,
        told=told[::-1],
        joined=figures(campaign_id).joined,
        longest=LONGEST,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        typed=typed or {"key": new_key()},
    )
