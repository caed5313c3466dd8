"""The file a backup is: nothing in it can be lost or changed unseen."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from app.operations.backup import archive
from app.operations.backup.errors import Damaged

ABOUT = {"database": "sqlite"}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A backup of two small files."""
    for name, content in (("one", b"first" * 300), ("two", b"second")):
        (tmp_path / name).write_bytes(content)
    with archive.writing(tmp_path / "backup.tar") as file:
        file.add("database.sqlite3", tmp_path / "one")
        file.add("media/ab/two.jpg", tmp_path / "two")
        file.close(ABOUT)
    return tmp_path / "backup.tar"


def test_what_was_written_comes_back(written: Path, tmp_path: Path) -> None:
    manifest = archive.checked(written)
    archive.unpack(written, tmp_path / "all")
    archive.unpack(written, tmp_path / "some", only="media/ab/two.jpg")

    assert (manifest.about, sorted(manifest.files)) == (
        ABOUT,
        ["database.sqlite3", "media/ab/two.jpg"],
    )
    assert (tmp_path / "all/database.sqlite3").read_bytes() == b"first" * 300
    assert [path.name for path in (tmp_path / "some").rglob("*") if path.is_file()] == ["two.jpg"]
    assert written.stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_cut_off_is_refused_wherever_it_ends(written: Path) -> None:
    whole = written.read_bytes()
    seal = whole.rindex(b"manifest.sha256")

    for length in range(0, seal, 97):
        written.write_bytes(whole[:length])
        with pytest.raises(Damaged):
            archive.checked(written)


def test_a_flipped_bit_is_found_or_changes_nothing(written: Path) -> None:
    whole, sound = written.read_bytes(), archive.checked(written)

    refused = 0
    for place in range(0, len(whole), 41):
        changed = bytearray(whole)
        changed[place] ^= 0b100
        written.write_bytes(changed)
        try:
            assert archive.checked(written) == sound
        except Damaged:
            refused += 1

    assert refused > len(b"first" * 300) // 41


def test_a_member_that_would_leave_the_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo("../outside"), io.BytesIO())

    with pytest.raises(Damaged, match="no place"):
        archive.checked(path)


def test_what_breaks_off_leaves_the_last_backup_and_no_other_file(written: Path) -> None:
    before = written.read_bytes()

    with pytest.raises(FileNotFoundError), archive.writing(written) as file:
        file.add("media/gone.jpg", written.parent / "gone")

    assert written.read_bytes() == before
    assert {path.name for path in written.parent.iterdir()} == {"one", "two", "backup.tar"}
