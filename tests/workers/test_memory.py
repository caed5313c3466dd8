"""Processes of the shop hold little memory that they do not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workers.launching import ROOT

THREADS = 8
PROGRAM = f"""
import platform, sys, threading
from workers.memory import keep_little
if sys.argv[1:]: keep_little()
if platform.libc_ver()[0] != "glibc": sys.exit(77)
def work():
    for size in range(20_000, 100_000, 400):
        bytes(size)
threads = [threading.Thread(target=work) for _ in range({THREADS})]
for each in threads: each.start()
for each in threads: each.join()
maps = open("/proc/self/maps").read().splitlines()
print(sum(int(line.split("-")[0], 16) % (64 << 20) == 0 for line in maps))
"""


def areas(*words: str) -> int:
    """How many areas of memory a process has that let eight threads work."""
    command = [sys.executable, "-c", PROGRAM, *words]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if said.returncode:
        pytest.skip("not glibc")
    return int(said.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="looked up in /proc")
def test_threads_share_one_area_of_memory() -> None:
    assert areas("little") < areas()
