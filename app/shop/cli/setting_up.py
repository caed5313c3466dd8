"""`flask shop init`, `create-admin` and `set-password`."""

from __future__ import annotations

import sys
from email.utils import parseaddr

import click

from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.cli import shop
from app.platform.configuration import settings
from app.shop import commands, queries
from app.shop.models import Role

HOUSE = "house"


@shop.command("init")
def initialise() -> None:
    """Give an empty shop its merchant, a storeroom and a first rate table."""
    known = settings()
    name = {"en": known.shop_name_en, "zh-Hans": known.shop_name_zh}
    _, email = parseaddr(known.mail_from)
    if commands.set_up(HOUSE, name=name, email=email, actor=SYSTEM, now=clock.now()):
        click.echo("The shop is set up. Next: flask shop create-admin you@example.org")
    else:
        click.echo("The shop is set up already; nothing was changed.")


@shop.command("create-admin")
@click.argument("email")
@click.option("--name", default="", help="What colleagues call them (default: from the address).")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OWNER.value)
@click.option("--merchant", default=HOUSE, show_default=True, help="The key of their merchant.")
@click.option("--locale", type=click.Choice(["en", "zh-Hans"]), default="zh-Hans")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_admin(
    email: str,
    name: str,
    role: str,
    merchant: str,
    locale: str,
    password_stdin: bool,  # noqa: FBT001
) -> None:
    """Let EMAIL into the back office."""
    merchant_id = queries.merchant(merchant).id
    new = commands.NewStaff(
        email=email,
        name=name or email.partition("@")[0],
        role=Role(role),
        password=_password(from_stdin=password_stdin),
        locale=locale,
    )
    commands.create_staff(merchant_id, new, actor=SYSTEM, now=clock.now())
    click.echo(f"{email} may sign in at {settings().public_url}/admin/login as {role}.")


@shop.command("set-password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def set_password(email: str, password_stdin: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Give EMAIL of the staff a new password and sign them out everywhere."""
    staff_id = queries.staff_by_email(email).id
    password = _password(from_stdin=password_stdin)
    commands.set_password(staff_id, password, actor=SYSTEM, now=clock.now())
    click.echo(f"{email} has a new password.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
