"""How often a page asks the database."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import event

from app.platform.db import db
from tests.pages.looking import without_memory


def counted(client: FlaskClient, address: str) -> int:
    """Reads of the database behind a page that is made anew, once what is read once per process
    has been read.
    """
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with without_memory(client.application):
        client.get(address)
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert client.get(address).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in asked if statement.lstrip().startswith("SELECT")])
