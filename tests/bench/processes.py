"""Memory of processes as Linux reckons it: what several share is counted once (PSS)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

KILOBYTES_IN_MB = 1024
WEB = "vitrine-web"
OPEN = "01"


def can_be_measured() -> bool:
    """Whether the system says how much of a process's memory is shared."""
    return Path("/proc/self/smaps_rollup").exists()


def family(pid: int) -> Iterator[int]:
    """A process and whatever it has begun."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def share_mb(pid: int) -> float:
    """0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / KILOBYTES_IN_MB


def computed_seconds(pid: int) -> float:
    """What a process has computed so far, whatever else the machine did meanwhile."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def connections(pid: int, port: int) -> int:
    """How many open ones to that port a process has accepted."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    local = f":{port:04X}"
    open_there = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(local) and row[3] == OPEN}
    return sum(str(each.readlink()) in open_there for each in Path(f"/proc/{pid}/fd").iterdir())


def web_workers(pid: int) -> list[int]:
    """Those of a family that answer requests: they were begun by a web server."""
    return [
        child for each in family(pid) if _is_web(each) for child in family(each) if child != each
    ]


def _is_web(pid: int) -> bool:
    name = Path(f"/proc/{pid}/comm").read_text().strip()
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return name == WEB or words[1:4] == [b"-m", b"workers", b"web"]
