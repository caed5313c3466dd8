"""A hostile world for every test here."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from flask import Flask

from app.platform.db import db
from tests.conftest import StoppedClock
from tests.hostile.finding import Post, shown_to
from tests.hostile.rewinding import Picture, Remembered, remember
from tests.hostile.world import World, build
from tests.servers.stage import Stage


@dataclass(frozen=True)
class Kept:
    """A world that was built once, how it looked, and the way back to it."""

    world: World
    picture: Picture
    remembered: Remembered
    _shown: dict[str, list[Post]] = field(default_factory=dict)

    def shown_to(self, name: str, app: Flask) -> list[Post]:
        """Every form that this visitor is shown; looked for once."""
        if name not in self._shown:
            self._shown[name] = shown_to(name, app, self.world)
            self.remembered.restore(None)
        return self._shown[name]


@pytest.fixture(scope="session")
def kept_worlds() -> dict[str, Kept]:
    """By database."""
    return {}


@pytest.fixture
def kept(
    stage: Stage,
    app: Flask,
    clock: StoppedClock,
    kept_worlds: dict[str, Kept],
    tmp_path_factory: pytest.TempPathFactory,
) -> Kept:
    """The shop of `tests.hostile.world`, built once for each kind of database."""
    key = stage.settings.database_url
    if key not in kept_worlds:
        world = build(clock.now)
        db.session.rollback()
        remembered = remember(stage, tmp_path_factory.mktemp("remembered"))
        kept_worlds[key] = Kept(world, Picture(app), remembered)
    else:
        kept_worlds[key].remembered.restore(None)
    return kept_worlds[key]


@pytest.fixture
def world(kept: Kept) -> World:
    return kept.world
