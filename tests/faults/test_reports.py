"""Forty reports due at once while workers are killed, broker and database restart and two beats
run: each is made once, each mail sent once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from config.embedded.binaries import die_with_parent, give_ownership, server_folder, valkey_binary
from config.embedded.engines import Engines
from core.db.compressed import CompressedField
from tests.console import Console
from tests.databases import copy_template_to
from tests.faults.sink import Sink
from tests.processes import ROOT, environment, free_port, kill_all, until

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("up")]
SCHEDULES, VARIANTS = 40, 4
KILLS = 12
MADE_BETWEEN = 3  # reports from one kill to the next, so that all fall while reports are made
PATIENCE = 2.0  # seconds that a kill waits for them
QUIET = 420  # seconds for what is left: longer than the wait after a second failure
WORKER = [
    "worker",
    "--concurrency",
    "1",
    "--without-mingle",
    "--without-gossip",
    "--loglevel",
    "WARNING",
]

SAMPLE = """
from django.core.management import call_command
call_command("sample_data", requests=30, seed=3)
"""
# Schedules of four variants (one title each, since it stands in the report), each with one period
# that ended two months ago; all are due at once.
SEED = f"""
from datetime import date, timedelta
from accounts.models import User
from assistance.programmes.models import Pillar, Programme
from reports.reports.planning import expect_reports
from reports.reports.models import Report
from reports.schedules.models import Schedule, ScheduleVersion
Schedule.objects.update(is_paused=True)
programme = Programme.objects.get(code="cybercrime")
today = programme.today()
dates = [today - timedelta(days=150), today - timedelta(days=60)]
pillar = Pillar.objects.get(code="prevention")
variants = [("management", {{}}), ("progress", {{}}), ("management", {{"region": "Africa"}}), ("progress", {{"pillar": pillar}})]
made = Schedule.objects.bulk_create(
    Schedule(programme=programme, kind=variants[n % {VARIANTS}][0], title=f"Report {{n % {VARIANTS}}}") for n in range({SCHEDULES})
)
ScheduleVersion.objects.bulk_create(
    ScheduleVersion(schedule=s, frequency="dates", dates=dates, valid_from=dates[0], cutoff_days=5, formats=["csv", "json"], **variants[n % {VARIANTS}][1])
    for n, s in enumerate(made)
)
expect_reports()
assert Report.objects.filter(version__schedule__in=made).count() == {SCHEDULES}
"""
# What each variant says when nobody disturbs: made in a transaction that is taken back.
PEACE = f"""
import json
from django.db import transaction
from reports.reports import revisions
from reports.reports.models import Report
from reports.documents.storage import write_documents
found = []
for report in Report.objects.filter(version__schedule__title__regex="^Report [0-9]+$").order_by("version__schedule__title").distinct("version__schedule__title"):
    with transaction.atomic():
        made = revisions.first_revision(report)
        write_documents(made)
        found.append([made.sha256, sorted(made.documents.values_list("audience", "format", "sha256"))])
        transaction.set_rollback(True)
assert len(found) == {VARIANTS}
print(json.dumps(found))
"""


class Plant:
    """An installation whose parts can be killed one by one."""

    def __init__(self, folder: Path, mail_port: int) -> None:
        self.folder, self.log = folder, folder / "processes.log"
        self.engines = Engines(folder / "data", durable=True)
        self.engines.folder = server_folder(folder / "data", self.engines.user)
        self.engines.logs = self.engines.folder / "logs"
        self.engines.logs.mkdir(exist_ok=True)
        give_ownership(self.engines.logs, self.engines.user)
        self.broker_port, self.broker_home = free_port(), folder / "broker"
        self.broker_home.mkdir()
        self.database = self.engines.start_postgres()
        self.postgres = self.engines.running[-1][0]
        self.env = environment(
            DATA_DIR=str(folder / "data"),
            DATABASE_URL=self.database,
            REDIS_URL=f"redis://127.0.0.1:{self.broker_port}/0",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(mail_port),
            EMAIL_USE_TLS="no",
            DJANGO_SETTINGS_MODULE="config.settings",
            MERIDIAN_FAULTS=str(folder),
        )
        self.console = Console(self.env)
        self.broker = self.start_broker()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start_broker(self) -> subprocess.Popen[bytes]:
        """Valkey on its port, with the messages it had written down."""
        listening = ["--bind", "127.0.0.1", "--port", str(self.broker_port)]
        command = [
            valkey_binary(),
            *listening,
            "--dir",
            str(self.broker_home),
            "--appendonly",
            "yes",
            "--save",
            "",
        ]
        process = self.spawn(command)
        assert until(lambda: self.answers(), 20), "Valkey does not start"
        return process

    def answers(self) -> bool:
        """Whether the broker takes commands."""
        with contextlib.suppress(redis.exceptions.RedisError):
            return bool(redis.Redis(port=self.broker_port, socket_timeout=2).ping())
        return False

    def spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        """A process in a group of its own, so that `kill -9` takes its children along; it ends with
        the test, even where that is killed."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )

    def keep_running(self) -> None:
        """What a supervisor does: starts two workers and two beats wherever they are missing."""
        for name in ("worker-a", "worker-b", "beat-a", "beat-b"):
            if name not in self.running or self.running[name].poll() is not None:
                beat = [
                    "beat",
                    "--loglevel",
                    "WARNING",
                    "--schedule",
                    str(self.folder / name),
                    "--pidfile=",
                ]
                what = [*WORKER, "-n", name] if name.startswith("worker") else beat
                self.running[name] = self.spawn(
                    [sys.executable, "-m", "celery", "-A", "config.celery", *what]
                )

    def kill(self, name: str) -> None:
        """`kill -9` of a whole worker."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def kill_child(self, name: str) -> None:
        """`kill -9` of the process in which a worker does its work."""
        for child in (
            Path(f"/proc/{self.running[name].pid}/task/{self.running[name].pid}/children")
            .read_text()
            .split()
        ):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def restart_broker(self) -> None:
        """Stops Valkey as its service manager would, and starts it again."""
        self.broker.terminate()
        self.broker.wait(20)
        self.broker = self.start_broker()

    def restart_database(self) -> None:
        """PostgreSQL's fast shutdown, which cuts every connection, and its start."""
        self.postgres.send_signal(signal.SIGINT)
        self.postgres.wait(30)
        self.engines.start_postgres()
        self.postgres = self.engines.running[-1][0]

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of a statement."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    def stop(self) -> None:
        """Everything, whatever state it is in."""
        self.console.stop()
        for process in (*self.running.values(), self.broker):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        self.engines.stop()
        kill_all(self.folder)


@pytest.fixture
def plant(django_db_setup: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Plant, Sink]]:
    """An installation with sample data and forty reports due, not running yet."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    folder = Path(tempfile.mkdtemp(prefix="meridian-faults-"))
    folder.chmod(0o755)
    with Sink() as sink:
        made = Plant(folder, sink.port)
        try:
            copy_template_to(made.database)
            made.console.run(SAMPLE)
            made.console.run(SEED)
            yield made, sink
        finally:
            made.stop()
            shutil.rmtree(folder, ignore_errors=True)


def left(plant: Plant) -> list[tuple[Any, ...]]:
    """Which of the forty are not produced, and how they stand."""
    return plant.ask(
        "SELECT r.id, r.state, r.tries, r.losses, r.claimed_at, r.next_try_at, r.reason FROM"
        " reports_report r JOIN reports_scheduleversion v ON v.id = r.version_id JOIN"
        " reports_schedule s ON s.id = v.schedule_id WHERE s.title ~ '^Report [0-9]+$' AND r.state"
        " <> 'produced' ORDER BY r.id"
    )


def wait_until_made(plant: Plant, number: int) -> bool:
    """Until so many more are produced, or patience ends; whether any is left to be."""
    most = len(left(plant)) - number
    until(lambda: len(left(plant)) <= most, PATIENCE)
    return bool(left(plant))


def disturb(plant: Plant) -> Counter[str]:
    """Kills and restarts while reports are made; what is left then is made in peace.

    Returns how often what was done.
    """
    done: Counter[str] = Counter()
    for n in range(1, KILLS + 1):
        plant.keep_running()
        if not wait_until_made(plant, MADE_BETWEEN):
            break
        if n % 3 == 1:  # a whole worker, which takes three seconds to start again
            plant.kill("worker-a")
        else:
            plant.kill_child("worker-b" if n % 3 else "worker-a")
        done["kills"] += 1
        if n in (4, 9):
            redis.Redis(port=plant.broker_port).flushall()
            plant.restart_broker()
            done["broker restarted and flushed"] += 1
        if n == 6:
            plant.restart_database()
            done["database restarted"] += 1
    plant.keep_running()
    return done


def test_forty_reports_are_made_once_each_whatever_dies_meanwhile(
    plant: tuple[Plant, Sink],
) -> None:
    works, sink = plant
    peace = json.loads(works.console.run(PEACE))
    began = time.monotonic()
    works.keep_running()
    done = disturb(works)
    until(lambda: not left(works), QUIET, 1)
    lasted = time.monotonic() - began
    assert left(works) == [], f"{dict(done)} in {lasted:.0f} s, {works.log.read_text()[-4000:]}"
    assert (
        done["broker restarted and flushed"] == 2
        and done["database restarted"] == 1
        and done["kills"] >= 9
    )

    ours = (
        "JOIN reports_report r ON r.id = v.report_id JOIN reports_scheduleversion w ON w.id ="
        " r.version_id JOIN reports_schedule s ON s.id = w.schedule_id"
    )
    hashed = (  # of what is there, not of what was written down beside it
        "encode(sha256(convert_to(v.snapshot, 'UTF8')), 'hex')"
    )
    revisions = works.ask(
        f"SELECT s.id, s.title, v.id, {hashed} FROM reports_reportrevision v {ours} WHERE s.title ~"
        " '^Report [0-9]+$'"
    )
    assert len(revisions) == len({schedule for schedule, *_rest in revisions}) == SCHEDULES
    documents: dict[int, list[list[str]]] = {}
    for revision, audience, form, content in works.ask(
        "SELECT revision_id, audience, format, content FROM reports_reportdocument"
    ):
        body = CompressedField().from_db_value(content)
        assert body is not None
        documents.setdefault(revision, []).append(
            [audience, form, hashlib.sha256(body).hexdigest()]
        )
    for schedule, title, pk, sha in revisions:
        assert [sha, sorted(documents[pk])] == peace[int(title.split()[1])], (
            f"{title}, of schedule {schedule}"
        )

    assert until(
        lambda: (
            works.ask(
                "SELECT count(*) FROM notifications_notification WHERE sent_at IS NULL AND"
                " given_up_at IS NULL"
            )
            == [(0,)]
        ),
        90,
        1,
    )
    deliveries = works.ask(
        "SELECT revision_id, user_id, event FROM reports_delivery WHERE event = 'produced'"
    )
    assert len(deliveries) == len(set(deliveries)) >= SCHEDULES
    announced = {
        str(m)
        for (m,) in works.ask(
            "SELECT message_id FROM notifications_notification WHERE kind = 'report.produced' AND"
            " sent_at IS NOT NULL"
        )
    }
    told = works.ask(
        "SELECT count(*) FROM notifications_notification WHERE kind = 'report.produced'"
    )
    # none given up, none that no delivery asked for
    assert told == [(len(announced),)] == [(len(deliveries),)]
    taken = Counter(sink.taken)
    assert announced <= set(taken)
    repeated = sum(count - 1 for count in taken.values())
    # only who dies between the server's acceptance and the commit repeats, under the same id
    assert repeated <= done["kills"] + done["database restarted"]
    print(
        f"{SCHEDULES} reports in {lasted:.0f} s, {dict(done)}, {len(taken)} mails, {repeated}"
        " repeated under the same Message-ID"
    )
