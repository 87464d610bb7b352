"""What tests of the running web server share."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.faults.web_server import serving


@pytest.fixture(scope="package")
def product(django_db_setup: None) -> Iterator[int]:
    """The port of the whole product's web server, on the database of this process."""
    parts = settings.DATABASES["default"]
    database = f"postgresql://{parts['USER']}@/{parts['NAME']}?host={quote(parts['HOST'], safe='')}"
    with serving("config.wsgi", DATABASE_URL=database) as (port, _process):
        yield port
