"""Every message the code says has its Chinese, with the same placeholders."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from app.platform.i18n import LANGUAGES, TRANSLATIONS

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@cache
def said():
    """Every message id in code and templates, with one place that says it."""
    return dict([*messages_in_python(), *messages_in_templates()])


def messages_in_python():
    for folder in ("app", "workers"):
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        for name, line, message, _comments, _context in found:
            yield message, f"{folder}/{name}:{line}"


def messages_in_templates():
    environment = Environment(autoescape=True)
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.parent.name == "dev":
            continue
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for line, function, found in extract_from_ast(tree, tuple(KEYWORDS)):
            parts = (found,) if isinstance(found, str) else tuple(found or ())
            if parts and parts[0]:
                message = parts[:2] if function == "ngettext" else parts[0]
                yield message, f"{path.relative_to(ROOT)}:{line}"


@cache
def translations(language):
    """Every entry of a language as (file, message), in all its catalogues."""
    entries = []
    for path in sorted((TRANSLATIONS / language.replace("-", "_")).glob("*.po")):
        with path.open("rb") as file:
            entries += [(path.name, message) for message in read_po(file) if message.id]
    return entries


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language):
    known = {entry.id for _file, entry in translations(language) if all(strings_of(entry))}

    missing = [f"{place}: {message!r}" for message, place in said().items() if message not in known]

    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_survive_translation(language):
    changed = [
        f"{file}: {entry.id!r}"
        for file, entry in translations(language)
        for text in strings_of(entry)
        if text and set(PLACEHOLDER.findall(text)) - {"%%"} != placeholders_of(entry)
    ]

    assert not changed, "\n".join(changed)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language):
    fuzzy = [f"{file}: {entry.id!r}" for file, entry in translations(language) if entry.fuzzy]

    assert not fuzzy, "\n".join(fuzzy)


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_message_has_one_translation(language):
    contradictions = []
    first = dict[str, tuple[str, str]]()
    for file, entry in translations(language):
        other_file, other = first.setdefault(entry.id, (file, entry.string))
        if other != entry.string:
            contradictions.append(
                f"{entry.id!r}: {other!r} in {other_file}, {entry.string!r} in {file}"
            )

    assert not contradictions, "\n".join(contradictions)


def strings_of(entry):
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def placeholders_of(entry):
    """Those of the last form: a singular may leave its number out."""
    source = entry.id if isinstance(entry.id, str) else entry.id[-1]
    return set(PLACEHOLDER.findall(source)) - {"%%"}
