"""Reviews of one's own goods: what waits for a look, what was reported, what is shown or not."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.words import Said
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.platform.web.picture_files import picture_file
from app.reviews.commands import moderating
from app.reviews.errors import ChangedMeanwhile
from app.reviews.models import Reason, ReviewState
from app.reviews.photo_files import folder_of, named_in
from app.reviews.queries import View, counts, listed, own, staff_photo
from app.reviews.rules import LONGEST_REPLY
from app.reviews.words import FITS, REASONS

bp = Blueprint("admin_reviews", __name__, url_prefix="/admin/reviews")
ONE = "/<row:review_id>"
VIEWS: Mapping[View, LazyText] = {
    View.PENDING: lazy_gettext("To look at"),
    View.REPORTED: lazy_gettext("Reported"),
    View.PUBLISHED: lazy_gettext("Shown"),
    View.REJECTED: lazy_gettext("Not shown"),
}
STATES: Mapping[ReviewState, Said] = {
    ReviewState.PENDING: (lazy_gettext("To look at"), "warn"),
    ReviewState.PUBLISHED: (lazy_gettext("Shown"), "ok"),
    ReviewState.REJECTED: (lazy_gettext("Not shown"), "neutral"),
}


@bp.get("")
@requires("reviews.view")
def index() -> Response:
    return _list()


@bp.get("/photos/<file>")
@requires("reviews.view")
def show_photo(file: str) -> Response:
    """A photograph that somebody sent with a review, shown or not."""
    name = named_in(file)
    photo = staff_photo(name, current_actor()) if name else abort(404)
    return picture_file(folder_of(photo.line_id), file, cache="private, no-store")


@bp.post(f"{ONE}/publication")
@requires("reviews.moderate")
def publish(review_id: int) -> BaseResponse:
    """As it was looked at: one that was changed meanwhile is shown to staff first."""
    own(review_id, current_actor())
    try:
        seen = frame.typed("seen", 40)
        moderating.publish(review_id, seen=seen, actor=current_actor(), now=clock.now())
    except ChangedMeanwhile as error:
        return _list(refused=review_id, error=error.message, status=error.status)
    return frame.done(_back(), _("It is shown."))


@bp.post(f"{ONE}/rejection")
@requires("reviews.moderate")
def reject(review_id: int) -> BaseResponse:
    """With one of the reasons there are; its author is told."""
    own(review_id, current_actor())
    reason = frame.typed("reason", 20)
    if reason not in set(Reason):
        return _list(refused=review_id, error=_("Please choose why."))
    moderating.reject(review_id, Reason(reason), actor=current_actor(), now=clock.now())
    return frame.done(_back(), _("It is not shown; its author is told why."))


@bp.post(f"{ONE}/reply")
@requires("reviews.moderate")
def reply(review_id: int) -> BaseResponse:
    own(review_id, current_actor())
    text = frame.typed("text", LONGEST_REPLY)
    if len(text) > LONGEST_REPLY:
        error = _("At most %(most)s characters.", most=LONGEST_REPLY)
        return _list(refused=review_id, error=error, typed=text)
    moderating.reply(review_id, text, actor=current_actor(), now=clock.now())
    return frame.done(_back(), _("Your answer is kept."))


def _back() -> str:
    return url_for("admin_reviews.index", view=_view())


def _view() -> View:
    asked = request.values.get("view", "")
    return View(asked) if asked in set(View) else View.PENDING


def _list(
    *, refused: int | None = None, error: str = "", typed: str = "", status: int = Invalid.status
) -> Response:
    actor, view = current_actor(), _view()
    rows, after = listed(view, actor, after=frame.cursor())
    return page(
        "admin/reviews.html",
        status=status if error else 200,
        rows=rows,
        after=after,
        view=view,
        views=VIEWS,
        counts=counts(actor),
        states=STATES,
        fits=FITS,
        reasons=REASONS,
        refused=refused,
        error=error,
        typed=typed,
        longest_reply=LONGEST_REPLY,
    )
