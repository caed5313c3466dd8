"""A whole shop brought in and taken along by the command line: how fast, in how much memory.

`make bench ARGS="import"` measures 20,000 products, `ARGS="import=100000"` as many as named.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from app.catalog.commands import media
from app.catalog.own_file.columns import header
from app.catalog.own_file.files import csv_of
from app.catalog.own_file.writing import rows_of
from app.platform import clock
from app.platform.configuration import settings
from app.platform.images import from_image
from tests.bench import generated
from tests.bench.surroundings import shop_on
from tests.bench.table import Figure
from tests.cast import house
from tests.servers.stage import environment_for

PRODUCTS = 20_000
LEAST_A_SECOND = 500
MOST_MB = 400
LOOK_EVERY = 0.02
"""Seconds."""
SHOP = [sys.executable, "-m", "flask", "--app", "wsgi", "shop"]


def measure(many: int = PRODUCTS) -> list[Figure]:
    found: list[Figure] = []
    for database in ("sqlite", "postgresql"):
        part = f"import, {database}"
        with shop_on(database), TemporaryDirectory() as folder:
            found += _measured(part, Path(folder), many)
    found.append(Figure("import", "load of the machine, one minute", os.getloadavg()[0], ""))
    return found


def _measured(part: str, folder: Path, many: int) -> Iterator[Figure]:
    house(clock.now())
    table, book = folder / "shop.csv", folder / "shop.xlsx"
    with table.open("wb") as file:
        file.writelines(csv_of(header([generated.PLACE]), _rows(many)))
    environment = environment_for(settings().database_url, settings().data_dir)
    for what, words, bar in (
        ("products taken in", ["import", str(table)], LEAST_A_SECOND),
        ("taken in again", ["import", str(table)], 0),
        ("exported as XLSX", ["export", str(book)], 0),
        ("that XLSX looked into", ["import", str(book), "--dry-run"], 0),
    ):
        seconds, computing, megabytes = _run([*SHOP, *words], environment)
        rate, wanted = many / seconds, f"≥ {bar}" if bar else ""
        yield Figure(part, f"{many:,} {what}", rate, "/s", wanted, rate >= bar if bar else None)
        yield Figure(part, "… for each second of computing", many / computing, "/s")
        is_bounded = megabytes <= MOST_MB
        yield Figure(part, "… most memory", megabytes, "MB", f"≤ {MOST_MB}", is_bounded)


def _rows(many: int) -> Iterator[dict[str, str]]:
    """The generated shop's rows; its few photographs are kept already, as after a move."""
    pictures = [from_image(Image.new("RGB", (400, 500), (shade, 60, 40))) for shade in range(20)]
    for picture in pictures:
        media.keep(picture, now=clock.now())
    names = [f"{picture.sha256}.jpg" for picture in pictures]
    for product in generated.products(many, names):
        yield from rows_of(product, settings().currency)


def _run(words: list[str], environment: Mapping[str, str]) -> tuple[float, float, float]:
    """(seconds, seconds of computing, most memory in MB) of a process that must succeed."""
    began, most = time.perf_counter(), 0.0
    process = subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        most = max(most, _most_memory(process.pid))
        time.sleep(LOOK_EVERY)
    _id, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, most


def _most_memory(pid: int) -> float:
    """Megabytes, of this program alone: what `wait4` tells counts the process it was forked from.
    0 where the system does not say, or it has ended.
    """
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in told.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0
