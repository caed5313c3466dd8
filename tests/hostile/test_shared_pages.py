"""What caches may give to others is nobody's own: every address, asked for by everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.hostile.addresses import filled, genuine
from tests.hostile.browser import Browser
from tests.hostile.world import World
from tests.pages.looking import OF_EACH_ANSWER, kept_so_far, without_memory
from tests.soaking import SOAK

on_one_database = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
OF_THE_SECOND = OF_EACH_ANSWER | {"Expires"}
VISITORS = ("anonymous", "ada", "ben", "owner")
KEPT_BY_ADA = {"body": "chest-960.waist-740", "wishes": "1-128000", "groups": "anything"}
"""What her browser says beside who she is."""


def addresses(app: Flask, world: World) -> Iterator[bytes]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            yield filled(rule, genuine(rule, world))
    yield from (page.encode() for page in world.more_pages if "?" not in page)


def browsers(app: Flask, world: World) -> Iterator[Browser]:
    """Everybody, and somebody who comes for the first time."""
    for name in VISITORS:
        browser = world.browser(app, name)
        browser.cookies.update(KEPT_BY_ADA if name == "ada" else {})
        yield browser
    yield Browser(app)


@on_one_database
@pytest.mark.slow
def test_what_may_be_shared_is_the_same_for_everybody(app, world):
    kept = set()
    for address in addresses(app, world):
        with without_memory(app):
            if not (SOAK or any(map(_is_public, _three_answers(app, world, address)))):
                continue
            answers = [browser.get(address) for browser in browsers(app, world)]
        before = kept_so_far()
        answers += [browser.get(address) for browser in browsers(app, world)]
        if kept_so_far() > before:
            kept.add(address)
        if not any(map(_is_public, answers)):
            continue
        for answer in answers:
            assert _is_public(answer), address
            assert "Set-Cookie" not in answer.headers, address
            assert answer.data == answers[0].data, address
            assert _headers(answer) == _headers(answers[0]), address

    kinds = {address.split(b"/")[1] for address in kept}
    assert {b"", b"c", b"i", b"pre"} <= kinds


def _three_answers(app, world, address):
    """Of one of each kind; enough to tell what is nobody's to share."""
    return (world.browser(app, name).get(address) for name in ("anonymous", "ada", "owner"))


def _is_public(answer):
    return "public" in answer.headers.get("Cache-Control", "")


def _headers(answer):
    return sorted(each for each in answer.headers if each[0] not in OF_THE_SECOND)
