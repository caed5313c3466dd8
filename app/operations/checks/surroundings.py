"""What the shop was told: the mail server, its own address, its secrets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from app.config import Settings
from app.notifications.channels import NotDelivered, SmtpAddress, SmtpChannel
from app.operations.findings import Finding, failed, ok, warning

FEWEST_DIFFERENT_CHARACTERS = 12
EXAMPLE = ".example"
OTHERS = 0o077
NEW_SECRET = "python -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105
IN_CLEAR = frozenset({"none"})
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def examine(known: Settings) -> Iterator[Finding]:
    yield _mail(known)
    yield _address(known)
    yield _secret_key(known)
    yield from _other_secrets(known)


def _mail(known: Settings) -> Finding:
    if known.smtp_url is None:
        said = f"no SMTP_URL: mails are only written to {known.mail_dir}"
        if known.is_production:
            return warning("mail", said, "Set SMTP_URL=smtp://user:password@host:587?starttls=1.")
        return ok("mail", said)
    address = SmtpAddress.parse(known.smtp_url)
    place = f"{address.host}:{address.port}"
    sender = parseaddr(known.mail_from)[1]
    domain = sender.rpartition("@")[2]
    try:
        SmtpChannel(address).try_out(domain)
    except NotDelivered as refusal:
        said = f"{place} does not take us: {refusal.reason}"
        return failed("mail", said, "Correct SMTP_URL, or ask whoever runs that server.")
    if address.security in IN_CLEAR and address.user and address.host not in HERE:
        advice = "Add ?starttls=1 to SMTP_URL, or use smtps://."
        return warning("mail", f"the password goes to {place} in the clear", advice)
    if known.is_production and domain.endswith(EXAMPLE):
        return warning("mail", f"{sender} is nobody's address", "Set VITRINE_MAIL_FROM.")
    return ok("mail", f"{place} takes us")


def _address(known: Settings) -> Finding:
    parts = urlsplit(known.public_url)
    host = parts.hostname or ""
    trusted = any(
        host == name or (name.startswith(".") and f".{host}".endswith(name))
        for name in known.trusted_hosts
    )
    if not trusted:
        said = f"{host} is not among {', '.join(known.trusted_hosts)}"
        return failed("address", said, "Every visitor is refused: add it to VITRINE_TRUSTED_HOSTS.")
    if known.is_production and known.proxy_count == 0:
        said = f"{known.public_url}, but no proxy is expected"
        advice = "Behind a proxy set VITRINE_PROXY_COUNT=1, or limits count all visitors as one."
        return warning("address", said, advice)
    return ok("address", known.public_url)


def _secret_key(known: Settings) -> Finding:
    different = len(set(known.secret_key))
    if different < FEWEST_DIFFERENT_CHARACTERS:
        said = f"only {different} different characters"
        return failed("secret key", said, f"Make a random VITRINE_SECRET_KEY: {NEW_SECRET}")
    kept = known.data_dir / "secret_key"
    if kept.exists() and os.name == "posix" and kept.stat().st_mode & OTHERS:
        return warning("secret key", f"{kept} can be read by others", f"chmod 600 {kept}")
    return ok("secret key", f"{len(known.secret_key)} characters")


def _other_secrets(known: Settings) -> Iterator[Finding]:
    """What only production must have: a shop of development has demo values."""
    if not known.is_production:
        return
    open_doors = {
        "VITRINE_METRICS_TOKEN": (known.metrics_token, "anybody can read /metrics"),
        "VITRINE_STANDARD_CARRIER_SECRET": (
            known.standard_carrier_secret,
            "callbacks of standard carriers are refused",
        ),
        "VITRINE_KUAIDI100_SALT": (known.kuaidi100_salt, "callbacks of Kuaidi100 are refused"),
    }
    for name, (value, meaning) in open_doors.items():
        if not value:
            yield warning("secrets", f"{name} is not set: {meaning}", f"Set it: {NEW_SECRET}")
