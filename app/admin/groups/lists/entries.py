"""A link's list: who has joined, who has not, and what to send them."""

from __future__ import annotations

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.lists.words import STANDS
from app.community.commands import lists
from app.community.list_words import Occasion, personal_reminder, reminder
from app.community.queries import links as queries
from app.community.queries.links import LinkView
from app.community.queries.lists import Stand, entries, last_paste, sku_names
from app.community.rules.codes import spaced
from app.platform import clock
from app.platform.i18n import LANGUAGES, current_locale, speaking
from app.platform.i18n import gettext as _
from app.platform.masking import masked_name
from app.platform.rendering import public_url
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.queries import pages
from app.presale.rules.stage import BEFORE_CLOSE


@bp.get("/g/<code>/list")
@requires("groups.view")
def show_list(code: str) -> Response:
    """`?text=` is the language of the reminders."""
    actor = current_actor()
    shared = queries.link(code, actor)
    found = entries(shared.id)
    occasion = occasion_of(shared, asked_language())
    waiting = [each for each in found if each.stand is Stand.WAITING]
    is_own = actor.id == shared.leader_id or actor.may("pii.view")
    return page(
        "admin/groups/lists/list.html",
        link=shared,
        is_open=occasion.view.stage in BEFORE_CLOSE and shared.revoked_at is None,
        waiting=waiting,
        joined=[each for each in found if each.stand in {Stand.JOINED, Stand.LEFT}],
        withdrawn=[each for each in found if each.stand is Stand.WITHDRAWN],
        stands=STANDS,
        labels={sku.id: sku.label for sku in pages.by_id(shared.campaign_id, now=clock.now()).skus},
        spaced=spaced,
        said_name=(lambda name: name) if is_own else masked_name,
        is_own=is_own,
        own_link=occasion.own_link,
        language=occasion.language,
        reminder=reminder(occasion, waiting) if waiting else "",
        personal=lambda entry: personal_reminder(occasion, entry),
        paste=last_paste(shared.id),
    )


@bp.post("/g/<code>/list/<row:entry_id>/withdrawal")
@requires("groups.share")
def create_withdrawal(code: str, entry_id: int) -> BaseResponse:
    lists.withdraw(code, entry_id, actor=current_actor(), now=clock.now())
    said = _("Taken out of the list. It can be put back below.")
    return frame.done(url_for("admin_groups.show_list", code=code), said)


@bp.post("/g/<code>/list/<row:entry_id>/restoration")
@requires("groups.share")
def create_entry_restoration(code: str, entry_id: int) -> BaseResponse:
    lists.take_back(code, entry_id, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_groups.show_list", code=code), _("Back on the list."))


def occasion_of(shared: LinkView, language: str) -> Occasion:
    """What texts about a link's list are made of, loaded in their language."""
    with speaking(language):
        view = pages.by_id(shared.campaign_id, now=clock.now())
    return Occasion(view, public_url(shared.path), sku_names(shared.campaign_id), language)


def asked_language() -> str:
    """`?text=`, else the reader's own."""
    language = frame.asked("text", 10)
    return language if language in LANGUAGES else current_locale()
