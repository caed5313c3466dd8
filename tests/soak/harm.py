"""What is done to the shop: killed with -9, set to another time, left without room on its disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import psycopg

from tests.faults.breaking import EVERY_TABLE_ASKS, NO_ROOM, ROOM
from tests.soak.jumping import PARTS
from tests.soak.shop import Shop, children_of

JUMPS = (-600, -30, 30, 600, 2700)
"""Seconds; the longest is more than an order has to be paid."""
PAUSES = (3.0, 9.0)
LASTS = (2.0, 6.0)


@dataclass
class Patient:
    """The shop, and a line to its PostgreSQL if it has one."""

    shop: Shop
    postgresql: str | None
    random: Random

    def prepare(self) -> None:
        """Have every table ask whether there is room; there is, for now."""
        if self.postgresql is not None:
            self.say(f"{ROOM};{EVERY_TABLE_ASKS}")

    def say(self, statement: str) -> None:
        assert self.postgresql is not None
        with psycopg.connect(self.postgresql, autocommit=True) as connection:
            connection.execute(statement.encode())

    def kill(self, pid: int) -> str:
        self.shop.kill(pid)
        return str(pid)

    def a_while(self) -> float:
        return self.random.uniform(*LASTS)


Harm = Callable[[Patient], str]


def plan(seed: int, names: Sequence[str]) -> Iterator[tuple[float, str]]:
    """For ever: how long to wait, and what to do then; everything once before anything again."""
    random = Random(seed)
    while True:
        for name in random.sample(names, len(names)):
            yield random.uniform(*PAUSES), name


def kill_web_process(patient: Patient) -> str:
    return patient.kill(patient.random.choice(children_of(patient.shop.all_parts()["vitrine-web"])))


def kill_part(name: str) -> Harm:
    return lambda patient: patient.kill(patient.shop.all_parts()[name])


def kill_supervisor(patient: Patient) -> str:
    """Its children end with it; as soon as it is missed it is started again."""
    return patient.kill(patient.shop.supervisor)


def kill_a_backend(patient: Patient) -> str:
    """PostgreSQL then ends every other connection too, and recovers from its log."""
    assert patient.postgresql is not None
    with psycopg.connect(patient.postgresql, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
            "AND pid <> pg_backend_pid() ORDER BY pid"
        ).fetchall()
        return patient.kill(patient.random.choice(rows)[0])


def kill_several(patient: Patient) -> str:
    """A machine that loses half of what runs on it."""
    some = patient.random.sample(sorted(patient.shop.all_parts().items()), 3)
    for _name, pid in some:
        patient.kill(pid)
    return ", ".join(f"{name} {pid}" for name, pid in some)


def jump(patient: Patient) -> str:
    """All clocks of the machine at once, or those of one part alone; and back."""
    parts = patient.random.choice([PARTS, *((part,) for part in PARTS)])
    seconds, lasts = patient.random.choice(JUMPS), patient.a_while()
    patient.shop.jump(parts, seconds)
    time.sleep(lasts)
    patient.shop.jump(PARTS, 0)
    who = "all" if parts == PARTS else parts[0]
    return f"{who} by {seconds:+d} s for {lasts:.1f} s"


def jump_and_kill(patient: Patient) -> str:
    """Who holds leases by a wrong clock dies with them."""
    seconds, part = patient.random.choice(JUMPS), patient.random.choice(("worker", "relay"))
    patient.shop.jump(PARTS, seconds)
    time.sleep(patient.a_while())
    told = patient.kill(patient.shop.all_parts()[f"vitrine-{part}"])
    patient.shop.jump(PARTS, 0)
    return f"by {seconds:+d} s, {part} {told}"


def fill_disk(patient: Patient) -> str:
    """No process of the shop can write a file; a PostgreSQL has no room in any table either."""
    lasts = patient.a_while()
    with patient.shop.without_room():
        if patient.postgresql is not None:
            patient.say(NO_ROOM)
        time.sleep(lasts)
        if patient.postgresql is not None:
            patient.say(ROOM)
    return f"for {lasts:.1f} s"


HARMS: dict[str, Harm] = {
    "one web process killed": kill_web_process,
    "the web server killed": kill_part("vitrine-web"),
    "the worker killed": kill_part("vitrine-worker"),
    "the scheduler killed": kill_part("vitrine-relay"),
    "the queue killed": kill_part("valkey-server"),
    "the payment provider killed": kill_part("python"),
    "three at once killed": kill_several,
    "the supervisor killed": kill_supervisor,
    "clocks jumped": jump,
    "clocks jumped and one killed": jump_and_kill,
    "the disk was full": fill_disk,
}
OF_POSTGRESQL: dict[str, Harm] = {"PostgreSQL crashed": kill_a_backend}
