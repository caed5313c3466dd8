"""A line that is delayed, cut, silent or refused, and as good as any once it is healed."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.fault_proxy import FaultProxy, fault_proxy


@pytest.fixture
def heard() -> list[bytes]:
    return []


@pytest.fixture
def line(heard: list[bytes]) -> Iterator[FaultProxy]:
    """A proxy before a server that remembers what it hears and says it again."""

    def serve() -> None:
        while True:
            try:
                connection, _from = listening.accept()
            except OSError:
                return
            with connection:
                while said := connection.recv(1000):
                    heard.append(said)
                    connection.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        with fault_proxy(listening.getsockname()[:2]) as proxy:
            yield proxy
        listening.shutdown(socket.SHUT_RDWR)


def say(line: FaultProxy, *words: bytes) -> list[bytes]:
    """The answers on one connection; the last is empty where it was ended or reset."""
    answers: list[bytes] = []
    try:
        connection = socket.create_connection(("127.0.0.1", line.port), timeout=5)
    except ConnectionError:  # a reset may come as early as this
        return [b""]
    with connection:
        for word in words:
            try:
                connection.sendall(word)
                answers.append(connection.recv(1000))
            except ConnectionError:
                answers.append(b"")
            if not answers[-1]:
                break
    return answers


def test_a_line_without_faults_only_hands_on(line: FaultProxy) -> None:
    assert say(line, b"one", b"two") == [b"one", b"two"]


def test_a_refused_line_carries_nothing_until_it_is_healed(
    line: FaultProxy, heard: list[bytes]
) -> None:
    line.fail(rudely=True)
    assert say(line, b"one") == [b""]
    assert heard == []
    line.heal()

    assert say(line, b"two") == [b"two"]


def test_a_delay_is_both_ways(line: FaultProxy) -> None:
    line.faults.seconds = 0.05
    began = time.monotonic()

    assert say(line, b"one") == [b"one"]
    assert time.monotonic() - began >= 0.1


@pytest.mark.parametrize(("moment", "arrives"), [("before", []), ("after", [b"COMMIT"])])
def test_a_cut_at_a_word_loses_it_or_only_its_answer(
    line: FaultProxy, heard: list[bytes], moment: str, arrives: list[bytes]
) -> None:
    line.cut_once(b"COMMIT", moment)

    assert say(line, b"one", b"COMMIT") == [b"one", b""]
    assert heard == [b"one", *arrives]
    assert say(line, b"COMMIT") == [b"COMMIT"]
    assert line.cuts == 1


def test_a_dropped_reply_was_acted_upon(line: FaultProxy, heard: list[bytes]) -> None:
    line.faults.swallows_replies = True

    assert say(line, b"one") == [b""]
    assert heard == [b"one"]


def test_a_unix_socket_is_as_good(tmp_path: Path, line: FaultProxy) -> None:
    with fault_proxy(("127.0.0.1", line.port), at=tmp_path / "line.sock") as outer:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(tmp_path / "line.sock"))
            connection.sendall(b"one")
            assert connection.recv(10) == b"one"
        outer.close()
