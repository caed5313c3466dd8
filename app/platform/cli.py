"""`flask shop …`: the operator's commands. Each module adds its own in its `cli.py`.

A refusal of the shop ends a command with its sentence and exit code 1, never with a traceback.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.platform.errors import DomainError


class ShopGroup(AppGroup):
    """A group whose commands run in the application's context and speak in sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise click.ClickException(_sentence(error)) from error
        except (OperationalError, ProgrammingError) as error:
            text = f"the database cannot be used: {error.orig}. Has `flask db upgrade` run?"
            raise click.ClickException(text) from error


shop: AppGroup = ShopGroup("shop", help="Set up, look after and mend the shop.")


def print_json(answer: object) -> None:
    """What a command found, on standard output for other programs."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def _sentence(error: DomainError) -> str:
    errors: Mapping[str, str] = getattr(error, "errors", {})
    if not errors:
        return error.message
    return "; ".join(f"{field}: {text}" for field, text in errors.items())
