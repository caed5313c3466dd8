"""`ui`: every macro of `templates/ui/`, in one namespace that works in pages and in fragments
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from flask import Flask
from jinja2.runtime import Macro


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
                    found[name] = value
        return found
