"""How long a rehearsal may take, and how much memory; the kernel sees to it.

One takes some five seconds of computing. The limits are for one that never ends: on a machine that
is busy with other things a minute may not be enough for those five.
"""

from __future__ import annotations

import resource
import signal
from contextlib import suppress

SECONDS = 100
SECONDS_OF_COMPUTING = 60
MEMORY = 1024 * 1024 * 1024
TIME_IS_OVER = frozenset({signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL})


def limit_this_process() -> None:
    """End this process when its time is over, whatever it does by then; refuse it more memory."""
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_COMPUTING, SECONDS_OF_COMPUTING))
    with suppress(ValueError, OSError):  # not every system has this one
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
