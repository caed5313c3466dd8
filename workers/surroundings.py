"""Where the shop stands: its data folder, its addresses, and what its processes are told."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from app.config import SANDBOX_ABOVE_PORT, Settings

ANYWHERE = "0.0.0.0"  # noqa: S104  (only compared with)
_NOWHERE = ("192.0.2.1", 9)  # RFC 5737: an address nobody has; a datagram socket sends it nothing


class CannotStart(RuntimeError):
    """Something the shop needs is not to be had; the message is one line for the operator."""


@contextmanager
def occupied(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for one supervisor; raises CannotStart when another has it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "supervisor.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise CannotStart(
                f"A shop runs on {data_dir} already (process {holder}). Stop it or set DATA_DIR."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def refuse_taken_port(host: str, port: int, *, variable: str) -> None:
    """Raise CannotStart, naming the variable to change, unless the port can be listened on."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} is taken. Choose another one with {variable}."
            ) from None
        raise CannotStart(
            f"Cannot listen on {host}:{port} ({variable}): {error.strerror}."
        ) from None


def lan_address() -> str | None:
    """This machine's address as its network sees it; None when it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if ip_address(address).is_loopback else address


def keep_bytecode(data_dir: Path) -> None:
    """Where the source tree may not hold compiled files, keep them in the data folder.

    Without them every start takes three times as long.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(data_dir / "bytecode")


def is_given(environ: Mapping[str, str], name: str) -> bool:
    """Whether the operator set a variable, by itself or as a file."""
    return bool(environ.get(name) or environ.get(f"{name}_FILE"))


def told(settings: Settings, environ: Mapping[str, str], lan: str | None) -> dict[str, str]:
    """What the processes of this shop are told beside `environ`: what was left to be worked out."""
    told = {
        "DATA_DIR": str(settings.data_dir),
        "PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
    }
    if environ.get("PYTHONDONTWRITEBYTECODE"):
        told["PYTHONDONTWRITEBYTECODE"] = ""
        told["PYTHONPYCACHEPREFIX"] = str(settings.data_dir / "bytecode")
    if not is_given(environ, "VITRINE_TRUSTED_HOSTS") and not settings.is_production:
        told["VITRINE_TRUSTED_HOSTS"] = ",".join((*settings.trusted_hosts, *_own_names(lan)))
    public_url = settings.public_url
    if lan and not is_given(environ, "VITRINE_PUBLIC_URL") and not settings.is_production:
        # A phone comes back from paying, and follows a mail, to an address that it can reach.
        public_url = told["VITRINE_PUBLIC_URL"] = f"http://{lan}:{settings.port}"
    if not is_given(environ, "VITRINE_SANDBOX_URL"):
        told["VITRINE_SANDBOX_URL"] = _sandbox_url(settings, public_url)
    return told


def answers(host: str, port: int) -> bool:
    """Whether a web server listens there and answers, whatever it says."""
    try:
        with socket.create_connection((host, port), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return connection.recv(64).startswith(b"HTTP/1.1 ")
    except OSError:
        return False


def _own_names(lan: str | None) -> list[str]:
    """Names under which the same network reaches this machine."""
    name = socket.gethostname()
    return [found for found in (lan, name, f"{name.removesuffix('.local')}.local") if found]


def _sandbox_url(settings: Settings, public_url: str) -> str:
    """On the host of the shop's own address, ten ports above it if that is free."""
    public = urlsplit(public_url)
    host = public.hostname if public.scheme == "http" and public.hostname else "127.0.0.1"
    if host == "localhost":
        host = "127.0.0.1"
    port = settings.port + SANDBOX_ABOVE_PORT
    try:
        refuse_taken_port(settings.host, port, variable="")
    except CannotStart:
        with socket.create_server((settings.host, 0)) as probe:
            port = probe.getsockname()[1]
    return f"http://{host}:{port}"
