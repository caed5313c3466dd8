"""People who want to leave, and what the shop owes beyond refunds: two people decide about that."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import disclosure, frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.people import SHOWN
from app.admin.queries.presales.campaign import sku_sheets
from app.admin.queries.presales.joins import join_of
from app.admin.queries.presales.requests import asking, owed, own_compensation
from app.catalog.forms.reading import cleaned
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict, DomainError, Forbidden, Invalid
from app.platform.i18n import gettext as _
from app.platform.masking import masked_name
from app.platform.money import Money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import compensation, leaving
from app.presale.models import CompensationState

LONGEST_REFERENCE = 64


@bp.get("/requests")
@requires("presales.view")
def show_requests() -> Response:
    return frame.unless_unchanged(_requests())


@bp.post("/joins/<row:participation_id>/leave")
@requires("presales.decide")
def grant_leave(participation_id: int) -> BaseResponse:
    """Let somebody go and pay them back."""
    join_of(participation_id, current_actor())
    return _answer(
        lambda: leaving.grant(participation_id, actor=current_actor(), now=clock.now()),
        _("Let go; the money is on its way back."),
    )


@bp.post("/joins/<row:participation_id>/stay")
@requires("presales.decide")
def refuse_leave(participation_id: int) -> BaseResponse:
    """Everything stays as it was before they asked."""
    join_of(participation_id, current_actor())
    return _answer(
        lambda: leaving.refuse(participation_id, actor=current_actor(), now=clock.now()),
        _("They stay in, and get a mail."),
    )


@bp.post("/compensations/<row:compensation_id>/approval")
@requires("presales.decide")
def create_approval(compensation_id: int) -> BaseResponse:
    """The first yes stands for the proposal; another person's makes it payable."""
    row = own_compensation(compensation_id, current_actor())
    try:
        state = compensation.approve(row.id, actor=current_actor(), now=clock.now())
    except Forbidden:
        return _requests(failure=Conflict(_("The second yes has to come from somebody else.")))
    said = (
        _("Proposed; a second person has to agree.")
        if state is CompensationState.PROPOSED
        else _("Approved; it can be paid now.")
    )
    return frame.done(url_for("admin_presales.show_requests"), said)


@bp.post("/compensations/<row:compensation_id>/payment")
@requires("presales.decide")
def create_compensation_payment(compensation_id: int) -> BaseResponse:
    """It was transferred, under the bank's own number."""
    row = own_compensation(compensation_id, current_actor())
    reference = cleaned(request.form.get("reference", ""))
    if not 0 < len(reference) <= LONGEST_REFERENCE:
        sentence = _(
            "Please enter the bank's own number of this line, at most %(count)s characters.",
            count=LONGEST_REFERENCE,
        )
        failure = Invalid({f"reference-{row.id}": sentence})
        return _requests(failure=failure, typed={f"reference-{row.id}": reference})
    return _answer(
        lambda: compensation.note_paid(row.id, reference, actor=current_actor(), now=clock.now()),
        _("Noted as paid."),
    )


def _answer(act: Callable[[], object], said: str) -> BaseResponse:
    try:
        act()
    except (Conflict, Invalid) as failure:
        return _requests(failure=failure)
    return frame.done(url_for("admin_presales.show_requests"), said)


def _requests(
    *, failure: DomainError | None = None, typed: dict[str, str] | None = None
) -> Response:
    actor = current_actor()
    groups = asking(actor)
    skus = {each.sku.id: each for group in groups for each in sku_sheets(group.campaign.id)}
    return page(
        "admin/presales/requests.html",
        status=failure.status if failure else 200,
        groups=groups,
        skus=skus,
        owed=owed(actor),
        explained=words.COMPENSATION,
        states=words.COMMITMENTS,
        compensation_states=words.COMPENSATIONS,
        shown_name=_shown_name,
        money=lambda minor: Money(minor, settings().currency),
        failure=failure,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        typed=typed or {},
    )


def _shown_name(campaign_id: int, name: str) -> str:
    return name if disclosure.is_disclosed(SHOWN, campaign_id) else masked_name(name)
