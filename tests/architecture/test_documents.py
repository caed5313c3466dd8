"""The documents name only what exists."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FOLDERS = ("app", "docs", "migrations", "static", "templates", "tests", "workers", ".ci")
PATH = re.compile(rf"^(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*$")
MODULE = re.compile(r"^(?:app|workers)(?:\.[a-z_]+)+$")
TARGET = re.compile(r"^make ([a-z0-9-]+)")


def words_of(document):
    return CODE.findall((ROOT / document).read_text(encoding="utf-8"))


def module_exists(name):
    """A module, or something in one: `app.platform.clock.now`."""
    try:
        return find_spec(name) is not None or find_spec(name.rpartition(".")[0]) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_exist(document):
    links = LINK.findall((ROOT / document).read_text(encoding="utf-8"))
    folder = (ROOT / document).parent

    missing = [
        word for word in words_of(document) if PATH.match(word) and not (ROOT / word).exists()
    ]
    missing += [link for link in links if "://" not in link and not (folder / link).exists()]

    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_modules_exist(document):
    words = [word for word in words_of(document) if MODULE.match(word)]

    assert [word for word in words if not module_exists(word)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_exist(document):
    targets = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = [match[1] for word in words_of(document) if (match := TARGET.match(word))]

    assert [target for target in named if target not in targets] == []


def test_the_map_lists_every_module():
    listed = (ROOT / "docs/map.md").read_text(encoding="utf-8")
    modules = [path.parent.name for path in sorted((ROOT / "app").glob("*/__init__.py"))]

    assert [name for name in modules if f"`app/{name}`" not in listed] == []
