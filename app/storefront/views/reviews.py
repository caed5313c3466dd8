"""Reviews: written from one's own order, read below the product, reported by anybody."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.catalog.queries import pages
from app.orders import queries as orders
from app.orders.models import OrderLine
from app.orders.queries import OrderView
from app.platform import clock, numbers
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.masking import masked_name
from app.platform.rbac import found
from app.platform.web import page, see_other
from app.platform.web.limits import limiter
from app.reviews import queries
from app.reviews.commands import inviting, photographs, writing
from app.reviews.errors import TooLate
from app.reviews.models import Reason
from app.reviews.rules import LONGEST_ALT, LONGEST_NAME, LONGEST_TEXT, MOST_PHOTOS
from app.reviews.words import FITS, REASONS, VERDICTS
from app.storefront import review_reading as reading

bp = Blueprint("reviews", __name__)
OWN = "/o/<token>/reviews"
BIG = f"int(max={2**63 - 1})"


@bp.get(OWN)
def show_own(token: str) -> Response:
    return _own(orders.by_token(token))


@bp.post(f"{OWN}/<{BIG}:line_id>")
@limiter.limit("30/minute")
def write(token: str, line_id: int) -> BaseResponse:
    """Of one line of the order behind the link; again changes what was said.

    Photographs that could be read are kept even where the rest is refused: nobody has to choose
    them twice.
    """
    view, now = orders.by_token(token), clock.now()
    line = found(next((one for one in view.lines if one.id == line_id), None))
    read = reading.read(usual_name=masked_name(view.order.name))
    refused = reading.Refused()
    try:
        kept = queries.photos_of_lines([line.id]).get(line.id, ())
        photographs.change(line, reading.shots(kept, refused), now=now)
        read.refuse_files(refused)
        if read.opinion is None:
            return _own(view, line=line, typed=read.typed, errors=read.errors, status=422)
        writing.write(line, read.opinion, locale=current_locale(), now=now)
    except TooLate as error:
        errors = {"text": error.message}
        return _own(view, line=line, typed=read.typed, errors=errors, status=error.status)
    return see_other(url_for("reviews.show_own", token=token, kept=line_id))


@bp.post(f"{OWN}/silence")
def decline(token: str) -> BaseResponse:
    """Never be asked for a review again."""
    inviting.decline(orders.id_by_token(token), now=clock.now())
    return see_other(url_for("reviews.show_own", token=token, silent=1))


@bp.get(f"{OWN}/<_line>")
def show_instead(token: str, _line: str) -> BaseResponse:
    """A reload of what answers a form leads to the page it was on."""
    return see_other(url_for("reviews.show_own", token=token))


@bp.get("/i/<int(max=999999999):number>/reviews")
def show_all(number: int) -> Response:
    """Every review of a product, twenty at a time."""
    view = pages.live_product(number, now=clock.now())
    after = min(numbers.whole(request.args.get("after")) or 0, 100_000)
    rows = queries.published(view.id, limit=queries.PAGE + 1, offset=after)
    return page(
        "storefront/reviews.html",
        view=view,
        summary=queries.summary(view.id),
        reviews=rows[: queries.PAGE],
        after=after,
        next_after=after + queries.PAGE if len(rows) > queries.PAGE else None,
        fits=FITS,
        verdicts=VERDICTS,
        robots="noindex",
    )


@bp.get(f"/reviews/<{BIG}:review_id>/report")
def show_report(review_id: int) -> Response:
    return _report(review_id)


@bp.post(f"/reviews/<{BIG}:review_id>/report")
@limiter.limit("10/hour")
def report(review_id: int) -> BaseResponse:
    reason = request.form.get("reason", "")
    if reason not in set(Reason):
        return _report(review_id, error=_("Please choose one."), status=422)
    writing.report(review_id, Reason(reason), now=clock.now())
    return see_other(url_for("reviews.show_report", review_id=review_id, sent=1))


def _own(
    view: OrderView, *, line: OrderLine | None = None, typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    response = page(
        "storefront/order_reviews.html",
        status=status,
        view=view,
        token=view.token,
        lines=queries.of_lines(
            view.lines, photos_at=f"/o/{view.token}/reviews/photos/", now=clock.now()
        ),
        refused=line.id if line is not None else None,
        typed=typed or {},
        errors=errors or {},
        kept=numbers.whole(request.args.get("kept")),
        is_silent="silent" in request.args,
        usual_name=masked_name(view.order.name),
        longest_text=LONGEST_TEXT,
        longest_name=LONGEST_NAME,
        longest_alt=LONGEST_ALT,
        most_photos=MOST_PHOTOS,
        fits=FITS,
        reasons=REASONS,
        robots="noindex",
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _report(review_id: int, *, error: str = "", status: int = 200) -> Response:
    told, path = queries.shown(review_id)
    response = page(
        "storefront/report_review.html",
        status=status,
        review=told.review,
        photos=told.photos,
        fits=FITS,
        path=path,
        reasons=REASONS,
        error=error or None,
        sent="sent" in request.args,
        robots="noindex",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
