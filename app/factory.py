"""create_app: settings, database, listeners, blueprints, and what templates may use."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings, load_settings
from app.platform import clock, doorbell
from app.platform.configuration import KEY as SETTINGS_KEY
from app.platform.db import db, engine_options, let_go, tune
from app.platform.facts import registry, write_deliveries_with
from app.platform.i18n import current_locale, gettext, ngettext
from app.platform.outbox.commands import write_deliveries
from app.platform.web import (
    failures,
    formats,
    language,
    limits,
    logs,
    operations,
    page_cache,
    security,
    static_files,
)
from app.platform.web.components import Components
from app.platform.web.routes import Route

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

ROOT = Path(__file__).parent.parent
MODULES = (
    "shop",
    "customers",
    "catalog",
    "payments",
    "marketing",
    "search",
    "notifications",
    "orders",
    "presale",
    "cart",
    "wishes",
    "reviews",
    "fulfilment",
    "checkout",
    "community",
    "rehearsal",
    "storefront",
    "admin",
    "demo",
    "operations",
)
csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application for these settings (by default those of the environment)."""
    settings = settings or load_settings()
    app = Flask("vitrine", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.url_rule_class = Route
    _configure(app, settings)
    _open_database(app, settings)
    operations.init_app(app)
    page_cache.init_app(app, settings)
    _trust_proxies(app, settings)
    _prepare_templates(app, settings)
    Htmx(app)
    for part in (security, language, static_files, failures):
        part.init_app(app)
    security.guard(app)
    limits.init_app(app, settings)
    csrf.init_app(app)
    _assemble_modules(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions[SETTINGS_KEY] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        WTF_CSRF_SECRET_KEY=settings.secret_keys[::-1],  # the serializer signs with the last
        TESTING=settings.environment == "testing",
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,
    )
    logs.configure(settings)
    logs.init_app(app)


def _trust_proxies(app: Flask, settings: Settings) -> None:
    """Before all else: kept pages go by the address that the visitor sees."""
    count = settings.proxy_count
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _open_database(app: Flask, settings: Settings) -> None:
    url = settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    app.teardown_appcontext(let_go)
    with app.app_context():
        tune(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    app.extensions["vitrine.migration_head"] = _migration_head
    app.extensions["vitrine.migration_is_known"] = _migration_is_known
    write_deliveries_with(write_deliveries)
    doorbell.connect(settings.redis_url if settings.doorbell else None)


def _prepare_templates(app: Flask, settings: Settings) -> None:
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(
        _=gettext, ngettext=ngettext, now=clock.now, settings=settings, ui=Components(app)
    )
    app.context_processor(_said_of_the_request)
    formats.init_app(app)


def _said_of_the_request() -> dict[str, object]:
    return {"locale": current_locale(), "mode": language.chosen_mode()}


def _assemble_modules(app: Flask) -> None:
    """Let each module register what it has: listeners, personal data, web pages, commands."""
    for name in ("addresses", "audit", "content", "inbox", "outbox"):
        import_module(f"app.platform.{name}.models")
    for name in MODULES:
        handlers = _part(name, "handlers")
        if handlers is not None:
            registry.register(handlers.SUBSCRIPTIONS)  # type: ignore[attr-defined]
        for part in ("models", "privacy", "setup", "views", "cli"):
            module = _part(name, part)
            if module is not None and hasattr(module, "init_app"):
                module.init_app(app)


def _part(module: str, part: str) -> object | None:
    name = f"app.{module}.{part}"
    if find_spec(f"app.{module}") is None or find_spec(name) is None:
        return None
    return import_module(name)


def _migration_head() -> str | None:
    return _migrations().get_current_head()


def _migration_is_known(revision: str) -> bool:
    return any(script.revision == revision for script in _migrations().walk_revisions())


def _migrations() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(ROOT / "migrations"))
