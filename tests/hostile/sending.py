"""Sends a form, compares the whole shop with what it was, and puts everything back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from app.platform.configuration import settings
from tests.faults import books
from tests.hostile import permitted
from tests.hostile.browser import Browser
from tests.hostile.finding import Post
from tests.hostile.judging import complaints
from tests.hostile.rewinding import Picture, Remembered, Rows, Witness, rows_about
from tests.hostile.world import World

Sent = list[tuple[str, Any]]


@dataclass
class Sender:
    """Writes down what was wrong with each answer and with what it did."""

    app: Flask
    world: World
    picture: Picture
    remembered: Remembered
    browser: Browser
    posts: list[Post]
    found: list[str] = field(default_factory=list)
    sent: int = 0

    def __post_init__(self) -> None:
        self._cookies = dict(self.browser.cookies)
        self._host = urlsplit(settings().public_url).netloc
        self._providers = frozenset({urlsplit(settings().sandbox_url).netloc})
        self._witness = Witness(self.app)

    def send(self, post: Post, what: str, fields: Sent, **headers: bytes) -> int:
        """The answer's status."""
        return self._judge(post, what, self.browser.post(post.path, fields, **headers))

    def send_body(self, post: Post, what: str, body: bytes, kind: str) -> int:
        return self._judge(post, what, self.browser.ask("POST", post.path, body=body, kind=kind))

    def _judge(self, post: Post, what: str, response: Any) -> int:
        self.sent += 1
        self.browser.cookies = dict(self._cookies)
        wrong = complaints(response, own_host=self._host, providers=self._providers)
        if self._witness.saw_a_change():
            after = self.picture.changed()
            allowed = permitted.tables(post.endpoint, is_refused=response.status_code >= 400)
            wrong += self._compare(after, after.keys() - allowed)
            self._put_back(after)
        self.found += [f"{post.endpoint} {what}: {each}" for each in wrong]
        return int(response.status_code)

    def _compare(self, after: Rows, strange: set[str]) -> Iterator[str]:
        if strange:
            yield f"changed {sorted(strange)}"
        before, bens = self.picture.rows, self.world.bystander
        if rows_about(after, bens, after) != rows_about(before, bens, after):
            yield "changed what is Ben's"
        if after.keys() & permitted.BOOKS:
            yield from books.faults()

    def _put_back(self, changed: Rows) -> None:
        self._witness.close()
        self.remembered.restore(changed)
        self._witness = Witness(self.app)

    def close(self) -> None:
        self._witness.close()

    def done(self, at_least: int) -> None:
        assert not self.found, f"{len(self.found)} of {self.sent}:\n" + "\n".join(self.found[:40])
        assert self.sent >= at_least
