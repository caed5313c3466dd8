"""The log of mails: every one with each try to send it, its text, and sending it again."""

from __future__ import annotations

from flask import Blueprint, Response, make_response
from werkzeug.wrappers import Response as BaseResponse

from app.admin import disclosure, frame
from app.admin.words import MAILS, mail_kind
from app.notifications import queries
from app.notifications.commands import BeingSent, retry
from app.notifications.models import MessageState
from app.platform import clock
from app.platform.errors import DomainError, NotFound
from app.platform.i18n import gettext as _
from app.platform.masking import masked_email
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_mails", __name__, url_prefix="/admin/mails")
MAIL_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox"
)


@bp.get("")
@requires("mail.view")
def index() -> Response:
    """`?state=&q=&after=`: the address is the whole state of the list."""
    state, text = frame.asked("state"), frame.asked("q")
    if state not in set(MessageState):
        state = ""
    return page(
        "admin/mails.html",
        fragment="table",
        found=queries.listed(
            state=state,
            search=text,
            finds_people=current_actor().may("pii.view"),
            before=frame.cursor(),
        ),
        state=state,
        query=text,
        after=frame.cursor(),
        counts=queries.counts(),
        words=MAILS,
        mail_kind=mail_kind,
        masked_email=masked_email,
        search_action="/admin/mails",
    )


@bp.get("/<row:message_id>")
@requires("mail.view")
def show(message_id: int) -> Response:
    return _detail(message_id)


@bp.get("/<row:message_id>/html")
@requires("mail.view")
def show_html(message_id: int) -> Response:
    """The mail as its reader sees it, on a page of its own that may do nothing but be looked at."""
    mail = queries.detail(message_id)
    if mail.is_hidden or not disclosure.is_disclosed("message", message_id):
        raise NotFound
    response = make_response(mail.html)
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


@bp.post("/<row:message_id>/disclosure")
@requires("mail.view")
def create_disclosure(message_id: int) -> BaseResponse:
    """Show reader and text of one mail; that somebody looked is recorded."""
    disclosure.disclose("message", queries.detail(message_id).row.id)
    return frame.done(f"/admin/mails/{message_id}", _("Shown, and recorded that you looked."))


@bp.post("/<row:message_id>/retry")
@requires("mail.retry")
def create_retry(message_id: int) -> BaseResponse:
    try:
        retry(message_id, actor=current_actor(), now=clock.now())
    except BeingSent as failure:
        return _detail(message_id, failure)
    return frame.done(f"/admin/mails/{message_id}", _("The mail is being sent again."))


def _detail(message_id: int, failure: DomainError | None = None) -> Response:
    mail = queries.detail(message_id)
    is_shown = disclosure.is_disclosed("message", message_id)
    words, tone = MAILS[MessageState(mail.row.state)]
    return page(
        "admin/mail.html",
        status=failure.status if failure else 200,
        mail=mail,
        state=(words, tone),
        kind=mail_kind(mail.row.kind),
        is_shown=is_shown,
        recipient=mail.row.recipient if is_shown else masked_email(mail.row.recipient),
        order_id=_order_id(mail.row.reference),
        failure=failure,
    )


def _order_id(reference: str) -> int | None:
    kind, _colon, number = reference.partition(":")
    return int(number) if kind == "order" and number.isdecimal() else None
