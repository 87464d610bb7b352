"""Signs that no text may hold are refused with a sentence at every door, and what was stored before
closes nothing."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any
from xml.etree import ElementTree

import django_filters
import pytest
from allauth.account.forms import LoginForm
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework import serializers

from accounts.models import FeedKey, User
from assistance.requests.models import AssistanceRequest
from core.api.serializers import StrictFieldsMixin
from core.validators import (
    PrintableFormMixin,
    require_printable,
    validate_printable_line,
    validate_printable_text,
    without_unprintable,
)
from core.workflow.exceptions import DomainError
from reports.reports import services
from reports.schedules.models import Schedule
from tests import make
from tests.api import Api
from tests.make import People
from tests.reports.producing import produced, publish

OURS = ("accounts", "assistance", "countries", "files", "reports", "config")
REFUSED = [
    "\0",
    "\x01",
    "\x08",
    "\x0b",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9f",
    "\ufffe",
    "\uffff",
    "\ud800",
]
TURNING = ["\u202a", "\u202e", "\u2066", "\u2069"]


@pytest.mark.parametrize("sign", REFUSED)
def test_control_signs_are_refused_by_name_and_place(sign: str) -> None:
    for rule in (validate_printable_text, validate_printable_line):
        with pytest.raises(ValidationError, match=rf"U\+{ord(sign):04X}.* place 3"):
            rule(f"ab{sign}c")
    assert without_unprintable(f"ab{sign}c") == "ab c"


@pytest.mark.parametrize("sign", TURNING)
def test_signs_that_turn_the_direction_are_refused_in_one_line_and_kept_in_texts(sign: str) -> None:
    validate_printable_text(f"ab{sign}c")
    with pytest.raises(ValidationError, match="turns the direction"):
        validate_printable_line(f"ab{sign}c")


def test_all_that_people_write_passes() -> None:
    for text in (
        "Tab\tand\r\nlines\n",
        "ليس\u200f معادلة",
        "भारत\u200d",
        "中文\u3000",
        "👩\u200d🚒",
        "soft\u00adhyphen",
        "\u2028",
        "\ue000",
        "\ufeff",
    ):
        validate_printable_text(text)
        validate_printable_line(text)


def modules() -> None:
    """Imports all of the product, so that each class is known."""
    for app in OURS:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if not any(
                part in found.name
                for part in (".migrations", ".embedded", "config.celery", "config.wsgi")
            ):
                importlib.import_module(found.name)


def below(kind: Any) -> set[Any]:
    """All classes made from one."""
    return {found for sub in kind.__subclasses__() for found in (sub, *below(sub))}


def test_every_form_every_filter_and_every_serializer_that_writes_asks_the_rule() -> None:
    modules()
    made = {
        f
        for f in below(forms.BaseForm)
        if f.__module__.split(".")[0] in OURS and f is not PrintableFormMixin
    }
    assert len(made) > 25
    # passkeys' answers
    assert {f.__qualname__ for f in made if not issubclass(f, PrintableFormMixin)} <= {
        "LoginForm",
        "AuthenticateForm",
        "ReauthenticateForm",
    }
    assert all(
        issubclass(page.form, PrintableFormMixin)
        for page in admin.site._registry.values()
        if type(page).__module__.split(".")[0] in OURS
    )
    writing = [
        s
        for s in below(serializers.Serializer)
        if s.__module__.split(".")[0] in OURS
        and s.__name__.endswith(("Writing", "DraftSerializer"))
    ]
    assert len(writing) > 3 and all(issubclass(s, StrictFieldsMixin) for s in writing)
    filters = [
        f
        for f in below(django_filters.FilterSet)
        if f.__module__.split(".")[0] in OURS and f.base_filters
    ]
    assert len(filters) > 3 and all(
        issubclass(f(data={}).get_form_class(), PrintableFormMixin)
        for f in filters
        if "Institution" not in f.__name__
    )


def test_a_password_is_not_asked() -> None:
    form = LoginForm()
    require_printable(form.fields.values())
    assert (
        validate_printable_line not in form.fields["password"].validators
        and validate_printable_line in form.fields["login"].validators
    )


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\0", "\x01", "\x1b", "\u202e", "\ufffe"])
def test_the_api_refuses_them_in_each_field(people: People, sign: str) -> None:
    api = Api(people.kenya)
    answer = api.post(
        "requests/",
        {
            "country": "KEN",
            "programme": make.programme().code,
            "title": f"a{sign}b",
            "theme_codes": [f"x{sign}"],
        },
    )
    assert (
        answer.status_code == 400
        and "U+" in str(answer.json()["errors"]["title"])
        and not AssistanceRequest.objects.exists()
    )
    assert len(answer.json()["errors"]["title"]) == 1  # no second sentence of a library
    case = make.submitted(people.kenya)
    text = api.post(f"requests/{case.pk}/messages/", {"text": f"a{sign}b"})
    assert text.status_code == (201 if sign == "\u202e" else 400)
    officer = Api(people.officer)
    schedule = officer.post(
        "schedules/",
        {
            "programme": make.programme().code,
            "title": f"Quarter{sign}ly",
            "frequency": "quarterly",
            "valid_from": "2026-01-01",
        },
    )
    assert schedule.status_code in (400, 403)
    asked = Api(people.manager).post(
        "schedules/",
        {
            "programme": make.programme().code,
            "title": f"Quarter{sign}ly",
            "frequency": "quarterly",
            "valid_from": "2026-01-01",
        },
    )
    assert (
        asked.status_code == 400
        and "U+" in str(asked.json()["errors"]["title"])
        and not Schedule.objects.exists()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\x07", "\u202e", "\x1b"])
def test_pages_refuse_them_and_keep_what_was_typed(
    people: People, client: Client, sign: str
) -> None:
    client.force_login(people.kenya)
    values = {
        "name": f"Amina{sign}",
        "title": "",
        "phone": "",
        "language": "en",
        "time_zone": "UTC",
    }
    answer = client.post(reverse("account"), {**values, "name": f"Ami{sign}na"})
    assert (
        answer.status_code == 422
        and "U+" in answer.content.decode()
        and f"Ami{sign}na" in answer.content.decode()
    )
    assert sign not in User.objects.get(pk=people.kenya.pk).name
    client.force_login(people.administrator)
    user = {
        "email": f'"a{sign}b"@example.org',
        "name": f"New{sign}comer",
        "role": "officer",
        "language": "en",
        "time_zone": "UTC",
    }
    answer = client.post("/admin/accounts/user/add/", user)
    assert answer.status_code == 200 and answer.content.decode().count("U+") >= 1
    assert (
        not User.objects.filter(role="officer")
        .exclude(pk__in=[u.pk for u in vars(people).values() if isinstance(u, User)])
        .exists()
    )
    answer = client.post("/admin/assistance/donor/add/", {"title": f"Do{sign}nor"})
    assert answer.status_code == 200 and "U+" in answer.content.decode()


@pytest.mark.django_db
def test_highlights_and_reasons_of_reports_refuse_them(people: People) -> None:
    report = produced(people)
    with pytest.raises(DomainError, match=r"U\+001B"):
        services.set_highlights(people.officer, report.pk, "a\x1bb")
    services.perform_action(people.officer, report.pk, "review")
    with pytest.raises(DomainError, match=r"U\+001B"):
        services.perform_action(people.manager, report.pk, "send_back", reason="a\x1bb")


@pytest.mark.django_db
def test_a_query_with_them_is_answered_with_a_sentence(people: People, client: Client) -> None:
    client.force_login(people.officer)
    answer = client.get(reverse("requests"), {"q": "a\x01b"})
    assert answer.status_code == 200 and "U+0001" in answer.content.decode()
    assert "U+0001" in str(Api(people.officer).get("requests/", q="a\x01b").json()["errors"]["q"])


@pytest.mark.django_db
def test_a_title_that_was_stored_before_the_rule_closes_no_feed(people: People) -> None:
    publish(people, produced(people))
    key = FeedKey.replace(people.officer)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_schedule SET title = %s", ["Quarter\x01ly\x1b\ufffe"])
    answer: Any = Client().get(f"/reports/feed.atom?key={key}")
    assert answer.status_code == 200
    titles = [
        e.text or ""
        for e in ElementTree.fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert any(t.startswith("Quarter ly") for t in titles)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="\\000abcdefghijk"',
        'csrftoken="\\000"; sessionid="\\001"',
        'language="\\000"',
        'messages="\\000"',
    ],
)
def test_a_broken_cookie_is_a_cookie_that_was_not_sent(client: Client, cookie: str) -> None:
    for address in ("/accounts/login/", "/", "/api/v1/requests/", "/reports/feed.atom?key=x"):
        answer = client.get(address, headers={"cookie": cookie})
        assert answer.status_code < 500, address
    assert client.get("/accounts/login/", headers={"cookie": cookie}).status_code == 200
