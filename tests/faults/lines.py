"""PostgreSQL behind a fault proxy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url

from tests.servers.fault_proxy import Address, FaultProxy, fault_proxy


@contextmanager
def database_line(database: str) -> Iterator[tuple[FaultProxy, str]]:
    """The proxy, and the URL that leads through it."""
    with fault_proxy(_address(database)) as proxy:
        url = make_url(database).set(
            host="127.0.0.1", port=proxy.port, query={"sslmode": "disable"}
        )
        yield proxy, url.render_as_string(hide_password=False)


def _address(database: str) -> Address:
    url = make_url(database)
    folder = url.query.get("host")
    if folder is None:
        return str(url.host), url.port or 5432
    return f"{folder}/.s.PGSQL.5432"
