"""What docs/logs.md says of the log is what is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "logs.md"
LEVELS = {"debug": "debug", "info": "info", "warning": "warning", "error": "error",
          "exception": "error"}  # fmt: skip
NOT_A_FIELD = {"exc_info"}


def rows(heading: str) -> Iterator[list[str]]:
    table = GUIDE.read_text("utf-8").partition(heading)[2].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def written() -> dict[str, tuple[str, frozenset[str]]]:
    """Level and fields of every event, read from the source."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for folder in ("app", "workers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _is_log(node.func):
                    assert isinstance(node.func, ast.Attribute)
                    names = {word.arg for word in node.keywords if word.arg} - NOT_A_FIELD
                    for event in _events(node.args[0]):
                        found[event] = (LEVELS[node.func.attr], frozenset(names))
    return found


def _is_log(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id == "log"
        and called.attr in LEVELS
    )


def _events(named: ast.expr) -> list[str]:
    constants = [node for node in ast.walk(named) if isinstance(node, ast.Constant)]
    return [str(node.value) for node in constants]


def test_every_event_is_documented_with_its_level_and_fields() -> None:
    documented = {}
    for events, level, fields, _when in rows("| event | level | fields | when |"):
        for event in re.findall(r"`([^`]+)`", events):
            documented[event] = (level, frozenset(re.findall(r"`([^`]+)`", fields)))

    assert documented == written()


def test_the_fields_of_every_line_are_those_of_the_guide(client, written_lines) -> None:
    common = {re.findall(r"`([^`]+)`", row[0])[0] for row in rows("| field | holds |")}

    client.get("/help")

    [line] = written_lines()
    assert line.keys() == (common - {"exception"}) | {"method", "route", "status", "milliseconds"}
