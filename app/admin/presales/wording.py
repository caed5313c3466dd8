"""The words of a published campaign, which may be said better, and its address."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.blueprint import bp
from app.admin.presales.editor import LANGUAGES as NAMED
from app.admin.presales.head import head, is_unpublished
from app.admin.presales.news import beside_fields
from app.admin.queries.presales.campaign import own_campaign
from app.catalog.forms.item import texts_typed
from app.catalog.forms.reading import Fields, cleaned
from app.platform import clock
from app.platform.addresses.queries import former
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires
from app.presale.commands import addressing, editing
from app.presale.queries.pages import CAMPAIGN

LONGEST_STORY, LONGEST_RISKS, LONGEST_SLUG = 4000, 1000, 60
FIELDS = ("story-en", "story-zh", "risks-en", "risks-zh")


@bp.get("/<row:campaign_id>/words")
@requires("presales.edit")
def show_words(campaign_id: int) -> BaseResponse:
    """Of a draft everything may be changed, on its own form."""
    if is_unpublished(own_campaign(campaign_id, current_actor())):
        return see_other(url_for("admin_presales.edit", campaign_id=campaign_id))
    return _words(campaign_id)


@bp.post("/<row:campaign_id>/words")
@requires("presales.edit")
def update_words(campaign_id: int) -> BaseResponse:
    own_campaign(campaign_id, current_actor())
    typed = {name: cleaned(request.form.get(name, "")) for name in FIELDS}
    fields = Fields(typed)
    story = fields.by_language("story", LONGEST_STORY, lines=True)
    risks = fields.by_language("risks", LONGEST_RISKS, lines=True)
    if fields.errors:
        return _words(campaign_id, failure=Invalid(fields.errors), typed=typed)
    actor, now = current_actor(), clock.now()
    try:
        editing.change_words(campaign_id, story=story, risks=risks, actor=actor, now=now)
    except Invalid as failure:
        errors = beside_fields(failure.errors, typed)
        return _words(campaign_id, failure=Invalid(errors), typed=typed)
    here = url_for("admin_presales.show", campaign_id=campaign_id)
    return frame.done(here, _("The words are changed."))


@bp.post("/<row:campaign_id>/address")
@requires("presales.edit")
def update_address(campaign_id: int) -> BaseResponse:
    """Another address; whoever has the old one is led to it."""
    own_campaign(campaign_id, current_actor())
    slug = cleaned(request.form.get("slug", ""))[:LONGEST_SLUG]
    try:
        addressing.readdress(campaign_id, slug, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _words(campaign_id, failure=failure, slug=slug)
    here = url_for("admin_presales.show_words", campaign_id=campaign_id)
    return frame.done(here, _("The address is changed."))


def _words(
    campaign_id: int,
    *,
    failure: DomainError | None = None,
    typed: dict[str, str] | None = None,
    slug: str | None = None,
) -> Response:
    campaign = own_campaign(campaign_id, current_actor())
    kept = texts_typed("story", campaign.story) | texts_typed("risks", campaign.risks)
    return page(
        "admin/presales/words.html",
        status=failure.status if failure else 200,
        head=head(campaign, current_actor()),
        languages=NAMED,
        longest_story=LONGEST_STORY,
        longest_risks=LONGEST_RISKS,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        typed=kept if typed is None else typed,
        slug=campaign.slug if slug is None else slug,
        former=former(CAMPAIGN, campaign_id),
    )
