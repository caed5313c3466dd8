"""Templates rendered outside a request, as mails are."""

from __future__ import annotations

from flask import current_app

from app.platform.configuration import settings


def render(template: str, **context: object) -> str:
    """The rendered template, in the language being spoken (`i18n.speaking`)."""
    return current_app.jinja_env.get_template(template).render(**context)


def public_url(path: str) -> str:
    """The absolute address of a path of this shop, for mails and other shops' eyes."""
    return settings().public_url.rstrip("/") + path
