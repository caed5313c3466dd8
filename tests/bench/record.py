"""What each run measured, kept as JSON beside the caches, and what the run before it measured."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.platform import clock
from tests.bench.table import Figure, Key
from workers.launching import ROOT

FOLDER = ROOT / ".cache" / "bench"


@dataclass(frozen=True)
class Before:
    """The newest run that is kept; what it did not measure is taken from the ones before it."""

    name: str = ""
    figures: Mapping[Key, float] = field(default_factory=dict)


def last(folder: Path = FOLDER) -> Before:
    runs = sorted(folder.glob("*.json"))
    figures: dict[Key, float] = {}
    for run in runs:
        rows = json.loads(run.read_text(encoding="utf-8"))["figures"]
        figures |= {Figure(**row).key: row["value"] for row in rows}
    return Before(runs[-1].stem if runs else "", figures)


def keep(figures: Sequence[Figure], sizes: Mapping[str, str], folder: Path = FOLDER) -> Path:
    """Write the run; returns the file."""
    now = clock.now()
    told = {
        "at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": f"{os.cpu_count()} cores, {platform.platform()}",
        "python": platform.python_version(),
        "sizes": dict(sizes),
        "figures": [asdict(figure) for figure in figures],
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    try:
        told = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return told.stdout.strip()
