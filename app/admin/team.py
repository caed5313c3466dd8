"""The team: who works here, in which role, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.words import PERMISSION_NAMES, ROLES
from app.platform import clock
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.shop import commands, team
from app.shop.models import Role
from app.shop.permissions import permissions_of, runs_the_shop
from app.shop.queries import staff, staff_member

bp = Blueprint("admin_team", __name__, url_prefix="/admin/team")


@dataclass
class NewMember:
    """The form as it was typed, but for the password, which is typed anew."""

    name: str = ""
    email: str = ""
    role: str = Role.FULFILMENT
    errors: dict[str, str] = field(default_factory=dict)


@bp.get("")
@requires("staff.view")
def index() -> Response:
    return _list(NewMember())


@bp.post("")
@requires("staff.manage")
def create() -> BaseResponse:
    form = NewMember(frame.typed("name", 100), frame.typed("email", 254), frame.typed("role", 20))
    if form.role not in set(Role):
        form.errors["role"] = _("Choose a role.")
        return _list(form)
    actor = current_actor()
    new = commands.NewStaff(
        form.email, form.name, Role(form.role), request.form.get("password", ""), current_locale()
    )
    try:
        commands.create_staff(actor.merchant_id or 0, new, actor=actor, now=clock.now())
    except Invalid as failure:
        form.errors.update(failure.errors)
        return _list(form)
    return frame.done("/admin/team", _("%(name)s belongs to the team.", name=form.name))


@bp.get("/roles")
@requires("staff.view")
def roles() -> Response:
    """Who may do what, as the code has it."""
    is_house = runs_the_shop(current_actor())
    granted = {role: permissions_of(role, is_house=is_house) for role in Role}
    return page("admin/roles.html", granted=granted, roles=ROLES, names=PERMISSION_NAMES)


@bp.get("/<row:staff_id>")
@requires("staff.view")
def show(staff_id: int) -> Response:
    return _member(staff_id)


@bp.post("/<row:staff_id>/role")
@requires("staff.manage")
def update_role(staff_id: int) -> BaseResponse:
    role = frame.typed("role", 20)
    if role not in set(Role):
        return _member(staff_id, Invalid({"role": _("Choose a role.")}))
    try:
        commands.change_role(staff_id, Role(role), actor=current_actor(), now=clock.now())
    except Conflict as failure:
        return _member(staff_id, failure)
    return frame.done(f"/admin/team/{staff_id}", _("The role is changed, at once."))


@bp.post("/<row:staff_id>/password")
@requires("staff.manage")
def update_password(staff_id: int) -> BaseResponse:
    """For a member who has forgotten it; they are signed out everywhere."""
    password = request.form.get("password", "")
    try:
        commands.set_password(staff_id, password, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _member(staff_id, failure)
    return frame.done(f"/admin/team/{staff_id}", _("The password is set."))


@bp.post("/<row:staff_id>/dismissal")
@requires("staff.manage")
def create_dismissal(staff_id: int) -> BaseResponse:
    try:
        team.dismiss(staff_id, actor=current_actor(), now=clock.now())
    except Conflict as failure:
        return _member(staff_id, failure)
    return frame.done(f"/admin/team/{staff_id}", _("Dismissed and signed out everywhere."))


@bp.post("/<row:staff_id>/return")
@requires("staff.manage")
def create_return(staff_id: int) -> BaseResponse:
    team.take_back(staff_id, actor=current_actor(), now=clock.now())
    return frame.done(f"/admin/team/{staff_id}", _("Back in the team."))


def _list(form: NewMember) -> Response:
    return page(
        "admin/team.html",
        status=422 if form.errors else 200,
        members=staff(current_actor()),
        form=form,
        roles=ROLES,
        role_options=_role_options(),
    )


def _member(staff_id: int, failure: DomainError | None = None) -> Response:
    errors = failure.errors if isinstance(failure, Invalid) else {}
    return page(
        "admin/member.html",
        status=failure.status if failure else 200,
        member=staff_member(staff_id, current_actor()),
        failure=failure if not errors else None,
        errors=errors,
        roles=ROLES,
        role_options=_role_options(),
    )


def _role_options() -> list[tuple[str, str]]:
    return [
        (role.value, _("%(role)s: %(may)s", role=name, may=may))
        for role, (name, may) in ROLES.items()
    ]
