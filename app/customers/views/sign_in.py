"""Come in and go out. Every answer is the same whether or not an address has an account."""

from __future__ import annotations

from flask import Blueprint, Response, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers import commands, queries, rules
from app.customers.forms import read_email, read_new_password
from app.customers.views import session as sessions
from app.platform import clock
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter, tries, typed_email
from app.platform.web.pages import local_path

OWN_PAGE = "/me"
TRIES = tries("5/minute", alone="2/minute")

bp = Blueprint("sign_in", __name__)


def coded_email() -> str:
    """A limit's key: the address whose code somebody types."""
    return f"email:{sessions.code_is_for()}"


@bp.get("/login")
def show() -> BaseResponse:
    if sessions.is_recent(now=clock.now()):
        return see_other(_target())
    is_signed_in = current_actor().kind == "customer"
    email = queries.profile(current_actor()).email if is_signed_in else ""
    return _login_page(email, again=is_signed_in)


@bp.post("/login")
@limiter.limit(TRIES, key_func=typed_email)
@limiter.limit(TRIES)
def create() -> BaseResponse:
    """A session by password (`by=password`), or a code on its way to the address."""
    email, fault = read_email(request.form.get("email", ""))
    by_password = request.form.get("by") == "password"
    if fault:
        return _login_page(email, {"email": fault}, by_password=by_password, status=422)
    return _create_by_password(email) if by_password else _mail_code(email)


@bp.get("/login/code")
def show_code() -> BaseResponse:
    if not sessions.code_is_for():
        return see_other(url_for("sign_in.show", next=_target()))
    return _code_page({})


@bp.post("/login/code")
@limiter.limit(TRIES, key_func=coded_email)
@limiter.limit(TRIES)
def create_by_code() -> BaseResponse:
    email = sessions.code_is_for()
    if not email:
        return see_other(url_for("sign_in.show", next=_target()))
    new_password, fault = read_new_password(request.form, required=False)
    if fault:
        return _code_page({"new_password": fault})
    now, code = clock.now(), rules.typed_code(request.form.get("code", ""))
    customer_id = commands.by_code(
        email, code, new_password=new_password, locale=current_locale(), now=now
    )
    if customer_id is None:
        return _code_page({"code": _("This code is not right, or it no longer holds.")})
    return _welcome(customer_id)


@bp.post("/logout")
def end() -> BaseResponse:
    sessions.end()
    return see_other("/")


@bp.get("/goodbye")
def goodbye() -> Response:
    return page("customers/goodbye.html")


@bp.context_processor
def frame() -> dict[str, object]:
    return {"target": _target(), "robots": "noindex"}


@bp.after_request
def keep_private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _create_by_password(email: str) -> BaseResponse:
    customer_id = commands.by_password(email, request.form.get("password", ""))
    if customer_id is None:
        fault = _("This address and this password do not belong together. A code always works.")
        return _login_page(email, {"password": fault}, by_password=True, status=422)
    return _welcome(customer_id)


def _mail_code(email: str) -> BaseResponse:
    commands.request_code(email, locale=current_locale(), now=clock.now())
    session[sessions.CODE_FOR] = email
    return see_other(url_for("sign_in.show_code", next=_target()))


def _welcome(customer_id: int) -> BaseResponse:
    target, remembered = _target(), bool(request.form.get("remember"))
    sessions.begin(customer_id, remembered=remembered, now=clock.now())
    return see_other(target)


def _login_page(
    email: str,
    errors: dict[str, str] | None = None,
    *,
    by_password: bool = False,
    again: bool = False,
    status: int = 200,
) -> Response:
    return page(
        "customers/login.html",
        status=status,
        email=email,
        errors=errors or {},
        by_password=by_password,
        again=again,
    )


def _code_page(errors: dict[str, str]) -> Response:
    status = 422 if errors else 200
    return page("customers/code.html", status=status, email=sessions.code_is_for(), errors=errors)


def _target() -> str:
    """Where to go after signing in; only within this shop."""
    return local_path(request.values.get("next"), OWN_PAGE)
