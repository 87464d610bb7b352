"""docker-compose.yml and the Dockerfile, held to what they say: each service's own command is
started as a process with its own environment."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from config.embedded.binaries import postgres_binaries
from config.embedded.engines import Addresses
from config.embedded.ownership import owned_engines, read_addresses
from tests.databases import copy_template_to
from tests.processes import ROOT, end, environment, free_port, kill_all, status

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("compose")]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
FILLED_IN = {
    "SECRET_KEY": "k7-Rm2_wX9" * 6,
    "DATABASE_PASSWORD": "d4" * 12,
    "DATABASE_ADMIN_PASSWORD": "a9" * 12,
    "BROKER_PASSWORD": "b5" * 12,
    "ALLOWED_HOSTS": "meridian.example.org",
    "BASE_URL": "https://meridian.example.org",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "Meridian <meridian@example.org>",
}
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<how>:[-?])(?P<rest>[^}]*))?\})")


class Refused(Exception):
    """What Compose says when a variable is missing."""


def interpolate(value: Any, given: dict[str, str]) -> Any:
    """Compose's own reading of `${NAME}`, `${NAME:-default}`, `${NAME:?sentence}` and `$$`, in any
    nesting of lists and mappings."""
    if isinstance(value, dict):
        return {key: interpolate(item, given) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, given) for item in value]

    def replace(match: re.Match[str]) -> str:
        if match["dollar"]:
            return "$"
        found = given.get(match["name"], "")
        if not found and match["how"] == ":?":
            raise Refused(match["rest"])
        return found or (match["rest"] if match["how"] == ":-" else "")

    return VARIABLE.sub(replace, value) if isinstance(value, str) else value


def example() -> dict[str, str]:
    """The variables of .env.example."""
    lines = [
        line
        for line in (ROOT / ".env.example").read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return dict(line.split("=", 1) for line in lines)


class Machine:
    """Stands in for the containers: services as processes, their network names and mounts replaced
    by what is here."""

    def __init__(self, folder: Path, addresses: Addresses) -> None:
        self.folder, self.port, self.running = (
            folder,
            free_port(),
            dict[str, subprocess.Popen[str]](),
        )
        (folder / "tmp").mkdir()
        (folder / "data").mkdir()
        self.services = interpolate(SERVICES, FILLED_IN)
        self.here = [
            (self.services["web"]["environment"]["DATABASE_URL"], addresses.database_url),
            (self.services["web"]["environment"]["REDIS_URL"], addresses.redis_url),
            ("/tmp/", f"{folder}/tmp/"),
            ("0.0.0.0:8000", f"127.0.0.1:{self.port}"),
        ]
        image = {
            "DATA_DIR": f"{folder}/data",
            "STATIC_ROOT": f"{folder}/static",
            "PORT": str(self.port),
        }
        self.image = environment(**image) | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        }

    def local(self, text: str) -> str:
        """A word of the file, as it reads on this machine."""
        for there, here in self.here:
            text = text.replace(there, here)
        return text

    def environment(self, name: str) -> dict[str, str]:
        """A service's environment: the image's, and over it its own."""
        return self.image | {
            key: self.local(str(value)) for key, value in self.services[name]["environment"].items()
        }

    def start(self, name: str) -> subprocess.Popen[str]:
        """Starts a service's command; its output goes to a file of its name."""
        command = [self.local(word) for word in self.services[name]["command"]]
        with (self.folder / f"{name}.log").open("a") as log:
            self.running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(name),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        return self.running[name]

    def healthy(self, name: str, seconds: float = 90) -> bool:
        """Whether the service's own health check passes in time, the service living."""
        how, *rest = self.services[name]["healthcheck"]["test"]
        words = [self.local(word) for word in rest]
        command = ["sh", "-c", words[0]] if how == "CMD-SHELL" else words
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.running[name].poll() is None:
            if (
                subprocess.run(
                    command, cwd=ROOT, env=self.environment(name), capture_output=True, timeout=60
                ).returncode
                == 0
            ):
                return True
            time.sleep(0.5)
        return False

    def log(self, name: str) -> str:
        """The end of what a service said."""
        return (self.folder / f"{name}.log").read_text()[-3000:]


@pytest.fixture(scope="module")
def machine(django_db_setup: None) -> Iterator[Machine]:
    """Engines of its own with a prepared database, and no service running at the end."""
    folder = Path(tempfile.mkdtemp(prefix="meridian-compose-"))
    folder.chmod(0o755)
    # else the engines would be the test run's
    held = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "REDIS_URL")}
    try:
        with owned_engines(folder / "engines", durable=False) as addresses:
            os.environ.update({name: value for name, value in held.items() if value})
            copy_template_to(addresses.database_url)  # `migrate` finds little to do
            machine = Machine(folder, addresses)
            try:
                yield machine
            finally:
                for process in machine.running.values():
                    end(process)
    finally:
        os.environ.update({name: value for name, value in held.items() if value})
        kill_all(folder)
        shutil.rmtree(folder, ignore_errors=True)


def test_every_service_starts_with_its_own_command_and_becomes_healthy(machine: Machine) -> None:
    build_static_files(machine)
    assert machine.start("migrate").wait(300) == 0, machine.log("migrate")
    for name in ("web", "worker", "beat"):
        machine.start(name)
    for name in ("web", "worker", "beat"):
        assert machine.healthy(name), f"{name}: {machine.log(name)}"
    base = f"http://127.0.0.1:{machine.port}"
    deadline = time.monotonic() + 60
    while (
        status(f"{base}/readyz", Host="meridian.example.org") != 200 and time.monotonic() < deadline
    ):
        time.sleep(0.5)
    assert status(f"{base}/readyz", Host="meridian.example.org") == 200
    assert status(f"{base}/readyz", Host="evil.example.org") == 400


def test_a_dead_beat_is_found_unhealthy(machine: Machine) -> None:
    if "beat" not in machine.running:
        assert machine.start("migrate").wait(300) == 0, machine.log("migrate")
        machine.start("beat")
        assert machine.healthy("beat"), machine.log("beat")
    mark = machine.folder / "tmp" / "beat-mark"
    end(machine.running["beat"])
    os.utime(mark, (time.time() - 120, time.time() - 120))
    check = machine.local(machine.services["beat"]["healthcheck"]["test"][1])
    assert subprocess.run(["sh", "-c", check], env=machine.environment("beat")).returncode != 0


def build_static_files(machine: Machine) -> None:
    """Runs the Dockerfile's own line that gathers static files."""
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    (line,) = [line.removeprefix("RUN ") for line in lines if "collectstatic" in line]
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=ROOT,
        env=machine.image | {"MERIDIAN_ENV": "production"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert list((machine.folder / "static").glob("*.*.css")), (
        "static files carry a hash in their names"
    )


def test_the_database_script_makes_an_owner_who_is_no_superuser(machine: Machine) -> None:
    with psycopg.connect(
        read_addresses(machine.folder / "engines").database_url  # type: ignore[union-attr]
    ) as connection:
        sockets = connection.info.host
    binaries = postgres_binaries(None, machine.folder)
    variables = environment(MERIDIAN_PASSWORD="p'7\"x", POSTGRES_USER="postgres", PGHOST=sockets)
    variables["PATH"] = f"{binaries}:{os.environ['PATH']}"
    script = (ROOT / "docker" / "database.sh").read_text()
    renamed = re.sub(
        r"(?<=ROLE )meridian|(?<=BASE )meridian|(?<=OWNER )meridian", "meridian_copy", script
    )
    done = subprocess.run(["bash", "-c", renamed], env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(
        host=sockets, user="meridian_copy", dbname="meridian_copy", password="p'7\"x"
    ) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, True, True)
        connection.execute("CREATE EXTENSION btree_gist")


@pytest.mark.parametrize("name", sorted(set(FILLED_IN)))
def test_compose_says_which_variable_is_missing(name: str) -> None:
    with pytest.raises(Refused, match=name):
        interpolate(COMPOSE, FILLED_IN | {name: ""})


def test_the_example_settings_start_nothing() -> None:
    with pytest.raises(Refused):
        interpolate(COMPOSE, example())


def test_the_example_names_every_variable_that_compose_reads() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert {match["name"] for match in VARIABLE.finditer(text) if match["name"]} == set(example())


def test_data_outlive_the_containers_and_wait_for_the_database() -> None:
    for name in OURS:
        service = SERVICES[name]
        assert service["volumes"] == ["data:/data"]
        assert service["depends_on"]["db"] == {"condition": "service_healthy"}
        assert name == "migrate" or service["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }
    assert set(COMPOSE["volumes"]) == {"data", "database", "broker"}
    assert SERVICES["db"]["volumes"][0].startswith("database:") and SERVICES["broker"][
        "volumes"
    ] == ["broker:/data"]


def test_only_the_web_server_is_reachable_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_the_database_is_made_with_the_same_order_of_text_as_the_embedded_one() -> None:
    words = shlex.split(SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"])
    assert {
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--encoding=UTF8",
    } <= set(words)


def test_the_image_runs_as_nobody_special_what_was_pinned() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "pip install --require-hashes -r requirements/run.txt" in text
    assert re.search(r"^USER (?!root)\w+", text, re.MULTILINE)
    assert text.index("\nUSER ") < text.index("\nCMD ")
