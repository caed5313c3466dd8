"""`ui`: every macro of `templates/ui/`, in one namespace that works in pages and in fragments
alike.

A few that pages show by the dozen are remembered by what they were given: the same card in the same
language is the same text, so that nothing has to be told when a card changes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, Final

from flask import Flask
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from jinja2.utils import pass_eval_context
from markupsafe import Markup

from app.platform.i18n import current_locale

REMEMBERED: Final = frozenset({"filter_group", "icon", "icon_button", "product_card"})
"""Macros of one or two kilobytes a time; like all of them they know nothing but what they are given
(`tests/ui/test_components.py`).
"""
MOST_REMEMBERED: Final = 2_048
"""Of each macro; a card is some three kilobytes."""


class Components:
    """Macros by name, compiled on first use; in debug a changed template is noticed by Jinja's own
    reload.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._macros: dict[str, Callable[..., str]] | None = None
        self._lock = Lock()

    def __getattr__(self, name: str) -> Callable[..., str]:
        if name.startswith("_"):
            raise AttributeError(name)
        if self._macros is None or self._app.debug:
            with self._lock:
                self._macros = self._load()
        try:
            return self._macros[name]
        except KeyError:
            raise AttributeError(f"templates/ui has no macro {name}") from None

    def _load(self) -> dict[str, Callable[..., str]]:
        found: dict[str, Callable[..., str]] = {}
        folder = Path(self._app.root_path, str(self._app.template_folder), "ui")
        for path in sorted(folder.glob("*.html")):
            module = self._app.jinja_env.get_template(f"ui/{path.name}").module
            for name, value in vars(module).items():
                if isinstance(value, Macro) and not name.startswith("_"):
                    if name in found:
                        raise RuntimeError(f"two macros are called {name}")
                    found[name] = _remembered(value) if name in REMEMBERED else value
        return found


def _remembered(macro: Macro) -> Callable[..., str]:
    """The macro, which need not be run again for what it was given before."""
    known: dict[Hashable, str] = {}

    @pass_eval_context
    def shown(context: EvalContext, *given: Any, **named: Any) -> str:
        key = (current_locale(), context.autoescape, given, *named.items())
        if Markup in map(type, (*given, *named.values())):  # it equals the text it is not
            return macro(context, *given, **named)
        try:
            text = known.get(key)
        except TypeError:  # what cannot be compared is not remembered
            return macro(context, *given, **named)
        if text is None:
            text = macro(context, *given, **named)
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[key] = text
        return text

    return shown
