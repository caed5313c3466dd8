"""Where the processes of one machine count requests together.

Each writes a file of its own, and whichever is asked for /metrics adds them up. It has to be said
before the library that counts is loaded.
"""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def count_together(data_dir: Path) -> None:
    """Let this process and those it begins count into one folder, which begins empty.

    A process whose beginner has said so already counts along.
    """
    if VARIABLE in os.environ:
        return
    folder = data_dir / "metrics" / socket.gethostname()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[VARIABLE] = str(folder)
