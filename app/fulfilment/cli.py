"""`flask shop play-parcel`: let a carrier call, as a real one would, to see a parcel move."""

from __future__ import annotations

from datetime import timedelta

import click
import httpx
from flask import Flask

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.rehearsal import kuaidi100_push, standard_callback
from app.platform import clock
from app.platform.cli import shop
from app.platform.configuration import settings
from app.platform.ids import spoken_code

STEPS = (
    (TrackingStatus.COLLECTED, "1", "快件已揽收"),
    (TrackingStatus.IN_TRANSIT, "0", "快件到达【示例转运中心】"),
    (TrackingStatus.OUT_FOR_DELIVERY, "5", "快件正在派送"),
    (TrackingStatus.DELIVERED, "3", "快件已签收"),
)
WORDS = tuple(status.value for status, _code, _text in STEPS)


def init_app(_app: Flask) -> None:
    shop.add_command(play_parcel)


@click.command("play-parcel")
@click.argument("number")
@click.option("--carrier", default="shunfeng", show_default=True, help="The carrier's code.")
@click.option("--until", type=click.Choice(WORDS), default=WORDS[-1], show_default=True)
@click.option("--by", type=click.Choice(["standard", "kuaidi100"]), default="kuaidi100")
def play_parcel(number: str, carrier: str, until: str, by: str) -> None:
    """Send the running shop a signed callback about parcel NUMBER, over HTTP. Not in production."""
    current = settings()
    if current.is_production:
        raise click.ClickException("Parcels are played outside production only.")
    now = clock.now()
    said = WORDS.index(until) + 1
    events = [
        TrackingEvent(
            carrier,
            number.strip().upper(),
            now - timedelta(hours=said - place),
            status,
            code=code,
            text=text,
        )
        for place, (status, code, text) in enumerate(STEPS[:said], start=1)
    ]
    if by == "kuaidi100":
        callback = kuaidi100_push(current.kuaidi100_salt.split()[0], events)
    else:
        secret = current.standard_carrier_secret.split()[0]
        callback = standard_callback(secret, f"msg_{spoken_code(12)}", events, now=now)
    address = f"{current.public_url}/hooks/logistics/{by}"
    answer = httpx.post(address, content=callback.body, headers=callback.headers, timeout=10)
    click.echo(f"{answer.status_code} {answer.text}")
