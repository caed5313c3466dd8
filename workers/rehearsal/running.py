"""Play the rehearsal that waits longest: a child process does, this one only listens and keeps.

The child is told what it needs on its standard input. It knows neither the shop's database nor its
secrets nor its mail server, is ended when it takes too long, and its folder is thrown away.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from app.platform import clock
from app.platform.configuration import settings
from app.platform.i18n import LANGUAGES, gettext, speaking
from app.rehearsal.commands import keeping
from app.rehearsal.commands.keeping import Begun
from app.rehearsal.copying import SHARED
from app.rehearsal.queries.excerpt import excerpt, starts_at
from workers.rehearsal.limits import TIME_IS_OVER

ROOT = Path(__file__).parents[2]
REPORT, PROBLEM = "report.json", "problem.json"
KEPT_VARIABLES = frozenset({"HOME", "LANG", "LC_ALL", "PATH", "VIRTUAL_ENV"})
LONGEST_LOG = 4000
log = structlog.get_logger("rehearsal")


def run_next() -> None:
    """What the schedule calls; does nothing when nobody asked for a rehearsal."""
    begun = keeping.begin_next(now=clock.now())
    if begun is None:
        return
    with TemporaryDirectory(prefix="vitrine-rehearsal-") as name:
        report, problem = play(begun, Path(name))
    keeping.finish(begun.id, report, problem=problem, now=clock.now())


def play(begun: Begun, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """(report, problem) of a run in that folder; progress is noted as the child tells it."""
    request = _request(begun, folder)
    with (folder / "log").open("w+", encoding="utf-8") as errors:
        code = _listen(begun, request, errors.fileno(), folder)
        errors.seek(0)
        said = errors.read()[-LONGEST_LOG:]
    if code != 0:
        log.error("rehearsal.broke_off", run=begun.id, code=code, said=said)
        return {}, _broken_off(code)
    return _read(folder / REPORT), _read(folder / PROBLEM)


def _request(begun: Begun, folder: Path) -> dict[str, Any]:
    shared = settings()
    return {
        "folder": str(folder),
        "outcome": begun.outcome.value,
        "now": starts_at(begun.campaign_id, now=clock.now()).isoformat(),
        "settings": {name: getattr(shared, name) for name in SHARED},
        "rows": excerpt(begun.campaign_id),
    }


def _listen(begun: Begun, request: Mapping[str, Any], errors: int, folder: Path) -> int:
    process = subprocess.Popen(
        [sys.executable, "-m", "workers.rehearsal"],
        cwd=ROOT,
        env=_environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    with process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the child was started with pipes")
        try:
            json.dump(request, process.stdin)
            process.stdin.close()
            for line in process.stdout:
                told = json.loads(line)
                keeping.note_progress(begun.id, int(told["percent"]), str(told["word"]))
        except BaseException:
            process.kill()
            raise
    return process.returncode


def _environment(folder: Path) -> dict[str, str]:
    """Nothing that says where the shop's things are."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("PYTHON") or name in KEPT_VARIABLES
    }
    return kept | {"TMPDIR": str(folder)}


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _broken_off(code: int) -> dict[str, list[str]]:
    """Why there is no report, by language."""
    problem = {}
    for language in LANGUAGES:
        with speaking(language):
            problem[language] = [
                gettext("It took too long and was ended.")
                if -code in TIME_IS_OVER
                else gettext("It broke off. The log of the workers says where.")
            ]
    return problem
