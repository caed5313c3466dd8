"""The list of promotions, one of them, and the form they are written with."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.promotions.blueprint import bp
from app.admin.promotions.form import TIERS, PromotionForm
from app.catalog.forms.reading import LANGUAGES
from app.catalog.queries.collections import all_collections
from app.marketing.commands import promotions
from app.marketing.models import Promotion, PromotionKind
from app.marketing.queries import code_count, codes_of, promotion
from app.marketing.queries import promotions as own_promotions
from app.marketing.rules import Terms
from app.marketing.words import KINDS, gift
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

ONE = "/<row:promotion_id>"
SHOWN_CODES = 50
NAMES = {"en": "English", "zh-Hans": "中文"}


@bp.get("")
@requires("promotions.view")
def index() -> Response:
    now, rows = clock.now(), own_promotions(current_actor())
    return page(
        "admin/promotions/list.html",
        rows=rows,
        states={row.id: state_of(row, now) for row in rows},
        gifts={row.id: _gift(row) for row in rows},
        money=_money,
    )


@bp.get("/new")
@requires("promotions.edit")
def new() -> Response:
    return _form(PromotionForm.blank(clock.now()), None)


@bp.post("")
@requires("promotions.edit")
def create() -> BaseResponse:
    form = _read()
    draft = form.check(_known_collections(), now=clock.now())
    if draft is None:
        return _form(form, None, status=Invalid.status)
    made = promotions.create(draft, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_promotions.show", promotion_id=made), _("Saved."))


@bp.get(ONE)
@requires("promotions.view")
def show(promotion_id: int) -> Response:
    return show_page(promotion(promotion_id, current_actor()))


@bp.get(f"{ONE}/edit")
@requires("promotions.edit")
def edit(promotion_id: int) -> Response:
    row = promotion(promotion_id, current_actor())
    return _form(PromotionForm.of(row), row)


@bp.post(ONE)
@requires("promotions.edit")
def update(promotion_id: int) -> BaseResponse:
    row, form = promotion(promotion_id, current_actor()), _read()
    draft = form.check(_known_collections(), now=clock.now())
    if draft is None:
        return _form(form, row, status=Invalid.status)
    try:
        promotions.change(promotion_id, draft, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        form.errors.update(failure.errors)
        return _form(form, row, status=failure.status)
    except DomainError as failure:
        return _form(form, row, failure=failure, status=failure.status)
    return frame.done(url_for("admin_promotions.show", promotion_id=promotion_id), _("Saved."))


@bp.post(f"{ONE}/stop")
@requires("promotions.edit")
def create_stop(promotion_id: int) -> BaseResponse:
    """Stop it, or with `undo` let it go on."""
    if "undo" in request.form:
        promotions.resume(promotion_id, actor=current_actor(), now=clock.now())
        said = _("It goes on.")
    else:
        promotions.stop(promotion_id, actor=current_actor(), now=clock.now())
        said = _("Stopped. Orders that have it keep it.")
    return frame.done(url_for("admin_promotions.show", promotion_id=promotion_id), said)


def show_page(
    row: Promotion, *, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    """One promotion: what it gives, what it gave, its codes."""
    titles = {each.id: each.title for each in all_collections()}
    return page(
        "admin/promotions/promotion.html",
        status=Invalid.status if errors else 200,
        row=row,
        state=state_of(row, clock.now()),
        is_over=row.ends_at is not None and row.ends_at <= clock.now(),
        gift=_gift(row),
        kind=KINDS[PromotionKind(row.kind)][0],
        collections=[titles[id_] for id_ in row.collections.get("ids", ()) if id_ in titles],
        codes=codes_of(row.id, most=SHOWN_CODES),
        code_total=code_count(row.id),
        typed=typed or {},
        errors=errors or {},
        money=_money,
    )


def state_of(row: Promotion, now: datetime) -> tuple[str, str]:
    """Its state in words, and the tone of the badge."""
    if row.stopped_at is not None:
        return _("stopped"), "neutral"
    if row.ends_at is not None and row.ends_at <= now:
        return _("over"), "neutral"
    full = row.max_uses is not None and row.used >= row.max_uses
    if full or (row.budget is not None and row.spent >= row.budget):
        return _("used up"), "warn"
    return (_("begins later"), "info") if row.starts_at > now else (_("running"), "ok")


def _gift(row: Promotion) -> str:
    return gift(PromotionKind(row.kind), Terms.read(row.terms), settings().currency)


def _money(minor: int) -> Money:
    return Money(minor, settings().currency)


def _known_collections() -> list[int]:
    return [each.id for each in all_collections()]


def _read() -> PromotionForm:
    return PromotionForm.read(request.form, request.form.getlist("collection"))


def _form(
    form: PromotionForm, row: Promotion | None, *, failure: DomainError | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    return page(
        "admin/promotions/form.html",
        status=status,
        form=form,
        row=row,
        failure=failure,
        kinds=[(kind.value, *words) for kind, words in KINDS.items()],
        tiers=range(1, TIERS + 1),
        all_collections=all_collections(),
        languages=[(ending, tag, NAMES[tag]) for ending, tag in LANGUAGES],
        zone=settings().zone.key,
    )
