"""One's own account: name and role, language, password, and leaving every device at once."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request, session
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.words import ROLES
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import LANGUAGES, set_locale
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, forget_actor
from app.platform.web.language import LANGUAGE_COOKIE, ONE_YEAR
from app.shop import team
from app.shop.models import Role, Staff
from app.shop.queries import staff_member

LANGUAGE_NAMES = [("zh-Hans", "简体中文"), ("en", "English")]
bp = Blueprint("admin_account", __name__, url_prefix="/admin/me")


@bp.get("")
@frame.any_staff
def show() -> Response:
    return _page()


@bp.post("/language")
@frame.any_staff
def update_language() -> BaseResponse:
    """The language that the next sign-in begins in, and this one goes on in."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        return _page(Invalid({"language": _("Choose one of the languages.")}))
    actor = current_actor()
    team.set_language(_id(), language, actor=actor, now=clock.now())
    set_locale(language)
    response = make_response(frame.done("/admin/me", _("Saved.")))
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure,
        httponly=True,
    )  # fmt: skip
    return response


@bp.post("/password")
@frame.any_staff
def update_password() -> BaseResponse:
    """A new password signs out every other device; this one stays."""
    try:
        team.change_own_password(
            _id(), request.form.get("current", ""), request.form.get("password", ""),
            actor=current_actor(), now=clock.now(),
        )  # fmt: skip
    except Invalid as failure:
        return _page(failure)
    _stay()
    return frame.done("/admin/me", _("The password is changed; other devices are signed out."))


@bp.post("/departure")
@frame.any_staff
def leave_everywhere() -> BaseResponse:
    """Sign out on every device, this one too."""
    team.end_sessions(_id(), actor=current_actor(), now=clock.now())
    logout_user()
    session.clear()
    forget_actor()
    return frame.done("/admin/login", _("Signed out everywhere."))


def _id() -> int:
    staff_id = current_actor().id
    if staff_id is None:
        raise AssertionError("staff have an id")
    return staff_id


def _stay() -> None:
    """Take up the new session, since the old one has ended with all the others."""
    forget_actor()
    login_user(_member())


def _member() -> Staff:
    return staff_member(_id(), current_actor())


def _page(failure: Invalid | None = None) -> Response:
    member = _member()
    return page(
        "admin/account.html",
        status=failure.status if failure else 200,
        member=member,
        role=ROLES[Role(member.role)],
        language_options=LANGUAGE_NAMES,
        errors=failure.errors if failure else {},
    )
