"""A tick that is asked for in a page reaches the installation's own broker."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.engines import OUTSIDERS, broker
from tests.processes import ROOT

SENDS = """
import django
django.setup()
from reports.schedules.services import tick_now
from reports.tasks import tick
tick_now()
with tick.app.connection_for_write() as connection:
    queue = connection.default_channel.queue_declare(tick.app.conf.task_default_queue, passive=True)
    print(connection.as_uri(include_password=True), queue.message_count)
    connection.default_channel.queue_purge(tick.app.conf.task_default_queue)
"""


def test_a_process_that_serves_pages_sends_the_tick_to_the_broker_of_the_installation() -> None:
    """As the web server runs: nothing but the settings is named to it."""
    address = broker(OUTSIDERS)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": address}
    done = subprocess.run(
        [sys.executable, "-c", SENDS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == [address, "1"], done.stdout + done.stderr
