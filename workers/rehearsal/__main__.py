"""`python -m workers.rehearsal`: play one campaign on a copy, as told on standard input.

Says how far it is on standard output, a JSON object a line; report and problem are files in the
folder it was given.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from workers.rehearsal.limits import limit_this_process


def main() -> None:
    """Limits come first: whatever is imported or done after them is bound by them."""
    limit_this_process()
    told, sys.stdout = sys.stdout, sys.stderr  # nothing that prints may speak in between
    request = json.load(sys.stdin)
    _say(told, 2, "opening")
    _play(request, Path(request["folder"]), told)


def _play(request: dict[str, Any], folder: Path, told: TextIO) -> None:
    from flask_migrate import upgrade

    from app.factory import create_app
    from app.rehearsal.copying import be_quick, settings_of_copy, write
    from app.rehearsal.play import play
    from app.rehearsal.rules import Outcome

    app = create_app(settings_of_copy(folder, request["settings"]))
    with app.app_context():
        _say(told, 8, "opening")
        upgrade()
        be_quick()
        write(request["rows"])
        played = play(
            Outcome(request["outcome"]),
            now=datetime.fromisoformat(request["now"]),
            told=lambda percent, word: _say(told, percent, word),
        )
    for name, content in (("report", played.report), ("problem", played.problem)):
        text = json.dumps(content, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _say(told: TextIO, percent: int, word: str) -> None:
    told.write(json.dumps({"percent": percent, "word": word}) + "\n")
    told.flush()


if __name__ == "__main__":
    main()
