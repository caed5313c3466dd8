"""One group: what it is called, and putting it away."""

from __future__ import annotations

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.forms import GroupForm
from app.community.commands import groups
from app.community.queries import links as queries
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires


@bp.get("/groups/<row:chat_group_id>")
@requires("groups.view")
def show_group(chat_group_id: int) -> Response:
    return _group(chat_group_id, GroupForm.of(queries.group(chat_group_id, current_actor())))


@bp.post("/groups/<row:chat_group_id>")
@requires("groups.share")
def update_group(chat_group_id: int) -> BaseResponse:
    form, actor = GroupForm.read(), current_actor()
    try:
        groups.change(chat_group_id, form.words, actor=actor, now=clock.now())
    except Invalid as failure:
        form.errors.update(failure.errors)
        return _group(chat_group_id, form, status=422)
    return frame.done(url_for("admin_groups.index"), _("Saved."))


@bp.post("/groups/<row:chat_group_id>/archive")
@requires("groups.share")
def create_archive(chat_group_id: int) -> BaseResponse:
    groups.archive(chat_group_id, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_groups.index"), _("The group is put away. Its links go on."))


@bp.post("/groups/<row:chat_group_id>/restoration")
@requires("groups.share")
def create_restoration(chat_group_id: int) -> BaseResponse:
    groups.restore(chat_group_id, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_groups.index"), _("The group is back."))


def _group(chat_group_id: int, form: GroupForm, *, status: int = 200) -> Response:
    group = queries.group(chat_group_id, current_actor())
    return page("admin/groups/group.html", status=status, group=group, form=form)
