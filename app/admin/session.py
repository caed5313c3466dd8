"""The staff door: in by address and password, out by a button."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request, session
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from app.admin.frame import typed
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, forget_actor
from app.platform.web.language import LANGUAGE_COOKIE, ONE_YEAR
from app.platform.web.limits import limiter, tries, typed_email
from app.platform.web.pages import local_path
from app.shop.sign_in import check_password

bp = Blueprint("admin_session", __name__, url_prefix="/admin")
SEE_OTHER = 303
TRIES = tries("10 per 15 minutes", alone="4 per 15 minutes")


@bp.get("/login")
def new() -> BaseResponse:
    if current_actor().is_staff:
        return see_other(_destination(request.args.get("next")))
    return _form()


def _failed(response: Response) -> bool:
    """Only a try that failed counts: a whole team may sign in behind one address."""
    return response.status_code != SEE_OTHER


@bp.post("/login")
@limiter.limit(TRIES, deduct_when=_failed)
@limiter.limit(TRIES, key_func=typed_email, deduct_when=_failed)
def create() -> BaseResponse:
    """A wrong password and an unknown address get the same answer in the same time."""
    member = check_password(typed("email", 254), request.form.get("password", ""), now=clock.now())
    if member is None:
        return _form(Invalid(message=_("Address and password do not fit together.")))
    destination = _destination(request.form.get("next"))
    session.clear()
    login_user(member)
    forget_actor()
    response = make_response(see_other(destination))
    if LANGUAGE_COOKIE not in request.cookies:
        response.set_cookie(
            LANGUAGE_COOKIE,
            member.locale,
            max_age=ONE_YEAR,
            samesite="Lax",
            secure=request.is_secure,
            httponly=True,
        )
    return response


@bp.post("/logout")
def delete() -> BaseResponse:
    logout_user()
    session.clear()
    forget_actor()
    return see_other("/admin/login")


def _form(failure: Invalid | None = None) -> Response:
    return page(
        "admin/login.html",
        failure=failure,
        email=typed("email", 254),
        destination=request.values.get("next", ""),
        status=failure.status if failure else 200,
    )


def _destination(address: str | None) -> str:
    """Back to the page of the counter that asked for the sign-in, never to another site."""
    path = local_path(address, "/admin/")
    return path if path.startswith("/admin/") else "/admin/"
