"""Who joined: the list with its views, and one person with the three notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import disclosure, frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head
from app.admin.queries.presales.campaign import own_campaign, sku_sheets
from app.admin.queries.presales.joins import Join, JoinView, join_of, joins
from app.catalog.forms.reading import cleaned
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.masking import masked_name
from app.platform.money import Money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import writing
from app.presale.models import Campaign

LONGEST_NOTE = 500
SHOWN = "campaign"


@bp.get("/<row:campaign_id>/joins")
@requires("presales.view")
def joins_of(campaign_id: int) -> Response:
    """`?view=&q=&after=`: the address is the whole state of the list."""
    actor, text = current_actor(), frame.asked("q")
    campaign = own_campaign(campaign_id, actor)
    name = frame.asked("view")
    view = JoinView(name) if name in set(JoinView) else JoinView.ALL if text else JoinView.IN
    response = page(
        "admin/presales/joins.html",
        fragment="table",
        head=head(campaign, actor),
        found=joins(campaign, view, actor, text=text, after=frame.cursor()),
        skus={each.sku.id: each for each in sku_sheets(campaign_id)},
        states=words.COMMITMENTS,
        view=view,
        views=words.JOIN_VIEWS,
        query=text,
        after=frame.cursor(),
        shown_name=names_of(campaign_id),
        is_disclosed=disclosure.is_disclosed(SHOWN, campaign_id),
        money=lambda minor: Money(minor, settings().currency),
    )
    return frame.unless_unchanged(response)


@bp.post("/<row:campaign_id>/disclosure")
@requires("pii.view")
def create_disclosure(campaign_id: int) -> BaseResponse:
    """Show the names of everybody who joined; that somebody looked is recorded once."""
    own_campaign(campaign_id, current_actor())
    disclosure.disclose(SHOWN, campaign_id)
    said = _("Shown, and recorded that you looked.")
    return frame.done(url_for("admin_presales.joins_of", campaign_id=campaign_id), said)


@bp.get("/joins/<row:participation_id>")
@requires("presales.view")
def show_join(participation_id: int) -> Response:
    return _join(join_of(participation_id, current_actor()))


@bp.post("/joins/<row:participation_id>/visible-note")
@requires("orders.tell")
def update_visible_note(participation_id: int) -> BaseResponse:
    return _write(participation_id, "visible", writing.note_for_buyer)


@bp.post("/joins/<row:participation_id>/private-note")
@requires("orders.note")
def update_private_note(participation_id: int) -> BaseResponse:
    return _write(participation_id, "private", writing.note_for_team)


def _write(participation_id: int, name: str, write: Callable[..., None]) -> BaseResponse:
    found = join_of(participation_id, current_actor())
    text = cleaned(request.form.get("text", ""))
    if len(text) > LONGEST_NOTE:
        sentence = _("At most %(most)s characters.", most=LONGEST_NOTE)
        return _join(found, typed={name: text}, errors={name: sentence})
    write(participation_id, text, actor=current_actor(), now=clock.now())
    here = url_for("admin_presales.show_join", participation_id=participation_id)
    return frame.done(here, _("The note is kept."))


def _join(
    found: Join,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    actor = current_actor()
    campaign = own_campaign(found.participation.campaign_id, actor)
    return page(
        "admin/presales/join.html",
        status=Invalid.status if errors else 200,
        head=head(campaign, actor),
        found=found,
        skus={each.sku.id: each for each in sku_sheets(campaign.id)},
        states=words.COMMITMENTS,
        answers=answers_of(found, campaign),
        shown_name=names_of(campaign.id),
        longest=LONGEST_NOTE,
        typed=typed or {},
        errors=errors or {},
        money=lambda minor: Money(minor, settings().currency),
    )


def answers_of(found: Join, campaign: Campaign) -> list[tuple[str, str]]:
    """What somebody answered at checkout, under the questions as they were asked."""
    labels = {asked["key"]: pick(asked["label"]) for asked in campaign.questions}
    return [
        (labels.get(key, key), str(text))
        for key, text in found.participation.answers.items()
        if text
    ]


def names_of(campaign_id: int) -> Callable[[str], str]:
    if disclosure.is_disclosed(SHOWN, campaign_id):
        return lambda name: name
    return masked_name
