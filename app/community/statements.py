"""A leader's month: as a sheet, as files, and by mail to where files can be opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.community.queries.statement import statement
from app.community.sheets.rows import Occasion
from app.community.sheets.statement import statement_sheet
from app.notifications import commands as notifications
from app.notifications.mime import File
from app.orders.mail_words import Words
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.rendering import public_url, render
from app.platform.sheets import Sheet, to_csv, to_pdf, to_xlsx
from app.shop.queries import staff_member

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Form:
    """How a sheet becomes a file."""

    write: Callable[[Sheet], bytes]
    mimetype: str


FORMS: Mapping[str, Form] = {
    "xlsx": Form(to_xlsx, XLSX),
    "csv": Form(to_csv, "text/csv"),
    "pdf": Form(to_pdf, "application/pdf"),
}
MAILED = ("xlsx", "csv")


def month_file(first: date, kind: str, actor: Actor, *, now: datetime) -> File:
    """The month that begins on `first` as a file, in the language being spoken."""
    return _file(_sheet(first, actor, now), first, kind)


def mail_month(first: date, actor: Actor, *, now: datetime) -> str:
    """Send somebody their month as files; returns to whom. Again within ten minutes sends nothing.

    The files are made before anything is written.
    """
    member = staff_member(actor.id or 0, actor)
    month, sheet = f"{first:%Y-%m}", _sheet(first, actor, now)
    words = Words(
        _("Statement of %(month)s", month=month),
        _("Your statement of %(month)s", month=month),
        (_("It is attached, as an Excel workbook and as CSV. Names in it are shortened."),),
        _("See my groups"),
    )
    context = {
        "words": words,
        "subject": words.subject,
        "link": public_url("/admin/groups"),
        "why": _("You get this mail because you asked for it on the page of your groups."),
    }
    notifications.queue(
        kind="community.statement",
        event=f"community.statement:{member.id}:{month}:{now:%Y%m%dT%H}{now.minute // 10}",
        recipient=member.email, locale=current_locale(), subject=words.subject,
        text=render("presale/mail/letter.txt", **context),
        html=render("presale/mail/letter.html", **context),
        files=[_file(sheet, first, kind) for kind in MAILED], now=now,
    )  # fmt: skip
    return member.email


def _sheet(first: date, actor: Actor, now: datetime) -> Sheet:
    current = settings()
    occasion = Occasion(
        subject=f"{first:%Y-%m}", printed_at=now, zone=current.zone, currency=current.currency
    )
    return statement_sheet(statement(first, actor, now=now), occasion)


def _file(sheet: Sheet, first: date, kind: str) -> File:
    form = FORMS[kind]
    return File(f"{first:%Y-%m}.{kind}", form.mimetype, form.write(sheet))
