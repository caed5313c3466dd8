"""The pages of an account, as tabs above each of them."""

from __future__ import annotations

from app.platform.i18n import gettext as _


def account_tabs(here: str) -> list[dict[str, object]]:
    """For `layouts/account.html`; `here` is the path of the page that is shown."""
    tabs = (
        ("/me", _("Overview")),
        ("/me/orders", _("Orders")),
        ("/wishes", _("Wish list")),
        ("/me/addresses", _("Addresses")),
        ("/me/profile", _("Profile")),
    )
    return [
        {"label": label, "href": href, "current": _leads_to(href, here)} for href, label in tabs
    ]


def _leads_to(href: str, here: str) -> bool:
    return here == href or (href != "/me" and here.startswith(f"{href}/"))
