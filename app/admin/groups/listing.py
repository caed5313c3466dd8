"""The leader's first page: share something, and every group with what its links brought."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.forms import GroupForm, ShareForm
from app.admin.groups.sharing import is_boxed
from app.admin.presales.words import STATES
from app.community.commands import groups, links
from app.community.errors import GroupArchived, NotShareable
from app.community.models import EVERY_GROUP
from app.community.queries import links as queries
from app.community.queries.campaigns import all_shareable
from app.community.queries.standings import figures
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.shop.queries import staff


@bp.get("/groups")
@requires("groups.view")
def index() -> Response:
    """`?archived=1` shows the groups that were put away."""
    return _list()


@bp.post("/groups")
@requires("groups.share")
def create() -> BaseResponse:
    form, actor = GroupForm.read(), current_actor()
    try:
        groups.create(form.words, actor=actor, now=clock.now(), leader_id=form.leader_id)
    except Invalid as failure:
        form.errors.update(failure.errors)
        return _list(new=form, status=422)
    return frame.done(
        url_for("admin_groups.index"), _("“%(name)s” is one of your groups now.", name=form.name)
    )


@bp.post("/g")
@requires("groups.share")
def create_link() -> BaseResponse:
    """The one link of a presale in a group; asked for again, the same one."""
    form, actor = ShareForm.read(), current_actor()
    if form.campaign_id is None or form.group_id is None:
        return _list(share=form, status=422)
    try:
        code = links.share(form.campaign_id, form.group_id, actor=actor, now=clock.now())
    except (NotShareable, GroupArchived) as failure:
        form.errors["campaign" if isinstance(failure, NotShareable) else "group"] = failure.message
        return _list(share=form, status=422)
    return frame.done(url_for("admin_groups.share", code=code), _("The link is ready."))


def _list(
    *, share: ShareForm | None = None, new: GroupForm | None = None, status: int = 200
) -> Response:
    actor, now = current_actor(), clock.now()
    archived = frame.asked("archived") == "1"
    own = queries.groups(actor, archived=archived)
    response = page(
        "admin/groups/list.html",
        fragment="groups",
        status=status,
        groups=own,
        figures=figures((link.id for group in own for link in group.links), now=now),
        campaigns=all_shareable(actor, now=now),
        states=STATES,
        share=share or ShareForm(group=frame.asked("group", 20)),
        new=new or GroupForm(),
        colleagues=_colleagues(),
        archived=archived,
        months=_months(now),
        in_chat_app=is_boxed(),
        money=lambda minor: Money(minor, settings().currency),
    )
    return frame.unless_unchanged(response)


def _months(now: datetime) -> list[str]:
    """This month and the one before, which is the one that is settled."""
    today = now.astimezone(settings().zone).date()
    before = today.replace(day=1) - timedelta(days=1)
    return [f"{before:%Y-%m}", f"{today:%Y-%m}"]


def _colleagues() -> list[tuple[int, str]]:
    """Whom a group can be for; nobody to choose from for a leader of one's own groups only."""
    actor = current_actor()
    if not actor.may(EVERY_GROUP) or not actor.may("groups.share"):
        return []
    return [(member.id, member.name) for member in staff(actor) if member.active]
