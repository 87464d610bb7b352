"""What production refuses, with which sentence, and that a proper production environment passes
Django's own checks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config import forked
from tests.processes import ROOT, environment

PROPER = {
    "MERIDIAN_ENV": "production",
    "SECRET_KEY": "Zk3-pQ8_vR5" * 6,
    "DATABASE_URL": "postgresql://meridian:Secret9@db.example.org:5432/meridian",
    "REDIS_URL": "redis://:Secret9@broker.example.org:6379/0",
    "ALLOWED_HOSTS": "meridian.example.org",
    "BASE_URL": "https://meridian.example.org",
    "EMAIL_HOST": "mail.example.org",
}
SETUP = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; from django.conf import"
    " settings; settings.DEBUG"
)


def start(tmp_path: Path, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the project with the proper production environment, but for what is changed
    (empty: not set)."""
    given = {name: value for name, value in (PROPER | changed).items() if value}
    variables = environment(DATA_DIR=str(tmp_path)) | given
    if not command or command[0] == "-c":
        return forked.run(command[1] if command else SETUP, variables, tmp_path)
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing, a sample or shorter than 50 characters"),
        (
            "SECRET_KEY",
            "Zk3-pQ8_vR5" * 4,
            "SECRET_KEY is missing, a sample or shorter than 50 characters",
        ),
        ("SECRET_KEY", "x" * 64, "SECRET_KEY is missing, a sample or shorter than 50 characters"),
        (
            "SECRET_KEY",
            "change-me" * 9,
            "SECRET_KEY is missing, a sample or shorter than 50 characters",
        ),
        (
            "SECRET_KEY_FALLBACKS",
            "change-me",
            "SECRET_KEY_FALLBACKS holds a sample or a key shorter than 50 characters",
        ),
        (
            "SECRET_KEY_FALLBACKS",
            f"{'Ab3-_x9Q' * 8},short",
            "SECRET_KEY_FALLBACKS holds a sample or a key shorter than 50 characters",
        ),
        ("DEBUG", "yes", "DEBUG is on; switch it off."),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is “*”; name the hosts that people type."),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is not set."),
        ("BASE_URL", "", "BASE_URL is not set."),
        (
            "BASE_URL",
            "http://meridian.example.org",
            (
                "BASE_URL is “http://meridian.example.org”; write the address that people type,"
                " with https://."
            ),
        ),
        (
            "BASE_URL",
            "https://",
            "BASE_URL is “https:”; write the address that people type, with https://.",
        ),
        (
            "BASE_URL",
            "https://[::1",
            "BASE_URL is “https://[::1”; write the address that people type, with https://.",
        ),
        ("EMAIL_HOST", "", "EMAIL_HOST is not set."),
        ("DATABASE_URL", "", "DATABASE_URL is not set."),
        (
            "DATABASE_URL",
            "postgresql://meridian:meridian@db/meridian",
            "DATABASE_URL holds a sample password.",
        ),
        (
            "DATABASE_URL",
            "postgresql://owner:Owner@db/meridian",
            "DATABASE_URL holds a sample password.",
        ),
        (
            "DATABASE_URL",
            "host=db user=meridian password=postgres",
            "DATABASE_URL holds a sample password.",
        ),
        ("REDIS_URL", "redis://:password@broker:6379/0", "REDIS_URL holds a sample password."),
        ("REDIS_URL", "redis://:changeme@broker:6379/0", "REDIS_URL holds a sample password."),
        (
            "DATABASE_URL",
            "postgresql://meridian:change-me@db/meridian",
            "DATABASE_URL holds a sample password.",
        ),
        ("DATABASE_URL", "mysql://db", "DATABASE_URL cannot be read"),
        ("REDIS_URL", "", "REDIS_URL is not set."),
        ("PORT", "eighty", "PORT is “eighty”; write a whole number from 1 to 65535."),
        ("EMAIL_PORT", "0", "EMAIL_PORT is “0”; write a whole number from 1 to 65535."),
        ("SSL_REDIRECT", "perhaps", "SSL_REDIRECT is “perhaps”; write yes or no."),
        ("MERIDIAN_ENV", "staging", "MERIDIAN_ENV is “staging”; write local or production."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is “loud”; write DEBUG, INFO, WARNING or ERROR."),
    ],
)
def test_production_does_not_start_with(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    refused = start(tmp_path, **({"BASE_URL": ""} if name == "PORT" else {}) | {name: value})
    assert refused.returncode != 0
    assert sentence in refused.stderr.strip().splitlines()[-1]


def test_production_starts_with_a_proper_former_key_and_a_broker_that_asks_for_no_password(
    tmp_path: Path,
) -> None:
    assert (
        start(
            tmp_path,
            SECRET_KEY_FALLBACKS="Ab3-_x9Q" * 8,
            REDIS_URL="rediss://broker.example.org:6379/0",
        ).returncode
        == 0
    )


@pytest.mark.parametrize(("value", "warned"), [("no", True), ("", False)])
def test_the_web_server_warns_where_a_password_alone_lets_staff_in(
    tmp_path: Path, value: str, warned: bool
) -> None:
    started = start(tmp_path, "-c", "import config.wsgi", SECOND_FACTOR_REQUIRED=value)
    assert started.returncode == 0, started.stderr
    assert ("WARNING config.wsgi: SECOND_FACTOR_REQUIRED is off" in started.stderr) == warned


@pytest.mark.parametrize(
    ("base_url", "starts"),
    [
        ("https://meridian.programme.org", False),
        ("http://8.8.8.8:8000", False),
        ("https://meridian.example.org", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8001", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.7:8000", True),
        ("http://meridian.test", True),
        ("http://laptop", True),
        ("http://pc.local", True),
    ],
)
def test_a_trial_does_not_start_under_an_address_of_the_internet(
    tmp_path: Path, base_url: str, starts: bool
) -> None:
    local = start(tmp_path, **dict.fromkeys(PROPER, "") | {"BASE_URL": base_url})
    assert (local.returncode == 0) == starts, local.stderr
    assert starts or "Set MERIDIAN_ENV=production" in local.stderr.strip().splitlines()[-1]


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    refused = start(tmp_path, DEBUG="yes", SECRET_KEY="", DATABASE_URL="")
    assert all(
        name in refused.stderr.splitlines()[-1] for name in ("DEBUG", "SECRET_KEY", "DATABASE_URL")
    )


def test_a_command_says_the_sentence_and_nothing_else(tmp_path: Path) -> None:
    refused = start(tmp_path, "manage.py", "migrate", DEBUG="yes")
    assert refused.returncode == 1
    assert refused.stderr.strip() == "Not started in production: DEBUG is on; switch it off."


def test_a_proper_production_environment_passes_djangos_deployment_checks_without_a_warning(
    tmp_path: Path,
) -> None:
    passed = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert passed.returncode == 0, passed.stderr
    assert "no issues" in passed.stdout


def test_production_keeps_no_secret_in_the_data_folder(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    assert not (tmp_path / "secret-key").exists()


def test_a_local_trial_makes_its_own_secret_once_and_for_itself_alone(tmp_path: Path) -> None:
    local = dict.fromkeys(PROPER, "")
    show = f"{SETUP}; from django.conf import settings; print(settings.SECRET_KEY)"
    first, second = (start(tmp_path, "-c", show, **local).stdout.strip() for _ in range(2))
    assert first == second and len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_the_operators_page_explains_every_variable_of_the_settings() -> None:
    read = r"(?:environ\.get|switch|number|choice)\(\s*\"([A-Z_]+)\""
    sources = [ROOT / "config" / name for name in ("settings.py", "celery.py")]
    names = {name for source in sources for name in re.findall(read, source.read_text())}
    page = (ROOT / "docs" / "operations.md").read_text()
    assert not [name for name in sorted(names) if f"`{name}`" not in page]
