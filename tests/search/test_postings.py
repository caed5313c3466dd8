"""What Whoosh knows of a token is read whole, kept, and takes no more memory than it may."""

from __future__ import annotations

from pathlib import Path
from random import Random

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from app.search.whoosh_backend.postings import Kept, numbers
from app.search.whoosh_backend.schema import SEARCHED, row, schema
from tests.search.wardrobe import coat

CLOTHS = ("denim", "wool", "silk", "linen", "velvet")
COATS = 700


def test_postings_are_what_whoosh_gives_one_by_one(tmp_path: Path) -> None:
    pick = Random(3)
    texts = [" ".join(pick.choices(CLOTHS, k=pick.randrange(4))) for _ in range(COATS)]
    texts[600] = "loden " * 400
    reader = _index(tmp_path, texts).reader()
    kept = Kept()

    for token in (*CLOTHS, "loden", "coat"):
        found = kept.of(reader, SEARCHED, token)
        one_by_one = reader.postings(SEARCHED, token)
        expected = {}
        while one_by_one.is_active():
            expected[one_by_one.id()] = min(255, int(one_by_one.weight()))
            one_by_one.next()
        assert numbers(found.having) == sorted(expected)
        assert list(found.of(range(COATS))) == [expected.get(at, 0) for at in range(COATS)]
        assert kept.of(reader, SEARCHED, token) is found
    assert numbers(kept.of(reader, SEARCHED, "nothing").having) == []


def test_no_more_is_kept_than_may_be(tmp_path: Path) -> None:
    reader = _index(tmp_path, [" ".join(CLOTHS)] * COATS).reader()
    kept = Kept(most_bytes=2_000)

    first = kept.of(reader, SEARCHED, CLOTHS[0])
    for token in CLOTHS[1:]:
        kept.of(reader, SEARCHED, token)
        assert 0 < kept.size <= 2_000
    again = kept.of(reader, SEARCHED, CLOTHS[0])

    assert again == first
    assert again is not first


def _index(folder: Path, texts: list[str]) -> FileIndex:
    index: FileIndex = FileStorage(folder).create_index(schema())
    writer = index.writer()
    for at, text in enumerate(texts):
        writer.add_document(**row(coat(at + 1, description_en=text)))
    writer.commit()
    return index
