"""Children are started again when they die, ever later, and do not outlive their supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.process import wait_until
from workers import children, launching
from workers.children import Child
from workers.launching import CAN_FORK, Fork, Launched, Program

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
END_AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").close()
time.sleep(600)
"""
PARENT = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(grandchild.pid))
time.sleep(600)
"""


class Launcher:
    """Starts programs and remembers them."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.launched: list[Launched] = []

    def __call__(self) -> Launched:
        self.launched.append(Program(self.command))
        return self.launched[-1]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "FIRST_PAUSE", 0.05)


@pytest.fixture
def sleeper() -> Iterator[tuple[Child, Launcher]]:
    launcher = Launcher(SLEEP)
    child = Child("sleeper", launcher)
    child.start()
    yield child, launcher
    child.stop()


def test_the_dead_are_started_again(sleeper: tuple[Child, Launcher]) -> None:
    child, launcher = sleeper
    os.kill(launcher.launched[0].pid, signal.SIGKILL)

    def is_back() -> bool:
        child.mend()
        return len(launcher.launched) == 2

    wait_until(is_back, seconds=10, what="the second life")
    assert child.is_running()


def test_the_living_are_left_alone(sleeper: tuple[Child, Launcher]) -> None:
    child, launcher = sleeper

    for _ in range(3):
        child.mend()

    assert len(launcher.launched) == 1


def test_who_keeps_dying_waits_longer_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    launcher = Launcher(END_AT_ONCE)
    child = Child("ephemeral", launcher)
    child.start()

    def lived_four_times() -> bool:
        child.mend()
        return len(launcher.launched) == 4

    wait_until(lived_four_times, seconds=20, what="the fourth life")
    child.stop()

    said = capsys.readouterr().err
    for pause in ("0.05 s", "0.1 s", "0.2 s"):
        assert f"ephemeral ended (exit code 3); it is started again in {pause}" in said


def test_the_pause_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LONGEST_PAUSE", 0.05)
    launcher = Launcher(END_AT_ONCE)
    child = Child("ephemeral", launcher)
    child.start()

    def lived_five_times() -> bool:
        child.mend()
        return len(launcher.launched) == 5

    wait_until(lived_five_times, seconds=20, what="the fifth life")
    child.stop()


def test_stopping_is_quick_and_final(sleeper: tuple[Child, Launcher]) -> None:
    child, launcher = sleeper

    child.stop()
    child.stop()

    assert launcher.launched[0].exit_code() == -signal.SIGTERM
    assert not child.is_running()


def test_the_stubborn_are_killed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark = tmp_path / "ready"
    launcher = Launcher([sys.executable, "-c", STUBBORN, str(mark)])
    child = Child("stubborn", launcher, grace=0.1)
    child.start()
    wait_until(mark.exists, seconds=10, what="the stubborn one")

    child.stop()

    assert launcher.launched[0].exit_code() == -signal.SIGKILL
    assert "stubborn does not end and is killed" in capsys.readouterr().err


def test_whom_a_child_started_ends_with_it(tmp_path: Path) -> None:
    mark = tmp_path / "grandchild"
    child = Child("parent", Launcher([sys.executable, "-c", PARENT, str(mark)]))
    child.start()
    wait_until(lambda: mark.exists() and mark.read_text() != "", seconds=10, what="the grandchild")

    child.stop()

    wait_until(lambda: not is_alive(int(mark.read_text())), seconds=5, what="the end of both")


def test_what_never_started_is_stopped_too() -> None:
    Child("never", Launcher(SLEEP)).stop()


@pytest.mark.skipif(not CAN_FORK, reason="processes are only forked on Linux")
def test_a_fork_goes_on_and_ends_like_a_program(tmp_path: Path) -> None:
    mark = tmp_path / "forked"
    program = f"""
import os, time
from pathlib import Path
from workers.children import Child
from workers.launching import Fork

def live():
    Path({str(mark)!r}).write_text(str(os.getpgid(0) == os.getpid()))
    time.sleep(600)

child = Child("fork", lambda: Fork("name", live))
child.start()
while not (Path({str(mark)!r}).exists() and Path({str(mark)!r}).read_text()):
    time.sleep(0.01)
comm = Path(f"/proc/{{child._process.pid}}/comm").read_text().strip()
child.stop()
print(comm, child._process.exit_code())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30
    )

    assert done.stdout.split() == ["vitrine-name", str(-signal.SIGTERM)]
    assert mark.read_text() == "True"


@pytest.mark.skipif(not CAN_FORK, reason="only Linux tells a child of its parent's death")
@pytest.mark.parametrize("way", [Program, Fork], ids=["program", "fork"])
def test_a_killed_supervisor_takes_its_children_along(tmp_path: Path, way: type) -> None:
    mark = tmp_path / "child"
    launch = f"Program({SLEEP!r})" if way is Program else "Fork('child', lambda: time.sleep(600))"
    program = f"""
from pathlib import Path
from workers.launching import Fork, Program
child = {launch}
Path({str(mark)!r}).write_text(str(child.pid))
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", program]) as supervisor:
        wait_until(lambda: mark.exists() and mark.read_text() != "", seconds=10, what="the child")
        supervisor.kill()

    wait_until(lambda: not is_alive(int(mark.read_text())), seconds=5, what="the end of both")


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be collected does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_programs_start_from_the_release_the_interpreter_is_asked_for_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "workers").mkdir(parents=True)
        (tmp_path / name / "workers" / "__main__.py").touch()
    current = tmp_path / "current"
    current.symlink_to("old")
    monkeypatch.setattr(sys, "executable", str(current / ".venv" / "bin" / "python"))
    assert launching.release().resolve() == tmp_path / "old"

    current.unlink()
    current.symlink_to("new")
    assert launching.release().resolve() == tmp_path / "new"

    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    assert launching.release() == launching.ROOT
