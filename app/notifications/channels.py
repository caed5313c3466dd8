"""How a mail leaves the shop: through an SMTP server, or into a folder while there is none."""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Timer
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from app.config import Settings

STEP_TIMEOUT = 10.0
LONGEST_SENDING = 25.0
"""Seconds for all steps together; well below the lease, so that nobody else sends meanwhile."""
GOODBYE_TIMEOUT = 1.0
ACCEPTED = frozenset({250, 251})
NO_SUCH_ADDRESS = "5.1."
"""Enhanced status codes about the address itself (RFC 3463 §3.2); other refusals can be mended."""


class NotDelivered(Exception):
    """`permanent`: this message can never arrive. `unusable`: the channel takes no message now."""

    def __init__(self, reason: str, *, permanent: bool = False, unusable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unusable = unusable


class Channel(Protocol):
    """`reaches_people` is False where a mail only lies where the shop itself can read it."""

    reaches_people: bool

    def send(self, mail: EmailMessage) -> str:
        """Hand the mail over; returns the answer. Raises NotDelivered."""
        ...


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """Where to send and as whom; `security` is tls (from the first byte), starttls or none."""

    host: str
    port: int
    security: str
    user: str
    password: str

    @classmethod
    def parse(cls, url: str) -> SmtpAddress:
        """Read `smtp://user:password@host:port?starttls=1` or `smtps://…`; raises ValueError."""
        parts = urlsplit(url)
        starttls = parse_qs(parts.query).get("starttls", ["0"])[-1]
        known = parts.scheme in {"smtp", "smtps"} and starttls in {"0", "1"}
        if not known or not parts.hostname:
            raise ValueError("it reads smtp://user:password@host:port?starttls=1 or smtps://…")
        security = "tls" if parts.scheme == "smtps" else ("starttls" if starttls == "1" else "none")
        return cls(
            host=parts.hostname,
            port=parts.port or {"tls": 465, "starttls": 587, "none": 25}[security],
            security=security,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


def channel_for(settings: Settings) -> Channel:
    if settings.smtp_url:
        return SmtpChannel(SmtpAddress.parse(settings.smtp_url))
    return FolderChannel(settings.mail_dir)


class FolderChannel:
    """One .eml per message, named by its Message-ID: a repeat replaces what is there."""

    reaches_people = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: EmailMessage) -> str:
        path = self._folder / f"{mail['Message-ID'].strip('<>').partition('@')[0]}.eml"
        try:
            self._write(path, mail.as_bytes())
        except OSError as error:
            reason = f"{type(error).__name__}: {error.strerror}"
            raise NotDelivered(reason, unusable=True) from error
        return f"written to {path.name}"

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise


class SmtpChannel:
    """One conversation per mail. A server that says nothing, or only drips, is left after 25 s."""

    reaches_people = True

    def __init__(self, address: SmtpAddress) -> None:
        self._address = address

    def send(self, mail: EmailMessage) -> str:
        began = time.monotonic()
        with _refusals(unusable=True):
            client = self._connected(mail["From"].addresses[0].domain)
        deadline = Timer(LONGEST_SENDING - (time.monotonic() - began), _hang_up, [client])
        deadline.daemon = True
        deadline.start()
        try:
            with _refusals(unusable=True):
                self._greet(client)
            with _refusals(unusable=False):
                return _hand_over(client, mail)
        finally:
            _say_goodbye(client)
            deadline.cancel()

    def try_out(self, own_name: str) -> None:
        """Connect, greet and sign in without sending anything; raises NotDelivered."""
        with _refusals(unusable=True):
            client = self._connected(own_name)
        try:
            with _refusals(unusable=True):
                self._greet(client)
        finally:
            _say_goodbye(client)

    def _connected(self, own_name: str) -> smtplib.SMTP:
        # Without a name of our own smtplib asks the resolver for one, which may take long.
        host, port = self._address.host, self._address.port
        if self._address.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, own_name, timeout=STEP_TIMEOUT, context=context)
        return smtplib.SMTP(host, port, own_name, timeout=STEP_TIMEOUT)

    def _greet(self, client: smtplib.SMTP) -> None:
        if self._address.security == "starttls":
            client.starttls(context=ssl.create_default_context())
        client.ehlo_or_helo_if_needed()
        if self._address.user:
            client.login(self._address.user, self._address.password)


def _hand_over(client: smtplib.SMTP, mail: EmailMessage) -> str:
    """Say from whom, to whom, and what; returns the server's last answer."""
    content = mail.as_bytes()
    _accepted(client.mail(mail["From"].addresses[0].addr_spec))
    code, answer = client.rcpt(mail["To"].addresses[0].addr_spec)
    if code not in ACCEPTED:
        said = _said(code, answer)
        raise NotDelivered(said, permanent=said[4:].startswith(NO_SUCH_ADDRESS))
    return _accepted(client.data(content))


def _accepted(reply: tuple[int, bytes]) -> str:
    said = _said(*reply)
    if reply[0] not in ACCEPTED:
        raise NotDelivered(said)
    return said


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"


@contextmanager
def _refusals(*, unusable: bool) -> Iterator[None]:
    """Turn what the network and the server may raise into NotDelivered."""
    try:
        yield
    except smtplib.SMTPResponseException as refused:
        reason = _said(refused.smtp_code, refused.smtp_error)
        raise NotDelivered(reason, unusable=unusable) from refused
    except OSError as error:
        raise NotDelivered(f"{type(error).__name__}: {error}", unusable=True) from error


def _hang_up(client: smtplib.SMTP) -> None:
    if client.sock is not None:
        with suppress(OSError):
            client.sock.shutdown(socket.SHUT_RDWR)


def _say_goodbye(client: smtplib.SMTP) -> None:
    """The mail is accepted or refused by now: whatever the server says to QUIT changes nothing."""
    if client.sock is not None:
        with suppress(OSError):
            client.sock.settimeout(GOODBYE_TIMEOUT)
            client.quit()
    client.close()
