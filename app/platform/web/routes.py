"""Rules of addresses that start cheaply."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule


class Route(Rule):
    """Compiles how its address is written when it is first written.

    Werkzeug compiles it for every rule at once, which is most of what making the application costs,
    and a command or a worker writes few of the shop's three hundred addresses.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002  (as Werkzeug calls it)
        place = "_build_unknown" if append_unknown else "_build"

        def build(route: Route, /, **values: object) -> tuple[str, str]:
            written = super(Route, route)._compile_builder(append_unknown)
            compiled: Callable[..., tuple[str, str]] = written.__get__(route)
            setattr(route, place, compiled)
            return compiled(**values)

        return build
