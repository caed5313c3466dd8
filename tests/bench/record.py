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
    """The newest run of the same sizes; what it did not measure is taken from those before it."""

    name: str = ""
    figures: Mapping[Key, float] = field(default_factory=dict)


def last(sizes: Mapping[str, str], folder: Path = FOLDER) -> Before:
    """`sizes` are those of the parts that were not measured in full."""
    name, figures = "", dict[Key, float]()
    for run in sorted(folder.glob("*.json")):
        told = json.loads(run.read_text(encoding="utf-8"))
        if told["sizes"] == sizes:
            name = run.stem
            figures |= {Figure(**row).key: row["value"] for row in told["figures"]}
    return Before(name, figures)


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
