"""`python -m workers up`: starts everything one shop needs, keeps it running, stops it in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

from app.config import Settings
from workers import parts, preparation, queue_server
from workers.children import Child
from workers.preparation import Prepared
from workers.queue_server import CannotStart
from workers.surroundings import (
    answers,
    environment,
    is_given,
    lan_address,
    occupied,
    refuse_taken_port,
)
from workers.watching import Watch

ROOT = Path(__file__).parent.parent
OPEN_WITHIN = 60.0
LOOK_EVERY = 0.2
LOOK_EVERY_WHILE_STARTING = 0.05
ANYWHERE = "0.0.0.0"  # noqa: S104  (only compared with)


def main(settings: Settings, stopping: Event, *, reload: bool) -> int:
    """Run the shop until told to stop; what cannot start says why in one line."""
    try:
        with occupied(settings.data_dir):
            Supervisor(settings, stopping).run(reload=reload)
    except CannotStart as error:
        say(str(error))
        return 1
    return 0


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


class Supervisor:
    """Starts its children one after another and stops them the other way round."""

    def __init__(self, settings: Settings, stopping: Event) -> None:
        self._settings = settings
        self._stopping = stopping
        self._lan = lan_address() if settings.host == ANYWHERE else None
        self._environment = environment(settings, os.environ, self._lan)
        self._sandbox_url = self._environment["VITRINE_SANDBOX_URL"]
        self._children: list[Child] = []

    def run(self, *, reload: bool) -> None:
        """From the first check to the last child's end; raises CannotStart."""
        began = time.monotonic()
        try:
            self._refuse_taken_ports()
            self._open_queue()
            prepared = self._prepare()
            self._start_all(reload=reload)
            self._wait_until_open()
            if not self._stopping.is_set():
                seconds = time.monotonic() - began
                say(banner(self._settings, self._lan, prepared, seconds=seconds))
            self._watch_over(Watch(ROOT) if reload else None)
        finally:
            for child in reversed(self._children):
                child.stop()

    def _refuse_taken_ports(self) -> None:
        refuse_taken_port(self._settings.host, self._settings.port, variable="PORT")
        if self._has_sandbox:
            port = parts.port_of(self._sandbox_url)
            refuse_taken_port(self._settings.host, port, variable="VITRINE_SANDBOX_URL")

    def _open_queue(self) -> None:
        if is_given(os.environ, "REDIS_URL"):
            return
        data_dir = self._settings.data_dir
        queue_server.refuse_long_path(data_dir)
        queue_server.end_an_orphan(data_dir)
        child = self._start("queue", queue_server.command(data_dir))
        queue_server.wait_until_ready(child, data_dir)

    def _prepare(self) -> Prepared:
        """Migrate; in development, give an empty shop its demo."""
        prepared = preparation.read(self._done("the database", parts.PREPARATION))
        if not prepared.is_empty or self._settings.environment != "development":
            return prepared
        if not prepared.has_demo:
            say("The shop is empty and there is no demo to load: set it up with `flask shop init`.")
            return prepared
        say("Loading the demo shop, this first time only…")
        self._done("the demo shop", parts.DEMO)
        return preparation.read(self._done("the database", parts.PREPARATION))

    def _done(self, what: str, command: list[str]) -> str:
        """What a step printed; raises CannotStart when it fails. Told to stop, it ends the step."""
        if self._stopping.is_set():
            return ""
        process = subprocess.Popen(  # noqa: S603  (the shop's own programs)
            command, env=self._environment, cwd=ROOT, stdout=subprocess.PIPE, process_group=0
        )
        while process.poll() is None:
            if self._stopping.wait(LOOK_EVERY_WHILE_STARTING):
                process.terminate()
        printed, _ = process.communicate()
        if process.returncode != 0 and not self._stopping.is_set():
            raise CannotStart(f"Preparing {what} failed; the reason stands above.")
        return printed.decode()

    def _start_all(self, *, reload: bool) -> None:
        if self._stopping.is_set():
            return
        if self._has_sandbox:
            self._start("sandbox", parts.sandbox(self._settings, self._sandbox_url))
        self._start("worker", parts.WORKER)
        self._start("scheduler", parts.SCHEDULER)
        self._start("web", parts.web(self._settings))
        if reload:
            self._start("css", parts.stylesheet())

    def _start(self, name: str, command: list[str]) -> Child:
        child = Child(name, command, self._environment, ROOT, say)
        self._children.append(child)
        child.start()
        return child

    def _wait_until_open(self) -> None:
        deadline = time.monotonic() + OPEN_WITHIN
        while not self._stopping.is_set() and not answers(self._settings.port, "/healthz"):
            if time.monotonic() > deadline:
                raise CannotStart(f"The shop did not answer within {OPEN_WITHIN:g} s.")
            self._mend()
            self._stopping.wait(LOOK_EVERY_WHILE_STARTING)

    def _watch_over(self, watch: Watch | None) -> None:
        while not self._stopping.wait(LOOK_EVERY):
            self._mend()
            if watch is not None and watch.has_changed():
                say("Something changed; starting again…")
                self._restart({"web", "worker", "scheduler"})

    def _mend(self) -> None:
        for child in self._children:
            child.mend()

    def _restart(self, names: set[str]) -> None:
        for child in self._children:
            if child.name in names:
                child.stop()
                child.start()

    @property
    def _has_sandbox(self) -> bool:
        return "sandbox" in self._settings.payment_methods


def banner(settings: Settings, lan: str | None, prepared: Prepared, *, seconds: float) -> str:
    """What a newcomer needs to know, with the address first."""
    rows = [("Shop", settings.public_url), ("Back office", f"{settings.public_url}/admin")]
    if lan is not None:
        rows.append(("On a phone", f"http://{lan}:{settings.port} (in the same network)"))
    rows += [("Sign in as", "  ".join(login)) for login in prepared.logins]
    rows.append(("Data", str(settings.data_dir)))
    table = "\n".join(f"  {name:<12} {value}" for name, value in rows)
    return f"\nVitrine is open, after {seconds:.1f} s.\n{table}\nCtrl-C closes it.\n"
