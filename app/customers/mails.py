"""What accounts write to their owners."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from app.platform.configuration import settings
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.platform.rendering import render


class CodeLetter(TypedDict):
    locale: str
    subject: str
    text: str
    html: str


def code_letter(email: str, code: str, *, until: datetime, locale: str) -> CodeLetter:
    """The mail with a code, which is not in its subject: that shows on locked screens."""
    current = settings()
    name = current.shop_name_zh if locale == "zh-Hans" else current.shop_name_en
    with speaking(locale):
        subject = _("Your sign-in code for %(shop)s", shop=name)
        context = {
            "locale": locale,
            "shop": {"name": name},
            "subject": subject,
            "code": code,
            "until": until,
            "why": _("Sent because a code was asked for with the address %(email)s.", email=email),
        }
        text = render("customers/mail/code.txt", **context)
        html = render("customers/mail/code.html", **context)
    return CodeLetter(locale=locale, subject=subject, text=text, html=html)
