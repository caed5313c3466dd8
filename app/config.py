"""Settings, read once; whatever is missing, malformed or unknown stops the start."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEMO_SECRET_PREFIX = "demo-"  # noqa: S105  (a marker that production refuses, not a secret)
DEMO_ACCOUNT = "Vitrine Demo Bank · 0000 0000 0000 · Vitrine Ltd."
ENVIRONMENTS = ("development", "production", "testing")
SEARCH_ENGINES = frozenset({"whoosh", "postgresql"})
DATABASES = ("sqlite:///", "postgresql+psycopg://", "postgresql://")
PAYMENT_METHODS = frozenset({"sandbox", "bank_transfer"})
LANGUAGES = ("en", "zh-Hans")
SHORTEST_SECRET = 32
SANDBOX_ABOVE_PORT = 10


class SettingsError(RuntimeError):
    """A setting is missing, malformed or unknown; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the process may be told from outside. Durations are seconds, sizes bytes."""

    environment: str
    data_dir: Path
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    public_url: str
    trusted_hosts: tuple[str, ...]
    host: str = "127.0.0.1"
    port: int = 8000
    proxy_count: int = 0
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    default_language: str = "zh-Hans"
    shop_name_en: str = "Vitrine · The Old Wardrobe"
    shop_name_zh: str = "Vitrine · 旧日衣橱"
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "Vitrine <shop@vitrine.example>"
    payment_methods: tuple[str, ...] = ("sandbox", "bank_transfer")
    sandbox_url: str = "http://127.0.0.1:8010"
    sandbox_key: str = field(default="demo-sandbox-key", repr=False)
    sandbox_secret: str = field(default="demo-sandbox-secret", repr=False)
    sandbox_merchant: str = "vitrine-demo"
    standard_carrier_secret: str = field(default="", repr=False)
    kuaidi100_salt: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    log_level: str = "INFO"
    log_format: str = "json"
    bank_account: str = DEMO_ACCOUNT
    filing_number: str = ""
    doorbell: bool = True
    review_invitations: bool = True
    search: str = "whoosh"
    page_cache_mb: int = 24
    shared_age: int = 0

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """What we sign with, then what still counts as signed by us."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @property
    def person_key(self) -> str:
        """What people are known again by: the same for as long as a key is being replaced."""
        return self.secret_keys[-1]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def search_dir(self) -> Path:
        return self.data_dir / "search"

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "outbox"


_PREFIX = "VITRINE_"
_PLAIN_NAMES = {
    "DATA_DIR": "data_dir",
    "PORT": "port",
    "DATABASE_URL": "database_url",
    "REDIS_URL": "redis_url",
    "SMTP_URL": "smtp_url",
}
_PREFIXED_NAMES = {
    "ENV": "environment",
    "SECRET_KEY": "secret_key",
    "SECRET_KEY_FALLBACKS": "secret_key_fallbacks",
    "PUBLIC_URL": "public_url",
    "TRUSTED_HOSTS": "trusted_hosts",
    "HOST": "host",
    "PROXY_COUNT": "proxy_count",
    "CURRENCY": "currency",
    "TIME_ZONE": "time_zone",
    "DEFAULT_LANGUAGE": "default_language",
    "SHOP_NAME_EN": "shop_name_en",
    "SHOP_NAME_ZH": "shop_name_zh",
    "MAIL_FROM": "mail_from",
    "PAYMENT_METHODS": "payment_methods",
    "SANDBOX_URL": "sandbox_url",
    "SANDBOX_KEY": "sandbox_key",
    "SANDBOX_SECRET": "sandbox_secret",
    "SANDBOX_MERCHANT": "sandbox_merchant",
    "STANDARD_CARRIER_SECRET": "standard_carrier_secret",
    "KUAIDI100_SALT": "kuaidi100_salt",
    "METRICS_TOKEN": "metrics_token",
    "LOG_LEVEL": "log_level",
    "LOG_FORMAT": "log_format",
    "BANK_ACCOUNT": "bank_account",
    "FILING_NUMBER": "filing_number",
    "DOORBELL": "doorbell",
    "REVIEW_INVITATIONS": "review_invitations",
    "SEARCH": "search",
    "PAGE_CACHE_MB": "page_cache_mb",
    "SHARED_AGE": "shared_age",
}
_LISTS = {"trusted_hosts", "payment_methods", "secret_key_fallbacks"}
_NUMBERS = {"port", "proxy_count", "page_cache_mb", "shared_age"}
_SWITCHES = {"doorbell", "review_invitations"}


def variable_names() -> dict[str, str]:
    """The variable that sets each field of Settings."""
    plain = {target: name for name, target in _PLAIN_NAMES.items()}
    return plain | {target: _PREFIX + name for name, target in _PREFIXED_NAMES.items()}


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the environment.

    `NAME_FILE` may stand for any secret `NAME`: the value is then the file's content.
    Raises SettingsError naming the first offending variable.
    """
    source = dict(os.environ if environ is None else environ)
    values = _named_values(source)
    data_dir = Path(str(values.get("data_dir", "var"))).resolve()
    values["data_dir"] = data_dir
    values.setdefault("environment", "development")
    if values["environment"] not in ENVIRONMENTS:
        raise SettingsError(f"VITRINE_ENV must be one of {', '.join(ENVIRONMENTS)}")
    _fill_defaults(values, data_dir)
    settings = Settings(**values)  # type: ignore[arg-type]
    _check(settings)
    return settings


def _named_values(source: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, text in source.items():
        base, from_file = (name[:-5], True) if name.endswith("_FILE") else (name, False)
        if base in _PLAIN_NAMES:
            target = _PLAIN_NAMES[base]
        elif base.startswith(_PREFIX):
            try:
                target = _PREFIXED_NAMES[base.removeprefix(_PREFIX)]
            except KeyError:
                raise SettingsError(f"{name} is not a setting of Vitrine") from None
        else:
            continue
        if not text:
            continue
        values[target] = _typed(name, target, _read_file(name, text) if from_file else text)
    return values


def _read_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name} names a file that cannot be read: {error}") from error


def _typed(name: str, target: str, text: str) -> object:
    if target in _LISTS:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if target in _NUMBERS:
        if not text.isdecimal():
            raise SettingsError(f"{name} must be a whole number, not {text!r}")
        return int(text)
    if target in _SWITCHES:
        if text not in {"0", "1"}:
            raise SettingsError(f"{name} must be 0 or 1, not {text!r}")
        return text == "1"
    return text


def _fill_defaults(values: dict[str, object], data_dir: Path) -> None:
    if "secret_key" not in values:
        if values["environment"] == "production":
            raise SettingsError("VITRINE_SECRET_KEY is missing")
        values["secret_key"] = _kept_secret(data_dir / "secret_key")
    port = values.setdefault("port", 8000)
    values.setdefault("public_url", f"http://localhost:{port}")
    values.setdefault("sandbox_url", f"http://127.0.0.1:{int(str(port)) + SANDBOX_ABOVE_PORT}")
    values.setdefault("database_url", f"sqlite:///{data_dir / 'vitrine.sqlite3'}")
    values.setdefault("redis_url", f"unix://{data_dir / 'queue.sock'}")
    values.setdefault("trusted_hosts", _default_hosts(str(values["public_url"])))
    if values["environment"] != "production":
        values.setdefault("host", "0.0.0.0")  # noqa: S104  (so that a phone on the same network can look)
        values.setdefault(
            "standard_carrier_secret", "whsec_ZGVtby1jYXJyaWVyLXNlY3JldC0yNC1ieXRlcw=="
        )
        values.setdefault("kuaidi100_salt", "demo-kuaidi100-salt")
        values.setdefault("log_format", "console")


def _default_hosts(public_url: str) -> tuple[str, ...]:
    host = urlsplit(public_url).hostname or "localhost"
    return tuple(dict.fromkeys((host, "localhost", "127.0.0.1")))


def _kept_secret(path: Path) -> str:
    """A random secret of this data folder, made once, so that a restart keeps everybody signed
    in.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def _check(settings: Settings) -> None:
    for fits, otherwise in _expectations(settings):
        if not fits:
            raise SettingsError(otherwise)
    if settings.is_production:
        _check_production(settings)


def _expectations(settings: Settings) -> Iterator[tuple[bool, str]]:
    """(whether a value fits, what is said when it does not) of each that can be told alone."""
    long_enough = all(len(key) >= SHORTEST_SECRET for key in settings.secret_keys)
    yield (
        long_enough,
        f"VITRINE_SECRET_KEY and its fallbacks must have at least {SHORTEST_SECRET} characters",
    )
    on_the_web = urlsplit(settings.public_url).scheme in {"http", "https"}
    yield on_the_web, "VITRINE_PUBLIC_URL must start with http:// or https://"
    spoken = settings.default_language in LANGUAGES
    yield spoken, f"VITRINE_DEFAULT_LANGUAGE must be one of {', '.join(LANGUAGES)}"
    a_code = re.fullmatch(r"[A-Z]{3}", settings.currency) is not None
    yield a_code, "VITRINE_CURRENCY must be a three-letter code such as CNY"
    yield settings.log_format in {"json", "console"}, "VITRINE_LOG_FORMAT must be json or console"
    known = settings.database_url.startswith(DATABASES)
    yield known, "DATABASE_URL must start with sqlite:/// or postgresql://"
    searchable = settings.search in SEARCH_ENGINES
    yield searchable, "VITRINE_SEARCH must be whoosh or postgresql"
    there = settings.search != "postgresql" or settings.database_url.startswith("postgresql")
    yield there, "VITRINE_SEARCH=postgresql needs a DATABASE_URL of PostgreSQL"
    offered = set(settings.payment_methods)
    payable = bool(offered) and offered <= PAYMENT_METHODS
    yield payable, "VITRINE_PAYMENT_METHODS may name sandbox and bank_transfer"
    yield _is_zone(settings.time_zone), "VITRINE_TIME_ZONE is not a known time zone"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _check_production(settings: Settings) -> None:
    if "sandbox" in settings.payment_methods:
        raise SettingsError("VITRINE_PAYMENT_METHODS may not contain sandbox in production")
    if "bank_transfer" in settings.payment_methods and settings.bank_account == DEMO_ACCOUNT:
        raise SettingsError("VITRINE_BANK_ACCOUNT is missing: buyers are asked to transfer there")
    secret_names = ("secret_key", "standard_carrier_secret", "kuaidi100_salt", "metrics_token")
    for name in secret_names:
        values = str(getattr(settings, name)).split()
        if any(value.startswith((DEMO_SECRET_PREFIX, "whsec_ZGVtby")) for value in values):
            raise SettingsError(f"VITRINE_{name.upper()} is a demo secret")
    if not settings.public_url.startswith("https://"):
        raise SettingsError("VITRINE_PUBLIC_URL must start with https:// in production")
