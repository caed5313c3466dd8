"""Callbacks of providers and carriers, and what the worker gave up: to read and to replay."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as BaseResponse

from app.admin import disclosure, frame
from app.admin.queries import machines
from app.admin.words import CALLBACKS, sender_name, why_refused
from app.fulfilment.carriers.base import RejectedCallback as CarrierRefused
from app.fulfilment.commands import callbacks as carriers
from app.fulfilment.errors import NoSuchCarrier
from app.orders import handlers as payments_of_orders
from app.payments.commands import callbacks as providers
from app.payments.errors import NoSuchMethod
from app.payments.gateways.base import MalformedEvent, RejectedCallback
from app.platform import clock
from app.platform.errors import Conflict, DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import lazy_gettext
from app.platform.inbox import queries as inbox
from app.platform.inbox.commands import TOO_LARGE, note_replay
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.outbox.commands import replay as replay_delivery
from app.platform.outbox.queries import dead_deliveries
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_callbacks", __name__, url_prefix="/admin")
SHOWN_BODY = 8 * 1024
_FORGOTTEN = lazy_gettext("What it said was forgotten half a year after it was applied.")


@bp.get("/callbacks")
@requires("callbacks.view")
def index() -> Response:
    """`?state=&source=&after=`: the address is the whole state of the list."""
    state, source = frame.asked("state"), frame.asked("source")
    if state not in {machines.OPEN, *InboundState}:
        state = ""
    return page(
        "admin/callbacks.html",
        fragment="table",
        found=machines.callbacks(state=state, source=source, after=frame.cursor()),
        state=state,
        source=source,
        after=frame.cursor(),
        sources=machines.sources(),
        counts=inbox.counts(),
        words=CALLBACKS,
        why_refused=why_refused,
        sender_name=sender_name,
        dead=dead_deliveries(),
    )


@bp.get("/callbacks/<row:event_id>")
@requires("callbacks.view")
def show(event_id: int) -> Response:
    return _detail(inbox.get(event_id))


@bp.post("/callbacks/<row:event_id>/disclosure")
@requires("callbacks.view")
def create_disclosure(event_id: int) -> BaseResponse:
    """Show the body, which may name people; that somebody looked is recorded."""
    disclosure.disclose("inbound_event", inbox.get(event_id).id)
    return frame.done(f"/admin/callbacks/{event_id}", _("Shown, and recorded that you looked."))


@bp.post("/callbacks/<row:event_id>/replay")
@requires("callbacks.replay")
def replay(event_id: int) -> BaseResponse:
    """Apply it again; one that was refused must have a genuine signature by now."""
    event, now = inbox.get(event_id), clock.now()
    source, was_refused = event.source, event.state == InboundState.REJECTED
    if event.reason == TOO_LARGE:
        return _detail(event, Conflict(why_refused(event.reason)))
    if event.is_forgotten:
        return _detail(event, Conflict(_FORGOTTEN))
    note_replay(event_id, actor=current_actor(), now=now)
    try:
        if source.startswith(carriers.SOURCE):
            carriers.replay(event_id, now=now)
        else:
            if was_refused:
                providers.verify_again(event_id)
            payments_of_orders.apply_stored(event_id)
    except (NoSuchCarrier, NoSuchMethod):
        return _detail(inbox.get(event_id), Conflict(_("This sender is not set up at present.")))
    except (CarrierRefused, RejectedCallback, MalformedEvent):
        said = _("It is still not genuine. Check the secret of this sender first.")
        return _detail(inbox.get(event_id), Conflict(said))
    return frame.done(f"/admin/callbacks/{event_id}", _said_of(inbox.get(event_id)))


@bp.post("/deliveries/<row:delivery_id>/replay")
@requires("callbacks.replay")
def replay_dead(delivery_id: int) -> BaseResponse:
    """Put a task that was given up before the worker again."""
    replay_delivery(delivery_id, actor=current_actor(), now=clock.now())
    return frame.done("/admin/callbacks#deliveries", _("The worker tries it again."))


def _said_of(event: InboundEvent) -> str:
    words, _tone = CALLBACKS[InboundState(event.state)]
    return _("Played again: %(state)s", state=str(words))


def _detail(event: InboundEvent, failure: DomainError | None = None) -> Response:
    shown = disclosure.is_disclosed("inbound_event", event.id)
    body = event.body[:SHOWN_BODY].decode("utf-8", "replace") if shown else ""
    words, tone = CALLBACKS[InboundState(event.state)]
    return page(
        "admin/callback.html",
        status=failure.status if failure else 200,
        event=event,
        state=(words, tone),
        why=why_refused(event.reason),
        body=body,
        is_shown=shown,
        is_cut=len(event.body) > SHOWN_BODY,
        is_whole=event.reason != TOO_LARGE and not event.is_forgotten,
        forgotten=_FORGOTTEN if event.is_forgotten else "",
        sender=sender_name(event.source),
        failure=failure,
    )
