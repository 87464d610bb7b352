"""What goes over the line: cookies, policies, no redirect for programs, headers of mails, files
with entities."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assistance.imports.workbook import small_xml
from notifications.mails import mail_of
from notifications.models import Notification
from tests.config.test_settings import start
from tests.make import People

SHOW = """
import os, json; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'
import django; django.setup()
from django.conf import settings as s
print(json.dumps({name: [getattr(s, name + x) for x in ('_COOKIE_NAME', '_COOKIE_SECURE', '_COOKIE_SAMESITE', '_COOKIE_DOMAIN', '_COOKIE_PATH')]
    for name in ('SESSION', 'CSRF')} | {'language': s.LANGUAGE_COOKIE_NAME, 'hsts': [s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS]}))
"""


def test_cookies_of_production_belong_to_the_host_alone(tmp_path: Path) -> None:
    shown = json.loads(start(tmp_path, "-c", SHOW).stdout)
    for name in ("SESSION", "CSRF"):
        assert shown[name][0].startswith("__Host-") and shown[name][1:] == [True, "Lax", None, "/"]
    assert shown["language"].startswith("__Host-")
    assert shown["hsts"] == [31536000, True]


@pytest.mark.django_db
def test_people_are_led_to_tls_and_programs_are_refused_without_it(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    led = Client().get("/countries/")
    assert led.status_code == 301 and led.headers["Location"].startswith("https://")
    assert (
        "frame-ancestors 'none'" in led.headers["Content-Security-Policy"]
        and led.headers["X-Content-Type-Options"] == "nosniff"
    )
    for refused in (
        Client().get("/api/v1/countries/"),
        Client().get("/files/x/", headers={"authorization": "Token mer_x"}),
    ):
        assert refused.status_code == 403 and "Use https" in refused.json()["detail"]
    assert Client().get("/api/v1/countries/", secure=True).status_code == 401


@pytest.mark.django_db
def test_no_line_of_a_subject_becomes_a_header_of_the_mail(people: People) -> None:
    row = Notification(
        user=people.kenya,
        subject="Look\r\nBcc: everybody@evil.example\n\nat this",
        body="Body",
        path="/",
    )
    headers = dict(mail_of(row).message().items())
    assert (
        "Bcc" not in headers
        and headers["Subject"].startswith("Look Bcc: everybody")
        and headers["To"] == people.kenya.email
    )


def test_a_workbook_that_declares_entities_is_not_read() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as made:
        made.writestr(
            "xl/workbook.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
        )
    with zipfile.ZipFile(body) as archive, pytest.raises(ValueError, match=r"workbook\.xml"):
        small_xml(archive, "xl/workbook.xml")
