"""Templates rendered outside a request, as mails are."""

from __future__ import annotations

from email.utils import parseaddr

from flask import current_app

from app.platform.configuration import settings
from app.platform.i18n import current_locale


def render(template: str, **context: object) -> str:
    """The rendered template, in the language being spoken (`i18n.speaking`)."""
    frame = {"locale": current_locale(), "shop": _shop()}
    return current_app.jinja_env.get_template(template).render({**frame, **context})


def public_url(path: str) -> str:
    """The absolute address of a path of this shop, for mails and other shops' eyes."""
    return settings().public_url.rstrip("/") + path


def shop_name() -> str:
    """What the shop is called in the language being spoken."""
    current = settings()
    return current.shop_name_zh if current_locale() == "zh-Hans" else current.shop_name_en


def _shop() -> dict[str, str]:
    return {
        "name": shop_name(),
        "email": parseaddr(settings().mail_from)[1],
        "url": public_url("/"),
    }
