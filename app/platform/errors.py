"""Errors named for what the person cannot do; the factory turns each into a page in one place."""

from __future__ import annotations

from collections.abc import Mapping

from app.platform.i18n import lazy_gettext


class DomainError(Exception):
    """Something a person asked for cannot be done.

    `code` is stable, `message` is for the person.
    """

    code = "error"
    status = 400
    default_message = lazy_gettext("That did not work.")

    def __init__(self, message: object = None, **facts: object) -> None:
        self._message = message
        self.facts = facts
        super().__init__(self.code)

    @property
    def message(self) -> str:
        return str(self.default_message if self._message is None else self._message)


class NotFound(DomainError):
    code = "not_found"
    status = 404
    default_message = lazy_gettext("There is nothing here.")


class Forbidden(DomainError):
    code = "forbidden"
    status = 403
    default_message = lazy_gettext("Your role does not allow this.")


class Conflict(DomainError):
    """The state of things no longer allows it."""

    code = "conflict"
    status = 409
    default_message = lazy_gettext("This has changed meanwhile. Please look again.")


class Invalid(DomainError):
    """What was typed cannot be accepted; `errors` maps a field to a sentence."""

    code = "invalid"
    status = 422
    default_message = lazy_gettext("Please check what is marked below.")

    def __init__(self, errors: Mapping[str, str] | None = None, message: object = None) -> None:
        super().__init__(message)
        self.errors = dict(errors or {})


class TooMany(DomainError):
    code = "too_many"
    status = 429
    default_message = lazy_gettext("Too many tries. Please wait a few minutes.")


class Unavailable(DomainError):
    code = "unavailable"
    status = 503
    default_message = lazy_gettext("This is not reachable at the moment. Please try again shortly.")
