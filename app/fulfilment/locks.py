"""One word at a time about a tracking number, before there is a row that could be locked."""

from __future__ import annotations

from app.platform.locks import lock_name


def lock_number(carrier: str, number: str) -> None:
    """Wait for whoever else ships or hears of this number, until the end of the transaction.

    Otherwise a callback that crosses the shipping of its parcel finds no parcel, and the shipping
    no callback.
    """
    lock_name("parcel", carrier, number)
