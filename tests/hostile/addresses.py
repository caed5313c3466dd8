"""The addresses of the shop with something genuine, or anything at all, in each of their parts."""

from __future__ import annotations

from werkzeug.routing import Rule

from tests.hostile.browser import Text
from tests.hostile.world import World


def genuine(rule: Rule, world: World) -> dict[str, Text]:
    """A value for each part of the address that leads somewhere; `x` where nobody has said one."""
    return {name: known(name, rule, world) or "x" for name in rule.arguments}


def known(name: str, rule: Rule, world: World) -> str:
    """A value for one part; empty where nobody has said one."""
    converter = rule._converters[name]
    words = getattr(converter, "items", ())
    number = "1" if converter.regex == r"\d+" else ""
    own = world.parts.get(f"{rule.endpoint.partition('.')[0]}.{name}")
    return own or world.parts.get(name) or number or next(iter(words), "")


def filled(rule: Rule, parts: dict[str, Text]) -> bytes:
    """The address as bytes, with nothing checked and nothing escaped."""
    path = b""
    for is_dynamic, word in rule._trace:
        part: Text = parts[word] if is_dynamic else word.removeprefix("|")
        path += part if isinstance(part, bytes) else part.encode()
    return path
