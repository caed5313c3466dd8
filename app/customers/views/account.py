"""A shopper's own pages: overview, profile, password, a copy of everything, leaving for good."""

from __future__ import annotations

from flask import Response, current_app, flash, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers import commands, queries
from app.customers.forms import ProfileForm, read_new_password
from app.customers.views import session as sessions
from app.customers.views.area import guarded, recently_signed_in
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor

bp = guarded("account")


@bp.get("/me")
def show() -> Response:
    actor = current_actor()
    return page(
        "customers/me.html",
        profile=queries.profile(actor),
        addresses=queries.addresses(actor),
    )


@bp.get("/me/profile")
def edit() -> Response:
    profile = queries.profile(current_actor())
    typed = {"name": profile.name, "phone": profile.phone, "locale": profile.locale}
    return _profile_page(ProfileForm(typed))


@bp.post("/me/profile")
def update() -> BaseResponse:
    form = ProfileForm.read(request.form)
    details = form.check()
    if details is None:
        return _profile_page(form, status=422)
    commands.change_profile(actor=current_actor(), now=clock.now(), **details)
    flash(_("Saved."), "ok")
    return see_other(url_for("account.edit"))


@bp.get("/me/password")
@recently_signed_in
def edit_password() -> BaseResponse:
    return _password_page({})


@bp.post("/me/password")
@recently_signed_in
def update_password() -> BaseResponse:
    """Set it, end every session, and go on in this one."""
    new_password, fault = read_new_password(request.form, required=True)
    if new_password is None:
        return _password_page({"new_password": fault or ""})
    actor, remembered = current_actor(), session.permanent
    commands.change_password(new_password, actor=actor, now=clock.now())
    sessions.begin(actor.id or 0, remembered=remembered, now=clock.now())
    flash(_("The password is set. Other devices are signed out."), "ok")
    return see_other(url_for("account.edit"))


@bp.post("/me/sessions/end")
def end_sessions() -> BaseResponse:
    commands.sign_out_everywhere(actor=current_actor(), now=clock.now())
    sessions.end()
    return see_other(url_for("sign_in.show"))


@bp.get("/me/export")
def export() -> Response:
    """Everything that is kept about the shopper, as a JSON file."""
    now = clock.now()
    kept = queries.everything_about(current_actor(), now=now)
    response = current_app.response_class(
        current_app.json.dumps(kept, ensure_ascii=False, indent=2), mimetype="application/json"
    )
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"vitrine-{now:%Y-%m-%d}.json"
    )
    return response


@bp.get("/me/delete")
@recently_signed_in
def confirm_deletion() -> BaseResponse:
    return _deletion_page({})


@bp.post("/me/delete")
@recently_signed_in
def delete() -> BaseResponse:
    if not request.form.get("sure"):
        return _deletion_page({"sure": _("Please tick this if you want to delete your account.")})
    commands.erase(actor=current_actor(), now=clock.now())
    sessions.end()
    return see_other(url_for("sign_in.goodbye"))


def _profile_page(form: ProfileForm, status: int = 200) -> Response:
    return page(
        "customers/profile.html",
        status=status,
        profile=queries.profile(current_actor()),
        typed=form.typed,
        errors=form.errors,
    )


def _password_page(errors: dict[str, str]) -> Response:
    return page(
        "customers/password.html",
        status=422 if errors else 200,
        profile=queries.profile(current_actor()),
        errors=errors,
    )


def _deletion_page(errors: dict[str, str]) -> Response:
    return page(
        "customers/delete.html",
        status=422 if errors else 200,
        profile=queries.profile(current_actor()),
        errors=errors,
    )
