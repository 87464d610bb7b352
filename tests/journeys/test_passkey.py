"""A passkey, with the browser's own virtual device."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.person import Person
from tests.journeys.stack import Stack
from tests.make import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WHO = "passkey@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(person: Person) -> tuple[Any, str]:
    """Gives the person's window a device that keeps passkeys; the line to it and its name."""
    line = person.context.new_cdp_session(person.page)
    line.send("WebAuthn.enable")
    return (
        line,
        line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"],
    )


def add_passkey(person: Person, name: str) -> None:
    """From the account's page, with the password once more."""
    person.visit("/account/")
    person.press("Second step of signing in")
    person.press("Add a passkey")
    if person.page.url.partition("?")[0].endswith("/reauthenticate/"):
        person.page.fill("main input[type=password]", PASSWORD)
        person.page.locator("main form button").first.click()
    person.fill(name=name)
    person.page.get_by_role("button", name="Add the passkey").click()
    person.page.wait_for_url("**/recovery-codes/**")


def test_a_passkey_is_added_signs_in_alone_is_renamed_and_removed(
    stack: Stack, browser: Any
) -> None:
    stack.run(
        f"from tests import make; make.staff(make.Role.OFFICER, name='Ravi Menon', email='{WHO}')"
    )
    url = f"http://localhost:{stack.port}"  # passkeys hold for names of hosts, not for numbers
    person = Person(browser, url, WHO)
    line, device = with_device(person)
    add_passkey(person, "Ravi's laptop")
    assert (
        len(line.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    )

    person.page.get_by_role("button", name="Sign out").click()
    person.visit("/accounts/login/?next=/countries/")
    person.page.get_by_role("button", name="Sign in with a passkey").click()
    person.page.wait_for_url("**/countries/")

    person.page.get_by_role("button", name="Sign out").click()
    person.visit("/accounts/login/")
    person.fill(login=WHO, password=PASSWORD)
    person.press("Sign in")
    person.reads("Second step of signing in")
    person.press("Use a passkey")
    person.page.wait_for_url(f"{url}/")

    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    person.page.get_by_role("button", name="Sign out").click()
    person.visit("/accounts/login/")
    person.page.get_by_role("button", name="Sign in with a passkey").click()
    person.page.get_by_role("alert").filter(has_text="The device gave no passkey.").wait_for()
    person.visit("/requests/")
    assert "/accounts/login/" in person.page.url
    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    person.visit("/accounts/login/")
    person.page.get_by_role("button", name="Sign in with a passkey").click()
    person.page.wait_for_url(f"{url}/")

    stack.run(
        "from accounts.models import User;"
        f" User.objects.filter(email='{WHO}').update(is_active=False)"
    )
    person.visit("/accounts/login/")
    person.page.get_by_role("button", name="Sign in with a passkey").click()
    person.page.wait_for_url("**/accounts/inactive/")
    person.visit("/requests/")
    assert "/accounts/login/" in person.page.url
    stack.run(
        "from accounts.models import User;"
        f" User.objects.filter(email='{WHO}').update(is_active=True)"
    )

    person.visit("/accounts/2fa/webauthn/")
    person.reads("Ravi's laptop", "alone, without the password")
    person.press("Rename")
    if "/reauthenticate/" in person.page.url:
        person.page.locator("main input[type=password]").fill(PASSWORD)
        person.page.locator("main form button").first.click()
    person.fill(name="Key at home")
    person.press("Save")
    person.reads("Key at home")
    person.press("Remove")
    person.press("Remove")
    person.reads("You have no passkey yet.")
    person.leave()
