"""Two languages: English message ids, Chinese from `app/translations/<language>/*.po`, read at
start.

The .po files are read directly (no compiled files to go stale): one file per module, merged.
"""

from __future__ import annotations

import gettext as gettext_module
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "zh-Hans")
TRANSLATIONS = Path(__file__).parent.parent / "translations"
_locale: ContextVar[str] = ContextVar("locale", default="en")


class LazyText:
    """A message translated when it is shown, for texts that are declared before a language is
    known.
    """

    __slots__ = ("_facts", "_message")

    def __init__(self, message: str, /, **facts: object) -> None:
        self._message = message
        self._facts = facts

    def __str__(self) -> str:
        return gettext(self._message, **self._facts)

    def __html__(self) -> str:
        from markupsafe import escape

        return str(escape(str(self)))


def current_locale() -> str:
    """`en` or `zh-Hans`."""
    return _locale.get()


def set_locale(language: str) -> None:
    _locale.set(language if language in LANGUAGES else "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language inside the block, as a mail in its reader's language does."""
    token = _locale.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _locale.reset(token)


def gettext(message: str, /, **facts: object) -> str:
    text = _catalogue(_locale.get()).gettext(message)
    return text % facts if facts else text


def ngettext(singular: str, plural: str, number: int, /, **facts: object) -> str:
    text = _catalogue(_locale.get()).ngettext(singular, plural, number)
    return text % {"num": number, **facts}


def lazy_gettext(message: str, /, **facts: object) -> LazyText:
    return LazyText(message, **facts)


def pick(texts: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text in the reader's language, else in whichever language there is."""
    if not texts:
        return ""
    wanted = language or current_locale()
    return texts.get(wanted) or next((text for text in texts.values() if text), "")


def sentences(*said: str) -> str:
    """One sentence after another; between Chinese ones there is no space."""
    return ("" if _locale.get().startswith("zh") else " ").join(filter(None, said))


def negotiated(accept_languages: list[tuple[str, float]], default: str) -> str:
    """The language for an Accept-Language header given as (tag, quality) pairs, best first."""
    for tag, _quality in accept_languages:
        lowered = tag.lower()
        if lowered.startswith("zh"):
            return "zh-Hans"
        if lowered.startswith("en"):
            return "en"
    return default


@cache
def _catalogue(language: str) -> gettext_module.NullTranslations:
    """All files of a language as one table: a page asks for a hundred messages. What two files say
    is as the first of them says it.
    """
    tag = language.replace("-", "_")
    merged = Catalog(locale=tag)
    for path in sorted((TRANSLATIONS / tag).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=tag):
                if message.id and message.string and not message.fuzzy:
                    merged.add(message.id, message.string, context=message.context)
    buffer = BytesIO()
    write_mo(buffer, merged)
    buffer.seek(0)
    return gettext_module.GNUTranslations(buffer)
