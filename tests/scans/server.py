"""The product that is scanned: all of `manage.py up` with sample data in a temporary folder, and
its web server as production sets it up."""

from __future__ import annotations

import datetime
import os
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from config.embedded.ownership import read_addresses
from tests.faults.sink import Sink
from tests.processes import ROOT, environment, free_port, kill_all, status, until

READY_WITHIN = 420  # seconds, sample data included
SAMPLE_REQUESTS = 80
PASSWORD = "meridian-sample"
ROLES = {
    "focal point of Kenya": "focalpoint.ken@example.org",
    "focal point of Fiji": "focalpoint.fji@example.org",
    "officer": "officer@example.org",
    "manager": "manager@example.org",
    "administrator": "admin@example.org",
}


class Installation:
    """A running Meridian that nobody else uses."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="meridian-scan-"))
        self.folder.chmod(0o755)  # the engines' user passes through
        self.data, self.port = self.folder / "data", free_port()
        self.env = environment(
            DATA_DIR=str(self.data), PORT=str(self.port), CALLS_PER_MINUTE="1000000"
        )
        self.started: list[subprocess.Popen[bytes]] = []
        self.mails: Sink | None = None

    @property
    def url(self) -> str:
        """Where the local server answers, without TLS."""
        return f"http://127.0.0.1:{self.port}"

    def launch(self, command: list[str], env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
        """Starts a process that leads a group of its own."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def start(self) -> None:
        """Starts everything and waits until it is ready. Raises RuntimeError with what it said."""
        log = self.folder / "up.log"
        process = self.launch(
            [sys.executable, "manage.py", "up", "--requests", str(SAMPLE_REQUESTS)], self.env, log
        )
        if (
            not until(
                lambda: process.poll() is not None or status(f"{self.url}/readyz") == 200,
                READY_WITHIN,
            )
            or process.poll() is not None
        ):
            raise RuntimeError(f"Meridian did not start:\n{log.read_text()}")

    def manage(self, *words: str) -> str:
        """Runs a command of manage.py; returns what it printed.

        Raises RuntimeError with what it complained of.
        """
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)}: {done.stderr}")
        return done.stdout.strip()

    def start_as_production(self) -> str:
        """A second web server on the same data with production's settings and TLS of its own.
        Returns its address.

        So that cookies, headers and static files are those of production, and nothing is found or
        overlooked because of plain HTTP.
        """
        addresses = read_addresses(self.data)
        if addresses is None:
            raise RuntimeError("The engines are not running.")
        port = free_port()
        self.mails = Sink().__enter__()
        url, statics = f"https://127.0.0.1:{port}", self.folder / "static"
        env = (
            self.env
            | addresses.environment()
            | {
                "MERIDIAN_ENV": "production",
                "SECRET_KEY": secrets.token_urlsafe(64),
                "BASE_URL": url,
                "ALLOWED_HOSTS": "127.0.0.1",
                "BEHIND_TLS_PROXY": "no",
                "SECOND_FACTOR_REQUIRED": "no",
                "STATIC_ROOT": str(statics),
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": str(self.mails.port),
                "EMAIL_USE_TLS": "no",
            }
        )
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
            cwd=ROOT,
            env=env,
            check=True,
            timeout=120,
        )
        certificate = self.certificate()
        log = self.folder / "production.log"
        process = self.launch(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
                "--workers",
                "2",
                "--threads",
                "4",
                "--worker-class",
                "gthread",  # which speaks TLS by itself
                "--certfile",
                str(certificate),
                "--keyfile",
                str(certificate),
            ],
            env,
            log,
        )
        if (
            not until(lambda: process.poll() is not None or answers(url + "/healthz"), 60)
            or process.poll() is not None
        ):
            raise RuntimeError(f"The web server did not start as in production:\n{log.read_text()}")
        return url

    def certificate(self) -> Path:
        """A key and a certificate for 127.0.0.1 that is good for a day."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.datetime.now(datetime.UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        file = self.folder / "tls.pem"
        file.touch(0o600)
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
        return file

    def errors(self) -> list[str]:
        """Last lines of the tracebacks in the web servers' logs."""
        found: list[str] = []
        for log in (self.data / "logs" / "web.log", self.folder / "production.log"):
            inside = False
            for line in log.read_text(errors="replace").splitlines() if log.exists() else ():
                if line.startswith("Traceback"):
                    inside = True
                elif inside and line and not line.startswith(" "):
                    found.append(line[:300])
                    inside = False
        return found

    def stop(self) -> None:
        """Ends what was started, the latest first, and leaves nothing behind."""
        for process in reversed(self.started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    pass
        if self.mails is not None:
            self.mails.__exit__(None, None, None)
        kill_all(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


def answers(url: str) -> bool:
    """Whether 200 comes from an address with a certificate that nobody signed."""
    try:
        with urllib.request.urlopen(
            url, timeout=5, context=ssl._create_unverified_context()
        ) as response:
            return int(response.status) == 200
    except OSError:
        return False


@contextmanager
def running() -> Iterator[Installation]:
    """A started installation, ended afterwards in any case."""
    installation = Installation()
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()
