"""How soon mails come is each person's choice; what is told stands under Messages whatever they
choose."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.invitations import send_invitation
from accounts.models import Role, User
from assistance.requests.workflow import ACTIONS
from notifications import preferences, types
from notifications.models import Notification, NotificationPreference
from notifications.tasks import send_notifications
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
APPS = ("accounts", "notifications", "portal", "files", "countries", "assistance", "reports")


def told(user: User) -> list[str]:
    """Subjects of the mails that somebody got."""
    return [str(m.subject) for m in mail.outbox if m.to == [user.email]]


def test_who_has_chosen_nothing_gets_a_mail_at_once(people: People) -> None:
    make.submitted(people.kenya)
    send_notifications()
    assert len(told(people.officer)) == 1 and not NotificationPreference.objects.exists()


def test_never_means_no_mail_and_still_a_message(people: People) -> None:
    preferences.save_paces(people.officer, {"turn": "never"})
    make.submitted(people.kenya)
    send_notifications()
    row = Notification.objects.get(user=people.officer)
    assert (
        told(people.officer) == []
        and row.sent_at is None
        and row.given_up_at
        and "wants no e-mail" in row.last_error
    )
    client = Client()
    client.force_login(people.officer)
    assert row.subject in client.get("/messages/").content.decode()


def test_a_choice_holds_for_its_group_alone_and_for_nobody_else(people: People) -> None:
    preferences.save_paces(people.officer, {"turn": "never"})
    other = make.staff(Role.OFFICER)
    case = make.submitted(people.kenya)
    make.do(
        people.officer, case, "start_review", lead_officer=people.officer, letter="authenticated"
    )
    make.services.post_message(people.kenya, case.pk, "A word.", internal=False)
    send_notifications()
    assert len(told(people.officer)) == 1  # the word: a message is of another group
    assert len(told(other)) == 1  # the submission


def test_mails_about_the_account_cannot_be_switched_off(people: People) -> None:
    preferences.save_paces(people.kenya, {"account": "never"})
    NotificationPreference.objects.create(user=people.kenya, group="account", pace="never")
    send_invitation(people.kenya)
    send_notifications()
    assert len(told(people.kenya)) == 1


def test_the_page_keeps_the_choices_of_a_focal_point_and_shows_them_again(people: People) -> None:
    client = Client()
    client.force_login(people.kenya)
    page = client.get("/account/").content.decode()
    assert 'name="email-turn"' in page and 'name="email-account"' not in page
    chosen = {f"email-{code}": "weekly" for code in preferences.paces_of(people.kenya)}
    assert client.post("/account/email/", chosen).headers["Location"] == "/account/#email"
    assert set(preferences.paces_of(people.kenya).values()) == {"weekly"}
    assert preferences.paces_of(people.fiji)["turn"] == "now"
    assert client.get("/account/").content.decode().count('value="weekly" selected') == len(chosen)
    assert client.post("/account/email/", chosen | {"email-turn": "hourly"}).status_code == 422
    assert preferences.paces_of(people.kenya)["turn"] == "weekly"


def literals(node: ast.expr) -> list[str]:
    """The text of a constant, or the beginning of one that is put together; nothing for other
    expressions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if (
        isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and isinstance(node.values[0].value, str)
    ):
        return [f"{node.values[0].value}*"]
    return []


def kinds_in_source() -> set[str]:
    """Every kind that the source gives a notification: `kind=` of `Notification(…)`, the second
    argument of `_tell`, and `KIND = …`."""
    found: set[str] = set()
    for app in APPS:
        for file in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call):
                    name = ast.unparse(node.func)
                    if name in ("Notification", "Notification.objects.create"):
                        found |= {
                            text
                            for k in node.keywords
                            if k.arg == "kind"
                            for text in literals(k.value)
                        }
                    if name == "_tell" and len(node.args) > 1:
                        found |= set(literals(node.args[1]))
                    if (
                        name.split(".")[-1] in ("notify_readers",)
                        and len(node.args) == 2
                        and "reports" in str(file)
                    ):
                        found |= {f"report.{text}" for text in literals(node.args[1])}
    return found


def test_every_kind_that_is_told_has_a_group() -> None:
    found = kinds_in_source()
    assert {"request.*", "report.*", "handover", "report.produced", "request.reminder"} <= found
    told_of = {f"request.{a.code}" for a in ACTIONS.values() if a.notify} | {
        kind for kind in found if not kind.endswith("*")
    }
    assert told_of - {code for code, _kind in types.KINDS.items()} == set()
    assert {g.code for g in types.message_groups() if g.fixed} == {"account"}


def test_word_of_reports_to_look_through_and_of_published_ones_is_chosen_for_apart(
    people: People,
) -> None:
    preferences.save_paces(people.officer, {"reports_made": "now", "reports": "weekly"})
    assert {
        code: preferences.pace_of(people.officer, types.kind_of(code).group)
        for code in ("report.produced", "report.published")
    } == {
        "report.produced": "now",
        "report.published": "weekly",
    }


def test_groups_are_offered_to_whom_they_are_told(people: People) -> None:
    assert (
        "reports" in preferences.paces_of(people.kenya)
        and preferences.paces_of(people.administrator) == {}
    )
    assert "reports_made" in preferences.paces_of(
        people.officer
    ) and "reports_made" not in preferences.paces_of(people.kenya)
    client = Client()
    client.force_login(people.administrator)
    assert 'id="email"' not in client.get("/account/").content.decode()
