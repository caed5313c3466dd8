"""Settings: read once, refused with the name of what is wrong."""

from __future__ import annotations

import stat
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from app.config import Settings, SettingsError, load_settings, variable_names

STRONG = "kZ3v9QpL0xY7uT2rW8nB5mC1dF6gH4jS-aE"
PRODUCTION = {
    "VITRINE_ENV": "production",
    "VITRINE_SECRET_KEY": STRONG,
    "VITRINE_PUBLIC_URL": "https://vitrine.example",
    "VITRINE_PAYMENT_METHODS": "bank_transfer",
    "VITRINE_BANK_ACCOUNT": "Bank of Examples · 1234",
}


@pytest.fixture
def folder(tmp_path: Path) -> dict[str, str]:
    return {"DATA_DIR": str(tmp_path / "data")}


def test_nothing_needs_to_be_said_for_a_first_look(folder: dict[str, str]) -> None:
    settings = load_settings(folder)

    data_dir = Path(folder["DATA_DIR"])
    assert settings.environment == "development"
    assert settings.database_url == f"sqlite:///{data_dir}/vitrine.sqlite3"
    assert settings.redis_url == f"unix://{data_dir}/queue.sock"
    assert settings.public_url == "http://localhost:8000"
    assert settings.trusted_hosts == ("localhost", "127.0.0.1")
    assert settings.mail_dir == data_dir / "outbox"


def test_the_public_address_follows_the_port(folder: dict[str, str]) -> None:
    assert load_settings(folder | {"PORT": "8123"}).public_url == "http://localhost:8123"


def test_commands_look_for_the_sandbox_where_the_shop_of_that_port_starts_it(
    folder: dict[str, str],
) -> None:
    assert load_settings(folder | {"PORT": "8123"}).sandbox_url == "http://127.0.0.1:8133"


def test_the_public_host_is_trusted(folder: dict[str, str]) -> None:
    settings = load_settings(folder | {"VITRINE_PUBLIC_URL": "https://shop.example.org"})

    assert settings.trusted_hosts[0] == "shop.example.org"


def test_a_relative_data_folder_does_not_move_with_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load_settings({"DATA_DIR": "var"}).data_dir == tmp_path / "var"


@pytest.mark.parametrize(
    "name", ["VITRINE_COLOUR", "VITRINE_", "VITRINE_SECRET_KEYS", "VITRINE_COLOUR_FILE"]
)
def test_an_unknown_name_stops_the_start(folder: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} "):
        load_settings(folder | {name: "blue"})


def test_other_programs_variables_are_none_of_ours(folder: dict[str, str]) -> None:
    load_settings(folder | {"HOST": "x", "PATH": "/bin", "vitrine_env": "x", "REDIS": "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("PORT", "80.0"),
        ("VITRINE_ENV", "staging"),
        ("VITRINE_PROXY_COUNT", "many"),
        ("VITRINE_SECRET_KEY", "short"),
        ("VITRINE_PUBLIC_URL", "shop.example.org"),
        ("VITRINE_PUBLIC_URL", "ftp://shop.example.org"),
        ("VITRINE_DEFAULT_LANGUAGE", "fr"),
        ("VITRINE_CURRENCY", "yuan"),
        ("VITRINE_CURRENCY", "cny"),
        ("VITRINE_TIME_ZONE", "Mars/Olympus"),
        ("VITRINE_TIME_ZONE", "../etc/passwd"),
        ("VITRINE_PAYMENT_METHODS", "sandbox,cash"),
        ("VITRINE_PAYMENT_METHODS", ","),
        ("VITRINE_LOG_FORMAT", "xml"),
        ("VITRINE_DOORBELL", "yes"),
        ("DATABASE_URL", "mysql://shop@localhost/shop"),
    ],
)
def test_a_bad_value_stops_the_start_with_its_name(
    folder: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings(folder | {name: value})


def test_an_empty_value_is_as_good_as_none(folder: dict[str, str]) -> None:
    assert load_settings(folder | {"PORT": "", "SMTP_URL": ""}) == load_settings(folder)


def test_lists_are_split_and_trimmed(folder: dict[str, str]) -> None:
    settings = load_settings(folder | {"VITRINE_TRUSTED_HOSTS": "a.example, b.example ,"})

    assert settings.trusted_hosts == ("a.example", "b.example")


def test_a_secret_may_come_from_a_file(folder: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(f"{STRONG}\n")

    assert load_settings(folder | {"VITRINE_SECRET_KEY_FILE": str(path)}).secret_key == STRONG


def test_a_plain_name_may_come_from_a_file_too(folder: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "url"
    path.write_text("postgresql://shop:secret@db/shop")

    settings = load_settings(folder | {"DATABASE_URL_FILE": str(path)})

    assert settings.database_url == "postgresql://shop:secret@db/shop"


def test_a_file_that_cannot_be_read_stops_the_start(folder: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="VITRINE_SECRET_KEY_FILE"):
        load_settings(folder | {"VITRINE_SECRET_KEY_FILE": str(tmp_path / "missing")})


def test_a_secret_is_made_once_and_kept_for_oneself(folder: dict[str, str]) -> None:
    first, second = load_settings(folder), load_settings(folder)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 64
    kept = Path(folder["DATA_DIR"]) / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_two_shops_do_not_share_a_secret(tmp_path: Path) -> None:
    keys = {load_settings({"DATA_DIR": str(tmp_path / name)}).secret_key for name in "ab"}

    assert len(keys) == 2


def test_production_starts_when_everything_is_said(folder: dict[str, str]) -> None:
    settings = load_settings(folder | PRODUCTION)

    assert settings.is_production
    assert settings.log_format == "json"
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"VITRINE_SECRET_KEY": ""}, "VITRINE_SECRET_KEY"),
        ({"VITRINE_SECRET_KEY": "demo-" + STRONG}, "VITRINE_SECRET_KEY"),
        ({"VITRINE_PUBLIC_URL": "http://vitrine.example"}, "VITRINE_PUBLIC_URL"),
        ({"VITRINE_PUBLIC_URL": ""}, "VITRINE_PUBLIC_URL"),
        ({"VITRINE_PAYMENT_METHODS": "sandbox,bank_transfer"}, "VITRINE_PAYMENT_METHODS"),
        ({"VITRINE_PAYMENT_METHODS": ""}, "VITRINE_PAYMENT_METHODS"),
        ({"VITRINE_BANK_ACCOUNT": ""}, "VITRINE_BANK_ACCOUNT"),
        (
            {"VITRINE_STANDARD_CARRIER_SECRET": "whsec_ZGVtby1jYXJyaWVyLXNlY3JldC0yNC1ieXRlcw=="},
            "VITRINE_STANDARD_CARRIER_SECRET",
        ),
        ({"VITRINE_KUAIDI100_SALT": "demo-kuaidi100-salt"}, "VITRINE_KUAIDI100_SALT"),
    ],
)
def test_production_refuses_what_is_for_looking_around(
    folder: dict[str, str], change: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        load_settings(folder | PRODUCTION | change)


def test_production_keeps_no_secret_of_its_own_making(folder: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        load_settings(folder | PRODUCTION | {"VITRINE_SECRET_KEY": ""})

    assert not (Path(folder["DATA_DIR"]) / "secret_key").exists()


def test_settings_do_not_change(folder: dict[str, str]) -> None:
    with pytest.raises(FrozenInstanceError):
        load_settings(folder).port = 1  # type: ignore[misc]


def test_secrets_are_not_in_what_is_printed(folder: dict[str, str]) -> None:
    secrets = {
        "VITRINE_SECRET_KEY": STRONG,
        "DATABASE_URL": "postgresql://shop:hidden1@db/shop",
        "REDIS_URL": "redis://:hidden2@queue/0",
        "SMTP_URL": "smtp://shop:hidden3@mail:25",
        "VITRINE_SANDBOX_SECRET": "hidden4",
        "VITRINE_KUAIDI100_SALT": "hidden5",
        "VITRINE_METRICS_TOKEN": "hidden6",
    }

    printed = repr(load_settings(folder | secrets))

    assert "hidden" not in printed
    assert STRONG not in printed


def test_every_setting_has_one_variable() -> None:
    names = variable_names()

    assert set(names) == {field.name for field in fields(Settings)}
    assert len(set(names.values())) == len(names)
