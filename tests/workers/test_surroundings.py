"""Where a shop stands: one supervisor per folder, free ports, and what its processes are told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import Settings, load_settings
from workers import queue_server
from workers.surroundings import (
    CannotStart,
    answers,
    lan_address,
    occupied,
    refuse_taken_port,
    told,
)
from workers.watching import Watch

HOLD = """
import sys, time
from pathlib import Path
from workers.surroundings import occupied
with occupied(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"DATA_DIR": str(tmp_path)})


def test_a_data_folder_belongs_to_one_supervisor(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CannotStart, match=rf"process {holder.pid}\)"), occupied(tmp_path):
            pytest.fail("two supervisors on one folder")
        holder.kill()

    with occupied(tmp_path):
        assert (tmp_path / "supervisor.lock").read_text() == str(os.getpid())


def test_a_folder_is_made_when_it_is_missing(tmp_path: Path) -> None:
    with occupied(tmp_path / "new" / "folder"):
        assert (tmp_path / "new" / "folder").is_dir()


def test_a_taken_port_is_named_with_its_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(CannotStart, match=rf"^Port {port} is taken\. .*PORT"):
            refuse_taken_port("127.0.0.1", port, variable="PORT")

    refuse_taken_port("127.0.0.1", port, variable="PORT")


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(CannotStart, match="VITRINE_HOST"):
        refuse_taken_port("192.0.2.1", 8000, variable="VITRINE_HOST")


def test_own_names_are_trusted_so_that_a_phone_may_look(settings: Settings) -> None:
    hosts = told(settings, {}, "192.168.1.7")["VITRINE_TRUSTED_HOSTS"].split(",")

    assert hosts[:3] == ["localhost", "127.0.0.1", "192.168.1.7"]
    assert all(host.endswith(".local") for host in hosts[-1:])


def test_what_the_operator_said_stands(settings: Settings) -> None:
    said = {"VITRINE_TRUSTED_HOSTS": "a.example", "VITRINE_SANDBOX_URL": "http://a.example:1"}

    assert not told(settings, said, "192.168.1.7").keys() & said.keys()


def test_production_trusts_nothing_of_its_own_accord(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "DATA_DIR": str(tmp_path),
            "VITRINE_ENV": "production",
            "VITRINE_SECRET_KEY": "kZ3v9QpL0xY7uT2rW8nB5mC1dF6gH4jS-aE",
            "VITRINE_PUBLIC_URL": "https://vitrine.example",
            "VITRINE_PAYMENT_METHODS": "bank_transfer",
            "VITRINE_BANK_ACCOUNT": "Bank of Examples · 1234",
        }
    )

    assert "VITRINE_TRUSTED_HOSTS" not in told(settings, {}, "192.168.1.7")


@pytest.mark.parametrize(
    ("public_url", "sandbox"),
    [
        ("http://localhost:8000", "http://127.0.0.1:"),
        ("http://192.168.1.7:8000", "http://192.168.1.7:"),
        ("https://shop.example.org", "http://127.0.0.1:"),
    ],
)
def test_the_sandbox_stands_where_browsers_find_the_shop(
    tmp_path: Path, public_url: str, sandbox: str
) -> None:
    settings = load_settings({"DATA_DIR": str(tmp_path), "VITRINE_PUBLIC_URL": public_url})

    assert told(settings, {}, None)["VITRINE_SANDBOX_URL"].startswith(sandbox)


def test_the_sandbox_moves_aside_when_its_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        settings = load_settings({"DATA_DIR": str(tmp_path), "PORT": str(taken - 10)})

        assert not told(settings, {}, None)["VITRINE_SANDBOX_URL"].endswith(f":{taken}")


def test_bytecode_is_kept_where_the_source_tree_may_not_have_it(settings: Settings) -> None:
    chosen = told(settings, {"PYTHONDONTWRITEBYTECODE": "1"}, None)

    assert chosen["PYTHONDONTWRITEBYTECODE"] == ""
    assert chosen["PYTHONPYCACHEPREFIX"] == str(settings.data_dir / "bytecode")
    assert "PYTHONPYCACHEPREFIX" not in told(settings, {}, None)


@pytest.mark.allow_hosts(["127.0.0.1", "192.0.2.1"])
def test_this_machines_address_is_one_others_can_use() -> None:
    address = lan_address()

    assert address is None or not address.startswith("127.")


def test_nobody_answers_at_a_free_port() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        assert not answers("127.0.0.1", probe.getsockname()[1])


def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="DATA_DIR is too long"):
        queue_server.refuse_long_path(tmp_path / ("x" * 100))


def test_changed_added_and_removed_sources_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    source = tmp_path / "app" / "module.py"
    source.write_text("one = 1")
    watch = Watch(tmp_path)
    assert not watch.has_changed()

    os.utime(source, ns=(1, 1))
    assert watch.has_changed()
    (tmp_path / "app" / "notes.md").write_text("no source")
    assert not watch.has_changed()
    (tmp_path / "app" / "page.html").write_text("<p>")
    assert watch.has_changed()
    source.unlink()
    assert watch.has_changed()
    assert not watch.has_changed()


def test_a_phone_in_the_same_network_can_pay_and_come_back(settings: Settings) -> None:
    development = replace(settings, environment="development")

    addresses = told(development, {}, "192.168.1.7")

    assert addresses["VITRINE_PUBLIC_URL"] == f"http://192.168.1.7:{settings.port}"
    assert addresses["VITRINE_SANDBOX_URL"].startswith("http://192.168.1.7:")


def test_an_address_of_ones_own_is_kept(settings: Settings) -> None:
    said = {"VITRINE_PUBLIC_URL": "https://shop.example"}

    assert "VITRINE_PUBLIC_URL" not in told(settings, said, "192.168.1.7")
