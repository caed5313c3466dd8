"""Lighthouse of a page as a phone sees it. Node and Chromium have to be there; Lighthouse itself is
installed beside the caches when it is first asked for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.bench.table import Figure, at_least
from tests.servers.chromium import ARGUMENTS, installed
from workers.launching import ROOT

VERSION = "12.8.2"
FOLDER = ROOT / ".cache" / "lighthouse"
PROGRAM = FOLDER / "node_modules" / ".bin" / "lighthouse"
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
SILENT = "--quiet"


def scores(url: str, what: str) -> list[Figure]:
    """One figure per category; a line that says why when it cannot be measured."""
    reason = _hindrance()
    if reason:
        print(f"Lighthouse was left out: {reason}.")
        return []
    found = _run(url)
    return [
        at_least("lighthouse", f"{what}, {name}", found[name] * 100, "of 100", bar)
        for name, bar in BARS.items()
    ]


def _hindrance() -> str:
    """Why it cannot be run here; nothing when it can."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "there is no Node on this machine"
    if installed() is None:
        return "there is no Chromium on this machine"
    if not PROGRAM.exists() and not _install():
        return f"npm could not install lighthouse@{VERSION}"
    return ""


def _install() -> bool:
    words = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix",
             str(FOLDER), f"lighthouse@{VERSION}"]  # fmt: skip
    FOLDER.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(words, check=False, capture_output=True, timeout=600)
    return done.returncode == 0 and PROGRAM.exists()


def _run(url: str) -> dict[str, float]:
    """The score of each category, from 0 to 1."""
    report = FOLDER / "report.json"
    words = [
        str(PROGRAM), url, SILENT, "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(BARS)}",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(installed())}
    subprocess.run(words, check=True, capture_output=True, timeout=300, env=environment)
    told = json.loads(Path(report).read_text(encoding="utf-8"))["categories"]
    return {name: float(told[name]["score"]) for name in BARS}
