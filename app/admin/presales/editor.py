"""Write a presale: one form, many buttons; whatever is pressed, what was typed stays."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.consequences import told
from app.admin.presales.consequences.lines import Group
from app.admin.presales.form import CampaignForm, blank, questions
from app.admin.presales.head import is_unpublished
from app.admin.presales.overview import overview
from app.admin.queries.presales.campaign import campaign_sheet, own_campaign
from app.admin.queries.presales.goods import (
    begun_as,
    found_products,
    goods,
    goods_of,
    is_taken,
    titles_of,
)
from app.catalog.errors import OutOfStock
from app.catalog.forms import amount_typed
from app.catalog.forms.item import texts_typed
from app.catalog.queries.admin import ItemRow
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.ids import spoken_code
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires
from app.presale.commands import editing
from app.presale.drafts import CampaignDraft
from app.presale.errors import NotNow
from app.presale.models import Campaign, CampaignState
from app.presale.queries.drafts import draft_of

SAVES = frozenset({"save", "preview", "publish"})
LANGUAGES = (("en", "en", "English"), ("zh", "zh-Hans", "中文"))


@bp.get("/new")
@requires("presales.edit")
def new() -> Response:
    """`?product=` begins with what is sold."""
    form = blank(clock.now(), _new_key())
    product = request.args.get("product", "")
    if product.isdecimal() and len(product) <= frame.DIGITS:
        _sell(form, int(product))
    return editor_page(form)


@bp.post("")
@requires("presales.edit")
def create() -> BaseResponse:
    """The same form sent twice begins one presale."""
    form = CampaignForm.read(request.form)
    if not form.key or (is_taken(form.key) and begun_as(form.key, current_actor()) is None):
        form.typed["key"] = _new_key()
    action, argument = _button(form)
    if action not in SAVES:
        return _changed(form, action, argument, None)
    draft = form.check(now=clock.now())
    if draft is None:
        return editor_page(form, status=Invalid.status)
    try:
        campaign_id = editing.create(draft, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        form.take_errors(failure.errors, form.sketch().rows)
        return editor_page(form, failure=failure)
    return _kept(campaign_id, form, action)


@bp.get("/<row:campaign_id>/edit")
@requires("presales.edit")
def edit(campaign_id: int) -> BaseResponse:
    campaign = own_campaign(campaign_id, current_actor())
    if not is_unpublished(campaign):
        return see_other(url_for("admin_presales.show", campaign_id=campaign_id))
    return editor_page(CampaignForm.of(_draft_of(campaign)), campaign)


@bp.post("/<row:campaign_id>/edit")
@requires("presales.edit")
def update(campaign_id: int) -> BaseResponse:
    """`do` is the button: save, preview, publish, find, add:<product>, drop:<row>, ask:<preset>."""
    campaign = own_campaign(campaign_id, current_actor())
    if not is_unpublished(campaign):
        return overview(campaign_id, failure=NotNow())
    form = CampaignForm.read(request.form)
    action, argument = _button(form)
    if action not in SAVES:
        return _changed(form, action, argument, campaign)
    draft = form.check(now=clock.now())
    if draft is None:
        return editor_page(form, campaign, status=Invalid.status)
    try:
        editing.change(campaign_id, draft, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        form.take_errors(failure.errors, form.sketch().rows)
        return editor_page(form, campaign, failure=failure)
    except Conflict as failure:
        return overview(campaign_id, failure=failure)
    return _kept(campaign_id, form, action)


@bp.post("/consequences")
@requires("presales.edit")
def show_consequences() -> Response:
    """What the form as it is typed would lead to; nothing is kept."""
    form = CampaignForm.read(request.form)
    return page("admin/presales/_consequences.html", groups=_told(form))


def editor_page(
    form: CampaignForm,
    campaign: Campaign | None = None,
    *,
    failure: DomainError | None = None,
    status: int | None = None,
    matches: tuple[ItemRow, ...] | None = None,
) -> Response:
    """The form with what was typed; `campaign` is None before it was kept for the first time."""
    variant_ids = [int(text) for key in form.rows if (text := _variant_text(form, key))]
    errors = dict(form.errors)
    groups = _told(form)
    form.errors = errors
    return page(
        "admin/presales/edit.html",
        fragment="form",
        status=status or (failure.status if failure else 200),
        form=form,
        campaign=campaign,
        state=words.state_of(campaign) if campaign else None,
        action=url_for("admin_presales.update", campaign_id=campaign.id)
        if campaign
        else url_for("admin_presales.create"),
        goods={str(key): good for key, good in goods(variant_ids, current_actor()).items()},
        matches=matches,
        groups=groups,
        summary=[(words.ANCHORS.get(name, name), text) for name, text in form.errors.items()],
        failure=failure,
        languages=LANGUAGES,
        known=words,
        presets=questions.PRESETS,
        zone=settings().time_zone,
        currency=settings().currency,
    )


def _button(form: CampaignForm) -> tuple[str, str]:
    """The button and what it is about; the Enter key in the field that searches searches."""
    action, _colon, argument = request.form.get("do", "enter").partition(":")
    if action == "enter":
        action = "find" if form.typed.get("find") else "save"
    return action, argument


def _changed(form: CampaignForm, action: str, argument: str, campaign: Campaign | None) -> Response:
    """Add or take away a part of the form; nothing is kept."""
    if action == "find":
        text = form.typed.get("find", "")[:100]
        return editor_page(form, campaign, matches=found_products(text, current_actor()))
    if action == "add" and argument.isdecimal() and len(argument) <= frame.DIGITS:
        _sell(form, int(argument))
    elif action == "drop":
        form.rows = [row for row in form.rows if row != argument]
    elif action == "ask":
        questions.added(argument, form.questions, form.typed)
    elif action == "unask":
        form.questions = [key for key in form.questions if key != argument]
    return editor_page(form, campaign)


def _kept(campaign_id: int, form: CampaignForm, action: str) -> BaseResponse:
    """What is saved stays saved, whether or not it can be published."""
    campaign = own_campaign(campaign_id, current_actor())
    actor, now = current_actor(), clock.now()
    here = url_for("admin_presales.show", campaign_id=campaign_id)
    if action == "publish":
        try:
            editing.publish(campaign_id, actor=actor, now=now)
        except Invalid as failure:
            form.take_errors(failure.errors, form.sketch().rows)
            return editor_page(form, campaign, failure=failure)
        except OutOfStock as failure:
            form.errors["skus"] = failure.message
            return editor_page(form, campaign, failure=failure)
        return frame.done(here, _("It is published; its terms are fixed now."))
    if action == "preview":
        if campaign.state == CampaignState.DRAFT:
            editing.preview(campaign_id, actor=actor, now=now)
        return see_other(f"/pre/{campaign.slug}")
    return frame.done(url_for("admin_presales.edit", campaign_id=campaign_id), _("Saved."))


def _sell(form: CampaignForm, product_id: int) -> None:
    """Add every variant of a product of one's own; the price of the catalogue is a beginning."""
    added = goods_of(product_id, current_actor())
    if not added:
        form.errors["skus"] = _("This item cannot be sold in a presale.")
        return
    if not form.typed.get("price"):
        form.typed["price"] = amount_typed(added[0].price, settings().currency)
    shared = form.typed["price"]
    for good in added:
        form.add_row(good.variant_id)
        row = form.rows[-1]
        own = amount_typed(good.price, settings().currency)
        if form.typed.get(f"s-{row}-variant") == str(good.variant_id) and own != shared:
            form.typed.setdefault(f"s-{row}-price", own)
    if not (form.typed.get("title-en") or form.typed.get("title-zh")):
        form.typed |= texts_typed("title", titles_of(product_id, current_actor()))


def _told(form: CampaignForm) -> list[Group]:
    read = form.sketch()
    names = {
        good.variant_id: good.name
        for good in goods([row.variant_id for row in read.rows], current_actor()).values()
    }
    return told(read, names, now=clock.now())


def _variant_text(form: CampaignForm, key: str) -> str:
    text = form.typed.get(f"s-{key}-variant", "")
    return text if text.isascii() and text.isdecimal() and len(text) <= frame.DIGITS else ""


def _draft_of(campaign: Campaign) -> CampaignDraft:
    sheet = campaign_sheet(campaign.id, current_actor())
    return draft_of(campaign, [each.sku for each in sheet.skus])


def _new_key() -> str:
    return spoken_code().lower()
