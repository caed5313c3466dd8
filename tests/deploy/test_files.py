"""What is deployed names only settings, commands and folders that exist."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.config import variable_names
from workers import __main__ as workers

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
SETTINGS = set(variable_names().values())
OF_THE_COMPOSITION = {"VITRINE_SITE", "VITRINE_RELEASE", "VITRINE_UPSTREAM", "VITRINE_STATIC",
                      "VITRINE_MEDIA"}  # fmt: skip
NAME = re.compile(r"\b(?:VITRINE_[A-Z_]+|DATABASE_URL|REDIS_URL|SMTP_URL)\b")


@pytest.fixture(scope="module")
def composition() -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return composed


@pytest.mark.parametrize(
    "path",
    [ROOT / "Dockerfile", ROOT / "compose.yaml", ROOT / "deploy" / "Caddyfile", *UNITS],
    ids=lambda path: path.name,
)
def test_every_variable_is_a_setting(path: Path) -> None:
    named = set(NAME.findall(path.read_text("utf-8")))

    assert named <= SETTINGS | OF_THE_COMPOSITION


def test_the_image_is_made_of_what_is_here_and_of_all_the_shop_needs() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--from)(\S+) ", text, re.MULTILINE)
    sent = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }

    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert set(copied) == sent
    assert {"app", "migrations", "static", "templates", "workers", "wsgi.py"} <= sent


def test_containers_run_as_nobody_in_particular(composition: dict[str, Any]) -> None:
    assert re.search(r"^USER \d+:\d+$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    ours = [one for one in composition["services"].values() if one["image"].startswith("vitrine/")]
    assert all(one["cap_drop"] == ["ALL"] for one in ours)


def test_each_part_is_started_and_watched_by_words_that_are_understood(
    composition: dict[str, Any],
) -> None:
    services = composition["services"]
    for name in ("web", "worker", "scheduler"):
        words = services[name]["command"]
        assert words[:3] == ["python", "-m", "workers"]
        assert workers._parse(words[3:]).command == words[3]
    for name in ("worker", "scheduler"):
        assert workers._parse(services[name]["healthcheck"]["test"][4:]).part == name
    for waiting in services.values():
        assert set(waiting.get("depends_on", {})) <= set(services)


def test_the_queue_throws_nothing_away(composition: dict[str, Any]) -> None:
    command = composition["services"]["queue"]["command"]

    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_may_do_little(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(unit)
    service = read["Service"]

    assert service["User"] not in {"", "root"}
    assert service["CapabilityBoundingSet"] == ""
    for switch in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
        assert service[switch] == "yes"
    assert service["ProtectSystem"] == "strict"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    for path in (ROOT / "deploy" / "systemd").iterdir():
        text = path.read_text("utf-8").replace("/opt/vitrine/current/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert [line for line in done.stderr.splitlines() if "vitrine" in line] == []
