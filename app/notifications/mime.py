"""A stored message as the mail that travels: text and HTML, marked as written by a machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

# Not every server on the way takes eight bits, so Chinese travels as quoted-printable or base64.
POLICY = policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class File:
    """What travels with a mail; `name` is what it is saved as."""

    name: str
    mimetype: str
    content: bytes


class Stored(Protocol):
    """What is needed of a message to write its mail."""

    @property
    def recipient(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def message_id(self) -> str: ...
    @property
    def queued_at(self) -> datetime: ...
    @property
    def files(self) -> Sequence[File]: ...


def as_mail(message: Stored, sender: str) -> EmailMessage:
    """The mail, with the same headers each time; raises ValueError for an unfit header."""
    if "@" not in message.recipient:
        raise ValueError("the recipient is no address")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(message.queued_at)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for file in message.files:
        kind, _slash, subtype = file.mimetype.partition("/")
        mail.add_attachment(file.content, kind, subtype, filename=file.name)
    # Last, because every Content- header there is before moves into the first alternative.
    mail["Content-Language"] = message.locale
    return mail
