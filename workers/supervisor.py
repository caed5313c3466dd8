"""`python -m workers up`: starts everything one shop needs, keeps it running, stops it in order.

The application is imported here once, and its database migrated, before worker, scheduler and web
server are forked from this process; where it cannot fork they are programs like the others.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from threading import Event

from app.config import Settings, load_settings
from workers import commands, queue_server, web
from workers.children import GRACE, Child, say
from workers.counting import count_together
from workers.launching import CAN_FORK, Fork, Launched, Program
from workers.listening import listen, turn_away
from workers.opening import Reminder, banner
from workers.renewal import program, renew
from workers.service import say_open
from workers.surroundings import (
    ANYWHERE,
    CannotStart,
    answers,
    keep_bytecode,
    lan_address,
    occupied,
    refuse_taken_port,
    told,
)

PARTS = (("worker", "work"), ("relay", "relay"), ("web", "web"))
"""Our own processes: the module in this package, and its word on the command line."""
OPEN_WITHIN = 60.0
LONGEST_GRACE = {"web": web.SECONDS_TO_FINISH_REQUESTS + 5.0}
LOOK_EVERY = 0.2
LOOK_EVERY_WHILE_STARTING = 0.05


def main(settings: Settings, stopping: Event, reloading: Event) -> int:
    """Run the shop until told to stop, renew it when told to; what cannot start says why in one
    line.
    """
    try:
        with occupied(settings.data_dir):
            lan = lan_address() if settings.host == ANYWHERE else None
            os.environ.update(told(settings, os.environ, lan))
            keep_bytecode(settings.data_dir)
            count_together(settings.data_dir)
            Supervisor(load_settings(), stopping, lan).run(reloading)
    except CannotStart as error:
        say(str(error))
        return 1
    return 0


class Supervisor:
    """Starts its children one after another and stops them the other way round."""

    def __init__(self, settings: Settings, stopping: Event, lan: str | None) -> None:
        self._settings = settings
        self._stopping = stopping
        self._lan = lan
        self._children: list[Child] = []
        self._listening: list[socket.socket] = []
        self._has_sandbox = "sandbox" in settings.payment_methods
        self._is_new = False

    def run(self, reloading: Event) -> None:
        """From the first check to the last child's end; raises CannotStart."""
        began = time.monotonic()
        try:
            self._refuse_taken_ports()
            self._listening = listen(
                self._settings.host, self._settings.port, processes=web.WORKERS
            )
            self._open_queue()
            if self._has_sandbox:
                self._start("sandbox", partial(Program, commands.sandbox(self._settings)))
            logins = self._prepare()
            self._open_shop()
            if not self._stopping.is_set():
                say(banner(self._settings, self._lan, logins, seconds=time.monotonic() - began))
                say_open()
            reminder = Reminder(self._settings, self._lan) if self._is_new else None
            while not self._stopping.wait(LOOK_EVERY):
                self._mend()
                if reminder and reminder.is_due():
                    say(reminder.text)
                    reminder = None
                if reloading.is_set():
                    reloading.clear()
                    self._renew()
        finally:
            self._close()

    def _close(self) -> None:
        """The web server first, and its doors with it: it turns round and round at closed ones."""
        for child in reversed(self._children):
            child.stop()
            turn_away(self._listening)

    def _refuse_taken_ports(self) -> None:
        refuse_taken_port(self._settings.host, self._settings.port, variable="PORT")
        if self._has_sandbox:
            port = commands.port_of(self._settings.sandbox_url)
            refuse_taken_port(self._settings.host, port, variable="VITRINE_SANDBOX_URL")

    def _open_queue(self) -> None:
        data_dir = self._settings.data_dir
        if self._settings.redis_url != queue_server.url(data_dir):
            return
        queue_server.refuse_long_path(data_dir)
        queue_server.end_an_orphan(data_dir)
        child = self._start("queue", partial(Program, queue_server.command(data_dir)))
        queue_server.wait_until_ready(child, data_dir)

    def _prepare(self) -> Sequence[tuple[str, str, str]]:
        """Import the application and migrate; in development fill an empty shop with the demo.

        Returns the demo's logins.
        """
        from workers import preparation, runner

        app = runner.application()
        preparation.migrate(app)
        if self._settings.environment != "development":
            return ()
        if preparation.is_empty(app):
            self._load_demo()
        return preparation.demo_logins(app)

    def _load_demo(self) -> None:
        """In a process of its own, so that what drawing takes in memory is given back."""
        say("Loading the demo shop, this first time only…")
        loading = Program(commands.DEMO)
        while loading.exit_code() is None:
            if self._stopping.wait(LOOK_EVERY_WHILE_STARTING):
                os.kill(loading.pid, signal.SIGTERM)
        if loading.exit_code() != 0 and not self._stopping.is_set():
            raise CannotStart("The demo shop could not be loaded; the reason stands above.")
        self._is_new = True

    def _open_shop(self) -> None:
        """Start our own processes and return once the web server answers."""
        if CAN_FORK:
            from workers import runner, sharing

            sharing.make_shareable(runner.application())
        for module, word in PARTS:
            if not self._stopping.is_set():
                self._start(module, self._launcher(module, word))
        deadline = time.monotonic() + OPEN_WITHIN
        while not self._stopping.is_set() and not self._answers():
            if time.monotonic() > deadline:
                raise CannotStart(f"The shop did not answer within {OPEN_WITHIN:g} s.")
            self._mend()
            self._stopping.wait(LOOK_EVERY_WHILE_STARTING)

    def _answers(self) -> bool:
        host = self._settings.host
        return answers("127.0.0.1" if host == ANYWHERE else host, self._settings.port)

    def _launcher(self, module: str, word: str) -> Callable[[], Launched]:
        if not CAN_FORK:
            return partial(program, word, self._listening)
        begin: Callable[..., None] = import_module(f"workers.{module}").main
        more = {"listening": self._listening} if module == "web" else {}
        return partial(Fork, module, partial(begin, self._settings, self._stopping, **more))

    def _renew(self) -> None:
        words = dict(PARTS)
        ours = [(child, words[child.name]) for child in self._children if child.name in words]
        renew(ours, self._listening, self._stopping)

    def _start(self, name: str, launch: Callable[[], Launched]) -> Child:
        child = Child(name, launch, grace=LONGEST_GRACE.get(name, GRACE))
        self._children.append(child)
        child.start()
        return child

    def _mend(self) -> None:
        for child in self._children:
            child.mend()
