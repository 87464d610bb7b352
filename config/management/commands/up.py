"""`manage.py up`: everything that Meridian is, on this machine, until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import shutdown
from config.embedded.binaries import die_with_parent
from config.environment import env_number
from config.tasks import PULSE_KEY

STOPPING_LASTS = 8.0  # seconds for a process to end before it is killed
READY_LASTS = 120.0  # seconds
PORT_LASTS = 6.0  # seconds: a little more than the web server's graceful end


class Command(BaseCommand):
    """Migrates, loads what is missing, starts web, worker and beat, and watches over them."""

    help = "Starts all of Meridian: database, broker, web, worker, beat. Ctrl-C stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-sample",
            action="store_true",
            help="an empty installation: reference data, no programme, no sample data",
        )
        parser.add_argument(
            "--programme",
            metavar="FILE",
            action="append",
            default=[],
            help="loads a programme's file, or a shipped one by its code; without sample data",
        )
        parser.add_argument(
            "--requests", type=int, default=400, help="how many sample requests (400)"
        )

    def handle(
        self,
        *args: object,
        no_sample: bool,
        requests: int,
        programme: list[str],
        **options: object,
    ) -> None:
        port = env_number("PORT", 8000, 1, 65535)
        sample = not no_sample and not programme and not settings.PRODUCTION
        shutdown.listen_for_signals()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.publisher: subprocess.Popen[bytes] | None = None
        try:
            refuse_taken(port)
            self.prepare(sample=sample, requests=requests, files=programme)
            self.start(port)
            self.wait_until_ready(port)
            self.greet(port, sample=sample)
            if sample:
                self.publish_sample()
            self.watch()
        except shutdown.Ended:
            shutdown.heard()
            self.stdout.write("\nStopping …")
        finally:
            shutdown.ignore_signals()
            self.stop_all()

    def prepare(self, *, sample: bool, requests: int, files: list[str]) -> None:
        """Brings the database to where the code expects it."""
        cache.delete(PULSE_KEY)
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_reference", verbosity=0, no_programme=not sample)
        for file in files:
            call_command("load_programme", file)
        self.ask_for_programme()
        if sample:
            call_command("sample_data", requests=requests, only_if_empty=True)

    def ask_for_programme(self) -> None:
        """Where there is none yet: which one, of whoever sits at the terminal; else how to load one."""
        from assistance.models import Programme
        from assistance.programmes.loading import shipped_programmes

        if Programme.objects.exists():
            return
        shipped = ", ".join(shipped_programmes())
        self.stdout.write(
            f"There is no programme yet. Shipped are: {shipped}. Any other is a file: see"
            " docs/programmes.md."
        )
        if not sys.stdin.isatty():
            self.stdout.write("Load one with `manage.py load_programme FILE`.")
            return
        while named := input("Which one (a code or a file; empty: none yet)? ").strip():
            try:
                call_command("load_programme", named)
                break
            except CommandError as error:
                self.stderr.write(str(error))

    def start(self, port: int) -> None:
        """Web, worker and beat, each a process with the settings of this one."""
        beat_state = settings.DATA_DIR / "beat"
        shutil.rmtree(beat_state, ignore_errors=True)  # only a cache of when beat last ticked
        beat_state.mkdir(parents=True)
        python = sys.executable
        celery = [python, "-m", "celery", "-A", "config.celery"]
        commands = {
            "web": [
                python,
                "-m",
                "gunicorn",
                "config.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
                "--workers",
                "2",
                "--threads",
                "4",
                "--graceful-timeout",
                "5",
                "--access-logfile",
                "-",
            ],
            "worker": [
                *celery,
                "worker",
                "--concurrency",
                "2",
                "--without-mingle",
                "--without-gossip",
                "--loglevel",
                "INFO",
            ],
            "beat": [
                *celery,
                "beat",
                "--loglevel",
                "WARNING",
                "--schedule",
                str(beat_state / "schedule"),
                "--pidfile=",
            ],
        }
        logs = settings.DATA_DIR / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        # empty here: static files are served from where they are
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            "DATA_DIR": str(settings.DATA_DIR),
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        }
        for name, command in commands.items():
            with (logs / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    command,
                    cwd=settings.BASE_DIR,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=die_with_parent(signal.SIGTERM),
                )

    def wait_until_ready(self, port: int) -> None:
        """Until `/readyz` answers 200; an error if a process ends or it takes too long."""
        deadline = time.monotonic() + READY_LASTS
        while time.monotonic() < deadline:
            self.check_alive()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise CommandError(
            f"Not ready after {READY_LASTS:.0f} seconds: see {settings.DATA_DIR / 'logs'}"
        )

    def check_alive(self) -> None:
        """Raises where one of the processes has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise CommandError(
                    f"The process “{name}” ended with {process.returncode}: see"
                    f" {settings.DATA_DIR / 'logs' / (name + '.log')}"
                )

    def greet(self, port: int, *, sample: bool) -> None:
        """The lines somebody is waiting for."""
        from accounts.models import User

        self.stdout.write(f"\nMeridian is ready: http://127.0.0.1:{port}/\n")
        if sample and User.objects.filter(email="officer@example.org").exists():
            self.stdout.write("Sign in as one of these, password meridian-sample:")
            for email, who in (
                ("focalpoint.ken@example.org", "focal point, Kenya"),
                ("focalpoint.fji@example.org", "focal point, Fiji"),
                ("officer@example.org", "programme officer"),
                ("manager@example.org", "manager"),
                ("admin@example.org", "administrator"),
            ):
                self.stdout.write(f"  {email:<28} {who}")
        self.stdout.write(f"Data and logs: {settings.DATA_DIR}   Ctrl-C stops everything.\n")
        self.stdout.flush()

    def publish_sample(self) -> None:
        """Beside the rest, and ending by itself: the sample's past quarters are published in their
        order."""
        from sample.schedules import being_published

        if being_published() is not None:
            with (settings.DATA_DIR / "logs" / "sample.log").open("ab") as log:
                self.publisher = subprocess.Popen(
                    [sys.executable, "manage.py", "publish_sample"],
                    cwd=settings.BASE_DIR,
                    env=os.environ | {"DATA_DIR": str(settings.DATA_DIR)},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=die_with_parent(signal.SIGTERM),
                )

    def watch(self) -> None:
        """Until somebody stops us or a process ends."""
        while True:
            time.sleep(1)
            self.check_alive()

    def stop_all(self) -> None:
        """Web first, so that nobody is let in while the rest goes; the worker finishes what it
        does."""
        if self.publisher is not None:
            self.publisher.kill()  # its transaction goes with it, and the next start goes on
            self.publisher.wait()
        for name in ("web", "beat", "worker"):
            process = self.processes.get(name)
            if process is not None and process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOPPING_LASTS
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            with contextlib.suppress(
                ProcessLookupError
            ):  # each leads a session of its own: what is left of it goes too
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def refuse_taken(port: int) -> None:
    """A sentence where something else listens on our port, given a killed Meridian's web server the
    time to let go of it."""
    deadline = time.monotonic() + PORT_LASTS
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except PermissionError:
                raise CommandError(
                    f"Port {port} is for administrators only. Choose one above 1023: PORT=8001"
                    " make run"
                ) from None
            except OSError:
                if time.monotonic() > deadline:
                    raise CommandError(
                        f"Port {port} is taken by another program. Stop it, or choose another:"
                        f" PORT={other_than(port)} make run"
                    ) from None
            else:
                return
        time.sleep(0.2)


def other_than(port: int) -> int:
    """A port to propose."""
    return port + 1 if port < 65535 else 8000
