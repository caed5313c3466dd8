"""Paste a chat list and see what was read. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.lists.draft import MOST_SIGNS, Draft
from app.admin.groups.lists.words import ASIDES, CHANGES
from app.community.queries.campaigns import SHAREABLE
from app.community.queries.links import LinkView, own_links
from app.platform import clock, numbers
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires


@dataclass
class PasteForm:
    """A list as it was pasted, and by which link of the leader's people are to join."""

    link: str = ""
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> PasteForm:
        text = request.form.get("text", "").replace("\x00", "")
        form = cls(frame.typed("link", 20), text[: MOST_SIGNS * 2])
        if not text.strip():
            form.errors["text"] = _("Paste the list first.")
        elif len(text) > MOST_SIGNS:
            form.errors["text"] = _(
                "This is too long: at most %(count)d characters at once. Paste it in parts.",
                count=MOST_SIGNS,
            )
        return form

    def chosen(self, links: list[LinkView]) -> LinkView | None:
        """The link that was chosen among one's own, or None with `errors` filled."""
        found = next((link for link in links if link.code == self.link), None)
        if found is None:
            self.errors["link"] = _("Please choose a presale and a group.")
        return found


@bp.get("/lists")
@requires("groups.share")
def paste() -> Response:
    """`?link=` is the code of the link it is for, `?campaign=` leaves only the links of one."""
    return paste_page(PasteForm(frame.asked("link", 20)))


@bp.get("/lists/draft")
@requires("groups.share")
def paste_again() -> BaseResponse:
    """A draft is no page of its own: a reload leads to where the list is pasted."""
    return see_other(url_for("admin_groups.paste"))


@bp.post("/lists/draft")
@requires("groups.share")
def create_draft() -> Response:
    """What was read, to be looked through; nothing is kept."""
    form = PasteForm.read()
    link = form.chosen(open_links())
    if form.errors or link is None or "edit" in request.form:
        return paste_page(form, status=422 if form.errors else 200)
    draft = Draft.of(link, form.text, None, clock.now())
    if draft.is_empty:
        form.errors["text"] = _(
            "No line of this looks as if somebody ordered something. "
            "A list has a line for each person: 1. 小鱼 M×2"
        )
        return paste_page(form, status=422)
    return draft_page(draft)


def open_links() -> list[LinkView]:
    """One's own links that somebody can still join by, the latest first."""
    now = clock.now()
    return [
        link
        for link in own_links(current_actor())
        if link.state in SHAREABLE and link.closes_at > now and link.revoked_at is None
    ]


def paste_page(
    form: PasteForm, *, failure: DomainError | None = None, status: int = 200
) -> Response:
    links, campaign_id = open_links(), numbers.whole(frame.asked("campaign", 20))
    shown = [link for link in links if campaign_id in (None, link.campaign_id)]
    return page(
        "admin/groups/lists/paste.html",
        status=status,
        form=form,
        failure=failure,
        links=shown,
        most_signs=MOST_SIGNS,
    )


def draft_page(draft: Draft, *, failure: DomainError | None = None, status: int = 200) -> Response:
    return page(
        "admin/groups/lists/draft.html",
        status=status,
        draft=draft,
        failure=failure,
        asides=ASIDES,
        changes=CHANGES,
        skus=[(sku.id, sku.label) for sku in draft.view.skus],
    )
