"""From ordering to packing: four numbers for each SKU, sharing out too few, handing on."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head, may_start_sending
from app.admin.queries.presales.campaign import campaign_sheet, own_campaign
from app.admin.queries.presales.shortage import shortages
from app.admin.queries.presales.substitutes import Substitutes, substitutes
from app.catalog.errors import OutOfStock
from app.catalog.forms.reading import cleaned
from app.platform import clock, numbers
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import production, substituting
from app.presale.commands.production import Count
from app.presale.models import ShortagePolicy, Stage
from app.presale.rules.shortage import may_be_shared_out

COUNTED = (Stage.RECEIVED, Stage.PASSED, Stage.PACKED)
MOST_DIGITS = 6


@bp.get("/<row:campaign_id>/production")
@requires("presales.view")
def show_production(campaign_id: int) -> Response:
    return _sheet(campaign_id)


@bp.post("/<row:campaign_id>/production")
@requires("presales.produce")
def start_production(campaign_id: int) -> BaseResponse:
    """Order what was committed."""
    return _answer(campaign_id, production.start_production, _("Production has begun."))


@bp.post("/<row:campaign_id>/arrival")
@requires("presales.produce")
def create_arrival(campaign_id: int) -> BaseResponse:
    return _answer(campaign_id, production.mark_arriving, _("The goods arrive."))


@bp.post("/<row:campaign_id>/split")
@requires("presales.decide")
def create_split(campaign_id: int) -> BaseResponse:
    """Share out what passed; units, refunds and messages follow in batches."""
    return _answer(campaign_id, production.split_shortage, _("Shared out; refunds are under way."))


@bp.post("/<row:campaign_id>/substitutions")
@requires("presales.decide")
def create_substitution(campaign_id: int) -> BaseResponse:
    """Ask the buyers of a SKU that came too few whether they would take another."""
    ids = [numbers.whole(request.form.get(name)) for name in ("sku", "instead")]
    if ids[0] is None or ids[1] is None:
        own_campaign(campaign_id, current_actor())
        sentence = _("Please choose what is offered instead.")
        return _sheet(campaign_id, failure=Invalid({f"instead-{ids[0]}": sentence}))
    pair = substituting.Pair(ids[0], ids[1])
    return _answer(
        campaign_id,
        lambda campaign, **who: substituting.offer(campaign, pair, **who),
        _("The buyers are asked."),
    )


@bp.post("/<row:campaign_id>/fulfilment")
@requires("presales.produce")
def create_fulfilment(campaign_id: int) -> BaseResponse:
    """Hand the goods on, so that they can be packed and sent."""
    return _answer(campaign_id, production.start_fulfilling, _("The goods are handed on."))


@bp.post("/<row:campaign_id>/counts")
@requires("presales.produce")
def create_production_count(campaign_id: int) -> BaseResponse:
    """Units that went on to a stage; refused when the figure has moved since it was shown."""
    actor = current_actor()
    skus = {str(each.sku.id): each.sku for each in campaign_sheet(campaign_id, actor).skus}
    typed = {name: cleaned(text)[:200] for name, text in request.form.items()}
    sku, stage = skus.get(typed.get("sku", "")), typed.get("stage", "")
    change = _change(typed.get("units", ""))
    if sku is None or stage not in {each.value for each in COUNTED} or not change:
        sentence = _("A whole number, such as 20; -2 takes back what was counted wrongly.")
        return _sheet(
            campaign_id, failure=Invalid({f"units-{typed.get('sku')}": sentence}), typed=typed
        )
    if typed.get(f"seen-{stage}") != str(getattr(sku, stage)):
        return _sheet(campaign_id, failure=Conflict(), typed=typed)
    counted = Count(sku.id, Stage(stage), change, typed.get("note", ""))
    try:
        production.record_production(campaign_id, counted, actor=actor, now=clock.now())
    except Conflict:
        sentence = _("These numbers do not add up: no more can pass than were received.")
        return _sheet(campaign_id, failure=Invalid({f"units-{sku.id}": sentence}), typed=typed)
    return _done(campaign_id, _("Counted."))


def _answer(campaign_id: int, act: Callable[..., object], said: str) -> BaseResponse:
    actor = current_actor()
    own_campaign(campaign_id, actor)
    try:
        act(campaign_id, actor=actor, now=clock.now())
    except (Conflict, Invalid, OutOfStock) as failure:
        return _sheet(campaign_id, failure=failure)
    return _done(campaign_id, said)


def _done(campaign_id: int, said: str) -> BaseResponse:
    return frame.done(url_for("admin_presales.show_production", campaign_id=campaign_id), said)


def _sheet(
    campaign_id: int,
    *,
    failure: DomainError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    actor = current_actor()
    sheet = campaign_sheet(campaign_id, actor)
    campaign = sheet.campaign
    short = shortages(campaign, sheet.skus) if may_be_shared_out(campaign) else []
    return page(
        "admin/presales/production.html",
        status=failure.status if failure else 200,
        head=head(campaign, actor),
        sheet=sheet,
        stages=[(stage.value, words.STAGES[stage]) for stage in COUNTED],
        short=short,
        substitutes={
            each.sku.sku.id: substitutes(campaign_id, each.sku, sheet.skus, now=clock.now())
            for each in short
        },
        options_of=_options_of,
        policy=words.POLICIES[ShortagePolicy(campaign.shortage_policy)],
        may_send=may_start_sending(campaign),
        failure=failure,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        typed=typed or {},
    )


def _options_of(other: Substitutes) -> list[tuple[str, str]]:
    spare = [
        (
            str(sku_id),
            ngettext("%(name)s, %(num)d spare", "%(name)s, %(num)d spare", units, name=name),
        )
        for sku_id, name, units in other.choices
    ]
    return [("", _("Choose")), *spare]


def _change(text: str) -> int:
    digits = text.removeprefix("+").removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > MOST_DIGITS:
        return 0
    return -int(digits) if text.startswith("-") else int(digits)
