"""The drill: a shop is backed up while it runs, ruined, and put back to the last minor unit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.config import Settings
from app.operations.backup import archive, making, restoring
from app.operations.backup.copies import copy_of
from app.operations.backup.errors import Refused
from app.operations.backup.figures import Figures, figures
from app.operations.backup.postgres_copy import PostgresCopy
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.payments.models import Payment
from app.platform.actor import GUEST, SYSTEM
from app.platform.audit.commands import record, seal, verify
from app.platform.db import db
from app.platform.life_signs import LifeSigns
from app.platform.transaction import transaction
from tests.cast import House, captured, house, piece, placed
from tests.conftest import StoppedClock
from tests.operations.conftest import Shop
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.usefixtures("app", "postgres_tools")
TOTAL = 129200
OTHER_DISK = Path("/dev/shm")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    """The house, with one piece sold and paid for and one still to be had; its record is sealed."""
    owner = house(now)
    sell(owner, now)
    piece(owner, now)
    seal()
    return owner


@pytest.fixture
def made(owner: House, settings: Settings) -> making.Made:
    made = making.make(settings)
    db.session.rollback()
    return made


class SpoiltAtTheEnd(PostgresCopy):
    """Its script ends in a statement that fails."""

    def _run(self, command: list[str]) -> None:
        if command[0].endswith("psql"):
            script = Path(command[-1].removeprefix("--file="))
            script.write_text(script.read_text() + "\nSELECT 1 / 0;\n")
        super()._run(command)


def sell(owner: House, now: datetime) -> None:
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    reference = db.session.scalars(select(Payment.reference).where(Payment.id == payment_id)).one()
    settle(captured(reference, TOTAL, now), now=now)


def standing() -> Figures:
    db.session.rollback()
    with db.engine.connect() as connection:
        return figures(connection)


def photographs(settings: Settings) -> dict[str, bytes]:
    files = settings.media_dir.rglob("*.jpg")
    return {path.name: path.read_bytes() for path in files}


def test_the_drill(owner: House, settings: Settings, shop: Shop, client, now: datetime) -> None:
    before, pictures = standing(), photographs(settings)
    backup = settings.data_dir / "kept.tar"
    assert before.money["ledger_entry capture"] == TOTAL

    made = shop("backup", str(backup))
    sell(owner, now)
    seal()
    lost = next(settings.media_dir.rglob("*.jpg"))
    lost.unlink()
    assert standing().differences(before)
    restored = shop("restore", str(backup), "--replace")

    assert (made.exit_code, restored.exit_code) == (0, 0), made.output + restored.output
    assert standing() == before
    assert verify(expected_head=before.audit_head).first_bad is None
    assert pictures.items() <= photographs(settings).items()
    assert f"{TOTAL:,}" in restored.output
    assert before.audit_head in restored.output
    assert client.get("/").status_code == 200
    sell(owner, now)
    assert standing().money["ledger_entry capture"] == 2 * TOTAL


@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason="there is no second file system here")
def test_pictures_on_a_disk_of_their_own_are_put_back(
    made: making.Made, settings: Settings, tmp_path: Path
) -> None:
    pictures = photographs(settings)
    with TemporaryDirectory(dir=OTHER_DISK) as elsewhere:
        settings.media_dir.rename(tmp_path / "before")
        settings.media_dir.symlink_to(elsewhere)

        restoring.restore(settings, made.path, replace=True)

        assert pictures == photographs(settings)
        assert list(Path(elsewhere).rglob(".*")) == []
        settings.media_dir.unlink()


def test_a_backup_waits_for_nobody_and_holds_what_was_committed(
    owner: House, settings: Settings, now: datetime
) -> None:
    before = standing()

    with transaction():
        record(SYSTEM, "test.unfinished", "shop", None, now=now)
        db.session.execute(text("UPDATE counter SET last = last + 1"))
        made = making.make(settings)

    assert made.figures == before
    assert standing().rows["audit_row"] == before.rows["audit_row"] + 1


def test_a_sound_backup_is_told_from_a_damaged_one(made: making.Made, shop: Shop) -> None:
    assert "is sound" in shop("backup", "--verify", str(made.path)).output
    whole, before = made.path.read_bytes(), standing()

    for broken in (whole[: len(whole) // 2], whole.replace(b"CREATE", b"CREATF", 1), b""):
        if broken == whole:
            continue
        made.path.write_bytes(broken)
        checked = shop("backup", "--verify", str(made.path))
        restored = shop("restore", str(made.path), "--replace")
        assert (checked.exit_code, restored.exit_code) == (1, 1)
        assert standing() == before


def test_a_shop_with_data_is_replaced_only_when_asked_to(made: making.Made, settings) -> None:
    with pytest.raises(Refused, match="--replace"):
        restoring.restore(settings, made.path, replace=False)


def test_an_empty_database_takes_a_backup_at_once(
    made: making.Made, settings: Settings, stage
) -> None:
    content = made.path.read_bytes()
    stage.clear()
    path = settings.data_dir / "brought.tar"
    path.write_bytes(content)

    done = restoring.restore(settings, path, replace=False)

    assert (done.figures, done.is_current) == (made.figures, True)


def test_a_shop_that_runs_is_left_alone(
    made: making.Made, settings: Settings, valkey: Valkey, make_app, shop: Shop
) -> None:
    running = make_app(redis_url=valkey.url)
    signs = LifeSigns(valkey.url, "scheduler")
    signs.give(again_within=60)

    refused = shop("restore", str(made.path), "--replace", by=running)
    signs.end()

    assert (refused.exit_code, "the shop runs" in refused.output) == (1, True)


def test_what_this_release_cannot_read_is_refused(
    made: making.Made, settings: Settings, tmp_path: Path
) -> None:
    for change, sentence in (
        ({"figures": made.figures.as_json() | {"revision": "9999"}}, "does not know"),
        ({"database": "another"}, "DATABASE_URL"),
    ):
        manifest = archive.checked(made.path)
        archive.unpack(made.path, tmp_path)
        path = tmp_path / "changed.tar"
        with archive.writing(path) as written:
            for name in manifest.files:
                written.add(name, tmp_path / name)
            written.close(manifest.about | change)
        with pytest.raises(Refused, match=sentence) as refusal:
            restoring._refuse(settings, copy_of(db.engine), archive.checked(path), replace=True)
        assert refusal.value is not None


def test_a_restore_that_breaks_off_leaves_the_shop_as_it_was(
    made: making.Made, settings: Settings, tmp_path: Path
) -> None:
    before, copy = standing(), copy_of(db.engine)
    archive.unpack(made.path, tmp_path, only=copy.name)
    source = tmp_path / copy.name
    if copy.kind == "sqlite":
        with source.open("r+b") as file:
            file.truncate(source.stat().st_size // 2)
    else:
        copy = SpoiltAtTheEnd(db.engine)
    db.engine.dispose()

    with pytest.raises(Refused):
        copy.put_back(source)

    assert standing() == before


def test_old_backups_and_what_killed_ones_left_are_removed(
    made: making.Made, settings: Settings, shop: Shop, clock: StoppedClock
) -> None:
    (made.path.parent / ".copying-dead").mkdir()
    (made.path.parent / ".vitrine-dead.tar.part").touch()
    clock.advance(minutes=1)

    done = shop("backup", "--keep", "1")

    assert f"removed {made.path.name}" in done.output
    assert len(list(made.path.parent.iterdir())) == 1


def test_without_the_tools_of_the_server_it_says_what_to_install(
    owner: House, shop: Shop, monkeypatch, app: Flask
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")

    done = shop("backup")

    needs_tools = db.engine.dialect.name == "postgresql"
    assert done.exit_code == (1 if needs_tools else 0)
    assert ("apt install postgresql-client" in done.output) == needs_tools
