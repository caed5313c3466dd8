"""`flask shop config`: what this process was told, secrets masked."""

from __future__ import annotations

from dataclasses import fields
from urllib.parse import urlsplit

import click

from app.config import Settings, variable_names
from app.platform.cli import print_json, shop
from app.platform.configuration import settings


@shop.command("config")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def config(as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Each setting by the name of its variable, with the value in force."""
    shown = masked(settings())
    if as_json:
        print_json(shown)
        return
    width = max(map(len, shown))
    for name, value in shown.items():
        click.echo(f"{name:<{width}}  {value}")


def masked(known: Settings) -> dict[str, str]:
    """Every variable with its value as text; of secrets only whether there is one."""
    names = variable_names()
    return {
        names[field.name]: _shown(getattr(known, field.name), is_secret=not field.repr)
        for field in fields(known)
    }


def _shown(value: object, *, is_secret: bool) -> str:
    text = ",".join(value) if isinstance(value, tuple) else str("" if value is None else value)
    if not text:
        return "(none)"
    if not is_secret:
        return text
    return _without_password(text) if "://" in text else "(set)"


def _without_password(url: str) -> str:
    """The address without what lets one in: user, password and query are left out."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{'…@' if '@' in parts.netloc else ''}{place}{parts.path}"
