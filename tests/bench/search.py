"""Search: how well it finds (judged queries), and how long it takes among 10,000 products;
PostgreSQL with 100,000 too. Whoosh needs ten minutes to index that many: `ARGS=search-large`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles

from sqlalchemy import create_engine

from app.demo.copy.catalogue import PIECES
from app.demo.copy.words import SYNONYMS
from app.platform.db import engine_options
from app.search.backend import SearchBackend, SearchDocument, SearchFilters
from app.search.postgres_backend import PostgresBackend
from app.search.synonyms import Synonyms
from app.search.whoosh_backend import WhooshBackend
from tests.bench.surroundings import DURABLE
from tests.bench.table import Figure, at_most
from tests.search.relevance.catalogue import documents
from tests.search.relevance.judging import answers, figures
from tests.servers.postgres import running_postgres

FEW, MANY, ASKED = 10_000, 100_000, 120


@dataclass(frozen=True)
class Bars:
    """Milliseconds at the 95th percentile."""

    plain: float
    narrowed: float


BARS = {
    ("Whoosh", FEW): Bars(25, 40),
    ("Whoosh", MANY): Bars(100, 300),
    ("PostgreSQL", MANY): Bars(100, 100),
}

COLOURS = (
    ("navy", "藏青"),
    ("rust", "铁锈红"),
    ("olive", "橄榄绿"),
    ("ecru", "本白"),
    ("plum", "梅子紫"),
)
CLOTHS = (
    ("denim", "牛仔"),
    ("wool", "羊毛"),
    ("linen", "亚麻"),
    ("silk", "真丝"),
    ("tweed", "粗花呢"),
)
THINGS = (
    ("jacket", "夹克"),
    ("dress", "连衣裙"),
    ("skirt", "半身裙"),
    ("coat", "大衣"),
    ("shirt", "衬衫"),
)
BRANDS = tuple(f"{name} {kind}" for name in ("Alder", "Brook", "Corrie", "Dunmore", "Ebbe", "Fell")
               for kind in ("Works", "& Sons", "Mills", "Knit"))  # fmt: skip
DECADES = tuple(range(1920, 2000, 10))
SHELVES = ("autumn", "workwear", "evening", "new-in")


def measure(few: int = FEW) -> list[Figure]:
    many = [few, MANY] if few == FEW else [few]
    return [*_on("Whoosh", _whoosh, [few]), *_on("PostgreSQL", _postgresql, many)]


def measure_large(many: int = MANY) -> list[Figure]:
    return list(_on("Whoosh", _whoosh, [many]))


Opened = Callable[[], AbstractContextManager[SearchBackend]]


def _on(name: str, opened: Opened, sizes: Sequence[int]) -> Iterator[Figure]:
    part = f"search, {name}"
    with opened() as backend:
        catalogue = documents()
        backend.rebuild(catalogue.values())
        answered = answers(backend, catalogue)
        reached = figures(answered)
        yield Figure(part, f"{len(answered)} judged queries: MRR", reached.mrr * 100, "%")
        yield Figure(part, "precision among as many as are relevant", reached.precision * 100, "%")
        yield Figure(part, "recall on the first page", reached.recall * 100, "%")
        for products in sizes:
            began = time.perf_counter()
            backend.rebuild(generated(products))
            rate = products / (time.perf_counter() - began)
            yield Figure(part, f"{products:,} products indexed", rate, "/s")
            yield from _times(f"{part}, {products:,} products", backend, BARS.get((name, products)))


def _times(part: str, backend: SearchBackend, bars: Bars | None) -> Iterator[Figure]:
    pick = Random(5)
    narrow = [SearchFilters(era="1970s"), SearchFilters(collection="autumn")]
    for what, ask in ASKS.items():
        is_narrowed = "narrowed" in what
        taken = [
            _milliseconds(backend, ask(pick), pick.choice(narrow) if is_narrowed else None)
            for _ in range(ASKED)
        ]
        p95 = _p95([wall for wall, _own in taken])
        yield Figure(part, f"{what}, median", median(wall for wall, _own in taken), "ms")
        own = _p95([own for _wall, own in taken])
        yield Figure(part, f"{what}, p95 of our own work", own, "ms")
        if bars is None:
            yield Figure(part, f"{what}, p95", p95, "ms")
        else:
            bar = bars.narrowed if is_narrowed else bars.plain
            yield at_most(part, f"{what}, p95", p95, "ms", bar)


def _milliseconds(
    backend: SearchBackend, text: str, filters: SearchFilters | None
) -> tuple[float, float]:
    """As somebody waits, and what this thread computed: far apart, the machine was busy."""
    began, worked = time.perf_counter(), time.thread_time()
    backend.query(text, filters=filters, synonyms=Synonyms(SYNONYMS))
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def generated(products: int) -> Iterator[SearchDocument]:
    """Pieces of a few words each, with stories of the demo's length."""
    pick = Random(11)
    stories = [piece.story for piece in PIECES]
    for number in range(1, products + 1):
        colour, cloth, thing = pick.choice(COLOURS), pick.choice(CLOTHS), pick.choice(THINGS)
        decade, story, size = pick.choice(DECADES), pick.choice(stories), pick.randrange(80, 130)
        yield SearchDocument(
            product_id=number,
            number=f"{number:04d}",
            title_en=f"{decade}s {cloth[0]} {thing[0]} in {colour[0]}, lot {pick.randrange(2000)}",
            title_zh=f"{decade % 100}年代{cloth[1]}{thing[1]} {colour[1]}",
            brand=pick.choice(BRANDS),
            era=f"{decade}s",
            material=" ".join(cloth),
            colour=" ".join(colour),
            skus=(f"P{number:06d}",),
            description_en=story.en,
            description_zh=story.zh,
            measurements=(f"chest {size}", f"胸围 {size}", f"length {size - 40}"),
            collections=(pick.choice(SHELVES),),
        )


def _english(pick: Random) -> str:
    return f"{pick.choice(COLOURS)[0]} {pick.choice(CLOTHS)[0]} {pick.choice(THINGS)[0]}"


def _chinese(pick: Random) -> str:
    return f"{pick.choice(CLOTHS)[1]}{pick.choice(THINGS)[1]} {pick.choice(COLOURS)[1]}"


def _common(pick: Random) -> str:
    return pick.choice([*pick.choice(THINGS), *pick.choice(CLOTHS)])


def _size(pick: Random) -> str:
    return f"{pick.choice(('chest', '胸围'))} {pick.randrange(84, 126)} {pick.choice(THINGS)[0]}"


def _pinyin(pick: Random) -> str:
    return pick.choice(("niuzai jiake", "yangmao dayi", "zhensi", "lianyiqun", "nzjk", "cuhuani"))


def _misspelt(pick: Random) -> str:
    word = pick.choice(THINGS)[0]
    place = pick.randrange(1, len(word))
    return f"{pick.choice(CLOTHS)[0]} {word[:place]}x{word[place + 1 :]}"


ASKS: Mapping[str, Callable[[Random], str]] = {
    "English": _english,
    "Chinese": _chinese,
    "one common word": _common,
    "size": _size,
    "pinyin": _pinyin,
    "misspelt": _misspelt,
    "English, narrowed": _english,
    "Chinese, narrowed": _chinese,
}


@contextmanager
def _whoosh() -> Iterator[SearchBackend]:
    with tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder:
        yield WhooshBackend(Path(folder))


@contextmanager
def _postgresql() -> Iterator[SearchBackend]:
    with running_postgres(DURABLE) as server:
        url = server.create("bench")
        engine = create_engine(url, **engine_options(url))
        try:
            yield PostgresBackend(lambda: engine)
        finally:
            engine.dispose()
