"""The committed stylesheet is the compiled one, so that running the shop needs no compiler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_committed_stylesheet_is_not_stale(tmp_path):
    compiler = Path(sys.executable).parent / "tailwindcss"
    fresh = tmp_path / "app.css"

    subprocess.run(
        [compiler, "--input", "static/css/input.css", "--output", fresh, "--minify"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )

    committed = (ROOT / "static/css/app.css").read_bytes()
    assert committed == fresh.read_bytes(), "run `make css` and commit static/css/app.css"
