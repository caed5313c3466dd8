"""What is deployed names only settings, commands and folders that exist."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.config import load_settings, variable_names
from workers import __main__ as workers

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
COMMAND = ROOT / "deploy" / "vitrine"
SETTINGS = set(variable_names().values())
OF_THE_PROXY = {"VITRINE_SITE", "VITRINE_UPSTREAM", "VITRINE_STATIC", "VITRINE_MEDIA"}
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

    assert named <= SETTINGS | OF_THE_PROXY


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


def test_the_shop_takes_all_that_is_said_to_the_composition() -> None:
    """`.env` is handed to the shop whole, which refuses a `VITRINE_` that it does not know."""
    text = (ROOT / "compose.yaml").read_text("utf-8")
    said = set(re.findall(r"\$\{(\w+)|^#   ([A-Z_]+)=", text, re.MULTILINE))
    names = {"".join(pair) for pair in said}

    assert {"SHOP_SITE", "POSTGRES_PASSWORD", "SMTP_URL"} <= names
    assert {name for name in names if name.startswith("VITRINE_")} <= SETTINGS


def test_an_image_is_built_once(composition: dict[str, Any]) -> None:
    services = composition["services"].values()
    built = [one["image"] for one in services if "build" in one]

    assert sorted(built) == sorted({one["image"] for one in services if "vitrine" in one["image"]})


def test_releases_in_different_folders_have_the_same_volumes(composition: dict[str, Any]) -> None:
    assert composition["name"] == "vitrine"


def test_the_proxy_is_there_while_the_shop_starts(composition: dict[str, Any]) -> None:
    assert "depends_on" not in composition["services"]["proxy"]


def test_logs_do_not_fill_the_disk(composition: dict[str, Any]) -> None:
    for name, service in composition["services"].items():
        assert {"max-size", "max-file"} <= set(service["logging"]["options"]), name


def test_a_database_that_is_still_being_made_is_not_called_well(
    composition: dict[str, Any],
) -> None:
    assert "--host=127.0.0.1" in composition["services"]["database"]["healthcheck"]["test"]


def test_data_are_closed_to_others() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")

    assert re.search(r"--mode=700 /data ", text)


def test_the_queue_throws_nothing_away(composition: dict[str, Any]) -> None:
    command = composition["services"]["queue"]["command"]

    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


def service_of(unit: Path) -> configparser.SectionProxy:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(unit)
    return read["Service"]


def test_what_the_guide_writes_into_the_environment_is_enough_to_start(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    [written] = re.findall(r"/etc/vitrine/environment <<END\n(.*?)\n +END\n", guide, re.DOTALL)
    said = dict(line.strip().split("=", 1) for line in written.splitlines())
    chosen = {name: value.replace("…", "x" * 48) for name, value in said.items()}

    settings = load_settings(chosen | {"DATA_DIR": str(tmp_path), "VITRINE_ENV": "production"})

    assert settings.is_production
    assert settings.bank_account == chosen["VITRINE_BANK_ACCOUNT"]
    assert "vitrine.example" not in settings.mail_from


def test_the_unit_waits_for_the_shop_and_tries_no_refused_setting_again() -> None:
    service = service_of(ROOT / "deploy" / "systemd" / "vitrine.service")

    assert (service["Type"], service["TimeoutStartSec"]) == ("notify", "infinity")
    assert service["Restart"] == "always"
    assert service["RestartPreventExitStatus"] == str(workers.REFUSED)


def test_a_command_is_run_as_the_unit_runs_the_shop(tmp_path: Path) -> None:
    asked = tmp_path / "systemd-run"
    asked.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    asked.chmod(0o755)
    link = tmp_path / "vitrine"
    link.symlink_to(COMMAND)

    done = subprocess.run(
        [link, "shop", "create-admin", "ada@example.org"], check=True, capture_output=True,
        text=True, stdin=subprocess.DEVNULL, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip

    words = done.stdout.splitlines()
    service = service_of(ROOT / "deploy" / "systemd" / "vitrine.service")
    told = {f"--setenv={each}" for each in service["Environment"].split()}
    assert {f"--uid={service['User']}", f"--gid={service['Group']}", *told} <= set(words)
    assert f"--property=EnvironmentFile={service['EnvironmentFile']}" in words
    assert f"--property=UMask={service['UMask']}" in words
    assert words[-4:] == [f"{ROOT}/.venv/bin/flask", "shop", "create-admin", "ada@example.org"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_may_do_little(unit: Path) -> None:
    service = service_of(unit)

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
