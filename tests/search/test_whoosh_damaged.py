"""An index that is missing, old or broken says so, and is never served as if it were whole."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from whoosh.searching import Searcher

from app.search.errors import IndexUnavailable, Trouble
from app.search.whoosh_backend import WhooshBackend
from tests.search.wardrobe import WARDROBE, coat

# Whoosh leaves files open when it fails to open an index; they are collected before the next test.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True, scope="module")
def files_left_open_are_collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    WhooshBackend(tmp_path).rebuild(WARDROBE)
    return tmp_path


def test_the_folder_holds_one_generation_a_pointer_and_a_lock(directory: Path) -> None:
    names = sorted(entry.name for entry in directory.iterdir())

    assert names == [generation(directory).name, "pointer.json", "writer.lock"]


def point_to(directory: Path, **changes: object) -> None:
    pointer = directory / "pointer.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | changes))


def generation(directory: Path) -> Path:
    (folder,) = (entry for entry in directory.iterdir() if entry.is_dir())
    return folder


def file_of(directory: Path, ending: str) -> Path:
    (path,) = generation(directory).glob(f"*{ending}")
    return path


def cut(directory: Path, ending: str, *, keep: int) -> None:
    path = file_of(directory, ending)
    path.write_bytes(path.read_bytes()[:keep])


DAMAGES: dict[str, tuple[Trouble, Callable[[Path], object]]] = {
    "no folder": (Trouble.MISSING, shutil.rmtree),
    "no pointer": (Trouble.MISSING, lambda d: (d / "pointer.json").unlink()),
    "no generation": (Trouble.MISSING, lambda d: shutil.rmtree(generation(d))),
    "another schema": (Trouble.OUTDATED, lambda d: point_to(d, schema=0)),
    "no schema": (Trouble.DAMAGED, lambda d: (d / "pointer.json").write_text("{}")),
    "an empty pointer": (Trouble.DAMAGED, lambda d: (d / "pointer.json").write_text("")),
    "a pointer of bytes": (
        Trouble.DAMAGED,
        lambda d: (d / "pointer.json").write_bytes(b"\xff\x00"),
    ),
    "a pointer elsewhere": (Trouble.DAMAGED, lambda d: point_to(d, generation="../elsewhere")),
    "a pointer to a number": (Trouble.DAMAGED, lambda d: point_to(d, generation=7)),
    "no contents": (Trouble.DAMAGED, lambda d: file_of(d, ".toc").unlink()),
    "garbled contents": (
        Trouble.DAMAGED,
        lambda d: file_of(d, ".toc").write_bytes(b"\x80garble" * 9),
    ),
    "empty contents": (Trouble.DAMAGED, lambda d: cut(d, ".toc", keep=0)),
    "half the contents": (Trouble.DAMAGED, lambda d: cut(d, ".toc", keep=200)),
    "no segment": (Trouble.DAMAGED, lambda d: file_of(d, ".seg").unlink()),
    "an empty segment": (Trouble.DAMAGED, lambda d: cut(d, ".seg", keep=0)),
    "half a segment": (Trouble.DAMAGED, lambda d: cut(d, ".seg", keep=2_000)),
    "no seals": (Trouble.DAMAGED, lambda d: file_of(d, "seals.json").unlink()),
    "garbled seals": (Trouble.DAMAGED, lambda d: file_of(d, "seals.json").write_text("[]")),
    "condemned": (Trouble.DAMAGED, lambda d: (generation(d) / "damaged").touch()),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_refused_and_a_rebuild_cures_it(directory: Path, damage: str) -> None:
    trouble, inflict = DAMAGES[damage]
    inflict(directory)
    backend = WhooshBackend(directory, patience=0)

    assert backend.health().trouble is trouble
    for ask in (
        lambda: backend.query("jacket"),
        lambda: backend.suggest("ja"),
        backend.indexed_ids,
        lambda: backend.apply([coat(9)], [1]),
    ):
        with pytest.raises(IndexUnavailable) as refused:
            ask()
        assert refused.value.trouble is trouble

    backend.rebuild(WARDROBE)
    assert backend.health().is_good
    assert backend.query("jacket").ids == (1,)


def test_an_open_reader_follows_the_pointer_into_damage_and_out_again(directory: Path) -> None:
    reader = WhooshBackend(directory)
    assert reader.query("jacket").ids == (1,)

    shutil.rmtree(directory)
    with pytest.raises(IndexUnavailable):
        reader.query("jacket")

    WhooshBackend(directory).rebuild([coat(9)])
    assert reader.query("jacket").ids == ()
    assert reader.query("loden").ids == (9,)


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_few_wrong_bytes_anywhere_are_noticed_by_readers_old_and_new(
    directory: Path, place: int
) -> None:
    reader = WhooshBackend(directory)
    assert reader.query("jacket").ids == (1,)
    segment = file_of(directory, ".seg")
    content = bytearray(segment.read_bytes())
    start = len(content) * place // 100
    content[start : start + 3] = bytes(byte ^ 0xFF for byte in content[start : start + 3])
    segment.write_bytes(content)

    for backend in (reader, WhooshBackend(directory)):
        with pytest.raises(IndexUnavailable):
            backend.query("jacket")
        assert backend.health().trouble is Trouble.DAMAGED


def test_damage_found_by_one_process_condemns_the_index_for_all(directory: Path) -> None:
    toc = file_of(directory, ".toc")
    whole = toc.read_bytes()
    toc.write_bytes(whole[:-9])
    with pytest.raises(IndexUnavailable):
        WhooshBackend(directory).query("jacket")

    toc.write_bytes(whole)

    assert WhooshBackend(directory).health().trouble is Trouble.DAMAGED


class FailingSearcher:
    """A searcher that fails at whatever it is asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


def test_a_question_that_fails_condemns_nothing(directory: Path) -> None:
    backend = WhooshBackend(directory)
    assert backend.query("jacket").ids == (1,)
    assert backend._opened is not None
    backend._opened = replace(backend._opened, searcher=cast("Searcher", FailingSearcher()))

    with pytest.raises(IndexUnavailable) as refused:
        backend.query("jacket")

    assert refused.value.trouble is Trouble.FAILED
    assert WhooshBackend(directory).query("jacket").ids == (1,)


def test_looking_at_an_index_writes_nothing_into_its_folder(directory: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in directory.rglob("*")}

    backend = WhooshBackend(directory)
    backend.query("jacket")
    backend.suggest("ja")
    backend.health()

    assert {path: path.stat().st_mtime_ns for path in directory.rglob("*")} == before


def test_a_repeated_change_makes_no_new_commit(directory: Path) -> None:
    backend = WhooshBackend(directory)
    before = file_of(directory, ".toc")

    backend.apply(WARDROBE, [77])

    assert file_of(directory, ".toc") == before
