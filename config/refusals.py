"""What production refuses, and what a trial refuses: each with the name of the variable and what
would be right."""

from __future__ import annotations

import os
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from config.environment import database_parts
from config.weak_secrets import (
    SHORTEST_SECRET,
    host_of,
    is_first_tried,
    is_of_the_internet,
    is_sample,
    is_weak_key,
    sign_in_of,
)

SHORTEST_CLIENT_SECRET = 20  # characters; providers make them of 32 and more


@dataclass(frozen=True)
class Given:
    """The settings that are judged."""

    debug: bool
    secret_key: str
    secret_key_fallbacks: list[str]
    allowed_hosts: list[str]
    base_url: str
    oidc: dict[str, str]


def sample_passwords() -> list[str]:
    """A sentence for each of database and broker whose password somebody would try first.

    Where none is set, another proof is meant.
    """
    parts = database_parts()
    found = {
        "DATABASE_URL": (str(parts.get("user") or ""), str(parts.get("password") or "")),
        "PUBLIC_DATABASE_PASSWORD": (
            "meridian_public",
            os.environ.get("PUBLIC_DATABASE_PASSWORD", ""),
        ),
        "REDIS_URL": sign_in_of(os.environ.get("REDIS_URL", "")),
    }
    return [
        f"{name} holds a sample password."
        for name, (user, password) in found.items()
        if password and is_first_tried(user, password)
    ]


def unfit_addresses(given: Given) -> list[str]:
    """A sentence for each address or host that production cannot serve from."""
    wrong = []
    if "*" in given.allowed_hosts:
        wrong.append("ALLOWED_HOSTS is “*”; name the hosts that people type.")
    if os.environ.get("BASE_URL") and not (
        given.base_url.startswith("https://") and host_of(given.base_url)
    ):
        wrong.append(
            f"BASE_URL is “{given.base_url}”; write the address that people type, with https://."
        )
    if given.oidc["OIDC_ISSUER"].startswith("http://"):
        wrong.append("OIDC_ISSUER begins with http://; single sign-on needs https://.")
    return wrong


def refuse_unsafe_production(given: Given) -> None:
    """Raises ImproperlyConfigured, naming every variable that is missing or only fit for a trial."""
    wrong = []
    if given.debug:
        wrong.append("DEBUG is on; switch it off.")
    if is_weak_key(given.secret_key):
        how = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        wrong.append(
            f"SECRET_KEY is missing, a sample or shorter than {SHORTEST_SECRET} characters; make"
            f" one with `{how}`."
        )
    if any(is_weak_key(key) for key in given.secret_key_fallbacks):
        wrong.append(
            f"SECRET_KEY_FALLBACKS holds a sample or a key shorter than {SHORTEST_SECRET}"
            " characters: it would still be believed; take it away."
        )
    wrong += [
        f"{name} is not set."
        for name in ("DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_HOST")
        if not os.environ.get(name)
    ]
    wrong += sample_passwords()
    if given.oidc["OIDC_CLIENT_SECRET"] and (
        len(given.oidc["OIDC_CLIENT_SECRET"]) < SHORTEST_CLIENT_SECRET
        or is_sample(given.oidc["OIDC_CLIENT_SECRET"])
    ):
        wrong.append(
            f"OIDC_CLIENT_SECRET is a sample or shorter than {SHORTEST_CLIENT_SECRET} characters;"
            " have the provider make one."
        )
    wrong += unfit_addresses(given)
    if wrong:
        raise ImproperlyConfigured("Not started in production: " + " ".join(wrong))


def refuse_public_trial(base_url: str) -> None:
    """Raises ImproperlyConfigured where a trial, which speaks plain HTTP and knows sample
    passwords, is given an address of the internet."""
    host = host_of(base_url)
    if is_of_the_internet(host):
        raise ImproperlyConfigured(
            f"BASE_URL names “{host}”, which others can reach, and MERIDIAN_ENV is local, which is"
            " for trying out on one machine. Set MERIDIAN_ENV=production, or a BASE_URL with"
            " localhost or an address of a private network."
        )
