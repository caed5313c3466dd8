"""The templates with their real globals, filters and policy, but without database or modules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, Response, render_template, render_template_string, request
from jinja2 import StrictUndefined

from app.platform.i18n import gettext, ngettext
from app.platform.money import Money
from app.platform.web import formats, static_files
from app.platform.web.components import Components
from app.platform.web.security import CONTENT_SECURITY_POLICY

ROOT = Path(__file__).parents[2]
HOSTILE = """<b onclick='x'>"&"""

SHOP_PAGE = """{% extends "layouts/shop.html" %}{% block main %}
<form method="post" action="/once" hx-post="/once" hx-target="#posted">
  <input type="hidden" name="method" value="ship">{{ ui.button("Go", id="go") }}</form>
<output id="posted"></output>
<button id="break" hx-get="/broken">Break</button>
<button id="announce" hx-post="/announce" hx-swap="none">Announce</button>
{{ ui.stepper("n", "Number", 1, maximum=2) }}
{{ ui.countdown("2020-01-01T00:00:00Z", "", attrs=follow) }}
{% endblock %}"""
FOLLOW = {"hx-get": "/after", "hx-trigger": "countdown:end"}

ADMIN_PAGE = """{% extends "layouts/admin.html" %}{% block main %}
<h1>Orders</h1>
{{ ui.saved_views(views) }}
<form method="post" action="/once">
{% call ui.table(columns, "Orders", selectable=True) %}
{% for code in ("K7Q2XM", "M3RT8C") %}
<tr>{{ ui.row_check(code, code) }}<td><a href="#{{ code }}" data-row>{{ code }}</a></td></tr>
{% endfor %}
{% endcall %}
{% call ui.bulk_bar() %}{{ ui.button("Send") }}{% endcall %}
</form>
{% endblock %}"""
COLUMNS = [{"label": "Order", "href": None, "sorted": None, "end": False, "wide": False}]
PARTS = ("Today", "Orders", "Items", "Stock", "Mails", "Callbacks")
VIEWS = [
    {"label": name, "href": f"#{name}", "count": None, "on": name == PARTS[-1]} for name in PARTS
]
NAVIGATION = [
    {"label": name, "href": f"#{name}", "icon": "orders", "current": name == "Orders"}
    for name in PARTS
]


def amount(minor: int) -> Money:
    return Money(minor, "CNY")


def surroundings(language: str = "en", mode: str = "light") -> dict[str, object]:
    """What the application tells every page; the shop's name tries to break out of it."""
    shop = SimpleNamespace(name=f"Vitrine {HOSTILE}", email="hello@example.com")
    return {"locale": language, "mode": mode, "shop": shop, "amount": amount}


def visited() -> dict[str, object]:
    return surroundings(mode=request.args.get("mode", "light"))


def build() -> Flask:
    app = Flask(
        "workbench", root_path=str(ROOT), template_folder="templates", static_folder="static"
    )
    app.config.update(SECRET_KEY="workbench")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext, ui=Components(app))
    formats.init_app(app)
    static_files.init_app(app)
    app.after_request(_under_policy)
    _answer(app)
    return app


def _under_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.format(
        form_action="'self'"
    )
    return response


def _answer(app: Flask) -> None:
    """The addresses the scripts ask for."""
    fragments = {
        "/bag": "{% call ui.sheet_frame('Bag') %}<p>One piece</p>{% endcall %}",
        "/bag/badge": "{{ ui.bag_badge(2) }}",
        "/search/suggest": "{{ ui.suggestion('s1', '#one', 'lev', 'is') }}"
        "{{ ui.suggestion('s2', '#two', 'lev', 'i 501') }}",
        "/after": "over",
        "/shop": SHOP_PAGE,
        "/admin/orders": ADMIN_PAGE,
    }
    for address, source in fragments.items():
        app.add_url_rule(address, address, _shows(source))
    app.add_url_rule("/dev/ui", "dev", lambda: render_template("dev/ui.html", **visited()))
    posts: list[str] = []

    def once() -> str:
        posts.append("once")
        return str(len(posts))

    app.add_url_rule("/once", "once", once, methods=["POST"])
    app.add_url_rule("/broken", "broken", lambda: ("broken", 503))
    app.add_url_rule("/announce", "announce", _announce, methods=["POST"])


def _shows(source: str) -> Callable[[], str]:
    def shown() -> str:
        facts = {"nav": NAVIGATION, "columns": COLUMNS, "views": VIEWS, "follow": FOLLOW}
        return render_template_string(source, **facts, **visited())

    return shown


def _announce() -> tuple[str, int, dict[str, str]]:
    return "", 204, {"HX-Trigger": '{"toast": {"text": "Saved", "tone": "ok"}, "bag:changed": {}}'}
