"""The provider as a Flask application; its senders are started by whoever serves it."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from workers.sandbox.api import api, as_json
from workers.sandbox.config import Config
from workers.sandbox.control import control
from workers.sandbox.errors import Refused
from workers.sandbox.idempotency import Reply, refused
from workers.sandbox.pages import pages
from workers.sandbox.session import Provider
from workers.sandbox.store import Store

_LONGEST_BODY = 64 * 1024
_BOOKS = "sandbox.sqlite3"


def open_provider(config: Config) -> Provider:
    return Provider(config, Store(config.data_dir / _BOOKS))


def create_app(provider: Provider) -> Flask:
    app = Flask(__name__, static_url_path="/assets")
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_BODY
    app.extensions["sandbox"] = provider
    for blueprint in (api, pages, control):
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "healthz", lambda: as_json(Reply.of(200, {"status": "ok"})))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _refused(refusal: Refused) -> Response:
    return as_json(refused(refusal))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    return as_json(refused(Refused(f"http_{status}", error.name, status)))
