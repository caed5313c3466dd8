"""Visitors of these tests read English unless an address asks for Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.cast import house, piece
from tests.conftest import MONDAY, visitor

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


def english(app: Flask) -> FlaskClient:
    client = visitor(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return english(app)


@pytest.fixture
def visit(app: Flask) -> Callable[[], FlaskClient]:
    return lambda: english(app)


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def jacket(owner):
    return piece(owner, MONDAY)
